//! Where demand and choices of routes come to rest: volumes and routes that the times they bring about induce.

use super::replicate::{ExperimentError, Job, replicate};
use super::response::{Settled, Volumes};
use super::routes::{Chosen, Routes};
use super::terms::Terms;
use super::watch::Progress;
use crate::engine::{Cancel, Outcome};
use crate::model::{Plan, Response, RouteTerms};
use crate::results::{Layout, Record, Records, Shelf};

/// What is free to answer to the times and charges of a what-if, with the terms of the base.
#[derive(Clone, Debug, Default)]
pub struct Free {
    /// By flow of the what-if's plan, where volumes are free: the base's terms at given demand.
    pub volumes: Option<Vec<Terms>>,
    /// By choice and alternative of the what-if's plan, where routes are free: the base's terms at the base shares.
    pub routes: Option<Vec<Vec<RouteTerms>>>,
}

/// What volumes and routes came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Equilibrium {
    /// Volumes; as given where they are not free.
    pub volumes: Settled,
    /// Routes; `None` where they are not free.
    pub routes: Option<Chosen>,
    /// Rounds that were simulated.
    pub rounds: u32,
}

impl Equilibrium {
    /// All that was free has come to rest.
    pub fn is_settled(&self) -> bool {
        self.volumes.is_settled && self.routes.as_ref().is_none_or(|routes| routes.is_settled)
    }

    /// The plan with these volumes and routes.
    ///
    /// # Errors
    /// Volumes that cannot be carried through.
    pub fn plan(&self, plan: &Plan) -> Result<Plan, ExperimentError> {
        at(plan, &self.volumes.factors, self.routes.as_ref())
    }
}

/// Finds the volumes and the routes of the what-if `job.plan` that the times of its own simulation induce, each round
/// with the replications of the job; `from` is where the search for routes begins (the base's terms where there is none).
/// Both are found by successive averages, see [`Volumes`] and [`Routes`]; it ends after `most` rounds in any case.
///
/// # Errors
/// Those of [`replicate`]; [`ExperimentError::Stopped`] when a stop is asked for before it is settled;
/// [`ExperimentError::Volume`] where a round induces volumes that cannot be carried through.
pub fn respond(
    job: &Job<'_>,
    free: &Free,
    from: Option<&[Vec<RouteTerms>]>,
    most: u32,
    progress: &dyn Progress,
    cancel: &Cancel,
) -> Result<Equilibrium, ExperimentError> {
    let labels = &job.plan.labels;
    let responses: Vec<Option<Response>> =
        labels.flows.iter().map(|flow| flow.response.filter(|_| free.volumes.is_some())).collect();
    let unknown = vec![Terms::UNKNOWN; labels.flows.len()];
    let mut volumes = Volumes::new(&responses, free.volumes.as_ref().unwrap_or(&unknown));
    let mut routes = free.routes.as_ref().map(|base| Routes::new(&labels.choices, base, from.unwrap_or(base)));
    let layout = Layout::of(job.plan);
    let mut rounds = 0;
    let is_settled = |volumes: &Volumes<'_>, routes: &Option<Routes<'_>>| {
        volumes.settled.is_settled && routes.as_ref().is_none_or(|routes| routes.chosen.is_settled)
    };
    while rounds < most && !is_settled(&volumes, &routes) {
        let chosen = routes.as_ref().map(|routes| &routes.chosen);
        let plan = at(job.plan, &volumes.settled.factors, chosen)?;
        let turn = |number: u64, outcome: &Outcome| of_values(Record::of(&layout, number as u32, outcome));
        let mut records = Records::default();
        let keep = |record: &Record| records.push(record.clone());
        if !replicate(&Job { plan: &plan, ..job.clone() }, turn, keep, progress, cancel)? {
            return Err(ExperimentError::Stopped);
        }
        rounds += 1;
        volumes.see(&Terms::by_flow(layout.catalogue(), &records, labels));
        if let Some(routes) = &mut routes {
            routes.see(&super::routes::by_alternative(layout.catalogue(), &records, labels));
        }
    }
    Ok(Equilibrium { volumes: volumes.settled, routes: routes.map(|routes| routes.chosen), rounds })
}

/// What a round is judged by.
fn of_values(record: Record) -> Record {
    Record { own: Vec::new(), histograms: Shelf::default(), ..record }
}

fn at(plan: &Plan, factors: &[f64], routes: Option<&Chosen>) -> Result<Plan, ExperimentError> {
    let plan = plan.with_volume_factors(factors).map_err(|errors| ExperimentError::Volume {
        what: errors.first().map_or_else(String::new, ToString::to_string),
    })?;
    Ok(routes.map_or_else(|| plan.clone(), |chosen| plan.with_weights(&chosen.weights)))
}
