//! The study: from a scenario to its results, as often as an analysis wants.
//!
//! A [`Prepared`] is a scenario made ready once. [`Lab::simulate`] carries out its replications and keeps them as
//! [`crate::results::Results`]. What compares, sweeps or searches simulates several scenarios with the same numbers of
//! replications, so that each meets the same shipments and the same storms.

mod answered;
mod drawn;
mod headline;
mod lab;
mod memory;
mod prepared;
mod scenario;
mod simulate;
mod source;

pub use answered::{Answered, BaseTerms, Freedom};
pub use lab::{Lab, StudyError, Years};
pub use memory::{MemoryNeed, memory_need};
pub use prepared::Prepared;
pub use scenario::Scenario;
pub use simulate::{Simulated, manifest};
pub use source::Source;
