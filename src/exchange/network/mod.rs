//! A network as tables: one a kind of thing, a row each thing, a column each key of the format.
//!
//! What is read from tables is a scenario like any other: its values know their cells, so that every finding of the ordinary
//! checks names file, line and column, or sheet and cell. What is written as tables is read back to the same scenario.

mod build;
mod family;
mod geojson;
mod heading;
mod lists;
mod value;
#[cfg(feature = "xlsx")]
mod workbook;
mod write;

pub use build::{TableOf, is_table_name, read};
pub use geojson::{GeoJsonError, from_geojson, to_geojson};
#[cfg(feature = "xlsx")]
pub use workbook::to_workbook;
pub use write::{Written, tables};
