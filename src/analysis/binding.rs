//! What binds: the limit that is broken first, and the capacity behind it.

use std::collections::{BTreeMap, BTreeSet};

use super::capacities::{Capacity, capacities};
use super::judge::{Check, Limit};
use super::rows::Rows;
use super::usage::{Usage, usage};
use super::uses::used_by;
use super::waiting::{Sharing, Waiting};
use crate::model::FlowLabel;
use crate::results::Results;
use crate::study::Prepared;
use crate::words::{Cause, Measure, Subject, SubjectKind};

/// What binds at a traffic that is too much.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// The limit that is broken by most.
    pub check: Check,
    /// The capacity behind it: of those that it may come from, the one before which waiting grew most from the least
    /// traffic that was simulated to this one. None where the waiting that grew is for no capacity.
    pub capacity: Option<Capacity>,
    /// Its use at this traffic.
    pub usage: Usage,
    /// Hours by which the mean wait before it grew.
    pub growth: f64,
    /// The cause by which waiting grew most.
    pub cause: Option<Cause>,
}

/// Finds what binds: `few` are the results of the least traffic, `many` those of the traffic of `prepared`, which is too
/// much.
pub(super) fn binding(prepared: &Prepared, check: &Check, few: &Results, many: &Results) -> Binding {
    let capacities = capacities(&prepared.scenario);
    let subject = match &check.limit {
        Limit::Backlog(subject) | Limit::TurnedAway(subject) => subject.clone(),
        // Of what has no row of its own where its time goes the corridor stands in.
        Limit::Service(text) => {
            let mut named = text.split_whitespace().filter_map(|word| word.parse::<Subject>().ok());
            named.find(|subject| subject.is(SubjectKind::Section)).unwrap_or_else(Subject::corridor)
        }
    };
    let flows = flows_of(prepared, &subject);
    let cause = grown_cause(&parts(prepared, &subject, &flows), few, many);
    let (before, after) = waits(prepared, &capacities, &subject, few, many);
    let usages = usage(&capacities, &prepared.plan, many);
    let used = (!flows.is_empty())
        .then(|| flows.iter().flat_map(|flow| used_by(&prepared.plan, *flow)).collect::<BTreeSet<Subject>>());
    let may_be = |capacity: &Capacity| {
        let is_on_route = used.as_ref().is_none_or(|used| used.contains(&capacity.path));
        is_on_route && cause.is_none_or(|cause| cause.relieved_by().contains(&capacity.kind))
    };
    let growth = |capacity: &Capacity| after.hours(capacity) - before.hours(capacity);
    let best = capacities.iter().zip(&usages).filter(|(capacity, _)| may_be(capacity)).max_by(|one, other| {
        let utilisation = |usage: &Usage| usage.utilisation.unwrap_or(0.0);
        // What is not counted has no waiting of its own in the results; then the fuller one it is.
        growth(one.0)
            .max(0.0)
            .total_cmp(&growth(other.0).max(0.0))
            .then(utilisation(one.1).total_cmp(&utilisation(other.1)))
    });
    Binding {
        check: check.clone(),
        growth: best.map_or(0.0, |(capacity, _)| growth(capacity)),
        usage: best.map(|(_, usage)| *usage).unwrap_or_default(),
        capacity: best.map(|(capacity, _)| capacity.clone()),
        cause,
    }
}

/// Waits before capacities, of a section within it, of anything else in the corridor.
fn waits(
    prepared: &Prepared,
    capacities: &[Capacity],
    subject: &Subject,
    few: &Results,
    many: &Results,
) -> (Waiting, Waiting) {
    // Who carries what at which port is shared out as at the traffic that is too much.
    let sharing = Sharing::of(&prepared.plan, many);
    let corridor = Subject::corridor();
    let subject = if subject.is(SubjectKind::Section) { subject } else { &corridor };
    (sharing.waiting(capacities, few, subject), sharing.waiting(capacities, many, subject))
}

/// The flows that `flow.ID` or `cargo.ID` names; `None` for anything else.
fn flows_of(prepared: &Prepared, subject: &Subject) -> Vec<usize> {
    let labels = &prepared.plan.labels;
    let is_of = |(_, flow): &(usize, &FlowLabel)| match (subject.kind(), subject.id()) {
        (SubjectKind::Flow, id) => flow.id == id,
        (SubjectKind::Cargo, id) => flow.counted && !flow.of_pool && labels.cargoes[flow.cargo.index()].0 == id,
        _ => false,
    };
    labels.flows.iter().enumerate().filter(is_of).map(|(index, _)| index).collect()
}

/// The subjects whose times make up that of a subject; where single flows have no rows, the corridor stands in.
fn parts(prepared: &Prepared, subject: &Subject, flows: &[usize]) -> Vec<Subject> {
    if flows.is_empty() {
        return vec![subject.clone()];
    }
    if !prepared.layout.catalogue().has_flows() {
        return vec![Subject::corridor()];
    }
    flows.iter().map(|flow| Subject::of(SubjectKind::Flow, &prepared.plan.labels.flows[*flow].id)).collect()
}

/// The cause by which the waiting of some subjects, weighted by what they offer, grew most; `None` where none is known or
/// none grew.
fn grown_cause(subjects: &[Subject], few: &Results, many: &Results) -> Option<Cause> {
    let mut growth: BTreeMap<Cause, f64> = BTreeMap::new();
    let (few, many) = (Rows::of(few), Rows::of(many));
    for subject in subjects {
        let offered = many.tonnes(Measure::Offered, subject).and_then(|row| many.mean(row));
        let weight = offered.unwrap_or(1.0);
        for (rows, sign) in [(&few, -weight), (&many, weight)] {
            for (key, days) in rows.time(subject) {
                if let Some(cause) = key.cause.filter(|cause| cause.is_waiting()) {
                    *growth.entry(cause).or_default() += sign * days;
                }
            }
        }
    }
    let most = growth.into_iter().max_by(|one, other| one.1.total_cmp(&other.1))?;
    (most.1 > 0.0).then_some(most.0)
}
