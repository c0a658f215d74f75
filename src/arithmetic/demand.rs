//! How much each program is asked to carry.

use super::asked::Coming;
use crate::ids::ProgramId;
use crate::model::{Arrivals, Flow, Model};
use crate::model::{Clock, Plan};
use crate::units::{DAYS_PER_YEAR, MS_PER_DAY, SimTime};

/// What comes along a program: a rate and the size of a shipment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stream {
    pub(super) program: ProgramId,
    /// Units of the cargo a millisecond.
    pub(super) units_per_ms: f64,
    /// Units of one shipment.
    pub(super) size: f64,
    pub(super) coming: Coming,
}

impl Stream {
    /// Shipments that come by Poisson, one at a time.
    pub(super) const fn poisson(program: ProgramId, units_per_ms: f64, size: f64) -> Self {
        Self { program, units_per_ms, size, coming: Coming::SPREAD }
    }
}

/// How the shipments of a flow come.
fn coming(flow: &Flow) -> Coming {
    let gap_cv2 = match &flow.arrivals {
        Arrivals::None | Arrivals::Poisson => 1.0,
        Arrivals::Regular | Arrivals::Times(_) => 0.0,
        Arrivals::Renewal(gap) => gap.variance() / (gap.mean() * gap.mean()),
    };
    Coming { gap_cv2, together: f64::from(flow.batch) }
}

/// Units of a flow a millisecond, at their mean over the horizon.
pub(super) fn units_per_ms(flow: &Flow, clock: &Clock) -> f64 {
    arrivals_per_ms(flow, clock) * f64::from(flow.batch) * flow.mean_size * flow.volume.factor
}

/// By flow: tonnes a year that are expected, at their mean over the horizon with the parameters with which it starts.
pub fn tonnes_per_year(plan: &Plan) -> Vec<f64> {
    let at_start = plan.epochs.partition_point(|(from, _)| *from <= plan.clock.start).saturating_sub(1);
    let Some((_, model)) = plan.epochs.get(at_start) else { return Vec::new() };
    let year = (DAYS_PER_YEAR * MS_PER_DAY) as f64;
    let tonnes =
        |flow: &Flow| units_per_ms(flow, &plan.clock) * year * model.cargoes[flow.cargo.index()].mass_per_unit.tonnes();
    model.flows.iter().map(tonnes).collect()
}

/// The streams of all flows with demand of their own, at their mean over the horizon.
pub(super) fn streams(model: &Model, clock: &Clock) -> Vec<Stream> {
    let mut streams = Vec::new();
    for flow in &model.flows {
        let size = flow.mean_size;
        let units_per_ms = units_per_ms(flow, clock);
        let (mut before, coming) = (0.0, coming(flow));
        for &(until, program) in &flow.routes {
            streams.push(Stream { program, units_per_ms: units_per_ms * (until - before), size, coming });
            before = until;
        }
    }
    streams.retain(|stream| stream.units_per_ms > 0.0 && stream.size > 0.0);
    streams
}

fn arrivals_per_ms(flow: &Flow, clock: &Clock) -> f64 {
    let horizon = clock.horizon_end.since(clock.start).ms() as f64;
    let arrivals = match &flow.arrivals {
        Arrivals::None => 0.0,
        Arrivals::Times(occasions) => {
            let horizon = clock.start..clock.horizon_end;
            occasions.iter().filter(|occasion| horizon.contains(&occasion.time)).count() as f64
        }
        Arrivals::Poisson | Arrivals::Regular | Arrivals::Renewal(_) => {
            expected(flow, clock.horizon_end) - expected(flow, clock.start)
        }
    };
    if horizon > 0.0 { arrivals / horizon } else { 0.0 }
}

/// Expected arrivals from the clock's zero until a moment.
fn expected(flow: &Flow, time: SimTime) -> f64 {
    let piece = flow.rate.iter().rev().find(|piece| piece.start <= time);
    piece.map_or(0.0, |piece| piece.before + piece.per_ms * time.since(piece.start).ms() as f64)
}
