//! Rows of traffic: what was offered, carried, refused, what is under way.

use std::sync::Arc;

use super::builder::{Builder, Group, Stretch};
use crate::engine::outcome::{Amount, FlowTally};
use crate::results::catalogue::RowKey;
use crate::results::facts::Facts;
use crate::words::{FixedUnit, Measure, TEU, Unit};

type Pick = fn(&FlowTally) -> Amount;
type ByMonth = fn(&FlowTally) -> &[Amount];

const BOOKS: [(Measure, Pick); 4] = [
    (Measure::Offered, |tally| tally.offered),
    (Measure::Carried, |tally| tally.delivered),
    (Measure::Refused, |tally| tally.refused),
    (Measure::LostToOutside, |tally| tally.lost),
];
const MONTHLY: [(Measure, ByMonth); 2] =
    [(Measure::Offered, |tally| &tally.offered_by_month), (Measure::Carried, |tally| &tally.delivered_by_month)];

pub(super) fn add(builder: &mut Builder<'_>) {
    let periods = builder.periods();
    for group in builder.together() {
        horizon(builder, &group);
        for period in &periods {
            during(builder, &group, period);
        }
    }
    // Stretch of single flows would be a tenth of what is kept of a replication.
    for group in builder.apart() {
        horizon(builder, &group);
        for period in periods.iter().filter(|period| !period.id.is_month()) {
            during(builder, &group, period);
        }
    }
}

fn horizon(builder: &mut Builder<'_>, group: &Group) {
    let per_year = builder.per_year();
    let unit = builder.unit(&group.flows);
    for (measure, pick) in BOOKS {
        amount(builder, group, measure, FixedUnit::TonnesPerYear, per_year, move |facts, flows| {
            facts.amount(flows, pick).mass.tonnes()
        });
        if let Some(unit) = unit.filter(Unit::is_own) {
            let unit = Unit::of_cargo_per_year(unit);
            amount(builder, group, measure, unit, per_year, move |facts, flows| facts.amount(flows, pick).size.units());
        }
    }
    amount(builder, group, Measure::Throughput, FixedUnit::TonnesPerYear, per_year, |facts, flows| {
        facts.amount(flows, |tally| tally.delivered).mass.tonnes()
    });
    teu(builder, group, per_year);
    standing(builder, group);
    amount(builder, group, Measure::Backlog, FixedUnit::TonnesPerYear, per_year, under_way_growth);
    amount(builder, group, Measure::Trains, FixedUnit::TrainsPerYear, per_year, |facts, flows| {
        flows.iter().map(|&flow| facts.outcome.flows[flow].trains).sum::<u64>() as f64
    });
    value(builder, group, per_year);
}

fn amount(
    builder: &mut Builder<'_>,
    group: &Group,
    measure: Measure,
    unit: impl Into<Unit>,
    factor: f64,
    compute: impl Fn(&Facts<'_>, &[usize]) -> f64 + Send + Sync + 'static,
) {
    let flows = Arc::clone(&group.flows);
    builder.value(RowKey::new(measure, &group.subject, unit), move |facts| compute(facts, &flows) * factor);
}

/// The flows of a group whose cargo is counted in TEU.
fn in_teu(builder: &Builder<'_>, group: &Group) -> Vec<usize> {
    group.flows.iter().copied().filter(|&flow| builder.unit(&[flow]) == Some(TEU)).collect()
}

fn teu(builder: &mut Builder<'_>, group: &Group, per_year: f64) {
    let flows = in_teu(builder, group);
    if flows.is_empty() {
        return;
    }
    let mut row = |measure: Measure, of: fn(&FlowTally) -> Amount| {
        let flows = flows.clone();
        builder.value(RowKey::new(measure, &group.subject, Unit::teu_per_year()), move |facts| {
            facts.amount(&flows, of).size.units() * per_year
        });
    };
    row(Measure::ThroughputTeu, |tally| tally.delivered);
    // A subject of one unit has these rows in it already.
    if flows.len() < group.flows.len() {
        row(Measure::Offered, |tally| tally.offered);
        row(Measure::Carried, |tally| tally.delivered);
    }
}

/// What is under way at the end of the horizon; the share of the cohort that the drain did not bring home.
fn standing(builder: &mut Builder<'_>, group: &Group) {
    amount(builder, group, Measure::UnderWay, FixedUnit::Tonnes, 1.0, |facts, flows| {
        facts.amount(flows, |tally| tally.under_way_end).mass.tonnes()
    });
    if let Some(unit) = builder.unit(&group.flows).filter(Unit::is_own) {
        amount(builder, group, Measure::UnderWay, Unit::of_cargo(unit), 1.0, |facts, flows| {
            facts.amount(flows, |tally| tally.under_way_end).size.units()
        });
    }
    amount(builder, group, Measure::Unfinished, FixedUnit::One, 1.0, |facts, flows| {
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
    amount(builder, group, Measure::Value, FixedUnit::UsdPerYear, per_year, move |facts, flows| {
        let usd = |(&flow, usd): (&usize, &f64)| facts.outcome.flows[flow].delivered.mass.tonnes() * usd;
        flows.iter().zip(&usd_per_tonne).map(usd).sum()
    });
}

/// Rates in a part of the horizon.
fn during(builder: &mut Builder<'_>, group: &Group, period: &Stretch) {
    let per_year = 1.0 / period.span.years;
    for (measure, by_month) in MONTHLY {
        let (flows, months) = (Arc::clone(&group.flows), Arc::clone(&period.months));
        builder
            .value(RowKey::new(measure, &group.subject, FixedUnit::TonnesPerYear).during(&period.id), move |facts| {
                monthly(facts, &flows, &months, by_month).mass.tonnes() * per_year
            });
    }
    let (flows, months) = (Arc::clone(&group.flows), Arc::clone(&period.months));
    builder.value(
        RowKey::new(Measure::Throughput, &group.subject, FixedUnit::TonnesPerYear).during(&period.id),
        move |facts| monthly(facts, &flows, &months, |tally| &tally.delivered_by_month).mass.tonnes() * per_year,
    );
    let (flows, months) = (in_teu(builder, group), Arc::clone(&period.months));
    if !flows.is_empty() {
        builder.value(
            RowKey::new(Measure::ThroughputTeu, &group.subject, Unit::teu_per_year()).during(&period.id),
            move |facts| monthly(facts, &flows, &months, |tally| &tally.delivered_by_month).size.units() * per_year,
        );
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
