//! `bottlenecks.json`.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::answer::headline;
use crate::analysis::{Bottlenecks, Row};
use crate::report::SCHEMA;

/// Writes `bottlenecks.json`: the run, all capacities with their worth, and the verdict.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write_json(found: &Bottlenecks, out: &mut dyn Write) -> io::Result<()> {
    let manifest = &found.base.manifest;
    let value = json!({
        "schema": SCHEMA,
        "scenario": manifest.scenario,
        "run": manifest.run,
        "headline": headline(found),
        "complete": found.is_complete,
        "growing": found.base.growing(),
        "transit_h": found.waiting.total,
        "waiting_elsewhere_h": found.waiting.other,
        "capacities": found.rows.iter().map(row_json).collect::<Vec<Value>>(),
        "verdict": found.verdict,
    });
    serde_json::to_writer_pretty(&mut *out, &value)?;
    writeln!(out)
}

fn row_json(row: &Row) -> Value {
    let gain = row.gain.as_ref().map(|gain| {
        json!({
            "tonnes": gain.tonnes, "teu": gain.teu, "hours": gain.hours, "sections": gain.sections,
            "rank_by_tonnes": gain.rank_by_tonnes, "rank_by_hours": gain.rank_by_hours,
        })
    });
    json!({
        "change": row.change, "capacity": row.capacity, "use": row.usage,
        "waited_h_per_yr": row.hours_waited, "unserved_h": row.unserved, "waiting_h": row.waiting,
        "waiting_share": row.waiting_share, "gain": gain,
    })
}
