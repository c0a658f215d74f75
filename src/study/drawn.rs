//! Replications of a scenario whose inputs are drawn.

use std::ops::Range;

use super::headline::SoFar;
use super::lab::{Lab, StudyError};
use super::prepared::Prepared;
use crate::engine::{EngineError, Limits, Silent, Workspace, simulate_in};
use crate::experiment::{Ended, ExperimentError, Part, Work, carry_out_what_fits};
use crate::model::Plan;
use crate::random::RandomNumbers;
use crate::results::{Kept, Layout};
use crate::scenario::Inputs;

/// Simulates each draw of the inputs for so many years, a draw on one thread, and keeps them. False if a stop was asked for
/// before all were done.
///
/// Whatever is drawn, the rows are those of the scenario, so that all draws make one table.
pub(super) fn records(
    prepared: &Prepared,
    inputs: Option<&Inputs>,
    lab: &Lab<'_>,
    draws: Range<u64>,
    years: u64,
) -> Result<(Kept, Ended), StudyError> {
    // Told in years, not in draws.
    let years_done = Part { before: 0, of_all: None, each: years, watcher: lab.progress };
    let mut running = SoFar::of(prepared, false);
    let limits = Limits { memory: lab.memory, ..Limits::with_cancel(&lab.cancel) };
    let work = |draw| match plan(prepared, inputs, lab.seed, draw) {
        Ok((plan, layout)) => simulated(&plan, &layout, lab, draw * years..(draw + 1) * years, &limits),
        Err(error) => Ok(Err(error)),
    };
    let mut all = Ok(Kept::within(&lab.space));
    let keep = |draw: &OfDraw| {
        match (&mut all, draw) {
            (Ok(all), Ok(years)) => {
                running.add(&years.records, lab.progress);
                all.append(years)?;
            }
            (Ok(_), Err(error)) => all = Err(error.clone()),
            (Err(_), _) => {}
        }
        Ok(())
    };
    let work_of = Work { replications: draws, threads: lab.threads };
    let ended = carry_out_what_fits(&work_of, work, keep, &years_done, &lab.cancel)?;
    // A draw that lacks a year is left out whole.
    let of_draw = |(draw, error): &(u64, EngineError)| {
        let error = error.clone();
        (draw * years..(draw + 1) * years).map(move |replication| (replication, error.clone()))
    };
    Ok((all?, Ended { left_out: ended.left_out.iter().flat_map(of_draw).collect(), ..ended }))
}

/// The years of a draw.
type OfDraw = Result<Kept, StudyError>;

/// The years of a draw; what stops the whole draw or leaves it out goes to the outside.
fn simulated(
    plan: &Plan,
    layout: &Layout,
    lab: &Lab<'_>,
    years: Range<u64>,
    limits: &Limits,
) -> Result<OfDraw, EngineError> {
    let (mut kept, mut workspace) = (Kept::within(&lab.space), Workspace::default());
    for replication in years {
        let random = RandomNumbers::new(lab.seed, replication, lab.domain);
        match simulate_in(&mut workspace, plan, random, limits.clone(), &mut Silent) {
            Ok(outcome) => {
                if let Err(error) = kept.append(&Kept::of(layout, replication as u32, &outcome)) {
                    return Ok(Err(ExperimentError::from(error).into()));
                }
                workspace.take_back(outcome);
            }
            Err(error @ (EngineError::Stopped | EngineError::Memory { .. })) => return Err(error),
            // Named here: the work is counted in draws, not in replications.
            Err(error) => return Ok(Err(ExperimentError::Replication { replication, error }.into())),
        }
    }
    Ok(Ok(kept))
}

fn plan(prepared: &Prepared, inputs: Option<&Inputs>, seed: u64, draw: u64) -> Result<(Plan, Layout), StudyError> {
    // Without inputs every draw is the scenario as written.
    let scenario = inputs.map_or_else(|| Ok(prepared.scenario.clone()), |inputs| inputs.draw(seed, draw))?;
    let failed = |problem: String| StudyError::Plan { draw, problem };
    let plan = Plan::of_draw(&scenario, &prepared.scenario).map_err(|errors| {
        failed(errors.first().map_or_else(|| "the reason is not known".to_owned(), ToString::to_string))
    })?;
    let layout = Layout::with(&plan, prepared.detail);
    // Lengths on the map may be drawn too; what counts is that the numbers are of the same things.
    let (own, written) = (layout.catalogue(), prepared.layout.catalogue());
    if own.rows == written.rows && own.pooled == written.pooled && own.series == written.series {
        Ok((plan, layout))
    } else {
        Err(failed("its results have other rows than those of the scenario as written".to_owned()))
    }
}
