//! The columns of a measure, the same in every format.

#[cfg(feature = "parquet")]
use std::borrow::Cow;

#[cfg(feature = "parquet")]
use crate::results::RowKey;
use crate::results::SummaryRow;
use crate::results::files::ROW_KEY;

/// The columns of text.
pub(super) const TEXTS: [&str; 7] = ROW_KEY;
/// The columns of whole numbers.
pub(super) const COUNTS: [&str; 2] = ["n", "count"];
/// The columns of numbers.
pub(super) const NUMBERS: [&str; 13] = [
    "mean",
    "sd",
    "half_width",
    "level",
    "p5",
    "p50",
    "p50_half_width",
    "p90",
    "p90_half_width",
    "p95",
    "p95_half_width",
    "low",
    "high",
];

#[cfg(feature = "parquet")]
pub(super) fn texts(key: &RowKey) -> [Cow<'_, str>; 7] {
    [
        key.measure.word().into(),
        key.subject.as_str().into(),
        key.period.text(),
        key.place_text().into(),
        key.cause_text().into(),
        key.unit.to_string().into(),
        key.over.word().into(),
    ]
}

pub(super) fn counts(row: &SummaryRow) -> [Option<u64>; 2] {
    [Some(row.n), row.count]
}

pub(super) fn numbers(row: &SummaryRow) -> [Option<f64>; 13] {
    [
        row.mean,
        row.sd,
        row.half_width,
        Some(row.level),
        row.p5,
        row.p50,
        row.p50_half_width,
        row.p90,
        row.p90_half_width,
        row.p95,
        row.p95_half_width,
        row.low,
        row.high,
    ]
}
