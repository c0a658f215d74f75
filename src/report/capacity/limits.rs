//! Limits in words: how near each is, and what binds.

use crate::analysis::{Binding, Check, Limit, Step};
use crate::report::rounding::round_to;
use crate::results::Network;

/// The limit that is broken by most, else the one that is nearest to being broken.
pub(super) fn nearest(step: &Step) -> Option<&Check> {
    let first = step.checks.first()?;
    if !first.holds {
        return Some(first);
    }
    let margin = |check: &Check| check.value.map_or(f64::INFINITY, |value| (check.bound - value).abs() / check.bound);
    step.checks.iter().min_by(|one, other| margin(one).total_cmp(&margin(other)))
}

/// A limit in words.
pub(super) fn told(check: &Check) -> String {
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
pub(super) fn told_of(step: &Step, check: &Check) -> String {
    let is_growing = step.checks.iter().any(|other| matches!(other.limit, Limit::Backlog(_)) && !other.holds);
    let is_service = matches!(check.limit, Limit::Service(_));
    let note = if is_growing && is_service { ", as long as the run lasts: a backlog grows" } else { "" };
    format!("{}{note}", told(check))
}

/// A limit and of what it is.
pub(super) fn limit(limit: &Limit) -> (&'static str, &str) {
    match limit {
        Limit::Backlog(of) => ("backlog", of.as_str()),
        Limit::TurnedAway(of) => ("turned-away", of.as_str()),
        Limit::Service(of) => ("service", of.as_str()),
    }
}

/// What binds, in words.
pub(super) fn bound(binding: &Binding) -> String {
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

#[cfg(feature = "charts")]
/// The capacity that binds, else the limit.
pub(in crate::report) fn binds(binding: &Binding) -> String {
    binding.capacity.as_ref().map_or_else(|| limit(&binding.check.limit).1.to_owned(), |of| of.path.to_string())
}

/// The same by its name for people.
pub(super) fn binds_by_name(binding: &Binding, network: &Network) -> String {
    let place = binding.capacity.as_ref().map(|of| network.place_name(&of.path));
    place.unwrap_or_else(|| limit(&binding.check.limit).1.to_owned())
}
