//! Reports: results as files and as text for people.
//!
//! Nothing is computed here but how to show it. Files carry all digits; tables and charts for people round to what
//! the interval supports. Each writer takes a [`crate::results::Summary`] (or whole [`crate::results::Results`]) and an
//! output; [`answer_files`] gives all files of an answer in memory, and with the feature `disk` `write_answer` puts them into a
//! folder, whose summary says that it is whole.

mod answer;
mod bottlenecks;
mod burden;
mod capacity;
mod cell;
mod cells;
#[cfg(feature = "charts")]
pub mod chart;
mod columns;
mod comparison;
mod csv;
mod figure_name;
mod files;
#[cfg(feature = "disk")]
mod folder;
mod foundation;
mod geojson;
mod growing;
mod headline;
mod json;
mod map;
mod matching;
mod measures;
mod package;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod parted;
mod phrases;
mod repeat;
mod rounding;
mod routes;
mod screen;
mod series;
mod shapes;
mod shares;
mod sheet;
mod shelf;
mod stress;
mod subjects;
mod sweep;
mod switches;
mod table;
mod validation;
mod warm_up;
#[cfg(feature = "xlsx")]
pub(crate) mod xlsx;

use sha2::{Digest as _, Sha256};

use crate::words::Language;

pub use crate::results::Study;
pub use crate::results::files::SCHEMA;
pub use answer::{Answer, Shortfall};
pub use capacity::{CapacityReport, CapacityWhatIf};
pub use cell::Cell;
#[cfg(feature = "charts")]
pub use chart::{
    Chart, ChartError, Picture, PictureStyle, Theme, of_comparison as comparison_pictures, of_run as run_pictures,
};
#[cfg(all(feature = "parquet", feature = "disk"))]
pub use comparison::differences_of;
pub use comparison::{Compared, comparison_of};
pub use csv::{below_csv, csv_writer, harmless};
pub use files::answer_files;
#[cfg(feature = "disk")]
pub use folder::{Aside, Claim, ComparisonFolder, FolderError, Place, write_answer, write_folder};
#[cfg(all(feature = "charts", feature = "disk"))]
pub use folder::{redraw, redraw_pictures};
pub use foundation::write_foundation;
pub use geojson::write_geojson;
pub use headline::Headline;
pub use json::{write_json, write_sealed_json};
pub use measures::{measures, write_csv};
pub use page::{
    CauseChange, Counts, DrawnChart, EngineOfPage, LiveFigures, LiveFragments, LivePart, Page, ReplayPart,
    ReplayedYear, is_on_live_page,
};
#[cfg(feature = "parquet")]
pub use parquet::{write_bins, write_geoparquet, write_histograms, write_measures, write_replications};
pub use parted::PartedTable;
pub use repeat::{compare_command, quoted, run_command, source};
pub use rounding::{Rounded, round_to, thousands};
pub use screen::Screen;
pub use series::{Series, Values};
pub use sheet::{Column, Sheet, column, sheet};
pub use shelf::{Saved, Wanted, WriteError};
pub use table::{run_headline, write_run, write_run_details, write_table};
#[cfg(feature = "xlsx")]
pub use xlsx::{Exported, ExportedScenario, XlsxError, workbook};

/// Why an option that moves a residual delay is not simulated on a page of a language, with the command that does it.
pub fn residual_told(language: Language, command: &str) -> String {
    (phrases::phrases(language).live.residual_moved)(command)
}

/// The name of the chart of days against kilometres.
const TIME_DISTANCE: &str = "time-distance";

/// Longest name of a file that is made from a name, in bytes; file systems take 255.
const LONGEST_NAME: usize = 100;

/// A name as part of a file's name: letters, digits and hyphens; a hyphen for a run of anything else. A name that is too
/// long is cut and ends in digits that tell it from others; one without a letter or digit is those digits alone.
pub fn file_name(name: &str) -> String {
    let parts: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let joined = parts.join("-");
    if !joined.is_empty() && joined.len() <= LONGEST_NAME {
        return joined;
    }
    let end = (0..=joined.len().min(LONGEST_NAME)).rev().find(|&end| joined.is_char_boundary(end)).unwrap_or(0);
    format!("{}-{}", &joined[..end], digits(name)).trim_start_matches('-').to_owned()
}

/// Eight hexadecimal digits that tell a text from others.
fn digits(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(4).fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_makes_a_file_name() {
        assert_eq!(file_name("two feeders, 2030"), "two-feeders-2030");
        assert_eq!(file_name("../../etc/passwd"), "etc-passwd");
        assert_eq!(file_name("Ақтау"), "Ақтау");
        for strange in ["..", "", "/", "***", "\u{1b}\0"] {
            assert_eq!(file_name(strange).len(), 8, "{strange:?}");
        }
        let (long, longer) = (file_name(&"ж".repeat(300)), file_name(&"ж".repeat(301)));
        assert!(long.len() < 120 && long != longer, "{long} {longer}");
    }
}
