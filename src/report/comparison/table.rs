//! A comparison for people.

use std::io::{self, Write};

use super::figures::{Figure, figures, main_section};
use super::routes::write_routes;
use super::sentences::{named, sentences};
use crate::comparison::{Comparison, Contest, Difference, Explanation, Place, Response, WhatIf, Worth};
use crate::report::Headline;
use crate::report::burden::{write_circles, write_fall};
use crate::report::growing::{GrowingIn, write_growing};
use crate::report::rounding::{base_of, round_to, signed};
use crate::report::screen::Screen;
use crate::results::Network;
use crate::text::counted;
use crate::words::{self, FixedUnit, Language, Measure, Period, Statistic, Subject};

/// Places of an explanation that are shown; the rest is summed.
const PLACES: usize = 6;
/// Places of a ranking that are shown, beside the base's.
const RANKS: usize = 5;
/// A part of a difference below this share of the base is the rounding of a sum.
const NOTHING: f64 = 1e-6;

/// Writes what shippers choose where routes are free, a line a what-if, and money. Numbers are rounded to what their intervals
/// support.
///
/// Of a `period` other than `horizon` there are differences alone.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write_comparison_table(comparison: &Comparison, period: &Period, out: &mut Screen<'_>) -> io::Result<()> {
    if !period.is_horizon() {
        return overview(comparison, period, out);
    }
    write_routes(comparison, out)?;
    overview(comparison, period, out)?;
    burdens(comparison, out)?;
    responses(&comparison.responses, out)?;
    worths(&comparison.what_ifs, out)
}

/// What the details are.
pub(super) const DETAILS: &str = "every section, what explains a difference, queues that grow and rankings";

/// Writes all differences, what explains them, queues that grow, rankings and inputs.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write_comparison_details(
    comparison: &Comparison,
    period: &Period,
    out: &mut Screen<'_>,
) -> io::Result<()> {
    for what_if in &comparison.what_ifs {
        detail(what_if, period, &comparison.network, out)?;
    }
    if !period.is_horizon() {
        return Ok(());
    }
    growing(comparison, out)?;
    let rankings = comparison.contests.iter().filter(|contest| contest.measure == Measure::Throughput);
    for contest in rankings.chain(first(comparison)) {
        ranking(contest, &comparison.network, out)?;
    }
    inputs(comparison, out)
}

/// All differences of a what-if, and where the days of the section went that changes most.
fn detail(what_if: &WhatIf, period: &Period, network: &Network, out: &mut Screen<'_>) -> io::Result<()> {
    differences(what_if, period, network, out)?;
    match lead(what_if).filter(|_| period.is_horizon()) {
        Some(explanation) => explained(what_if, explanation, network, out),
        None => Ok(()),
    }
}

/// Circles in the base and in what-ifs, and what-ifs that carry less though more is asked of them.
fn burdens(comparison: &Comparison, out: &mut Screen<'_>) -> io::Result<()> {
    write_circles(&comparison.circles, &comparison.network, Some("base"), out)?;
    for what_if in &comparison.what_ifs {
        write_circles(&what_if.circles, &comparison.network, Some(&what_if.title), out)?;
        if let Some(fall) = &what_if.fall {
            let base = what_if.against.as_deref().unwrap_or("base");
            write_fall(fall, base, &what_if.title, &comparison.network, out)?;
        }
    }
    Ok(())
}

/// What people read first: what the comparison comes to.
pub(in crate::report) fn headline(comparison: &Comparison, period: &Period) -> Headline {
    let scenario = &comparison.base.scenario;
    let title = format!("{} ({}) and what changes it", scenario.title, scenario.name);
    let about = std::iter::once(title).chain(simulated(comparison)).collect();
    Headline { about, found: sentences(comparison, period) }
}

/// How the scenarios were simulated, in two lines.
fn simulated(comparison: &Comparison) -> [String; 2] {
    let run = &comparison.base.run;
    let draws = run.years_per_draw.map_or_else(String::new, |years| {
        format!(" ({} of the inputs, {} in each)", counted(run.replications / years, "draw"), counted(years, "year"))
    });
    let of_sampling = match run.years_per_draw {
        None => "",
        Some(1) => ", over draws",
        Some(_) => {
            " from sampling error alone; draws 5–95 % and p are of sampling error and parameter uncertainty together"
        }
    };
    let freedom = match comparison.routes.first().map(|routes| routes.with_response) {
        None => "demand and routes given",
        Some(false) => "demand given, routes free",
        Some(true) => "demand and routes free",
    };
    [
        format!(
            "{}{draws} of {} d from {}, seed {}, the same shipments and storms in every scenario; {freedom};",
            counted(run.replications, "replication"),
            run.window.horizon_d,
            run.window.start,
            run.seed,
        ),
        format!(
            "± is the half-width of the {} % interval of the difference{of_sampling}; p is for all what-ifs together \
             (Holm)",
            run.level * 100.0
        ),
    ]
}

/// The queues that grow, in the base and in each what-if.
fn growing(comparison: &Comparison, out: &mut Screen<'_>) -> io::Result<()> {
    let base = GrowingIn { scenario: &comparison.base.scenario.name, queues: &comparison.growing };
    let what_ifs = comparison.what_ifs.iter();
    let what_ifs = what_ifs.map(|what_if| GrowingIn { scenario: &what_if.title, queues: &what_if.growing });
    write_growing(std::iter::once(base).chain(what_ifs), &comparison.network, out)
}

/// The differences that a planner looks for first: times of sections, then traffic.
fn leading<'a>(what_if: &'a WhatIf, period: &'a Period) -> Vec<&'a Difference> {
    let is_of = move |difference: &&Difference| difference.period == *period && !difference.is_by_size();
    let of = |measure: Measure| {
        let rows = what_if.differences.iter().filter(is_of);
        rows.filter(move |difference| difference.measure == measure)
    };
    let corridor = [Measure::Throughput, Measure::ThroughputTeu, Measure::TransitTime, Measure::GeneralisedCost];
    let rows = of(Measure::SectionTime).filter(|row| row.statistic != Statistic::Mean);
    let corridor = corridor.into_iter().flat_map(of);
    rows.chain(corridor.filter(|row| row.subject.is_corridor() && row.unit != FixedUnit::UsdPerYear)).collect()
}

fn differences(what_if: &WhatIf, period: &Period, network: &Network, out: &mut Screen<'_>) -> io::Result<()> {
    let head =
        [&what_if.title, "unit", "base", "what-if", "difference", "relative", "assumed", "draws 5–95 %", "p", "VRF"];
    let lines = leading(what_if, period).into_iter().map(|row| {
        let rounded = |value: f64| round_to(value, row.half_width).value;
        let is_zero = row.difference == 0.0;
        [
            name(row, network),
            row.unit.to_string(),
            rounded(row.base),
            rounded(row.what_if_value),
            if is_zero { "0".to_owned() } else { signed(row.difference, row.half_width).to_string() },
            row.relative.filter(|_| !is_zero).map_or_else(unknown, |share| format!("{:+.1} %", share * 100.0)),
            row.assumed.filter(|assumed| assumed.abs() >= NOTHING * row.base.abs()).map_or_else(unknown, rounded),
            row.low.zip(row.high).map_or_else(unknown, |(low, high)| format!("{} to {}", rounded(low), rounded(high))),
            row.p_value.map_or_else(unknown, p_value),
            row.variance_reduction.map_or_else(unknown, |factor| format!("{factor:.1}")),
        ]
    });
    let head = head.map(str::to_owned);
    let lines: Vec<_> = std::iter::once(head).chain(lines).collect();
    out.table(&lines)?;
    let rows = leading(what_if, period);
    left_out(what_if, &rows, period, out)?;
    shared_random_numbers(&rows, network, out)
}

/// Says how many percentiles of sections are not known.
fn left_out(what_if: &WhatIf, shown: &[&Difference], period: &Period, out: &mut Screen<'_>) -> io::Result<()> {
    let is_section = |row: &&Difference| row.measure == Measure::SectionTime && row.period == *period;
    let sections = what_if.differences.iter().filter(|row| is_section(row) && row.statistic == Statistic::Mean).count();
    match (2 * sections).saturating_sub(shown.iter().filter(|row| is_section(row)).count()) {
        0 => Ok(()),
        missing => writeln!(
            out,
            "Percentiles left out because they fall among what was still under way at the end of the drain: {missing}"
        ),
    }
}

/// What the same shipments and storms in both scenarios are worth, and where they do harm.
fn shared_random_numbers(rows: &[&Difference], network: &Network, out: &mut Screen<'_>) -> io::Result<()> {
    let varying = rows.iter().filter_map(|row| Some((*row, row.variance_reduction?)));
    if let Some((row, factor)) = varying.clone().find(|(row, _)| row.measure == Measure::Throughput) {
        writeln!(
            out,
            "The same shipments and storms (correlation {:.2}) are worth {:.0} replications of independent ones instead of {}.",
            row.correlation.unwrap_or(0.0),
            row.n as f64 * factor,
            row.n
        )?;
    }
    for (row, factor) in varying.filter(|(_, factor)| *factor < 1.0) {
        writeln!(
            out,
            "warning: for {} they do harm (VRF {factor:.2}): both scenarios swing apart",
            name(row, network)
        )?;
    }
    Ok(())
}

/// The base, and what each what-if adds to it: the section that the answer is about, and traffic.
fn overview(comparison: &Comparison, period: &Period, out: &mut Screen<'_>) -> io::Result<()> {
    let figures = figures(comparison, period);
    let title = main_section(comparison)
        .map_or_else(|| "what-if".to_owned(), |section| comparison.network.section_name(section));
    let head = std::iter::once(title).chain(figures.iter().map(heading)).collect();
    let base = comparison.what_ifs.iter().find(|what_if| what_if.against.is_none()).map(|what_if| {
        let value = |figure: &Figure| {
            let row = figure.of(what_if, period);
            row.map_or_else(unknown, |row| base_of(row.base / figure.scale, figure.half_width(row)))
        };
        std::iter::once("base".to_owned()).chain(figures.iter().map(value)).collect()
    });
    let line = |what_if: &WhatIf| {
        let more = |figure: &Figure| figure.of(what_if, period).map_or_else(unknown, |row| added(figure, row));
        std::iter::once(named(what_if)).chain(figures.iter().map(more)).collect()
    };
    let during = if period.is_horizon() { String::new() } else { format!(", in the period {period}") };
    writeln!(out, "\nThe base, and what each what-if adds to it (days below 0 are shorter){during}:")?;
    let lines: Vec<Vec<String>> =
        std::iter::once(head).chain(base).chain(comparison.what_ifs.iter().map(line)).collect();
    out.table(&lines)
}

fn heading(figure: &Figure) -> String {
    match figure.measure {
        Measure::Throughput => "kt/yr".to_owned(),
        Measure::ThroughputTeu => "1000 TEU/yr".to_owned(),
        _ => format!("{}, d", figure.statistic),
    }
}

fn added(figure: &Figure, row: &Difference) -> String {
    let is_nothing = row.difference == 0.0 && row.half_width.is_none_or(|half_width| half_width == 0.0);
    if is_nothing { "0".to_owned() } else { signed(row.difference / figure.scale, figure.half_width(row)).to_string() }
}

/// The explanation of the section that changes most.
pub(in crate::report) fn lead(what_if: &WhatIf) -> Option<&Explanation> {
    let share = |explanation: &&Explanation| (explanation.difference / explanation.base).abs();
    let moved =
        what_if.explanations.iter().filter(|explanation| explanation.difference != 0.0 && explanation.base > 0.0);
    let told = moved.filter(|explanation| {
        let row = what_if.difference(Measure::SectionTime, &explanation.subject, Statistic::Mean);
        row.is_some_and(|row| row.is_significant(what_if.manifest.run.level))
    });
    told.max_by(|one, other| share(one).total_cmp(&share(other)))
}

fn explained(what_if: &WhatIf, explanation: &Explanation, network: &Network, out: &mut Screen<'_>) -> io::Result<()> {
    let title = format!("Where {} changes", network.section_name(&explanation.subject));
    let head = [title.as_str(), "cause", "base, h", "what-if, h", "difference, h"].map(str::to_owned);
    let hours =
        |days: f64, half_width: Option<f64>| signed(days * 24.0, half_width.map(|days| days * 24.0)).to_string();
    let shown = explanation.parts.iter().take(PLACES).filter(|part| part.difference != 0.0);
    let lines = shown.clone().map(|part| {
        let rounded = |days: f64| round_to(days * 24.0, part.half_width.map(|days| days * 24.0)).value;
        [
            network.place_name(&part.place),
            part.cause.to_string(),
            rounded(part.base),
            rounded(part.what_if),
            hours(part.difference, part.half_width),
        ]
    });
    let rest = explanation.difference - shown.clone().map(|part| part.difference).sum::<f64>();
    let other = ["all other places".to_owned(), String::new(), String::new(), String::new(), hours(rest, None)];
    let total =
        ["together".to_owned(), String::new(), String::new(), String::new(), hours(explanation.difference, None)];
    out.table(&std::iter::once(head).chain(lines).chain([other, total]).collect::<Vec<_>>())?;
    if let Some(share) = explanation.pass_through {
        writeln!(
            out,
            "{}: {:.1} h saved at the steps and {:.1} h lost at others, as far as statistically significant; {:.0} % of what is \
             saved arrives at the section's end",
            what_if.title,
            explanation.saved * 24.0,
            explanation.lost * 24.0,
            share * 100.0
        )?;
    }
    Ok(())
}

/// Given demand beside demand that answers to time and cost.
fn responses(responses: &[Response], out: &mut Screen<'_>) -> io::Result<()> {
    let head = ["Demand that answers", "days at given", "kt/yr base", "at given", "with response", "least spare", ""];
    let kt = |tonnes: f64| round_to(tonnes / 1000.0, None).value;
    let lines = responses.iter().map(|answer| {
        let (place, spare) =
            answer.least_spare.as_ref().map_or_else(Default::default, |(place, spare)| (place.to_string(), *spare));
        let unsettled = if answer.is_settled { "" } else { " (not settled)" };
        [
            answer.what_if.clone(),
            answer.days.map_or_else(unknown, |days| format!("{days:+.2}")),
            kt(answer.tonnes[0]),
            kt(answer.tonnes[1]),
            format!("{}{unsettled}", kt(answer.tonnes[2])),
            format!("{:.0} %", spare * 100.0),
            place,
        ]
    });
    out.table(&std::iter::once(head.map(str::to_owned)).chain(lines).collect::<Vec<_>>())
}

fn worths(what_ifs: &[WhatIf], out: &mut Screen<'_>) -> io::Result<()> {
    let head =
        ["Measures with a price", "MUSD/yr", "USD/extra t", "USD/TEU-day saved", "pays below, MUSD/yr", "or MUSD once"];
    let million = |value: f64| format!("{:.1}", value / 1e6);
    let line = |name: &str, worth: &Worth| {
        let ratio = |value: Option<f64>| value.map_or_else(unknown, |value| round_to(value, None).value);
        let pays = worth.break_even_annual_cost > 0.0;
        let break_even = |value: f64| if pays { million(value) } else { unknown() };
        [
            name.to_owned(),
            worth.annual_cost.map_or_else(|| "not known".to_owned(), million),
            ratio(worth.usd_per_extra_tonne),
            ratio(worth.usd_per_teu_day),
            break_even(worth.break_even_annual_cost),
            break_even(worth.break_even_capex),
        ]
    };
    // Without a cost and without a statistically significant effect there is nothing to say.
    let says = |worth: &&Worth| worth.annual_cost.is_some() || worth.break_even_annual_cost > 0.0;
    let lines = what_ifs.iter().filter_map(|what_if| Some(line(&named(what_if), what_if.worth.as_ref().filter(says)?)));
    out.table(&std::iter::once(head.map(str::to_owned)).chain(lines).collect::<Vec<_>>())
}

fn first(comparison: &Comparison) -> Option<&Contest> {
    let subject = main_section(comparison)?;
    comparison.contests.iter().find(|contest| contest.subject == *subject)
}

fn ranking(contest: &Contest, network: &Network, out: &mut Screen<'_>) -> io::Result<()> {
    let name = if contest.measure == Measure::SectionTime {
        format!("{}, mean", network.section_name(&contest.subject))
    } else {
        words::name(contest.measure, Language::English).to_owned()
    };
    let title = format!("Against the best: {name}, {}", contest.unit);
    let head = [title.as_str(), "mean", "lead over the best other", "standing"].map(str::to_owned);
    let is_shown = |(rank, place): &(usize, &Place)| *rank < RANKS || place.scenario == "base";
    let shown = contest.places.iter().enumerate().filter(is_shown);
    let left_out = contest.places.len() - shown.clone().count();
    let lines = shown.map(|(_, place)| {
        let rounded = |value: f64| round_to(value, None).value;
        [
            place.scenario.clone(),
            rounded(place.mean),
            format!("{} to {}", rounded(place.low), rounded(place.high)),
            place.standing.clone(),
        ]
    });
    out.table(&std::iter::once(head).chain(lines).collect::<Vec<_>>())?;
    if left_out > 0 {
        writeln!(out, "and {left_out} more behind the first {RANKS}")?;
    }
    match contest.same_ranking {
        Some((same, draws)) => writeln!(out, "the whole ranking is the same in {same} of {draws} input draws"),
        None => Ok(()),
    }
}

/// Inputs that are told.
const INPUTS: usize = 3;

/// The inputs, at most three, that make most of the spread of each what-if's lead section, else of its throughput.
fn inputs(comparison: &Comparison, out: &mut Screen<'_>) -> io::Result<()> {
    let head = ["Inputs that make most of the spread", "of", "share"].map(str::to_owned);
    let leads = comparison.what_ifs.iter().filter_map(|what_if| {
        let subject = lead(what_if).map_or_else(Subject::corridor, |explanation| explanation.subject.clone());
        Some((what_if, what_if.spreads.iter().find(|spread| spread.subject == subject)?))
    });
    let told = leads.clone().flat_map(|(what_if, spread)| {
        let of = format!("{}, {}", what_if.title, spread.subject.id());
        let told = spread.inputs.iter().filter(|input| input.is_significant).take(INPUTS);
        told.map(move |input| [input.input.clone(), of.clone(), format!("{:.0} %", input.share * 100.0)])
    });
    let lines: Vec<_> = told.collect();
    if lines.is_empty() && leads.count() > 0 {
        return writeln!(
            out,
            "\nNo input can be distinguished from chance as what makes the spread: that wants more draws of the inputs."
        );
    }
    out.table(&std::iter::once(head).chain(lines).collect::<Vec<_>>())
}

fn name(row: &Difference, network: &Network) -> String {
    if row.measure == Measure::SectionTime {
        return format!("{} {}", network.section_name(&row.subject), row.statistic.word());
    }
    let is_weighted = row.measure == Measure::TransitTime
        || (row.measure == Measure::GeneralisedCost && row.unit == FixedUnit::UsdPerTonne);
    let weights = if is_weighted { " at the base's weights" } else { "" };
    format!("corridor {}{weights}", words::name(row.measure, Language::English))
}

fn p_value(p: f64) -> String {
    if p < 0.001 { "<0.001".to_owned() } else { format!("{p:.3}") }
}

fn unknown() -> String {
    "–".to_owned()
}
