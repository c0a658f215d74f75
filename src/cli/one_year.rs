//! One simulated year of a scenario, seen by somebody who writes what happens in it to a file.

use std::fs::File;
use std::io;
use std::path::Path;

use jiff::SignedDuration;
use jiff::civil::DateTime;

use super::exit::Failure;
use crate::engine::{Cancel, EngineError, Limits, Observer, Outcome, simulate};
use crate::model::Plan;
use crate::random::{Domain, RandomNumbers};
use crate::report::Aside;
use crate::study::Scenario;
use crate::units::SimTime;

/// A simulated year of a scenario.
#[derive(Clone, Copy)]
pub(super) struct OneYear<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) seed: u64,
    pub(super) replication: u32,
}

impl<'a> OneYear<'a> {
    pub(super) fn plan(self) -> &'a Plan {
        &self.scenario.prepared().plan
    }

    /// Simulates it before the eyes of an observer.
    pub(super) fn observe(self, cancel: &Cancel, observer: &mut impl Observer) -> Result<Outcome, Failure> {
        let random = RandomNumbers::new(self.seed, u64::from(self.replication), Domain::Production);
        let ended = simulate(self.plan(), random, Limits::with_cancel(cancel), observer);
        ended.map_err(|error| match error {
            EngineError::Stopped => Failure::Stopped,
            error => Failure::Failed(format!("replication {}: {error}", self.replication)),
        })
    }

    /// Its calendar.
    pub(super) fn calendar(self) -> Calendar {
        Calendar { first: self.plan().clock.start, start: self.scenario.contents().run.start }
    }
}

/// When it is.
#[derive(Clone, Copy)]
pub(super) struct Calendar {
    /// Beginning of the horizon.
    first: SimTime,
    /// The date at that time.
    start: DateTime,
}

impl Calendar {
    /// Days since the beginning of the horizon.
    pub(super) fn days(self, time: SimTime) -> f64 {
        time.since(self.first).days()
    }

    /// A moment to the millisecond, in UTC.
    pub(super) fn utc(self, time: SimTime) -> String {
        let since = SignedDuration::from_millis(time.since(self.first).ms());
        self.start.checked_add(since).map_or_else(|_| String::new(), |moment| format!("{moment:.3}Z"))
    }
}

/// A file to be written, beside what stands at its place; that is written over only where it is of the same kind.
pub(super) fn begun(file: &Path, is_ours: impl FnOnce(&File) -> bool) -> Result<Aside, Failure> {
    Aside::begin(file, is_ours).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::Wrong(format!("{}: {error}", not_written(file))),
        _ => Failure::Files { what: not_written(file), error },
    })
}

/// What failed where a file could not be written.
pub(super) fn not_written(file: &Path) -> String {
    format!("cannot write {}", file.display())
}
