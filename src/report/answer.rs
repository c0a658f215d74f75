//! The one shape of what studies find: a table for people, tables with all digits, a document, charts.

use std::io::{self, Write};
#[cfg(feature = "charts")]
use std::path::Path;

#[cfg(feature = "charts")]
use super::chart::ChartError;
use super::{Sheet, Study};

/// What a study found. Standard output and folders are written once for all answers.
pub trait Answer {
    /// Which study it answers.
    fn study(&self) -> Study;

    /// Its tables with all digits; the first is what `--format csv` prints.
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>>;

    /// The name of its document in a folder.
    fn document(&self) -> &'static str;

    /// Writes it for people.
    ///
    /// # Errors
    /// If the output cannot be written.
    fn write_table(&self, out: &mut dyn Write) -> io::Result<()>;

    /// Writes all of it as a JSON document, with all digits.
    ///
    /// # Errors
    /// If the output cannot be written.
    fn write_json(&self, out: &mut dyn Write) -> io::Result<()>;

    /// Draws its charts into a folder that exists.
    ///
    /// # Errors
    /// If a chart cannot be drawn or written.
    #[cfg(feature = "charts")]
    fn draw(&self, dir: &Path) -> Result<(), ChartError>;

    /// Writes its first table as CSV.
    ///
    /// # Errors
    /// If the output cannot be written.
    fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        self.sheets().first().map_or(Ok(()), |sheet| sheet.write(out))
    }
}
