//! How much holds, in sentences.

use super::amounts::{PER_MILLION, millions};
use super::limits::told;
use super::report::{CapacityReport, CapacityWhatIf};
use crate::analysis::{Found, Limit, PracticalCapacity};
use crate::report::headline::{Headline, simulated};
use crate::report::rounding::round_to;
use crate::stats::Estimate;
use crate::text::capital;

/// Sentences of an answer at most.
const LINES: usize = 5;

pub(super) fn headline(report: &CapacityReport) -> Headline {
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
        return format!("{title}. {}", found(&what_if.capacity));
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

/// What does not hold even with the least traffic that is tried.
fn never(capacity: &PracticalCapacity, factor: f64) -> String {
    let least = format!("even with next to no traffic ({:.1} % of the scenario's)", factor * 100.0);
    let tried = capacity.steps.iter().filter(|step| step.factor <= factor);
    let broken = tried.flat_map(|step| &step.checks).find(|check| !check.holds);
    let what = match broken.map(|check| &check.limit) {
        Some(Limit::Service(_)) => "The corridor does not keep the service",
        Some(Limit::TurnedAway(_)) => "The corridor turns cargo away",
        Some(Limit::Backlog(_)) | None => "The corridor does not keep up",
    };
    let why = broken.map_or_else(String::new, |check| format!(": {}", told(check)));
    format!("{what} {least}{why}.")
}

/// What the search found.
fn found(capacity: &PracticalCapacity) -> String {
    let tonnes = capacity.fresh.as_ref().and_then(|fresh| fresh.tonnes.as_ref());
    let tonnes = tonnes.map_or_else(String::new, |tonnes| format!("{} Mt a year, ", millions(Some(tonnes))));
    match capacity.found {
        Found::Between(holds, broken) if capacity.is_complete => {
            format!(
                "Practical capacity: {tonnes}{holds:.3} times the scenario's traffic; {broken:.3} times it is too much."
            )
        }
        Found::Between(holds, broken) => {
            format!("Stopped: the practical capacity lies between {holds:.3} and {broken:.3} times the traffic.")
        }
        Found::Beyond(factor) => format!("Nothing limits the traffic up to {factor} times that of the scenario."),
        Found::Never(factor) => never(capacity, factor),
        Found::Unknown => "Stopped before both sides of the capacity were known.".to_owned(),
    }
}
