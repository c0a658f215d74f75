//! Demand.

use super::{Chooses, Volume};
use crate::ids::{BanId, CargoId, CellId, PoolId, ProgramId};
use crate::random::{Distribution, StreamId};
use crate::units::{Duration, SimTime};

/// Demand.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Its cargo.
    pub cargo: CargoId,
    /// Identity: shipments are (this, ordinal).
    pub key: StreamId,
    /// How shipments come.
    pub arrivals: Arrivals,
    /// Expected arrivals (not shipments) as a function of time: rising pieces, each (start, expected arrivals
    /// before it, arrivals a millisecond in it). The last piece goes on for ever.
    pub rate: Vec<RatePiece>,
    /// Units of a shipment before rounding; of a timetable, as a multiple of the units of its occasion.
    pub size: Distribution,
    /// Mean units of a shipment as it is made.
    pub mean_size: f64,
    /// Shipments an arrival.
    pub batch: u32,
    /// Routes: cumulated share (the last is 1), program.
    pub routes: Vec<(f64, ProgramId)>,
    /// 1 first.
    pub priority: u8,
    /// Longest wait under a ban.
    pub patience: Option<Duration>,
    /// Bans that hold it.
    pub bans: Vec<BanId>,
    /// Where waiting under a ban is booked.
    pub ban_cell: CellId,
    /// Later than this is late.
    pub deadline: Option<Duration>,
    /// Named source of gaps (entity: the ordinal of the arrival).
    pub gap_stream: StreamId,
    /// Named source of sizes (entity: the shipment).
    pub size_stream: StreamId,
    /// Named source of the choice of a route (entity: the shipment).
    pub route_stream: StreamId,
    /// How its shipments choose their route, if the route that their share gives is not all.
    pub chooses: Option<Chooses>,
    /// How much of what is given comes.
    pub volume: Volume,
    /// Set where only a pool makes the shipments: delivered, they fill it.
    pub fills: Option<PoolId>,
}

impl Flow {
    /// Identity of a copy: its shipments are (this, ordinal); copy 0 is the flow as given.
    pub const fn key_of(&self, copy: u32) -> StreamId {
        if copy == 0 { self.key } else { self.volume.gained_key }
    }

    /// Named source of the gaps of a copy.
    pub const fn gap_stream_of(&self, copy: u32) -> StreamId {
        if copy == 0 { self.gap_stream } else { self.volume.gained_gap_stream }
    }
}

/// A piece of the expected number of arrivals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatePiece {
    /// From this moment on.
    pub start: SimTime,
    /// Expected arrivals before `start`.
    pub before: f64,
    /// Arrivals a millisecond.
    pub per_ms: f64,
}

/// How shipments come.
#[derive(Clone, Debug)]
pub enum Arrivals {
    /// None of its own.
    None,
    /// Exponential gaps of mean 1 on the scale of expected arrivals.
    Poisson,
    /// Gaps of 1 on that scale.
    Regular,
    /// Gaps of this law (mean 1) on that scale.
    Renewal(Distribution),
    /// At known times; sizes of their law then multiply the units of the occasion.
    Times(Vec<Occasion>),
}

/// A time of a flow's timetable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Occasion {
    /// When.
    pub time: SimTime,
    /// Mean units of each shipment that comes then.
    pub units: f64,
}
