//! Whose traffic results tell apart: that of every flow, or that of cargoes where there are too many flows for rows of each.

use super::rows::Rows;
use crate::arithmetic::tonnes_per_year;
use crate::model::Plan;
use crate::stats::sum;
use crate::words::{Cause, Measure, Subject, SubjectKind};

/// Flows that have rows together.
pub(super) struct Part {
    /// As in the results: `flow.ID`, `cargo.ID`.
    pub(super) subject: Subject,
    /// By index.
    pub(super) flows: Vec<usize>,
}

/// Every flow of demand that is to be looked at.
pub(super) fn flows(plan: &Plan, is_asked_for: impl Fn(usize) -> bool) -> Vec<Part> {
    let flows = plan.labels.flows.iter().enumerate().filter(|(index, flow)| !flow.of_pool && is_asked_for(*index));
    flows.map(|(index, flow)| Part { subject: Subject::of(SubjectKind::Flow, &flow.id), flows: vec![index] }).collect()
}

/// Every cargo with its counted flows.
pub(super) fn cargoes(plan: &Plan) -> Vec<Part> {
    let labels = &plan.labels;
    let mut parts: Vec<Part> = labels
        .cargoes
        .iter()
        .map(|(id, _)| Part { subject: Subject::of(SubjectKind::Cargo, id), flows: Vec::new() })
        .collect();
    for (index, flow) in labels.flows.iter().enumerate().filter(|(_, flow)| flow.counted && !flow.of_pool) {
        parts[flow.cargo.index()].flows.push(index);
    }
    parts.retain(|part| !part.flows.is_empty());
    parts
}

/// The parts of which counted traffic is made up in results that have rows of single flows or not.
pub(super) fn counted(plan: &Plan, has_flows: bool) -> Vec<Part> {
    if has_flows { flows(plan, |flow| plan.labels.flows[flow].counted) } else { cargoes(plan) }
}

/// What a flow does where it is not counted how much: tonnes a year that it offers, and days that it waits for vessels.
#[derive(Clone, Copy)]
pub(super) struct Waits {
    pub(super) offered: f64,
    pub(super) days: f64,
}

/// By flow. Where single flows have no rows, they offer what the plan gives and wait as long as the
/// corridor.
pub(super) fn waits_for_vessels(plan: &Plan, rows: &Rows<'_>) -> Vec<Waits> {
    let days = |subject: &Subject| {
        let times = rows.time(subject).into_iter().filter(|(key, _)| key.cause == Some(Cause::WaitVessel));
        sum(times.map(|(_, days)| days))
    };
    if rows.has_flows() {
        let offered = |subject: &Subject| rows.tonnes(Measure::Offered, subject).and_then(|row| rows.mean(row));
        let subjects = plan.labels.flows.iter().map(|flow| Subject::of(SubjectKind::Flow, &flow.id));
        return subjects.map(|of| Waits { offered: offered(&of).unwrap_or(0.0), days: days(&of) }).collect();
    }
    let all = days(&Subject::corridor());
    tonnes_per_year(plan).into_iter().map(|offered| Waits { offered, days: all }).collect()
}
