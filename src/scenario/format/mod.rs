//! The format of scenario files as one declarative table.
//!
//! From it come the check of every key and value, the suggestions for misspelt ones, the defaults, the JSON
//! Schema, and the list of parameters: what a key means is said once, here.

mod choice;
mod demand;
mod disruption;
mod infrastructure;
mod kind;
mod money;
mod reroute;
mod rivals;
mod run;
mod shared;
mod transport;

pub use kind::{Field, Format, Keys, Kind, Thing};
pub use run::{PROVENANCE, SCENARIO, WHY};
