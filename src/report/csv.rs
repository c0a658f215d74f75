//! `measures.csv`.

use std::fmt::Display;
use std::io::{self, Write};

use super::columns::{COUNTS, NUMBERS, TEXTS, counts, numbers, texts};
use crate::results::Summary;
use crate::text::visible;

/// Writes the measures as CSV (RFC 4180, line feeds alone): one row each, all digits, empty where nothing is known.
///
/// # Errors
/// If the output cannot be written.
pub fn write_csv(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", [TEXTS.as_slice(), &COUNTS, &NUMBERS].concat().join(","))?;
    for row in &summary.rows {
        let mut cells: Vec<String> = texts(&row.key).iter().map(|text| quoted(text)).collect();
        cells.extend(counts(row).map(shown));
        cells.extend(numbers(row).map(shown));
        writeln!(out, "{}", cells.join(","))?;
    }
    Ok(())
}

pub(super) fn shown<T: Display>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// With what a cell begins that a spreadsheet takes for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A text as a cell. An apostrophe goes before what a spreadsheet would take for a formula; numbers are numbers.
pub fn quoted(text: &str) -> String {
    let is_formula = text.starts_with(FORMULA) && text.parse::<f64>().is_err();
    let text = format!("{}{}", if is_formula { "'" } else { "" }, visible(text));
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
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

    #[test]
    fn commas_and_quotes_are_quoted() {
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
    }

    #[test]
    fn no_text_is_a_formula_and_numbers_stay_numbers() {
        assert_eq!(quoted("=HYPERLINK(\"evil\")"), "\"'=HYPERLINK(\"\"evil\"\")\"");
        for text in ["+10 % ships", "-x", "@SUM(A1)", "\tcmd", "\rcmd"] {
            assert!(quoted(text).starts_with('\''), "{text}: {}", quoted(text));
        }
        for plain in ["-5", "+2.5e3", "a=b", "10 - 5", ""] {
            assert_eq!(quoted(plain), plain);
        }
    }
}
