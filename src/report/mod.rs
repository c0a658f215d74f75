//! Reports: results as files and as text for people.
//!
//! Nothing is computed here but how to show it. Files carry all digits; tables and charts for people round to what
//! the interval supports. Each writer takes a [`crate::results::Summary`] (or whole [`crate::results::Results`]) and an
//! output; [`write_folder`] puts all of them into one folder, wholly or not at all.

mod bottlenecks;
mod burden;
mod capacity;
#[cfg(feature = "charts")]
pub mod chart;
mod columns;
mod comparison;
mod csv;
mod folder;
mod geojson;
mod growing;
mod json;
#[cfg(feature = "parquet")]
mod parquet;
mod rounding;
mod stress;
mod sweep;
mod table;
mod validation;

pub use bottlenecks::{write_bottlenecks_csv, write_bottlenecks_json, write_bottlenecks_table};
pub use capacity::{CapacityReport, write_capacity_csv, write_capacity_json, write_capacity_table};
pub use comparison::{write_comparison_csv, write_comparison_json, write_comparison_table};
pub use csv::write_csv;
pub use folder::{
    ComparisonFolder, FolderError, prepare, write_bottlenecks_folder, write_capacity_folder, write_folder,
    write_stress_folder, write_sweep_folder, write_validated_folder,
};
pub use geojson::write_geojson;
pub use json::{SCHEMA, write_json};
#[cfg(feature = "parquet")]
pub use parquet::{write_histograms, write_measures, write_replications};
pub use rounding::{Rounded, round_to, thousands};
pub use stress::{write_backlog, write_stress_csv, write_stress_json, write_stress_table, write_stress_years};
pub use sweep::{write_sweep_csv, write_sweep_json, write_sweep_table};
pub use table::write_table;
pub use validation::{write_validation_csv, write_validation_json, write_validation_table};

/// A name as part of a file's name: letters, digits and hyphens; a hyphen for a run of anything else.
pub fn file_name(name: &str) -> String {
    let parts: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("-")
}
