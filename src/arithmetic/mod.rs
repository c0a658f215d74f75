//! What can be known without simulating: loads on means.

mod berths;
mod demand;
mod filling;
mod load;
mod open;
mod stations;
mod vessels;
mod walk;

pub use filling::{Filling, fillings};
pub use load::{Load, Loaded, loads};
