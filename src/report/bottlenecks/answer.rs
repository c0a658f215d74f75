//! What one more of each capacity is worth, in sentences.

use super::ranking::{BY_HOURS, BY_TONNES, Tried, ordered, signed};
use crate::analysis::{Bottlenecks, Row};
use crate::report::growing::growing_in_short;
use crate::report::headline::{Headline, simulated};
use crate::report::rounding::round_to;

/// Steps that a sentence names.
const NAMED: usize = 2;

pub(super) fn headline(found: &Bottlenecks) -> Headline {
    let manifest = &found.base.manifest;
    let about = vec![
        format!("Bottlenecks of {} ({})", manifest.scenario.title, manifest.scenario.name),
        simulated(manifest, ", the same for every step", ""),
    ];
    let found = [Some(helps_most(found)), next(found), carries_more(found), consistent(found), growing(found)];
    Headline { about, found: found.into_iter().flatten().collect() }
}

/// The change in words: `fleet.f.vessels += 1` is `f: vessels += 1`.
pub(super) fn named(found: &Bottlenecks, row: &Row) -> String {
    let path = row.change.split([' ', '+', '*', '=']).next().unwrap_or_default();
    row.change.replacen(path, &found.base.catalogue.network.parameter_name(path), 1)
}

/// What takes most days away, and how many.
fn helps_most(found: &Bottlenecks) -> String {
    let ordered = ordered(&found.rows, &BY_HOURS);
    let is_ranked = |tried: &&Tried<'_>| tried.gain.rank_by_hours.is_some();
    let Some(Tried { row, gain }) = ordered.iter().find(is_ranked) else {
        let why = if ordered.is_empty() {
            "No step was tried"
        } else {
            "No step that was tried saves time as far as can be seen"
        };
        return format!("{why}.");
    };
    let hours = &gain.hours.difference;
    let section = gain.most_helped().map(|effect| {
        let name = found.base.catalogue.network.section_name(&effect.of.subject);
        format!(", most on {name} ({} h)", signed(&effect.difference))
    });
    let days = round_to(-hours.mean / 24.0, Some(hours.half_width / 24.0));
    format!("{} saves most: {days} days of mean transit{}.", named(found, row), section.unwrap_or_default())
}

/// What comes next, or cannot be told apart from the best.
fn next(found: &Bottlenecks) -> Option<String> {
    let ordered = ordered(&found.rows, &BY_HOURS);
    let mut ranked = ordered.iter().filter(|tried| tried.gain.rank_by_hours.is_some());
    let best = ranked.next()?.gain.rank_by_hours;
    let (equal, later): (Vec<&Tried<'_>>, Vec<&Tried<'_>>) = ranked.partition(|tried| tried.gain.rank_by_hours == best);
    let days = |tried: &&Tried<'_>| {
        let hours = &tried.gain.hours.difference;
        let days = round_to(-hours.mean / 24.0, Some(hours.half_width / 24.0));
        format!("{} ({days} days)", named(found, tried.row))
    };
    let listed = |tried: &[&Tried<'_>]| tried.iter().take(NAMED).map(days).collect::<Vec<_>>().join(", ");
    match (equal.len(), later.first()) {
        (0, None) => None,
        (0, Some(_)) => Some(format!("Next: {}.", listed(&later))),
        (_, _) => Some(format!("It cannot be told apart from {}.", listed(&equal))),
    }
}

/// What lets the corridor carry more.
fn carries_more(found: &Bottlenecks) -> Option<String> {
    let ordered = ordered(&found.rows, &BY_TONNES);
    let Tried { row, gain } = ordered.into_iter().find(|tried| tried.gain.rank_by_tonnes.is_some())?;
    let tonnes = &gain.tonnes.difference;
    Some(format!("{} carries most: {} t a year.", named(found, row), signed(tonnes)))
}

/// What three of five measures name.
fn consistent(found: &Bottlenecks) -> Option<String> {
    let network = &found.base.catalogue.network;
    let path = found.verdict.consistent.as_ref().map(|path| network.place_name(path));
    Some(match path {
        Some(place) => format!("The bottleneck is {place}: three or more of five measures name it."),
        None if found.rows.iter().all(|row| row.gain.is_none()) => return None,
        None => "No capacity is the bottleneck by itself: five measures do not agree on one.".to_owned(),
    })
}

fn growing(found: &Bottlenecks) -> Option<String> {
    growing_in_short(&found.base.growing(), &found.base.catalogue.network)
}
