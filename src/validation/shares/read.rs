//! Observed shares, as their file says them.

use super::period::Period;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFiles, Span};
use crate::tables::{Columns, Line, RawTable};
use crate::validation::class::Class;
use crate::validation::columns::{band, class};

const COLUMNS: Columns = Columns {
    all: &[
        "scenario",
        "choice",
        "alternative",
        "of",
        "period",
        "value",
        "low",
        "high",
        "unit",
        "usd",
        "days",
        "class",
        "kind",
        "source",
        "grade",
        "note",
    ],
    needed: &["choice", "alternative", "period"],
};

/// Whether a table is of shares of routes, rather than of rows of the results: it has the column `choice`.
pub fn is_of_shares(table: &RawTable) -> bool {
    table.has_columns(&["choice"]) && !table.has_columns(&["measure"])
}

/// A file of observed shares.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservedShares {
    /// In the order of the file.
    pub(super) rows: Vec<Row>,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) scenario: Option<String>,
    pub(super) choice: String,
    pub(super) alternatives: Vec<String>,
    /// Those among which a share is; empty: all of the choice.
    pub(super) of: Vec<String>,
    pub(super) period: Period,
    /// None where the row gives terms alone.
    pub(super) figure: Option<ObservedShare>,
    pub(super) usd: Option<Level>,
    pub(super) days: Option<Level>,
    pub(super) kind: String,
    pub(super) source: String,
    pub(super) grade: String,
    pub(super) note: String,
    pub(super) spans: Spans,
}

/// Where the cells of a row stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spans {
    pub(super) choice: Span,
    pub(super) alternative: Span,
    pub(super) of: Span,
    pub(super) value: Span,
    pub(super) unit: Span,
    pub(super) terms: Span,
}

/// An observed figure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ObservedShare {
    pub(super) value: f64,
    pub(super) band: Option<(f64, f64)>,
    pub(super) unit: Unit,
    pub(super) unit_text: String,
    pub(super) class: Class,
}

/// What a figure counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Unit {
    /// `%`: a share of the alternatives in `of`.
    Share,
    /// `% on PERIOD`: the change of the amount, in a market as large as then.
    ChangeOn(Period),
    /// `TEU/yr`, `t/yr`: an amount of this unit a year.
    Amount(String),
}

/// What an alternative charges or takes in the period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Level {
    /// So much.
    Is(f64),
    /// So much more than in the base; written with a sign.
    More(f64),
}

impl ObservedShares {
    /// Reads a table; it is added to the sources, for messages.
    ///
    /// # Errors
    /// All that does not fit, each with its place.
    pub fn read(table: &RawTable, sources: &mut SourceFiles) -> Result<Self, Diagnostics> {
        crate::tables::read(table, COLUMNS, sources, row).map(|rows| Self { rows })
    }

    /// The rows for a scenario: those that name it and those that name none.
    #[must_use]
    pub fn of(&self, scenario: &str) -> Self {
        let wanted = |row: &&Row| row.scenario.as_deref().is_none_or(|name| name == scenario);
        Self { rows: self.rows.iter().filter(wanted).cloned().collect() }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

fn row(line: Line<'_>, found: &mut Diagnostics) -> Option<Row> {
    let choice = line.word("choice", "the id of a `[choice.ID]` of the scenario", found);
    let alternatives = names(line, "alternative", found);
    let of = if line.text("of").is_empty() { Some(Vec::new()) } else { names(line, "of", found) };
    let (period, grade) = (period(line, found), line.grade(found));
    let (usd, days) = (level(line, "usd", found), level(line, "days", found));
    let figure = figure(line, found);
    let span = |column| line.span(column).unwrap_or_default();
    if figure == Some(None) && usd == Some(None) && days == Some(None) {
        let help = "a `value` with its `unit` and `class`, or `usd` or `days` of the alternative in the period";
        found.push(Diagnostic::error("nothing", "this row says nothing", line.span("")).help(help));
        return None;
    }
    Some(Row {
        scenario: Some(line.text("scenario").to_owned()).filter(|name| !name.is_empty()),
        choice: choice?,
        alternatives: alternatives?,
        of: of?,
        period: period?,
        figure: figure?,
        usd: usd?,
        days: days?,
        kind: line.text("kind").to_owned(),
        source: line.text("source").to_owned(),
        grade: grade?,
        note: line.text("note").to_owned(),
        spans: Spans {
            choice: span("choice"),
            alternative: span("alternative"),
            of: span("of"),
            value: span("value"),
            unit: span("unit"),
            terms: span(if line.text("usd").is_empty() { "days" } else { "usd" }),
        },
    })
}

/// `a + b`: several alternatives together.
fn names(line: Line<'_>, column: &str, found: &mut Diagnostics) -> Option<Vec<String>> {
    let text = line.word(column, "a flow, FLOW.ROUTE or an outside route of the choice, or several with `+`", found)?;
    let names: Vec<String> = text.split('+').map(|name| name.trim().to_owned()).collect();
    if names.iter().any(String::is_empty) {
        let message = format!("`{text}` has a `+` without a name beside it");
        found.push(Diagnostic::error("empty", message, line.span(column)).help("a name on both sides of each `+`"));
        return None;
    }
    Some(names)
}

fn period(line: Line<'_>, found: &mut Diagnostics) -> Option<Period> {
    let text = line.word("period", Period::FORM, found)?;
    let period = Period::parse(&text);
    if period.is_none() {
        let message = format!("`{text}` is no period");
        found.push(Diagnostic::error("period", message, line.span("period")).help(Period::FORM));
    }
    period
}

/// A charge or time; the outer option is none where it is wrong.
#[expect(clippy::option_option, reason = "no level is right, a wrong one is not")]
fn level(line: Line<'_>, column: &str, found: &mut Diagnostics) -> Option<Option<Level>> {
    let text = line.text(column);
    if text.is_empty() {
        return Some(None);
    }
    let number = line.number(column, found)?;
    let is_change = text.starts_with(['+', '-']);
    Some(Some(if is_change { Level::More(number) } else { Level::Is(number) }))
}

/// The figure of a row, none where it gives terms alone; the outer option is none where it is wrong.
#[expect(clippy::option_option, reason = "no figure is right, a wrong one is not")]
fn figure(line: Line<'_>, found: &mut Diagnostics) -> Option<Option<ObservedShare>> {
    if line.text("value").is_empty() {
        let alone = ["low", "high", "unit", "class"].into_iter().find(|column| !line.text(column).is_empty());
        if let Some(column) = alone {
            let message = format!("`{column}` stands without a `value`");
            let help = "the observed figure, or nothing in all of value, low, high, unit and class";
            found.push(Diagnostic::error("empty", message, line.span(column)).help(help));
        }
        return alone.is_none().then_some(None);
    }
    let unit_text = line.word("unit", UNITS, found).or_else(|| missing(line, "unit", found));
    let class = if line.cell("class").is_some() { class(line, found) } else { missing(line, "class", found) };
    let (value, unit) = (line.number("value", found), unit_text.as_deref().and_then(|text| unit(line, text, found)));
    let band = band(line, value, found);
    let (value, unit) = (value?, unit?);
    let (least, most) = match unit {
        Unit::Share => (0.0, 100.0),
        Unit::ChangeOn(_) => (-100.0, f64::INFINITY),
        Unit::Amount(_) => (0.0, f64::INFINITY),
    };
    if !(least..=most).contains(&value) {
        let message = format!("{value} is no value in `{}`", line.text("unit"));
        let help = "a share lies between 0 and 100, a change is at least -100, an amount is not below 0";
        found.push(Diagnostic::error("out-of-range", message, line.span("value")).help(help));
        return None;
    }
    Some(Some(ObservedShare { value, band: band?, unit, unit_text: unit_text?, class: class? }))
}

const UNITS: &str =
    "`%` (of the market, or of `of`), `% on 2024` (against another period), or an amount such as `TEU/yr`";

/// A column that only rows with a figure need.
fn missing<T>(line: Line<'_>, column: &str, found: &mut Diagnostics) -> Option<T> {
    if line.cell(column).is_none() {
        let message = format!("a row with a `value` needs the column `{column}`");
        found.push(Diagnostic::error("missing-column", message, line.span("value")));
    }
    None
}

fn unit(line: Line<'_>, text: &str, found: &mut Diagnostics) -> Option<Unit> {
    let change = text.strip_prefix("% on ").map(|period| Period::parse(period.trim()).map(Unit::ChangeOn));
    let amount = || text.strip_suffix("/yr").filter(|unit| !unit.is_empty()).map(|unit| Unit::Amount(unit.to_owned()));
    let unit = change.unwrap_or_else(|| if text == "%" { Some(Unit::Share) } else { amount() });
    if unit.is_none() {
        let message = format!("`{text}` is no unit of an observed share");
        found.push(Diagnostic::error("unit", message, line.span("unit")).help(UNITS));
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "choice,alternative,of,period,value,low,high,unit,usd,days,class\n";

    fn read(row: &str) -> Result<ObservedShares, String> {
        let mut sources = SourceFiles::default();
        let text = format!("{HEAD}{row}\n");
        ObservedShares::read(&RawTable::csv("seen.csv", text), &mut sources).map_err(|found| found.render(&sources))
    }

    #[test]
    fn a_row_is_read() {
        let rows = read("china,rail + road,rail+road+sea,2024-H1,12.5,10,15,%,+300,,tested").unwrap().rows;
        let row = &rows[0];
        assert_eq!((row.alternatives.join("|"), row.of.len(), row.period.year()), ("rail|road".to_owned(), 3, 2024));
        assert_eq!((row.usd, row.days), (Some(Level::More(300.0)), None));
        let figure = row.figure.as_ref().unwrap();
        assert_eq!((figure.value, figure.band, figure.class), (12.5, Some((10.0, 15.0)), Class::Tested));
        assert_eq!(read("china,rail,,2025,,,,,2500,-4,").unwrap().rows[0].days, Some(Level::More(-4.0)));
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_place() {
        for (row, place) in [
            (",rail,,2024,1,,,%,,,tested", "seen.csv:2:1: error[empty]"),
            ("china,rail +,,2024,1,,,%,,,tested", "seen.csv:2:7: error[empty]"),
            ("china,rail,,May 2024,1,,,%,,,tested", "seen.csv:2:13: error[period]"),
            ("china,rail,,2024,120,,,%,,,tested", "seen.csv:2:18: error[out-of-range]"),
            ("china,rail,,2024,-1,,,TEU/yr,,,tested", "seen.csv:2:18: error[out-of-range]"),
            ("china,rail,,2024,-120,,,% on 2023,,,tested", "seen.csv:2:18: error[out-of-range]"),
            ("china,rail,,2024,1,,,percent,,,tested", "seen.csv:2:22: error[unit]"),
            ("china,rail,,2024,1,,,% on May,,,tested", "seen.csv:2:22: error[unit]"),
            ("china,rail,,2024,1,2,3,%,,,tested", "seen.csv:2:20: error[band]"),
            ("china,rail,,2024,1,,,%,x,,tested", "seen.csv:2:24: error[number]"),
            ("china,rail,,2024,1,,,%,,,fit", "seen.csv:2:26: error[class]"),
            ("china,rail,,2024,1,,,,,,tested", "seen.csv:2:22: error[empty]"),
            ("china,rail,,2024,,,,%,,,", "seen.csv:2:21: error[empty]"),
            ("china,rail,,2024,,,,,,,", "seen.csv:2:1: error[nothing]"),
        ] {
            let error = read(row).unwrap_err();
            assert!(error.contains(place), "{row}: {error}");
            assert_eq!(error.matches("error[").count(), 1, "{error}");
        }
    }

    #[test]
    fn a_file_is_told_by_its_first_line() {
        let is_of_shares = |text: &str| is_of_shares(&RawTable::csv("seen.csv", text));
        assert!(is_of_shares("choice,alternative\n") && is_of_shares("scenario; choice ;x"));
        assert!(!is_of_shares("measure,subject\nchoice") && !is_of_shares(""));
    }
}
