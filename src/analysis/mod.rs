//! What studies are for: which capacity is worth most, how much the corridor can carry, what a parameter does
//! ([`sweep`]), what a closure does ([`stress`]),
//! how long to warm up ([`warm_up`]).
//!
//! Each analysis simulates a [`Prepared`](crate::study::Prepared) and variants of it with the same numbers of replications,
//! so that every difference is one of pairs: the same shipments, the same storms.

mod arithmetic;
mod beside;
mod binding;
mod bottlenecks;
mod capacities;
mod cut;
mod design;
mod effect;
mod growth;
mod judge;
mod measures;
mod practical;
mod rank;
mod relief;
pub mod routes;
mod rows;
mod rules;
mod service;
pub mod stress;
pub mod sweep;
mod traffic;
mod usage;
mod uses;
mod verdict;
mod waiting;
pub mod warm_up;
mod worth;

pub use arithmetic::Ceiling;
pub use binding::Binding;
pub use bottlenecks::{Bottlenecks, Trial, bottlenecks};
pub use capacities::{Capacity, capacities};
pub use cut::{Cut, CutLimit, NoCut};
pub use design::{Unknown, UnknownError, latin_hypercube};
pub use effect::{Criterion, Effect};
pub use growth::Mix;
pub use judge::{Check, Limit};
pub use measures::{Measure, Priced, measures};
pub use practical::{Found, PracticalCapacity, Question, Step, practical_capacity};
pub use relief::{Beginning, Ground, Relief, Stair, relieve};
pub use rules::Rule;
pub use service::{Service, ServiceError};
pub use usage::Usage;
pub use verdict::{Verdict, Vote};
pub use waiting::Waiting;
pub use worth::{Gain, Row};

use crate::compile::PlanError;
use crate::study::StudyError;

/// Why an analysis ended without a result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnalysisError {
    /// A simulation failed or was stopped before anything was finished.
    #[error(transparent)]
    Study(#[from] StudyError),
    /// The scenario cannot run once it was changed.
    #[error("with {change} the scenario cannot run: {}", of_plan(errors))]
    Plan {
        /// What was changed.
        change: String,
        /// Why.
        errors: Vec<PlanError>,
    },
    /// Measures do not go on the scenario.
    #[error("with {names} the scenario cannot be read\n{findings}")]
    Measures {
        /// Their names.
        names: String,
        /// What was found.
        findings: String,
    },
}

fn of_plan(errors: &[PlanError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
