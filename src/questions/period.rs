//! The period that a table is of.

use std::collections::BTreeMap;

use super::QuestionError;
use crate::diagnostic::did_you_mean;
use crate::results::{Catalogue, RowKey};
use crate::words::{Measure, Period};

/// The period of this name; the whole horizon where none is asked for.
///
/// Known are those in which `frame` counts traffic, and of these what `is_kept`.
pub(super) fn named_period(
    asked: Option<&str>,
    catalogue: &Catalogue,
    is_kept: impl Fn(&RowKey) -> bool,
) -> Result<Period, QuestionError> {
    let Some(asked) = asked else { return Ok(Period::Horizon) };
    let rows = catalogue.rows.iter().filter(|key| key.measure == Measure::Throughput && is_kept(key));
    let known: BTreeMap<String, &Period> = rows.map(|key| (key.period.to_string(), &key.period)).collect();
    if let Some(&period) = known.get(asked) {
        return Ok(period.clone());
    }
    let near = did_you_mean(asked, known.keys().map(String::as_str));
    let near = near.unwrap_or_else(|| format!("there are {}", known.into_keys().collect::<Vec<_>>().join(", ")));
    Err(QuestionError::Wrong(format!("there is no period `{asked}`; {near}")))
}
