//! Stations: servers with one queue, hours, failures, limited room; and steps done side by side.

mod failure;
mod hours;
mod service;
mod visit;

use crate::engine::lane::LaneQueue;
use crate::engine::observer::Observer;
use crate::engine::world::World;
use crate::ids::StationId;
use crate::model::Station;
use crate::random::Entity;
use crate::units::{Duration, Mass, SimTime, Size};

/// Index of a server where there is no limit.
pub(in crate::engine) const ANY_SERVER: u32 = u32::MAX;

/// Who is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Owner {
    Body(u32),
    Vessel(u32),
}

/// A customer of a station.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Token {
    pub(in crate::engine) owner: Owner,
    pub(in crate::engine) station: StationId,
    entity: Entity,
    size: Size,
    mass: Mass,
    joined: SimTime,
    /// While it waits, the station's clock of hindrances when it joined; then for how long they kept it waiting.
    hindered: Hindrances,
    server: u32,
    started: SimTime,
    ends: SimTime,
    paused_since: SimTime,
    /// Within the service so far.
    interrupted: Duration,
    generation: u32,
    join: Option<u32>,
}

/// How a customer spent its time at a station.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Spent {
    pub(in crate::engine) wait: Duration,
    pub(in crate::engine) hindered: Hindrances,
    pub(in crate::engine) service: Duration,
    /// Within the service, interrupted.
    pub(in crate::engine) interrupted: Duration,
}

impl Token {
    /// How it has spent its time, as the service ends.
    fn spent(&self, now: SimTime) -> Spent {
        let Hindrances { closed, hours, down } = self.hindered;
        Spent {
            wait: self.started.since(self.joined) - closed - hours - down,
            hindered: self.hindered,
            service: now.since(self.started) - self.interrupted,
            interrupted: self.interrupted,
        }
    }

    /// When it joined the queue.
    pub(in crate::engine) const fn joined(&self) -> SimTime {
        self.joined
    }
}

/// Time for which no service could start, by reason.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Hindrances {
    pub(in crate::engine) closed: Duration,
    pub(in crate::engine) hours: Duration,
    pub(in crate::engine) down: Duration,
}

impl Hindrances {
    /// What of it passed since an earlier state of the same clock.
    #[inline]
    fn since(self, earlier: Self) -> Self {
        Self { closed: self.closed - earlier.closed, hours: self.hours - earlier.hours, down: self.down - earlier.down }
    }
}

/// Several customers that make one body wait.
#[derive(Debug)]
pub(in crate::engine) struct Join {
    left: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reason {
    #[default]
    Open,
    Closed,
    Hours,
    Down,
}

#[derive(Clone, Copy, Debug, Default)]
struct Server {
    taken: bool,
    token: Option<u32>,
    failed: bool,
    failures: u64,
}

impl Server {
    /// Failed, and not held by a customer who is done.
    const fn is_down(&self) -> bool {
        self.failed && (!self.taken || self.token.is_some())
    }

    const fn is_free(&self) -> bool {
        !self.taken && !self.failed
    }
}

/// The state of a station.
#[derive(Debug, Default)]
pub(in crate::engine) struct StationState {
    servers: Vec<Server>,
    /// A bit for each server that is free: a station may have a million.
    free: Vec<u64>,
    /// Servers that are down.
    down: u32,
    pub(in crate::engine) queue: LaneQueue,
    /// Bodies held elsewhere until there is room.
    pub(in crate::engine) outside: LaneQueue,
    /// In the queue, in service, or blocked.
    pub(in crate::engine) inside: u32,
    busy: u32,
    blocked: u32,
    failed: u32,
    /// Gates that are closed.
    shut: u32,
    off_hours: bool,
    reason: Reason,
    reason_since: SimTime,
    hindrances: Hindrances,
    touched: SimTime,
    pub(in crate::engine) services: u64,
    /// Little's law from clock 0: integral of `inside`, and sum of leaving minus joining times.
    pub(in crate::engine) present: i128,
    pub(in crate::engine) sojourns: i128,
}

impl StationState {
    pub(in crate::engine) fn new(model: &Station) -> Self {
        let mut state = Self::default();
        state.grow(model.servers.unwrap_or(0));
        state
    }

    /// Adds free servers until there are so many.
    fn grow(&mut self, servers: u32) {
        let had = self.servers.len() as u32;
        self.servers.resize(servers as usize, Server::default());
        self.free.resize(servers.div_ceil(64) as usize, 0);
        (had..servers).for_each(|server| self.change(server, |_| {}));
    }

    /// Changes a server, and what is known of all together; without a limit there are none.
    fn change(&mut self, server: u32, change: impl FnOnce(&mut Server)) {
        let Some(record) = self.servers.get_mut(server as usize) else { return };
        let was_down = record.is_down();
        change(record);
        self.down = self.down + u32::from(record.is_down()) - u32::from(was_down);
        let (word, bit) = (&mut self.free[server as usize / 64], 1 << (server % 64));
        *word = if record.is_free() { *word | bit } else { *word & !bit };
    }

    /// The first free server of so many.
    fn first_free(&self, limit: u32) -> Option<u32> {
        let (at, word) = self.free.iter().enumerate().find(|(_, word)| **word != 0)?;
        Some(at as u32 * 64 + word.trailing_zeros()).filter(|server| *server < limit)
    }

    /// Whether one of so many servers is free.
    pub(in crate::engine) fn has_free(&self, limit: u32) -> bool {
        self.first_free(limit).is_some()
    }

    /// The clock of hindrances at a moment.
    fn hindrances(&self, now: SimTime) -> Hindrances {
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

    const fn may_start(&self) -> bool {
        self.shut == 0 && !self.off_hours
    }
}

impl<O: Observer> World<'_, O> {
    /// Bodies in the queue of a station that wait for it alone, with the time for which they have waited.
    pub(in crate::engine) fn waits_at_station(&self, index: usize) -> impl Iterator<Item = (u32, Duration)> + '_ {
        self.stations[index].queue.iter().filter_map(|waiter| {
            let token = &self.tokens[waiter.id];
            let Owner::Body(body) = token.owner else { return None };
            token.join.is_none().then(|| (body, self.now.since(token.joined)))
        })
    }

    /// Brings a station's integrals up to now.
    #[inline]
    pub(in crate::engine) fn touch_station(&mut self, index: usize) {
        let servers = self.model.stations[index].servers;
        let state = &mut self.stations[index];
        let elapsed = self.now.since(std::mem::replace(&mut state.touched, self.now)).ms();
        if elapsed == 0 {
            return;
        }
        let present = i128::from(elapsed * i64::from(state.inside));
        state.present += present;
        let tally = &mut self.account.outcome.stations[index];
        let down = state.down;
        tally.busy += Duration::from_ms(elapsed * i64::from(state.busy));
        tally.blocked += Duration::from_ms(elapsed * i64::from(state.blocked));
        tally.down += Duration::from_ms(elapsed * i64::from(down));
        tally.queue += i128::from(elapsed * state.queue.len() as i64);
        tally.present += present;
        tally.outside += i128::from(elapsed * state.outside.len() as i64);
        if let Some(servers) = servers {
            let rest = i64::from(servers.saturating_sub(state.busy + state.blocked + down));
            let spare = Duration::from_ms(elapsed * rest);
            if state.may_start() {
                tally.idle += spare;
            } else {
                tally.closed += spare;
            }
        }
    }
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
