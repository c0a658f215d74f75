//! What a closure does: the table for people, CSV and JSON.

use std::io::{self, Write};

use serde_json::json;

use super::Sheet;
use super::answer::{Answer, Shortfall};
#[cfg(feature = "charts")]
use super::chart::{self, Picture};
use super::growing::{GrowingIn, write_growing};
use super::headline::{Headline, simulated};
use super::rounding::round_to;
use jiff::civil::DateTime;

use super::cells::{columns, shown, unknown};
use super::sheet::{Column, column, sheet};
use crate::analysis::stress::{Band, Case, Effect, FLOOR, GONE, Row, Stress, Year};
use crate::units::Duration;

/// Writes the effects of one closure as a list, of several as a line each.
///
/// # Errors
/// If the output cannot be written.
fn write_stress_table(stress: &Stress, out: &mut dyn Write) -> io::Result<()> {
    match &stress.cases[..] {
        [case] => columns(out, &list(stress, case))?,
        cases => columns(out, &lines(stress, cases))?,
    }
    notes(stress, out)?;
    write_growing([GrowingIn::only(&stress.growing)], &stress.network, out)
}

fn headline(stress: &Stress) -> Headline {
    let scenario = &stress.manifest.scenario;
    let about = vec![
        format!("{} ({}) with and without {}", scenario.title, scenario.name, closure(stress)),
        simulated(&stress.manifest, "", " of the mean"),
    ];
    let late = |case: &Case| {
        let row = stress.row(case, Effect::Late);
        format!(
            "Closed from {}: {} {}",
            moment(case),
            number(Effect::Late, row.mean, row.half_width),
            words(Effect::Late)
        )
    };
    Headline { about, found: stress.cases.iter().map(late).collect() }
}

/// The closure in words.
pub(super) fn closure(stress: &Stress) -> String {
    let closing = &stress.closing;
    let stops = if closing.stops.is_empty() { String::new() } else { format!(" for {}", closing.stops.join(", ")) };
    let when = match &stress.cases[..] {
        [case] => format!(" from {}", moment(case)),
        _ => String::new(),
    };
    format!("{} closed{stops}{when} for {}", closing.of.join(", "), closing.length)
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

fn notes(stress: &Stress, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "\nLate: the area between the curves of what is delivered without and with the closure, until the clock ends.\n\
         The backlog is that gap; it counts as gone once it is, past its peak, at most {} % of the peak or {} % of a mean \
         day's traffic.",
        GONE * 100.0,
        FLOOR * 100.0
    )?;
    let free: Vec<&str> = stress.without_value_of_time().collect();
    if !free.is_empty() {
        let which = if free.len() == stress.cargoes.len() { "any cargo".to_owned() } else { free.join(", ") };
        writeln!(out, "The scenario has no value of time for {which}: its delay costs nothing here.")?;
    }
    Ok(())
}

/// One row a closure, measure and subject.
fn effects(stress: &Stress) -> Box<dyn Sheet + '_> {
    let rows = stress.cases.iter().flat_map(|case| stress.rows(case).into_iter().map(move |row| (case, row)));
    sheet("stress.csv", of_effects(), rows)
}

fn of_effects<'s>() -> Vec<Column<(&'s Case, Row)>> {
    type Of<'r> = (&'r Case, Row);
    vec![
        column("from", "", "Beginning of the closure.", |row: &Of<'_>| row.0.from.to_string().into()),
        column("until", "", "Its end.", |row: &Of<'_>| row.0.until.to_string().into()),
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
    let rows = stress.cases.iter().flat_map(|case| case.years.iter().map(move |year| (case, year)));
    sheet("years.csv", of_years(), rows)
}

fn of_years<'s>() -> Vec<Column<(&'s Case, &'s Year)>> {
    type Of<'r> = (&'r Case, &'r Year);
    vec![
        column("from", "", "Beginning of the closure.", |row: &Of<'_>| row.0.from.to_string().into()),
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
    });
    writeln!(out, "{value:#}")
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

    fn write_body(&self, out: &mut dyn Write) -> io::Result<()> {
        write_stress_table(self, out)
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
