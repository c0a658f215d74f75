//! How scenarios are simulated, and why a study ended without results.

use std::ops::Range;

use super::headline::FIRST;
use crate::engine::Limits;
use crate::experiment::{Cancel, ExperimentError, Job, Progress, Quiet};
use crate::model::Plan;
use crate::random::Domain;
use crate::results::Space;
use crate::scenario::DrawError;

/// How many years are simulated.
#[derive(Clone, Debug, PartialEq)]
pub enum Years {
    /// Replications by number, the end excluded.
    Fixed(Range<u64>),
    /// From 0 on until section times and the corridor's throughput are known to this share of themselves.
    Precise(f64),
    /// Draws of the inputs, each with so many years; replication r is of draw r ÷ years.
    Drawn {
        /// Draws by number, the end excluded.
        draws: Range<u64>,
        /// Years in each.
        years: u64,
    },
}

impl Years {
    /// Numbers of the replications, as far as they are known beforehand: of a precision those of the first look.
    pub fn numbers(&self) -> Range<u64> {
        match self {
            Self::Fixed(range) => range.clone(),
            Self::Precise(_) => 0..FIRST,
            Self::Drawn { draws, years } => draws.start * years..draws.end * years,
        }
    }
}

/// Why a study ended without results.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// Of an experiment.
    #[error(transparent)]
    Experiment(#[from] ExperimentError),
    /// A draw of the inputs makes no scenario that can run.
    #[error(transparent)]
    Draw(#[from] DrawError),
    /// Volumes that demand answers with cannot be carried through.
    #[error("the volumes that demand answers with cannot be carried: {problem}")]
    Volumes {
        /// Why.
        problem: String,
    },
    /// A draw of the inputs makes no plan.
    #[error("draw {draw} of the inputs cannot be compiled: {problem}")]
    Plan {
        /// Its number.
        draw: u64,
        /// The first of the problems.
        problem: String,
    },
}

/// How scenarios are simulated, who watches, and who may stop it: the one thing that every study is given.
#[derive(Clone)]
pub struct Lab<'a> {
    /// How many years.
    pub years: Years,
    /// Master seed.
    pub seed: u64,
    /// Purpose of the random numbers.
    pub domain: Domain,
    /// Threads; 0: all cores.
    pub threads: usize,
    /// Bytes that a replication may take at most; no bound if absent.
    pub memory: Option<u64>,
    /// Where finished replications are held.
    pub space: Space,
    /// Told as replications finish.
    pub progress: &'a dyn Progress,
    /// Asked for a stop, it acts within a replication.
    pub cancel: Cancel,
}

impl Lab<'_> {
    /// Simulates with production random numbers on all cores, unwatched.
    pub fn new(years: Years, seed: u64) -> Self {
        let cancel = Cancel::default();
        let space = Space::default();
        Self { years, seed, domain: Domain::Production, threads: 0, memory: None, space, progress: &Quiet, cancel }
    }

    /// The same, watched.
    #[must_use]
    pub fn watched<'b>(&self, progress: &'b dyn Progress, cancel: &Cancel) -> Lab<'b> {
        Lab { progress, cancel: cancel.clone(), years: self.years.clone(), space: self.space.clone(), ..*self }
    }

    /// The same with another watcher.
    #[must_use]
    pub fn telling<'b>(&self, progress: &'b dyn Progress) -> Lab<'b> {
        self.watched(progress, &self.cancel)
    }

    /// The same for other years.
    #[must_use]
    pub fn over(&self, years: Years) -> Self {
        Self { years, ..self.clone() }
    }

    /// The same with draws for another purpose.
    #[must_use]
    pub fn drawing_for(&self, domain: Domain) -> Self {
        Self { domain, ..self.clone() }
    }

    /// The same with draws that fit parameters: numbers that chose values never price them.
    #[must_use]
    pub fn calibrating(&self) -> Self {
        self.drawing_for(Domain::Calibration)
    }

    /// The same with independent random numbers.
    #[must_use]
    pub fn independent(&self) -> Self {
        self.drawing_for(Domain::Evaluation)
    }

    /// What replications of a plan are carried out with.
    pub(super) fn job<'p>(&self, plan: &'p Plan, replications: Range<u64>) -> Job<'p> {
        Job {
            plan,
            seed: self.seed,
            replications,
            domain: self.domain,
            threads: self.threads,
            limits: Limits { memory: self.memory, ..Limits::default() },
        }
    }
}
