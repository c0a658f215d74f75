//! Ranked routes between two places, without simulation.

use super::{Question, QuestionError};
use crate::analysis::routes::{self as analysis, RouteAnswer, RouteQuestion, RoutesError};
use crate::model::Plan;
use crate::report::Study;
use crate::scenario::types::{self, Service};
use crate::study::{Lab, Scenario, Years};

/// Between which ends routes are asked for.
#[derive(Clone, Debug)]
pub enum RouteEnds {
    /// Those of a flow, whose cargo and service hold.
    OfFlow(String),
    /// Two nodes.
    Between {
        /// Where routes begin.
        from: String,
        /// Where they end.
        to: String,
        /// The cargo; that of the largest flow that passes both ends where there is none.
        cargo: Option<String>,
        /// How it moves; as that flow where there is none.
        service: Option<Service>,
    },
}

/// Which routes are asked for.
#[derive(Clone, Debug)]
pub struct RouteTerms {
    /// Between which ends.
    pub ends: RouteEnds,
    /// What they pass, in order: nodes and links.
    pub via: Vec<String>,
    /// What they do not pass.
    pub avoid: Vec<String>,
    /// How many.
    pub number: usize,
    /// Whether to say also what they are worth to each other.
    pub pay: bool,
}

/// Ranked routes of a scenario.
pub struct Routes<'a> {
    scenario: &'a Scenario,
    asked: RouteQuestion,
    pay: bool,
}

impl<'a> Routes<'a> {
    /// Asks for routes.
    ///
    /// # Errors
    /// There is no such flow.
    pub fn of(scenario: &'a Scenario, terms: &RouteTerms) -> Result<Self, QuestionError> {
        let asked = match &terms.ends {
            RouteEnds::OfFlow(id) => of_flow(scenario.contents(), id, terms)?,
            RouteEnds::Between { from, to, cargo, service } => {
                let usual = usual(scenario, from, to, cargo.as_deref());
                RouteQuestion {
                    flow: None,
                    cargo: cargo.clone().unwrap_or(usual.0),
                    service: service.unwrap_or(usual.1),
                    from: from.clone(),
                    to: to.clone(),
                    via: terms.via.clone(),
                    avoid: terms.avoid.clone(),
                    number: terms.number,
                }
            }
        };
        Ok(Self { scenario, asked, pay: terms.pay })
    }
}

fn of_flow(contents: &types::Contents, id: &str, terms: &RouteTerms) -> Result<RouteQuestion, QuestionError> {
    let unknown = || QuestionError::wrong(RoutesError::of_flow(contents, id));
    let flow = contents.flow.get(id).ok_or_else(unknown)?;
    Ok(RouteQuestion {
        flow: Some(id.to_owned()),
        from: flow.from.clone(),
        to: flow.to.clone(),
        cargo: flow.cargo.clone(),
        service: flow.service,
        via: terms.via.clone(),
        avoid: [flow.avoid.as_slice(), &terms.avoid].concat(),
        number: terms.number,
    })
}

/// Cargo and service of the largest flow (of a cargo, if one is asked for) that passes both ends in this order, else of
/// the largest at all.
fn usual(scenario: &Scenario, from: &str, to: &str, cargo: Option<&str>) -> (String, Service) {
    let (contents, plan) = (scenario.contents(), &scenario.prepared().plan);
    let tonnes = |flow: &types::Flow| {
        flow.volume.a_year() * contents.cargo.get(&flow.cargo).map_or(0.0, |cargo| cargo.mass_per_unit.tonnes())
    };
    let flows = contents.flow.values().enumerate();
    let asked = flows.filter(|(_, flow)| cargo.is_none_or(|cargo| flow.cargo == cargo));
    let best = asked.max_by(|one, other| {
        let key = |(index, flow): &(usize, &types::Flow)| (passes(plan, *index, from, to), tonnes(flow));
        let ((one, size), (other, than)) = (key(one), key(other));
        one.cmp(&other).then(size.total_cmp(&than))
    });
    let first = || contents.cargo.keys().next().cloned().unwrap_or_default();
    best.map_or_else(|| (first(), Service::WagonGroup), |(_, flow)| (flow.cargo.clone(), flow.service))
}

/// Whether a flow passes both ends in this order.
fn passes(plan: &Plan, flow: usize, from: &str, to: &str) -> bool {
    let labels = &plan.labels;
    labels.flows[flow].routes.iter().any(|route| {
        let nodes = &labels.routes[route.index()].nodes;
        let place = |id: &str| nodes.iter().position(|node| labels.nodes[node.index()] == id);
        matches!((place(from), place(to)), (Some(from), Some(to)) if from < to)
    })
}

impl Question for Routes<'_> {
    type Answer = RouteAnswer;

    const STUDY: Study = Study::ROUTES;

    /// Nothing is simulated: the lab is asked for nothing.
    fn ask(&self, _: &Lab<'_>) -> Result<RouteAnswer, QuestionError> {
        let prepared = self.scenario.prepared();
        let answer = analysis::routes(&prepared.scenario, &prepared.plan, &self.asked).map_err(QuestionError::wrong)?;
        Ok(if self.pay { answer.with_pay() } else { answer })
    }
}

/// Ranks routes between two places; nothing is simulated.
///
/// # Errors
/// A place or flow does not exist, or no route leads there.
pub fn routes(scenario: &Scenario, terms: &RouteTerms) -> Result<RouteAnswer, QuestionError> {
    Routes::of(scenario, terms)?.ask(&Lab::new(Years::Fixed(0..0), 0))
}
