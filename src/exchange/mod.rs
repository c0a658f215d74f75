//! Scenarios to and from what others work with: workbooks of parameters, tables of a network.

mod json;
pub mod network;
pub mod parameters;

pub use json::{parameter_json, tree_json};
