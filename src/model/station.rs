//! Servers with one queue.

use std::sync::Arc;

use crate::ids::CellId;
use crate::random::{Distribution, StreamId};
use crate::units::{SimTime, Spell};

/// Servers with one queue.
#[derive(Clone, Debug)]
pub struct Station {
    /// `None`: unlimited.
    pub servers: Option<u32>,
    /// How long a service takes.
    pub service: Service,
    /// Who is a customer.
    pub per: Customer,
    /// Share of bodies that are served.
    pub share: f64,
    /// Of these, share done in advance.
    pub advance: f64,
    /// Passing this station sets this bit of the shipment's record.
    pub sets: Option<u8>,
    /// Having any of these bits lets a body pass at once.
    pub recognises: u64,
    /// When services may start; `None`: always.
    pub hours: Option<Hours>,
    /// Places with those in service.
    pub room: Option<u32>,
    /// With `room` full: the body is lost (`true`) or waits where it is (`false`).
    pub diverts: bool,
    /// Failures of each server.
    pub failure: Option<Failure>,
    /// The server is held after the service until the customer gives it up (a berth).
    pub held: bool,
    /// Named source of service times.
    pub stream: StreamId,
    /// Named source of `share` (draw 0) and `advance` (draw 1).
    pub share_stream: StreamId,
    /// Where its time is booked.
    pub cells: StationCells,
}

impl Station {
    /// Whether nobody passes it without being served.
    pub fn serves_everybody(&self) -> bool {
        self.recognises == 0 && self.share >= 1.0 && self.advance <= 0.0
    }

    /// Whether every body that it serves is one customer, finds room, and leaves its server at the end of a service that
    /// nothing but a gate can put off.
    pub fn is_undisturbed(&self) -> bool {
        let is_always_open = self.hours.is_none() && self.failure.is_none();
        is_always_open && self.per == Customer::Body && self.room.is_none() && !self.held
    }

    /// Whether a customer is served once, however much it has: by a law of time, and not by the unit.
    pub fn serves_any_amount_alike(&self) -> bool {
        self.per != Customer::Unit && !matches!(self.service, Service::Rate { .. })
    }
}

/// Opening hours over the whole clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// Rising, apart from each other, those of the clock's whole length.
    open: Arc<[Spell]>,
}

impl Hours {
    /// Of spells in which it is open, rising and apart from each other.
    pub fn new(open: Vec<Spell>) -> Self {
        Self { open: open.into() }
    }

    /// The spells in which it is open.
    pub fn open(&self) -> &[Spell] {
        &self.open
    }

    /// Whether a service may start at a moment; the end of a spell is outside it.
    pub fn is_open_at(&self, time: SimTime) -> bool {
        let ended = self.open.partition_point(|spell| spell.until <= time);
        self.open.get(ended).is_some_and(|spell| spell.from <= time)
    }

    /// When it opens or closes next after a moment; never: the end of time.
    pub fn next_change(&self, time: SimTime) -> SimTime {
        let ended = self.open.partition_point(|spell| spell.until <= time);
        self.open.get(ended).map_or(SimTime::MAX, |spell| if spell.from > time { spell.from } else { spell.until })
    }
}

/// Who is a customer of a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Customer {
    /// The body (or vessel).
    Body,
    /// Each shipment of it.
    Shipment,
    /// Each unit of it.
    Unit,
}

/// How long a service takes.
#[derive(Clone, Debug)]
pub enum Service {
    /// A law in milliseconds.
    Time(Distribution),
    /// By type, which each customer draws.
    Types {
        /// One at least; shares are cumulated, the last is 1.
        types: Vec<ServiceType>,
        /// Named source of the types (entity: as of the service).
        stream: StreamId,
    },
    /// (`setup` + work) × `spread`; the work is size × `ms_per_milli` + mass × `ms_per_kg`.
    Rate {
        /// Milliseconds.
        setup: f64,
        /// Milliseconds a thousandth of a unit.
        ms_per_milli: f64,
        /// Milliseconds a kilogram.
        ms_per_kg: f64,
        /// Factor of mean 1.
        spread: Distribution,
    },
}

/// A type of service.
#[derive(Clone, Debug)]
pub struct ServiceType {
    /// Share of the customers of this type and of those before it.
    pub until: f64,
    /// Milliseconds.
    pub time: Distribution,
}

impl ServiceType {
    /// The type at a point of the shares.
    pub fn at(types: &[Self], share: f64) -> &Self {
        let place = types.partition_point(|one| one.until <= share);
        &types[place.min(types.len() - 1)]
    }

    /// Types with the share of each.
    pub fn shares(types: &[Self]) -> impl Iterator<Item = (f64, &Distribution)> {
        let before = std::iter::once(0.0).chain(types.iter().map(|one| one.until));
        types.iter().zip(before).map(|(one, before)| (one.until - before, &one.time))
    }

    /// The mean over all types.
    pub fn mean(types: &[Self]) -> f64 {
        Self::shares(types).map(|(share, time)| share * time.mean()).sum()
    }

    /// The variance over all types: within them, and of their means.
    pub fn variance(types: &[Self]) -> f64 {
        let mean = Self::mean(types);
        let of = |time: &Distribution| time.variance() + (time.mean() - mean) * (time.mean() - mean);
        Self::shares(types).map(|(share, time)| share * of(time)).sum()
    }
}

/// Failures in calendar time.
#[derive(Clone, Debug)]
pub struct Failure {
    /// From repair to the next failure, milliseconds.
    pub up: Distribution,
    /// Repair, milliseconds.
    pub down: Distribution,
    /// Named source: the entity is the machine, draw by ordinal of the failure.
    pub stream: StreamId,
}

/// Where the time of a station is booked.
#[derive(Clone, Copy, Debug)]
pub struct StationCells {
    /// In service (or `unexplained`).
    pub service: CellId,
    /// In the queue.
    pub wait: CellId,
    /// In the queue outside the hours.
    pub hours: CellId,
    /// In the queue while shut.
    pub closed: CellId,
    /// In the queue with every server failed; in a service that is interrupted.
    pub down: CellId,
    /// Held elsewhere because the room is full.
    pub space: CellId,
}
