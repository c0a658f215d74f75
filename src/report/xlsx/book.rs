//! A workbook with sheets of one look: a title, a line that says how to read the table, the table, charts beside it.

use std::borrow::Cow;

use rust_xlsxwriter::{
    Chart, Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
};

/// Why a workbook cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be written: {0}")]
pub struct XlsxError(#[from] rust_xlsxwriter::XlsxError);

/// How the numbers of a column are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Look {
    /// Texts as they are.
    Text,
    /// Sentences, in as many lines as they need.
    Prose,
    /// Numbers with as many digits as they have.
    Plain,
    /// Whole numbers, with a blank between thousands.
    Whole,
    /// Numbers with so many decimals.
    Decimals(u8),
    /// Shares, as percent.
    Percent,
    /// Cells that people are to change.
    Input,
}

/// A column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) name: Cow<'static, str>,
    /// Width in characters.
    pub(crate) width: f64,
    pub(crate) look: Look,
}

/// A column.
pub(crate) fn column(name: impl Into<Cow<'static, str>>, width: f64, look: Look) -> Column {
    Column { name: name.into(), width, look }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    Empty,
    Text(Cow<'a, str>),
    Number(f64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.into()) }
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.into()) }
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        if number.is_finite() { Self::Number(number) } else { Self::Empty }
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// A table with what stands above it.
pub(crate) struct Table<'a> {
    /// Name of its sheet.
    pub(crate) sheet: &'a str,
    pub(crate) title: &'a str,
    /// How to read it.
    pub(crate) note: &'a str,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Value<'a>>>,
}

/// The row of the column names of every table, counted from 0.
pub(crate) const HEAD: u32 = 3;

/// Rows that are seen at a glance.
const GLANCE: u32 = 30;

/// A part of a column, as charts name it.
pub(crate) type Cells<'a> = (&'a str, u32, u16, u32, u16);

/// Where the rows of a table stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows {
    pub(crate) first: u32,
    pub(crate) count: u32,
}

impl Rows {
    /// Cells of some columns in these rows.
    pub(crate) const fn cells(self, sheet: &str, from: u16, to: u16) -> Cells<'_> {
        (sheet, self.first, from, self.first + self.count.saturating_sub(1), to)
    }

    /// The first so many of them.
    pub(crate) fn first(self, most: u32) -> Self {
        Self { count: self.count.min(most), ..self }
    }

    /// Where a chart goes: below a table that is seen at a glance, else to the right of it, at this column.
    pub(crate) const fn place_of_chart(self, right: u16) -> (u32, u16) {
        if self.count <= GLANCE { (self.first + self.count + 1, 0) } else { (HEAD, right) }
    }
}

/// A workbook that is being written.
pub(crate) struct Book {
    workbook: Workbook,
}

impl Book {
    pub(crate) fn new() -> Self {
        let mut workbook = Workbook::new();
        // The earliest date that a workbook can hold, so that equal results give equal files.
        let properties = DocProperties::new().set_author(concat!("midcor ", env!("CARGO_PKG_VERSION")));
        let properties = match ExcelDateTime::from_ymd(1900, 1, 1) {
            Ok(date) => properties.set_creation_datetime(&date),
            Err(_) => properties,
        };
        workbook.set_properties(&properties);
        Self { workbook }
    }

    /// Writes a table on a sheet of its own, and says where its rows stand.
    pub(crate) fn table(&mut self, table: &Table<'_>) -> Result<Rows, XlsxError> {
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(table.sheet)?;
        heading(sheet, table.title, table.note)?;
        for (place, column) in (0..).zip(&table.columns) {
            sheet.set_column_width(place, column.width)?;
            sheet.write_with_format(HEAD, place, &*column.name, &head_format(column.look))?;
        }
        let formats: Vec<Format> = table.columns.iter().map(|column| format(column.look)).collect();
        for (row, cells) in (HEAD + 1..).zip(&table.rows) {
            for ((place, cell), format) in (0..).zip(cells).zip(&formats) {
                write(sheet, (row, place), cell, format)?;
            }
        }
        let rows = Rows { first: HEAD + 1, count: table.rows.len() as u32 };
        let last = (table.columns.len() as u16).saturating_sub(1);
        // Names of columns may stand in three lines.
        sheet.set_row_height(HEAD, 48)?.set_freeze_panes(HEAD + 1, 0)?;
        if rows.count > 0 {
            sheet.autofilter(HEAD, 0, HEAD + rows.count, last)?;
        }
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(HEAD, HEAD)?;
        Ok(rows)
    }

    /// Puts a chart on the sheet that was written last, with its upper left corner at a cell.
    pub(crate) fn chart(&mut self, sheet: &str, at: (u32, u16), chart: &Chart) -> Result<(), XlsxError> {
        self.workbook.worksheet_from_name(sheet)?.insert_chart(at.0, at.1, chart)?;
        Ok(())
    }

    /// A sheet by its name.
    pub(crate) fn sheet(&mut self, name: &str) -> Result<&mut Worksheet, XlsxError> {
        Ok(self.workbook.worksheet_from_name(name)?)
    }

    /// A new sheet with a title and nothing else.
    pub(crate) fn page(&mut self, name: &str, title: &str) -> Result<&mut Worksheet, XlsxError> {
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(name)?;
        heading(sheet, title, "")?;
        Ok(sheet)
    }

    /// The bytes of the file.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, XlsxError> {
        Ok(self.workbook.save_to_buffer()?)
    }
}

fn heading(sheet: &mut Worksheet, title: &str, note: &str) -> Result<(), XlsxError> {
    sheet.write_with_format(0, 0, title, &Format::new().set_bold().set_font_size(14))?;
    if !note.is_empty() {
        sheet.write_with_format(1, 0, note, &Format::new().set_font_color(Color::RGB(0x59_59_59)))?;
    }
    Ok(())
}

/// Texts go in as texts: none becomes a formula or a link.
pub(crate) fn write(
    sheet: &mut Worksheet,
    at: (u32, u16),
    value: &Value<'_>,
    format: &Format,
) -> Result<(), XlsxError> {
    match value {
        Value::Empty => sheet.write_blank(at.0, at.1, format)?,
        Value::Text(text) => sheet.write_string_with_format(at.0, at.1, &**text, format)?,
        Value::Number(number) => sheet.write_number_with_format(at.0, at.1, *number, format)?,
    };
    Ok(())
}

fn head_format(look: Look) -> Format {
    let format = Format::new().set_bold().set_text_wrap().set_background_color(Color::RGB(0xDD_EB_F7));
    let format = format.set_border_bottom(FormatBorder::Thin).set_align(FormatAlign::Top);
    if matches!(look, Look::Text | Look::Prose | Look::Input) { format } else { format.set_align(FormatAlign::Right) }
}

/// How a cell looks.
pub(crate) fn format(look: Look) -> Format {
    let numbers = |text: &str| Format::new().set_num_format(text);
    match look {
        // Numbers that stand among texts are read with them.
        Look::Text => Format::new().set_align(FormatAlign::Left),
        Look::Prose => Format::new().set_align(FormatAlign::Left).set_text_wrap(),
        Look::Plain => Format::new(),
        Look::Whole => numbers("#,##0"),
        Look::Decimals(count) => numbers(&format!("#,##0.{}", "0".repeat(usize::from(count)))),
        Look::Percent => numbers("0.0%"),
        Look::Input => Format::new().set_background_color(Color::RGB(0xFF_F9_E5)).set_unlocked(),
    }
}
