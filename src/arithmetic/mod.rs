//! What can be known without simulating: utilisations on means, and expected times of routes.

mod asked;
mod berths;
mod crossing;
mod demand;
mod estimate;
mod filling;
mod open;
mod queue;
mod rounds;
mod stations;
mod utilisation;
mod utilisations;
mod vessels;
mod walk;

pub use demand::tonnes_per_year;
pub use estimate::{Estimate, Estimator, Part};
pub use filling::{Filling, fillings};
pub use queue::Queue;
pub use utilisation::{Utilisation, Utilised};
pub use utilisations::utilisations;
