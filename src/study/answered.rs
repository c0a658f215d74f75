//! A world whose demand answers to its times and charges.

use super::simulate::{Setup, Simulated, StudyError, Years, simulate};
use super::world::World;
use crate::engine::Limits;
use crate::experiment::{Cancel, Job, Progress, Settled, Terms, respond};
use crate::results::{Layout, Results};

/// Rounds after which volumes that have not settled are taken as they are.
const MOST_ROUNDS: u32 = 20;

/// What demand comes to, and the world at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The volumes.
    pub settled: Settled,
    /// What to tell where they did not settle.
    pub warning: Option<String>,
    /// The world at these volumes.
    pub simulated: Simulated,
}

/// Finds the volumes that a world's own times and charges call forth and simulates it at them; `base` has the terms at
/// which the given volumes came, from the same replications. None where no flow answers.
///
/// Inputs are as written: a response that is itself drawn is another study.
///
/// # Errors
/// A replication could not be carried through, volumes cannot be carried, or a stop was asked for.
///
pub fn simulate_answered(
    world: &World,
    base: &Results,
    setup: &Setup,
    progress: &dyn Progress,
    cancel: &Cancel,
) -> Result<Option<Answered>, StudyError> {
    let labels = &world.plan.labels;
    if labels.flows.iter().all(|flow| flow.response.is_none()) {
        return Ok(None);
    }
    let first = u64::from(base.manifest.run.first);
    let replications = first..first + base.records.len() as u64;
    let job = Job {
        plan: &world.plan,
        seed: setup.seed,
        replications: replications.clone(),
        domain: setup.domain,
        threads: setup.threads,
        limits: Limits::default(),
    };
    let terms = Terms::by_flow(&base.frame, &base.records, labels);
    let settled = respond(&job, &terms, MOST_ROUNDS, progress, cancel)?;
    let plan = world.plan.with_volume_factors(&settled.factors).map_err(|errors| StudyError::Volumes {
        problem: errors.first().map_or_else(String::new, ToString::to_string),
    })?;
    let answering = World {
        scenario: world.scenario.clone(),
        hash: world.hash.clone(),
        layout: Layout::of(&plan),
        plan,
        inputs: None,
    };
    let setup = Setup { years: Years::Fixed(replications), ..setup.clone() };
    let simulated = simulate(&answering, &setup, progress, cancel)?;
    Ok(Some(Answered { warning: settled.warning(labels), settled, simulated }))
}
