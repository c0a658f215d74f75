//! The period that a table is of.

use std::collections::BTreeSet;

use super::exit::Failure;
use crate::diagnostic::did_you_mean;
use crate::results::{Frame, RowKey};

/// The period that a call asks for; the whole horizon if it asks for none.
///
/// Known are those in which `frame` counts traffic, and of these what `is_kept`.
pub(super) fn named_period<'a>(
    asked: Option<&'a String>,
    frame: &Frame,
    is_kept: impl Fn(&RowKey) -> bool,
) -> Result<&'a str, Failure> {
    let Some(asked) = asked else { return Ok("horizon") };
    let rows = frame.rows.iter().filter(|key| key.measure == "throughput" && is_kept(key));
    let known: BTreeSet<&str> = rows.map(|key| key.period.as_str()).collect();
    if known.contains(asked.as_str()) {
        return Ok(asked);
    }
    let near = did_you_mean(asked, known.iter().copied());
    let near = near.unwrap_or_else(|| format!("there are {}", known.into_iter().collect::<Vec<_>>().join(", ")));
    Err(Failure::Wrong(format!("there is no period `{asked}`; {near}")))
}
