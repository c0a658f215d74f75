//! Where the difference of a section's time comes from.

use crate::words::{Cause, Measure, Subject};
use serde::{Deserialize, Serialize};

use super::pair::{Both, Pair};
use crate::results::RowKey;
use crate::stats::{Paired, sum};

/// One place and cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Where: a parameter path.
    pub place: Subject,
    /// Why.
    pub cause: Cause,
    /// Days in the base.
    pub base: f64,
    /// Days in the what-if.
    #[serde(rename = "what_if_value")]
    pub what_if: f64,
    /// The what-if's less the base's.
    pub difference: f64,
    /// Half the width of its interval.
    pub half_width: Option<f64>,
}

impl Part {
    /// Whether its interval does not hold 0.
    pub fn is_significant(&self) -> bool {
        self.half_width.is_some_and(|half_width| self.difference.abs() > half_width)
    }
}

/// The places and causes that make the difference of a mean time; the parts add up to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// `section.ID`.
    pub subject: Subject,
    /// Days in the base.
    pub base: f64,
    /// Days in the what-if.
    #[serde(rename = "what_if_value")]
    pub what_if: f64,
    /// The what-if's less the base's.
    pub difference: f64,
    /// By place and cause, the largest first.
    pub parts: Vec<Part>,
    /// Days saved where time falls and the change is statistically significant (not negative).
    pub saved: f64,
    /// Days lost where time grows and the change is statistically significant.
    pub lost: f64,
    /// What each day saved at the steps leaves when what is lost elsewhere is taken off, at most 1; `None` where nothing is
    /// saved.
    pub pass_through: Option<f64>,
}

/// An explanation of every section.
pub(super) fn explanations(pair: &Pair<'_>) -> Vec<Explanation> {
    let catalogue = &pair.base.catalogue;
    let whole = |key: &&RowKey| key.measure == Measure::SectionTime && key.period.is_horizon() && key.place.is_none();
    let sections = catalogue.rows.iter().filter(whole).map(|key| key.subject.clone());
    sections.filter_map(|subject| explanation(pair, subject)).collect()
}

fn explanation(pair: &Pair<'_>, subject: Subject) -> Option<Explanation> {
    let is_part = |key: &RowKey| key.measure == Measure::Time && key.subject == subject && key.period.is_horizon();
    let old = pair.base.catalogue.rows.iter().enumerate().filter(|(_, key)| is_part(key));
    let mut parts: Vec<Part> =
        old.filter_map(|(row, key)| part(pair, key, Both { base: Some(row), other: pair.row(key) })).collect();
    parts.extend(
        pair.new_rows()
            .into_iter()
            .filter(|key| is_part(key))
            .filter_map(|key| part(pair, key, Both { base: None, other: pair.row(key) })),
    );
    if parts.is_empty() {
        return None;
    }
    parts.retain(|part| part.base != 0.0 || part.what_if != 0.0);
    parts.sort_by(|one, other| other.difference.abs().total_cmp(&one.difference.abs()));
    let total = |of: fn(&Part) -> f64| sum(parts.iter().map(of));
    let (base, what_if) = (total(|part| part.base), total(|part| part.what_if));
    let told = |sign: f64| {
        let known = parts.iter().filter(|part| part.is_significant() && part.difference * sign > 0.0);
        sum(known.map(|part| part.difference.abs()))
    };
    let (saved, lost, difference) = (told(-1.0), told(1.0), what_if - base);
    // Of the same places on both sides: what noise adds to the difference is no part of what was saved.
    let pass_through = (saved > 0.0).then(|| (saved - lost) / saved);
    Some(Explanation { subject, base, what_if, difference, parts, saved, lost, pass_through })
}

fn part(pair: &Pair<'_>, key: &RowKey, rows: Both<Option<usize>>) -> Option<Part> {
    let values = pair.values(rows);
    let mean = |values: &[f64]| sum(values.iter().copied()) / values.len() as f64;
    let paired = Paired::of(&values.other, &values.base, pair.base.manifest.run.level);
    let (place, cause) = (key.place.clone()?, key.cause?);
    (!values.base.is_empty()).then(|| Part {
        place,
        cause,
        base: mean(&values.base),
        what_if: mean(&values.other),
        difference: mean(&values.differences()),
        half_width: paired.map(|paired| paired.half_width),
    })
}
