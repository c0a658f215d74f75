//! What a map shows of links and nodes.

use crate::comparison::{Difference, WhatIf};
use crate::results::{Network, NetworkLink, Summary, SummaryRow};
use crate::words::{Measure, Statistic, Subject, SubjectKind};

/// A number with the half-width of its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Known {
    pub(super) value: f64,
    pub(super) half_width: Option<f64>,
}

impl Known {
    fn of(row: &SummaryRow) -> Option<Self> {
        row.mean.map(|value| Self { value, half_width: row.half_width })
    }
}

/// What is known of a link.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct OfLink {
    /// Tonnes a year that it carries, or by how many more.
    pub(super) tonnes: Option<Known>,
    /// The share of its capacity that is used.
    pub(super) used: Option<Known>,
    /// Hours that a train or shipment waits for it.
    pub(super) wait: Option<Known>,
    /// Of a difference: whether it is statistically significant.
    pub(super) is_significant: bool,
}

/// What links and nodes show, by their places in the network.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figures {
    pub(super) links: Vec<OfLink>,
    /// Hours waited a year at each node by all together, or by how many more; 0 where nothing is known.
    pub(super) hours: Vec<f64>,
}

impl Figures {
    /// Of a scenario.
    pub(super) fn of_run(summary: &Summary) -> Self {
        let network = &summary.network;
        let hours = summary.of(Measure::HoursWaited);
        Self {
            links: network.links.iter().map(|link| of_link(summary, link)).collect(),
            hours: by_node(network, hours.filter_map(|row| Some((&row.key.subject, row.mean?)))),
        }
    }

    /// What a what-if changes. Hours count where their change is statistically significant.
    pub(super) fn of_what_if(network: &Network, what_if: &WhatIf) -> Self {
        let level = what_if.manifest.run.level;
        let of_link = |link: &NetworkLink| {
            let subject = Subject::of(SubjectKind::Link, &link.id);
            let row = what_if.difference(Measure::Throughput, &subject, Statistic::Mean);
            OfLink {
                tonnes: row.map(|row| Known { value: row.difference, half_width: row.half_width }),
                is_significant: row.is_some_and(|row| row.is_significant(level)),
                ..OfLink::default()
            }
        };
        let is_told = |row: &&Difference| {
            let is_of_horizon = row.period.is_horizon() && row.statistic == Statistic::Mean;
            row.measure == Measure::HoursWaited && is_of_horizon && row.is_significant(level)
        };
        let hours = what_if.differences.iter().filter(is_told).map(|row| (&row.subject, row.difference));
        Self { links: network.links.iter().map(of_link).collect(), hours: by_node(network, hours) }
    }

    /// The most that a link carries, whatever the sign.
    pub(super) fn most_tonnes(&self) -> f64 {
        self.links.iter().filter_map(|link| link.tonnes).map(|tonnes| tonnes.value.abs()).fold(0.0, f64::max)
    }

    /// The most hours at a node, whatever the sign.
    pub(super) fn most_hours(&self) -> f64 {
        self.hours.iter().map(|hours| hours.abs()).fold(0.0, f64::max)
    }
}

fn of_link(summary: &Summary, link: &NetworkLink) -> OfLink {
    let subject = Subject::of(SubjectKind::Link, &link.id);
    let whole = |measure| summary.row(measure, &subject).and_then(Known::of);
    OfLink {
        tonnes: whole(Measure::Throughput),
        used: whole(Measure::Utilisation),
        wait: whole(Measure::WaitingTime).or_else(|| longest_wait(summary, link)),
        is_significant: false,
    }
}

/// The longer of the waits at the two ends.
fn longest_wait(summary: &Summary, link: &NetworkLink) -> Option<Known> {
    let at = |node: usize| {
        let node = &summary.network.nodes.get(node)?.id;
        let subject = Subject::of(SubjectKind::Link, format_args!("{}.from.{node}", link.id));
        summary.row(Measure::WaitingTime, &subject).and_then(Known::of)
    };
    let waits = [at(link.from), at(link.to)].into_iter().flatten();
    waits.max_by(|one, other| one.value.total_cmp(&other.value))
}

/// Numbers of places added up by the node at which they are: `node.aktau.facility.crane` and `link.aktau-alat.from.aktau` are at Aktau.
fn by_node<'a>(network: &Network, numbers: impl Iterator<Item = (&'a Subject, f64)>) -> Vec<f64> {
    let mut all = vec![0.0; network.nodes.len()];
    for (subject, number) in numbers {
        let parts: Vec<&str> = subject.id().split('.').collect();
        let node = match (subject.kind(), &parts[..]) {
            (SubjectKind::Node, [node, ..]) | (SubjectKind::Link, [_, "from", node]) => *node,
            (SubjectKind::Link, [link, ..]) => {
                let link = network.links.iter().find(|known| known.id == *link);
                link.and_then(|link| network.nodes.get(link.from)).map_or("", |node| &node.id)
            }
            _ => continue,
        };
        if let Some(at) = network.nodes.iter().position(|known| known.id == node) {
            all[at] += number;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::synthetic;

    #[test]
    fn waits_stand_at_the_node_where_they_are_waited() {
        let summary = synthetic::results(4).summary();
        let figures = Figures::of_run(&summary);
        let node = |id: &str| summary.network.nodes.iter().position(|node| node.id == id).unwrap();
        let at_aktau = |row: &&SummaryRow| row.key.subject.as_str().contains("aktau");
        let rows = summary.of(Measure::HoursWaited).filter(at_aktau);
        let at_node = rows.filter(|row| {
            row.key.subject.as_str().starts_with("node.aktau.") || row.key.subject.as_str().ends_with(".from.aktau")
        });
        let hours: f64 = at_node.filter_map(|row| row.mean).sum();
        assert!(hours > 0.0 && figures.hours[node("aktau")] >= hours, "{hours} {:?}", figures.hours);
        let sea = summary.network.links.iter().position(|link| link.id == "aktau-alat").unwrap();
        assert!(figures.links[sea].tonnes.is_some_and(|tonnes| tonnes.value > 0.0));
        assert!(figures.links[sea].wait.is_some());
    }
}
