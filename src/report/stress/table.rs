//! What a closure does, as tables for people.

use std::io::{self, Write};

use super::words::{moment, number};
use crate::analysis::stress::{Case, Effect, FLOOR, GONE, Stress, WhatIf};
use crate::report::cells::{shown, unknown};
use crate::report::growing::{GrowingIn, write_growing};
use crate::report::phrases::phrases;
use crate::report::rounding::{round_to, signed};
use crate::report::screen::Screen;
use crate::words::Language;

/// Writes the effects of one closure as a list, of several as a line each.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write_table(stress: &Stress, out: &mut Screen<'_>) -> io::Result<()> {
    what_ifs(stress, out)?;
    match &stress.cases[..] {
        [case] => out.table(&list(stress, case))?,
        cases => out.table(&lines(stress, cases))?,
    }
    free_of_cost(stress, out)
}

/// Names the cargo whose delay costs nothing.
fn free_of_cost(stress: &Stress, out: &mut Screen<'_>) -> io::Result<()> {
    let free: Vec<&str> = stress.without_value_of_time().collect();
    if !free.is_empty() {
        let which = if free.len() == stress.cargoes.len() { "any cargo".to_owned() } else { free.join(", ") };
        writeln!(out, "\nThe scenario has no value of time for {which}: its delay costs nothing here.")?;
    }
    Ok(())
}

/// Writes what the words mean, and the queues that grow.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write_details(stress: &Stress, out: &mut Screen<'_>) -> io::Result<()> {
    notes(out)?;
    write_growing([GrowingIn::only(&stress.growing)], &stress.network, out)
}

/// A line a what-if and closure: each effect with it, and how it differs from the scenario itself.
fn what_ifs(stress: &Stress, out: &mut Screen<'_>) -> io::Result<()> {
    let head = [
        "Closure with a what-if",
        "from",
        "1000 t d late",
        "more than without it",
        "million USD",
        "more than without it",
    ];
    let cells = |what_if: &WhatIf, place: usize, effect: Effect, scale: f64| {
        let row = stress.row(&what_if.cases[place], effect);
        let value =
            row.mean.map_or_else(unknown, |mean| round_to(mean / scale, row.half_width.map(|w| w / scale)).to_string());
        let apart = stress.apart(what_if, place, effect);
        let apart =
            apart.map_or_else(unknown, |apart| signed(apart.mean / scale, Some(apart.half_width / scale)).to_string());
        [value, apart]
    };
    let line = |(what_if, place): (&WhatIf, usize)| {
        let [late, late_apart] = cells(what_if, place, Effect::Late, 1e3);
        let [cost, cost_apart] = cells(what_if, place, Effect::Cost, 1e6);
        [what_if.title.clone(), moment(&what_if.cases[place]), late, late_apart, cost, cost_apart]
    };
    let each = stress.what_ifs.iter().flat_map(|what_if| (0..what_if.cases.len()).map(move |place| (what_if, place)));
    out.table(&std::iter::once(head.map(str::to_owned)).chain(each.map(line)).collect::<Vec<_>>())
}

/// An effect; what belongs to the line above it stands below its words.
fn name(effect: Effect) -> &'static str {
    match effect {
        Effect::StabledMore => "  more than without the closure",
        Effect::OtherRoutesShare => "  of the closed days' traffic",
        _ => (phrases(Language::English).effect)(effect),
    }
}

fn list(stress: &Stress, case: &Case) -> Vec<Vec<String>> {
    let head = ["Counted traffic", "mean", "P5", "P50", "P90", "P95"].map(str::to_owned).to_vec();
    let width = head.len();
    let line = |effect: Effect| {
        let row = stress.row(case, effect);
        let mut cells = vec![name(effect).to_owned(), number(effect, row.mean, row.half_width)];
        // The percentiles of yes and no say nothing.
        if effect != Effect::NotGone {
            cells.extend([row.p5, row.p50, row.p90, row.p95].map(|value| bare(&number(effect, value, row.half_width))));
        }
        cells.resize(width, String::new());
        cells
    };
    std::iter::once(head).chain(stress.effects().map(line)).collect()
}

/// Without the half-width, which is that of the mean.
fn bare(text: &str) -> String {
    match text.split_once(" ± ") {
        Some((value, rest)) if rest.ends_with('%') => format!("{value} %"),
        Some((value, _)) => value.to_owned(),
        None => text.to_owned(),
    }
}

/// What a line of several closures shows, in what, and by how much that is scaled.
const SHOWN: [(Effect, &str, f64); 7] = [
    (Effect::Late, "1000 t d late", 1e-3),
    (Effect::LateTeu, "1000 TEU d late", 1e-3),
    (Effect::Cost, "million USD", 1e-6),
    (Effect::Refused, "t refused", 1.0),
    (Effect::BacklogPeak, "1000 t at peak", 1e-3),
    (Effect::StabledMore, "stabled more", 1.0),
    (Effect::OtherRoutesShare, "other routes", 1.0),
];

fn lines(stress: &Stress, cases: &[Case]) -> Vec<Vec<String>> {
    let shown_here = || SHOWN.into_iter().filter(|(effect, ..)| stress.has_teu || *effect != Effect::LateTeu);
    let mut head = vec!["Closed from".to_owned()];
    head.extend(shown_here().map(|(_, name, _)| name.to_owned()));
    head.extend(["gone P50, d", "gone P90, d", "not gone"].map(str::to_owned));
    let line = |case: &Case| {
        let mut cells = vec![moment(case)];
        for (effect, _, scale) in shown_here() {
            let row = stress.row(case, effect);
            cells.push(number(effect, row.mean.map(|mean| mean * scale), row.half_width.map(|width| width * scale)));
        }
        let days = stress.row(case, Effect::DaysToClear);
        cells.extend([shown(days.p50, days.p50_half_width), shown(days.p90, None)]);
        cells.push(number(Effect::NotGone, stress.row(case, Effect::NotGone).mean, None));
        cells
    };
    std::iter::once(head).chain(cases.iter().map(line)).collect()
}

fn notes(out: &mut Screen<'_>) -> io::Result<()> {
    writeln!(
        out,
        "\nLate: the area between the curves of what is delivered without and with the closure, until the clock ends. \
         The backlog is that gap; it counts as gone once it is, past its peak, at most {} % of the peak or {} % of a mean \
         day's traffic.",
        GONE * 100.0,
        FLOOR * 100.0
    )
}
