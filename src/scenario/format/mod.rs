//! The words in which the format of scenario files is described.
//!
//! From descriptions in these words come the check of every key and value, the suggestions for misspelt ones, the defaults, the
//! JSON Schema, the reference, and the list of parameters. The descriptions themselves are made where the types are
//! declared (`types`).

mod kind;
mod rivals;
mod shared;

pub(in crate::scenario) use kind::sentence;
pub use kind::{Allowed, Field, Format, Keys, Kind, Thing};
pub(in crate::scenario) use shared::{CARGOES, FAILURES, FLOWS, NODES, NODES_OR_LINKS, TWELVE_FACTORS};
