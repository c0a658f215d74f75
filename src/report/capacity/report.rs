//! A practical capacity with what it was asked for.

use crate::analysis::{PracticalCapacity, Relief, Service};
use crate::stats::Paired;

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
    /// What-ifs, each with its own practical capacity in the same random numbers.
    pub what_ifs: Vec<CapacityWhatIf>,
    /// The staircase, if measures were given.
    pub relief: Option<Relief>,
    /// Measures of the file whose cost is not known.
    pub unpriced: Vec<String>,
}

/// The practical capacity of a what-if.
#[derive(Clone, Debug, PartialEq)]
pub struct CapacityWhatIf {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Dollars a year, where it has a price.
    pub annual_cost: Option<f64>,
    /// What was found.
    pub capacity: PracticalCapacity,
}

impl CapacityWhatIf {
    /// By how many tonnes a year more than the base it carries at its capacity, in pairs of the same random numbers.
    pub fn more_than(&self, base: &PracticalCapacity) -> Option<Paired> {
        self.capacity.more_than(base)
    }
}
