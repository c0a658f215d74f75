//! The experiment: replications of a plan on all cores, collected by number, so that the result does not depend on
//! how many threads there were or which finished first.

mod equilibrium;
mod replicate;
mod response;
mod routes;
mod terms;
mod watch;

pub use equilibrium::{Equilibrium, Free, respond};
pub use replicate::{
    Ended, ExperimentError, Job, Work, carry_out, carry_out_what_fits, replicate, replicate_what_fits,
};
pub use response::{Settled, TOLERANCE, Volumes, settle};
pub use routes::{Chosen, Routes, SHARE_TOLERANCE, base_terms, by_alternative};
pub use terms::Terms;
pub use watch::{Part, Progress, Quiet, Remark, Running};

pub use crate::engine::Cancel;
