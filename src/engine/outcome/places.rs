//! How places were used: tallies of stations, lines, pools, storages, legs, fleets and queues.

use super::Amount;
use crate::ids::FlowId;
use crate::units::{Duration, Mass, Size};

/// Use of a station.
#[derive(Clone, Debug, Default)]
pub struct StationTally {
    /// Server-time in service.
    pub busy: Duration,
    /// Server-time blocked or held after service.
    pub blocked: Duration,
    /// Server-time failed.
    pub down: Duration,
    /// Server-time shut, or outside the hours, and not in one of the above.
    pub closed: Duration,
    /// Server-time idle. For limited servers the five add up to servers × horizon.
    pub idle: Duration,
    /// Services that began.
    pub served: u64,
    /// The waits of those that it served.
    pub waiting: Waits,
    /// Integral of the number in queue.
    pub queue: i128,
    /// Integral of the number present (queue, service, blocked).
    pub present: i128,
    /// Largest queue.
    pub queue_max: u64,
    /// Integral of the bodies outside, where room is limited.
    pub outside: i128,
    /// Bodies diverted.
    pub diverted: u64,
    /// The waits of `waiting`, one each.
    pub waits: Vec<Duration>,
}

/// Waits that ended, but for those on purpose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    /// How many, those that took no time among them.
    pub ended: u64,
    /// Of these, those that took time.
    pub took_time: u64,
    /// Their sum.
    pub time: Duration,
}

impl Waits {
    /// Of each of these.
    pub fn of(times: &[Duration]) -> Self {
        let mut waits = Self::default();
        for time in times {
            waits.add(*time);
        }
        waits
    }

    /// Another one.
    pub fn add(&mut self, time: Duration) {
        self.ended += 1;
        self.took_time += u64::from(time > Duration::ZERO);
        self.time += time;
    }

    /// Their mean; not a number where there are none.
    pub fn mean_hours(&self) -> f64 {
        self.time.hours() / self.ended as f64
    }

    /// The share that took time; not a number where there are none.
    pub fn share(&self) -> f64 {
        self.took_time as f64 / self.ended as f64
    }
}

/// Use of a queue that is nothing but a queue.
#[derive(Clone, Copy, Debug, Default)]
pub struct QueueTally {
    /// Integral of the number waiting.
    pub queue: i128,
    /// Those whose wait ended.
    pub left: u64,
}

/// A queue over the horizon, wherever it stands.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    /// Integral of the number waiting.
    pub integral: i128,
    /// Those whose wait ended.
    pub left: u64,
    /// Those who waited when the horizon began.
    pub before: u64,
    /// How long each of those has waited who wait when it ends.
    pub standing: Vec<Duration>,
}

/// Use of a line, by direction.
#[derive(Clone, Debug, Default)]
pub struct LineTally {
    /// Trains that set out, by direction.
    pub trains: [u64; 2],
    /// Mass carried, by direction.
    pub mass: [Mass; 2],
    /// The waits of those that set out.
    pub waiting: Waits,
    /// Integral of the number on the line.
    pub running: i128,
    /// Integral of the number waiting.
    pub queue: i128,
    /// Largest queue.
    pub queue_max: u64,
}

/// Use of a pool.
#[derive(Clone, Debug, Default)]
pub struct PoolTally {
    /// Integral of the number taken.
    pub taken: i128,
    /// Integral of the number in turnaround or on the way home.
    pub returning: i128,
    /// Integral of the size.
    pub size: i128,
    /// The waits of those that took.
    pub waiting: Waits,
    /// Integral of the number of bodies waiting.
    pub queue: i128,
    /// Largest queue.
    pub queue_max: u64,
    /// Sum over things taken and freed of the time from taken until free again, and how many.
    pub turn: (Duration, u64),
}

/// Use of a storage.
#[derive(Clone, Debug, Default)]
pub struct StorageTally {
    /// Integral of the room taken (in room × ms).
    pub room: i128,
    /// Most room taken.
    pub room_max: i64,
    /// Bodies stabled outside.
    pub stabled: u64,
    /// Integral of the bodies outside.
    pub outside: i128,
    /// Most bodies outside.
    pub outside_max: u64,
    /// Integral of the bodies held back elsewhere, as too much waits outside.
    pub held_back: i128,
    /// Most bodies held back.
    pub held_back_max: u64,
    /// The waits outside of those who were let in.
    pub waiting: Waits,
    /// Size that went in over the capacity.
    pub overflow: Size,
}

/// Waiting for vessels.
#[derive(Clone, Debug, Default)]
pub struct LegTally {
    /// Parts that boarded.
    pub boarded: Amount,
    /// The waits until boarding, one a part.
    pub waiting: Waits,
    /// Integral of the number of parts waiting.
    pub queue: i128,
    /// Most waiting.
    pub queue_max: u64,
    /// From setting sail until unloaded: (flow, time, mass, size).
    pub crossings: Vec<(FlowId, Duration, Mass, Size)>,
}

/// How full sailings were, as room on deck.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loading {
    /// Room that cargo took.
    pub deck: i128,
    /// The same, or where weight fills the vessel sooner, the share of what it may lift as a share of its deck.
    pub filled: i128,
    /// Room of the deck, as far as the load limit lets it be used.
    pub offered: i128,
}

impl Loading {
    /// Adds other sailings.
    pub fn add(&mut self, other: Self) {
        self.deck += other.deck;
        self.filled += other.filled;
        self.offered += other.offered;
    }
}

/// Use of a fleet, by call index.
#[derive(Clone, Debug, Default)]
pub struct FleetTally {
    /// Sailings from each call.
    pub voyages: Vec<u64>,
    /// How full the sailings from each call were.
    pub loaded: Vec<Loading>,
    /// Sailings that left cargo behind.
    pub left_behind: u64,
    /// Timetabled departures without a vessel, from each call.
    pub missed: Vec<u64>,
    /// Time at port of the vessels that sailed from each call, since it began, and how many they are.
    pub in_port: Vec<(Duration, u64)>,
    /// Vessel-time at sea, at berth (moored), waiting for a berth, stopped by closures, failed, idle in service.
    pub at_sea: Duration,
    /// At berth.
    pub at_berth: Duration,
    /// The part of it in which loading goes on, or is waited for at a crane.
    pub loading: Duration,
    /// The part of it in which the vessel is open for cargo and has nothing to load.
    pub for_cargo: Duration,
    /// Waiting for a berth.
    pub waiting: Duration,
    /// Held by a closure.
    pub held: Duration,
    /// Failed.
    pub down: Duration,
}

/// How places were used in a month: pairs of a part and its whole, and what has no whole.
#[derive(Clone, Debug, Default)]
pub struct MonthUse {
    /// By station: server-time in service, and all of it.
    pub stations: Vec<[i128; 2]>,
    /// By line: trains that set out, by direction.
    pub lines: Vec<[i128; 2]>,
    /// By pool: things in use, integrated, and all of them.
    pub pools: Vec<[i128; 2]>,
    /// By storage: room taken, integrated.
    pub storages: Vec<i128>,
    /// By fleet: vessel-time at sea or at a berth, and all of it.
    pub fleets: Vec<[i128; 2]>,
    /// By fleet and call: sailings, and timetabled departures without a vessel.
    pub calls: Vec<Vec<[i128; 2]>>,
    /// By queue: how long all together waited, in milliseconds.
    pub queues: Vec<i128>,
}
