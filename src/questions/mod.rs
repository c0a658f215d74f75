//! Studies, all asked and answered alike.
//!
//! Each is a type that holds what is asked: made from a [`Scenario`](crate::study::Scenario), with all that is wrong with
//! the question told then; asked of a [`Lab`], which says how to simulate. What comes back is an
//! [`Answer`]: a table for people, tables with all digits, a document, pictures, each for memory or
//! for a folder.

mod bottlenecks;
mod capacity;
pub mod compare;
mod error;
mod found;
mod matching;
mod period;
mod routes;
mod run;
mod stress;
mod sweep;
mod validate;
mod warm_up;
mod what_if;

use crate::experiment::Remark;
use crate::report::{Answer, Study};
use crate::study::Lab;

pub use bottlenecks::{Bottlenecks, bottlenecks};
pub use capacity::{Capacity, CapacityTerms, ReliefTerms, capacity};
pub use compare::{Compare, CompareTerms, Routing, compare};
pub use error::{NamedText, QuestionError};
pub use found::Found;
pub use matching::Match;
pub use routes::{RouteEnds, RouteTerms, Routes, routes};
pub use run::{Ran, Run, run};
pub use stress::{Stress, StressTerms, stress};
pub use sweep::{Sweep, sweep};
pub use validate::{Validate, ValidateShares, is_of_shares, validate};
pub use warm_up::{WarmUp, warm_up};
pub use what_if::NamedScenario;

/// What can be asked of a scenario.
pub trait Question {
    /// What comes of it.
    type Answer: Answer;

    /// How its folder is named and known.
    const STUDY: Study;

    /// What was noticed while the question was put, for whoever asks.
    fn remarks(&self) -> &[Remark] {
        &[]
    }

    /// Finds the answer. A stop that the lab is asked for keeps what was finished where that is something.
    ///
    /// # Errors
    /// Nothing came of it: a simulation failed or was stopped before anything was finished, or what is asked does not fit
    /// the way in which the lab simulates.
    fn ask(&self, lab: &Lab<'_>) -> Result<Self::Answer, QuestionError>;
}
