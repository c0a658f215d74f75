//! The same scenarios with and without a closure.

mod closing;
mod effect;
mod log;
mod year;

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::DateTime;

use crate::engine::{EngineError, Limits, simulate};
use crate::experiment::{ExperimentError, Quiet, Work, carry_out};
use crate::random::RandomNumbers;
use crate::results::{GrowingQueue, Manifest, Network, QueueYears, growing_among};
use crate::study::{Lab, Prepared, manifest};
use crate::words::Subject;

pub use closing::{Closing, ClosingError, drain_to_follow, starts};
pub use effect::{Backlog, Band, Effect, Row};
use log::{Log, Scope};
pub use year::{FLOOR, GONE, Year};
use year::{Shut, compare};

/// One place of the closure on the calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Closed from.
    pub from: DateTime,
    /// Open again at.
    pub until: DateTime,
    /// Hash of the resolved scenario with the closure.
    pub hash: String,
    /// By replication, rising.
    pub years: Vec<Year>,
}

/// What a closure does in a what-if.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Dollars a year, where it has a price.
    pub annual_cost: Option<f64>,
    /// By beginning, as those of the scenario itself.
    pub cases: Vec<Case>,
}

/// What a closure does, wherever it was put.
#[derive(Clone, Debug, PartialEq)]
pub struct Stress {
    /// The run without the closure.
    pub manifest: Manifest,
    /// What is shut and for how long.
    pub closing: Closing,
    /// By beginning.
    pub cases: Vec<Case>,
    /// The same closures in what-ifs, in the same random numbers.
    pub what_ifs: Vec<WhatIf>,
    /// Names and positions.
    pub network: Network,
    /// Queues that grow all the time without the closure: lateness behind them belongs to the length of the run.
    pub growing: Vec<GrowingQueue>,
    /// Counted cargoes: id, and value of time in dollars a tonne and day (0 where the scenario has none).
    pub cargoes: Vec<(String, f64)>,
    /// Whether any of them is counted in TEU.
    pub has_teu: bool,
    /// False if a stop was asked for before all replications were finished.
    pub is_complete: bool,
}

/// The scenario with a closure.
#[derive(Debug)]
pub struct Closed {
    /// When the closure begins.
    pub from: DateTime,
    /// The scenario under it.
    pub prepared: Prepared,
}

/// A scenario without the closure and with it from each of its beginnings.
#[derive(Clone, Copy, Debug)]
pub struct Tried<'a> {
    /// Without it.
    pub base: &'a Prepared,
    /// Under [`Closing::overlay`].
    pub closed: &'a [Closed],
}

/// A what-if in which the closure is tried too.
#[derive(Clone, Copy, Debug)]
pub struct Alternative<'a> {
    /// Its name.
    pub name: &'a str,
    /// What people call it.
    pub title: &'a str,
    /// Dollars a year, where it has a price.
    pub annual_cost: Option<f64>,
    /// The what-if without the closure and with it.
    pub tried: Tried<'a>,
}

/// Simulates each replication without the closure and with it from each of its beginnings, and compares them; in the scenario
/// itself and in what-ifs, with the same random numbers. A stop keeps the replications that were finished in all.
///
/// # Errors
/// A replication could not be carried through, or a stop came before the first was finished.
pub fn stress(
    own: Tried<'_>,
    what_ifs: &[Alternative<'_>],
    closing: &Closing,
    lab: &Lab<'_>,
) -> Result<Stress, ExperimentError> {
    let replications = lab.years.numbers();
    let arms: Vec<Arm<'_>> =
        std::iter::once(own).chain(what_ifs.iter().map(|what_if| what_if.tried)).map(Arm::of).collect();
    let runs: u64 = arms.iter().map(|arm| arm.tried.closed.len() as u64 + 1).sum();
    let total = runs * replications.end.saturating_sub(replications.start);
    let trial = Trial { arms: &arms, closing, lab, done: AtomicU64::new(0), total };
    let mut all: Vec<Vec<ArmYears>> = Vec::new();
    let keep = |years: &Vec<ArmYears>| {
        all.push(years.clone());
        Ok(())
    };
    let work = Work { replications: replications.clone(), threads: lab.threads };
    carry_out(&work, |replication| trial.years(replication), keep, &Quiet, &lab.cancel)?;
    let of_arm = |place: usize| all.iter().map(|years| &years[place]).collect::<Vec<_>>();
    let found = |(place, what_if): (usize, &Alternative<'_>)| WhatIf {
        name: what_if.name.to_owned(),
        title: what_if.title.to_owned(),
        annual_cost: what_if.annual_cost,
        cases: arms[place + 1].cases(closing, &of_arm(place + 1)),
    };
    let base = own.base;
    let queues: Vec<Queues> = all.iter().map(|years| years[0].queues.clone()).collect();
    let scope = &arms[0].scope;
    Ok(Stress {
        manifest: manifest(base, lab.seed, replications.start, all.len()),
        closing: closing.clone(),
        cases: arms[0].cases(closing, &of_arm(0)),
        what_ifs: what_ifs.iter().enumerate().map(found).collect(),
        network: base.layout.catalogue().network.clone(),
        growing: growing(base, &queues),
        has_teu: scope.counted().any(|cargo| scope.cargoes[cargo].2),
        cargoes: scope.counted().map(|cargo| (scope.cargoes[cargo].0.clone(), scope.cargoes[cargo].1)).collect(),
        is_complete: all.len() as u64 == replications.end - replications.start,
    })
}

/// A scenario that is tried, with what of it is counted.
struct Arm<'a> {
    tried: Tried<'a>,
    scope: Scope,
}

/// What one replication says of a scenario: the queues without the closure, and what each closure did.
#[derive(Clone)]
struct ArmYears {
    queues: Queues,
    years: Vec<Year>,
}

impl<'a> Arm<'a> {
    fn of(tried: Tried<'a>) -> Self {
        Self { tried, scope: Scope::of(&tried.base.plan) }
    }

    /// By beginning of the closure: all replications, with lateness of counted cargoes alone.
    fn cases(&self, closing: &Closing, all: &[&ArmYears]) -> Vec<Case> {
        let year = |of: &ArmYears, place: usize| {
            let mut year = of.years[place].clone();
            year.late_by_cargo = self.scope.counted().map(|cargo| year.late_by_cargo[cargo]).collect();
            year
        };
        let closed = self.tried.closed.iter().enumerate();
        let cases = closed.map(|(place, closed)| Case {
            from: closed.from,
            until: closing.until(closed.from),
            hash: closed.prepared.hash.clone(),
            years: all.iter().map(|of| year(of, place)).collect(),
        });
        cases.collect()
    }
}

/// By queue: by how many more wait at the end of the horizon than at its beginning, and those whose wait ended.
type Queues = Vec<(f64, f64)>;

/// The queues of a scenario that grow.
fn growing(prepared: &Prepared, by_replication: &[Queues]) -> Vec<GrowingQueue> {
    let queue = |(place, subject): (usize, &Subject)| {
        let of = || by_replication.iter().map(move |queues| queues[place]);
        let share = |(more, left): (f64, f64)| if more + left > 0.0 { more / (more + left) } else { 0.0 };
        QueueYears {
            subject: subject.clone(),
            more: of().map(|queue| queue.0).collect(),
            share: of().map(share).collect(),
        }
    };
    growing_among(prepared.plan.labels.queues.iter().enumerate().map(queue), prepared.scenario.run.level)
}

struct Trial<'a> {
    arms: &'a [Arm<'a>],
    closing: &'a Closing,
    lab: &'a Lab<'a>,
    done: AtomicU64,
    total: u64,
}

impl Trial<'_> {
    /// One replication of all scenarios.
    fn years(&self, replication: u64) -> Result<Vec<ArmYears>, EngineError> {
        self.arms.iter().map(|arm| self.of_arm(arm, replication)).collect()
    }

    /// One replication of a scenario without the closure and with it.
    fn of_arm(&self, arm: &Arm<'_>, replication: u64) -> Result<ArmYears, EngineError> {
        let (scope, base) = (&arm.scope, arm.tried.base);
        let (without, queues) = self.logged(scope, base, replication)?;
        let mut years = Vec::with_capacity(arm.tried.closed.len());
        for Closed { from, prepared } in arm.tried.closed {
            let (with, _) = self.logged(scope, prepared, replication)?;
            let shut = Shut { from: closing::on_clock(&base.scenario.run, *from), length: self.closing.length };
            years.push(compare(scope, shut, replication, &without, &with));
        }
        Ok(ArmYears { queues, years })
    }

    fn logged<'s>(
        &self,
        scope: &'s Scope,
        prepared: &Prepared,
        replication: u64,
    ) -> Result<(Log<'s>, Queues), EngineError> {
        let mut log = Log::new(scope);
        let random = RandomNumbers::new(self.lab.seed, replication, self.lab.domain);
        let limits = Limits { memory: self.lab.memory, ..Limits::with_cancel(&self.lab.cancel) };
        let outcome = simulate(&prepared.plan, random, limits, &mut log)?;
        self.lab.progress.done(self.done.fetch_add(1, Ordering::Relaxed) + 1, self.total);
        let queues = outcome.queues.iter();
        let queues = queues.map(|queue| (queue.standing.len() as f64 - queue.before as f64, queue.left as f64));
        Ok((log, queues.collect()))
    }
}
