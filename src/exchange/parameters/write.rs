//! The workbook of parameters.

use rust_xlsxwriter::{Color, ConditionalFormatFormula, Format};

use super::{COLUMNS, ORIGIN, SHEET};
use crate::report::XlsxError;
use crate::report::xlsx::book::{Book, Look, Table, Value, column};
use crate::scenario::types::Grade;
use crate::scenario::{Literal, Parameter, Reading};

/// Widths of the columns, in characters.
const WIDTHS: [f64; 11] = [56.0, 56.0, 14.0, 14.0, 12.0, 12.0, 8.0, 36.0, 50.0, 14.0, 14.0];

const NOTE: &str = "Edit the yellow cells, value and unit, save, and give the file to `midcor import`. A changed row turns orange. Leave the other \
                    columns and all rows in place; rows may be sorted and filtered.";

/// The workbook of the parameters of a scenario that is called `name`, as the bytes of its file.
///
/// # Errors
/// It holds more than a workbook can.
pub fn workbook(reading: &Reading, name: &str) -> Result<Vec<u8>, XlsxError> {
    let parameters = editable(reading);
    let mut book = Book::new();
    let columns = COLUMNS.into_iter().zip(WIDTHS).map(|(name, width)| {
        column(name, width, if matches!(name, "Value" | "Unit") { Look::Input } else { Look::Text })
    });
    let rows = parameters.iter().map(row).collect();
    let title = format!("Parameters of {name}");
    let table = Table { sheet: SHEET, title: &title, note: NOTE, columns: columns.collect(), rows };
    let rows = book.table(&table)?;
    if rows.count > 0 {
        mark_changes(&mut book, rows.first, rows.first + rows.count - 1)?;
    }
    origin(&mut book, reading, name)?;
    book.finish()
}

/// What can be edited in a cell: numbers, quantities and their like.
pub(super) fn editable(reading: &Reading) -> Vec<Parameter> {
    let mut all = reading.single_values();
    all.retain(|parameter| parameter.is_quantity && parameter.path != "schema");
    all
}

fn row(parameter: &Parameter) -> Vec<Value<'_>> {
    let (value, unit): (Value<'_>, String) = match parameter.literal() {
        Literal::Number { number, unit } => (number.into(), unit),
        Literal::Text(text) | Literal::Toml(text) => (text.into(), String::new()),
    };
    let (low, high) = ends(parameter.range.as_deref().unwrap_or_default());
    let was = (value.clone(), unit.clone());
    vec![
        parameter.path.as_str().into(),
        parameter.doc.into(),
        value,
        unit.into(),
        low.into(),
        high.into(),
        parameter.grade.map(Grade::word).into(),
        parameter.source.as_deref().into(),
        parameter.note.as_deref().into(),
        was.0,
        was.1.into(),
    ]
}

/// `["8 h", "12 h"]` as its two ends.
fn ends(range: &str) -> (String, String) {
    let inner = range.trim_start_matches('[').trim_end_matches(']');
    let (low, high) = inner.split_once(", ").unwrap_or((inner, ""));
    (low.trim_matches('"').to_owned(), high.trim_matches('"').to_owned())
}

/// A row whose value or unit is no longer what it was turns orange.
fn mark_changes(book: &mut Book, first: u32, last: u32) -> Result<(), XlsxError> {
    let row = first + 1;
    let formula = format!("=OR($C{row}<>$J{row},$D{row}<>$K{row})");
    let changed = Format::new().set_background_color(Color::RGB(0xF8_CB_AD));
    let rule = ConditionalFormatFormula::new().set_rule(formula.as_str()).set_format(changed);
    let sheet = book.sheet(SHEET)?;
    sheet.add_conditional_format(first, 2, last, 3, &rule)?;
    Ok(())
}

fn origin(book: &mut Book, reading: &Reading, name: &str) -> Result<(), XlsxError> {
    let lines = [
        ("scenario", name.to_owned()),
        ("hash", reading.content_hash()),
        ("midcor", env!("CARGO_PKG_VERSION").to_owned()),
    ];
    let columns = vec![column("What", 16.0, Look::Text), column("Value", 90.0, Look::Text)];
    let rows = lines.into_iter().map(|(what, value)| vec![what.into(), value.into()]).collect();
    let note = "Of which scenario the parameters are; `midcor import` reads it.";
    book.table(&Table { sheet: ORIGIN, title: "Scenario", note, columns, rows })?;
    Ok(())
}
