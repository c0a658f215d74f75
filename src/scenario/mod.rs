//! The scenario: what a file says, resolved and checked.
//!
//! A text becomes a tree of values that know their place (`read`, `tree`); includes and overlays are merged
//! (`reading`), defaults filled in and bare quantities written out (`normalise`), changes and settings applied
//! (`change`). The tree is checked against the format (`validate`), read into the types of [`types`] (`decode`), which
//! declare the format in the words of `format` by means of `declare`, and checked for meaning (`check`). Every step
//! collects all that it finds.

mod change;
mod check;
mod declare;
mod decode;
mod epoch;
pub mod format;
mod given;
pub mod hours;
mod index;
mod inputs;
mod law;
mod leaves;
mod literal;
mod movable;
mod normalise;
mod parameters;
mod path;
mod provenance;
pub mod quantity;
mod read;
mod reading;
mod reference;
mod saved;
mod schema;
mod series;
mod shape;
mod sliders;
pub mod tree;
pub mod types;
mod validate;
mod when;
mod write;

#[cfg(test)]
mod tests;

pub use change::{ChangeReport, Setting, SettingError};
pub use inputs::{DrawError, Input, Inputs, Spread};
pub use literal::Literal;
pub use movable::Movable;
pub use parameters::Parameter;
pub use read::parse_value;
#[cfg(feature = "disk")]
pub use reading::Disk;
pub use reading::{Embedded, FileError, Files, InMemory, Overlay, Reading, ScenarioReader, embedded, not_text};
pub use reference::{FormatFamily, FormatKey, FormatReference, FormatTable, FormatUnit, reference};
pub use saved::saved;
pub use schema::schema;
pub use series::{CalendarPeriod, YearMonth};
pub use sliders::Position;
pub use types::Contents;
pub use when::{date_text, parse_date};
pub use write::tree_toml;
