//! `capacity.csv`.

use super::limits::{limit, nearest};
use super::report::CapacityReport;
use crate::analysis::Step;
use crate::report::sheet::{Column, Sheet, column, sheet};
use crate::stats::Estimate;

/// A traffic that was simulated: with which numbers, after which measures were taken, and what came of it.
type OfStep<'a> = (&'static str, String, &'a Step);

/// One row a traffic that was simulated and judged; `search` and `fresh` numbers apart.
pub(super) fn traffics(report: &CapacityReport) -> Box<dyn Sheet + '_> {
    let search = report.capacity.steps.iter().map(|step| ("search", String::new(), step));
    let fresh = report.capacity.fresh.iter().map(|step| ("fresh", String::new(), step));
    let mut taken: Vec<&str> = Vec::new();
    let stairs = report.relief.iter().flat_map(|relief| &relief.stairs).filter(|stair| !stair.measures.is_empty());
    let relieved = stairs.map(|stair| {
        taken.extend(stair.measures.iter().map(|measure| measure.id.as_str()));
        ("fresh", taken.join("; "), &stair.capacity)
    });
    sheet("capacity.csv", of_traffics(), search.chain(fresh).chain(relieved))
}

fn of_traffics<'a>() -> Vec<Column<OfStep<'a>>> {
    let mean = |estimate: Option<&Estimate>| estimate.map(|estimate| estimate.mean);
    let half_width = |estimate: Option<&Estimate>| estimate.and_then(|estimate| estimate.half_width);
    vec![
        column("numbers", "", "`search`: those of the search; `fresh`: others.", |row: &OfStep<'_>| row.0.into()),
        column("measures", "", "Measures that are taken.", |row: &OfStep<'_>| row.1.as_str().into()),
        column("factor", "", "Growth factor of the traffic.", |row: &OfStep<'_>| row.2.factor.into()),
        column("holds", "", "Whether every limit is kept.", |row: &OfStep<'_>| row.2.holds().into()),
        column("tonnes", "t/yr", "Tonnes carried.", move |row: &OfStep<'_>| mean(row.2.tonnes.as_ref()).into()),
        column("tonnes_half_width", "t/yr", "Half the width of the interval.", move |row: &OfStep<'_>| {
            half_width(row.2.tonnes.as_ref()).into()
        }),
        column("teu", "TEU/yr", "TEU carried.", move |row: &OfStep<'_>| mean(row.2.teu.as_ref()).into()),
        column("teu_half_width", "TEU/yr", "Half the width of the interval.", move |row: &OfStep<'_>| {
            half_width(row.2.teu.as_ref()).into()
        }),
        column("limit", "", "The limit that is nearest to being broken.", |row: &OfStep<'_>| {
            nearest(row.2).map(|check| limit(&check.limit).0).into()
        }),
        column("of", "", "Of what.", |row: &OfStep<'_>| nearest(row.2).map(|check| limit(&check.limit).1).into()),
        column("value", "", "What was found.", |row: &OfStep<'_>| nearest(row.2).and_then(|check| check.value).into()),
        column("half_width", "", "Half the width of its interval.", |row: &OfStep<'_>| {
            nearest(row.2).and_then(|check| check.half_width).into()
        }),
        column("bound", "", "What is allowed.", |row: &OfStep<'_>| nearest(row.2).map(|check| check.bound).into()),
    ]
}
