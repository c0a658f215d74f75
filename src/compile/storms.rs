//! Laws of renewal closures, and storms that several places share.

use super::error::Problem;
use crate::ids::GateId;
use crate::model::{OpenSpell, StormGroup};
use crate::random::{Distribution, StreamId};
use crate::scenario::types::{ByMonth, Clock};

/// Spells by month, with the share of the time closed.
#[derive(Debug)]
pub(super) struct ShareLaws {
    /// 12 open spells.
    pub(super) open: Vec<OpenSpell>,
    /// 12 laws.
    pub(super) closed: Vec<Distribution>,
    /// 12 shares.
    pub(super) share: Vec<f64>,
}

/// A closure that belongs to a group.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) gate: GateId,
    pub(super) laws: ShareLaws,
}

/// Laws of a renewal clock by month. With `share`, open spells end at the rate that gives it: 1 ÷ E[open], where
/// E[open] = E[closed] (1 − share) ÷ share.
pub(super) fn share_laws(clock: &Clock) -> Result<ShareLaws, Problem> {
    match clock {
        Clock::Windows { .. } => Err(Problem::Unsupported { what: "windows have no laws" }),
        Clock::Renewal { closed, open } => {
            let (closed, open) = (by_month(closed), by_month(open));
            let share = closed.iter().zip(&open).map(|(closed, open)| closed.mean() / (closed.mean() + open.mean()));
            Ok(ShareLaws { share: share.collect(), open: open.into_iter().map(memoryless_or_law).collect(), closed })
        }
        Clock::Share { closed, share } => {
            let (closed, share) = (by_month(closed), by_month(share));
            let open = closed.iter().zip(&share).map(|(closed, &share)| open_spell(closed.mean(), share));
            Ok(ShareLaws { open: open.collect::<Result<_, _>>()?, closed, share })
        }
    }
}

/// An exponential spell has no memory of the month in which it began.
fn memoryless_or_law(law: Distribution) -> OpenSpell {
    match law {
        Distribution::Exponential(_) => OpenSpell::Rate(1.0 / law.mean()),
        law => OpenSpell::Law(law),
    }
}

fn open_spell(closed_mean: f64, share: f64) -> Result<OpenSpell, Problem> {
    if !(0.0..1.0).contains(&share) {
        return Err(Problem::Unsupported { what: "a share of the time closed is at least 0 and below 1" });
    }
    if share == 0.0 {
        return Ok(OpenSpell::Rate(0.0));
    }
    Ok(memoryless_or_law(Distribution::exponential(closed_mean * (1.0 - share) / share)?))
}

fn by_month<T: Clone>(values: &ByMonth<T>) -> Vec<T> {
    (0..12).map(|month| values.month(month).clone()).collect()
}

/// Storms of a group: drawn, month by month, for the member with the greatest share of that month.
pub(super) fn storm_group(members: &[Member], stream: StreamId) -> StormGroup {
    let leader = |month: usize| {
        let mut best = &members[0];
        for member in &members[1..] {
            if member.laws.share[month] > best.laws.share[month] {
                best = member;
            }
        }
        &best.laws
    };
    StormGroup {
        open: (0..12).map(|month| leader(month).open[month].clone()).collect(),
        closed: (0..12).map(|month| leader(month).closed[month].clone()).collect(),
        members: members.iter().map(|member| (member.gate, member.laws.share.clone())).collect(),
        stream,
    }
}
