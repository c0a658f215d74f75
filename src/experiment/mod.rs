//! The experiment: replications of a plan on all cores, collected by number, so that the result does not depend on
//! how many threads there were or which finished first.

mod replicate;
mod response;
mod terms;
mod watch;

pub use replicate::{Batch, ExperimentError, Job, carry_out, replicate};
pub use response::{Settled, TOLERANCE, respond, settle};
pub use terms::Terms;
pub use watch::{Cancel, Progress, Quiet};
