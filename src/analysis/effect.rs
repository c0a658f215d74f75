//! What a change does, by paired differences.

use serde::Serialize;

use super::rows::Rows;
use super::traffic::counted;
use crate::results::Results;
use crate::stats::{Moments, Paired};
use crate::study::Prepared;
use crate::words::{FixedUnit, Measure, Subject, SubjectKind, Unit};

const HOURS_PER_DAY: f64 = 24.0;

/// A measure that changes are valued by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Criterion {
    /// What is measured.
    pub measure: Measure,
    /// Of what.
    pub subject: Subject,
    /// In what it is counted.
    pub unit: Unit,
}

/// The difference that a change makes to a measure: with the change minus without it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// Of what.
    #[serde(flatten)]
    pub of: Criterion,
    /// Mean without the change.
    pub base: f64,
    /// The paired difference, over replications in which both have a value.
    #[serde(flatten)]
    pub difference: Paired,
    /// Its p-value once all changes that were tried with it are looked at together (Holm).
    pub p_adjusted: f64,
    /// By replication; NaN where one of the two has no value.
    #[serde(skip)]
    pub by_replication: Vec<f64>,
}

impl Effect {
    /// Whether it is statistically significant, all changes looked at together.
    pub fn is_significant(&self) -> bool {
        self.p_adjusted <= 1.0 - self.difference.level
    }

    /// Whether its own interval leaves out 0: enough for a change that was tried alone.
    pub fn is_perhaps(&self) -> bool {
        !self.difference.interval().contains(0.0)
    }

    fn of(of: Criterion, base: &[f64], changed: &[f64], level: f64) -> Option<Self> {
        let pairs: Vec<(f64, f64)> = base.iter().copied().zip(changed.iter().copied()).collect();
        let whole = pairs.iter().filter(|(base, changed)| !base.is_nan() && !changed.is_nan());
        let (before, after): (Vec<f64>, Vec<f64>) = whole.copied().unzip();
        let difference = Paired::of(&after, &before, level)?;
        let by_replication = pairs.iter().map(|(base, changed)| changed - base).collect();
        let base = Moments::of(&before).mean()?;
        Some(Self { of, base, p_adjusted: difference.p_value, difference, by_replication })
    }
}

/// What a scenario is measured by, found once.
pub(super) struct Yardstick {
    /// Whose times are averaged: counted flows, or cargoes where flows have no rows.
    parts: Vec<Subject>,
    sections: Vec<Subject>,
    level: f64,
}

impl Yardstick {
    pub(super) fn of(Prepared { plan, scenario, layout, .. }: &Prepared) -> Self {
        let parts = counted(plan, layout.catalogue().has_flows());
        Self {
            parts: parts.into_iter().map(|part| part.subject).collect(),
            sections: plan
                .labels
                .sections
                .iter()
                .map(|section| Subject::of(SubjectKind::Section, &section.id))
                .collect(),
            level: scenario.run.level,
        }
    }

    /// Tonnes carried by the corridor.
    pub(super) fn tonnes(&self, base: &Results, changed: &Results) -> Option<Effect> {
        self.row(
            Criterion {
                measure: Measure::Throughput,
                subject: Subject::corridor(),
                unit: FixedUnit::TonnesPerYear.into(),
            },
            1.0,
            base,
            changed,
        )
    }

    /// TEU carried by the corridor, if it carries any.
    pub(super) fn teu(&self, base: &Results, changed: &Results) -> Option<Effect> {
        let of =
            Criterion { measure: Measure::ThroughputTeu, subject: Subject::corridor(), unit: Unit::teu_per_year() };
        self.row(of, 1.0, base, changed)
    }

    /// Mean time of each section.
    pub(super) fn sections(&self, base: &Results, changed: &Results) -> Vec<Effect> {
        let sections = self.sections.iter();
        let effect = |section: &Subject| {
            let of =
                Criterion { measure: Measure::SectionTime, subject: section.clone(), unit: FixedUnit::Hours.into() };
            self.row(of, HOURS_PER_DAY, base, changed)
        };
        sections.filter_map(effect).collect()
    }

    /// Mean time in the corridor, each flow (or cargo) at the weight that it was offered with in the base: else a change that
    /// brings more of a slow cargo through would seem to slow the corridor down.
    pub(super) fn hours(&self, base: &Results, changed: &Results) -> Option<Effect> {
        let weights = self.weights(base);
        let [before, after] = [base, changed].map(|results| {
            let rows = Rows::of(results);
            let rows = self
                .parts
                .iter()
                .map(|part| Some(rows.values(rows.find(Measure::TransitTime, part, Some(&FixedUnit::Days.into()))?)));
            rows.collect::<Vec<Option<Vec<f64>>>>()
        });
        let replications = 0..base.records.len().min(changed.records.len());
        let mean = |times: &[Option<Vec<f64>>], replication: usize| {
            let (mut days, mut all) = (0.0, 0.0);
            for (flow, weights) in weights.iter().enumerate() {
                let both = [&before, &after].map(|times| times[flow].as_ref().map_or(f64::NAN, |of| of[replication]));
                if let (false, Some(times)) = (both.iter().any(|time| time.is_nan()), &times[flow]) {
                    days += weights[replication] * times[replication];
                    all += weights[replication];
                }
            }
            days / all * HOURS_PER_DAY
        };
        let [before, after] = [&before, &after].map(|times| {
            let means = replications.clone().map(|replication| mean(times, replication));
            means.collect::<Vec<f64>>()
        });
        let of =
            Criterion { measure: Measure::TransitTime, subject: Subject::corridor(), unit: FixedUnit::Hours.into() };
        Effect::of(of, &before, &after, self.level)
    }

    /// By part and replication: what was offered, in tonnes, or in units where none has any mass.
    fn weights(&self, base: &Results) -> Vec<Vec<f64>> {
        let rows = Rows::of(base);
        let none = || vec![0.0; base.records.len()];
        let of = |flow: &Subject, unit: Option<&Unit>| {
            rows.find(Measure::Offered, flow, unit).map_or_else(none, |row| rows.values(row))
        };
        let tonnes: Vec<Vec<f64>> =
            self.parts.iter().map(|part| of(part, Some(&FixedUnit::TonnesPerYear.into()))).collect();
        if tonnes.iter().flatten().any(|&weight| weight > 0.0) {
            return tonnes;
        }
        self.parts.iter().map(|part| of(part, rows.own_unit(part))).collect()
    }

    fn row(&self, of: Criterion, factor: f64, base: &Results, changed: &Results) -> Option<Effect> {
        // A row of days is told in hours.
        let unit = if of.unit == FixedUnit::Hours { FixedUnit::Days.into() } else { of.unit.clone() };
        let values = |results: &Results| {
            let rows = Rows::of(results);
            let values = rows.values(rows.find(of.measure, &of.subject, Some(&unit))?);
            Some(values.into_iter().map(|value| value * factor).collect::<Vec<f64>>())
        };
        let (before, after) = (values(base)?, values(changed)?);
        let number = before.len().min(after.len());
        Effect::of(of, &before[..number], &after[..number], self.level)
    }
}
