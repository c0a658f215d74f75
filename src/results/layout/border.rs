//! Rows of border work as CAREC's corridor performance measurement has them: of a crossing (a place where border work is
//! done), and of a journey with all its crossings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::builder::{Builder, Group, Stretch};
use crate::model::{Labels, RouteLabel};
use crate::results::catalogue::RowKey;
use crate::results::facts::{BorderWork, Facts};
use crate::words::{FixedUnit, Measure, Subject, SubjectKind};

type Of = fn(&BorderWork) -> f64;

const MEASURES: [(Measure, Of); 2] = [
    (Measure::BorderTime, BorderWork::hours_per_crossing),
    (Measure::BorderTimePerJourney, BorderWork::hours_per_journey),
];

pub(super) fn add(builder: &mut Builder<'_>) {
    at_nodes(builder);
    let periods = builder.periods();
    let whole = builder.whole();
    for group in builder.groups() {
        // Of single flows there are no months, as of their traffic.
        let is_flow = group.subject.is(SubjectKind::Flow);
        let shown = periods.iter().filter(|period| !(is_flow && period.id.is_month()));
        for period in std::iter::once(&whole).chain(shown) {
            of_flows(builder, &group, period);
        }
    }
    for (section, label) in builder.labels.sections.iter().enumerate() {
        for period in std::iter::once(&whole).chain(&periods) {
            let subject = Subject::of(SubjectKind::Section, &label.id);
            rows(builder, &subject, period, move |facts| vec![facts.section_borders[section].as_slice()]);
        }
    }
}

/// Hours of a crossing at each place of border work, of all and by direction.
fn at_nodes(builder: &mut Builder<'_>) {
    for (node, id) in builder.labels.nodes.iter().enumerate() {
        let subject = Subject::of(SubjectKind::Node, id);
        let here = format!("{}.", subject.as_str());
        let labels = builder.labels;
        let is_here = |cell: &usize| labels.places[labels.cells[*cell].place.index()].as_str().starts_with(&here);
        let cells: Arc<[usize]> =
            (0..labels.cells.len()).filter(|cell| labels.border[*cell] && is_here(cell)).collect();
        for group in crossing(labels, node, &subject) {
            at_node(builder, node, &group, Arc::clone(&cells));
        }
    }
}

/// Counted flows that have border work done at a node: all, and by direction.
fn crossing(labels: &Labels, node: usize, subject: &Subject) -> Vec<Group> {
    let mut groups: BTreeMap<Subject, BTreeSet<usize>> = BTreeMap::new();
    for route in labels.routes.iter().filter(|route| crossings_at(route, node) > 0) {
        let flow = &labels.flows[route.flow.index()];
        let direction = flow.tags.iter().find(|tag| tag.0 == "direction");
        let by_direction = direction.map(|tag| subject.with(format_args!("direction.{}", tag.1)));
        for row in std::iter::once(subject.clone()).chain(by_direction).filter(|_| flow.counted) {
            groups.entry(row).or_default().insert(route.flow.index());
        }
    }
    groups.into_iter().map(|(subject, flows)| Group { subject, flows: flows.into_iter().collect() }).collect()
}

/// How many times border work is done at a node on a route.
fn crossings_at(route: &RouteLabel, node: usize) -> usize {
    route.borders.iter().filter(|&&place| route.nodes[place].index() == node).count()
}

fn at_node(builder: &mut Builder<'_>, node: usize, group: &Group, cells: Arc<[usize]>) {
    let flows = builder.comparable(group);
    let routes = builder.labels.routes.iter().enumerate();
    let of_these = routes.filter(|(_, route)| flows.contains(&route.flow.index()));
    let routes: Vec<(usize, i128)> =
        of_these.map(|(index, route)| (index, crossings_at(route, node) as i128)).collect();
    builder.value(RowKey::new(Measure::BorderTime, &group.subject, FixedUnit::Hours), move |facts| {
        let outcome = facts.outcome;
        let times = flows.iter().flat_map(|&flow| cells.iter().map(move |&cell| outcome.time[flow][cell]));
        let work = BorderWork {
            weight: 0,
            crossings: routes.iter().map(|&(route, number)| outcome.routes[route].weight * number).sum(),
            time: times.sum(),
        };
        work.hours_per_crossing()
    });
}

fn of_flows(builder: &mut Builder<'_>, group: &Group, period: &Stretch) {
    let flows: Arc<[usize]> = builder.comparable(group).into();
    rows(builder, &group.subject, period, move |facts| {
        flows.iter().map(|&flow| facts.borders[flow].as_slice()).collect()
    });
}

fn rows(
    builder: &mut Builder<'_>,
    subject: &Subject,
    period: &Stretch,
    by_month: impl for<'f> Fn(&'f Facts<'_>) -> Vec<&'f [BorderWork]> + Send + Sync + 'static,
) {
    let by_month = Arc::new(by_month);
    for (measure, compute) in MEASURES {
        let (months, by_month) = (Arc::clone(&period.months), Arc::clone(&by_month));
        builder.value(RowKey::new(measure, subject, FixedUnit::Hours).during(&period.id), move |facts| {
            let mut total = BorderWork::default();
            for of in by_month(facts) {
                for &month in months.iter() {
                    total.add(&of[month]);
                }
            }
            compute(&total)
        });
    }
}
