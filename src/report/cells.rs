//! Cells and columns of tables for people.

use std::io::{self, Write};

use super::rounding::round_to;
use crate::results::SummaryRow;

pub(super) fn mean(row: &SummaryRow) -> String {
    shown(row.mean, row.half_width)
}

pub(super) fn shown(value: Option<f64>, half_width: Option<f64>) -> String {
    value.map_or_else(unknown, |value| round_to(value, half_width).to_string())
}

pub(super) fn percent(row: Option<&SummaryRow>) -> String {
    let scaled = |value: Option<f64>| value.map(|value| value * 100.0);
    row.filter(|row| row.mean.is_some())
        .map_or_else(unknown, |row| format!("{} %", shown(scaled(row.mean), scaled(row.half_width))))
}

pub(super) fn unknown() -> String {
    "–".to_owned()
}

/// Writes lines in columns, the first to the left, the others to the right; a lone heading is left out.
pub(super) fn columns<L: AsRef<[String]>>(out: &mut dyn Write, lines: &[L]) -> io::Result<()> {
    let lines: Vec<&[String]> = lines.iter().map(AsRef::as_ref).collect();
    if lines.len() < 2 {
        return Ok(());
    }
    writeln!(out)?;
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    for line in &lines {
        let mut text = format!("{:<1$}", line[0], width(0));
        for (column, cell) in line.iter().enumerate().skip(1) {
            let width = width(column);
            text = format!("{text}  {cell:>width$}");
        }
        writeln!(out, "{}", text.trim_end())?;
    }
    Ok(())
}
