//! Capacity by arithmetic: where the first utilisation reaches 1 as traffic grows.

use crate::words::Subject;
use serde::Serialize;

use super::AnalysisError;
use super::growth::Mix;
use crate::arithmetic::{Utilisation, utilisations};
use crate::study::Prepared;

/// Where, by arithmetic on means and without any queue, the first utilisation reaches 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ceiling {
    /// The growth factor.
    pub factor: f64,
    /// What is loaded fully then: a parameter path.
    pub path: Subject,
}

/// The least growth factor at which something that the traffic uses is asked for all that it can do: utilisations are straight
/// lines in the volumes. None where nothing that is used is limited.
pub(super) fn ceiling(prepared: &Prepared, mix: &Mix) -> Result<Option<Ceiling>, AnalysisError> {
    let doubled = prepared.variant(|scenario| mix.grow(scenario, 2.0));
    let doubled = doubled.map_err(|errors| AnalysisError::Plan { change: "twice the traffic".to_owned(), errors })?;
    let (before, after) = (utilisations(&prepared.plan), utilisations(&doubled.plan));
    let same = |one: &Utilisation, other: &Utilisation| {
        (one.of, &one.path, one.direction) == (other.of, &other.path, other.direction)
    };
    let factors = after.iter().filter_map(|after| {
        let before = before.iter().find(|before| same(before, after)).map_or(0.0, Utilisation::ratio);
        let slope = after.ratio() - before;
        (slope > 1e-9 && after.ratio().is_finite())
            .then(|| Ceiling { factor: 1.0 + (1.0 - before) / slope, path: after.path.clone() })
    });
    Ok(factors.filter(|ceiling| ceiling.factor > 0.0).min_by(|one, other| one.factor.total_cmp(&other.factor)))
}
