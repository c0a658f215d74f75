//! The results as a plain text table.

use std::io::{self, Write};

use super::case::CaseResult;
use super::judge::{CheckResult, Theory, Verdict};

/// Writes the cases with their checks, and how many passed.
///
/// # Errors
/// What the writer says.
pub fn write_table(cases: &[CaseResult], out: &mut dyn Write) -> io::Result<()> {
    for case in cases {
        write_case(case, out)?;
    }
    let of = |verdict| cases.iter().filter(|case| case.verdict() == verdict).count();
    let (failed, wide) = (of(Verdict::Failed), of(Verdict::Wide));
    writeln!(out, "{} cases: {} passed, {failed} failed, {wide} too wide", cases.len(), of(Verdict::Passed))
}

fn write_case(case: &CaseResult, out: &mut dyn Write) -> io::Result<()> {
    let again = if case.is_repeated { ", second attempt" } else { "" };
    writeln!(out, "{}  {}  [{}]", case.id, case.title, case.verdict().word())?;
    writeln!(out, "        {}; {} replications, seed {}{again}", case.reference, case.replications, case.seed)?;
    if let Some(trouble) = &case.trouble {
        writeln!(out, "        could not be run: {trouble}")?;
    }
    if !case.checks.is_empty() {
        writeln!(
            out,
            "        {:<62} {:>16} {:>12} {:>10} {:>6}  verdict",
            "check", "theory", "simulated", "±99.9 %", "z"
        )?;
    }
    for check in &case.checks {
        write_check(check, out)?;
    }
    writeln!(out)
}

fn write_check(check: &CheckResult, out: &mut dyn Write) -> io::Result<()> {
    let unit = if check.unit.is_empty() || check.unit == "1" { String::new() } else { format!(" [{}]", check.unit) };
    let theory = match check.theory {
        Theory::Value(value) => figure(value),
        Theory::Between(low, high) if high.is_infinite() => format!("at least {}", figure(low)),
        Theory::Between(low, high) => format!("{} to {}", figure(low), figure(high)),
    };
    let half_width = check.half_width.map(figure).unwrap_or_default();
    let z = check.z.map(|z| format!("{z:+.2}")).unwrap_or_default();
    writeln!(
        out,
        "        {:<62} {theory:>16} {:>12} {half_width:>10} {z:>6}  {}",
        format!("{}{unit}", check.name),
        figure(check.simulated),
        check.verdict.word(),
    )
}

/// Five significant digits.
fn figure(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if value.abs() < 1e-6 {
        return format!("{value:.0e}");
    }
    let digits = (4 - value.abs().log10().floor() as i32).clamp(0, 12) as usize;
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_five_digits() {
        let figures = [0.0, 4.0, 0.001_174_753_05, 22_464.0, 13.862_943_611_2, -0.5].map(figure);
        assert_eq!(figures, ["0", "4", "0.0011748", "22464", "13.863", "-0.5"]);
    }

    #[test]
    fn a_case_is_told_with_its_checks() {
        let check = CheckResult {
            name: "number node.port.facility.berth".into(),
            unit: "1".into(),
            theory: Theory::Value(4.0),
            simulated: 4.01,
            half_width: Some(0.05),
            z: Some(0.66),
            verdict: Verdict::Passed,
        };
        let case = CaseResult {
            id: "QUE-01".into(),
            title: "M/M/1".into(),
            reference: "Kleinrock".into(),
            replications: 20,
            seed: 1,
            is_repeated: false,
            checks: vec![check],
            trouble: None,
        };
        let mut text = Vec::new();
        write_table(&[case], &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains("QUE-01  M/M/1  [passed]"));
        assert!(text.contains("+0.66  passed"));
        assert!(text.ends_with("1 cases: 1 passed, 0 failed, 0 too wide\n"));
    }
}
