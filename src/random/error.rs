//! What can be wrong with the parameters of a distribution.

use thiserror::Error;

/// Why a set of parameters makes no distribution.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum DistributionError {
    /// A parameter is NaN or infinite.
    #[error("{name} {value} is not a finite number")]
    NotFinite {
        /// The parameter.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// A parameter must be above zero and is not.
    #[error("{name} {value} is not above zero")]
    NotPositive {
        /// The parameter.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// A parameter must not be below zero and is.
    #[error("{name} {value} is negative")]
    Negative {
        /// The parameter.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// Two parameters are in the wrong order.
    #[error("{first_name} {first} is above {second_name} {second}")]
    OutOfOrder {
        /// The parameter that should be the smaller one.
        first_name: &'static str,
        /// What was given for it.
        first: f64,
        /// The parameter that should be the greater one.
        second_name: &'static str,
        /// What was given for it.
        second: f64,
    },
    /// The coefficient of variation is outside what the family can be computed for.
    #[error("cv {cv} of a {family} distribution is outside {least} to {most}")]
    CvOutOfRange {
        /// The family.
        family: &'static str,
        /// What was given.
        cv: f64,
        /// The least possible.
        least: f64,
        /// The greatest possible.
        most: f64,
    },
    /// The number of phases is outside 1 to 1000.
    #[error("an erlang distribution has 1 to 1000 phases, not {phases}")]
    Phases {
        /// What was given.
        phases: u32,
    },
    /// There are not as many weights as values.
    #[error("{values} values cannot have {weights} weights")]
    Lengths {
        /// The number of values.
        values: usize,
        /// The number of weights.
        weights: usize,
    },
    /// No value has a weight above zero.
    #[error("none of the {values} values has a weight above zero")]
    NoWeight {
        /// The number of values.
        values: usize,
    },
}
