//! Workbooks of spreadsheets as tables.

use std::fmt::Write as _;
use std::io::{self, Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader as _, SheetType, Xlsx};
use zip::ZipArchive;

use super::raw::RawTable;

/// Most bytes of all parts of a workbook together, once they are unpacked.
const MOST_UNPACKED: u64 = 256 << 20;
/// Most bytes of the sheets as texts.
const MOST_TEXT: usize = 64 << 20;

/// Why a workbook cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    /// It is none, or damaged.
    #[error("it is no workbook in the form of Excel (.xlsx), or it is damaged: {0}")]
    Broken(String),
    /// It holds more than a workbook of figures does.
    #[error("it holds too much: more than 256 MB unpacked, or cells too far from the first")]
    TooLarge,
}

/// The sheets of a workbook, in its order, each with its name; those without cells are left out.
///
/// # Errors
/// The bytes are no workbook, or hold too much.
pub fn sheets(file: &str, bytes: &[u8]) -> Result<Vec<(String, RawTable)>, BookError> {
    check_size(bytes)?;
    // What the reader does not expect ends it, and not the program.
    let read = catch_unwind(AssertUnwindSafe(|| read(file, bytes)));
    read.unwrap_or_else(|_| Err(BookError::Broken("its parts do not fit together".to_owned())))
}

#[expect(clippy::needless_pass_by_value, reason = "made for `map_err`")]
fn broken(error: impl ToString) -> BookError {
    BookError::Broken(error.to_string())
}

/// Unpacks all parts once without keeping them: what they say of their size may be wrong.
fn check_size(bytes: &[u8]) -> Result<(), BookError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = MOST_UNPACKED;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(broken)?;
        let size = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(broken)?;
        left = left.checked_sub(size).ok_or(BookError::TooLarge)?;
    }
    Ok(())
}

fn read(file: &str, bytes: &[u8]) -> Result<Vec<(String, RawTable)>, BookError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let of_cells = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = of_cells.map(|sheet| sheet.name.clone()).collect();
    let mut all = Vec::new();
    let mut left = MOST_TEXT;
    for name in names {
        let text = text_of(&mut book, &name, left)?;
        left -= text.len();
        if !text.trim().is_empty() {
            let table = RawTable::sheet(file, &name, text);
            all.push((name, table));
        }
    }
    Ok(all)
}

/// The cells of a sheet, a line each row, with a tab between cells.
fn text_of(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, most: usize) -> Result<String, BookError> {
    let mut cells = book.worksheet_cells_reader(name).map_err(broken)?;
    let (mut text, mut at) = (String::new(), (0, 0));
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        // Cells stand in order in every workbook that a spreadsheet has written.
        let (down, right) = match (row.checked_sub(at.0), at.0 == row) {
            (Some(down), false) => (down, column),
            (_, true) if column >= at.1 => (0, column - at.1),
            _ => return Err(broken(format!("the cells of the sheet `{name}` stand in no order"))),
        };
        if text.len() + down as usize + right as usize > most {
            return Err(BookError::TooLarge);
        }
        text.extend(std::iter::repeat_n('\n', down as usize));
        text.extend(std::iter::repeat_n('\t', right as usize));
        text.push_str(&value(cell.get_value()));
        at = (row, column);
    }
    if text.len() > most { Err(BookError::TooLarge) } else { Ok(text) }
}

/// A value as a text in one line.
fn value(value: &DataRef<'_>) -> String {
    let line = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => line(text),
        DataRef::SharedString(text) => line(text),
        DataRef::Bool(holds) => holds.to_string(),
        DataRef::DateTime(date) => date_text(date.to_ymd_hms_milli()),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// `2024-03-01`, with the time of day where there is any.
fn date_text((year, month, day, hour, minute, second, _): (u16, u8, u8, u8, u8, u8, u16)) -> String {
    let mut text = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) != (0, 0, 0) {
        // Writing to a string cannot fail.
        let _ = write!(text, "T{hour:02}:{minute:02}:{second:02}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFiles;
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

    fn book() -> Vec<u8> {
        let mut book = Workbook::new();
        let date = Format::new().set_num_format("yyyy-mm-dd");
        let sheet = book.add_worksheet().set_name("Figures").unwrap();
        sheet.write(1, 1, "two\nlines").unwrap();
        sheet.write(1, 3, 0.1).unwrap();
        sheet.write(3, 0, true).unwrap();
        sheet.write_with_format(3, 2, ExcelDateTime::from_ymd(2024, 3, 1).unwrap(), &date).unwrap();
        book.add_worksheet().set_name("Empty").unwrap();
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn cells_of_every_kind_are_texts_at_their_place() {
        let sheets = sheets("b.xlsx", &book()).unwrap();
        assert_eq!(sheets.len(), 1);
        let mut sources = SourceFiles::default();
        let rows = sheets[0].1.rows(&mut sources).1.unwrap();
        let texts: Vec<Vec<&str>> =
            rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(texts, [["", "two lines", "", "0.1"], ["true", "", "2024-03-01", ""]]);
        assert_eq!(sources.place(rows[0][3].span), "b.xlsx: Figures!D2");
        assert_eq!(sources.place(rows[1][2].span), "b.xlsx: Figures!C4");
    }

    #[test]
    fn what_is_no_workbook_is_told() {
        assert!(matches!(sheets("b.xlsx", b"name,value\n"), Err(BookError::Broken(_))));
        let whole = book();
        for at in (0..whole.len()).step_by(97) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            // Whatever comes of it, the program goes on.
            let _ = sheets("b.xlsx", &damaged);
            let _ = sheets("b.xlsx", &whole[..at]);
        }
    }
}
