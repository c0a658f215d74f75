//! A table row by row: columns with names, cells that know their place.

use super::cell::Cell;
use super::numbers::{NumberError, decimal_mark, number};
use super::raw::{MOST_TITLE, RawTable};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, SourceFiles, Span, did_you_mean};
use crate::text::is_shown;

/// The columns that a table may have.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// All of them.
    pub all: &'static [&'static str],
    /// Those that it must have.
    pub needed: &'static [&'static str],
}

/// The rows of a table under its first line.
#[derive(Clone, Debug)]
pub struct Lines {
    head: Head,
    rows: Vec<Vec<Cell>>,
}

/// The first line of a table, checked.
#[derive(Clone, Debug, Default)]
struct Head {
    /// By place: the column, `None` where the first line has nothing there.
    columns: Vec<Option<&'static str>>,
    /// What stands before decimals in this table, where that can be seen.
    decimal: Option<char>,
    /// The whole of it.
    span: Option<Span>,
}

impl Lines {
    /// Each row.
    pub fn iter(&self) -> impl Iterator<Item = Line<'_>> {
        self.rows.iter().map(|row| Line { head: &self.head, row })
    }

    /// Where the first line stands.
    pub const fn head_span(&self) -> Option<Span> {
        self.head.span
    }
}

/// Reads each row of a table with `read`; it is added to the sources, for messages.
///
/// # Errors
/// All that does not fit, each with its place.
pub fn read<T>(
    table: &RawTable,
    columns: Columns,
    sources: &mut SourceFiles,
    read: impl Fn(Line<'_>, &mut Diagnostics) -> Option<T>,
) -> Result<Vec<T>, Diagnostics> {
    let lines = read_lines(table, columns, sources)?;
    let mut found = Diagnostics::default();
    let all = lines.iter().filter_map(|line| read(line, &mut found)).collect();
    if found.has_errors() { Err(found) } else { Ok(all) }
}

/// Cuts a table into its rows; it is added to the sources, for messages.
///
/// # Errors
/// All that does not fit, each with its place.
pub fn read_lines(table: &RawTable, columns: Columns, sources: &mut SourceFiles) -> Result<Lines, Diagnostics> {
    let mut found = Diagnostics::default();
    let (file, cut) = table.rows(sources);
    let mut rows = cut.unwrap_or_else(|error| {
        found.push(error);
        Vec::new()
    });
    if found.has_errors() {
        return Err(found);
    }
    // What stands above the names of the columns is a title.
    let head_at = rows.iter().take(MOST_TITLE).position(|row| has_all(row, columns.needed)).unwrap_or(0);
    rows.drain(..head_at.min(rows.len()));
    let first = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    let mut head = head(&first, columns, file, &mut found);
    head.decimal = decimal_mark(rows.iter().flatten().map(|cell| cell.text.as_str()));
    rows.iter().flatten().filter_map(unseen).for_each(|one| found.push(one));
    if !found.has_errors() {
        for row in &rows {
            check_row(&head, row, &mut found);
        }
    }
    if found.has_errors() { Err(found) } else { Ok(Lines { head, rows }) }
}

fn has_all(row: &[Cell], columns: &[&str]) -> bool {
    columns.iter().all(|column| row.iter().any(|cell| cell.text.eq_ignore_ascii_case(column)))
}

/// What is wrong with a text that would act on what shows it.
fn unseen(cell: &Cell) -> Option<Diagnostic> {
    let c = cell.text.chars().find(|c| !is_shown(*c))?;
    let message = format!("this text holds the control character U+{:04X}", u32::from(c));
    Some(Diagnostic::error("control-character", message, Some(cell.span)).help("leave it out"))
}

/// The columns, checked.
fn head(row: &[Cell], columns: Columns, file: FileId, found: &mut Diagnostics) -> Head {
    let mut head =
        Head { span: row.first().zip(row.last()).map(|(a, b)| Span { end: b.span.end, ..a.span }), ..Head::default() };
    for cell in row {
        let column = columns.all.iter().copied().find(|column| column.eq_ignore_ascii_case(&cell.text));
        if column.is_some() && head.columns.contains(&column) {
            found.push(Diagnostic::error("twice", format!("column `{}` is there twice", cell.text), Some(cell.span)));
        }
        if column.is_none() && !cell.is_empty() {
            found.push(unknown_column(cell, columns));
        }
        head.columns.push(column);
    }
    let is_missing = |needed: &&str| !head.columns.contains(&Some(*needed));
    let missing: Vec<&str> = columns.needed.iter().copied().filter(is_missing).collect();
    if !missing.is_empty() && !found.has_errors() {
        let message = format!("the first line lacks {}", missing.join(", "));
        let span = head.span.or(Some(Span { file, start: 0, end: 0 }));
        found.push(Diagnostic::error("missing-column", message, span).help(all(columns)));
    }
    head
}

fn all(columns: Columns) -> String {
    format!("the columns are {}", columns.all.join(", "))
}

fn unknown_column(cell: &Cell, columns: Columns) -> Diagnostic {
    let help = if cell.text.contains([';', ',', '\t']) {
        "one mark stands between all cells: a comma, a semicolon or a tab".to_owned()
    } else {
        did_you_mean(&cell.text, columns.all.iter().copied()).unwrap_or_else(|| all(columns))
    };
    Diagnostic::error("unknown-column", format!("there is no column `{}`", cell.text), Some(cell.span)).help(help)
}

/// Whether a row has a cell for each column and nothing besides.
fn check_row(head: &Head, row: &[Cell], found: &mut Diagnostics) {
    let width = head.columns.len();
    if row.len() != width {
        let message = format!("this row has {} cells, the first line has {width}", row.len());
        let help = "texts that hold the mark between cells stand in quotation marks; an empty cell still has its mark";
        let span = row.first().zip(row.last()).map(|(first, last)| Span { end: last.span.end, ..first.span });
        found.push(Diagnostic::error("cells", message, span).help(help));
        return;
    }
    for (column, cell) in head.columns.iter().zip(row) {
        if column.is_none() && !cell.is_empty() {
            let message = format!("`{}` stands in a column without a name", cell.text);
            found.push(
                Diagnostic::error("no-column", message, Some(cell.span)).help("the first line names the columns"),
            );
        }
    }
}

/// A row under its head.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    head: &'a Head,
    row: &'a [Cell],
}

impl<'a> Line<'a> {
    /// The text of a column; empty where there is none.
    pub fn text(&self, column: &str) -> &'a str {
        self.cell(column).map_or("", |cell| cell.text.as_str())
    }

    /// The cell of a column; `None` where the table has no such column.
    pub fn cell(&self, column: &str) -> Option<&'a Cell> {
        self.head.columns.iter().position(|name| *name == Some(column)).map(|place| &self.row[place])
    }

    /// Where a column stands, or the whole row.
    pub fn span(&self, column: &str) -> Option<Span> {
        let whole = || Some(Span { end: self.row.last()?.span.end, ..self.row.first()?.span });
        if column.is_empty() { whole() } else { self.cell(column).map(|cell| cell.span).or_else(whole) }
    }

    /// Says that a cell is empty that must not be.
    pub fn lacks<T>(&self, column: &str, fits: &str, found: &mut Diagnostics) -> Option<T> {
        if self.cell(column).is_some_and(Cell::is_empty) {
            let message = format!("`{column}` is empty");
            found.push(Diagnostic::error("empty", message, self.span(column)).help(format!("it wants {fits}")));
        }
        None
    }

    /// The text of a cell that must not be empty.
    pub fn word(&self, column: &str, fits: &str, found: &mut Diagnostics) -> Option<String> {
        let text = self.cell(column).map(|cell| cell.text.clone()).filter(|text| !text.is_empty());
        text.or_else(|| self.lacks(column, fits, found))
    }

    /// The number of a cell that is not empty.
    pub fn number(&self, column: &str, found: &mut Diagnostics) -> Option<f64> {
        let cell = self.cell(column).filter(|cell| !cell.is_empty())?;
        number(&cell.text, self.head.decimal).map_err(|error| found.push(no_number(cell, column, &error))).ok()
    }

    /// The grade: A, B, C or nothing.
    pub fn grade(&self, found: &mut Diagnostics) -> Option<String> {
        let Some(cell) = self.cell("grade") else { return Some(String::new()) };
        if ["", "A", "B", "C"].contains(&cell.text.as_str()) {
            return Some(cell.text.clone());
        }
        let message = format!("`{}` is no grade", cell.text);
        found.push(
            Diagnostic::error("grade", message, Some(cell.span))
                .help("A (official), B (press), C (inference) or nothing"),
        );
        None
    }
}

fn no_number(cell: &Cell, column: &str, error: &NumberError) -> Diagnostic {
    if cell.is_failed_formula() {
        let message = format!("the formula in column `{column}` has no value ({})", cell.text);
        return Diagnostic::error("formula", message, Some(cell.span)).help("mend the formula, or write the number");
    }
    let message = format!("`{}` is no number in column `{column}`", cell.text);
    Diagnostic::error("number", message, Some(cell.span)).help(error.to_string())
}
