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

/// What a closure does, wherever it was put.
#[derive(Clone, Debug, PartialEq)]
pub struct Stress {
    /// The run without the closure.
    pub manifest: Manifest,
    /// What is shut and for how long.
    pub closing: Closing,
    /// By beginning.
    pub cases: Vec<Case>,
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

/// Simulates each replication without the closure and with it from each of its beginnings, and compares them. The
/// scenarios of `closed` are `base` under [`Closing::overlay`]. A stop keeps the replications that were finished in all.
///
/// # Errors
/// A replication could not be carried through, or a stop came before the first was finished.
pub fn stress(base: &Prepared, closing: &Closing, closed: &[Closed], lab: &Lab<'_>) -> Result<Stress, ExperimentError> {
    let (scope, replications) = (Scope::of(&base.plan), lab.years.numbers());
    let total = (closed.len() as u64 + 1) * replications.end.saturating_sub(replications.start);
    let trial = Trial { base, closing, closed, scope: &scope, lab, done: AtomicU64::new(0), total };
    let work = |replication| trial.years(replication);
    let mut all: Vec<(Queues, Vec<Year>)> = Vec::new();
    let keep = |years: &(Queues, Vec<Year>)| all.push(years.clone());
    carry_out(&Work { replications: replications.clone(), threads: lab.threads }, work, keep, &Quiet, &lab.cancel)?;
    let (queues, years): (Vec<Queues>, Vec<Vec<Year>>) = all.into_iter().unzip();
    let first = replications.start;
    let case = |(place, closed): (usize, &Closed)| Case {
        from: closed.from,
        until: closing.until(closed.from),
        hash: closed.prepared.hash.clone(),
        years: years.iter().map(|years| years[place].clone()).collect(),
    };
    let counted = |cargo: &usize| scope.cargo.contains(&Some(*cargo));
    let cargoes: Vec<usize> = (0..scope.cargoes.len()).filter(counted).collect();
    let mut cases: Vec<Case> = closed.iter().enumerate().map(case).collect();
    for year in cases.iter_mut().flat_map(|case| &mut case.years) {
        year.late_by_cargo = cargoes.iter().map(|&cargo| year.late_by_cargo[cargo]).collect();
    }
    Ok(Stress {
        manifest: manifest(base, lab.seed, first, years.len()),
        closing: closing.clone(),
        cases,
        network: base.layout.catalogue().network.clone(),
        growing: growing(base, &queues),
        has_teu: cargoes.iter().any(|&cargo| scope.cargoes[cargo].2),
        cargoes: cargoes.into_iter().map(|cargo| (scope.cargoes[cargo].0.clone(), scope.cargoes[cargo].1)).collect(),
        is_complete: years.len() as u64 == replications.end - first,
    })
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
    base: &'a Prepared,
    closing: &'a Closing,
    closed: &'a [Closed],
    scope: &'a Scope,
    lab: &'a Lab<'a>,
    done: AtomicU64,
    total: u64,
}

impl Trial<'_> {
    /// One replication in all scenarios, with the queues of the one without the closure.
    fn years(&self, replication: u64) -> Result<(Queues, Vec<Year>), EngineError> {
        let (without, queues) = self.logged(self.base, replication)?;
        let mut years = Vec::with_capacity(self.closed.len());
        for Closed { from, prepared } in self.closed {
            let (with, _) = self.logged(prepared, replication)?;
            let shut = Shut { from: closing::on_clock(&self.base.scenario.run, *from), length: self.closing.length };
            years.push(compare(self.scope, shut, replication, &without, &with));
        }
        Ok((queues, years))
    }

    fn logged(&self, prepared: &Prepared, replication: u64) -> Result<(Log<'_>, Queues), EngineError> {
        let mut log = Log::new(self.scope);
        let random = RandomNumbers::new(self.lab.seed, replication, self.lab.domain);
        let limits = Limits { memory: self.lab.memory, ..Limits::with_cancel(&self.lab.cancel) };
        let outcome = simulate(&prepared.plan, random, limits, &mut log)?;
        self.lab.progress.done(self.done.fetch_add(1, Ordering::Relaxed) + 1, self.total);
        let queues = outcome.queues.iter();
        let queues = queues.map(|queue| (queue.standing.len() as f64 - queue.before as f64, queue.left as f64));
        Ok((log, queues.collect()))
    }
}
