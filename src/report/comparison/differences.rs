//! Differences as a table with all digits.

#[cfg(all(feature = "parquet", feature = "disk"))]
use std::path::Path;

use crate::comparison::{Comparison, Difference, WhatIf};
use crate::report::sheet::{Column, Sheet, column, sheet};
#[cfg(all(feature = "parquet", feature = "disk"))]
use crate::results::files::Columns;
#[cfg(all(feature = "parquet", feature = "disk"))]
use crate::results::{ReadError, StoredRow, StoredTable};

/// The file of all differences in a folder.
pub(super) const DIFFERENCES: &str = "comparison.parquet";
/// What the same is called as text.
pub(super) const AS_TEXT: &str = "comparison.csv";

/// All differences, one a row.
pub(super) fn differences(comparison: &Comparison) -> Box<dyn Sheet + '_> {
    let rows = comparison.what_ifs.iter().flat_map(|what_if: &WhatIf| &what_if.differences);
    sheet(AS_TEXT, columns(), rows)
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
        column(
            "same_sign",
            "",
            "Draws in which the difference has the sign that it has over all.",
            |row: &&Difference| row.same_sign.map(|(draws, _)| f64::from(draws)).into(),
        ),
        column("draws", "", "Draws of the inputs.", |row: &&Difference| {
            row.same_sign.map(|(_, of)| f64::from(of)).into()
        }),
    ]
}

/// The columns as a file holds them.
#[cfg(all(feature = "parquet", feature = "disk"))]
const COLUMNS: Columns = Columns {
    texts: &["what_if", "measure", "subject", "period", "unit", "statistic"],
    wholes: &["n"],
    reals: &[
        "base",
        "what_if_value",
        "difference",
        "half_width",
        "relative",
        "p_value",
        "correlation",
        "variance_reduction",
        "simulated",
        "assumed",
        "low",
        "high",
        "same_sign",
        "draws",
    ],
};

/// The differences that the folder of a comparison holds.
///
/// # Errors
/// If their file cannot be read, or is not as it was written.
#[cfg(all(feature = "parquet", feature = "disk"))]
pub fn differences_of(folder: &Path) -> Result<Vec<Difference>, ReadError> {
    let table = StoredTable::read(folder, DIFFERENCES, &COLUMNS)?;
    let damaged = |what| ReadError::Damaged { path: folder.join(DIFFERENCES), what };
    table.rows().map(|row| difference(&row)).collect::<Result<_, String>>().map_err(damaged)
}

#[cfg(all(feature = "parquet", feature = "disk"))]
fn difference(row: &StoredRow<'_>) -> Result<Difference, String> {
    let draws = |name| Ok::<_, String>(row.real(name)?.map(|draws| draws as u32));
    Ok(Difference {
        what_if: row.text("what_if")?.to_owned(),
        measure: row.word("measure")?,
        subject: row.word("subject")?,
        period: row.word("period")?,
        unit: row.word("unit")?,
        statistic: row.word("statistic")?,
        n: row.whole("n")?.ok_or("`n` is empty in a row")?,
        base: row.known("base")?,
        what_if_value: row.known("what_if_value")?,
        difference: row.known("difference")?,
        half_width: row.real("half_width")?,
        relative: row.real("relative")?,
        p_value: row.real("p_value")?,
        correlation: row.real("correlation")?,
        variance_reduction: row.real("variance_reduction")?,
        simulated: row.real("simulated")?,
        assumed: row.real("assumed")?,
        low: row.real("low")?,
        high: row.real("high")?,
        same_sign: draws("same_sign")?.zip(draws("draws")?),
    })
}
