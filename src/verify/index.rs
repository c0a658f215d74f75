//! The index of cases: what each scenario must give.

use serde::Deserialize;
use std::borrow::Cow;

use crate::words::{Cause, Measure, Period, Subject};

const TEXT: &str = include_str!("../../scenarios/verify/index.toml");

/// Replications of a case that does not say how many.
const STANDARD: Replications = Replications { short: 20, long: 200 };

/// The embedded index does not read: a defect of the program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the index of the verification cases does not read: {0}")]
pub struct IndexError(String);

/// All cases.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// From these a case has its seed, and that of its one repetition if it fails.
    pub seeds: [u64; 2],
    /// In the order in which they are run.
    #[serde(rename = "case")]
    pub cases: Vec<Case>,
}

impl Index {
    /// The cases that come with the program.
    ///
    /// # Errors
    /// The index does not read, which only a defect of the program can cause.
    pub fn embedded() -> Result<Self, IndexError> {
        toml::from_str(TEXT).map_err(|error| IndexError(error.to_string()))
    }
}

/// A scenario with what it must give.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Case {
    /// Such as `QUE-01`.
    pub id: String,
    /// One line for people.
    pub title: String,
    /// Name of the scenario in `scenarios/verify`.
    pub scenario: String,
    /// Who found the expected values, and where they were published.
    pub reference: String,
    /// How many replications.
    #[serde(default = "standard")]
    pub replications: Replications,
    /// Horizon of the long length, where it is not the scenario's.
    pub long_horizon: Option<String>,
    /// Widest interval allowed in the long length, as a share of the expected value.
    pub half_width: Option<f64>,
    /// Settings of a second scenario with which the first is compared, replication by replication: values are then
    /// first minus second.
    pub what_if: Option<Vec<String>>,
    /// What it must give.
    pub check: Vec<Check>,
}

impl Case {
    /// Whether a word occurs in its id or title, in capitals or not.
    pub fn is_called(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        [&self.id, &self.title].into_iter().any(|text| text.to_lowercase().contains(&word))
    }
}

/// How many replications a case has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replications {
    /// In the short length.
    pub short: u32,
    /// In the long length.
    pub long: u32,
}

const fn horizon() -> Period {
    Period::Horizon
}

const fn standard() -> Replications {
    STANDARD
}

/// A row of the results with the value that it must have.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Check {
    /// As in the results; absent where the rule looks at no row.
    pub measure: Option<Measure>,
    /// As in the results; absent where the rule looks at no row.
    pub subject: Option<Subject>,
    /// As in the results; default the horizon.
    #[serde(default = "horizon")]
    pub period: Period,
    /// As in the results.
    pub place: Option<Subject>,
    /// As in the results.
    pub cause: Option<Cause>,
    /// Measures of the same subject that are subtracted.
    #[serde(default)]
    pub less: Vec<Measure>,
    /// Which column of the row.
    #[serde(default)]
    pub column: Column,
    /// Unit of the expected value.
    #[serde(default)]
    pub unit: String,
    /// The value by theory.
    pub expected: Option<f64>,
    /// Standard error of an expected value that was itself simulated.
    #[serde(default)]
    pub error: f64,
    /// How the two are compared.
    #[serde(default)]
    pub rule: Rule,
    /// Greatest relative difference, for [`Rule::Band`].
    pub relative: Option<f64>,
    /// Least value, for [`Rule::Interval`] and [`Rule::Pairing`].
    pub low: Option<f64>,
    /// Greatest value, for [`Rule::Interval`].
    pub high: Option<f64>,
    /// Widest interval allowed, where it is not that of the case.
    pub half_width: Option<f64>,
}

impl Check {
    /// What is checked, in the words of the results.
    pub fn name(&self) -> String {
        let measures: Vec<&str> = self.measure.iter().chain(&self.less).map(|measure| measure.word()).collect();
        let period = if self.period.is_horizon() { Cow::Borrowed("") } else { self.period.text() };
        let subject = self.subject.as_ref().map_or("", Subject::as_str);
        let place = self.place.as_ref().map_or("", Subject::as_str);
        let cause = self.cause.map_or("", Cause::word);
        let parts = [&measures.join(" - "), self.column.suffix(), subject, &period, place, cause];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        match self.rule {
            Rule::Null => "all rows".to_owned(),
            Rule::Books => "the engine's audit".to_owned(),
            Rule::Pairing => format!("variance reduction {}", parts.join(" ")),
            _ => parts.join(" "),
        }
    }

    /// Shares and percentiles, for which five times the width is allowed.
    pub(super) fn is_noisy(&self) -> bool {
        self.column != Column::Mean || matches!(self.measure, Some(Measure::Waited | Measure::OnTimeShare))
    }
}

/// A column of the results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Column {
    /// The mean.
    #[default]
    Mean,
    /// The median.
    P50,
    /// The 95th percentile.
    P95,
}

impl Column {
    const fn suffix(self) -> &'static str {
        match self {
            Self::Mean => "",
            Self::P50 => "p50",
            Self::P95 => "p95",
        }
    }
}

/// How an expected and a simulated value are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rule {
    /// The expected value lies in the 99.9 % interval, and in the long length the interval is narrow.
    #[default]
    Ci,
    /// The simulated value is close to an approximation.
    Band,
    /// The simulated value is between limits.
    Interval,
    /// The same number.
    Identical,
    /// The pairing reduces the variance of the difference so many times at least.
    Pairing,
    /// All rows of two scenarios are the same to the bit.
    Null,
    /// Every replication passes the engine's own audit.
    Books,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_case_has_an_id_of_its_own_and_something_to_check() {
        let index = Index::embedded().unwrap();
        let ids: BTreeSet<&str> = index.cases.iter().map(|case| case.id.as_str()).collect();
        assert_eq!(ids.len(), index.cases.len());
        assert!(index.cases.iter().all(|case| !case.check.is_empty() && !case.reference.is_empty()));
    }

    #[test]
    fn every_rule_has_the_numbers_that_it_needs() {
        for case in Index::embedded().unwrap().cases {
            for check in &case.check {
                let fits = match check.rule {
                    Rule::Ci => check.expected.is_some() && case.half_width.or(check.half_width).is_some(),
                    Rule::Band => check.expected.is_some() && check.relative.is_some(),
                    Rule::Interval => check.low.is_some() && check.high.is_some(),
                    Rule::Identical => check.expected.is_some(),
                    Rule::Pairing => check.low.is_some() && case.what_if.is_some(),
                    Rule::Null => case.what_if.is_some(),
                    Rule::Books => true,
                };
                assert!(fits, "{}: {}", case.id, check.name());
            }
        }
    }
}
