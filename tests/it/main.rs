//! The integration tests, one binary, a file a behaviour.

mod broken_scenarios;
mod cli;
mod faults;
mod fuzz;
mod layers;
