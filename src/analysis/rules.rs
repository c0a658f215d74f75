//! Rules of thumb beside the simulated capacity: how full a line and a quay should be at most.

use crate::words::{Measure, Subject, SubjectKind};
use serde::Serialize;

use super::rows::Rows;
use crate::results::Results;
use crate::scenario::Contents;
use crate::scenario::types::{FacilityKind, Link, VesselOrCargo};
use crate::study::Prepared;

/// UIC Code 406, *Capacity* (2nd edition, 2013): recommended occupancy of a line with mixed traffic over a day. (In the
/// peak hour 75 %; suburban lines 70 % and 85 %; high-speed lines as mixed traffic.)
const LINE: f64 = 0.60;
/// UNCTAD, *Port development: a handbook for planners in developing countries* (2nd edition, 1985, TD/B/C.4/175/Rev.1):
/// recommended occupancy of a group of general cargo berths, by their number, from one on; of six and more the last.
const BERTHS: [f64; 6] = [0.40, 0.50, 0.55, 0.60, 0.65, 0.70];

/// A rule of thumb for one line or one group of berths.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rule {
    /// `UIC 406` or `UNCTAD`.
    pub rule: &'static str,
    /// The line or the berths.
    pub path: Subject,
    /// Number of berths, or paths a day.
    pub number: f64,
    /// Most that it recommends, a share of the day.
    pub most: f64,
    /// Share of the day occupied, at the scenario's own volumes.
    pub base: f64,
    /// The same at capacity, if one was found.
    pub at_capacity: Option<f64>,
}

impl Rule {
    /// Whether it is passed at the scenario's own volumes.
    pub fn is_passed(&self) -> bool {
        self.base > self.most
    }

    /// Whether it is passed at capacity.
    pub fn is_passed_at_capacity(&self) -> bool {
        self.at_capacity.is_some_and(|share| share > self.most)
    }
}

/// The rules for all lines with a number of paths and all berths, the fullest first.
///
/// A line is occupied by each train for 24 h ÷ `paths-per-day`, by those of other traffic too, in its busier direction.
/// A berth is occupied while a vessel is moored.
pub(super) fn rules(prepared: &Prepared, base: &Results, at_capacity: Option<&Results>) -> Vec<Rule> {
    let mut rules = of_lines(prepared, base, at_capacity);
    rules.extend(of_berths(&prepared.scenario, base, at_capacity));
    rules.sort_by(|one, other| {
        let excess = |rule: &Rule| rule.at_capacity.unwrap_or(rule.base) / rule.most;
        excess(other).total_cmp(&excess(one))
    });
    rules
}

fn of_lines(prepared: &Prepared, base: &Results, at_capacity: Option<&Results>) -> Vec<Rule> {
    let lines = prepared.plan.labels.links.iter().filter_map(|label| {
        let path = Subject::of(SubjectKind::Link, &label.id);
        // The results tell the use of the paths that the start of the scenario leaves.
        let left = label.paths_per_day?;
        let (paths, other) = over_horizon(&prepared.scenario, &label.id)?;
        let occupied = |results: &Results| {
            let trains = Rows::of(results).mean_of(Measure::Utilisation, &path)? * left;
            Some((trains + other) / paths)
        };
        let rule = Rule {
            rule: "UIC 406",
            number: paths,
            most: LINE,
            base: occupied(base)?,
            at_capacity: at_capacity.and_then(occupied),
            path: path.clone(),
        };
        Some(rule)
    });
    lines.collect()
}

/// Mean paths a day over the horizon, and those of other traffic.
fn over_horizon(scenario: &Contents, link: &str) -> Option<(f64, f64)> {
    let of = |scenario: &Contents| {
        let link: &Link = scenario.link.get(link)?;
        Some((link.paths_per_day?, link.other_trains))
    };
    let start = scenario.run.start;
    let days = |date: jiff::civil::DateTime| {
        (date.duration_since(start).as_secs_f64() / 86_400.0).clamp(0.0, scenario.run.horizon.days())
    };
    let mut from = 0.0;
    let mut now = of(scenario)?;
    let (mut paths, mut other) = (0.0, 0.0);
    for epoch in &scenario.epochs {
        let until = days(epoch.on);
        (paths, other) = (paths + now.0 * (until - from), other + now.1 * (until - from));
        (from, now) = (until, of(&epoch.scenario)?);
    }
    let horizon = scenario.run.horizon.days();
    Some(((paths + now.0 * (horizon - from)) / horizon, (other + now.1 * (horizon - from)) / horizon))
}

fn of_berths(scenario: &Contents, base: &Results, at_capacity: Option<&Results>) -> Vec<Rule> {
    let facilities =
        scenario.node.iter().flat_map(|(node, of)| of.facility.iter().map(move |facility| (node, facility)));
    let rules = facilities.filter_map(|(node, (id, facility))| {
        let is_berth = facility.kind == FacilityKind::Berth && facility.serves == VesselOrCargo::Vessel;
        let number = facility.servers.filter(|_| is_berth)?;
        let path = Subject::of(SubjectKind::Node, format_args!("{node}.facility.{id}"));
        let occupied = |results: &Results| {
            let rows = Rows::of(results);
            Some(rows.mean_of(Measure::Utilisation, &path)? + rows.mean_of(Measure::Blocked, &path).unwrap_or(0.0))
        };
        Some(Rule {
            rule: "UNCTAD",
            number: f64::from(number),
            most: recommended(number),
            base: occupied(base)?,
            at_capacity: at_capacity.and_then(occupied),
            path: path.clone(),
        })
    });
    rules.collect()
}

fn recommended(berths: u32) -> f64 {
    BERTHS[(berths.max(1) as usize).min(BERTHS.len()) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn berths_side_by_side_may_be_fuller() {
        for (berths, share) in [(1, 0.40), (2, 0.50), (3, 0.55), (6, 0.70), (40, 0.70)] {
            assert!((recommended(berths) - share).abs() < 1e-15, "{berths}");
        }
    }

    #[test]
    fn paths_are_a_mean_over_the_horizon() {
        let scenario = crate::scenario::ScenarioReader::default().read("baseline-2024", &[]).into_contents().unwrap();
        // One path until 20 May, the 141st day of a leap year, six from then on, over its 366 days.
        let (paths, _) = over_horizon(&scenario, "marabda-akhalkalaki").unwrap();
        assert!((paths - (140.0 + 6.0 * 226.0) / 366.0).abs() < 1e-12, "{paths}");
    }
}
