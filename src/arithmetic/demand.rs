//! How much each program is asked to carry.

use crate::ids::ProgramId;
use crate::plan::Clock;
use crate::plan::model::{Arrivals, Flow, Model};
use crate::units::SimTime;

/// What comes along a program: a rate and the size of a shipment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stream {
    pub(super) program: ProgramId,
    /// Units of the cargo a millisecond.
    pub(super) units_per_ms: f64,
    /// Units of one shipment.
    pub(super) size: f64,
}

/// The streams of all flows with demand of their own, at their mean over the horizon.
pub(super) fn streams(model: &Model, clock: &Clock) -> Vec<Stream> {
    let mut streams = Vec::new();
    for flow in &model.flows {
        let size = flow.mean_size;
        let units_per_ms = arrivals_per_ms(flow, clock) * f64::from(flow.batch) * size * flow.volume.factor;
        let mut before = 0.0;
        for &(until, program) in &flow.routes {
            streams.push(Stream { program, units_per_ms: units_per_ms * (until - before), size });
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
