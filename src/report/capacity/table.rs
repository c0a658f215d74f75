//! Practical capacity and its relief as tables for people.

use std::io::{self, Write};

use super::amounts::{PER_MILLION, estimate, millions};
use super::limits::{binds_by_name, bound, nearest, told_of};
use super::report::CapacityReport;
use crate::analysis::{Cut, CutLimit, PracticalCapacity, Relief, Rule, Step};
use crate::report::burden::{write_circles, write_fall};
use crate::report::cells::unknown;
use crate::report::rounding::{round_to, signed};
use crate::report::screen::Screen;

/// Rules of thumb that are kept are shown up to this many, the fullest first.
const RULES_KEPT: usize = 3;

/// Writes what to be careful about, and the staircase of relief.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write_table(report: &CapacityReport, out: &mut Screen<'_>) -> io::Result<()> {
    what_ifs(report, out)?;
    burdens(&report.capacity, out)?;
    report.relief.as_ref().map_or(Ok(()), |relief| staircase(relief, report, out))
}

/// Writes the search, what fresh numbers say, what binds, bounds by arithmetic and rules of thumb.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write_details(report: &CapacityReport, out: &mut Screen<'_>) -> io::Result<()> {
    let capacity = &report.capacity;
    search(capacity, out)?;
    again(capacity, out)?;
    if capacity.steps.iter().filter_map(nearest).any(|check| !check.is_certain()) {
        writeln!(out, "Limits that are judged within sampling error are known better with more replications.")?;
    }
    if let Some(binding) = &capacity.binding {
        writeln!(out, "\nWhat binds at the next traffic: {}", bound(binding))?;
    }
    if let Some(ceiling) = &capacity.ceiling {
        let factor = round_to(ceiling.factor, None);
        writeln!(
            out,
            "By arithmetic, without any queue, each cargo shared among its fleets by deck and ships full both ways: {factor} × the traffic, where {} is fully used; ships that share otherwise carry more",
            ceiling.path
        )?;
    }
    match &capacity.cut {
        Ok(cut) => write_cut(cut, out)?,
        Err(none) => writeln!(out, "\n{}", none.said())?,
    }
    thumbs(&capacity.rules, out)
}

/// The capacity of each what-if against that of the scenario.
fn what_ifs(report: &CapacityReport, out: &mut Screen<'_>) -> io::Result<()> {
    let head =
        ["Capacity", "traffic", "Mt/yr", "more than the base, Mt/yr", "MUSD/yr", "binds next"].map(str::to_owned);
    let network = &report.capacity.base.catalogue.network;
    let next = |capacity: &PracticalCapacity| {
        capacity.binding.as_ref().map_or_else(unknown, |binding| binds_by_name(binding, network))
    };
    let factor = |capacity: &PracticalCapacity| {
        capacity.fresh.as_ref().map_or_else(unknown, |fresh| format!("{:.3} ×", fresh.factor))
    };
    let tonnes =
        |capacity: &PracticalCapacity| millions(capacity.fresh.as_ref().and_then(|fresh| fresh.tonnes.as_ref()));
    let base = &report.capacity;
    let of_base = ["base".to_owned(), factor(base), tonnes(base), String::new(), String::new(), next(base)];
    let lines = report.what_ifs.iter().map(|what_if| {
        let more = what_if.more_than(base).map_or_else(unknown, |more| {
            signed(more.mean / PER_MILLION, Some(more.half_width / PER_MILLION)).to_string()
        });
        let cost = what_if.annual_cost.map_or_else(unknown, |cost| round_to(cost / PER_MILLION, None).to_string());
        let capacity = &what_if.capacity;
        [what_if.title.clone(), factor(capacity), tonnes(capacity), more, cost, next(capacity)]
    });
    let lines: Vec<[String; 6]> = [head, of_base].into_iter().chain(lines).collect();
    if report.what_ifs.is_empty() { Ok(()) } else { out.table(&lines) }
}

/// The bound by the minimum cut, and what makes it.
fn write_cut(cut: &Cut, out: &mut Screen<'_>) -> io::Result<()> {
    writeln!(
        out,
        "\nWhatever the mix, no more than {} Mt/yr of counted traffic can pass: the minimum cut of its routes, each thing at what it can do of the cargo that suits it best, beside the traffic that is not counted",
        round_to(cut.tonnes / PER_MILLION, None)
    )?;
    let head = ["Minimum cut", "Mt/yr"].map(str::to_owned);
    let line = |limit: &CutLimit| {
        let direction = limit.direction.as_ref().map_or_else(String::new, |(from, to)| format!(" ({from} → {to})"));
        [format!("{}{direction}", limit.path), format!("{:.2}", limit.tonnes / PER_MILLION)]
    };
    out.table(&std::iter::once(head).chain(cut.limits.iter().map(line)).collect::<Vec<_>>())
}

/// Circles at the least traffic that has any, and traffic that falls as demand grows.
fn burdens(capacity: &PracticalCapacity, out: &mut Screen<'_>) -> io::Result<()> {
    let network = &capacity.base.catalogue.network;
    let at = |step: &Step| format!("{:.3} × the traffic", step.factor);
    let with_circles = capacity.steps.iter().filter(|step| !step.burden.circles.is_empty());
    if let Some(step) = with_circles.min_by(|one, other| one.factor.total_cmp(&other.factor)) {
        write_circles(&step.burden.circles, network, Some(&at(step)), out)?;
    }
    match capacity.fall() {
        Some(of) => write_fall(&of.fall, &at(of.less), &at(of.more), network, out),
        None => Ok(()),
    }
}

fn search(capacity: &PracticalCapacity, out: &mut Screen<'_>) -> io::Result<()> {
    let head = ["Traffic", "carried, t/yr", "TEU/yr", "", "nearest limit"].map(str::to_owned);
    let mut steps: Vec<&Step> = capacity.steps.iter().collect();
    steps.sort_by(|one, other| one.factor.total_cmp(&other.factor));
    let lines = steps.into_iter().map(|step| {
        [
            format!("{:.3} ×", step.factor),
            estimate(step.tonnes.as_ref()),
            estimate(step.teu.as_ref()),
            if step.holds() { "holds" } else { "does not hold" }.to_owned(),
            nearest(step).map_or_else(String::new, |check| told_of(step, check)),
        ]
    });
    out.table(&std::iter::once(head).chain(lines).collect::<Vec<_>>())
}

/// What fresh numbers say of it.
fn again(capacity: &PracticalCapacity, out: &mut Screen<'_>) -> io::Result<()> {
    let Some(fresh) = &capacity.fresh else { return Ok(()) };
    writeln!(
        out,
        "\nIn fresh numbers: {} t/yr and {} TEU/yr carried",
        estimate(fresh.tonnes.as_ref()),
        estimate(fresh.teu.as_ref())
    )?;
    if let Some(drop) = capacity.drop() {
        let more = round_to(drop.mean, Some(drop.half_width));
        writeln!(out, "In the numbers of the search, which chose it, it was {more} t/yr more")?;
    }
    match fresh.checks.first().filter(|check| !check.holds) {
        Some(check) => writeln!(out, "warning: in fresh numbers it does not hold: {}", told_of(fresh, check)),
        None => writeln!(out, "It holds in fresh numbers too"),
    }
}

fn thumbs(rules: &[Rule], out: &mut Screen<'_>) -> io::Result<()> {
    let is_passed = |rule: &&Rule| rule.is_passed() || rule.is_passed_at_capacity();
    let passed = rules.iter().filter(is_passed);
    let kept = rules.iter().filter(|rule| !is_passed(rule)).take(RULES_KEPT);
    let shown: Vec<&Rule> = passed.chain(kept).collect();
    if shown.is_empty() {
        return Ok(());
    }
    let head =
        ["Rules of thumb: share of the day occupied", "rule", "most", "now", "at capacity", ""].map(str::to_owned);
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let lines = shown.into_iter().map(|rule| {
        [
            rule.path.to_string(),
            if rule.rule == "UNCTAD" { format!("UNCTAD, {} berths", rule.number) } else { "UIC 406, day".to_owned() },
            percent(rule.most),
            percent(rule.base),
            rule.at_capacity.map_or_else(|| "–".to_owned(), percent),
            match (rule.is_passed(), rule.is_passed_at_capacity()) {
                (true, _) => "passed now",
                (false, true) => "passed at capacity",
                (false, false) => "",
            }
            .to_owned(),
        ]
    });
    let lines: Vec<[String; 6]> = std::iter::once(head).chain(lines).collect();
    out.table(&lines)?;
    writeln!(
        out,
        "\nUIC Code 406 (2013): mixed traffic, of the paths that the scenario gives to it, mean of a day; 75 % in the peak \
         hour. UNCTAD, Port development (1985): general cargo berths. Rules, not results: they know no queue of this corridor."
    )
}

fn staircase(relief: &Relief, report: &CapacityReport, out: &mut Screen<'_>) -> io::Result<()> {
    let network = &report.capacity.base.catalogue.network;
    let head =
        ["Relief, the cheapest first that lifts what binds", "MUSD", "MUSD/yr", "traffic", "Mt/yr", "binds next"];
    let lines = relief.stairs.iter().map(|stair| {
        [
            stair.title(),
            round_to(stair.invested / PER_MILLION, None).to_string(),
            round_to(stair.annual_cost / PER_MILLION, None).to_string(),
            format!("{:.3} ×", stair.capacity.factor),
            millions(stair.capacity.tonnes.as_ref()),
            stair.binding.as_ref().map_or_else(|| "nothing".to_owned(), |binding| binds_by_name(binding, network)),
        ]
    });
    let lines: Vec<[String; 6]> = std::iter::once(head.map(str::to_owned)).chain(lines).collect();
    out.table(&lines)?;
    let end = match (relief.reached, relief.is_complete) {
        (Some(true), _) => "The target is reached.",
        (_, false) => "Stopped: what was finished is shown.",
        (_, true) if relief.useless.is_empty() => "No measure is left that may be taken.",
        (_, true) => "None of the measures left lifts what binds, neither by itself nor with one of the others.",
    };
    writeln!(out, "\n{end}")?;
    for (what, names) in [
        ("Tried in vain at the end", &relief.useless),
        ("Not open, as others are needed or rule them out", &relief.barred),
        ("Left out, as their cost is not known", &report.unpriced),
    ] {
        if !names.is_empty() {
            writeln!(out, "{what}: {}", names.join(", "))?;
        }
    }
    Ok(())
}
