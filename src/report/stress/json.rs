//! `stress.json`.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::answer::headline;
use crate::analysis::stress::{Case, Effect, Stress, WhatIf};
use crate::report::SCHEMA;
use crate::units::Duration;

/// Writes `{ "schema", "scenario", "run", "closure", "complete", "without_value_of_time", "cases": [ { "from", "until",
/// "hash", "rows" } ] }` with all digits.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write_json(stress: &Stress, out: &mut dyn Write) -> io::Result<()> {
    let closing = &stress.closing;
    let case = |case: &Case| {
        json!({
            "from": case.from.to_string(),
            "until": case.until.to_string(),
            "hash": case.hash,
            "rows": stress.rows(case),
        })
    };
    let value = json!({
        "schema": SCHEMA,
        "scenario": stress.manifest.scenario,
        "run": stress.manifest.run,
        "headline": headline(stress),
        "closure": { "of": closing.of, "stops": closing.stops, "length_d": Duration::days(closing.length) },
        "complete": stress.is_complete,
        "without_value_of_time": stress.without_value_of_time().collect::<Vec<_>>(),
        "growing": stress.growing,
        "cases": stress.cases.iter().map(case).collect::<Vec<_>>(),
        "what_ifs": stress.what_ifs.iter().map(|what_if| what_if_json(stress, what_if, &case)).collect::<Vec<_>>(),
    });
    writeln!(out, "{value:#}")
}

/// A what-if: its cases, and by how much each effect is other than in the scenario itself.
fn what_if_json(stress: &Stress, what_if: &WhatIf, case: &impl Fn(&Case) -> Value) -> Value {
    let apart = |place: usize, effect: Effect| {
        let apart = stress.apart(what_if, place, effect)?;
        Some(json!({
            "measure": effect, "unit": effect.unit(), "difference": apart.mean, "half_width": apart.half_width,
            "p_value": apart.p_value, "n": apart.n,
        }))
    };
    let differences = |place: usize| stress.effects().filter_map(|effect| apart(place, effect)).collect::<Vec<_>>();
    json!({
        "what_if": what_if.name,
        "title": what_if.title,
        "annual_cost_usd": what_if.annual_cost,
        "cases": what_if.cases.iter().map(case).collect::<Vec<_>>(),
        "differences": (0..what_if.cases.len()).map(differences).collect::<Vec<_>>(),
    })
}
