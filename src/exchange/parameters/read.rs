//! What was edited in a sheet of parameters.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, SourceFiles, Span};
use crate::scenario::types::Grade;
use crate::scenario::{Literal, Parameter, Reading, Setting};
use crate::tables::{Columns, Line, Lines, RawTable, read_lines};

const SHEET_COLUMNS: Columns = Columns { all: &super::COLUMNS, needed: &["Path", "Value", "Unit"] };
const ORIGIN_COLUMNS: Columns = Columns { all: &["What", "Value"], needed: &["What", "Value"] };

/// A value that was edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Sets it; findings name the cells.
    pub setting: Setting,
    /// Its path.
    pub path: String,
    /// What it is now, as TOML.
    pub literal: String,
    /// What it was, as TOML.
    pub was: String,
    /// Where it was edited: `FILE: SHEET!C12`.
    pub place: String,
}

/// What was edited, and what was noticed.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    /// In the order of the rows.
    pub edits: Vec<Edit>,
    /// What is no error.
    pub warnings: Diagnostics,
}

/// The scenario of which a workbook has the parameters, as its sheet says it, with the place of that cell.
///
/// # Errors
/// The sheet does not say it.
pub fn origin(table: &RawTable, sources: &mut SourceFiles) -> Result<(String, Option<Span>), Diagnostics> {
    let lines = read_lines(table, ORIGIN_COLUMNS, sources)?;
    let named = lines.iter().find(|line| line.text("What") == "scenario" && !line.text("Value").is_empty());
    named.map(|line| (line.text("Value").to_owned(), line.span("Value"))).ok_or_else(|| {
        let message = "the sheet does not say of which scenario the parameters are";
        one(Diagnostic::error("scenario", message, lines.head_span())
            .help("a row with `scenario` under What and the scenario's name or path under Value"))
    })
}

fn one(diagnostic: Diagnostic) -> Diagnostics {
    let mut found = Diagnostics::default();
    found.push(diagnostic);
    found
}

/// What was edited in a sheet of the parameters of a scenario.
///
/// # Errors
/// All that does not fit, each with its cell.
pub fn edits(table: &RawTable, scenario: &Reading, sources: &mut SourceFiles) -> Result<Edits, Diagnostics> {
    let lines = read_lines(table, SHEET_COLUMNS, sources)?;
    let known = scenario.single_values();
    let known: BTreeMap<&str, &Parameter> = known.iter().map(|one| (one.path.as_str(), one)).collect();
    let mut sheet = Sheet {
        scenario,
        known,
        sources,
        seen: BTreeMap::new(),
        errors: Diagnostics::default(),
        found: Edits::default(),
    };
    for line in lines.iter() {
        sheet.row(line);
    }
    sheet.look_for_deleted(&lines);
    if sheet.errors.has_errors() { Err(sheet.errors) } else { Ok(sheet.found) }
}

/// A sheet that is being read.
struct Sheet<'a> {
    scenario: &'a Reading,
    known: BTreeMap<&'a str, &'a Parameter>,
    sources: &'a SourceFiles,
    /// By path where its row stands.
    seen: BTreeMap<String, Span>,
    errors: Diagnostics,
    found: Edits,
}

impl Sheet<'_> {
    fn row(&mut self, line: Line<'_>) {
        let Some(path) = line.word("Path", "the path of a parameter", &mut self.errors) else { return };
        let span = line.span("Path").unwrap_or_default();
        if let Some(first) = self.seen.insert(path.clone(), span) {
            let message = format!("`{path}` has two rows; the other is {}", self.sources.place(first));
            self.errors.push(Diagnostic::error("twice", message, Some(span)).help("delete one of them"));
            return;
        }
        let Some(parameter) = self.known.get(path.as_str()).copied() else {
            let message = format!("the scenario has no parameter `{path}`");
            let help = self.scenario.suggestion(&path);
            self.errors.push(Diagnostic::error("unknown-path", message, Some(span)).maybe_help(help));
            return;
        };
        self.warn_of_lost(line, parameter);
        self.value(line, parameter);
    }

    fn value(&mut self, line: Line<'_>, parameter: &Parameter) {
        let was = written(line, &parameter.literal());
        let told = was.to_string();
        let is_failed = |column| line.cell(column).is_some_and(crate::tables::Cell::is_failed_formula);
        if let Some(column) = ["Value", "Unit"].into_iter().find(|column| is_failed(column)) {
            let message = format!("the formula has no value ({})", line.text(column));
            let help = format!("mend the formula, or write what it was: {told}");
            self.errors.push(Diagnostic::error("formula", message, line.span(column)).help(help));
            return;
        }
        let Some(now) = literal(line, &was, &mut self.errors) else { return };
        if now != was {
            self.edited(line, parameter, &now, &told);
        }
    }

    fn edited(&mut self, line: Line<'_>, parameter: &Parameter, now: &Literal, was: &str) {
        let cells = |column| line.span(column).map(|span| self.sources.place(span)).unwrap_or_default();
        let (value, unit) = (cells("Value"), cells("Unit"));
        let place = unit.rsplit_once('!').map_or_else(|| value.clone(), |(_, cell)| format!("{value}:{cell}"));
        let literal = toml(now);
        match Setting::new(&parameter.path, &literal) {
            Ok(setting) => self.found.edits.push(Edit {
                setting: setting.written_at(place),
                path: parameter.path.clone(),
                literal,
                was: was.to_owned(),
                place: value,
            }),
            Err(error) => self.errors.push(Diagnostic::error("value", error.to_string(), line.span("Value"))),
        }
    }

    /// Values and units come back; what else was edited does not, which is told.
    fn warn_of_lost(&mut self, line: Line<'_>, parameter: &Parameter) {
        let grade = parameter.grade.map(Grade::word).unwrap_or_default();
        let kept = [("Grade", grade), ("Source", parameter.source.as_deref().unwrap_or_default())];
        for (column, written) in kept {
            if line.cell(column).is_some() && line.text(column) != written.trim() {
                let message = format!("a changed {} is not read back", column.to_lowercase());
                let help = "only Value and Unit are; write the rest into the scenario's files";
                self.found.warnings.push(Diagnostic::warning("not-read", message, line.span(column)).help(help));
            }
        }
    }

    /// Rows that are gone say nothing of what is meant.
    fn look_for_deleted(&mut self, lines: &Lines) {
        let mut last = lines.head_span();
        for parameter in self.scenario.single_values() {
            if !parameter.is_quantity || parameter.path == "schema" {
                continue;
            }
            if let Some(span) = self.seen.get(&parameter.path) {
                last = Some(*span);
                continue;
            }
            let message = format!("the row of `{}` is gone; it stood below this one", parameter.path);
            let help = format!("put it back with {}, which changes nothing", parameter.value);
            self.errors.push(Diagnostic::error("missing-row", message, last).help(help));
        }
    }
}

/// What a value was when the sheet was written; without the columns for it, what it is in the scenario.
fn written(line: Line<'_>, now: &Literal) -> Literal {
    let value = line.text("Value was");
    match now {
        _ if value.is_empty() => now.clone(),
        Literal::Toml(_) => Literal::Toml(value.to_owned()),
        _ => in_place_of_a_word(value.to_owned(), line.text("Unit was")),
    }
}

/// What the cells of a row say, in the form of what was there.
fn literal(line: Line<'_>, was: &Literal, found: &mut Diagnostics) -> Option<Literal> {
    let unit = line.text("Unit");
    let Literal::Number { unit: old_unit, .. } = was else {
        let text = line.word("Value", &format!("what it was: {was}"), found)?;
        return Some(match was {
            Literal::Text(old) if *old != text => in_place_of_a_word(text, unit),
            Literal::Text(_) => Literal::Text(text),
            _ => Literal::Toml(text),
        });
    };
    let before = found.len();
    let number = line.number("Value", found);
    if number.is_none() && found.len() == before {
        line.lacks::<f64>("Value", &format!("a number; it was {was}"), found);
    }
    if unit.is_empty() && !old_unit.is_empty() {
        let message = "the unit is missing";
        found.push(Diagnostic::error("unit", message, line.span("Unit")).help(format!("it was `{old_unit}`")));
        return None;
    }
    Some(Literal::Number { number: number?, unit: unit.to_owned() })
}

/// A number may come in the place of a word, such as servers in that of `unlimited`.
fn in_place_of_a_word(text: String, unit: &str) -> Literal {
    match crate::tables::number(&text, None) {
        Ok(number) => Literal::Number { number, unit: unit.to_owned() },
        Err(_) => Literal::Text(text),
    }
}

/// A value as TOML.
fn toml(value: &Literal) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    match value {
        Literal::Number { number, unit } if unit.is_empty() => number.to_string(),
        Literal::Number { number, unit } => quoted(&format!("{number} {unit}")),
        Literal::Text(text) => quoted(text),
        Literal::Toml(text) => text.clone(),
    }
}
