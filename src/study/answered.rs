//! A scenario whose demand, or whose choice of routes, answers to its times and charges.

use super::lab::{Lab, StudyError, Years};
use super::prepared::Prepared;
use super::simulate::Simulated;
use crate::experiment::{Equilibrium, Free, Terms, base_terms, respond};
use crate::model::{Labels, RouteTerms};
use crate::results::{Layout, Results};

/// Rounds after which what has not settled is taken as it is.
const MOST_ROUNDS: u32 = 30;
/// Days of the most used alternative of each choice, as a factor of the base's, from which the other searches begin.
const OTHER_STARTS: [f64; 2] = [0.5, 2.0];

/// What is free to answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Freedom {
    /// Volumes, by the `response` of flows.
    pub volumes: bool,
    /// Routes, by the choices of the scenario.
    pub routes: bool,
}

/// What demand and routes come to, and the scenario at it.
#[derive(Debug)]
pub struct Answered {
    /// The volumes and routes.
    pub equilibrium: Equilibrium,
    /// By choice and alternative: the terms of the base.
    pub base_terms: Vec<Vec<RouteTerms>>,
    /// What to tell where they did not settle.
    pub warning: Option<String>,
    /// The largest difference of a share in a search that began elsewhere; `None` where only one search was made.
    pub apart: Option<f64>,
    /// The scenario at it.
    pub prepared: Prepared,
}

/// The base of a what-if: its plan's labels and its results at given demand and base shares.
#[derive(Clone, Copy, Debug)]
pub struct BaseTerms<'a> {
    /// Names and figures of its plan.
    pub labels: &'a Labels,
    /// Its results.
    pub results: &'a Results,
}

impl Lab<'_> {
    /// Finds the volumes and routes that a scenario's own times and charges induce; the terms at which given volumes and
    /// base shares came are those of the base, whose replications are those of the search. `None` where nothing is free that
    /// answers.
    ///
    /// Where routes are free and `searches` is above 1, the search is made again from other times of the most used
    /// alternatives, twice at most: an equilibrium need not be the only one.
    ///
    /// Inputs are as written: a response that is itself drawn is another study.
    ///
    /// # Errors
    /// A replication could not be carried through, volumes cannot be carried, or a stop was asked for.
    pub fn answer(
        &self,
        prepared: &Prepared,
        base: BaseTerms<'_>,
        freedom: Freedom,
        searches: usize,
    ) -> Result<Option<Answered>, StudyError> {
        let labels = &prepared.plan.labels;
        let free = free(labels, base, freedom);
        if free.volumes.is_none() && free.routes.is_none() {
            return Ok(None);
        }
        let job = self.job(&prepared.plan, replications(base.results));
        let respond =
            |from: Option<&[Vec<RouteTerms>]>| respond(&job, &free, from, MOST_ROUNDS, self.progress, &self.cancel);
        let equilibrium = respond(None)?;
        let mut apart = None;
        for factor in OTHER_STARTS.into_iter().take(searches.saturating_sub(1)) {
            let Some(terms) = free.routes.as_ref() else { break };
            let other = respond(Some(&elsewhere(labels, terms, factor)))?;
            apart = Some(difference(&equilibrium, &other).max(apart.unwrap_or(0.0)));
        }
        let plan = equilibrium.plan(&prepared.plan)?;
        let answering = Prepared {
            scenario: prepared.scenario.clone(),
            hash: prepared.hash.clone(),
            layout: Layout::with(&plan, prepared.detail),
            detail: prepared.detail,
            plan,
        };
        let warning = warning(&equilibrium, labels);
        let base_terms = free.routes.unwrap_or_default();
        Ok(Some(Answered { warning, equilibrium, base_terms, apart, prepared: answering }))
    }

    /// The scenario of [`Self::answer`], simulated over the replications of the base.
    ///
    /// # Errors
    /// Those of [`Self::answer`].
    pub fn simulate_answered(&self, answered: &Answered, base: &Results) -> Result<Simulated, StudyError> {
        self.over(Years::Fixed(replications(base))).simulate(&answered.prepared)
    }
}

fn replications(base: &Results) -> std::ops::Range<u64> {
    let first = u64::from(base.manifest.run.first);
    first..first + base.records.len() as u64
}

fn free(labels: &Labels, base: BaseTerms<'_>, freedom: Freedom) -> Free {
    let BaseTerms { labels: of_base, results } = base;
    let answers = freedom.volumes && labels.flows.iter().any(|flow| flow.response.is_some());
    let chooses = freedom.routes && !labels.choices.is_empty();
    Free {
        volumes: answers.then(|| Terms::by_flow(&results.catalogue, &results.records, labels)),
        routes: chooses.then(|| base_terms(&results.catalogue, &results.records, of_base, labels)),
    }
}

/// Terms from which another search begins: the most used route of each choice so many times as long.
fn elsewhere(labels: &Labels, base: &[Vec<RouteTerms>], factor: f64) -> Vec<Vec<RouteTerms>> {
    let choices = labels.choices.iter().zip(base);
    choices
        .map(|(choice, terms)| {
            let routes = choice.alternatives.iter().enumerate().filter(|(_, one)| one.route.is_some());
            let most = routes.max_by(|one, other| one.1.share.total_cmp(&other.1.share)).map(|(place, _)| place);
            let mut from = terms.clone();
            if let Some(terms) = most.and_then(|most| from.get_mut(most)) {
                terms.days *= factor;
            }
            from
        })
        .collect()
}

/// The largest difference of a share.
fn difference(one: &Equilibrium, other: &Equilibrium) -> f64 {
    let shares = |found: &Equilibrium| -> Vec<f64> {
        found.routes.iter().flat_map(|routes| routes.shares.iter().flatten().copied()).collect()
    };
    shares(one).iter().zip(shares(other)).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max)
}

fn warning(equilibrium: &Equilibrium, labels: &Labels) -> Option<String> {
    let volumes = equilibrium.volumes.warning(labels);
    let routes = equilibrium.routes.as_ref().filter(|routes| !routes.is_settled).map(|routes| {
        format!(
            "the choice of routes did not settle in {} rounds: the last one moved a share by {:.1} percentage points, and              what was seen in it would move one by {:.1}",
            routes.rounds,
            100.0 * routes.last_move,
            100.0 * routes.gap
        )
    });
    volumes.into_iter().chain(routes).reduce(|all, next| format!("{all}; {next}"))
}
