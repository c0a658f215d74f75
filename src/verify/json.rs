//! The results for programs.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::case::CaseResult;
use super::judge::{CheckResult, Theory, Verdict};

/// Version of the form.
const SCHEMA: u32 = 1;

/// Writes `{ "schema", "passed", "cases": [ { id, title, …, "checks": [ … ] } ] }` with all digits; `null` where nothing
/// is known or there is no limit.
///
/// # Errors
/// What the writer says.
pub fn write_json(cases: &[CaseResult], out: &mut dyn Write) -> io::Result<()> {
    let passed = cases.iter().filter(|case| case.verdict() == Verdict::Passed).count();
    let cases: Vec<Value> = cases.iter().map(case).collect();
    writeln!(out, "{:#}", json!({ "schema": SCHEMA, "passed": passed, "cases": cases }))
}

fn case(case: &CaseResult) -> Value {
    json!({
        "id": case.id, "title": case.title, "reference": case.reference, "verdict": case.verdict().key(),
        "replications": case.replications, "seed": case.seed, "repeated": case.is_repeated, "trouble": case.trouble,
        "checks": case.checks.iter().map(check).collect::<Vec<_>>(),
    })
}

/// A limit that is infinite has no number in JSON and becomes `null`.
fn check(check: &CheckResult) -> Value {
    let (theory, low, high) = match check.theory {
        Theory::Value(value) => (Some(value), None, None),
        Theory::Between(low, high) => (None, Some(low), Some(high)),
    };
    json!({
        "name": check.name, "unit": check.unit, "theory": theory, "theory_low": low, "theory_high": high,
        "simulated": check.simulated, "half_width": check.half_width, "level": super::pose::LEVEL, "z": check.z,
        "verdict": check.verdict.key(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_that_is_none_is_null() {
        let result = CheckResult {
            name: "carried".into(),
            unit: "t".into(),
            theory: Theory::Between(1.5, f64::INFINITY),
            simulated: 2.0,
            half_width: None,
            z: None,
            verdict: Verdict::Wide,
        };
        let value = check(&result);
        assert_eq!(value["theory_low"], 1.5);
        assert!(value["theory_high"].is_null() && value["theory"].is_null());
        assert_eq!(value["verdict"], "wide");
    }
}
