//! Scenarios compared: the table for people, `comparison.json`, `comparison.csv`.

mod csv;
mod json;
mod routes;
mod table;

pub use csv::write_comparison_csv;
pub use json::write_comparison_json;
pub use table::write_comparison_table;
#[cfg(feature = "charts")]
pub(super) use table::{lead, main_section, named};
