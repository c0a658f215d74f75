//! Results as a workbook for colleagues who go on in a spreadsheet: tables with charts of the spreadsheet's own.
//!
//! The same results always give the same bytes: no clock is in the file.

mod answer;
mod assumptions;
pub(crate) mod book;
mod causes;
mod charts;
mod comparison;
mod differences;
mod exported;
mod places;
mod runs;
mod sections;
mod traffic;

use book::Book;
pub use book::XlsxError;
pub use exported::{Exported, ExportedScenario};

/// The workbook of results, as the bytes of its file.
///
/// # Errors
/// It holds more than a workbook can.
pub fn workbook(exported: &Exported) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::new();
    answer::write(&mut book, exported)?;
    sections::write(&mut book, &exported.scenarios)?;
    traffic::write(&mut book, &exported.scenarios)?;
    causes::write(&mut book, &exported.scenarios)?;
    places::write(&mut book, &exported.scenarios)?;
    if !exported.comparisons.is_empty() {
        comparison::write(&mut book, &exported.comparisons)?;
        differences::write(&mut book, &exported.comparisons)?;
    }
    assumptions::write(&mut book, &exported.scenarios)?;
    runs::write(&mut book, &exported.scenarios)?;
    book.finish()
}
