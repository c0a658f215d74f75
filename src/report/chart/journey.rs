//! Where the mean days of a section pass, kilometre by kilometre.

use crate::results::{Network, NetworkSection, Summary, SummaryRow};
use crate::words::{Measure, SubjectKind};

/// What passes at a distance from the beginning.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stop {
    pub(super) km: f64,
    /// The place where most of it passes.
    pub(super) name: String,
    pub(super) waiting: f64,
    pub(super) work: f64,
    most: f64,
}

impl Stop {
    /// Days that pass here.
    pub(super) const fn days(&self) -> f64 {
        self.waiting + self.work
    }
}

/// Days that pass between two distances.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Way {
    from: f64,
    to: f64,
    days: f64,
}

/// A section, kilometre by kilometre.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Journey {
    /// The node where it begins.
    first: usize,
    /// By distance from the beginning.
    pub(super) stops: Vec<Stop>,
    ways: Vec<Way>,
    /// By node: kilometres from the beginning by the links that are used, where it can be reached.
    pub(super) km: Vec<Option<f64>>,
}

impl Journey {
    /// The mean time of a section by its rows of places; `None` where the length of a link is not known, or the section's end is not
    /// reached by links with time.
    pub(super) fn of(summary: &Summary, section: &NetworkSection) -> Option<Self> {
        let network = &summary.network;
        let subject = section.subject();
        let rows: Vec<&SummaryRow> = summary.of(Measure::Time).filter(|row| row.key.subject == subject).collect();
        let km = distances(network, section.from, &rows)?;
        km[section.to]?;
        let mut journey = Self { first: section.from, stops: Vec::new(), ways: Vec::new(), km };
        for row in rows {
            journey.add(network, row);
        }
        journey.stops.sort_by(|one, other| one.km.total_cmp(&other.km));
        Some(journey)
    }

    /// Mean days from the beginning until so many kilometres are behind, before anything passes there.
    pub(super) fn days_to(&self, km: f64) -> f64 {
        let stops = self.stops.iter().filter(|stop| stop.km < km).map(Stop::days);
        let share = |way: &Way| ((km - way.from) / (way.to - way.from)).clamp(0.0, 1.0);
        stops.sum::<f64>() + self.ways.iter().map(|way| way.days * share(way)).sum::<f64>()
    }

    fn add(&mut self, network: &Network, row: &SummaryRow) {
        let (Some(place), Some(cause), Some(days)) = (&row.key.place, row.key.cause, row.mean) else { return };
        let link = place.id_of(SubjectKind::Link).and_then(|id| network.links.iter().find(|link| link.id == id));
        let ends = link.and_then(|link| Some((self.km[link.from]?, self.km[link.to]?)));
        if let Some((one, other)) = ends.filter(|ends| !cause.is_waiting() && (ends.0 - ends.1).abs() > 0.0) {
            return self.ways.push(Way { from: one.min(other), to: one.max(other), days });
        }
        let node = place.id_of(SubjectKind::Node).and_then(|id| id.split('.').next());
        let node = node.and_then(|id| network.nodes.iter().position(|node| node.id == id));
        // A line is waited for at its beginning; where what a pool lends is waited for is not kept, and told at the beginning.
        let nearer = link.map(|link| if self.km[link.from] <= self.km[link.to] { link.from } else { link.to });
        let node = node.or(nearer).unwrap_or(self.first);
        let name = &network.nodes[node].name;
        self.pass(self.km[node].unwrap_or_default(), name, days, cause.is_waiting());
    }

    fn pass(&mut self, km: f64, name: &str, days: f64, is_waiting: bool) {
        let place = self.stops.iter().position(|stop| stop.km.total_cmp(&km).is_eq()).unwrap_or_else(|| {
            self.stops.push(Stop { km, name: String::new(), waiting: 0.0, work: 0.0, most: 0.0 });
            self.stops.len() - 1
        });
        let stop = &mut self.stops[place];
        if is_waiting {
            stop.waiting += days;
        } else {
            stop.work += days;
        }
        if days > stop.most {
            stop.most = days;
            name.clone_into(&mut stop.name);
        }
    }
}

/// By node: the shortest way to it by links on which time passes; `None` where the length of one is not known.
fn distances(network: &Network, from: usize, rows: &[&SummaryRow]) -> Option<Vec<Option<f64>>> {
    let is_used = |id: &str| {
        rows.iter().any(|row| {
            let is_it = row.key.place.as_ref().is_some_and(|place| place.id_of(SubjectKind::Link) == Some(id));
            is_it && row.key.cause.is_some_and(|cause| !cause.is_waiting()) && row.mean > Some(0.0)
        })
    };
    let used = network.links.iter().filter(|link| is_used(&link.id));
    let lengths = used.map(|link| Some((link.from, link.to, link.length_km?))).collect::<Option<Vec<_>>>()?;
    let mut km = vec![None; network.nodes.len()];
    km[from] = Some(0.0);
    // No shortest way has more links than there are.
    for _ in 0..lengths.len() {
        for &(one, other, length) in &lengths {
            for (near, far) in [(one, other), (other, one)] {
                let by_it = km[near].map(|km: f64| km + length);
                if by_it.is_some_and(|by_it| km[far].is_none_or(|known| by_it < known)) {
                    km[far] = by_it;
                }
            }
        }
    }
    Some(km)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::synthetic;

    #[test]
    fn all_days_of_a_section_pass_somewhere_between_its_ends() {
        let summary = synthetic::results(4).summary();
        let section = summary.network.main_section().unwrap();
        let journey = Journey::of(&summary, section).unwrap();
        let rows = summary.of(Measure::Time).filter(|row| row.key.subject == section.subject());
        let all: f64 = rows.filter_map(|row| row.mean).sum();
        let end = journey.km[section.to].unwrap();
        assert!(all > 1.0 && (journey.days_to(end + 1e6) - all).abs() < 1e-9, "{all} {journey:?}");
        assert!(journey.days_to(0.0).abs() < 1e-12 && journey.stops.iter().all(|stop| stop.km <= end + 1e-9));
        assert!(journey.stops.windows(2).all(|pair| pair[0].km < pair[1].km));
    }

    #[test]
    fn a_link_of_no_known_length_has_no_journey() {
        let mut summary = synthetic::results(4).summary();
        let section = summary.network.main_section().unwrap().clone();
        summary.network.links.iter_mut().for_each(|link| link.length_km = None);
        assert!(Journey::of(&summary, &section).is_none());
    }
}
