//! What several measures of a bottleneck say together.

use crate::words::{CapacityKind, Subject};
use serde::Serialize;

use super::worth::{Gain, Row};

/// How many of the measures must name the same capacity.
const ENOUGH: usize = 3;

/// What one measure names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Vote {
    /// The measure in words.
    pub measure: &'static str,
    /// Path of the capacity; `None` where the measure names none.
    pub names: Option<Subject>,
}

/// What the measures of a bottleneck say together. Where one path has two capacities (paths and places on a line) the
/// path is what is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Each measure with what it names.
    pub votes: Vec<Vote>,
    /// The capacity that three of the five name.
    pub consistent: Option<Subject>,
}

impl Verdict {
    /// Highest use, longest waiting, most that is stopped on account of it, most tonnes and most hours of one more.
    ///
    /// A step whose worth cannot be told from that of the best, or is not statistically significant, has no vote.
    pub(super) fn of(rows: &[Row]) -> Self {
        let own: Vec<&Row> = rows.iter().filter(|row| row.capacity.is_some()).collect();
        let votes = vec![
            Vote { measure: "highest use", names: greatest(&own, used) },
            Vote { measure: "longest waiting", names: greatest(&own, |row| row.waiting) },
            Vote { measure: "stops others most", names: greatest(&own, stops) },
            Vote { measure: "most tonnes from one more", names: best(&own, |gain| gain.rank_by_tonnes) },
            Vote { measure: "most hours from one more", names: best(&own, |gain| gain.rank_by_hours) },
        ];
        let number = |path: &Subject| votes.iter().filter(|vote| vote.names.as_ref() == Some(path)).count();
        let consistent = votes.iter().filter_map(|vote| vote.names.clone()).find(|path| number(path) >= ENOUGH);
        Self { votes, consistent }
    }
}

fn used(row: &Row) -> f64 {
    row.capacity.as_ref().map_or(0.0, |capacity| row.usage.most(capacity))
}

/// Hours waited by what is stopped where it stands: vessels with cargo aboard before a berth, trains before a full yard.
fn stops(row: &Row) -> f64 {
    let holds = row
        .capacity
        .as_ref()
        .is_some_and(|capacity| matches!(capacity.kind, CapacityKind::Berth | CapacityKind::Storage));
    if holds { row.waiting } else { 0.0 }
}

fn path(row: &Row) -> Option<Subject> {
    row.capacity.as_ref().map(|capacity| capacity.path.clone())
}

fn greatest(rows: &[&Row], of: impl Fn(&Row) -> f64) -> Option<Subject> {
    let some = rows.iter().filter(|row| of(row) > 0.0);
    // Of equals the first: they come in the order of waiting.
    let greatest = some.rev().max_by(|one, other| of(one).total_cmp(&of(other)))?;
    path(greatest)
}

fn best(rows: &[&Row], rank: impl Fn(&Gain) -> Option<usize>) -> Option<Subject> {
    let first: Vec<&&Row> = rows.iter().filter(|row| row.gain.as_ref().and_then(&rank) == Some(1)).collect();
    match first.as_slice() {
        [one] => path(one),
        _ => None,
    }
}
