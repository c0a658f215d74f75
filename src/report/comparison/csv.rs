//! Differences as a table with all digits.

use crate::comparison::{Comparison, Difference, WhatIf};
use crate::report::sheet::{Column, Sheet, column, sheet};

/// All differences, one a row.
pub(super) fn differences(comparison: &Comparison) -> Box<dyn Sheet + '_> {
    let rows = comparison.what_ifs.iter().flat_map(|what_if: &WhatIf| &what_if.differences);
    sheet("comparison.csv", columns(), rows)
}

fn columns<'a>() -> Vec<Column<&'a Difference>> {
    vec![
        column("what_if", "", "The what-if.", |row: &&Difference| row.what_if.as_str().into()),
        column("measure", "", "What is measured.", |row: &&Difference| row.measure.word().into()),
        column("subject", "", "Of what.", |row: &&Difference| row.subject.as_str().into()),
        column("period", "", "Of which time.", |row: &&Difference| row.period.text().into()),
        column("unit", "", "The unit of the figures.", |row: &&Difference| row.unit.to_string().into()),
        column("statistic", "", "The mean, or which percentile.", |row: &&Difference| row.statistic.word().into()),
        column("n", "", "Pairs of replications.", |row: &&Difference| row.n.into()),
        column("base", "", "The base.", |row: &&Difference| row.base.into()),
        column("what_if_value", "", "The what-if.", |row: &&Difference| row.what_if_value.into()),
        column("difference", "", "What-if less base, pair by pair.", |row: &&Difference| row.difference.into()),
        column("half_width", "", "Half the width of the interval of the difference.", |row: &&Difference| {
            row.half_width.into()
        }),
        column("relative", "", "Difference divided by the base.", |row: &&Difference| row.relative.into()),
        column("p_value", "", "Corrected for all what-ifs of the comparison (Holm).", |row: &&Difference| {
            row.p_value.into()
        }),
        column("correlation", "", "Correlation of the pairs.", |row: &&Difference| row.correlation.into()),
        column(
            "variance_reduction",
            "",
            "How many times as many independent replications the pairs are worth.",
            |row: &&Difference| row.variance_reduction.into(),
        ),
        column("simulated", "", "The part of the difference that is simulated.", |row: &&Difference| {
            row.simulated.into()
        }),
        column("assumed", "", "The part that comes from changed residual delays.", |row: &&Difference| {
            row.assumed.into()
        }),
        column("low", "", "The 5th percentile of the draws' means, where inputs are drawn.", |row: &&Difference| {
            row.low.into()
        }),
        column("high", "", "The 95th.", |row: &&Difference| row.high.into()),
    ]
}
