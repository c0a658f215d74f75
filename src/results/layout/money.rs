//! Rows of money and carbon, and the corridor indicators as CAREC CPMM has them.

use std::sync::Arc;

use super::builder::{Builder, Group};
use crate::words::{Cause, FixedUnit, Measure, Subject, SubjectKind};

use crate::results::bills::{Moved, Part};
use crate::results::catalogue::RowKey;
use crate::results::facts::Facts;

/// By what was moved and the dollars that a tonne's time cost, both over the horizon.
type OfMoved = fn(&Moved, f64) -> f64;

const YEARLY: [(Measure, FixedUnit, OfMoved); 5] = [
    (Measure::FreightCharge, FixedUnit::UsdPerYear, |moved, _| moved.charge),
    (Measure::TimeCost, FixedUnit::UsdPerYear, |_, time_cost| time_cost),
    (Measure::GeneralisedCost, FixedUnit::UsdPerYear, |moved, time_cost| moved.charge + time_cost),
    (Measure::TonneKm, FixedUnit::TonneKmPerYear, |moved, _| moved.tonne_km),
    (Measure::Emissions, FixedUnit::TonnesPerYear, |moved, _| moved.grams / 1e6),
];
const PER_TONNE: [(Measure, FixedUnit, OfMoved); 6] = [
    (Measure::FreightCharge, FixedUnit::UsdPerTonne, |moved, _| moved.charge / moved.tonnes),
    (Measure::TimeCost, FixedUnit::UsdPerTonne, |moved, time_cost| time_cost / moved.tonnes),
    (Measure::GeneralisedCost, FixedUnit::UsdPerTonne, |moved, time_cost| (moved.charge + time_cost) / moved.tonnes),
    (Measure::BorderCost, FixedUnit::UsdPer20Tonnes, |moved, _| 20.0 * moved.border / moved.border_tonnes),
    (Measure::BorderCostPerJourney, FixedUnit::UsdPer20Tonnes, |moved, _| 20.0 * moved.border / moved.tonnes),
    (Measure::Cost500km20t, FixedUnit::Usd, |moved, _| 500.0 * 20.0 * moved.charge / moved.tonne_km),
];

/// What falls to an operator or a country, as a row has it.
type OfPart = fn(&Part) -> f64;

const OF_A_PART: [(Measure, FixedUnit, OfPart); 3] = [
    (Measure::Revenue, FixedUnit::UsdPerYear, |part| part.usd),
    (Measure::TonneKm, FixedUnit::TonneKmPerYear, |part| part.tonne_km),
    (Measure::Emissions, FixedUnit::TonnesPerYear, |part| part.grams / 1e6),
];

pub(super) fn add(builder: &mut Builder<'_>) {
    let per_year = builder.per_year();
    let labels = builder.labels;
    let usd_per_tonne_day: Arc<[f64]> =
        labels.flows.iter().map(|flow| labels.cargo_values[flow.cargo.index()].1).collect();
    for group in builder.groups() {
        for (table, factor) in [(YEARLY.as_slice(), per_year), (PER_TONNE.as_slice(), 1.0)] {
            for &(measure, unit, compute) in table {
                let (flows, values) = (Arc::clone(&group.flows), Arc::clone(&usd_per_tonne_day));
                builder.value(RowKey::new(measure, &group.subject, unit), move |facts| {
                    compute(&facts.moved_by(&flows), time_cost(facts, &flows, &values)) * factor
                });
            }
        }
        speeds(builder, &group);
    }
    parts(builder, per_year);
}

fn time_cost(facts: &Facts<'_>, flows: &[usize], usd_per_tonne_day: &[f64]) -> f64 {
    flows.iter().map(|&flow| facts.moved[flow].tonne_days * usd_per_tonne_day[flow]).sum()
}

/// Kilometres an hour in motion and over all.
fn speeds(builder: &mut Builder<'_>, group: &Group) {
    let flows: Arc<[usize]> = builder.comparable(group).into();
    let (moving, all) = (builder.cells_of(&[Cause::Running, Cause::Sailing]), Arc::clone(&flows));
    builder.value(RowKey::new(Measure::SpeedWithoutDelay, &group.subject, FixedUnit::KmPerHour), move |facts| {
        length(facts, &all) / (24.0 * facts.days_in(&all, |cell| moving[cell]))
    });
    builder.value(RowKey::new(Measure::SpeedWithDelay, &group.subject, FixedUnit::KmPerHour), move |facts| {
        length(facts, &flows) / (24.0 * facts.days_in(&flows, |_| true))
    });
}

/// Mean kilometres of a delivered tonne.
fn length(facts: &Facts<'_>, flows: &[usize]) -> f64 {
    let moved = facts.moved_by(flows);
    moved.tonne_km / moved.tonnes
}

/// What falls to each operator and country: revenue, work and emissions of counted flows.
fn parts(builder: &mut Builder<'_>, per_year: f64) {
    let (operators, countries) = (builder.shape.operators.clone(), builder.shape.countries.clone());
    for (measure, unit, compute) in OF_A_PART {
        for (place, name) in operators.iter().enumerate() {
            builder.value(RowKey::new(measure, &Subject::of(SubjectKind::Operator, name), unit), move |facts| {
                compute(&facts.operators[place]) * per_year
            });
        }
        for (place, name) in countries.iter().enumerate() {
            builder.value(RowKey::new(measure, &Subject::of(SubjectKind::Country, name), unit), move |facts| {
                compute(&facts.countries[place]) * per_year
            });
        }
    }
}
