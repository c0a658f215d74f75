//! A practical capacity with what it was asked for.

use crate::analysis::{PracticalCapacity, Relief, Service};

/// What was asked and what was found.
#[derive(Clone, Debug, PartialEq)]
pub struct CapacityReport {
    /// What was found.
    pub capacity: PracticalCapacity,
    /// What had to be kept.
    pub services: Vec<Service>,
    /// How near the growth factor is found.
    pub tolerance: f64,
    /// Whether all counted flows grow alike.
    pub is_proportional: bool,
    /// Flows that were counted by parts of the year and come here at the mean rate of their counts.
    pub levelled: Vec<String>,
    /// The staircase, if measures were given.
    pub relief: Option<Relief>,
    /// Measures of the file whose cost is not known.
    pub unpriced: Vec<String>,
}
