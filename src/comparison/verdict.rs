//! A comparison in a sentence.

use super::WhatIf;
use super::difference::Difference;
use crate::results::{Network, Statistic};

/// What a what-if does, by section first.
pub(super) fn verdict(what_if: &WhatIf, network: &Network) -> String {
    let level = what_if.manifest.run.level;
    let told = |difference: &&Difference| difference.is_told_from_noise(level) && difference.period == "horizon";
    let mut sections: Vec<&Difference> = what_if
        .differences
        .iter()
        .filter(told)
        .filter(|difference| difference.measure == "section_time" && difference.statistic == Statistic::Mean)
        .collect();
    sections.sort_by(|one, other| weight(other).total_cmp(&weight(one)));
    let mut parts: Vec<String> = sections.first().map(|lead| section(what_if, lead, network)).into_iter().collect();
    parts.extend(traffic(what_if, "throughput", ("Mt", 1e6)));
    parts.extend(traffic(what_if, "throughput_teu", ("thousand TEU", 1e3)));
    if let [_, rest @ ..] = sections.as_slice()
        && !rest.is_empty()
    {
        parts.push(format!("{} more section{} changed", rest.len(), if rest.len() == 1 { "" } else { "s" }));
    }
    if parts.is_empty() {
        return "no effect that this run can tell from noise".to_owned();
    }
    let lead = sections.first().copied().or_else(|| what_if.difference("throughput", "corridor", Statistic::Mean));
    if let Some((same, draws)) = lead.and_then(|difference| difference.same_sign) {
        parts.push(format!("the same direction in {same} of {draws} input draws"));
    }
    parts.join("; ")
}

/// Sections are ranked by the share of their time that changes.
fn weight(difference: &Difference) -> f64 {
    difference.relative.unwrap_or(0.0).abs()
}

fn section(what_if: &WhatIf, mean: &Difference, network: &Network) -> String {
    let level = what_if.manifest.run.level;
    let name = network.section_name(&mean.subject);
    let of = |statistic| what_if.difference("section_time", &mean.subject, statistic);
    let median = of(Statistic::P50).filter(|median| median.is_told_from_noise(level));
    let (lead, at) = median.map_or((mean, "on average"), |median| (median, "at P50"));
    let way = if lead.difference < 0.0 { "shorter" } else { "longer" };
    let assumed = match lead.assumed {
        Some(assumed) if assumed.abs() >= 0.005 => format!(", {} of them assumed", days(assumed.abs())),
        _ => String::new(),
    };
    let tail = of(Statistic::P95).filter(|tail| tail.is_told_from_noise(level)).map_or_else(String::new, |tail| {
        format!("; P95 from {} to {} days", days(tail.base), days(tail.what_if_value))
    });
    format!("{name} {} days {way} {at}{assumed}{tail}", days(lead.difference.abs()))
}

fn traffic(what_if: &WhatIf, measure: &str, (unit, scale): (&str, f64)) -> Option<String> {
    let level = what_if.manifest.run.level;
    let difference = what_if.difference(measure, "corridor", Statistic::Mean)?;
    let amount = difference.difference / scale;
    difference
        .is_told_from_noise(level)
        .then(|| format!("{}{} {unit} carried a year", sign(amount), number(amount.abs())))
}

const fn sign(value: f64) -> &'static str {
    if value < 0.0 { "−" } else { "+" }
}

fn days(value: f64) -> String {
    number(value)
}

/// Two significant digits below 10, none after the point above.
fn number(value: f64) -> String {
    let digits = if value >= 10.0 {
        0
    } else if value >= 1.0 {
        1
    } else {
        2
    };
    format!("{value:.digits$}")
}
