//! What an option changes of the days of the main section, by groups of causes, with intervals.

use crate::report::CauseChange;
use crate::results::Results;
use crate::stats::{Paired, sum};
use crate::words::{CauseGroup, Measure};

/// The days of each group of causes today and what changes of them; groups that have none in both are left out.
pub(super) fn changes(base: &Results, other: &Results) -> Vec<CauseChange> {
    let Some(section) = base.catalogue.network.main_section() else { return Vec::new() };
    let level = base.manifest.run.level;
    let change = |group: CauseGroup| {
        let [before, after] = [base, other].map(|results| by_year(results, &section.id, group));
        let n = before.len().max(1) as f64;
        let (today, then) = (sum(before.iter().copied()) / n, sum(after.iter().copied()) / n);
        let paired = Paired::of(&after, &before, level);
        let half_width = paired.map(|paired| paired.half_width);
        (today > 0.0 || then > 0.0).then_some(CauseChange { group, today, difference: then - today, half_width })
    };
    CauseGroup::ALL.into_iter().filter_map(change).collect()
}

/// Days of a group of causes in each year.
fn by_year(results: &Results, section: &str, group: CauseGroup) -> Vec<f64> {
    let rows = results.catalogue.rows.iter().enumerate().filter(|(_, key)| {
        let is_of_group = key.cause.is_some_and(|cause| cause.group() == group);
        key.measure == Measure::Time && key.subject.id() == section && key.period.is_horizon() && is_of_group
    });
    let columns: Vec<Vec<f64>> = rows.map(|(row, _)| results.records.column(row)).collect();
    let days = |year: usize| sum(columns.iter().map(|column| column[year]).filter(|days| days.is_finite()));
    (0..results.records.len()).map(days).collect()
}
