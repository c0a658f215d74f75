//! Observed figures, as their file says them.

use serde::Serialize;

use super::cells::{Cell, rows};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, SourceFiles, SourceKind, Span, did_you_mean};
use crate::text::is_shown;

/// What an observed figure was used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// The scenario was made from it.
    Input,
    /// A parameter was moved until it was met.
    Tuned,
    /// Held out: nothing was set from it.
    Tested,
}

impl Class {
    /// All classes, in the order of tables.
    pub const ALL: [Self; 3] = [Self::Input, Self::Tuned, Self::Tested];

    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Tuned => "tuned",
            Self::Tested => "tested",
        }
    }
}

/// An observed figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The scenario that it is for; none: every scenario.
    pub scenario: Option<String>,
    /// As in the results.
    pub measure: String,
    /// As in the results.
    pub subject: String,
    /// As in the results.
    pub period: String,
    /// The figure.
    pub value: f64,
    /// Its unit, and that of the band.
    pub unit: String,
    /// From where to where it may be, as far as is known.
    pub band: Option<(f64, f64)>,
    /// What it was used for.
    pub class: Class,
    /// Who published it.
    pub source: String,
    /// A official, B press, C inference; empty where not said.
    pub grade: String,
    /// What else there is to say.
    pub note: String,
    /// Where measure, subject, period and unit stand in the file.
    pub(super) spans: [Span; 4],
}

/// A file of observed figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// In the order of the file.
    pub rows: Vec<Observation>,
}

const COLUMNS: [&str; 12] =
    ["scenario", "measure", "subject", "period", "value", "unit", "low", "high", "class", "source", "grade", "note"];
const NEEDED: [&str; 5] = ["measure", "subject", "value", "unit", "class"];

impl Observed {
    /// Reads a text; the file is added to the sources, for messages.
    ///
    /// # Errors
    /// All that does not fit, each with its place.
    pub fn read(name: &str, text: &str, sources: &mut SourceFiles) -> Result<Self, Diagnostics> {
        let file = sources.add(name, text, SourceKind::File);
        let mut found = Diagnostics::default();
        let mut observed = Self { rows: Vec::new() };
        match rows(file, text) {
            Err(error) => found.push(error),
            Ok(rows) => {
                let mut rows = rows.iter();
                let head = head(rows.next().map(Vec::as_slice).unwrap_or_default(), file, &mut found);
                rows.as_slice().iter().flatten().filter_map(unseen).for_each(|one| found.push(one));
                if !found.has_errors() {
                    observed.rows = rows.filter_map(|row| Line { head: &head, row }.read(&mut found)).collect();
                }
            }
        }
        if found.has_errors() { Err(found) } else { Ok(observed) }
    }

    /// The figures of a scenario: those for it and those for every scenario.
    pub fn of(&self, scenario: &str) -> Vec<Observation> {
        let wanted = |row: &&Observation| row.scenario.as_deref().is_none_or(|name| name == scenario);
        self.rows.iter().filter(wanted).cloned().collect()
    }

    /// The scenarios that rows name, each once.
    pub fn scenarios(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.rows.iter().filter_map(|row| row.scenario.as_deref()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// What is wrong with a text that would act on what shows it.
fn unseen(cell: &Cell) -> Option<Diagnostic> {
    let c = cell.text.chars().find(|c| !is_shown(*c))?;
    let message = format!("this text holds the control character U+{:04X}", u32::from(c));
    Some(Diagnostic::error("control-character", message, Some(cell.span)).help("leave it out"))
}

/// The columns, checked.
fn head(row: &[Cell], file: FileId, found: &mut Diagnostics) -> Vec<&'static str> {
    let mut head = Vec::new();
    let all = || format!("the columns are {}", COLUMNS.join(", "));
    for cell in row {
        let known = COLUMNS.into_iter().find(|column| *column == cell.text);
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
                    did_you_mean(&cell.text, COLUMNS).unwrap_or_else(all)
                };
                found.push(Diagnostic::error("unknown-column", message, Some(cell.span)).help(help));
            }
        }
    }
    let missing: Vec<&str> = NEEDED.into_iter().filter(|needed| !head.contains(needed)).collect();
    if !missing.is_empty() && !found.has_errors() {
        let span = row.first().zip(row.last()).map(|(first, last)| Span { end: last.span.end, ..first.span });
        let span = span.or(Some(Span { file, start: 0, end: 0 }));
        let message = format!("the first line lacks {}", missing.join(", "));
        found.push(Diagnostic::error("missing-column", message, span).help(all()));
    }
    head
}

/// A row under its head.
struct Line<'a> {
    head: &'a [&'static str],
    row: &'a [Cell],
}

impl Line<'_> {
    fn read(&self, found: &mut Diagnostics) -> Option<Observation> {
        if self.row.len() != self.head.len() {
            let message = format!("this row has {} cells, the first line has {}", self.row.len(), self.head.len());
            let help = "texts with commas stand in quotation marks; an empty cell still has its comma";
            found.push(Diagnostic::error("cells", message, self.span("")).help(help));
            return None;
        }
        let text = |column| self.cell(column).map(|cell| cell.text.clone()).unwrap_or_default();
        let [measure, subject, unit] = ["measure", "subject", "unit"].map(|column| self.word(column, found));
        let (value, class) = (self.number("value", found), self.class(found));
        let value = value.or_else(|| self.lacks("value", "a number such as 45.5", found));
        let (band, grade) = (self.band(value, found), self.grade(found));
        let spans = ["measure", "subject", "period", "unit"].map(|column| self.span(column).unwrap_or_default());
        Some(Observation {
            scenario: Some(text("scenario")).filter(|name| !name.is_empty()),
            measure: measure?,
            subject: subject?,
            period: Some(text("period")).filter(|period| !period.is_empty()).unwrap_or_else(|| "horizon".to_owned()),
            value: value?,
            unit: unit?,
            band: band?,
            class: class?,
            source: text("source"),
            grade: grade?,
            note: text("note"),
            spans,
        })
    }

    fn cell(&self, column: &str) -> Option<&Cell> {
        self.head.iter().position(|name| *name == column).map(|place| &self.row[place])
    }

    /// Where a column stands, or the whole row.
    fn span(&self, column: &str) -> Option<Span> {
        let whole = || Some(Span { end: self.row.last()?.span.end, ..self.row.first()?.span });
        if column.is_empty() { whole() } else { self.cell(column).map(|cell| cell.span).or_else(whole) }
    }

    fn lacks<T>(&self, column: &str, fits: &str, found: &mut Diagnostics) -> Option<T> {
        if self.cell(column).is_some_and(|cell| cell.text.is_empty()) {
            let message = format!("`{column}` is empty");
            found.push(Diagnostic::error("empty", message, self.span(column)).help(format!("it wants {fits}")));
        }
        None
    }

    fn word(&self, column: &str, found: &mut Diagnostics) -> Option<String> {
        let text = self.cell(column).map(|cell| cell.text.clone()).filter(|text| !text.is_empty());
        text.or_else(|| self.lacks(column, &format!("a {column} as in measures.csv of a run"), found))
    }

    /// The number of a cell that is not empty.
    fn number(&self, column: &str, found: &mut Diagnostics) -> Option<f64> {
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
    fn band(&self, value: Option<f64>, found: &mut Diagnostics) -> Option<Option<(f64, f64)>> {
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

    fn class(&self, found: &mut Diagnostics) -> Option<Class> {
        let cell = self.cell("class")?;
        let class = Class::ALL.into_iter().find(|class| class.word() == cell.text);
        if class.is_none() {
            let message = format!("`{}` is no class", cell.text);
            let help = "input (the scenario was made from it), tuned (fitted to it) or tested (held out)";
            found.push(Diagnostic::error("class", message, Some(cell.span)).help(help));
        }
        class
    }

    fn grade(&self, found: &mut Diagnostics) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "scenario,measure,subject,period,value,unit,low,high,class\n";

    fn read(row: &str) -> Result<Observed, String> {
        let mut sources = SourceFiles::default();
        let text = format!("{HEAD}{row}\n");
        Observed::read("seen.csv", &text, &mut sources).map_err(|found| found.render(&sources))
    }

    #[test]
    fn a_row_is_read() {
        let observed = read("a,carried,corridor,,12.5,t/yr,10,15,tested").unwrap();
        let row = &observed.rows[0];
        assert_eq!((row.value, row.band, row.period.as_str()), (12.5, Some((10.0, 15.0)), "horizon"));
        assert_eq!((observed.of("a").len(), observed.of("b").len()), (1, 0));
        assert_eq!(observed.scenarios(), ["a"]);
        assert_eq!(read(",carried,corridor,,1,t/yr,,,input").unwrap().of("any").len(), 1);
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_place() {
        for (row, place) in [
            ("a,carried,corridor,,12 kt,t/yr,,,tested", "seen.csv:2:21: error[number]"),
            ("a,carried,corridor,,nan,t/yr,,,tested", "seen.csv:2:21: error[number]"),
            ("a,carried,corridor,,,t/yr,,,tested", "seen.csv:2:21: error[empty]"),
            ("a,,corridor,,1,t/yr,,,tested", "seen.csv:2:3: error[empty]"),
            ("a,carried,corridor,,1,t/yr,2,3,tested", "seen.csv:2:28: error[band]"),
            ("a,carried,corridor,,1,t/yr,,3,tested", "seen.csv:2:28: error[band]"),
            ("a,carried,corridor,,1,t/yr,0,x,tested", "seen.csv:2:30: error[number]"),
            ("a,carried,corridor,,1,t/yr,,,held", "seen.csv:2:30: error[class]"),
            ("a,carried,corridor,,4,484,t/yr,,,tested", "seen.csv:2:1: error[cells]"),
        ] {
            let error = read(row).unwrap_err();
            assert!(error.contains(place) && error.contains("help: "), "{row}: {error}");
            assert_eq!(error.matches("error[").count(), 1, "{error}");
        }
    }

    #[test]
    fn a_wrong_first_line_is_told() {
        for (text, part) in [
            ("", "lacks measure, subject, value, unit, class"),
            ("mesure,subject,value,unit,class\n", "did you mean `measure`?"),
            ("measure;subject;value\n", "separated by commas"),
            ("measure,measure\n", "twice"),
        ] {
            let mut sources = SourceFiles::default();
            let error = Observed::read("a.csv", text, &mut sources).unwrap_err().render(&sources);
            assert!(error.contains(part) && error.contains("a.csv:1:"), "{error}");
        }
    }
}
