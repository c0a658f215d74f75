//! Scenarios compared: the table for people, `comparison.json`, `comparison.csv`.

mod csv;
mod gains;
mod json;
mod routes;
mod table;

pub use csv::write_comparison_csv;
pub use gains::write_gains_csv;
pub use json::write_comparison_json;
pub use routes::{write_shippers_csv, write_taken_csv};
pub use table::write_comparison_table;
#[cfg(feature = "charts")]
pub(super) use table::{lead, main_section, named};
