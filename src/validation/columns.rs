//! What rows of observed figures have besides plain cells: a band, a class, a kind of evidence.

use super::class::Class;
use super::kind::Kind;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::tables::{Cell, Line};

/// The band of a row; the outer option is none where it is wrong.
#[expect(clippy::option_option, reason = "no band is right, a wrong one is not")]
pub(super) fn band(line: Line<'_>, value: Option<f64>, found: &mut Diagnostics) -> Option<Option<(f64, f64)>> {
    let is_empty = |column| line.cell(column).is_none_or(Cell::is_empty);
    let (low, high) = (line.number("low", found), line.number("high", found));
    match (low, high) {
        (Some(low), Some(high)) => {
            let fits = low <= high && value.is_none_or(|value| (low..=high).contains(&value));
            if !fits {
                let message = format!("the band from {low} to {high} does not hold the value");
                let help = "low is at most the value, high is at least the value";
                found.push(Diagnostic::error("band", message, line.span("low")).help(help));
            }
            fits.then_some(Some((low, high)))
        }
        _ if is_empty("low") && is_empty("high") => Some(None),
        _ => {
            if is_empty("low") != is_empty("high") {
                let column = if is_empty("low") { "low" } else { "high" };
                let message = format!("the band has no `{column}`");
                found.push(Diagnostic::error("band", message, line.span(column)).help("both low and high, or neither"));
            }
            None
        }
    }
}

/// The class of a row.
pub(super) fn class(line: Line<'_>, found: &mut Diagnostics) -> Option<Class> {
    let cell = line.cell("class")?;
    let class = Class::ALL.into_iter().find(|class| class.word() == cell.text);
    if class.is_none() {
        let message = format!("`{}` is no class", cell.text);
        let help = "input (the scenario was made from it), tuned (fitted to it) or tested (held out)";
        found.push(Diagnostic::error("class", message, Some(cell.span)).help(help));
    }
    class
}

/// The kind of evidence of a row; the outer option is none where it is wrong.
#[expect(clippy::option_option, reason = "no kind is right, a wrong one is not")]
pub(super) fn kind(line: Line<'_>, found: &mut Diagnostics) -> Option<Option<Kind>> {
    let Some(cell) = line.cell("kind").filter(|cell| !cell.is_empty()) else { return Some(None) };
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == cell.text);
    if kind.is_none() {
        let message = format!("`{}` is no kind of evidence", cell.text);
        let all = Kind::ALL.map(Kind::word).join(", ");
        found.push(Diagnostic::error("kind", message, Some(cell.span)).help(format!("one of {all}, or nothing")));
    }
    kind.map(Some)
}
