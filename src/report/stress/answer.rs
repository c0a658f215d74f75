//! What a closure does, in sentences.

use super::words::{closure, moment, number};
use crate::analysis::stress::{Case, Effect, Row, Stress, WhatIf};
use crate::report::cells::unknown;
use crate::report::growing::growing_in_short;
use crate::report::headline::{Headline, simulated};
use crate::report::rounding::round_to;
use crate::text::capital;
use crate::words::Language;

/// Sentences of an answer at most.
const LINES: usize = 5;

pub(super) fn headline(stress: &Stress) -> Headline {
    let scenario = &stress.manifest.scenario;
    let about = vec![
        format!("{} ({}) with and without {}", scenario.title, scenario.name, closure(stress, Language::English)),
        simulated(&stress.manifest, "", " of the mean"),
    ];
    Headline { about, found: answer(stress) }
}

/// What the closure does, and what what-ifs make of it.
fn answer(stress: &Stress) -> Vec<String> {
    let growing = growing_in_short(&stress.growing, &stress.network);
    let (first, rest) = match &stress.cases[..] {
        [case] => (Some(late(stress, case)), [backlog(stress, case), elsewhere(stress, case), growing]),
        _ => (worst(stress), [growing, None, None]),
    };
    let rest: Vec<String> = rest.into_iter().flatten().collect();
    let room = (LINES - 1).saturating_sub(rest.len()).max(usize::from(!stress.what_ifs.is_empty()));
    let mut what_ifs: Vec<String> = stress.what_ifs.iter().take(room).map(|what_if| paired(stress, what_if)).collect();
    if let Some(last) = what_ifs.last_mut().filter(|_| stress.what_ifs.len() > room) {
        *last = format!("{last} The table has {} more.", stress.what_ifs.len() - room);
    }
    first.into_iter().chain(what_ifs).chain(rest).take(LINES).collect()
}

/// How late cargo is, and what that costs.
fn late(stress: &Stress, case: &Case) -> String {
    let row = |effect| stress.row(case, effect);
    let (late, cost) = (row(Effect::Late), row(Effect::Cost));
    let scaled = |row: &Row, by: f64| {
        let rounded = |mean: f64| round_to(mean / by, row.half_width.map(|width| width / by)).to_string();
        row.mean.map_or_else(unknown, rounded)
    };
    let cost = if cost.mean.is_some_and(|mean| mean > 0.0) {
        format!(", which costs {} MUSD", scaled(&cost, 1e6))
    } else {
        String::new()
    };
    format!("The closure makes cargo {} thousand tonne-days late{cost}.", scaled(&late, 1e3))
}

/// How much piles up, and for how long.
fn backlog(stress: &Stress, case: &Case) -> Option<String> {
    let (peak, days) = (stress.row(case, Effect::BacklogPeak), stress.row(case, Effect::DaysToClear));
    let peak = number(Effect::BacklogPeak, Some(peak.mean?), peak.half_width);
    let gone = match (days.p50, days.p90) {
        (Some(half), Some(nine)) => {
            format!("is gone {half:.0} days after reopening in half of the years, {nine:.0} in nine of ten")
        }
        (Some(half), None) => format!("is gone {half:.0} days after reopening in half of the years"),
        _ => "is not gone in most years when the clock ends".to_owned(),
    };
    Some(format!("At most {peak} t are behind; that {gone}."))
}

/// What is refused, lost or goes another way.
fn elsewhere(stress: &Stress, case: &Case) -> Option<String> {
    let told = [
        (Effect::Refused, "t are refused"),
        (Effect::Lost, "t are lost to routes outside"),
        (Effect::OtherRoutes, "t take other routes"),
    ];
    let of = |(effect, words): (Effect, &str)| {
        let row = stress.row(case, effect);
        let is_seen = row.mean.is_some_and(|mean| mean.abs() > row.half_width.unwrap_or(0.0) && mean > 0.0);
        is_seen.then(|| format!("{} {words}", number(effect, row.mean, row.half_width)))
    };
    let told: Vec<String> = told.into_iter().filter_map(of).collect();
    (!told.is_empty()).then(|| format!("Besides, {}.", told.join(", ")))
}

/// Of several closures the worst and the mildest.
fn worst(stress: &Stress) -> Option<String> {
    let late = |case: &Case| stress.row(case, Effect::Late).mean.unwrap_or(0.0);
    let order = |one: &&Case, other: &&Case| late(one).total_cmp(&late(other));
    let (worst, mildest) = (stress.cases.iter().max_by(order)?, stress.cases.iter().min_by(order)?);
    let words = |case: &Case| {
        let row = stress.row(case, Effect::Late);
        let rounded = |mean: f64| round_to(mean / 1e3, row.half_width.map(|width| width / 1e3)).to_string();
        format!("{} ({} thousand tonne-days late)", moment(case), row.mean.map_or_else(unknown, rounded))
    };
    Some(format!("Worst is a closure from {}, mildest one from {}.", words(worst), words(mildest)))
}

/// The effect by which what-ifs are judged: money where time has a price, else lateness; with its name and scale.
fn judged(stress: &Stress) -> (Effect, &'static str, f64) {
    let has_price = stress.cargoes.iter().any(|cargo| cargo.1 > 0.0);
    if has_price { (Effect::Cost, "MUSD", 1e6) } else { (Effect::Late, "thousand tonne-days", 1e3) }
}

/// What the closure does with a what-if instead of without, in the same years. Of several closures, the worst without it.
fn paired(stress: &Stress, what_if: &WhatIf) -> String {
    let (effect, unit, scale) = judged(stress);
    let mean = |case: &Case| stress.row(case, effect).mean.unwrap_or(0.0);
    let worst = stress.cases.iter().enumerate().max_by(|one, other| mean(one.1).total_cmp(&mean(other.1)));
    let place = worst.map_or(0, |worst| worst.0);
    let title = capital(&what_if.title);
    let Some(apart) = stress.apart(what_if, place, effect) else { return format!("{title}: not known.") };
    let half_width = apart.half_width / scale;
    let of = |value: f64| round_to(value / scale, Some(half_width)).value;
    let (with, without) = (mean(&what_if.cases[place]), mean(&stress.cases[place]));
    let difference = apart.mean / scale;
    let change = if apart.interval().contains(0.0) {
        let side = |value: f64| format!("{} {}", of(value.abs() * scale), if value < 0.0 { "less" } else { "more" });
        let (low, high) = (difference - half_width, difference + half_width);
        format!("no difference that can be seen (between {} and {})", side(low), side(high))
    } else {
        let (least, most) = (difference.abs() - half_width, difference.abs() + half_width);
        let side = if difference < 0.0 { "less" } else { "more" };
        format!("{} {side} ({} to {})", of(apart.mean.abs()), of(least * scale), of(most * scale))
    };
    let cost = what_if.annual_cost.map(|cost| format!("; it costs {} MUSD a year", round_to(cost / 1e6, None)));
    let verb = if effect == Effect::Cost { "the closure costs" } else { "cargo is late by" };
    format!("{title}: {verb} {} instead of {} {unit}, {change}{}.", of(with), of(without), cost.unwrap_or_default())
}
