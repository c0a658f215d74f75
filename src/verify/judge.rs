//! Comparing what was simulated with what theory says.

use super::index::{Check, Rule};
use super::pose::{LEVEL, Measured};
use crate::stats::student_quantile;

/// What equal numbers may differ by, relatively, after the conversion of units.
const ROUNDING: f64 = 1e-9;
/// How much wider intervals of shares and percentiles may be.
const NOISY: f64 = 5.0;

/// What came of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As theory says.
    Passed,
    /// The interval holds the expected value but is too wide to say much.
    Wide,
    /// Not as theory says.
    Failed,
}

impl Verdict {
    /// The word in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Wide => "too wide",
            Self::Failed => "FAILED",
        }
    }

    /// The word for programs.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Wide => "wide",
            Self::Failed => "failed",
        }
    }
}

/// A value by theory beside the simulated one.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckResult {
    /// What was checked, in the words of the results.
    pub name: String,
    /// The unit of all values.
    pub unit: String,
    /// By theory: a value, or limits.
    pub theory: Theory,
    /// The simulated value.
    pub simulated: f64,
    /// Half-width of its 99.9 % interval.
    pub half_width: Option<f64>,
    /// Its distance from the expected value in standard errors, where the rule is the interval's.
    pub z: Option<f64>,
    /// What came of it.
    pub verdict: Verdict,
}

/// What theory says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Theory {
    /// One value.
    Value(f64),
    /// Anything from one value to another.
    Between(f64, f64),
}

/// Compares a measured value with what its check expects; `widest` limits the interval as a share of the value.
pub(super) fn judge(check: &Check, measured: Measured, widest: Option<f64>) -> CheckResult {
    let expected = check.expected.unwrap_or(0.0);
    let (low, high) = (check.low.unwrap_or(0.0), check.high.unwrap_or(f64::INFINITY));
    let distance = (measured.value - expected).abs();
    let (theory, verdict) = match check.rule {
        Rule::Ci => (Theory::Value(expected), within_interval(check, measured, widest)),
        Rule::Band => {
            let near = distance <= check.relative.unwrap_or(0.0) * expected.abs();
            (Theory::Value(expected), passed_if(near))
        }
        Rule::Interval | Rule::Pairing => {
            let inside = (low..=high).contains(&measured.value);
            (Theory::Between(low, high), passed_if(inside))
        }
        Rule::Identical | Rule::Null | Rule::Books => {
            let same = distance <= ROUNDING * expected.abs().max(1.0);
            (Theory::Value(expected), passed_if(same))
        }
    };
    CheckResult {
        name: check.name(),
        unit: check.unit.clone(),
        theory,
        simulated: measured.value,
        half_width: measured.half_width,
        z: (check.rule == Rule::Ci).then(|| z(check, measured)).flatten(),
        verdict,
    }
}

const fn passed_if(fits: bool) -> Verdict {
    if fits { Verdict::Passed } else { Verdict::Failed }
}

/// The quantile of Student's t that belongs to an interval from `n` values.
fn critical(n: u64) -> f64 {
    student_quantile(0.5 + 0.5 * LEVEL, n.max(2) as f64 - 1.0)
}

/// Half the width within which the expected value must lie, its own error included.
fn allowance(check: &Check, measured: Measured) -> Option<f64> {
    let own = critical(measured.n) * check.error;
    measured.half_width.map(|half_width| libm::hypot(half_width, own))
}

fn within_interval(check: &Check, measured: Measured, widest: Option<f64>) -> Verdict {
    let (Some(expected), Some(allowance)) = (check.expected, allowance(check, measured)) else {
        return Verdict::Failed;
    };
    if (measured.value - expected).abs() > allowance + ROUNDING * expected.abs() {
        return Verdict::Failed;
    }
    let widest = widest.map(|share| if check.is_noisy() { NOISY * share } else { share });
    match (widest, measured.half_width) {
        (Some(widest), Some(half_width)) if half_width > widest * expected.abs() => Verdict::Wide,
        _ => Verdict::Passed,
    }
}

fn z(check: &Check, measured: Measured) -> Option<f64> {
    let error = allowance(check, measured)? / critical(measured.n);
    (error > 0.0).then(|| (measured.value - check.expected.unwrap_or(0.0)) / error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Check {
        toml::from_str(text).unwrap()
    }

    fn measured(value: f64, half_width: f64) -> Measured {
        Measured { value, half_width: Some(half_width), n: 20 }
    }

    #[test]
    fn a_wide_interval_passes_only_the_short_length() {
        let check = check("measure = 'number'\nexpected = 4.0");
        assert_eq!(judge(&check, measured(4.3, 0.5), None).verdict, Verdict::Passed);
        assert_eq!(judge(&check, measured(4.3, 0.5), Some(0.02)).verdict, Verdict::Wide);
        assert_eq!(judge(&check, measured(4.03, 0.05), Some(0.02)).verdict, Verdict::Passed);
        assert_eq!(judge(&check, measured(4.3, 0.2), None).verdict, Verdict::Failed);
    }

    #[test]
    fn shares_and_percentiles_may_be_wider() {
        let share = check("measure = 'waited'\nexpected = 0.5");
        assert_eq!(judge(&share, measured(0.5, 0.04), Some(0.02)).verdict, Verdict::Passed);
        let percentile = check("measure = 'dwell_time'\ncolumn = 'p95'\nexpected = 10.0");
        assert_eq!(judge(&percentile, measured(10.04, 0.05), Some(0.02)).verdict, Verdict::Passed);
        assert_eq!(judge(&percentile, measured(10.05, 0.04), Some(0.02)).verdict, Verdict::Failed);
    }

    #[test]
    fn the_error_of_a_simulated_expectation_counts() {
        let exact = check("measure = 'number'\nexpected = 1.0");
        let simulated = check("measure = 'number'\nexpected = 1.0\nerror = 0.01");
        assert_eq!(judge(&exact, measured(1.02, 0.01), None).verdict, Verdict::Failed);
        let result = judge(&simulated, measured(1.02, 0.01), None);
        assert_eq!(result.verdict, Verdict::Passed);
        assert!(result.z.is_some_and(|z| z > 0.0 && z < 2.0));
    }

    #[test]
    fn limits_and_equality_are_kept() {
        let interval = check("measure = 'carried'\nrule = 'interval'\nlow = 22.77\nhigh = 23.0");
        assert_eq!(judge(&interval, measured(23.0, 0.0), None).verdict, Verdict::Passed);
        assert_eq!(judge(&interval, measured(23.01, 0.0), None).verdict, Verdict::Failed);
        let identical = check("measure = 'offered'\nrule = 'identical'\nexpected = 1250.0");
        assert_eq!(judge(&identical, measured(1_250.000_000_1, 0.0), None).verdict, Verdict::Passed);
        assert_eq!(judge(&identical, measured(1251.0, 0.0), None).verdict, Verdict::Failed);
    }
}
