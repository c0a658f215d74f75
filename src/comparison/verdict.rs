//! A comparison in a sentence.

use super::WhatIf;
use super::contest::Contest;
use super::difference::Difference;
use crate::results::Network;
use crate::words::{Measure, Statistic, Subject};

/// What a what-if does, by section first.
pub(super) fn verdict(what_if: &WhatIf, contests: &[Contest], network: &Network) -> String {
    let level = what_if.manifest.run.level;
    let told = |difference: &&Difference| difference.is_significant(level) && difference.period.is_horizon();
    let mut sections: Vec<&Difference> = what_if
        .differences
        .iter()
        .filter(told)
        .filter(|difference| difference.measure == Measure::SectionTime && difference.statistic == Statistic::Mean)
        .collect();
    sections.sort_by(|one, other| weight(other).total_cmp(&weight(one)));
    let mut parts: Vec<String> = sections.first().map(|lead| section(what_if, lead, network)).into_iter().collect();
    if sections.is_empty() {
        parts.extend(journey(what_if));
    }
    parts.extend(traffic(what_if, Measure::Throughput, "Mt", 1e6));
    parts.extend(traffic(what_if, Measure::ThroughputTeu, "thousand TEU", 1e3));
    if let [_, rest @ ..] = sections.as_slice()
        && !rest.is_empty()
    {
        parts.push(format!("{} more section{} changed", rest.len(), if rest.len() == 1 { "" } else { "s" }));
    }
    if parts.is_empty() {
        return "no statistically significant effect".to_owned();
    }
    let lead = sections
        .first()
        .copied()
        .or_else(|| what_if.difference(Measure::Throughput, &Subject::corridor(), Statistic::Mean));
    if let Some((same, draws)) = lead.and_then(|difference| difference.same_sign) {
        parts.push(format!("the same direction in {same} of {draws} input draws"));
    }
    let is_ranked = |contest: &&Contest| lead.is_some_and(|lead| contest.subject == lead.subject);
    let ranking = contests.iter().filter(|_| what_if.against.is_none()).find(is_ranked);
    if let Some((same, draws)) = ranking.and_then(|contest| contest.same_ranking) {
        parts.push(format!("all ranked the same in {same} of {draws}"));
    }
    parts.join("; ")
}

/// The time of all the corridor's cargo, where no section has anything to say.
fn journey(what_if: &WhatIf) -> Option<String> {
    let row = what_if.difference(Measure::TransitTime, &Subject::corridor(), Statistic::Mean)?;
    let direction = if row.difference < 0.0 { "shorter" } else { "longer" };
    row.is_significant(what_if.manifest.run.level)
        .then(|| format!("the corridor's cargo {} days {direction} under way on average", days(row.difference.abs())))
}

/// Sections are ranked by the share of their time that changes.
fn weight(difference: &Difference) -> f64 {
    difference.relative.unwrap_or(0.0).abs()
}

fn section(what_if: &WhatIf, mean: &Difference, network: &Network) -> String {
    let level = what_if.manifest.run.level;
    let name = network.section_name(&mean.subject);
    let of = |statistic| what_if.difference(Measure::SectionTime, &mean.subject, statistic);
    let median = of(Statistic::P50).filter(|median| median.is_significant(level));
    let (lead, at) = median.map_or((mean, "on average"), |median| (median, "at P50"));
    let direction = if lead.difference < 0.0 { "shorter" } else { "longer" };
    let assumed = match lead.assumed {
        Some(assumed) if assumed.abs() >= 0.005 => format!(", {} of them assumed", days(assumed.abs())),
        _ => String::new(),
    };
    let tail = of(Statistic::P95).filter(|tail| tail.is_significant(level)).map_or_else(String::new, |tail| {
        format!("; P95 from {} to {} days", days(tail.base), days(tail.what_if_value))
    });
    format!("{name} {} days {direction} {at}{assumed}{tail}", days(lead.difference.abs()))
}

fn traffic(what_if: &WhatIf, measure: Measure, unit: &str, scale: f64) -> Option<String> {
    let level = what_if.manifest.run.level;
    let difference = what_if.difference(measure, &Subject::corridor(), Statistic::Mean)?;
    let amount = difference.difference / scale;
    difference.is_significant(level).then(|| format!("{}{} {unit} carried a year", sign(amount), number(amount.abs())))
}

const fn sign(value: f64) -> &'static str {
    if value < 0.0 { "−" } else { "+" }
}

fn days(value: f64) -> String {
    number(value)
}

/// Two significant digits, all digits before the point.
fn number(value: f64) -> String {
    let power = if value > 0.0 { libm::log10(value).floor() as i32 } else { 0 };
    let digits = (1 - power).clamp(0, 9) as usize;
    format!("{value:.digits$}")
}
