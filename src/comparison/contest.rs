//! Each scenario against the best of the others.

use crate::words::{Measure, Subject, Unit};
use serde::{Deserialize, Serialize};

use crate::results::{Results, RowKey};
use crate::stats::{Standing, compare_with_best, sum};

/// Where a scenario stands in a measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The scenario.
    pub scenario: String,
    /// Its mean.
    pub mean: f64,
    /// Lower end of the interval of its lead over the best of the others (positive: it is better).
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// `best`, `possibly best`, `not best`.
    pub standing: String,
}

/// Scenarios compared with the best in one measure (Nelson and Matejcik 1995); where inputs are drawn, over the draws.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contest {
    /// The measure.
    pub measure: Measure,
    /// Its subject.
    pub subject: Subject,
    /// Its unit.
    pub unit: Unit,
    /// The best first.
    pub places: Vec<Place>,
    /// Draws of the inputs in which the scenarios rank as they do over all, and their number.
    pub same_ranking: Option<(u32, u32)>,
}

/// Measures in which scenarios are compared with the best: of each, the values by scenario.
#[derive(Debug)]
pub(super) struct Leads {
    level: f64,
    years_per_draw: Option<u32>,
    scenarios: Vec<String>,
    measures: Vec<(RowKey, Vec<Vec<f64>>)>,
}

impl Leads {
    pub(super) fn of(base: &Results) -> Self {
        let keys = base.catalogue.rows.iter().filter(|key| key.is_headline()).cloned();
        let run = &base.manifest.run;
        let mut leads = Self {
            level: run.level,
            years_per_draw: run.years_per_draw,
            scenarios: Vec::new(),
            measures: keys.map(|key| (key, Vec::new())).collect(),
        };
        leads.add("base", base);
        leads
    }

    pub(super) fn add(&mut self, name: &str, results: &Results) {
        self.scenarios.push(name.to_owned());
        for (key, values) in &mut self.measures {
            let row = results.catalogue.rows.iter().position(|other| other == key);
            // With a replication missing, the others would stand beside those of other scenarios.
            let all = row.map(|row| results.values(row)).filter(|of| of.len() == results.records.len());
            values.push(all.unwrap_or_default());
        }
    }

    /// Contests of three scenarios or more; a measure that some replication does not have is left out.
    pub(super) fn contests(&self) -> Vec<Contest> {
        if self.scenarios.len() < 3 {
            return Vec::new();
        }
        self.measures.iter().filter_map(|(key, values)| self.contest(key, values)).collect()
    }

    fn contest(&self, key: &RowKey, values: &[Vec<f64>]) -> Option<Contest> {
        let sign = key.measure.gain(1.0);
        let signed: Vec<Vec<f64>> = values.iter().map(|of| of.iter().map(|value| sign * value).collect()).collect();
        // The draws are what chance has made of inputs and years; years of one draw are not independent of each other.
        let years = self.years_per_draw.unwrap_or(1) as usize;
        let units: Vec<Vec<f64>> = signed.iter().map(|values| draw_means(values, years)).collect();
        let compared = compare_with_best(&units, self.level)?;
        if compared.variance <= 0.0 {
            return None;
        }
        let mut places: Vec<Place> = (0..self.scenarios.len())
            .map(|index| Place {
                scenario: self.scenarios[index].clone(),
                mean: sign * compared.means[index],
                low: compared.intervals[index].low,
                high: compared.intervals[index].high,
                standing: word(compared.standing(index)).to_owned(),
            })
            .collect();
        places.sort_by(|one, other| (sign * other.mean).total_cmp(&(sign * one.mean)));
        let same_ranking = self.years_per_draw.map(|years| same_ranking(&signed, years as usize));
        let (measure, subject, unit) = (key.measure, key.subject.clone(), key.unit.clone());
        Some(Contest { measure, subject, unit, places, same_ranking })
    }
}

const fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Best => "best",
        Standing::PossiblyBest => "possibly best",
        Standing::NotBest => "not best",
    }
}

/// The mean of each draw.
fn draw_means(values: &[f64], years: usize) -> Vec<f64> {
    values.chunks(years.max(1)).map(|draw| sum(draw.iter().copied()) / draw.len() as f64).collect()
}

/// Draws in which the scenarios rank as over all.
fn same_ranking(values: &[Vec<f64>], years: usize) -> (u32, u32) {
    let ranking = |range: std::ops::Range<usize>| {
        let mut order: Vec<usize> = (0..values.len()).collect();
        let total = |index: usize| sum(values[index][range.clone()].iter().copied());
        order.sort_by(|&one, &other| total(other).total_cmp(&total(one)));
        order
    };
    let n = values.first().map_or(0, Vec::len);
    let whole = ranking(0..n);
    let draws: Vec<_> = (0..n).step_by(years.max(1)).map(|start| start..(start + years).min(n)).collect();
    let same = draws.iter().filter(|draw| ranking((*draw).clone()) == whole).count();
    (same as u32, draws.len() as u32)
}
