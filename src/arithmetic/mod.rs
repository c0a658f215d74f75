//! What can be known without simulating: loads on means, and expected times of routes.

mod asked;
mod berths;
mod crossing;
mod demand;
mod estimate;
mod filling;
mod load;
mod loads;
mod open;
mod queue;
mod rounds;
mod stations;
mod vessels;
mod walk;

pub use demand::tonnes_per_year;
pub use estimate::{Estimate, Estimator, Part};
pub use filling::{Filling, fillings};
pub use load::{Load, Loaded};
pub use loads::loads;
pub use queue::Queue;
