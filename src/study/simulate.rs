//! Replications of a world.

use std::ops::Range;

use super::drawn;
use super::headline::{FIRST, Headline, MOST, STEP};
use super::world::World;
use crate::engine::{EngineError, Limits};
use crate::experiment::{Cancel, ExperimentError, Job, Progress, Quiet, replicate_what_fits};
use crate::model::Plan;
use crate::random::Domain;
use crate::results::{Kept, Manifest, Results, Run, Window};
use crate::scenario::{DrawError, date_text};

/// How many years are simulated.
#[derive(Clone, Debug, PartialEq)]
pub enum Years {
    /// Replications by number, the end excluded.
    Fixed(Range<u64>),
    /// From 0 on until section times and the corridor's throughput are known to this share of themselves.
    Precise(f64),
    /// Draws of the inputs, each with so many years; replication r is of draw r ÷ years.
    Drawn {
        /// Draws.
        draws: u64,
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
            Self::Drawn { draws, years } => 0..draws * years,
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

/// How worlds are simulated, who watches, and who may stop it: the one thing that every study is given.
#[derive(Clone)]
pub struct Lab<'a> {
    /// How many years.
    pub years: Years,
    /// Master seed.
    pub seed: u64,
    /// Purpose of the draws.
    pub domain: Domain,
    /// Threads; 0: all cores.
    pub threads: usize,
    /// Bytes that a replication may take at most; no bound if absent.
    pub memory: Option<u64>,
    /// Told as replications finish.
    pub progress: &'a dyn Progress,
    /// Asked for a stop, it acts within a replication.
    pub cancel: Cancel,
}

impl Lab<'_> {
    /// Simulates with production draws on all cores, unwatched.
    pub fn new(years: Years, seed: u64) -> Self {
        let cancel = Cancel::default();
        Self { years, seed, domain: Domain::Production, threads: 0, memory: None, progress: &Quiet, cancel }
    }

    /// The same, watched.
    #[must_use]
    pub fn watched<'b>(&self, progress: &'b dyn Progress, cancel: &Cancel) -> Lab<'b> {
        Lab { progress, cancel: cancel.clone(), years: self.years.clone(), ..*self }
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

    /// Simulates a world and keeps what was finished, of which no replication may be left out.
    ///
    /// # Errors
    /// A replication could not be carried through, a draw of the inputs cannot run, or a stop came before the first
    /// replication was finished.
    pub fn simulate(&self, world: &World) -> Result<Simulated, StudyError> {
        let mut simulated = self.simulate_what_fits(world)?;
        if simulated.left_out.is_empty() {
            return Ok(simulated);
        }
        let (replication, error) = simulated.left_out.swap_remove(0);
        Err(ExperimentError::Replication { replication, error }.into())
    }

    /// Simulates a world and keeps what was finished, without the replications that take more memory than they may.
    ///
    /// # Errors
    /// As [`Self::simulate`], and where all replications take too much memory.
    pub fn simulate_what_fits(&self, world: &World) -> Result<Simulated, StudyError> {
        let mut series = Series { world, lab: self, kept: Kept::default(), left_out: Vec::new() };
        let (first, is_complete, is_precise) = match &self.years {
            Years::Fixed(range) => (range.start, series.add(range.clone(), self.progress)?, true),
            Years::Precise(precision) => {
                let (is_complete, is_precise) = series.until_known(*precision)?;
                (0, is_complete, is_precise)
            }
            Years::Drawn { draws, years } => {
                let (kept, ended) = drawn::records(world, self, (*draws, *years))?;
                (series.kept, series.left_out) = (kept, ended.left_out);
                (0, ended.is_complete, true)
            }
        };
        let Series { kept, left_out, .. } = series;
        let mut manifest = manifest(world, self.seed, first, kept.records.len());
        manifest.run.left_out = left_out.iter().map(|(replication, _)| *replication as u32).collect();
        if let Years::Drawn { years, .. } = self.years {
            manifest.run.years_per_draw = Some(years as u32);
        }
        let results = Results::of(manifest, world.layout.frame().clone(), kept);
        Ok(Simulated { results, is_complete, is_precise, left_out })
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

/// Replications of one world with one seed.
struct Series<'a> {
    world: &'a World,
    lab: &'a Lab<'a>,
    kept: Kept,
    left_out: Vec<(u64, EngineError)>,
}

impl Series<'_> {
    /// Simulates the replications that follow; false if a stop came before all were done.
    fn add(&mut self, replications: Range<u64>, progress: &dyn Progress) -> Result<bool, ExperimentError> {
        let job = self.lab.job(&self.world.plan, replications);
        let turn = |number, outcome| Kept::of(&self.world.layout, number as u32, &outcome);
        let ended = replicate_what_fits(&job, turn, |one| self.kept.append(one), progress, &self.lab.cancel)?;
        self.left_out.extend(ended.left_out);
        Ok(ended.is_complete)
    }

    /// Goes on until the headline measures are known as well as asked; looks only at numbers fixed beforehand. Says whether
    /// all replications were done, and whether the measures are known.
    fn until_known(&mut self, precision: f64) -> Result<(bool, bool), ExperimentError> {
        let headline = Headline::new(self.world.layout.frame(), precision, self.world.scenario.run.level);
        let mut is_complete = self.add(0..FIRST, self.lab.progress)?;
        while is_complete && !headline.is_known(&self.kept.records) {
            let done = (self.kept.records.len() + self.left_out.len()) as u64;
            if done >= MOST {
                return Ok((true, false));
            }
            is_complete = match self.add(done..done + STEP, &After { done, progress: self.lab.progress }) {
                Err(ExperimentError::Stopped) => false,
                done => done?,
            };
        }
        Ok((is_complete, true))
    }
}

/// Progress of a batch that follows others.
struct After<'a> {
    done: u64,
    progress: &'a dyn Progress,
}

impl Progress for After<'_> {
    fn done(&self, done: u64, of: u64) {
        self.progress.done(self.done + done, self.done + of);
    }
}

/// What is said of replications of a world, from the first on.
pub fn manifest(world: &World, seed: u64, first: u64, replications: usize) -> Manifest {
    Manifest { scenario: world.described(), run: run(world, seed, first, replications) }
}

fn run(world: &World, seed: u64, first: u64, replications: usize) -> Run {
    let spec = &world.scenario.run;
    Run {
        midcor: env!("CARGO_PKG_VERSION").to_owned(),
        seed,
        first: first as u32,
        replications: replications as u32,
        left_out: Vec::new(),
        years_per_draw: None,
        level: spec.level,
        window: Window {
            start: date_text(spec.start),
            warm_up_d: spec.warm_up.days(),
            horizon_d: spec.horizon.days(),
            drain_d: spec.drain.days(),
        },
    }
}
