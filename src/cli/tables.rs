//! Tables that the command line names: CSV, or sheets of workbooks.

use std::io;
use std::path::Path;

use super::exit::Failure;
use crate::files;
use crate::tables::{RawTable, decoded};

/// Most bytes of a table.
const MOST_BYTES: u64 = 32 << 20;

/// A table with its name: that of the sheet, or of the file without its ending.
pub(super) struct NamedTable {
    pub(super) name: String,
    pub(super) table: RawTable,
}

/// All tables of a file: the sheets of a workbook, or the one that a file of CSV is.
pub(super) fn tables(path: &Path) -> Result<Vec<NamedTable>, Failure> {
    let shown = path.display().to_string();
    let bytes = files::read(path, MOST_BYTES).map_err(unreadable(&shown))?;
    if bytes.starts_with(b"PK") {
        return of_workbook(&shown, &bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Failure::Wrong(format!("{shown} is a workbook in the old form (.xls); save it as .xlsx")));
    }
    let text = decoded_text(&shown, &bytes)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(vec![NamedTable { name, table: RawTable::csv(shown, text) }])
}

/// The text of a file, in any encoding of spreadsheets.
pub(super) fn text(path: &Path) -> Result<String, Failure> {
    let shown = path.display().to_string();
    let bytes = files::read(path, MOST_BYTES).map_err(unreadable(&shown))?;
    decoded_text(&shown, &bytes)
}

/// The call is wrong that names a file which cannot be read.
fn unreadable(shown: &str) -> impl FnOnce(io::Error) -> Failure {
    move |error| Failure::Wrong(format!("cannot read {shown}: {error}"))
}

fn decoded_text(shown: &str, bytes: &[u8]) -> Result<String, Failure> {
    decoded(bytes).map_err(|error| Failure::Wrong(format!("{shown}: {error}")))
}

#[cfg(feature = "xlsx")]
fn of_workbook(shown: &str, bytes: &[u8]) -> Result<Vec<NamedTable>, Failure> {
    let sheets = crate::tables::sheets(shown, bytes).map_err(|error| Failure::Wrong(format!("{shown}: {error}")))?;
    if sheets.is_empty() {
        return Err(Failure::Wrong(format!("{shown} has no sheet with anything in it")));
    }
    Ok(sheets.into_iter().map(|(name, table)| NamedTable { name, table }).collect())
}

#[cfg(not(feature = "xlsx"))]
fn of_workbook(shown: &str, _: &[u8]) -> Result<Vec<NamedTable>, Failure> {
    Err(Failure::Wrong(format!("{shown} is a workbook, and this program was built without the feature `xlsx`")))
}

/// The first table of a file that has one of these columns, or if none has the first.
pub(super) fn first_table(path: &Path, columns: &[&str]) -> Result<RawTable, Failure> {
    let mut all = tables(path)?;
    let has = |one: &NamedTable| columns.iter().any(|column| one.table.has_columns(&[column]));
    let place = all.iter().position(has).unwrap_or(0);
    Ok(all.swap_remove(place).table)
}
