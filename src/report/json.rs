//! `summary.json`.

use std::io::{self, Write};

use crate::results::Summary;

/// Version of the form of `summary.json`.
pub const SCHEMA: u32 = 1;

/// Writes `{ "schema", "scenario", "run", "growing": [queues], "measures": [rows] }`, a row a line, with all digits; `null` where nothing is
/// known.
///
/// # Errors
/// If the output cannot be written.
pub fn write_json(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"schema\":{SCHEMA},\n\"scenario\":")?;
    serde_json::to_writer(&mut *out, &summary.manifest.scenario)?;
    write!(out, ",\n\"run\":")?;
    serde_json::to_writer(&mut *out, &summary.manifest.run)?;
    write!(out, ",\n\"growing\":")?;
    serde_json::to_writer(&mut *out, &summary.growing)?;
    write!(out, ",\n\"measures\":[")?;
    for (place, row) in summary.rows.iter().enumerate() {
        writeln!(out, "{}", if place == 0 { "" } else { "," })?;
        serde_json::to_writer(&mut *out, row)?;
    }
    writeln!(out, "\n]}}")
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
