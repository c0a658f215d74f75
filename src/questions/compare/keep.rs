//! Who keeps the results of the scenarios of a comparison.

use std::error::Error;

use crate::results::Results;
use crate::study::Scenario;

/// The results of one scenario of a comparison.
pub struct OneOf<'a> {
    /// The name that it has there: `base`, or that of the what-if.
    pub name: &'a str,
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its results.
    pub results: &'a Results,
}

/// Who takes the results of each scenario as they come, so that no more than two are in memory at a time.
pub type Keeper<'k> = dyn Fn(&OneOf<'_>) -> Result<(), Box<dyn Error + Send + Sync>> + 'k;
