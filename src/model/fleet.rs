//! Vessels, the legs on which they sail, and the ports at which they call.

use super::Failure;
use super::berth_time::BerthTime;
use super::cargo::Cargo;
use super::mean_time::{Lot, berth_ms};
use crate::ids::{CargoId, CellId, LegId, NodeId, StationId};
use crate::random::{Distribution, Entity, StreamId};
use crate::units::{Duration, Mass, SimTime, Size};

/// One direction of a sea link.
#[derive(Clone, Debug)]
pub struct Leg {
    /// Port where shipments wait.
    pub from: NodeId,
    /// Waiting lines: cargoes that the same fleets carry share one. By cargo: its line, if any fleet carries it.
    pub line_of: Vec<Option<u8>>,
    /// Number of waiting lines.
    pub lines: u8,
    /// Waiting for a vessel.
    pub wait: CellId,
    /// Aboard while loading.
    pub handling: CellId,
    /// Aboard, at sea.
    pub sailing: CellId,
    /// Aboard, sailing stopped.
    pub closed: CellId,
    /// Aboard, vessel failed.
    pub down: CellId,
}

/// Vessels that circle.
#[derive(Clone, Debug)]
pub struct Fleet {
    /// Calls in order; the first follows the last.
    pub calls: Vec<Call>,
    /// Vessels in order of ordinals, then the named ones.
    pub vessels: Vec<Vessel>,
    /// Vessels in service now (the first so many); fewer take effect when a vessel is next empty.
    pub in_service: u32,
    /// By cargo: room of a thousandth of a unit; 0 where it is not carried.
    pub room_per_milli: Vec<i64>,
    /// Share of a full load that suffices if nothing more waits.
    pub min_load: f64,
    /// Longest wait after the first cargo boarded.
    pub max_wait: Option<Duration>,
    /// Longest wait of an empty vessel.
    pub max_idle: Option<Duration>,
    /// 1 first, where vessels wait for a station.
    pub priority: u8,
    /// Failures of vessels.
    pub failure: Option<Failure>,
    /// Named source of sailing times (entity: the voyage).
    pub sailing_stream: StreamId,
}

impl Fleet {
    /// How much of a cargo a vessel takes besides what is aboard, by deck and by weight; `room` and `mass` are taken.
    pub fn room_beside(&self, hull: usize, cargo: CargoId, spec: Cargo, room: i64, mass: Mass) -> Size {
        let hull = &self.vessels[hull];
        let by_deck = (hull.capacity - room) / self.room_per_milli[cargo.index()].max(1);
        let kg = spec.mass_per_unit.kg();
        let limit = hull.deadweight.filter(|_| kg > 0);
        let by_mass = limit.map_or(i64::MAX, |limit| (limit.kg() - mass.kg()) * 1000 / kg);
        Size::from_milli(by_deck.min(by_mass).max(0))
    }

    /// Mean milliseconds of loading an amount of a cargo at a call and of unloading it at the next.
    pub fn berth_ms(&self, call: usize, cargo: CargoId, lot: Lot) -> f64 {
        let next = &self.calls[(call + 1) % self.calls.len()];
        berth_ms(self.calls[call].load.of(cargo), lot) + berth_ms(next.unload.of(cargo), lot)
    }

    /// How much of a cargo an empty vessel takes.
    pub fn room_of(&self, hull: usize, cargo: CargoId, spec: Cargo) -> Size {
        self.room_beside(hull, cargo, spec, 0, Mass::ZERO)
    }
}

/// One port of a fleet, with the leg that begins there.
#[derive(Clone, Debug)]
pub struct Call {
    /// Port.
    pub node: NodeId,
    /// Name of the port for identities of visits.
    pub node_stream: StreamId,
    /// Stations passed before the berth.
    pub stations: Vec<StationId>,
    /// Berths to choose from; empty: none is needed.
    pub berths: Vec<StationId>,
    /// Stations passed with the berth held, before unloading.
    pub moors: Vec<StationId>,
    /// Stations passed with the berth held, when the vessel is ready.
    pub departs: Vec<StationId>,
    /// Stations that load and unload, to choose from; empty: the vessel does it by itself.
    pub cranes: Vec<StationId>,
    /// Loading; at cranes without the wait for one and without what varies.
    pub load: BerthTime,
    /// Unloading; the same.
    pub unload: BerthTime,
    /// The leg to the next port.
    pub leg: LegId,
    /// Waiting lines of the leg that this fleet serves.
    pub lines: Vec<u8>,
    /// Some cargo of some flow can use the next leg with this fleet.
    pub ever_loads: bool,
    /// Fixed departures over the whole clock, if any.
    pub timetable: Option<Timetable>,
    /// Waiting for a berth, aboard.
    pub wait_berth: CellId,
    /// Being unloaded.
    pub handling: CellId,
}

impl Call {
    /// In place of a leg where ships from outside call, which carry no cargo.
    pub const NO_LEG: LegId = LegId::NONE;
}

/// Ships from outside that come to a port, lie at its berths and leave.
#[derive(Clone, Debug)]
pub struct Visit {
    /// When ships come.
    pub coming: Coming,
    /// Kinds of ships: cumulated share (the last is 1), position in [`Model::visiting`](super::Model).
    pub kinds: Vec<(f64, u32)>,
    /// Named source of the kind of a ship (entity: its ordinal).
    pub kind_stream: StreamId,
}

/// When ships from outside come.
#[derive(Clone, Debug)]
pub enum Coming {
    /// As by a timetable.
    Times(Timetable),
    /// At random: gaps of this law in milliseconds, the first one full (entity: the ordinal).
    Gaps {
        /// The law.
        every: Distribution,
        /// Named source.
        stream: StreamId,
    },
}

/// Departures at fixed times.
#[derive(Clone, Debug)]
pub enum Timetable {
    /// Known times, rising.
    Times(Vec<SimTime>),
    /// Gaps drawn one by one.
    Every {
        /// The first time.
        first: SimTime,
        /// Milliseconds; the entity is the ordinal.
        every: Distribution,
        /// Named source.
        stream: StreamId,
    },
}

/// A hull.
#[derive(Clone, Debug)]
pub struct Vessel {
    /// Identity.
    pub entity: Entity,
    /// Usable deck in room.
    pub capacity: i64,
    /// Most that it lifts.
    pub deadweight: Option<Mass>,
    /// Sailing time by call index (leg that begins there), milliseconds.
    pub sailing: Vec<Distribution>,
    /// Call index at the clock's zero.
    pub start: usize,
}

impl Vessel {
    /// Whether all of a size of a cargo, of so much room a thousandth of a unit, fits beside what is aboard: whether it is no more
    /// than [`Fleet::room_beside`], but without a division.
    #[inline]
    pub fn fits(&self, size: Size, room_per_milli: i64, spec: Cargo, room: i64, mass: Mass) -> bool {
        let kg = spec.mass_per_unit.kg();
        let by_deck = size.milli() * room_per_milli.max(1) <= (self.capacity - room).max(0);
        let lifts = |limit: Mass| size.milli() * kg <= ((limit.kg() - mass.kg()) * 1000).max(0);
        by_deck && (kg <= 0 || self.deadweight.is_none_or(lifts))
    }

    /// How full it is with a load: the share of its room or of what it may lift, whichever is greater.
    pub fn fullness(&self, room: i64, mass: Mass) -> f64 {
        let by_deck = room as f64 / self.capacity as f64;
        let by_mass = self.deadweight.map_or(0.0, |limit| mass.kg() as f64 / limit.kg().max(1) as f64);
        by_deck.max(by_mass)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_what_is_no_more_than_the_room() {
        let spec = |kg| Cargo { mass_per_unit: Mass::from_kg(kg), whole: false };
        let hull = |deadweight| Vessel {
            entity: Entity::ordinal(0),
            capacity: 1000,
            deadweight,
            sailing: Vec::new(),
            start: 0,
        };
        for (deadweight, kg) in [(None, 7), (Some(Mass::from_kg(90)), 7), (Some(Mass::from_kg(90)), 0)] {
            let fleet = Fleet {
                calls: Vec::new(),
                vessels: vec![hull(deadweight)],
                in_service: 1,
                room_per_milli: vec![3],
                min_load: 1.0,
                max_wait: None,
                max_idle: None,
                priority: 1,
                failure: None,
                sailing_stream: StreamId::of("sailing"),
            };
            for (room, mass, milli) in
                (0..1100).step_by(99).flat_map(|room| (0..=400).map(move |milli| (room, room / 9, milli)))
            {
                let (size, mass) = (Size::from_milli(milli), Mass::from_kg(mass));
                let most = fleet.room_beside(0, CargoId::new(0), spec(kg), room, mass);
                assert_eq!(
                    fleet.vessels[0].fits(size, 3, spec(kg), room, mass),
                    size <= most,
                    "{size:?} beside {room}"
                );
            }
        }
    }
}
