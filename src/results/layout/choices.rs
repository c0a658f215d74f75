//! Rows of what was chosen: traffic and time by route, and what stays outside the corridor.

use std::sync::Arc;

use super::builder::Builder;
use crate::engine::outcome::Amount;
use crate::ids::FlowId;
use crate::results::catalogue::RowKey;
use crate::results::facts::Facts;
use crate::units::MS_PER_DAY;
use crate::words::{FixedUnit, Measure, Subject, SubjectKind, Unit};

pub(super) fn add(builder: &mut Builder<'_>) {
    let labels = builder.labels;
    let chooses = |flow: FlowId| {
        let mut alternatives = labels.choices.iter().flat_map(|choice| &choice.alternatives);
        alternatives.any(|one| one.route.is_some_and(|(of, _)| of == flow))
    };
    for (index, route) in labels.routes.iter().enumerate() {
        let flow = &labels.flows[route.flow.index()];
        let is_one_of_several = labels.routes.iter().filter(|other| other.flow == route.flow).nth(1).is_some();
        if is_one_of_several && !flow.of_pool {
            let unit = builder.unit(&[route.flow.index()]).unwrap_or("t").to_owned();
            let subject = Subject::of(SubjectKind::Route, format_args!("{}.{}", flow.id, route.id));
            by_route(builder, index, &subject, &unit);
            if chooses(route.flow) {
                time_so_far(builder, index, &subject);
            }
        } else if chooses(route.flow) {
            time_so_far(builder, index, &Subject::of(SubjectKind::Flow, &flow.id));
        }
    }
    outside(builder);
}

fn by_route(builder: &mut Builder<'_>, route: usize, subject: &Subject, unit: &str) {
    let per_year = builder.per_year();
    builder.value(RowKey::new(Measure::Carried, subject, FixedUnit::TonnesPerYear), move |facts| {
        facts.outcome.routes[route].delivered.mass.tonnes() * per_year
    });
    if Unit::is_own(&unit) {
        builder.value(RowKey::new(Measure::Carried, subject, Unit::of_cargo_per_year(unit)), move |facts| {
            facts.outcome.routes[route].delivered.size.units() * per_year
        });
    }
    builder.value(RowKey::new(Measure::TransitTime, subject, FixedUnit::Days), move |facts| {
        let tally = &facts.outcome.routes[route];
        tally.time as f64 / tally.weight as f64 / MS_PER_DAY as f64
    });
}

/// What those who choose go by.
fn time_so_far(builder: &mut Builder<'_>, route: usize, subject: &Subject) {
    builder.value(RowKey::new(Measure::TimeSoFar, subject, FixedUnit::Days), move |facts| {
        let tally = &facts.outcome.routes[route];
        let (time, weight) = (tally.time + tally.time_under_way, tally.weight + tally.weight_under_way);
        time as f64 / weight as f64 / MS_PER_DAY as f64
    });
}

/// What is made for a flow and never offered, by flow and by route outside.
fn outside(builder: &mut Builder<'_>) {
    let labels = builder.labels;
    let every: Vec<usize> = (0..labels.outsides.len()).collect();
    let mut by_route: Vec<Vec<usize>> = vec![Vec::new(); labels.outsides.len()];
    for choice in &labels.choices {
        let mut flows: Vec<usize> =
            choice.alternatives.iter().filter_map(|one| one.route).map(|(flow, _)| flow.index()).collect();
        flows.dedup();
        let outside = choice.alternatives.iter().filter(|one| one.route.is_none());
        let places: Vec<usize> =
            outside.filter_map(|one| labels.outsides.iter().position(|outside| outside.id == one.name)).collect();
        if places.is_empty() {
            continue;
        }
        for &flow in &flows {
            outside_of(builder, &Subject::of(SubjectKind::Flow, &labels.flows[flow].id), &[flow], &every);
        }
        for place in places {
            by_route[place].extend(&flows);
        }
    }
    for (place, flows) in by_route.iter().enumerate().filter(|(_, flows)| !flows.is_empty()) {
        let subject = Subject::of(SubjectKind::Outside, &labels.outsides[place].id);
        outside_of(builder, &subject, flows, &[place]);
        money(builder, &subject, flows, place);
    }
}

/// What shippers pay on a route outside the corridor, the work done there, and what it emits, where that is known.
fn money(builder: &mut Builder<'_>, subject: &Subject, flows: &[usize], place: usize) {
    let (per_year, labels) = (builder.per_year(), builder.labels);
    let outside = &labels.outsides[place];
    let prices = flows.iter().map(|&flow| (flow, outside.usd_per_unit[labels.flows[flow].cargo.index()]));
    let prices: Arc<[(usize, f64)]> = prices.collect();
    builder.value(RowKey::new(Measure::FreightCharge, subject, FixedUnit::UsdPerYear), move |facts| {
        let paid = |&(flow, usd): &(usize, f64)| facts.outcome.outside[flow][place].size.units() * usd;
        prices.iter().map(paid).sum::<f64>() * per_year
    });
    let tonnes = |flows: Arc<[usize]>| move |facts: &Facts<'_>| total(facts, &flows, &[place]).mass.tonnes() * per_year;
    if let Some(length) = outside.length {
        let (tonnes, length) = (tonnes(flows.into()), length.get());
        builder.value(RowKey::new(Measure::TonneKm, subject, FixedUnit::TonneKmPerYear), move |facts| {
            tonnes(facts) * length
        });
    }
    if let Some(grams) = outside.grams_per_tonne {
        let tonnes = tonnes(flows.into());
        builder.value(RowKey::new(Measure::Emissions, subject, FixedUnit::TonnesPerYear), move |facts| {
            tonnes(facts) * grams / 1e6
        });
    }
}

fn outside_of(builder: &mut Builder<'_>, subject: &Subject, flows: &[usize], places: &[usize]) {
    let per_year = builder.per_year();
    let (all, unit): (Arc<[usize]>, Option<&str>) = (flows.into(), builder.unit(flows));
    let (own, at) = (Arc::clone(&all), Arc::<[usize]>::from(places));
    builder.value(RowKey::new(Measure::Outside, subject, FixedUnit::TonnesPerYear), move |facts| {
        total(facts, &own, &at).mass.tonnes() * per_year
    });
    if let Some(unit) = unit.filter(Unit::is_own) {
        let at = Arc::<[usize]>::from(places);
        builder.value(RowKey::new(Measure::Outside, subject, Unit::of_cargo_per_year(unit)), move |facts| {
            total(facts, &all, &at).size.units() * per_year
        });
    }
}

fn total(facts: &Facts<'_>, flows: &[usize], places: &[usize]) -> Amount {
    let mut total = Amount::default();
    for amount in flows.iter().flat_map(|&flow| places.iter().map(move |&place| &facts.outcome.outside[flow][place])) {
        total.mass += amount.mass;
        total.size += amount.size;
        total.count += amount.count;
    }
    total
}
