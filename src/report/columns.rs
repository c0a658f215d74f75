//! The columns of a measure, the same in every format.

#[cfg(feature = "parquet")]
use std::borrow::Cow;

#[cfg(feature = "parquet")]
use crate::results::RowKey;
use crate::results::SummaryRow;

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
