//! Replications of a scenario.

use std::ops::Range;

use super::drawn;
use super::headline::{FIRST, HeadlineMeasures, MOST, STEP, SoFar};
use super::lab::{Lab, StudyError, Years};
use super::prepared::Prepared;
use crate::engine::{EngineError, Outcome};
use crate::experiment::{ExperimentError, Part, Progress, replicate_what_fits};
use crate::results::{Kept, Manifest, Materiality, Results, Run, Window};
use crate::scenario::{Inputs, date_text};

/// What was simulated, and whether all of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// The replications that were finished.
    pub results: Results,
    /// False if a stop was asked for before all were.
    pub is_complete: bool,
    /// False if a precision was asked for and not reached with as many replications as are made at most.
    pub is_precise: bool,
    /// Replications that took too much memory and were left out, and what they said.
    pub left_out: Vec<(u64, EngineError)>,
}

impl Lab<'_> {
    /// Simulates a scenario and keeps what was finished, of which no replication may be left out.
    ///
    /// # Errors
    /// A replication could not be carried through, a draw of the inputs cannot run, or a stop came before the first
    /// replication was finished.
    pub fn simulate(&self, prepared: &Prepared) -> Result<Simulated, StudyError> {
        self.simulate_drawn(prepared, None)
    }

    /// The same for a scenario whose inputs are drawn where [`Years::Drawn`] asks for it; as written without inputs.
    ///
    /// # Errors
    /// As [`Self::simulate`].
    pub fn simulate_drawn(&self, prepared: &Prepared, inputs: Option<&Inputs>) -> Result<Simulated, StudyError> {
        let mut simulated = self.simulate_what_fits(prepared, inputs)?;
        if simulated.left_out.is_empty() {
            return Ok(simulated);
        }
        let (replication, error) = simulated.left_out.swap_remove(0);
        Err(ExperimentError::Replication { replication, error }.into())
    }

    /// Simulates a scenario and keeps what was finished, without the replications that take more memory than they may.
    ///
    /// # Errors
    /// As [`Self::simulate`], and where all replications take too much memory.
    pub fn simulate_what_fits(&self, prepared: &Prepared, inputs: Option<&Inputs>) -> Result<Simulated, StudyError> {
        let mut series = Series {
            prepared,
            lab: self,
            kept: Kept::within(&self.space),
            left_out: Vec::new(),
            so_far: SoFar::of(prepared, true),
        };
        let (first, is_complete, is_precise) = match &self.years {
            Years::Fixed(range) => (range.start, series.add(range.clone(), self.progress)?, true),
            Years::Precise(precision) => {
                let (is_complete, is_precise) = series.until_known(*precision)?;
                (0, is_complete, is_precise)
            }
            Years::Drawn { draws, years } => {
                let (kept, ended) = drawn::records(prepared, inputs, self, draws.clone(), *years)?;
                (series.kept, series.left_out) = (kept, ended.left_out);
                (draws.start * years, ended.is_complete, true)
            }
        };
        let Series { kept, left_out, .. } = series;
        let mut manifest = manifest(prepared, self.seed, first, kept.records.len());
        manifest.run.left_out = left_out.iter().map(|(replication, _)| *replication as u32).collect();
        if let Years::Drawn { years, .. } = self.years {
            manifest.run.years_per_draw = Some(years as u32);
        }
        let results = Results::of(manifest, prepared.layout.catalogue().clone(), kept);
        Ok(Simulated { results, is_complete, is_precise, left_out })
    }
}

/// Replications of one scenario with one seed.
struct Series<'a> {
    prepared: &'a Prepared,
    lab: &'a Lab<'a>,
    kept: Kept,
    left_out: Vec<(u64, EngineError)>,
    so_far: SoFar,
}

impl Series<'_> {
    /// Simulates the replications that follow; false if a stop came before all were done.
    fn add(&mut self, replications: Range<u64>, progress: &dyn Progress) -> Result<bool, ExperimentError> {
        let job = self.lab.job(&self.prepared.plan, replications);
        let turn = |number, outcome: &Outcome| Kept::of(&self.prepared.layout, number as u32, outcome);
        let keep = |one: &Kept| {
            self.so_far.add(&one.records, progress);
            self.kept.append(one)
        };
        let ended = replicate_what_fits(&job, turn, keep, progress, &self.lab.cancel)?;
        self.left_out.extend(ended.left_out);
        Ok(ended.is_complete)
    }

    /// Goes on until the headline measures are known as well as asked; looks only at numbers fixed beforehand. Says whether
    /// all replications were done, and whether the measures are known.
    fn until_known(&mut self, precision: f64) -> Result<(bool, bool), ExperimentError> {
        let headline =
            HeadlineMeasures::new(self.prepared.layout.catalogue(), precision, self.prepared.scenario.run.level);
        let mut is_complete = self.add(0..FIRST, self.lab.progress)?;
        while is_complete && !headline.is_known(&self.kept.records) {
            let done = (self.kept.records.len() + self.left_out.len()) as u64;
            if done >= MOST {
                return Ok((true, false));
            }
            let after = Part { before: done, of_all: None, each: 1, watcher: self.lab.progress };
            is_complete = match self.add(done..done + STEP, &after) {
                Err(ExperimentError::Stopped) => false,
                done => done?,
            };
        }
        Ok((is_complete, true))
    }
}

/// What is said of replications of a scenario, from the first on.
pub fn manifest(prepared: &Prepared, seed: u64, first: u64, replications: usize) -> Manifest {
    Manifest { scenario: prepared.described(), run: run(prepared, seed, first, replications) }
}

fn run(prepared: &Prepared, seed: u64, first: u64, replications: usize) -> Run {
    let spec = &prepared.scenario.run;
    Run {
        midcor: env!("CARGO_PKG_VERSION").to_owned(),
        time_zones: crate::results::time_zones(),
        seed,
        first: first as u32,
        replications: replications as u32,
        left_out: Vec::new(),
        years_per_draw: None,
        level: spec.level,
        materiality: materiality(spec),
        window: Window {
            start: date_text(spec.start),
            warm_up_d: spec.warm_up.days(),
            horizon_d: spec.horizon.days(),
            drain_d: spec.drain.days(),
        },
    }
}

fn materiality(spec: &crate::scenario::types::Run) -> Materiality {
    let usual = Materiality::default();
    spec.materiality.as_ref().map_or(usual, |own| Materiality { days: own.time.days(), share: own.share })
}
