//! What the outside may see and do while an experiment runs.

use crate::stats::t_half_width;
use crate::words::{Measure, Subject, Unit};

/// Told how things go; called from several threads. All but [`Self::done`] may be left as it is.
pub trait Progress: Sync {
    /// So many of so many replications of what is under way are done.
    fn done(&self, done: u64, of: u64);

    /// Something else is simulated now: its name for people, such as that of a what-if.
    fn stage(&self, _name: &str) {}

    /// What is known of the headline measure so far.
    fn estimate(&self, _so_far: &Running) {}

    /// What the reader should know, found on the way.
    fn remark(&self, _remark: &Remark) {}
}

/// What is known of a measure while replications are still being simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct Running {
    /// The measure.
    pub measure: Measure,
    /// Of what.
    pub subject: Subject,
    /// In which unit.
    pub unit: Unit,
    /// Replications that it is known from.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation; `None` for one replication.
    pub sd: Option<f64>,
    /// Level of the interval; `None` where inputs are drawn, so that there is none.
    pub level: Option<f64>,
}

impl Running {
    /// Half the width of the interval; `None` for one replication, and where inputs are drawn. Computed when somebody asks: a
    /// replication may take less time than a quantile of Student's t.
    pub fn half_width(&self) -> Option<f64> {
        self.level.zip(self.sd).and_then(|(level, sd)| t_half_width(self.n, sd, level))
    }
}

/// A sentence for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// What is good to know.
    Note(String),
    /// What makes the answer less than it seems.
    Warning(String),
}

/// Shows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn done(&self, _: u64, _: u64) {}
}

/// Progress of one simulation among several.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    /// Replications that are done before it.
    pub before: u64,
    /// Replications of all, as far as they are known; `None` where only its own are.
    pub of_all: Option<u64>,
    /// As how many replications each of its own counts.
    pub each: u64,
    /// Who is told.
    pub watcher: &'a dyn Progress,
}

impl Progress for Part<'_> {
    fn done(&self, done: u64, of: u64) {
        let done = self.before + done * self.each;
        let of_all = self.of_all.unwrap_or(self.before + of * self.each);
        self.watcher.done(done, of_all.max(done));
    }

    fn stage(&self, name: &str) {
        self.watcher.stage(name);
    }

    fn estimate(&self, so_far: &Running) {
        self.watcher.estimate(so_far);
    }

    fn remark(&self, remark: &Remark) {
        self.watcher.remark(remark);
    }
}
