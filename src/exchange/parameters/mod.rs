//! The parameters of a scenario as a sheet, and what was edited in it as settings.
//!
//! Value and unit of a row may be edited; a row whose cells are as they were written changes nothing.

mod overlay;
mod read;
#[cfg(feature = "xlsx")]
mod write;

pub use overlay::overlay_toml;
pub use read::{Edit, Edits, edits, origin};
#[cfg(feature = "xlsx")]
pub use write::workbook;

/// The sheet of the parameters.
pub const SHEET: &str = "Parameters";
/// The sheet that says of which scenario they are.
pub const ORIGIN: &str = "Scenario";

/// The columns of the sheet of the parameters, in their order.
const COLUMNS: [&str; 11] =
    ["Path", "Meaning", "Value", "Unit", "Lowest", "Highest", "Grade", "Source", "Note", "Value was", "Unit was"];
