//! Routes between two places, ranked without simulating: kilometres, expected days, charges, emissions.

mod accuracy;
mod by_use;
mod candidates;
mod charge;
mod cost;
mod found;
mod ground;
mod pay;
mod profile;

use crate::arithmetic::Estimator;
use crate::compile::PlanError;
use crate::diagnostic::did_you_mean;
use crate::model::Plan;
use crate::network::RouteError;
use crate::scenario::types::{Contents, Service};

pub use accuracy::{ACCURACY, Accuracy};
pub use charge::Charge;
pub use found::{FoundRoute, Kilometres, Minutes, Place};
pub use pay::{Day, Margin, Pay, Tie};
pub use profile::Point;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteQuestion {
    /// The flow whose routes are asked for; its ends, cargo and service hold.
    pub flow: Option<String>,
    /// Id of a node.
    pub from: String,
    /// Id of a node.
    pub to: String,
    /// Id of the cargo.
    pub cargo: String,
    /// How it moves.
    pub service: Service,
    /// What the routes pass, in order: nodes and links.
    pub via: Vec<String>,
    /// What they do not pass.
    pub avoid: Vec<String>,
    /// How many.
    pub number: usize,
}

/// The routes, best first, with what they were found for.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct RouteAnswer {
    /// Name of the scenario.
    #[serde(skip)]
    pub scenario: String,
    /// Its title.
    #[serde(skip)]
    pub title: String,
    /// The flow, where one was asked for.
    pub flow: Option<String>,
    /// Names of the ends.
    pub ends: (String, String),
    /// Id of the cargo.
    pub cargo: String,
    /// What it is counted in.
    pub unit: String,
    /// Tonnes of a unit.
    pub tonnes_per_unit: f64,
    /// What a day of a unit is worth, USD.
    pub value_of_time: f64,
    /// The choice by whose scale shares answer to charges, where the flow has one.
    pub choice: Option<String>,
    /// Change of the logarithm of a route's odds for one dollar a TEU, or 14 t.
    pub scale: f64,
    /// The routes.
    pub routes: Vec<FoundRoute>,
    /// What they are worth to each other, if it was asked for.
    pub pay: Option<Pay>,
    /// How well expected days are known.
    pub accuracy: Accuracy,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RoutesError {
    /// A flow, node or cargo that does not exist.
    #[error("there is no {kind} `{id}`{near}")]
    Unknown {
        /// `flow`, `node`, `cargo`.
        kind: &'static str,
        /// The word.
        id: String,
        /// What may be meant.
        near: String,
    },
    /// Both ends are one place.
    #[error("routes begin and end at `{0}`")]
    SameEnds(String),
    /// A place is to be passed and to be avoided.
    #[error("`{0}` is to be passed and to be avoided\n  help: take it from `--avoid`, or from what the routes pass")]
    PassedAndAvoided(String),
    /// No route leads there.
    #[error("{}\n  help: {}", .0.message, .0.help)]
    None(RouteError),
    /// The routes cannot be compiled.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Plan(Vec<PlanError>),
}

impl RoutesError {
    /// There is no flow of an id.
    pub fn of_flow(scenario: &Contents, id: &str) -> Self {
        Self::unknown("flow", id, scenario.flow.keys())
    }

    fn unknown<'a>(kind: &'static str, id: &str, known: impl Iterator<Item = &'a String>) -> Self {
        let near = did_you_mean(id, known.map(String::as_str));
        Self::Unknown { kind, id: id.to_owned(), near: near.map_or_else(String::new, |near| format!(": {near}")) }
    }
}

/// Finds, estimates and ranks the routes of a question.
///
/// Routes are searched by freight charge and value of time, place by place. To the best of them come those that the flow
/// takes already. All are compiled and estimated whole (with trains to fill, pools, and what facilities recognise), and
/// the best of these are the answer, with all that the flow takes and that pass `via` and not `avoid`.
///
/// # Errors
/// What is asked for does not exist, or no route leads there.
pub fn routes(scenario: &Contents, plan: &Plan, question: &RouteQuestion) -> Result<RouteAnswer, RoutesError> {
    let (extended, known) = candidates::with_routes(scenario, plan, question)?;
    let plan = Plan::of(&extended.scenario).map_err(RoutesError::Plan)?;
    let estimator = Estimator::new(&plan).ok_or_else(|| RoutesError::Plan(Vec::new()))?;
    let mut routes = found::all(&plan, &estimator, &extended, &known)?;
    // Of what the flow takes already, what passes where it is asked not to is no answer.
    routes.retain(|route| {
        question.via.iter().all(|word| route.passes(word)) && !question.avoid.iter().any(|word| route.passes(word))
    });
    routes.sort_by(|one, other| one.generalised_cost.total_cmp(&other.generalised_cost));
    let mut place = 0;
    routes.retain(|route| {
        place += 1;
        place <= question.number || route.share.is_some_and(|share| share > 0.0)
    });
    found::name(&mut routes);
    Ok(answer(scenario, question, routes))
}

fn answer(scenario: &Contents, question: &RouteQuestion, routes: Vec<FoundRoute>) -> RouteAnswer {
    let cargo = &scenario.cargo[&question.cargo];
    let tonnes = cargo.mass_per_unit.tonnes();
    let name = |id: &String| {
        let node = &scenario.node[id];
        if node.name.is_empty() { id.clone() } else { node.name.clone() }
    };
    let choice = scenario
        .choice
        .iter()
        .find(|(_, choice)| question.flow.as_ref().is_some_and(|flow| choice.flows.contains(flow)));
    RouteAnswer {
        choice: choice.map(|(id, _)| id.clone()),
        scale: choice.map_or(pay::SCALE, |(_, choice)| choice.scale),
        scenario: scenario.name.clone(),
        title: scenario.title.clone(),
        flow: question.flow.clone(),
        ends: (name(&question.from), name(&question.to)),
        cargo: question.cargo.clone(),
        unit: cargo.unit.clone(),
        tonnes_per_unit: tonnes,
        value_of_time: cargo.value_of_time.get() * tonnes,
        routes,
        pay: None,
        accuracy: ACCURACY,
    }
}

impl RouteAnswer {
    /// The same with what routes are worth to each other.
    #[must_use]
    pub fn with_pay(mut self) -> Self {
        self.pay = Some(pay::pay(&self));
        self
    }
}
