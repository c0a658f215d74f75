//! What a comparison comes to: its options on one figure, ranked.

use serde::{Deserialize, Serialize};

use super::WhatIf;
use super::difference::Difference;
use crate::results::{Materiality, MeasureRef, Results, Run};
use crate::stats::{Moments, Paired, holm};
use crate::words::{Measure, Statistic};

/// What people read first of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The figure that all options share.
    pub figure: MeasureRef,
    /// Places of the what-ifs that have the figure and the base of the comparison, the best first.
    pub ranked: Vec<usize>,
    /// The best against the next best, where there are two.
    pub lead: Option<Lead>,
    /// What changes elsewhere: statistically significant by Holm over options, sections and statistics together, worth naming,
    /// the greatest share of the base first.
    pub elsewhere: Vec<Elsewhere>,
}

/// The best option against the next best.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lead {
    /// The best what-if.
    pub best: String,
    /// The next best.
    pub next: String,
    /// The figure of the best less that of the next, the mean over pairs of replications.
    pub difference: f64,
    /// Half the width of its interval.
    pub half_width: f64,
    /// The probability of so large a difference if there were none, by Holm over the best against each other option.
    pub p_value: f64,
}

/// A difference elsewhere, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Place of the what-if.
    pub what_if: usize,
    /// Place among its differences.
    pub difference: usize,
}

impl Difference {
    /// Whether it is large enough to be named.
    pub fn is_material(&self, least: Materiality) -> bool {
        if self.measure.is_time_of_subject() {
            self.difference.abs() >= least.days
        } else {
            self.relative.is_none_or(|share| share.abs() >= least.share)
        }
    }

    /// Whether it is worth naming: statistically significant, and large enough.
    pub fn is_worth_naming(&self, run: &Run) -> bool {
        self.is_significant(run.level) && self.is_material(run.materiality)
    }
}

/// What each replication of each option says of the figure.
#[derive(Debug)]
pub(super) struct Options {
    figure: MeasureRef,
    level: f64,
    materiality: Materiality,
    years_per_draw: usize,
    values: Vec<(usize, Vec<Option<f64>>)>,
}

impl Options {
    pub(super) fn of(base: &Results, figure: MeasureRef) -> Self {
        let run = &base.manifest.run;
        let years_per_draw = run.years_per_draw.unwrap_or(1).max(1) as usize;
        Self { figure, level: run.level, materiality: run.materiality, years_per_draw, values: Vec::new() }
    }

    pub(super) fn add(&mut self, place: usize, results: &Results) {
        self.values.push((place, self.figure.values(results)));
    }

    /// What all comes to. The p-values of `what_ifs` are still those of single tests.
    pub(super) fn outcome(&self, what_ifs: &[WhatIf]) -> Outcome {
        let ranked = self.ranked(what_ifs);
        let lead = self.lead(&ranked, what_ifs);
        Outcome { elsewhere: self.elsewhere(what_ifs), figure: self.figure.clone(), ranked, lead }
    }

    fn ranked(&self, what_ifs: &[WhatIf]) -> Vec<usize> {
        let value = |place: usize| what_ifs[place].figure(&self.figure).map(|row| row.difference);
        let mut ranked: Vec<usize> =
            self.values.iter().map(|of| of.0).filter(|place| value(*place).is_some()).collect();
        let worth = |place: usize| value(place).map_or(f64::INFINITY, |more| -self.figure.key.measure.gain(more));
        ranked.sort_by(|&one, &other| worth(one).total_cmp(&worth(other)));
        ranked
    }

    fn lead(&self, ranked: &[usize], what_ifs: &[WhatIf]) -> Option<Lead> {
        let (&best, others) = ranked.split_first()?;
        let pairs: Vec<(usize, Paired)> =
            others.iter().filter_map(|&other| Some((other, self.paired(best, other)?))).collect();
        let p_values = holm(&pairs.iter().map(|pair| pair.1.p_value).collect::<Vec<_>>());
        let (&(next, paired), &p_value) = pairs.first().zip(p_values.first())?;
        Some(Lead {
            best: what_ifs[best].name.clone(),
            next: what_ifs[next].name.clone(),
            difference: paired.mean,
            half_width: paired.half_width,
            p_value,
        })
    }

    /// Two options over the replications that both have; where inputs are drawn, over the draws.
    fn paired(&self, one: usize, other: usize) -> Option<Paired> {
        let of = |place: usize| self.values.iter().find(|of| of.0 == place).map(|of| &of.1);
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let (one, other) = (of(one)?, of(other)?);
        for (one, other) in one.chunks(self.years_per_draw).zip(other.chunks(self.years_per_draw)) {
            let both: Vec<[f64; 2]> = one.iter().zip(other).filter_map(|(a, b)| Some([(*a)?, (*b)?])).collect();
            let mean = |at: usize| Moments::of(&both.iter().map(|pair| pair[at]).collect::<Vec<_>>()).mean();
            if let Some((a, b)) = mean(0).zip(mean(1)) {
                first.push(a);
                second.push(b);
            }
        }
        Paired::of(&first, &second, self.level)
    }

    fn elsewhere(&self, what_ifs: &[WhatIf]) -> Vec<Elsewhere> {
        let mut family = Vec::new();
        for (what_if, of) in what_ifs.iter().enumerate() {
            for (difference, row) in of.differences.iter().enumerate() {
                if let Some(p) = row.p_value.filter(|_| self.is_elsewhere(row)) {
                    family.push((Elsewhere { what_if, difference }, row, p));
                }
            }
        }
        let p_values = holm(&family.iter().map(|member| member.2).collect::<Vec<_>>());
        let is_told = |row: &Difference, p: f64| p < 1.0 - self.level && row.is_material(self.materiality);
        let told = family.iter().zip(p_values).filter(|((_, row, _), p)| is_told(row, *p));
        let mut told: Vec<_> = told.map(|(member, _)| member).collect();
        let share = |row: &Difference| row.relative.unwrap_or(0.0).abs();
        told.sort_by(|one, other| share(other.1).total_cmp(&share(one.1)));
        told.into_iter().map(|member| member.0).collect()
    }

    /// Medians and 95th percentiles of the other sections.
    fn is_elsewhere(&self, row: &Difference) -> bool {
        row.measure == Measure::SectionTime
            && row.period.is_horizon()
            && matches!(row.statistic, Statistic::P50 | Statistic::P95)
            && row.subject != self.figure.key.subject
    }
}

impl WhatIf {
    /// The difference of a figure.
    pub fn figure(&self, figure: &MeasureRef) -> Option<&Difference> {
        let key = &figure.key;
        self.difference_during(&key.period, key.measure, &key.subject, figure.statistic)
    }
}
