//! What a closure does: the table for people, CSV and JSON.

use std::io::{self, Write};

use serde_json::json;

use super::Sheet;
use super::answer::{Answer, Shortfall};
#[cfg(feature = "charts")]
use super::chart::{self, Picture};
use super::figure_name::capital;
use super::growing::{GrowingIn, growing_in_short, write_growing};
use super::headline::{Headline, simulated};
use super::rounding::round_to;
use super::screen::Screen;
use jiff::civil::DateTime;

use super::cells::{shown, unknown};
use super::sheet::{Column, column, sheet};
use crate::analysis::stress::{Band, Case, Effect, FLOOR, GONE, Row, Stress, WhatIf, Year};
use crate::units::Duration;

/// Sentences of an answer at most.
const LINES: usize = 5;

/// Writes the effects of one closure as a list, of several as a line each.
///
/// # Errors
/// If the output cannot be written.
fn write_stress_table(stress: &Stress, out: &mut Screen<'_>) -> io::Result<()> {
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
fn write_stress_details(stress: &Stress, out: &mut Screen<'_>) -> io::Result<()> {
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
        let apart = apart.map_or_else(unknown, |apart| {
            super::rounding::signed(apart.mean / scale, Some(apart.half_width / scale)).to_string()
        });
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

fn headline(stress: &Stress) -> Headline {
    let scenario = &stress.manifest.scenario;
    let about = vec![
        format!("{} ({}) with and without {}", scenario.title, scenario.name, closure(stress)),
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

/// The closure in words.
pub(super) fn closure(stress: &Stress) -> String {
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
pub(super) fn moment(case: &Case) -> String {
    let text = case.from.to_string();
    text.strip_suffix("T00:00:00").map(str::to_owned).unwrap_or(text)
}

/// An effect in words, for people.
pub(super) const fn words(effect: Effect) -> &'static str {
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
pub(super) fn number(effect: Effect, value: Option<f64>, half_width: Option<f64>) -> String {
    let Some(value) = value else { return unknown() };
    if effect.unit() == "1" {
        format!("{} %", round_to(value * 100.0, half_width.map(|width| width * 100.0)))
    } else {
        round_to(value, half_width).to_string()
    }
}

fn list(stress: &Stress, case: &Case) -> Vec<Vec<String>> {
    let head = ["Counted traffic", "mean", "P5", "P50", "P90", "P95"].map(str::to_owned).to_vec();
    let width = head.len();
    let line = |effect: Effect| {
        let row = stress.row(case, effect);
        let mut cells = vec![words(effect).to_owned(), number(effect, row.mean, row.half_width)];
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

/// A closure, of the base or of a what-if.
#[derive(Clone, Copy)]
struct OfCase<'s> {
    what_if: &'s str,
    case: &'s Case,
}

/// The closures of the base, then those of each what-if.
fn all_cases(stress: &Stress) -> impl Iterator<Item = OfCase<'_>> {
    let own = stress.cases.iter().map(|case| OfCase { what_if: "", case });
    own.chain(
        stress
            .what_ifs
            .iter()
            .flat_map(|what_if| what_if.cases.iter().map(|case| OfCase { what_if: &what_if.name, case })),
    )
}

/// One row a closure, measure and subject.
fn effects(stress: &Stress) -> Box<dyn Sheet + '_> {
    let rows = all_cases(stress).flat_map(|of| stress.rows(of.case).into_iter().map(move |row| (of, row)));
    sheet("stress.csv", of_effects(), rows)
}

fn of_effects<'s>() -> Vec<Column<(OfCase<'s>, Row)>> {
    type Of<'r> = (OfCase<'r>, Row);
    vec![
        column("what_if", "", "The what-if; empty of the scenario itself.", |row: &Of<'_>| row.0.what_if.into()),
        column("from", "", "Beginning of the closure.", |row: &Of<'_>| row.0.case.from.to_string().into()),
        column("until", "", "Its end.", |row: &Of<'_>| row.0.case.until.to_string().into()),
        column("measure", "", "The effect.", |row: &Of<'_>| row.1.measure.word().into()),
        column("subject", "", "The corridor, or a cargo.", |row: &Of<'_>| row.1.subject.as_str().into()),
        column("unit", "", "The unit of the figures.", |row: &Of<'_>| row.1.unit.into()),
        column("n", "", "Replications.", |row: &Of<'_>| row.1.n.into()),
        column("mean", "", "Mean over replications.", |row: &Of<'_>| row.1.mean.into()),
        column("sd", "", "Standard deviation between replications.", |row: &Of<'_>| row.1.sd.into()),
        column("half_width", "", "Half the width of the interval of the mean.", |row: &Of<'_>| row.1.half_width.into()),
        column("level", "", "Level of the intervals.", |row: &Of<'_>| row.1.level.into()),
        column("p5", "", "The 5th percentile over replications.", |row: &Of<'_>| row.1.p5.into()),
        column("p50", "", "The median.", |row: &Of<'_>| row.1.p50.into()),
        column("p50_half_width", "", "Half the width of its interval.", |row: &Of<'_>| row.1.p50_half_width.into()),
        column("p90", "", "The 90th percentile.", |row: &Of<'_>| row.1.p90.into()),
        column("p95", "", "The 95th percentile.", |row: &Of<'_>| row.1.p95.into()),
    ]
}

/// Every replication of every closure; `days_to_clear` is empty where the backlog is not gone.
fn years(stress: &Stress) -> Box<dyn Sheet + '_> {
    let rows = all_cases(stress).flat_map(|of| of.case.years.iter().map(move |year| (of, year)));
    sheet("years.csv", of_years(), rows)
}

fn of_years<'s>() -> Vec<Column<(OfCase<'s>, &'s Year)>> {
    type Of<'r> = (OfCase<'r>, &'r Year);
    vec![
        column("what_if", "", "The what-if; empty of the scenario itself.", |row: &Of<'_>| row.0.what_if.into()),
        column("from", "", "Beginning of the closure.", |row: &Of<'_>| row.0.case.from.to_string().into()),
        column("replication", "", "Number of the simulated year.", |row: &Of<'_>| row.1.replication.into()),
        column("late_t_d", "t d", "Tonnes times the days by which they are late.", |row: &Of<'_>| {
            row.1.late_t_d.into()
        }),
        column("late_teu_d", "TEU d", "TEU times the days by which they are late.", |row: &Of<'_>| {
            row.1.late_teu_d.into()
        }),
        column("cost_of_delay_usd", "USD", "Worth of the time lost.", |row: &Of<'_>| row.1.cost_usd.into()),
        column("refused_t", "t", "Tonnes refused.", |row: &Of<'_>| row.1.refused_t.into()),
        column("lost_to_outside_t", "t", "Tonnes diverted to routes outside.", |row: &Of<'_>| row.1.lost_t.into()),
        column("backlog_peak_t", "t", "The greatest backlog.", |row: &Of<'_>| row.1.backlog_peak_t.into()),
        column("days_to_clear", "d", "Days until the backlog is gone; empty if it is not.", |row: &Of<'_>| {
            row.1.days_to_clear.into()
        }),
        column("not_gone", "", "1 if the backlog is not gone, else 0.", |row: &Of<'_>| {
            u32::from(row.1.days_to_clear.is_none()).into()
        }),
        column("stabled_peak", "trains", "Most trains that stood before full storages.", |row: &Of<'_>| {
            row.1.stabled_peak.into()
        }),
        column("stabled_more", "trains", "More trains stabled than without the closure.", |row: &Of<'_>| {
            row.1.stabled_more.into()
        }),
        column("other_routes_t", "t", "Tonnes that took another route.", |row: &Of<'_>| row.1.other_routes_t.into()),
        column("other_routes_share", "1", "Their share.", |row: &Of<'_>| row.1.other_routes_share.into()),
    ]
}

/// The backlog day by day, over replications.
fn backlogs(stress: &Stress) -> Box<dyn Sheet + '_> {
    let days = stress.cases.iter().flat_map(|case| case.backlog().into_iter().map(move |backlog| (case, backlog)));
    let rows = days.flat_map(|(case, backlog)| {
        let of = |unit, band| BacklogRow { from: case.from, day: backlog.day, unit, band };
        [Some(of("t", backlog.tonnes)), stress.has_teu.then(|| of("TEU", backlog.teu))].into_iter().flatten()
    });
    sheet("backlog.csv", of_backlog(), rows)
}

struct BacklogRow {
    from: DateTime,
    day: usize,
    unit: &'static str,
    band: Band,
}

fn of_backlog() -> Vec<Column<BacklogRow>> {
    vec![
        column("from", "", "Beginning of the closure.", |row: &BacklogRow| row.from.to_string().into()),
        column("day", "d", "Days since then.", |row: &BacklogRow| row.day.into()),
        column("unit", "", "The unit of the figures.", |row: &BacklogRow| row.unit.into()),
        column("mean", "", "Mean over replications.", |row: &BacklogRow| row.band.mean.into()),
        column("p5", "", "The 5th percentile.", |row: &BacklogRow| row.band.p5.into()),
        column("p50", "", "The median.", |row: &BacklogRow| row.band.p50.into()),
        column("p95", "", "The 95th percentile.", |row: &BacklogRow| row.band.p95.into()),
    ]
}

/// Writes `{ "schema", "scenario", "run", "closure", "complete", "without_value_of_time", "cases": [ { "from", "until",
/// "hash", "rows" } ] }` with all digits.
///
/// # Errors
/// If the output cannot be written.
fn write_stress_json(stress: &Stress, out: &mut dyn Write) -> io::Result<()> {
    let closing = &stress.closing;
    let case = |case: &Case| {
        json!({
            "from": case.from.to_string(),
            "until": case.until.to_string(),
            "hash": case.hash,
            "rows": stress.rows(case),
        })
    };
    let value = json!({
        "schema": super::SCHEMA,
        "scenario": stress.manifest.scenario,
        "run": stress.manifest.run,
        "headline": headline(stress),
        "closure": { "of": closing.of, "stops": closing.stops, "length_d": Duration::days(closing.length) },
        "complete": stress.is_complete,
        "without_value_of_time": stress.without_value_of_time().collect::<Vec<_>>(),
        "growing": stress.growing,
        "cases": stress.cases.iter().map(case).collect::<Vec<_>>(),
        "what_ifs": stress.what_ifs.iter().map(|what_if| what_if_json(stress, what_if, &case)).collect::<Vec<_>>(),
    });
    writeln!(out, "{value:#}")
}

/// A what-if: its cases, and by how much each effect is other than in the scenario itself.
fn what_if_json(stress: &Stress, what_if: &WhatIf, case: &impl Fn(&Case) -> serde_json::Value) -> serde_json::Value {
    let apart = |place: usize, effect: Effect| {
        let apart = stress.apart(what_if, place, effect)?;
        Some(json!({
            "measure": effect, "unit": effect.unit(), "difference": apart.mean, "half_width": apart.half_width,
            "p_value": apart.p_value, "n": apart.n,
        }))
    };
    let differences = |place: usize| stress.effects().filter_map(|effect| apart(place, effect)).collect::<Vec<_>>();
    json!({
        "what_if": what_if.name,
        "title": what_if.title,
        "annual_cost_usd": what_if.annual_cost,
        "cases": what_if.cases.iter().map(case).collect::<Vec<_>>(),
        "differences": (0..what_if.cases.len()).map(differences).collect::<Vec<_>>(),
    })
}

impl Answer for Stress {
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        vec![effects(self), years(self), backlogs(self)]
    }

    fn document(&self) -> Option<&'static str> {
        Some("stress.json")
    }

    fn headline(&self) -> Headline {
        headline(self)
    }

    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_stress_table(self, out)
    }

    fn details(&self) -> &'static str {
        "what late and gone mean here, and the queues that grow"
    }

    fn write_details(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_stress_details(self, out)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_stress_json(self, out)
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        chart::of_stress(self)
    }

    fn shortfall(&self) -> Option<Shortfall> {
        (!self.is_complete).then(|| Shortfall::stopped_after(self.manifest.run.replications))
    }
}
