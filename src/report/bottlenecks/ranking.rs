//! Steps by what they are worth.

use crate::analysis::{Effect, Gain, Row};
use crate::report::rounding;
use crate::stats::Paired;

/// One of the two rankings.
pub(super) struct Ranking {
    pub(super) title: &'static str,
    pub(super) rank: fn(&Gain) -> Option<usize>,
    of: fn(&Gain) -> &Effect,
    sign: f64,
}

pub(super) const BY_TONNES: Ranking = Ranking {
    title: "Worth of one more, by tonnes",
    rank: |gain| gain.rank_by_tonnes,
    of: |gain| &gain.tonnes,
    sign: 1.0,
};

pub(super) const BY_HOURS: Ranking = Ranking {
    title: "Worth of one more, by days",
    rank: |gain| gain.rank_by_hours,
    of: |gain| &gain.hours,
    sign: -1.0,
};

/// A row of which one more was tried, with what it gains.
#[derive(Clone, Copy)]
pub(in crate::report) struct Tried<'a> {
    pub(in crate::report) row: &'a Row,
    pub(in crate::report) gain: &'a Gain,
}

/// Rows that were tried, the best first; what is only noise last, by its mean.
pub(super) fn ordered<'a>(rows: &'a [Row], ranking: &Ranking) -> Vec<Tried<'a>> {
    let tried = rows.iter().filter_map(|row| Some(Tried { row, gain: row.gain.as_ref()? }));
    let mut tried: Vec<Tried> = tried.collect();
    tried.sort_by(|Tried { gain: one, .. }, Tried { gain: other, .. }| {
        let rank = |gain: &Gain| (ranking.rank)(gain).unwrap_or(usize::MAX);
        let mean = |gain: &Gain| (ranking.of)(gain).difference.mean * ranking.sign;
        rank(one).cmp(&rank(other)).then(mean(other).total_cmp(&mean(one)))
    });
    tried
}

/// The rows that were tried, best by hours first.
#[cfg(feature = "charts")]
pub(in crate::report) fn by_hours(rows: &[Row]) -> Vec<Tried<'_>> {
    ordered(rows, &BY_HOURS)
}

/// The rank, or what stands in its place.
pub(super) fn standing(gain: &Gain, ranking: &Ranking) -> Option<String> {
    let effect = (ranking.of)(gain);
    match (ranking.rank)(gain) {
        Some(rank) => Some(rank.to_string()),
        None if effect.is_significant() => Some("harm".to_owned()),
        None if effect.is_perhaps() => Some("perhaps".to_owned()),
        None => None,
    }
}

/// A difference with its sign; nothing at all is a plain 0.
pub(in crate::report) fn signed(difference: &Paired) -> String {
    if difference.mean == 0.0 && difference.half_width == 0.0 {
        return "0".to_owned();
    }
    rounding::signed(difference.mean, Some(difference.half_width)).to_string()
}
