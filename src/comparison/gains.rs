//! Who gains: revenue, work and emissions by operator, country and route outside the corridor, before and after.

use crate::words::{Measure, Statistic, Subject, SubjectKind};
use serde::Serialize;

use super::{Difference, WhatIf};

/// What a what-if is for an operator, a country or a route outside the corridor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gain {
    /// The what-if.
    pub what_if: String,
    /// `operator.X`, `country.X` or `outside.X`.
    pub who: Subject,
    /// What shippers pay it, dollars a year.
    pub revenue: Option<Change>,
    /// Tonne-kilometres a year; for a country those within it, and half of what lies between two.
    pub tonne_km: Option<Change>,
    /// Tonnes of CO2 equivalent a year.
    pub emissions: Option<Change>,
}

/// A figure before and after.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Change {
    /// In the base.
    pub base: f64,
    /// In the what-if.
    pub what_if: f64,
    /// The what-if's less the base's, by pairs of replications.
    pub difference: f64,
    /// Half the width of its interval.
    pub half_width: Option<f64>,
}

/// Kinds of subjects with the measure that is their revenue.
const KINDS: [(SubjectKind, Measure); 3] = [
    (SubjectKind::Country, Measure::Revenue),
    (SubjectKind::Operator, Measure::Revenue),
    (SubjectKind::Outside, Measure::FreightCharge),
];

impl WhatIf {
    /// Countries, operators and routes outside the corridor, each by the size of the change of revenue.
    pub fn gains(&self) -> Vec<Gain> {
        KINDS.into_iter().flat_map(|(kind, revenue)| self.gains_of(kind, revenue)).collect()
    }

    fn gains_of(&self, kind: SubjectKind, revenue: Measure) -> Vec<Gain> {
        let of = |row: &&Difference| row.subject.is(kind) && row.period.is_horizon();
        let paid = self.differences.iter().filter(|row| of(row) && row.measure == revenue);
        let mut gains: Vec<Gain> = paid
            .map(|row| Gain {
                what_if: self.name.clone(),
                who: row.subject.clone(),
                revenue: Some(change(row)),
                tonne_km: self.change_of(Measure::TonneKm, &row.subject),
                emissions: self.change_of(Measure::Emissions, &row.subject),
            })
            .collect();
        let size = |gain: &Gain| gain.revenue.map_or(0.0, |change| change.difference.abs());
        gains.sort_by(|one, other| size(other).total_cmp(&size(one)));
        gains
    }

    fn change_of(&self, measure: Measure, subject: &Subject) -> Option<Change> {
        self.difference(measure, subject, Statistic::Mean).map(change)
    }
}

fn change(row: &Difference) -> Change {
    Change { base: row.base, what_if: row.what_if_value, difference: row.difference, half_width: row.half_width }
}
