//! The state of a station and its servers.

use super::customer::{ANY_SERVER, CustomerId, Hindrances, StayAt};
use super::level::Level;
use crate::engine::lane::{LaneQueue, Waiter};
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

#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Server {
    pub(in crate::engine) taken: bool,
    /// Whom it serves.
    pub(in crate::engine) customer: Option<CustomerId>,
    /// When the service ends.
    pub(in crate::engine) ends: SimTime,
    /// How long it has been interrupted by failures.
    pub(in crate::engine) interrupted: Duration,
    pub(in crate::engine) failed: bool,
    pub(in crate::engine) failed_since: SimTime,
    pub(in crate::engine) failures: u64,
    /// When it fails next; never, while that is not known.
    pub(in crate::engine) next_failure: SimTime,
}

impl Server {
    /// One that is free.
    const NEW: Self = Self {
        taken: false,
        customer: None,
        ends: SimTime::ZERO,
        interrupted: Duration::ZERO,
        failed: false,
        failed_since: SimTime::ZERO,
        failures: 0,
        next_failure: SimTime::MAX,
    };

    /// Failed, and not held by a customer who is done.
    const fn is_down(&self) -> bool {
        self.failed && (!self.taken || self.customer.is_some())
    }

    pub(in crate::engine) const fn is_free(&self) -> bool {
        !self.taken && !self.failed
    }
}

/// An integral up to the last time that it was brought up to now, and what customers have come to together, each by its own
/// times. Both are in milliseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Check {
    pub(in crate::engine) integral: i128,
    pub(in crate::engine) customers: i128,
}

impl Check {
    /// By how much they differ, where those who are there still have come to so much so far.
    pub(in crate::engine) const fn misses(self, so_far: i128) -> i128 {
        self.integral - self.customers - so_far
    }
}

/// What is known of visits to a station before anybody comes.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Beforehand {
    /// Nothing ever keeps a body from being served in its turn, or its server from the next.
    is_undisturbed: bool,
    /// The same, and it is not crowded: visits to it are [plain](crate::engine::station).
    pub(in crate::engine) is_plain: bool,
    /// Some bodies pass it without being served.
    pub(in crate::engine) is_selective: bool,
}

/// The state of a station.
#[derive(Debug, Default)]
pub(in crate::engine) struct StationState {
    pub(in crate::engine) servers: Vec<Server>,
    /// A bit for each server that is free: a station may have a million.
    pub(in crate::engine) free: Vec<u64>,
    /// Servers that are down.
    pub(in crate::engine) down: u32,
    pub(in crate::engine) queue: LaneQueue,
    /// Bodies held elsewhere until there is room.
    pub(in crate::engine) outside: LaneQueue,
    /// Those in it.
    pub(in crate::engine) waiting: Level,
    /// In the queue, in service, or blocked.
    pub(in crate::engine) inside: Level,
    pub(in crate::engine) busy: Level,
    pub(in crate::engine) blocked: Level,
    pub(in crate::engine) failed: u32,
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

impl StationState {
    /// Of all stations of a plan.
    pub(in crate::engine) fn all(plan: &Plan) -> Vec<Self> {
        let stations = &plan.epochs[0].1.stations;
        let of = |(index, model)| Self::new(model, is_undisturbed(plan, StationId::new(index)));
        stations.iter().enumerate().map(of).collect()
    }

    fn new(model: &Station, is_undisturbed: bool) -> Self {
        let known = Beforehand { is_undisturbed, ..Beforehand::default() };
        let mut state = Self { known, ..Self::default() };
        state.follow(model);
        state
    }

    /// Takes over what a parameter set says; servers that are too many go when they are free.
    pub(in crate::engine) fn follow(&mut self, model: &Station) {
        let had = self.servers.len();
        if let Some(servers) = model.servers {
            let used = self.busy.number() + self.blocked.number();
            self.is_crowded = had > servers as usize || used > servers;
            self.grow(servers.max(had as u32));
        } else {
            self.is_crowded = false;
        }
        self.known.is_plain = self.known.is_undisturbed && !self.is_crowded;
        self.known.is_selective = !model.serves_everybody();
    }

    /// Adds free servers until there are so many.
    fn grow(&mut self, servers: u32) {
        let had = self.servers.len() as u32;
        self.servers.resize(servers as usize, Server::NEW);
        self.free.resize(servers.div_ceil(64) as usize, 0);
        (had..servers).for_each(|server| self.change(server, |_| {}));
    }

    /// Changes a server, and what is known of all together; without a limit there are none.
    #[inline]
    pub(in crate::engine) fn change(&mut self, server: u32, change: impl FnOnce(&mut Server)) {
        let Some(record) = self.servers.get_mut(server as usize) else { return };
        let was_down = record.is_down();
        change(record);
        self.down = self.down + u32::from(record.is_down()) - u32::from(was_down);
        let (word, bit) = (&mut self.free[server as usize / 64], 1 << (server % 64));
        *word = if record.is_free() { *word | bit } else { *word & !bit };
    }

    /// A service that ends at a moment begins at a server that counts as busy; returns for how long it was waited for.
    #[inline]
    pub(in crate::engine) fn start(
        &mut self,
        customer: CustomerId,
        stay: &mut StayAt,
        server: u32,
        now: SimTime,
        ends: SimTime,
    ) -> Duration {
        if !self.known.is_plain {
            stay.hindered = self.hindrances(now).since(stay.hindered);
        }
        (stay.server, stay.started) = (server, now);
        self.take(server, customer, ends);
        self.services += 1;
        let waited = now.since(stay.joined);
        self.waited.customers += i128::from(waited.ms());
        waited
    }

    /// A free server takes a customer, whose service ends at a moment; without a limit there are none.
    #[inline]
    fn take(&mut self, server: u32, customer: CustomerId, ends: SimTime) {
        let Some(record) = self.servers.get_mut(server as usize) else { return };
        (record.taken, record.customer) = (true, Some(customer));
        (record.ends, record.interrupted) = (ends, Duration::ZERO);
        self.free[server as usize / 64] &= !(1 << (server % 64));
    }

    /// How long the service of a server has been interrupted.
    #[inline]
    pub(in crate::engine) fn interrupted(&self, server: u32) -> Duration {
        self.servers.get(server as usize).map_or(Duration::ZERO, |record| record.interrupted)
    }

    /// A server is done with its customer, who may hold it still.
    #[inline]
    pub(in crate::engine) fn serves_nobody(&mut self, server: u32) {
        match self.servers.get_mut(server as usize) {
            Some(record) if !record.failed => record.customer = None,
            _ => self.change(server, |record| record.customer = None),
        }
    }

    /// A server that served nobody is no longer held.
    #[inline]
    pub(in crate::engine) fn give_up(&mut self, server: u32) {
        match self.servers.get_mut(server as usize) {
            Some(record) if !record.failed => {
                (record.taken, record.customer) = (false, None);
                self.free[server as usize / 64] |= 1 << (server % 64);
            }
            _ => self.change(server, |record| (record.taken, record.customer) = (false, None)),
        }
    }

    /// A server that may take a customer, where so many may serve; without a limit any.
    #[inline]
    pub(in crate::engine) fn free_server(&self, limit: Option<u32>) -> Option<u32> {
        let Some(limit) = limit else { return Some(ANY_SERVER) };
        if self.busy.number() + self.blocked.number() >= limit && self.failed == 0 {
            return None;
        }
        self.first_free(limit)
    }

    /// The first free server of so many.
    #[inline]
    pub(in crate::engine) fn first_free(&self, limit: u32) -> Option<u32> {
        // Nearly all stations have so few that one word holds them.
        if let [word] = self.free[..] {
            return Some(word.trailing_zeros()).filter(|server| *server < limit.min(64));
        }
        let (at, word) = self.free.iter().enumerate().find(|(_, word)| **word != 0)?;
        Some(at as u32 * 64 + word.trailing_zeros()).filter(|server| *server < limit)
    }

    /// Whether one of so many servers is free.
    pub(in crate::engine) fn has_free(&self, limit: u32) -> bool {
        self.first_free(limit).is_some()
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

    /// Who is next in the queue, if a server that comes free is his: somebody who waits shows that all others are taken. Where
    /// there was no limit when the service began, there is no such server.
    #[inline]
    pub(in crate::engine) fn next_for(&mut self, server: u32, now: SimTime) -> Option<Waiter> {
        let is_his = server != ANY_SERVER && self.may_start() && self.failed == 0 && !self.is_crowded;
        if is_his { self.next_in_line(now) } else { None }
    }

    /// Somebody joins the queue.
    #[inline]
    pub(in crate::engine) fn line_up(&mut self, waiter: Waiter, now: SimTime) {
        self.waiting.rise(now);
        self.queue.push(waiter);
    }

    /// The next leaves the queue.
    #[inline]
    pub(in crate::engine) fn next_in_line(&mut self, now: SimTime) -> Option<Waiter> {
        let next = self.queue.pop();
        if next.is_some() {
            self.waiting.fall(now);
        }
        next
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_free_server_and_those_that_are_down() {
        let mut state = StationState::default();
        state.grow(130);
        (0..129).for_each(|server| state.change(server, |record| record.taken = true));
        assert_eq!((state.first_free(130), state.first_free(129)), (Some(129), None));
        state.change(129, |record| record.failed = true);
        assert_eq!((state.first_free(130), state.down), (None, 1));
        // Whoever is done and held up keeps a failed server busy; once it is given up, it is down.
        state.change(70, |record| record.failed = true);
        assert_eq!(state.down, 1);
        state.change(70, |record| record.taken = false);
        assert_eq!((state.first_free(130), state.down), (None, 2));
        state.change(70, |record| record.failed = false);
        assert_eq!((state.first_free(130), state.down), (Some(70), 1));
        state.grow(200);
        assert_eq!(state.first_free(200), Some(70));
        state.change(ANY_SERVER, |record| record.taken = true);
    }
}
