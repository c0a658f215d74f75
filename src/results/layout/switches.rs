//! Rows of those who switched to another route under way: how many, where, and what became of their days and money.

use super::builder::Builder;
use crate::engine::outcome::{Amount, RouteTally};
use crate::ids::RouteId;
use crate::model::Rule;
use crate::results::catalogue::RowKey;
use crate::results::facts::Facts;
use crate::units::MS_PER_DAY;
use crate::words::{FixedUnit, Measure, Subject, SubjectKind};

pub(super) fn add(builder: &mut Builder<'_>) {
    for (switch, label) in builder.labels.switches.iter().enumerate() {
        let flow = &builder.labels.flows[label.flow.index()].id;
        let subject = Subject::of(SubjectKind::Switch, format_args!("{flow}.{}.{}", label.from, label.to));
        let place = Subject::of(SubjectKind::Node, &builder.labels.nodes[label.node.index()]);
        of_switch(builder, switch, &subject, &place);
    }
    let plan = builder.plan;
    for (flow, rule) in plan.reroutes.rules.iter().enumerate() {
        if let Some(rule) = rule {
            of_flow(builder, flow, rule);
        }
    }
}

/// How often a switch was made; parts of a shipment are counted.
fn of_switch(builder: &mut Builder<'_>, switch: usize, subject: &Subject, place: &Subject) {
    let per_year = builder.per_year();
    builder.value(RowKey::new(Measure::Switches, subject, FixedUnit::ShipmentsPerYear).at(place), move |facts| {
        facts.outcome.switches[switch].count as f64 * per_year
    });
    builder.value(RowKey::new(Measure::Switched, subject, FixedUnit::TonnesPerYear).at(place), move |facts| {
        facts.outcome.switches[switch].mass.tonnes() * per_year
    });
}

/// A route with its freight charge.
#[derive(Clone, Copy)]
struct Priced {
    route: RouteId,
    usd_per_unit: f64,
}

/// What of a flow was delivered that had switched.
fn of_flow(builder: &mut Builder<'_>, flow: usize, rule: &Rule) {
    let per_year = builder.per_year();
    let labels = builder.labels;
    let subject = Subject::of(SubjectKind::Flow, &labels.flows[flow].id);
    let routes = labels.routes.iter().enumerate().filter(|(_, route)| route.flow.index() == flow);
    let routes: Vec<Priced> =
        routes.map(|(index, route)| Priced { route: RouteId::new(index), usd_per_unit: route.usd_per_unit }).collect();
    let tonnes = |routes: &[Priced], facts: &Facts<'_>| -> f64 {
        tallies(routes, facts).map(|tally| tally.delivered.mass.tonnes()).sum()
    };
    let own = routes.clone();
    builder.value(RowKey::new(Measure::Switched, &subject, FixedUnit::TonnesPerYear), move |facts| {
        tonnes(&own, facts) * per_year
    });
    let own = routes.clone();
    builder.value(RowKey::new(Measure::SwitchedShare, &subject, FixedUnit::One), move |facts| {
        tonnes(&own, facts) / facts.moved[flow].tonnes
    });
    let own = routes.clone();
    builder.value(RowKey::new(Measure::TransitTimeSwitched, &subject, FixedUnit::Days), move |facts| {
        let sum = |of: fn(&RouteTally) -> i128| tallies(&own, facts).map(of).sum::<i128>() as f64;
        sum(|tally| tally.time) / sum(|tally| tally.weight) / MS_PER_DAY as f64
    });
    builder.value(RowKey::new(Measure::FreightChargeSwitched, &subject, FixedUnit::UsdPerTonne), move |facts| {
        let usd: f64 = tallies(&routes, facts)
            .zip(&routes)
            .map(|(tally, route)| tally.delivered.size.units() * route.usd_per_unit)
            .sum();
        usd / tonnes(&routes, facts)
    });
    let of_flow = |(_, label): &(usize, &crate::model::SwitchLabel)| label.flow.index() == flow;
    let switches: Vec<usize> = labels.switches.iter().enumerate().filter(of_flow).map(|(switch, _)| switch).collect();
    let usd = rule.switching_cost * per_year;
    builder.value(RowKey::new(Measure::SwitchingCost, &subject, FixedUnit::UsdPerYear), move |facts| {
        let made = |&switch: &usize| facts.outcome.switches[switch];
        switches.iter().map(made).map(|amount: Amount| amount.size.units()).sum::<f64>() * usd
    });
}

/// What was delivered by each of the routes after a switch.
fn tallies<'f>(routes: &'f [Priced], facts: &'f Facts<'_>) -> impl Iterator<Item = &'f RouteTally> {
    routes.iter().map(|priced| &facts.outcome.switched[priced.route.index()])
}
