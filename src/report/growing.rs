//! What people are told where a queue grows as long as the run lasts.

use std::io::{self, Write};

use super::rounding::round_to;
use super::screen::Screen;
use crate::results::{GrowingQueue, Network};
use crate::words::Subject;

/// Queues that are named.
const NAMED: usize = 5;
/// Queues that are named in a sentence of an answer.
const NAMED_IN_SHORT: usize = 2;

/// What the days behind a growing queue are.
pub(super) const MEANING: &str = "Days behind a queue that grows belong to the length of the run.";

/// The same at the end of a sentence.
pub(super) const MEANING_IN_SHORT: &str = "their days depend on the run's length.";

/// The queues that grow in a scenario.
pub(super) struct GrowingIn<'a> {
    /// Its name; empty where there is only one.
    pub(super) scenario: &'a str,
    pub(super) queues: &'a [GrowingQueue],
}

impl<'a> GrowingIn<'a> {
    /// Those of the only scenario.
    pub(super) const fn only(queues: &'a [GrowingQueue]) -> Self {
        Self { scenario: "", queues }
    }
}

/// Names the queues that grow, of one scenario or of several with their names, and says what that means; nothing where
/// none grows.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write_growing<'a>(
    scenarios: impl IntoIterator<Item = GrowingIn<'a>>,
    network: &Network,
    out: &mut Screen<'_>,
) -> io::Result<()> {
    let with_some: Vec<_> = scenarios.into_iter().filter(|one| !one.queues.is_empty()).collect();
    if with_some.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    for GrowingIn { scenario, queues } in with_some {
        let who = if scenario.is_empty() { String::new() } else { format!("{scenario}: ") };
        writeln!(out, "{who}{}.", sentence(queues, |subject| network.place_name(subject)))?;
    }
    writeln!(out, "{MEANING}")
}

/// Which queues grow and what that means, in one sentence; nothing where none grows.
pub(super) fn growing_in_short(growing: &[GrowingQueue], network: &Network) -> Option<String> {
    let names: Vec<String> = growing.iter().take(NAMED_IN_SHORT).map(|one| network.place_name(&one.subject)).collect();
    let rest = growing.len() - names.len();
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let places = format!("{}{rest}", names.join("; "));
    (!names.is_empty()).then(|| format!("Queues grow all year at {places}: {MEANING_IN_SHORT}"))
}

/// Which queues grow, and by how much.
pub(super) fn sentence(growing: &[GrowingQueue], name: impl Fn(&Subject) -> String) -> String {
    let one = |queue: &GrowingQueue| {
        let more = round_to(queue.more, queue.half_width);
        format!("{} (by {more}, {:.0} % of those who come)", name(&queue.subject), (queue.share * 100.0).max(1.0))
    };
    let named: Vec<String> = growing.iter().take(NAMED).map(one).collect();
    let more = growing.len() - named.len();
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let queues = if growing.len() == 1 { "the queue at one place grows" } else { "queues grow" };
    format!("All the year {queues}: {}{rest}", named.join(", "))
}
