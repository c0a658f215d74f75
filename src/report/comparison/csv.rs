//! `comparison.csv`.

use std::io::{self, Write};

use crate::comparison::{Comparison, Difference};
use crate::report::csv::{quoted, shown};

const HEAD: &str = "what_if,measure,subject,period,unit,statistic,n,base,what_if_value,difference,half_width,relative,\
                    p_value,correlation,variance_reduction,simulated,assumed,low,high";

/// Writes all differences, one a row, with all digits; empty where nothing is known.
///
/// # Errors
/// If the output cannot be written.
pub fn write_comparison_csv(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{HEAD}")?;
    comparison
        .what_ifs
        .iter()
        .flat_map(|what_if| &what_if.differences)
        .try_for_each(|row| writeln!(out, "{}", line(row)))
}

fn line(row: &Difference) -> String {
    let unit = row.unit.to_string();
    let texts = [row.what_if.as_str(), row.measure.word(), row.subject.as_str(), &row.period.text(), &unit].map(quoted);
    let numbers = [
        Some(row.base),
        Some(row.what_if_value),
        Some(row.difference),
        row.half_width,
        row.relative,
        row.p_value,
        row.correlation,
        row.variance_reduction,
        row.simulated,
        row.assumed,
        row.low,
        row.high,
    ];
    [&texts.join(","), row.statistic.word(), &row.n.to_string(), &numbers.map(shown).join(",")].join(",")
}
