//! A CSV file of figures, row by row: columns with names, cells that know their place.

use super::cells::{Cell, rows};
use super::class::Class;
use super::kind::Kind;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, SourceFiles, SourceKind, Span, did_you_mean};
use crate::text::is_shown;

/// The columns that a file may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    /// All of them.
    pub(super) all: &'static [&'static str],
    /// Those that it must have.
    pub(super) needed: &'static [&'static str],
}

/// Reads each row of a text with `read`; the file is added to the sources, for messages.
///
/// # Errors
/// All that does not fit, each with its place.
pub(super) fn read<T>(
    name: &str,
    text: &str,
    columns: Columns,
    sources: &mut SourceFiles,
    read: impl Fn(Line<'_>, &mut Diagnostics) -> Option<T>,
) -> Result<Vec<T>, Diagnostics> {
    let file = sources.add(name, text, SourceKind::File);
    let mut found = Diagnostics::default();
    let rows = rows(file, text).map_err(|error| {
        let mut found = Diagnostics::default();
        found.push(error);
        found
    })?;
    let (first, rest) = rows.split_first().map_or((&[][..], &[][..]), |(first, rest)| (first.as_slice(), rest));
    let head = head(first, columns, file, &mut found);
    rest.iter().flatten().filter_map(unseen).for_each(|one| found.push(one));
    let mut all = Vec::new();
    if !found.has_errors() {
        for row in rest {
            let line = Line { head: &head, row };
            all.extend(line.is_full(&mut found).then(|| read(line, &mut found)).flatten());
        }
    }
    if found.has_errors() { Err(found) } else { Ok(all) }
}

/// What is wrong with a text that would act on what shows it.
fn unseen(cell: &Cell) -> Option<Diagnostic> {
    let c = cell.text.chars().find(|c| !is_shown(*c))?;
    let message = format!("this text holds the control character U+{:04X}", u32::from(c));
    Some(Diagnostic::error("control-character", message, Some(cell.span)).help("leave it out"))
}

/// The columns, checked.
fn head(row: &[Cell], columns: Columns, file: FileId, found: &mut Diagnostics) -> Vec<&'static str> {
    let mut head = Vec::new();
    let all = || format!("the columns are {}", columns.all.join(", "));
    for cell in row {
        let known = columns.all.iter().copied().find(|column| *column == cell.text);
        match known {
            Some(column) if head.contains(&column) => {
                found.push(Diagnostic::error("twice", format!("column `{column}` is there twice"), Some(cell.span)));
            }
            Some(column) => head.push(column),
            None => {
                let message = format!("there is no column `{}`", cell.text);
                let help = if cell.text.contains([';', '\t']) {
                    "cells are separated by commas".to_owned()
                } else {
                    did_you_mean(&cell.text, columns.all.iter().copied()).unwrap_or_else(all)
                };
                found.push(Diagnostic::error("unknown-column", message, Some(cell.span)).help(help));
            }
        }
    }
    let missing: Vec<&str> = columns.needed.iter().copied().filter(|needed| !head.contains(needed)).collect();
    if !missing.is_empty() && !found.has_errors() {
        let span = row.first().zip(row.last()).map(|(first, last)| Span { end: last.span.end, ..first.span });
        let span = span.or(Some(Span { file, start: 0, end: 0 }));
        let message = format!("the first line lacks {}", missing.join(", "));
        found.push(Diagnostic::error("missing-column", message, span).help(all()));
    }
    head
}

/// A row under its head.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    head: &'a [&'static str],
    row: &'a [Cell],
}

impl Line<'_> {
    fn is_full(&self, found: &mut Diagnostics) -> bool {
        if self.row.len() != self.head.len() {
            let message = format!("this row has {} cells, the first line has {}", self.row.len(), self.head.len());
            let help = "texts with commas stand in quotation marks; an empty cell still has its comma";
            found.push(Diagnostic::error("cells", message, self.span("")).help(help));
        }
        self.row.len() == self.head.len()
    }

    /// The text of a column; empty where there is none.
    pub(super) fn text(&self, column: &str) -> String {
        self.cell(column).map(|cell| cell.text.clone()).unwrap_or_default()
    }

    pub(super) fn cell(&self, column: &str) -> Option<&Cell> {
        self.head.iter().position(|name| *name == column).map(|place| &self.row[place])
    }

    /// Where a column stands, or the whole row.
    pub(super) fn span(&self, column: &str) -> Option<Span> {
        let whole = || Some(Span { end: self.row.last()?.span.end, ..self.row.first()?.span });
        if column.is_empty() { whole() } else { self.cell(column).map(|cell| cell.span).or_else(whole) }
    }

    pub(super) fn lacks<T>(&self, column: &str, fits: &str, found: &mut Diagnostics) -> Option<T> {
        if self.cell(column).is_some_and(|cell| cell.text.is_empty()) {
            let message = format!("`{column}` is empty");
            found.push(Diagnostic::error("empty", message, self.span(column)).help(format!("it wants {fits}")));
        }
        None
    }

    pub(super) fn word(&self, column: &str, fits: &str, found: &mut Diagnostics) -> Option<String> {
        let text = self.cell(column).map(|cell| cell.text.clone()).filter(|text| !text.is_empty());
        text.or_else(|| self.lacks(column, fits, found))
    }

    /// The number of a cell that is not empty.
    pub(super) fn number(&self, column: &str, found: &mut Diagnostics) -> Option<f64> {
        let cell = self.cell(column).filter(|cell| !cell.text.is_empty())?;
        let number = cell.text.parse::<f64>().ok().filter(|number| number.is_finite());
        if number.is_none() {
            let message = format!("`{}` is no number in column `{column}`", cell.text);
            let help = "digits with a point, no unit and no blanks, such as 1485000 or 45.5";
            found.push(Diagnostic::error("number", message, Some(cell.span)).help(help));
        }
        number
    }

    /// The band; the outer option is none where it is wrong.
    #[expect(clippy::option_option, reason = "no band is right, a wrong one is not")]
    pub(super) fn band(&self, value: Option<f64>, found: &mut Diagnostics) -> Option<Option<(f64, f64)>> {
        let is_empty = |column| self.cell(column).is_none_or(|cell| cell.text.is_empty());
        let (low, high) = (self.number("low", found), self.number("high", found));
        match (low, high) {
            (Some(low), Some(high)) => {
                let fits = low <= high && value.is_none_or(|value| (low..=high).contains(&value));
                if !fits {
                    let message = format!("the band from {low} to {high} does not hold the value");
                    let help = "low is at most the value, high is at least the value";
                    found.push(Diagnostic::error("band", message, self.span("low")).help(help));
                }
                fits.then_some(Some((low, high)))
            }
            _ if is_empty("low") && is_empty("high") => Some(None),
            _ => {
                if is_empty("low") != is_empty("high") {
                    let column = if is_empty("low") { "low" } else { "high" };
                    let message = format!("the band has no `{column}`");
                    found.push(
                        Diagnostic::error("band", message, self.span(column)).help("both low and high, or neither"),
                    );
                }
                None
            }
        }
    }

    pub(super) fn class(&self, found: &mut Diagnostics) -> Option<Class> {
        let cell = self.cell("class")?;
        let class = Class::ALL.into_iter().find(|class| class.word() == cell.text);
        if class.is_none() {
            let message = format!("`{}` is no class", cell.text);
            let help = "input (the scenario was made from it), tuned (fitted to it) or tested (held out)";
            found.push(Diagnostic::error("class", message, Some(cell.span)).help(help));
        }
        class
    }

    /// The kind; the outer option is none where it is wrong.
    #[expect(clippy::option_option, reason = "no kind is right, a wrong one is not")]
    pub(super) fn kind(&self, found: &mut Diagnostics) -> Option<Option<Kind>> {
        let Some(cell) = self.cell("kind").filter(|cell| !cell.text.is_empty()) else { return Some(None) };
        let kind = Kind::ALL.into_iter().find(|kind| kind.word() == cell.text);
        if kind.is_none() {
            let message = format!("`{}` is no kind of evidence", cell.text);
            let all = Kind::ALL.map(Kind::word).join(", ");
            found.push(Diagnostic::error("kind", message, Some(cell.span)).help(format!("one of {all}, or nothing")));
        }
        kind.map(Some)
    }

    pub(super) fn grade(&self, found: &mut Diagnostics) -> Option<String> {
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
