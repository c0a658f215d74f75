//! The state of a station and its servers.

use super::customer::{ANY_SERVER, CustomerId, Hindrances, StayAt};
use super::level::Level;
use super::servers::Servers;
use super::service_queue::ServiceQueue;
use crate::engine::lane::LaneQueue;
use crate::ids::StationId;
use crate::model::{Plan, Station};
use crate::units::{Duration, SimTime};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) enum Reason {
    #[default]
    Open,
    Closed,
    Hours,
    Down,
}

/// An integral up to the last time that it was brought up to now, less what customers have come to together, each by its own times,
/// in milliseconds. Either may be more than fits and wraps; they are the same if this is what those have come to who are there still.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Check(i64);

impl Check {
    /// The integral grows.
    pub(in crate::engine) const fn grows(&mut self, integral: i64) {
        self.0 = self.0.wrapping_add(integral);
    }

    /// A customer has come to so much.
    #[inline]
    pub(in crate::engine) const fn has(&mut self, time: Duration) {
        self.0 = self.0.wrapping_sub(time.ms());
    }

    /// By how much both differ, where those who are there still have come to these times so far.
    pub(in crate::engine) fn misses(self, so_far: impl Iterator<Item = Duration>) -> i64 {
        so_far.fold(self.0, |gap, time| gap.wrapping_sub(time.ms()))
    }
}

/// What is known of visits to a station before anybody comes.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Beforehand {
    /// Nothing ever keeps a body from being served in its turn, or its server from the next.
    pub(in crate::engine) is_undisturbed: bool,
    /// The same, and it is not crowded: visits to it are [plain](crate::engine::station).
    pub(in crate::engine) is_plain: bool,
    /// Some bodies pass it without being served.
    pub(in crate::engine) is_selective: bool,
}

/// The state of a station.
#[derive(Debug)]
pub(in crate::engine) struct StationState<'p> {
    /// What the present parameter set has of it.
    pub(in crate::engine) model: &'p Station,
    pub(in crate::engine) servers: Servers,
    pub(in crate::engine) queue: ServiceQueue,
    /// The longest that it was since it was last asked for, but for stocks.
    pub(in crate::engine) longest: u32,
    /// Bodies held elsewhere until there is room.
    pub(in crate::engine) outside: LaneQueue,
    /// Those in it.
    pub(in crate::engine) waiting: Level,
    pub(in crate::engine) busy: Level,
    pub(in crate::engine) blocked: Level,
    pub(in crate::engine) failed: u32,
    /// Servers that failed while they served somebody, and are not repaired yet.
    pub(in crate::engine) interrupted: u32,
    /// There were more servers, or more were served without a limit, than the present parameter set allows.
    pub(in crate::engine) is_crowded: bool,
    pub(in crate::engine) known: Beforehand,
    /// Gates that are closed.
    pub(in crate::engine) shut: u32,
    pub(in crate::engine) off_hours: bool,
    /// When the hours change that.
    pub(in crate::engine) hours_change: SimTime,
    pub(in crate::engine) reason: Reason,
    pub(in crate::engine) reason_since: SimTime,
    pub(in crate::engine) hindrances: Hindrances,
    pub(in crate::engine) touched: SimTime,
    pub(in crate::engine) services: u64,
    /// Of these, those that are in the tally.
    pub(in crate::engine) tallied: u64,
    /// Waiting from clock 0, as the integral and as the customers have it.
    pub(in crate::engine) waited: Check,
    /// The same of time in service.
    pub(in crate::engine) served: Check,
}

impl<'p> StationState<'p> {
    /// Of all stations of a plan.
    pub(in crate::engine) fn all(plan: &'p Plan) -> Vec<Self> {
        let stations = &plan.epochs[0].1.stations;
        let of = |(index, model)| Self::new(model, is_undisturbed(plan, StationId::new(index)));
        stations.iter().enumerate().map(of).collect()
    }

    fn new(model: &'p Station, is_undisturbed: bool) -> Self {
        let mut state = Self {
            model,
            servers: Servers::default(),
            queue: ServiceQueue::default(),
            longest: 0,
            outside: LaneQueue::default(),
            waiting: Level::default(),
            busy: Level::default(),
            blocked: Level::default(),
            failed: 0,
            interrupted: 0,
            is_crowded: false,
            known: Beforehand { is_undisturbed, ..Beforehand::default() },
            shut: 0,
            off_hours: false,
            hours_change: SimTime::ZERO,
            reason: Reason::default(),
            reason_since: SimTime::ZERO,
            hindrances: Hindrances::default(),
            touched: SimTime::ZERO,
            services: 0,
            tallied: 0,
            waited: Check::default(),
            served: Check::default(),
        };
        state.follow();
        state
    }

    /// Takes over what its parameter set says; servers that are too many go when they are free.
    pub(in crate::engine) fn follow(&mut self) {
        let (model, had) = (self.model, self.servers.len());
        if let Some(servers) = model.servers {
            let used = self.busy.number() + self.blocked.number();
            self.is_crowded = had > servers as usize || used > servers;
            self.servers.grow(servers.max(had as u32));
        } else {
            self.is_crowded = false;
        }
        self.known.is_plain = self.known.is_undisturbed && !self.is_crowded;
        self.known.is_selective = !model.serves_everybody();
    }

    /// A service that ends at a moment begins at a server that counts as busy; returns for how long it was waited for.
    pub(in crate::engine) fn start(
        &mut self,
        customer: CustomerId,
        stay: &mut StayAt,
        server: u32,
        now: SimTime,
        ends: SimTime,
    ) -> Duration {
        stay.hindered = self.hindrances(now).since(stay.hindered);
        self.servers.take(server, customer, ends);
        self.begin(stay, server, now)
    }

    /// The same of a server that has the customer, at a station where nothing hinders it.
    #[inline]
    pub(in crate::engine) fn begin(&mut self, stay: &mut StayAt, server: u32, now: SimTime) -> Duration {
        (stay.server, stay.started) = (server, now);
        self.services += 1;
        let waited = now.since(stay.joined);
        self.waited.has(waited);
        waited
    }

    /// A server that takes whoever comes now at once, if one does.
    #[inline]
    pub(in crate::engine) fn server_at_once(&self) -> Option<u32> {
        if self.queue.is_empty() && self.may_start() { self.free_server() } else { None }
    }

    /// A server that may take a customer; without a limit any.
    #[inline]
    pub(in crate::engine) fn free_server(&self) -> Option<u32> {
        let Some(limit) = self.model.servers else { return Some(ANY_SERVER) };
        if self.busy.number() + self.blocked.number() >= limit && self.failed == 0 {
            return None;
        }
        self.servers.first_free(limit)
    }

    /// Whether one of so many servers is free.
    pub(in crate::engine) fn has_free(&self, limit: u32) -> bool {
        self.servers.first_free(limit).is_some()
    }

    /// The clock of hindrances at a moment.
    #[inline]
    pub(in crate::engine) fn hindrances(&self, now: SimTime) -> Hindrances {
        if self.reason == Reason::Open { self.hindrances } else { self.hindrances_so_far(now) }
    }

    #[inline(never)]
    fn hindrances_so_far(&self, now: SimTime) -> Hindrances {
        let mut sum = self.hindrances;
        let more = now.since(self.reason_since);
        match self.reason {
            Reason::Open => {}
            Reason::Closed => sum.closed += more,
            Reason::Hours => sum.hours += more,
            Reason::Down => sum.down += more,
        }
        sum
    }

    /// Whether a server that comes free is that of who is next in the queue: somebody who waits shows that all others are taken.
    /// Where there was no limit when the service began, there is no such server.
    #[inline]
    pub(in crate::engine) const fn goes_to_next(&self, server: u32) -> bool {
        server != ANY_SERVER && self.may_start() && self.failed == 0 && !self.is_crowded
    }

    /// Customers in the queue, in service, or blocked.
    pub(in crate::engine) const fn inside(&self) -> u32 {
        self.waiting.number() + self.busy.number() + self.blocked.number() + self.interrupted
    }

    /// Whether whoever comes has a plain visit.
    #[inline]
    pub(in crate::engine) const fn serves_all_plainly(&self) -> bool {
        self.known.is_plain && !self.known.is_selective
    }

    pub(in crate::engine) const fn may_start(&self) -> bool {
        self.shut == 0 && !self.off_hours
    }
}

/// Whether a station is so in every parameter set, and no gate shuts it.
fn is_undisturbed(plan: &Plan, station: StationId) -> bool {
    plan.epochs.iter().all(|(_, model)| {
        let is_shut = model.gates.iter().any(|gate| gate.stations.contains(&station));
        !is_shut && model.stations[station.index()].is_undisturbed()
    })
}
