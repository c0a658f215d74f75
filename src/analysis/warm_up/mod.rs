//! How long a scenario takes from its empty start until it is as it usually is.

mod log;
mod series;

use crate::engine::{Limits, simulate};
use crate::experiment::{ExperimentError, Work, carry_out};
use crate::model::{Clock, Plan};
use crate::random::RandomNumbers;
use crate::results::{Manifest, Network};
use crate::study::{Lab, Prepared, manifest};
use crate::units::SimTime;
use log::{Log, Scope, Tally};

pub use series::{Cut, Series};

/// A warm-up is at least so many times as long as all but the slowest shipments are under way …
pub const TIMES: f64 = 3.0;
/// … which is this percentile of their transit times.
pub const PERCENTILE: f64 = 0.95;

/// A scenario from its empty start on.
#[derive(Clone, Debug, PartialEq)]
pub struct WarmUp {
    /// What was simulated; the window is that of the scenario.
    pub manifest: Manifest,
    /// Names and positions.
    pub network: Network,
    /// Days simulated from the empty start on, warm-up and horizon.
    pub days: usize,
    /// The corridor's cargo under way and its transit times, then the sections.
    pub series: Vec<Series>,
    /// The percentile of the transit times of the horizon, in days; `None` where what has not arrived belongs to it.
    pub transit_d: Option<f64>,
    /// False if a stop was asked for before all replications were finished.
    pub is_complete: bool,
}

/// How long to warm up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proposal {
    /// Days after which all series are settled.
    pub settled_d: usize,
    /// Days that the rule of transit times wants.
    pub rule_d: usize,
}

impl Proposal {
    /// Whole days that satisfy both.
    pub fn days(self) -> usize {
        self.settled_d.max(self.rule_d)
    }
}

/// Why no warm-up can be proposed.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal<'a> {
    /// No counted shipment was made, or on too few days.
    Nothing,
    /// These series have not settled in the first half of the run.
    NotSettled(Vec<&'a Series>),
    /// More shipments than the percentile leaves out have not arrived when the clock ends.
    NotArrived,
}

impl WarmUp {
    /// The warm-up that the series and the transit times ask for.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn proposal(&self) -> Result<Proposal, Refusal<'_>> {
        let restless: Vec<&Series> = self.series.iter().filter(|series| series.cut == Cut::NotSettled).collect();
        if !restless.is_empty() {
            return Err(Refusal::NotSettled(restless));
        }
        let settled_d = self.series.iter().filter_map(|series| series.cut.day()).max().ok_or(Refusal::Nothing)?;
        let transit_d = self.transit_d.ok_or(Refusal::NotArrived)?;
        Ok(Proposal { settled_d, rule_d: (TIMES * transit_d).ceil() as usize })
    }

    /// The warm-up that the scenario has, in days.
    pub const fn present_d(&self) -> f64 {
        self.manifest.run.window.warm_up_d
    }
}

/// Simulates a scenario from its empty start and finds where its days begin to be alike.
///
/// # Errors
/// A replication could not be carried through, or a stop came before the first was finished.
pub fn warm_up(prepared: &Prepared, lab: &Lab<'_>) -> Result<WarmUp, ExperimentError> {
    let (plan, scope) = (from_empty(&prepared.plan), Scope::of(&prepared.plan));
    let limits = Limits { memory: lab.memory, ..Limits::with_cancel(&lab.cancel) };
    let work = |replication| {
        let mut log = Log::new(&scope);
        let random = RandomNumbers::new(lab.seed, replication, lab.domain);
        let outcome = simulate(&plan, random, limits.clone(), &mut log)?;
        log.add_passages(&outcome.passages);
        Ok(log.tally)
    };
    let (mut all, mut replications) = (Tally::new(&scope), 0);
    let keep = |tally: &Tally| {
        all.add(tally);
        replications += 1;
        Ok(())
    };
    let years = lab.years.numbers();
    let of = Work { replications: years.clone(), threads: lab.threads };
    let is_complete = carry_out(&of, work, keep, lab.progress, &lab.cancel)?;
    Ok(WarmUp {
        manifest: manifest(prepared, lab.seed, years.start, replications),
        network: prepared.layout.catalogue().network.clone(),
        days: scope.days,
        series: series::all(&scope, &all, replications),
        transit_d: all.transit_d(PERCENTILE),
        is_complete,
    })
}

/// The plan with a horizon that begins when the clock does, so that nothing of what is counted is left out. Demand, closures
/// and dates are on the clock already and stay where they are.
fn from_empty(plan: &Plan) -> Plan {
    Plan { clock: Clock { start: SimTime::ZERO, ..plan.clock.clone() }, ..plan.clone() }
}
