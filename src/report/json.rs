//! `summary.json`.

use std::io::{self, BufWriter, Write};

use super::table::run_headline;
use crate::results::files::{Digesting, Digests, SCHEMA, seal};
use crate::results::{RowKey, Summary};
use crate::words::Period;

/// Writes `{ "schema", "scenario", "run", "headline", "growing": [queues], "measures": [rows] }`, a row a line, with all digits; `null` where nothing is
/// known.
///
/// # Errors
/// If the output cannot be written.
pub fn write_json(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    write_open(summary, |_| true, out)?;
    writeln!(out, "}}")
}

/// Writes the same as the summary of a folder: with `"files"`, the digests of the other files, and in the last line
/// `"digest"`, that of all text before it. Of the measures it has those that are told.
///
/// # Errors
/// If the output cannot be written.
pub fn write_sealed_json(
    summary: &Summary,
    is_told: fn(&RowKey) -> bool,
    files: &Digests,
    out: &mut dyn Write,
) -> io::Result<()> {
    // Numbers and commas would be digested one by one otherwise.
    let mut text = BufWriter::new(Digesting::new(&mut *out));
    write_open(summary, is_told, &mut text)?;
    write!(text, ",\n\"files\":")?;
    serde_json::to_writer(&mut text, files)?;
    writeln!(text, ",")?;
    let digest = text.into_inner().map_err(io::IntoInnerError::into_error)?.digest();
    out.write_all(seal(&digest).as_bytes())
}

fn write_open(summary: &Summary, is_told: fn(&RowKey) -> bool, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"schema\":{SCHEMA},\n\"scenario\":")?;
    serde_json::to_writer(&mut *out, &summary.manifest.scenario)?;
    write!(out, ",\n\"run\":")?;
    serde_json::to_writer(&mut *out, &summary.manifest.run)?;
    write!(out, ",\n\"headline\":")?;
    serde_json::to_writer(&mut *out, &run_headline(summary, &Period::Horizon))?;
    write!(out, ",\n\"growing\":")?;
    serde_json::to_writer(&mut *out, &summary.growing)?;
    write!(out, ",\n\"measures\":[")?;
    for (place, row) in summary.rows.iter().filter(|row| is_told(&row.key)).enumerate() {
        writeln!(out, "{}", if place == 0 { "" } else { "," })?;
        serde_json::to_writer(&mut *out, row)?;
    }
    write!(out, "\n]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{SummaryRow, synthetic};

    #[test]
    fn what_is_written_reads_back() {
        let summary = synthetic::results(3).summary();
        let mut out = Vec::new();
        write_json(&summary, &mut out).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(value["schema"], 1);
        assert_eq!(value["run"]["replications"], 3);
        let rows: Vec<SummaryRow> = serde_json::from_value(value["measures"].clone()).unwrap();
        assert_eq!(rows.len(), summary.rows.len());
        for (read, written) in rows.iter().zip(&summary.rows) {
            assert_eq!((&read.key, read.n, read.count), (&written.key, written.n, written.count));
            assert_eq!(read.mean.is_some(), written.mean.is_some());
        }
        assert!(String::from_utf8(out).unwrap().contains(&summary.rows[0].mean.unwrap().to_string()));
    }
}
