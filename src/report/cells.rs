//! Cells of tables for people.

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
