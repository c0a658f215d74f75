//! Closures and their effects in words.

use crate::analysis::stress::{Case, Effect, Stress};
use crate::report::cells::unknown;
use crate::report::phrases::{Closed, phrases};
use crate::report::rounding::round_to;
use crate::words::Language;

/// The closure in words.
pub(in crate::report) fn closure(stress: &Stress, language: Language) -> String {
    let closing = &stress.closing;
    let of: Vec<String> = closing.of.iter().map(|path| name(stress, path)).collect();
    let from = if let [case] = &stress.cases[..] { Some(moment(case)) } else { None };
    let stops = closing.stops.join(", ");
    let closed = Closed { things: of.join(", "), stops, from, length: closing.length.to_string() };
    (phrases(language).closure)(&closed)
}

/// What is closed, by its name.
fn name(stress: &Stress, path: &str) -> String {
    path.parse().map_or_else(|_| path.to_owned(), |subject| stress.network.place_name(&subject))
}

/// The day on which a closure begins, with the time where it is not midnight.
pub(in crate::report) fn moment(case: &Case) -> String {
    let text = case.from.to_string();
    text.strip_suffix("T00:00:00").map(str::to_owned).unwrap_or(text)
}

/// A number of an effect for people, shares in percent.
pub(in crate::report) fn number(effect: Effect, value: Option<f64>, half_width: Option<f64>) -> String {
    let Some(value) = value else { return unknown() };
    if effect.unit() == "1" {
        format!("{} %", round_to(value * 100.0, half_width.map(|width| width * 100.0)))
    } else {
        round_to(value, half_width).to_string()
    }
}
