//! Scenarios to and from what others work with: workbooks of parameters, tables of a network.

mod json;
pub mod network;
pub mod parameters;
mod written;

pub use json::{parameter_json, tree_json};
pub use written::Written;
#[cfg(feature = "xlsx")]
pub use written::assumptions;
