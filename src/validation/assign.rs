//! Which row of the results an observed figure belongs to.

use std::fmt::Display;
use std::hash::Hash;
use std::str::FromStr;

use indexmap::IndexSet;

use super::observed::Observation;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, near};
use crate::results::RowKey;
use crate::units::{Timespan, factor};
use crate::words::Period;

/// How many names a message gives.
const MOST_NAMES: usize = 8;
/// How many near names a message gives.
const MOST_NEAR: usize = 3;

/// An observed figure with its row of the results.
#[derive(Clone, Debug, PartialEq)]
pub struct Assigned {
    /// The figure.
    pub observation: Observation,
    /// Its row.
    pub row: RowKey,
    /// What a value of the row is multiplied by to be in the unit of the figure.
    pub factor: f64,
}

/// Finds the row of each figure. The rows are known before anything is simulated: those of a layout's frame. `span` tells
/// what the horizon has of a period, over which a rate becomes a number.
///
/// # Errors
/// All figures that have no row, with the names that are near.
pub fn assign(
    figures: Vec<Observation>,
    rows: &[RowKey],
    span: impl Fn(&Period) -> Option<Timespan>,
) -> Result<Vec<Assigned>, Diagnostics> {
    let mut found = Diagnostics::default();
    let mut assigned = Vec::new();
    for observation in figures {
        match row_of(&observation, rows, &span) {
            Ok((row, factor)) => assigned.push(Assigned { row: row.clone(), factor, observation }),
            Err(error) => found.push(error),
        }
    }
    if found.has_errors() { Err(found) } else { Ok(assigned) }
}

fn row_of<'r>(
    observation: &Observation,
    rows: &'r [RowKey],
    span: &impl Fn(&Period) -> Option<Timespan>,
) -> Result<(&'r RowKey, f64), Diagnostic> {
    let Observation { measure, subject, period, unit, spans, .. } = observation;
    // Rows of a place and a cause are parts of others; a file has no columns for them.
    let whole: Vec<&RowKey> = rows.iter().filter(|row| row.place.is_none() && row.cause.is_none()).collect();
    let measured = narrowed(&whole, measure, |row| &row.measure, "no measure", spans[0])?;
    let what = format!("measure `{measure}` has no subject");
    let about = narrowed(&measured, subject, |row| &row.subject, &what, spans[1])?;
    let what = format!("`{measure}` of `{subject}` has no period");
    let during = narrowed(&about, period, |row| &row.period, &what, spans[2])?;
    let fitting = during.iter().find_map(|row| Some((*row, factor(&row.unit.to_string(), unit, span(&row.period)?)?)));
    fitting.ok_or_else(|| {
        let message = format!("`{measure}` of `{subject}` cannot be in `{unit}`");
        let units: Vec<String> = during.iter().map(|row| row.unit.to_string()).collect();
        let help = format!("the results have it in {}", units.join(", "));
        Diagnostic::error("unit", message, Some(spans[3])).help(help)
    })
}

/// The rows with what a word says in a field, or an error that names the near words.
fn narrowed<'r, T: FromStr + Display + Hash + Eq>(
    rows: &[&'r RowKey],
    word: &str,
    field: impl Fn(&RowKey) -> &T,
    what: &str,
    span: Span,
) -> Result<Vec<&'r RowKey>, Diagnostic> {
    let wanted = word.parse::<T>().ok();
    let fitting: Vec<&RowKey> = rows.iter().copied().filter(|row| wanted.as_ref() == Some(field(row))).collect();
    if !fitting.is_empty() {
        return Ok(fitting);
    }
    let known: IndexSet<&T> = rows.iter().map(|row| field(row)).collect();
    let known: Vec<String> = known.into_iter().map(ToString::to_string).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let message = format!("in the results {what} `{word}`");
    let message = if what.starts_with("no ") { format!("the results have {what} `{word}`") } else { message };
    Err(Diagnostic::error("no-such-row", message, Some(span)).help(names(word, &known)))
}

/// The near words, or if none is near some of all.
fn names(word: &str, known: &[&str]) -> String {
    let quoted = |words: &[&str]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let close = near(word, known.iter().copied(), MOST_NEAR);
    if !close.is_empty() {
        return format!("near is {}", quoted(&close));
    }
    let rest = known.len().saturating_sub(MOST_NAMES);
    let more = if rest > 0 { format!(" and {rest} more: see measures.csv of a run") } else { String::new() };
    format!("there is {}{more}", quoted(&known[..known.len() - rest]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFiles;
    use crate::results::synthetic;
    use crate::tables::RawTable;
    use crate::validation::Observed;
    use crate::words::FixedUnit;

    fn assigned(row: &str) -> Result<Vec<Assigned>, String> {
        let mut sources = SourceFiles::default();
        let text = format!("measure,subject,period,value,unit,class\n{row}\n");
        let observed = Observed::read(&RawTable::csv("a.csv", text), &mut sources).unwrap();
        let rows = &synthetic::results(1).catalogue.rows;
        let year = Timespan { length: crate::units::Duration::from_days(365.0), years: 1.0 };
        assign(observed.rows, rows, |_| Some(year)).map_err(|found| found.render(&sources))
    }

    #[test]
    fn a_figure_finds_its_row_and_its_unit() {
        let found = assigned("section_time,section.altynkol-poti,horizon,288,h,tested").unwrap();
        assert_eq!((&found[0].row.unit, found[0].factor), (&FixedUnit::Days.into(), 24.0));
    }

    #[test]
    fn what_is_not_in_the_results_gets_the_near_names() {
        for (row, parts) in [
            ("section_tim,section.altynkol-poti,horizon,1,d,input", ["a.csv:2:1", "`section_time`"]),
            ("section_time,section.altynkol-poty,horizon,1,d,input", ["a.csv:2:14", "`section.altynkol-poti`"]),
            ("carried,corridor,2024-13,1,t/yr,input", ["a.csv:2:18", "`2024-1"]),
            ("section_time,section.altynkol-poti,horizon,1,t,input", ["a.csv:2:46", "in d"]),
            ("time,corridor,horizon,1,d,input", ["a.csv:2:1", "no measure `time`"]),
        ] {
            let error = assigned(row).unwrap_err();
            assert!(parts.iter().all(|part| error.contains(part)), "{error}");
        }
    }
}
