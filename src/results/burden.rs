//! What a scenario was asked to carry and carried, what was held meanwhile by those who waited, in circles or not, and whether
//! more demand carried less.

use std::collections::{BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use super::measure::Estimated;
use super::summary::{Results, Summary};
use crate::stats::{Estimate, Moments, Paired};
use crate::words::{FixedUnit, Measure, Subject};

/// A share from which on it is told.
const SHARE: f64 = 0.1;
/// A backlog grows that by the end of the horizon has grown by more than this share of what was offered in it.
const GROWTH: f64 = 0.01;
/// A fall of less than this share of the traffic is not worth a word.
const FALL: f64 = 0.005;

/// A pool or a storage of which a share is held by those who wait at a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Holding {
    /// The pool or storage.
    pub subject: Subject,
    /// What its holders wait for.
    pub place: Subject,
    /// Mean share of it over the horizon.
    pub share: f64,
}

/// Things held by those who wait for each other: the place of each is the subject of the next, that of the last the first.
pub type Circle = Vec<Holding>;

/// Two of several simulations of which the one that was asked for more carries less.
#[derive(Clone, Debug, PartialEq)]
pub struct FallBetween<'a, T> {
    /// The one that was asked for less.
    pub less: &'a T,
    /// The one that was asked for more.
    pub more: &'a T,
    /// By how much it carries less.
    pub fall: Fall,
}

/// What a scenario was asked to carry, and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Burden {
    offered: Vec<f64>,
    carried: Vec<f64>,
    level: f64,
    holdings: Vec<Holding>,
    /// Circles of which each share is at least 10 %, where the backlog grows.
    pub circles: Vec<Circle>,
}

/// Less was carried though more was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fall {
    /// Tonnes carried a year at the lesser demand.
    pub before: f64,
    /// Tonnes carried a year at the greater demand.
    pub after: f64,
    /// Half the width of the interval of the difference.
    pub half_width: f64,
    /// The thing of which the share grew most that is held by those who wait for another; `None` where none is held so.
    pub spent: Option<Holding>,
}

impl Burden {
    /// What the corridor was asked to carry and carried.
    pub fn of(results: &Results) -> Self {
        let holdings = holdings(results);
        let circles = if backlog_grows(results) { circles(&holdings) } else { Vec::new() };
        let values = |measure| row(results, measure).map(|row| by_replication(results, row)).unwrap_or_default();
        let level = results.manifest.run.level;
        Self { offered: values(Measure::Offered), carried: values(Measure::Throughput), level, holdings, circles }
    }

    /// Tonnes carried a year in the mean; `None` where nothing has mass.
    pub fn carried(&self) -> Option<f64> {
        Moments::of(&self.carried).mean()
    }

    /// Whether less was carried than in a scenario of the same random numbers that was asked to carry less, by more than chance.
    pub fn falls_from(&self, less: &Self) -> Option<Fall> {
        let more = Paired::of(&self.offered, &less.offered, self.level)?;
        let difference = Paired::of(&self.carried, &less.carried, self.level)?;
        let before = less.carried()?;
        let is_fall = more.mean > 0.0 && difference.mean + difference.half_width < 0.0;
        (is_fall && -difference.mean > FALL * before).then(|| Fall {
            before,
            after: before + difference.mean,
            half_width: difference.half_width,
            spent: self.most_grown(less),
        })
    }

    /// The holding that grew most and is worth a word.
    fn most_grown(&self, less: &Self) -> Option<Holding> {
        let is_same = |one: &Holding, other: &Holding| (&one.subject, &one.place) == (&other.subject, &other.place);
        let growth = |now: &Holding| {
            let then = less.holdings.iter().find(|then| is_same(then, now));
            now.share - then.map_or(0.0, |then| then.share)
        };
        let grown = self.holdings.iter().filter(|now| now.share >= SHARE && growth(now) > 0.0);
        grown.max_by(|one, other| growth(one).total_cmp(&growth(other))).cloned()
    }
}

impl Summary {
    /// Circles of things held of which each share is at least 10 %, where the backlog grows.
    pub fn circles(&self) -> Vec<Circle> {
        let backlog = self
            .row(Measure::Backlog, &Subject::corridor())
            .and_then(|row| Some(Estimated { value: row.mean?, half_width: row.half_width }));
        let offered = self.row(Measure::Offered, &Subject::corridor()).and_then(|row| row.mean);
        if !grows(backlog, offered) {
            return Vec::new();
        }
        let rows = self.of(Measure::HeldWaiting);
        let held = rows.filter_map(|row| {
            let key = &row.key;
            Some(Holding { subject: key.subject.clone(), place: key.place.clone()?, share: row.mean? })
        });
        circles(&held.collect::<Vec<_>>())
    }
}

fn row(results: &Results, measure: Measure) -> Option<usize> {
    results.catalogue.rows.iter().position(|key| {
        let is_it = key.measure == measure && key.subject.is_corridor() && key.unit == FixedUnit::TonnesPerYear;
        is_it && key.is_whole()
    })
}

fn by_replication(results: &Results, row: usize) -> Vec<f64> {
    results.records.column(row)
}

fn holdings(results: &Results) -> Vec<Holding> {
    let rows = results.catalogue.rows.iter().enumerate();
    let held = rows.filter(|(_, key)| key.measure == Measure::HeldWaiting && key.period.is_horizon());
    let mean = |row: usize| Moments::of(&results.values(row)).mean();
    let shares = held.filter_map(|(row, key)| {
        Some(Holding { subject: key.subject.clone(), place: key.place.clone()?, share: mean(row)? })
    });
    shares.filter(|holding| holding.share > 0.0).collect()
}

fn backlog_grows(results: &Results) -> bool {
    let estimate = |measure| Estimate::of(&results.values(row(results, measure)?), results.manifest.run.level);
    let backlog =
        estimate(Measure::Backlog).map(|backlog| Estimated { value: backlog.mean, half_width: backlog.half_width });
    grows(backlog, estimate(Measure::Offered).map(|offered| offered.mean))
}

/// Whether a backlog grows by more than chance and by enough to matter.
fn grows(backlog: Option<Estimated>, offered: Option<f64>) -> bool {
    let (Some(Estimated { value, half_width }), Some(offered)) = (backlog, offered) else { return false };
    value > half_width.unwrap_or(0.0) && value > GROWTH * offered
}

/// The shortest circle through each thing, told once.
fn circles(holdings: &[Holding]) -> Vec<Circle> {
    let strong: Vec<&Holding> = holdings.iter().filter(|holding| holding.share >= SHARE).collect();
    let subjects: BTreeSet<&Subject> = strong.iter().map(|holding| &holding.subject).collect();
    let through = subjects.iter().filter_map(|&first| shortest(&strong, first));
    through.filter(|circle| circle.iter().all(|holding| holding.subject >= circle[0].subject)).collect()
}

/// The shortest way from a thing back to it.
fn shortest(strong: &[&Holding], first: &Subject) -> Option<Circle> {
    let mut seen = BTreeSet::new();
    let mut ways: VecDeque<Vec<&Holding>> = VecDeque::from([Vec::new()]);
    while let Some(way) = ways.pop_front() {
        let at = way.last().map_or(first, |last| &last.place);
        for next in strong.iter().filter(|holding| holding.subject == *at) {
            let longer: Vec<&Holding> = way.iter().copied().chain([*next]).collect();
            if next.place == *first {
                return Some(longer.into_iter().cloned().collect());
            }
            if seen.insert(&next.place) {
                ways.push_back(longer);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::SubjectKind;

    fn holding(subject: &str, place: &str, share: f64) -> Holding {
        Holding { subject: Subject::at(subject), place: Subject::at(place), share }
    }

    fn link(subject: &str, place: &str, share: f64) -> Holding {
        let pool = |id| Subject::of(SubjectKind::Pool, id);
        Holding { subject: pool(subject), place: pool(place), share }
    }

    fn names(circles: &[Circle]) -> Vec<Vec<&str>> {
        circles.iter().map(|circle| circle.iter().map(|holding| holding.subject.id()).collect()).collect()
    }

    #[test]
    fn circles_of_any_length_are_found_once_and_weak_ones_are_not() {
        let three = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "f")];
        let mut all: Vec<Holding> = three.iter().map(|(subject, place)| link(subject, place, 0.4)).collect();
        assert_eq!(names(&circles(&all)), [["a", "b", "c"]]);
        all.push(link("f", "e", 0.2));
        all.push(link("b", "a", 0.05));
        assert_eq!(names(&circles(&all)), [vec!["a", "b", "c"], vec!["e", "f"]]);
        all.push(link("b", "a", 0.1));
        assert_eq!(names(&circles(&all)), [["a", "b"], ["e", "f"]]);
    }

    fn burden(offered: f64, carried: [f64; 4], share: f64) -> Burden {
        let holdings = vec![holding("pool.wagons", "node.port.storage.yard", share)];
        Burden { offered: vec![offered; 4], carried: carried.to_vec(), level: 0.95, holdings, circles: Vec::new() }
    }

    #[test]
    fn less_carried_at_more_demand_is_told_with_what_was_spent_and_chance_is_not() {
        let less = burden(100.0, [90.0, 92.0, 91.0, 93.0], 0.1);
        let fall = burden(200.0, [70.0, 73.0, 70.0, 74.0], 0.6).falls_from(&less).unwrap();
        assert!((fall.before, fall.after) == (91.5, 71.75) && fall.spent.unwrap().subject.as_str() == "pool.wagons");
        assert_eq!(burden(200.0, [89.0, 93.0, 90.0, 93.0], 0.6).falls_from(&less), None);
        assert_eq!(burden(100.0, [70.0, 73.0, 70.0, 74.0], 0.6).falls_from(&less), None, "no more was asked for");
    }

    #[test]
    fn a_backlog_grows_beyond_chance_and_by_enough() {
        let backlog = |value, half_width| Some(Estimated { value, half_width: Some(half_width) });
        assert!(grows(backlog(50.0, 10.0), Some(1000.0)));
        assert!(!grows(backlog(50.0, 60.0), Some(1000.0)));
        assert!(!grows(backlog(5.0, 1.0), Some(1000.0)));
        assert!(!grows(None, Some(1000.0)));
    }
}
