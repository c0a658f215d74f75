//! Practical capacity and its relief: tables for people, CSV and JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Sheet;
use super::answer::{Answer, Shortfall};
use super::burden::{write_circles, write_fall};
use super::capacity_report::{CapacityReport, CapacityWhatIf};
use super::cells::unknown;
#[cfg(feature = "charts")]
use super::chart::{self, Picture};
use super::figure_name::capital;
use super::headline::{Headline, simulated};
use super::rounding::round_to;
use super::screen::Screen;
use super::sheet::{Column, column, sheet};
use crate::analysis::{Binding, Check, Cut, CutLimit, Found, Limit, PracticalCapacity, Relief, Rule, Stair, Step};
use crate::results::{Manifest, Network, Results};
use crate::stats::Estimate;

/// Rules of thumb that are kept are shown up to this many, the fullest first.
const RULES_KEPT: usize = 3;
const PER_MILLION: f64 = 1e6;
/// Sentences of an answer at most.
const LINES: usize = 5;

/// Writes what to be careful about, and the staircase of relief.
///
/// # Errors
/// If the output cannot be written.
fn write_capacity_table(report: &CapacityReport, out: &mut Screen<'_>) -> io::Result<()> {
    what_ifs(report, out)?;
    burdens(&report.capacity, out)?;
    report.relief.as_ref().map_or(Ok(()), |relief| staircase(relief, report, out))
}

/// Writes the search, what fresh numbers say, what binds, bounds by arithmetic and rules of thumb.
///
/// # Errors
/// If the output cannot be written.
fn write_capacity_details(report: &CapacityReport, out: &mut Screen<'_>) -> io::Result<()> {
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
            super::rounding::signed(more.mean / PER_MILLION, Some(more.half_width / PER_MILLION)).to_string()
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

fn headline(report: &CapacityReport) -> Headline {
    let manifest = &report.capacity.base.manifest;
    let what = if report.is_proportional { "all counted flows grow alike" } else { "flows grow by the mix" };
    let services: Vec<&str> = report.services.iter().map(|service| service.text.as_str()).collect();
    let kept = if services.is_empty() { String::new() } else { format!("; to be kept: {}", services.join(", ")) };
    let mut about = vec![
        format!("Practical capacity of {} ({})", manifest.scenario.title, manifest.scenario.name),
        simulated(manifest, ", the same for every traffic", ""),
        format!("No backlog may grow; {what}{kept}"),
    ];
    if !report.levelled.is_empty() {
        let levelled = report.levelled.join(", ");
        about.push(format!(
            "Counted by parts of the year, here at the mean rate of their counts and by the season: {levelled}"
        ));
    }
    Headline { about, found: answer(report) }
}

/// How much holds, what binds next, and what what-ifs or measures make of it.
fn answer(report: &CapacityReport) -> Vec<String> {
    let capacity = &report.capacity;
    let network = &capacity.base.catalogue.network;
    let binds = capacity.binding.as_ref().map(|binding| {
        let limit = told(&binding.check);
        match &binding.capacity {
            Some(of) => format!("Beyond that {limit}; behind it stands {}.", network.place_name(&of.path)),
            None => format!("Beyond that {limit}."),
        }
    });
    let fresh = capacity.fresh.as_ref().and_then(|fresh| fresh.checks.first()).filter(|check| !check.holds);
    let fresh = fresh.map(|check| format!("In fresh random numbers it does not hold: {}.", told(check)));
    let relieved = report.relief.as_ref().and_then(|relief| relief.stairs.get(1)).map(|stair| {
        let tonnes = millions(stair.capacity.tonnes.as_ref());
        let cost = round_to(stair.annual_cost / PER_MILLION, None);
        format!("The cheapest relief is {}: {tonnes} Mt a year for {cost} MUSD a year.", stair.title())
    });
    let rest = [binds, fresh, relieved].into_iter().flatten();
    let room = LINES - 1 - rest.clone().count();
    let mut what_ifs: Vec<String> = report.what_ifs.iter().take(room).map(|what_if| paired(report, what_if)).collect();
    if let Some(last) = what_ifs.last_mut().filter(|_| report.what_ifs.len() > room) {
        *last = format!("{last} The table has {} more.", report.what_ifs.len() - room);
    }
    std::iter::once(found(capacity)).chain(what_ifs).chain(rest).collect()
}

/// The capacity with a what-if instead of that without, in the same random numbers.
fn paired(report: &CapacityReport, what_if: &CapacityWhatIf) -> String {
    let tonnes = |capacity: &PracticalCapacity| capacity.fresh.as_ref().and_then(|fresh| fresh.tonnes);
    let title = capital(&what_if.title);
    let (Some(with), Some(without)) = (tonnes(&what_if.capacity), tonnes(&report.capacity)) else {
        return format!("{title}: {}", found(&what_if.capacity));
    };
    let cost = what_if.annual_cost.map(|cost| format!(", for {} MUSD a year", round_to(cost / PER_MILLION, None)));
    let text = |of: &Estimate| {
        let half_width = of.half_width.map(|width| width / PER_MILLION);
        round_to(of.mean / PER_MILLION, half_width).value
    };
    let more = what_if.more_than(&report.capacity).map_or_else(String::new, |more| {
        let (mean, half_width) = (more.mean / PER_MILLION, more.half_width / PER_MILLION);
        let of = |value: f64| round_to(value, Some(half_width)).value;
        let side = if mean < 0.0 { "less" } else { "more" };
        if more.interval().contains(0.0) {
            format!(": no difference that can be seen ({} to {} more)", of(mean - half_width), of(mean + half_width))
        } else {
            format!(": {} {side} ({} to {})", of(mean.abs()), of(mean.abs() - half_width), of(mean.abs() + half_width))
        }
    });
    format!("{title}: {} instead of {} Mt a year{more}{}.", text(&with), text(&without), cost.unwrap_or_default())
}

/// What the search found.
fn found(capacity: &PracticalCapacity) -> String {
    let tonnes = capacity.fresh.as_ref().and_then(|fresh| fresh.tonnes.as_ref());
    let tonnes =
        tonnes.map_or_else(String::new, |tonnes| format!("{} Mt a year are carried: ", millions(Some(tonnes))));
    match capacity.found {
        Found::Between(holds, broken) if capacity.is_complete => {
            format!("Practical capacity: {tonnes}{holds:.3} × the traffic holds, {broken:.3} × does not.")
        }
        Found::Between(holds, broken) => {
            format!("Stopped: the practical capacity lies between {holds:.3} × and {broken:.3} × the traffic.")
        }
        Found::Beyond(factor) => format!("Nothing limits the traffic up to {factor} ×."),
        Found::Never(factor) => format!("Not even {factor:.3} × the traffic holds."),
        Found::Unknown => "Stopped before both sides of the capacity were known.".to_owned(),
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

fn estimate(estimate: Option<&Estimate>) -> String {
    estimate.map_or_else(|| "–".to_owned(), |estimate| round_to(estimate.mean, estimate.half_width).to_string())
}

/// The limit that is broken by most, else the one that is nearest to being broken.
fn nearest(step: &Step) -> Option<&Check> {
    let first = step.checks.first()?;
    if !first.holds {
        return Some(first);
    }
    let margin = |check: &Check| check.value.map_or(f64::INFINITY, |value| (check.bound - value).abs() / check.bound);
    step.checks.iter().min_by(|one, other| margin(one).total_cmp(&margin(other)))
}

/// A limit in words.
fn told(check: &Check) -> String {
    let noise = if check.is_certain() { "" } else { ", within sampling error" };
    let of = |factor: f64| {
        let value = check.value.map(|value| value * factor);
        let text = |value: f64| round_to(value, check.half_width.map(|width| width * factor)).to_string();
        value.map_or_else(|| "not known (unfinished)".to_owned(), text)
    };
    match &check.limit {
        Limit::Backlog(flow) => {
            let of = of(1.0);
            format!("the backlog of {} grows by {of} d of its traffic (allowed {:.1}){noise}", flow.id(), check.bound)
        }
        Limit::TurnedAway(flow) => format!("{} % more of {} turned away{noise}", of(100.0), flow.id()),
        Limit::Service(service) => format!("{service}: {}{noise}", of(1.0)),
    }
}

/// A limit of a traffic in words: days behind a backlog that grows are days of the run.
fn told_of(step: &Step, check: &Check) -> String {
    let is_growing = step.checks.iter().any(|other| matches!(other.limit, Limit::Backlog(_)) && !other.holds);
    let is_service = matches!(check.limit, Limit::Service(_));
    let note = if is_growing && is_service { ", as long as the run lasts: a backlog grows" } else { "" };
    format!("{}{note}", told(check))
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

/// What binds, in words.
fn bound(binding: &Binding) -> String {
    let behind = binding.capacity.as_ref().map_or_else(
        || binding.cause.map_or_else(String::new, |cause| format!("; waiting grew by {cause}")),
        |capacity| {
            let used = binding.usage.utilisation.map(|used| format!(", used to {:.0} % by arithmetic", used * 100.0));
            let growth = round_to(binding.growth, None);
            let waiting =
                if binding.growth > 0.0 { format!(", waiting before it {growth} h longer") } else { String::new() };
            format!(
                "; behind it {} ({} {}{}{waiting})",
                capacity.path,
                capacity.amount,
                capacity.unit,
                used.unwrap_or_default()
            )
        },
    );
    format!("{}{behind}", told(&binding.check))
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

fn millions(tonnes: Option<&Estimate>) -> String {
    let scaled = |tonnes: &Estimate| {
        round_to(tonnes.mean / PER_MILLION, tonnes.half_width.map(|width| width / PER_MILLION)).to_string()
    };
    tonnes.map_or_else(|| "–".to_owned(), scaled)
}

#[cfg(feature = "charts")]
/// The capacity that binds, else the limit.
pub(super) fn binds(binding: &Binding) -> String {
    binding.capacity.as_ref().map_or_else(|| limit(&binding.check.limit).1.to_owned(), |of| of.path.to_string())
}

/// The same by its name for people.
fn binds_by_name(binding: &Binding, network: &Network) -> String {
    let place = binding.capacity.as_ref().map(|of| network.place_name(&of.path));
    place.unwrap_or_else(|| limit(&binding.check.limit).1.to_owned())
}

/// A traffic that was simulated: with which numbers, after which measures were taken, and what came of it.
type OfStep<'a> = (&'static str, String, &'a Step);

/// One row a traffic that was simulated and judged; `search` and `fresh` numbers apart.
fn traffics(report: &CapacityReport) -> Box<dyn Sheet + '_> {
    let search = report.capacity.steps.iter().map(|step| ("search", String::new(), step));
    let fresh = report.capacity.fresh.iter().map(|step| ("fresh", String::new(), step));
    let mut taken: Vec<&str> = Vec::new();
    let stairs = report.relief.iter().flat_map(|relief| &relief.stairs).filter(|stair| !stair.measures.is_empty());
    let relieved = stairs.map(|stair| {
        taken.extend(stair.measures.iter().map(|measure| measure.id.as_str()));
        ("fresh", taken.join("; "), &stair.capacity)
    });
    sheet("capacity.csv", of_traffics(), search.chain(fresh).chain(relieved))
}

fn of_traffics<'a>() -> Vec<Column<OfStep<'a>>> {
    let mean = |estimate: Option<&Estimate>| estimate.map(|estimate| estimate.mean);
    let half_width = |estimate: Option<&Estimate>| estimate.and_then(|estimate| estimate.half_width);
    vec![
        column("numbers", "", "`search`: those of the search; `fresh`: others.", |row: &OfStep<'_>| row.0.into()),
        column("measures", "", "Measures that are taken.", |row: &OfStep<'_>| row.1.as_str().into()),
        column("factor", "", "Growth factor of the traffic.", |row: &OfStep<'_>| row.2.factor.into()),
        column("holds", "", "Whether every limit is kept.", |row: &OfStep<'_>| row.2.holds().into()),
        column("tonnes", "t/yr", "Tonnes carried.", move |row: &OfStep<'_>| mean(row.2.tonnes.as_ref()).into()),
        column("tonnes_half_width", "t/yr", "Half the width of the interval.", move |row: &OfStep<'_>| {
            half_width(row.2.tonnes.as_ref()).into()
        }),
        column("teu", "TEU/yr", "TEU carried.", move |row: &OfStep<'_>| mean(row.2.teu.as_ref()).into()),
        column("teu_half_width", "TEU/yr", "Half the width of the interval.", move |row: &OfStep<'_>| {
            half_width(row.2.teu.as_ref()).into()
        }),
        column("limit", "", "The limit that is nearest to being broken.", |row: &OfStep<'_>| {
            nearest(row.2).map(|check| limit(&check.limit).0).into()
        }),
        column("of", "", "Of what.", |row: &OfStep<'_>| nearest(row.2).map(|check| limit(&check.limit).1).into()),
        column("value", "", "What was found.", |row: &OfStep<'_>| nearest(row.2).and_then(|check| check.value).into()),
        column("half_width", "", "Half the width of its interval.", |row: &OfStep<'_>| {
            nearest(row.2).and_then(|check| check.half_width).into()
        }),
        column("bound", "", "What is allowed.", |row: &OfStep<'_>| nearest(row.2).map(|check| check.bound).into()),
    ]
}

/// A limit and of what it is.
fn limit(limit: &Limit) -> (&'static str, &str) {
    match limit {
        Limit::Backlog(of) => ("backlog", of.as_str()),
        Limit::TurnedAway(of) => ("turned-away", of.as_str()),
        Limit::Service(of) => ("service", of.as_str()),
    }
}

/// Writes `capacity.json`: what was asked, every traffic with every limit, what binds, circles and traffic that falls, rules of
/// thumb, the staircase.
///
/// # Errors
/// If the output cannot be written.
fn write_capacity_json(report: &CapacityReport, out: &mut dyn Write) -> io::Result<()> {
    let capacity = &report.capacity;
    let manifest: &Manifest = &capacity.base.manifest;
    let services: Vec<&str> = report.services.iter().map(|service| service.text.as_str()).collect();
    let with_circles = capacity.steps.iter().filter(|step| !step.burden.circles.is_empty());
    let circles = with_circles.map(|step| json!({ "factor": step.factor, "circles": step.burden.circles }));
    let fall = capacity.fall().map(|of| json!({ "from": of.less.factor, "at": of.more.factor, "fall": of.fall }));
    let value = json!({
        "schema": super::SCHEMA,
        "scenario": manifest.scenario,
        "run": manifest.run,
        "headline": headline(report),
        "complete": capacity.is_complete,
        "services": services,
        "tolerance": report.tolerance,
        "proportional": report.is_proportional,
        "levelled": report.levelled,
        "found": capacity.found,
        "ceiling": capacity.ceiling,
        "cut": capacity.cut.as_ref().ok(),
        "no_cut": capacity.cut.as_ref().err(),
        "capacity": capacity.fresh,
        "holds_in_fresh_numbers": capacity.fresh.as_ref().map(Step::holds),
        "drop_tonnes": capacity.drop(),
        "binding": capacity.binding.as_ref().map(binding_json),
        "circles": circles.collect::<Vec<_>>(),
        "fall": fall,
        "rules": capacity.rules,
        "search": capacity.steps,
        "what_ifs": report.what_ifs.iter().map(|what_if| what_if_json(what_if, &report.capacity)).collect::<Vec<_>>(),
        "relief": report.relief.as_ref().map(|relief| relief_json(relief, &report.unpriced)),
    });
    serde_json::to_writer_pretty(&mut *out, &value)?;
    writeln!(out)
}

fn what_if_json(what_if: &CapacityWhatIf, base: &PracticalCapacity) -> Value {
    let more = what_if.more_than(base);
    json!({
        "what_if": what_if.name, "title": what_if.title, "annual_cost_usd": what_if.annual_cost,
        "found": what_if.capacity.found, "capacity": what_if.capacity.fresh,
        "binding": what_if.capacity.binding.as_ref().map(binding_json), "search": what_if.capacity.steps,
        "more_tonnes": more.map(|more| more.mean), "more_tonnes_half_width": more.map(|more| more.half_width),
        "complete": what_if.capacity.is_complete,
    })
}

fn binding_json(binding: &Binding) -> Value {
    json!({
        "check": binding.check, "capacity": binding.capacity, "use": binding.usage,
        "waiting_growth_h": binding.growth, "cause": binding.cause,
    })
}

fn relief_json(relief: &Relief, unpriced: &[String]) -> Value {
    let stair = |stair: &Stair| {
        let measures = stair.measures.iter().map(|measure| {
            json!({
                "id": measure.id, "title": measure.title, "capex_usd": measure.capex(),
                "annual_cost_usd": measure.annual_cost, "ready": measure.cost.ready, "who": measure.cost.who,
            })
        });
        json!({
            "measures": measures.collect::<Vec<_>>(), "invested_usd": stair.invested, "annual_cost_usd": stair.annual_cost,
            "lifted": stair.lifted.as_ref().map(binding_json), "capacity": stair.capacity,
            "binding": stair.binding.as_ref().map(binding_json),
        })
    };
    json!({
        "stairs": relief.stairs.iter().map(stair).collect::<Vec<_>>(), "tried_in_vain": relief.useless,
        "not_open": relief.barred, "cost_not_known": unpriced, "target_reached": relief.reached,
        "complete": relief.is_complete,
    })
}

impl Answer for CapacityReport {
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        vec![traffics(self)]
    }

    fn document(&self) -> Option<&'static str> {
        Some("capacity.json")
    }

    fn headline(&self) -> Headline {
        headline(self)
    }

    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_capacity_table(self, out)
    }

    fn details(&self) -> &'static str {
        "the traffics of the search, fresh numbers, bounds by arithmetic and rules of thumb"
    }

    fn write_details(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_capacity_details(self, out)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_capacity_json(self, out)
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        chart::of_capacity(self)
    }

    fn results(&self) -> Option<&Results> {
        Some(&self.capacity.base)
    }

    fn shortfall(&self) -> Option<Shortfall> {
        let is_complete = self.capacity.is_complete
            && self.what_ifs.iter().all(|what_if| what_if.capacity.is_complete)
            && self.relief.as_ref().is_none_or(|relief| relief.is_complete);
        let what = "stopped: the results are of the traffics that were finished";
        (!is_complete).then(|| Shortfall::Stopped(what.to_owned()))
    }
}
