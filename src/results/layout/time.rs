//! Rows of time: how long shipments take, and where the days go.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::builder::{Builder, Group, Stretch};
use crate::ids::{LinkId, NodeId};
use crate::model::{Labels, RouteLabel, SectionLabel};
use crate::results::catalogue::RowKey;
use crate::units::Duration;
use crate::units::weight;
use crate::words::{Cause, FixedUnit, Measure, Period, Subject, SubjectKind};

pub(super) fn add(builder: &mut Builder<'_>) {
    let periods: Vec<Stretch> = builder.periods().into_iter().filter(|period| !period.id.is_month()).collect();
    for (place, period) in periods.iter().enumerate() {
        for &month in period.months.iter() {
            builder.sampler.periods[month].push(place + 1);
        }
    }
    let ids: Vec<Period> =
        std::iter::once(Period::Horizon).chain(periods.into_iter().map(|period| period.id)).collect();
    flow_series(builder, &ids);
    for group in builder.groups() {
        transit(builder, &group, &ids);
        shares(builder, &group);
    }
    breakdown(builder);
    sections(builder, &ids);
    stays(builder, &ids);
    crossings(builder);
}

fn flow_series(builder: &mut Builder<'_>, periods: &[Period]) {
    for group in builder.kept_together() {
        let (first, subject) = (group.flows[0], &group.subject);
        // Of background traffic only the whole is kept: it fills no subject but `all` and its own.
        let counted = builder.labels.flows[first].counted;
        let kept = if counted { periods.len() } else { 1 };
        let transit: Vec<u32> =
            periods[..kept].iter().map(|period| builder.series(Measure::TransitTime, subject, period)).collect();
        let others = [Measure::TransitTimeDelivered, Measure::AcceptanceWait, Measure::CompleteTime];
        let others = others.map(|measure| counted.then(|| builder.series(measure, subject, &Period::Horizon)));
        let sampler = &mut builder.sampler;
        for &flow in group.flows.iter() {
            sampler.transit[flow].clone_from(&transit);
            (sampler.delivered[flow], sampler.acceptance[flow], sampler.complete[flow]) = others.into();
        }
    }
}

/// Each series once: flows that are kept together share theirs.
fn distinct(series: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut seen = BTreeSet::new();
    series.filter(|one| seen.insert(*one)).collect()
}

fn transit(builder: &mut Builder<'_>, group: &Group, periods: &[Period]) {
    let flows = builder.comparable(group);
    let subject = &group.subject;
    for (place, period) in periods.iter().enumerate() {
        let of = |&flow: &usize| builder.sampler.transit[flow].get(place).copied();
        let series = distinct(flows.iter().filter_map(of));
        if series.is_empty() && place > 0 {
            continue;
        }
        let slot =
            builder.durations(RowKey::new(Measure::TransitTime, subject, FixedUnit::Days).during(period), series);
        if place == 0 {
            builder.buffer(RowKey::new(Measure::BufferIndex, subject, FixedUnit::One), slot);
        }
    }
    let sampler = &builder.sampler;
    let lists = [
        (Measure::TransitTimeDelivered, &sampler.delivered),
        (Measure::AcceptanceWait, &sampler.acceptance),
        (Measure::CompleteTime, &sampler.complete),
    ]
    .map(|(measure, by_flow)| (measure, distinct(flows.iter().filter_map(|&flow| by_flow[flow]))));
    for (measure, series) in lists.into_iter().filter(|(_, series)| !series.is_empty()) {
        builder.durations(RowKey::new(measure, subject, FixedUnit::Days), series);
    }
}

fn shares(builder: &mut Builder<'_>, group: &Group) {
    let flows = builder.comparable(group);
    let unexplained = builder.cells_of(&[Cause::Unexplained]);
    let deadlines: BTreeMap<usize, Duration> =
        flows.iter().filter_map(|&flow| builder.labels.flows[flow].deadline.map(|deadline| (flow, deadline))).collect();
    builder.value(RowKey::new(Measure::UnexplainedShare, &group.subject, FixedUnit::One), move |facts| {
        facts.days_in(&flows, |cell| unexplained[cell]) / facts.days_in(&flows, |_| true)
    });
    if !deadlines.is_empty() {
        builder.value(RowKey::new(Measure::OnTimeShare, &group.subject, FixedUnit::One), move |facts| {
            let cohort = facts.outcome.journeys.iter().filter(|journey| journey.in_cohort);
            on_time(cohort.filter_map(|journey| {
                let deadline = *deadlines.get(&journey.flow.index())?;
                Some(Kept { in_time: journey.time <= deadline, weight: weight(journey.mass, journey.size) })
            }))
        });
    }
}

/// Whether a journey or passage kept its deadline, and how much it counts.
struct Kept {
    in_time: bool,
    weight: i64,
}

/// The weighted share of what was on time.
fn on_time(journeys: impl Iterator<Item = Kept>) -> f64 {
    let (mut good, mut all) = (0_i64, 0_i64);
    for Kept { in_time, weight } in journeys {
        good += if in_time { weight } else { 0 };
        all += weight;
    }
    good as f64 / all as f64
}

/// Where the days go by place and cause, for the corridor and for counted flows.
fn breakdown(builder: &mut Builder<'_>) {
    let labels = builder.labels;
    let Some(corridor) = builder.together().into_iter().find(|group| group.subject.is_corridor()) else {
        return;
    };
    let comparable = builder.comparable(&corridor);
    parts(builder, &Subject::corridor(), &comparable.into(), |_| true);
    let single = builder.apart().into_iter().map(|group| group.flows[0]);
    for flow in single.filter(|flow| corridor.flows.binary_search(flow).is_ok()) {
        let inside = Inside::of_flow(&labels.routes, flow);
        let holds = |place: &Subject| inside.holds(place, &labels.nodes, |link| &labels.links[link.index()].id);
        parts(builder, &Subject::of(SubjectKind::Flow, &labels.flows[flow].id), &[flow].into(), holds);
    }
}

/// The rows of `time` of a subject, in the places in which its time can be booked.
fn parts(builder: &mut Builder<'_>, subject: &Subject, flows: &Arc<[usize]>, holds: impl Fn(&Subject) -> bool) {
    let labels = builder.labels;
    for (cell, label) in labels.cells.iter().enumerate() {
        let place = &labels.places[label.place.index()];
        if holds(place) {
            let flows = Arc::clone(flows);
            let key = RowKey::new(Measure::Time, subject, FixedUnit::Days).at(place).because(label.cause);
            builder.value(key, move |facts| facts.days_at(&flows, cell));
        }
    }
}

fn sections(builder: &mut Builder<'_>, periods: &[Period]) {
    for (section, label) in builder.labels.sections.iter().enumerate() {
        let subject = Subject::of(SubjectKind::Section, &label.id);
        for (place, period) in periods.iter().enumerate() {
            let series = builder.series(Measure::SectionTime, &subject, period);
            builder.sampler.sections[section].push(series);
            let key = RowKey::new(Measure::SectionTime, &subject, FixedUnit::Days).during(period);
            let slot = builder.durations(key, vec![series]);
            if place == 0 {
                builder.buffer(RowKey::new(Measure::BufferIndex, &subject, FixedUnit::One), slot);
            }
        }
        section_shares(builder, section, &subject, label.deadline);
        section_breakdown(builder, section, &subject, label);
    }
}

fn section_shares(builder: &mut Builder<'_>, section: usize, subject: &Subject, deadline: Option<Duration>) {
    let unexplained = builder.cells_of(&[Cause::Unexplained]);
    builder.value(RowKey::new(Measure::UnexplainedShare, subject, FixedUnit::One), move |facts| {
        facts.section_days_in(section, |cell| unexplained[cell]) / facts.section_days_in(section, |_| true)
    });
    if let Some(deadline) = deadline {
        builder.value(RowKey::new(Measure::OnTimeShare, subject, FixedUnit::One), move |facts| {
            let passages = facts.outcome.passages.iter().filter(|passage| passage.section.index() == section);
            on_time(
                passages.map(|passage| Kept {
                    in_time: passage.time <= deadline,
                    weight: weight(passage.mass, passage.size),
                }),
            )
        });
    }
}

fn section_breakdown(builder: &mut Builder<'_>, section: usize, subject: &Subject, of: &SectionLabel) {
    let labels = builder.labels;
    let inside = Inside::of(&labels.routes, of);
    for (cell, label) in labels.cells.iter().enumerate() {
        let place = &labels.places[label.place.index()];
        if inside.holds(place, &labels.nodes, |link| &labels.links[link.index()].id) {
            let key = RowKey::new(Measure::Time, subject, FixedUnit::Days).at(place).because(label.cause);
            builder.value(key, move |facts| facts.section_days_at(section, cell));
        }
    }
}

/// What lies within a section, or on the routes of a flow.
struct Inside {
    nodes: Vec<NodeId>,
    links: Vec<LinkId>,
}

impl Inside {
    fn of(routes: &[RouteLabel], section: &SectionLabel) -> Self {
        let (from, to) = section.ends;
        // Until it leaves a shipment waits for the line that goes on, which is booked there.
        let beyond = usize::from(section.until_leaves);
        let mut inside = Self { nodes: Vec::new(), links: Vec::new() };
        for route in routes {
            let start = route.nodes.iter().position(|&node| node == from);
            let end = route.nodes.iter().rposition(|&node| node == to);
            if let (Some(start), Some(end)) = (start, end)
                && start <= end
            {
                inside.nodes.extend(&route.nodes[start..=end]);
                inside.links.extend(route.links.iter().take(end + beyond).skip(start));
            }
        }
        inside
    }

    fn of_flow(routes: &[RouteLabel], flow: usize) -> Self {
        let own = || routes.iter().filter(|route| route.flow.index() == flow);
        Self {
            nodes: own().flat_map(|route| route.nodes.iter().copied()).collect(),
            links: own().flat_map(|route| route.links.iter().copied()).collect(),
        }
    }

    /// Whether time can be booked there; what is neither a node nor a link may be anywhere.
    fn holds<'l>(&self, place: &Subject, nodes: &[String], link_id: impl Fn(&LinkId) -> &'l String) -> bool {
        match (place.kind(), place.owner()) {
            (SubjectKind::Node, Some(id)) => self.nodes.iter().any(|node| nodes[node.index()] == id),
            (SubjectKind::Link, Some(id)) => self.links.iter().any(|link| link_id(link) == id),
            _ => !self.nodes.is_empty(),
        }
    }
}

/// By the subject of what is stored of a node (a cargo, or a cargo in a direction): the subject of the cargo, and the flows.
type Stored = BTreeMap<Subject, (Subject, Vec<usize>)>;

/// Dwell by node, by node and cargo, and by node, cargo and direction where flows have that tag.
fn stays(builder: &mut Builder<'_>, periods: &[Period]) {
    let passing = passing(builder.labels);
    for (node, id) in builder.labels.nodes.iter().enumerate() {
        // A junction with nothing to do at it has no dwell, only the wait for the next path.
        let at = Subject::of(SubjectKind::Node, id);
        if !builder.labels.places.iter().any(|place| place.is_within(&at)) {
            continue;
        }
        let mut stored = Stored::new();
        for &flow in &passing[node] {
            let label = &builder.labels.flows[flow];
            let cargo = at.with(format_args!("cargo.{}", builder.labels.cargoes[label.cargo.index()].0));
            let direction = label.tags.iter().find(|tag| tag.0 == "direction");
            let whole = direction.map_or_else(|| cargo.clone(), |tag| cargo.with(format_args!("direction.{}", tag.1)));
            stored.entry(whole).or_insert_with(|| (cargo, Vec::new())).1.push(flow);
        }
        if stored.is_empty() {
            continue;
        }
        stays_at(builder, node, &at, periods, stored);
    }
}

/// By node: the counted flows that pass it, in their order.
fn passing(labels: &Labels) -> Vec<Vec<usize>> {
    let mut passing: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); labels.nodes.len()];
    for route in labels.routes.iter().filter(|route| labels.flows[route.flow.index()].counted) {
        for node in &route.nodes {
            passing[node.index()].insert(route.flow.index());
        }
    }
    passing.into_iter().map(|flows| flows.into_iter().collect()).collect()
}

fn stays_at(builder: &mut Builder<'_>, node: usize, subject: &Subject, periods: &[Period], stored: Stored) {
    // By row: its flows, and by period its series.
    let mut rows: BTreeMap<Subject, (Vec<usize>, Vec<Vec<u32>>)> = BTreeMap::new();
    for (full, (cargo, flows)) in stored {
        let series: Vec<u32> = periods.iter().map(|period| builder.series(Measure::DwellTime, &full, period)).collect();
        let shared: Arc<[u32]> = series.as_slice().into();
        for &flow in &flows {
            builder.sampler.stays[node].insert(flow, Arc::clone(&shared));
        }
        for row in BTreeSet::from([subject.clone(), cargo, full]) {
            let entry = rows.entry(row).or_insert_with(|| (Vec::new(), vec![Vec::new(); periods.len()]));
            entry.0.extend(&flows);
            for (of, &series) in entry.1.iter_mut().zip(&series) {
                of.push(series);
            }
        }
    }
    for (row, (flows, series)) in rows {
        // A node where cargoes with and without mass meet has no common weight.
        let group = Group { subject: row.clone(), flows: flows.clone().into() };
        if builder.comparable(&group).len() == flows.len() {
            for (period, series) in periods.iter().zip(series) {
                builder.durations(RowKey::new(Measure::DwellTime, &row, FixedUnit::Days).during(period), series);
            }
            stays_by_month(builder, node, &group);
        }
    }
}

/// Of months there is the mean alone: their distributions would be a fifth of what is kept of a replication.
fn stays_by_month(builder: &mut Builder<'_>, node: usize, group: &Group) {
    for period in builder.periods().into_iter().filter(|period| period.id.is_month()) {
        let flows = Arc::clone(&group.flows);
        let key = RowKey::new(Measure::DwellTime, &group.subject, FixedUnit::Days).during(&period.id);
        builder.value(key, move |facts| facts.days_at_node(node, &flows, &period.months));
    }
}

fn crossings(builder: &mut Builder<'_>) {
    let mut by_link: BTreeMap<LinkId, Vec<u32>> = BTreeMap::new();
    for (leg, &(link, from, _)) in builder.labels.legs.iter().enumerate() {
        let labels = builder.labels;
        let subject = Subject::of(
            SubjectKind::Link,
            format_args!("{}.from.{}", labels.links[link.index()].id, labels.nodes[from.index()]),
        );
        let series = builder.series(Measure::CrossingTime, &subject, &Period::Horizon);
        builder.sampler.crossings[leg] = Some(series);
        by_link.entry(link).or_default().push(series);
        builder.durations(RowKey::new(Measure::CrossingTime, &subject, FixedUnit::Days), vec![series]);
    }
    for (link, series) in by_link {
        let subject = Subject::of(SubjectKind::Link, &builder.labels.links[link.index()].id);
        builder.durations(RowKey::new(Measure::CrossingTime, &subject, FixedUnit::Days), series);
    }
}
