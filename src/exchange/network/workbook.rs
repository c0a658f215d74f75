//! Tables of a network as a workbook.

use super::write::Written;
use crate::report::XlsxError;
use crate::report::xlsx::book::{Book, Look, Table, Value, column};

/// Widest column, in characters.
const WIDEST: usize = 50;

/// A workbook with a sheet each table, as the bytes of its file.
///
/// # Errors
/// It holds more than a workbook can.
pub fn to_workbook(tables: &[Written]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::new();
    for table in tables {
        let width = |place: usize| {
            let cells = table.rows.iter().map(|row| row[place].chars().count());
            cells.chain([table.head[place].chars().count()]).max().unwrap_or(0).clamp(8, WIDEST) as f64 + 2.0
        };
        let columns = table.head.iter().enumerate();
        let columns = columns.map(|(place, name)| column(name.clone(), width(place), Look::Text)).collect();
        let rows = table.rows.iter().map(|row| row.iter().map(|cell| value(cell)).collect()).collect();
        let note =
            "`midcor import` reads it back: a row each thing, a column each key of the format, perhaps with its unit.";
        book.table(&Table { sheet: &table.name, title: &table.name, note, columns, rows })?;
    }
    book.finish()
}

/// A number where that is read back as the same text.
fn value(cell: &str) -> Value<'_> {
    match cell.parse::<f64>() {
        Ok(number) if number.to_string() == cell => number.into(),
        _ => cell.into(),
    }
}
