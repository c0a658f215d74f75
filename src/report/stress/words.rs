//! Closures and their effects in words.

use crate::analysis::stress::{Case, Effect, Stress};
use crate::report::cells::unknown;
use crate::report::rounding::round_to;

/// The closure in words.
pub(in crate::report) fn closure(stress: &Stress) -> String {
    let closing = &stress.closing;
    let stops = if closing.stops.is_empty() { String::new() } else { format!(" for {}", closing.stops.join(", ")) };
    let when = match &stress.cases[..] {
        [case] => format!(" from {}", moment(case)),
        _ => String::new(),
    };
    let of: Vec<String> = closing.of.iter().map(|path| name(stress, path)).collect();
    format!("{} closed{stops}{when} for {}", of.join(", "), closing.length)
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

/// An effect in words, for people.
pub(in crate::report) const fn words(effect: Effect) -> &'static str {
    match effect {
        Effect::Late => "Late, tonne-days",
        Effect::LateTeu => "Late, TEU-days",
        Effect::Cost => "Cost of delay, USD",
        Effect::Refused => "Refused, t",
        Effect::Lost => "Lost to outside, t",
        Effect::BacklogPeak => "Backlog at its peak, t",
        Effect::DaysToClear => "Backlog gone, days after reopening",
        Effect::NotGone => "Years in which it is not gone",
        Effect::StabledPeak => "Stabled at the peak, trains",
        Effect::StabledMore => "  more than without the closure",
        Effect::OtherRoutes => "On other routes, t",
        Effect::OtherRoutesShare => "  of the closed days' traffic",
    }
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
