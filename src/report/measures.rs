//! `measures.csv`.

use std::io::{self, Write};

use super::columns::{counts, numbers};
use super::sheet::{Column, Sheet, column, sheet};
use crate::results::files::{COUNTS, NUMBERS, ROW_KEY};
use crate::results::{Summary, SummaryRow};

/// Writes the measures as CSV (RFC 4180, line feeds alone): one row each, all digits, empty where nothing is known.
///
/// # Errors
/// If the output cannot be written.
pub fn write_csv(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    measures(summary).write(out)
}

/// The measures of a summary, one a row.
pub fn measures(summary: &Summary) -> Box<dyn Sheet + '_> {
    let mut columns = key_columns();
    for (place, meaning) in OF_COUNTS.into_iter().enumerate() {
        columns.push(column(COUNTS[place], "", meaning, move |row: &&SummaryRow| counts(row)[place].into()));
    }
    for (place, meaning) in OF_NUMBERS.into_iter().enumerate() {
        columns.push(column(NUMBERS[place], "", meaning, move |row: &&SummaryRow| numbers(row)[place].into()));
    }
    sheet("measures.csv", columns, &summary.rows)
}

/// What the columns of whole numbers say.
const OF_COUNTS: [&str; 2] = ["Simulated years.", "Shipments that the values are of, where they are of shipments."];

/// What the columns of numbers say; their unit is in a column of its own.
const OF_NUMBERS: [&str; 13] = [
    "Mean of the replications' values.",
    "Standard deviation of what `over` says.",
    "Half the width of the interval of the mean.",
    "Level of the intervals.",
    "5th percentile of what `over` says.",
    "Median of what `over` says.",
    "Half the width of the interval of the median.",
    "90th percentile of what `over` says.",
    "Half the width of its interval.",
    "95th percentile of what `over` says.",
    "Half the width of its interval.",
    "5th percentile over draws of the inputs, where they are drawn.",
    "95th percentile over draws of the inputs, where they are drawn.",
];

fn key_columns<'a>() -> Vec<Column<&'a SummaryRow>> {
    let [measure, subject, period, place, cause, unit, over] = ROW_KEY;
    vec![
        column(measure, "", "What is measured.", |row: &&SummaryRow| row.key.measure.word().into()),
        column(subject, "", "Of what.", |row: &&SummaryRow| row.key.subject.as_str().into()),
        column(period, "", "When.", |row: &&SummaryRow| row.key.period.text().into()),
        column(place, "", "At which place, of times by place.", |row: &&SummaryRow| row.key.place_text().into()),
        column(cause, "", "For which cause, of times by cause.", |row: &&SummaryRow| row.key.cause_text().into()),
        column(unit, "", "In which unit the numbers are.", |row: &&SummaryRow| row.key.unit.to_string().into()),
        column(over, "", "Of what percentiles are: shipments or years.", |row: &&SummaryRow| {
            row.key.over.word().into()
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::synthetic;

    #[test]
    fn one_line_a_row_and_the_columns_of_the_contract() {
        let summary = synthetic::results(3).summary();
        let mut out = Vec::new();
        write_csv(&summary, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let mut lines = text.lines();
        assert_eq!(
            lines.next(),
            Some(
                "measure,subject,period,place,cause,unit,over,n,count,mean,sd,half_width,level,p5,p50,p50_half_width,\
                 p90,p90_half_width,p95,p95_half_width,low,high"
            )
        );
        assert_eq!(lines.clone().count(), summary.rows.len());
        assert!(lines.all(|line| line.split(',').count() == 22));
    }
}
