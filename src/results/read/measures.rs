//! The measures of a summary, of which nothing is computed again.

use parquet::file::reader::SerializedFileReader;

use super::stored::Stored;
use super::table::{StoredRow, StoredTable};
use super::{Found, catalogue, frame};
use crate::results::RowKey;
use crate::results::files::{MEASURE_COLUMNS, SUMMARY_KEY};
use crate::results::manifest::Manifest;
use crate::results::summary::{Summary, SummaryFrame, SummaryRow};

pub(super) fn read(reader: &SerializedFileReader<Stored>, manifest: Manifest) -> Found<Summary> {
    let SummaryFrame { network, growing } = frame::read(reader, SUMMARY_KEY)?;
    catalogue::check_network(&network).map_err(|what| frame::of(SUMMARY_KEY, &what))?;
    let table = StoredTable::of(reader, &MEASURE_COLUMNS)?;
    let rows = table.rows().map(|row| measure(&row)).collect::<Found<Vec<SummaryRow>>>()?;
    Ok(Summary { manifest, network: network.into_owned(), rows, growing: growing.into_owned() })
}

fn measure(row: &StoredRow<'_>) -> Found<SummaryRow> {
    Ok(SummaryRow {
        key: key(row)?,
        n: row.whole("n")?.ok_or("`n` is empty in a row")?,
        count: row.whole("count")?,
        mean: row.real("mean")?,
        sd: row.real("sd")?,
        half_width: row.real("half_width")?,
        level: row.known("level")?,
        p5: row.real("p5")?,
        p50: row.real("p50")?,
        p50_half_width: row.real("p50_half_width")?,
        p90: row.real("p90")?,
        p90_half_width: row.real("p90_half_width")?,
        p95: row.real("p95")?,
        p95_half_width: row.real("p95_half_width")?,
        low: row.real("low")?,
        high: row.real("high")?,
    })
}

fn key(row: &StoredRow<'_>) -> Found<RowKey> {
    Ok(RowKey {
        measure: row.word("measure")?,
        subject: row.word("subject")?,
        period: row.word("period")?,
        place: row.word_if_any("place")?,
        cause: row.word_if_any("cause")?,
        unit: row.word("unit")?,
        over: row.word("over")?,
    })
}
