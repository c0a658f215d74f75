//! Rows of traffic: what was offered, carried, refused, what is under way.

use std::sync::Arc;

use super::builder::{Builder, Group, Period};
use crate::engine::outcome::{Amount, FlowTally};
use crate::results::facts::Facts;
use crate::results::frame::RowKey;

type Pick = fn(&FlowTally) -> Amount;
type ByMonth = fn(&FlowTally) -> &[Amount];

const BOOKS: [(&str, Pick); 4] = [
    ("offered", |tally| tally.offered),
    ("carried", |tally| tally.delivered),
    ("refused", |tally| tally.refused),
    ("lost_to_outside", |tally| tally.lost),
];
const MONTHLY: [(&str, ByMonth); 2] =
    [("offered", |tally| &tally.offered_by_month), ("carried", |tally| &tally.delivered_by_month)];

pub(super) fn add(builder: &mut Builder<'_>) {
    let periods = builder.periods();
    for group in builder.together() {
        horizon(builder, &group);
        for period in &periods {
            during(builder, &group, period);
        }
    }
    // Months of single flows would be a tenth of what is kept of a replication.
    for group in builder.apart() {
        horizon(builder, &group);
        for period in periods.iter().filter(|period| !period.is_month) {
            during(builder, &group, period);
        }
    }
}

fn horizon(builder: &mut Builder<'_>, group: &Group) {
    let per_year = builder.per_year();
    let unit = builder.unit(&group.flows);
    for (measure, pick) in BOOKS {
        amount(builder, group, (measure, "t/yr"), per_year, move |facts, flows| {
            facts.amount(flows, pick).mass.tonnes()
        });
        if let Some(unit) = unit.filter(|unit| *unit != "t") {
            let key = (measure, format!("{unit}/yr"));
            amount(builder, group, (key.0, &key.1), per_year, move |facts, flows| {
                facts.amount(flows, pick).size.units()
            });
        }
    }
    amount(builder, group, ("throughput", "t/yr"), per_year, |facts, flows| {
        facts.amount(flows, |tally| tally.delivered).mass.tonnes()
    });
    teu(builder, group, per_year);
    standing(builder, group);
    amount(builder, group, ("backlog", "t/yr"), per_year, under_way_growth);
    amount(builder, group, ("trains", "trains/yr"), per_year, |facts, flows| {
        flows.iter().map(|&flow| facts.outcome.flows[flow].trains).sum::<u64>() as f64
    });
    value(builder, group, per_year);
}

fn amount(
    builder: &mut Builder<'_>,
    group: &Group,
    (measure, unit): (&str, &str),
    factor: f64,
    compute: impl Fn(&Facts<'_>, &[usize]) -> f64 + Send + Sync + 'static,
) {
    let flows = Arc::clone(&group.flows);
    builder.value(RowKey::new(measure, &group.subject, unit), move |facts| compute(facts, &flows) * factor);
}

/// The flows of a group whose cargo is counted in TEU.
fn in_teu(builder: &Builder<'_>, group: &Group) -> Vec<usize> {
    group.flows.iter().copied().filter(|&flow| builder.unit(&[flow]) == Some("TEU")).collect()
}

fn teu(builder: &mut Builder<'_>, group: &Group, per_year: f64) {
    let flows = in_teu(builder, group);
    if flows.is_empty() {
        return;
    }
    let mut row = |measure: &str, of: fn(&FlowTally) -> Amount| {
        let flows = flows.clone();
        builder.value(RowKey::new(measure, &group.subject, "TEU/yr"), move |facts| {
            facts.amount(&flows, of).size.units() * per_year
        });
    };
    row("throughput_teu", |tally| tally.delivered);
    // A subject of one unit has these rows in it already.
    if flows.len() < group.flows.len() {
        row("offered", |tally| tally.offered);
        row("carried", |tally| tally.delivered);
    }
}

/// What is under way at the end of the horizon; the share of the cohort that the drain did not bring home.
fn standing(builder: &mut Builder<'_>, group: &Group) {
    amount(builder, group, ("under_way", "t"), 1.0, |facts, flows| {
        facts.amount(flows, |tally| tally.under_way_end).mass.tonnes()
    });
    if let Some(unit) = builder.unit(&group.flows).filter(|unit| *unit != "t") {
        amount(builder, group, ("under_way", unit), 1.0, |facts, flows| {
            facts.amount(flows, |tally| tally.under_way_end).size.units()
        });
    }
    amount(builder, group, ("unfinished", "1"), 1.0, |facts, flows| {
        let (unfinished, cohort) =
            (facts.amount(flows, |tally| tally.unfinished), facts.amount(flows, |tally| tally.cohort));
        if cohort.mass.kg() > 0 {
            unfinished.mass.tonnes() / cohort.mass.tonnes()
        } else {
            unfinished.size.units() / cohort.size.units()
        }
    });
}

fn under_way_growth(facts: &Facts<'_>, flows: &[usize]) -> f64 {
    let end = facts.amount(flows, |tally| tally.under_way_end).mass;
    (end - facts.amount(flows, |tally| tally.under_way_start).mass).tonnes()
}

fn value(builder: &mut Builder<'_>, group: &Group, per_year: f64) {
    let labels = builder.labels;
    let cargo_of = |&flow: &usize| labels.flows[flow].cargo.index();
    let usd_per_tonne: Vec<f64> = group.flows.iter().map(|flow| labels.cargo_values[cargo_of(flow)].0).collect();
    amount(builder, group, ("value", "USD/yr"), per_year, move |facts, flows| {
        let usd = |(&flow, usd): (&usize, &f64)| facts.outcome.flows[flow].delivered.mass.tonnes() * usd;
        flows.iter().zip(&usd_per_tonne).map(usd).sum()
    });
}

/// Rates in a part of the horizon.
fn during(builder: &mut Builder<'_>, group: &Group, period: &Period) {
    let per_year = 1.0 / period.span.years;
    for (measure, by_month) in MONTHLY {
        let (flows, months) = (Arc::clone(&group.flows), Arc::clone(&period.months));
        builder.value(RowKey::new(measure, &group.subject, "t/yr").during(&period.id), move |facts| {
            monthly(facts, &flows, &months, by_month).mass.tonnes() * per_year
        });
    }
    let (flows, months) = (Arc::clone(&group.flows), Arc::clone(&period.months));
    builder.value(RowKey::new("throughput", &group.subject, "t/yr").during(&period.id), move |facts| {
        monthly(facts, &flows, &months, |tally| &tally.delivered_by_month).mass.tonnes() * per_year
    });
    let (flows, months) = (in_teu(builder, group), Arc::clone(&period.months));
    if !flows.is_empty() {
        builder.value(RowKey::new("throughput_teu", &group.subject, "TEU/yr").during(&period.id), move |facts| {
            monthly(facts, &flows, &months, |tally| &tally.delivered_by_month).size.units() * per_year
        });
    }
}

fn monthly(facts: &Facts<'_>, flows: &[usize], months: &[usize], by_month: ByMonth) -> Amount {
    facts.amount(flows, |tally| {
        let mut total = Amount::default();
        for amount in months.iter().filter_map(|&month| by_month(tally).get(month)) {
            total.mass += amount.mass;
            total.size += amount.size;
        }
        total
    })
}
