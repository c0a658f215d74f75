//! Stations: servers with one queue, hours, failures, limited room; and steps done side by side.

use super::body::{Body, Hold, WaitsFor};
use super::event::Event;
use super::lane::{LaneQueue, Waiter};
use super::observer::{Fact, Observer};
use super::world::World;
use crate::ids::StationId;
use crate::plan::model::{Customer, Hours, Service, Station, Visit};
use crate::random::Entity;
use crate::units::{Duration, MS_PER_DAY, Mass, SimTime, Size};

/// Index of a server where there is no limit.
pub(super) const ANY_SERVER: u32 = u32::MAX;

/// Who is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Body(u32),
    Vessel(u32),
}

/// A customer of a station.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) owner: Owner,
    pub(super) station: StationId,
    entity: Entity,
    size: Size,
    mass: Mass,
    joined: SimTime,
    /// The station's clock of hindrances when it joined.
    before: Hindrances,
    server: u32,
    started: SimTime,
    ends: SimTime,
    paused_since: SimTime,
    generation: u32,
    join: Option<u32>,
    pub(super) spent: Spent,
}

/// How a customer spent its time at a station.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spent {
    pub(super) wait: Duration,
    pub(super) hindered: Hindrances,
    pub(super) service: Duration,
    /// Within the service, interrupted.
    pub(super) interrupted: Duration,
}

/// Time for which no service could start, by reason.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hindrances {
    pub(super) closed: Duration,
    pub(super) hours: Duration,
    pub(super) down: Duration,
}

/// Several customers that make one body wait.
#[derive(Debug)]
pub(super) struct Join {
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

/// The state of a station.
#[derive(Debug, Default)]
pub(super) struct StationState {
    servers: Vec<Server>,
    pub(super) queue: LaneQueue,
    /// Bodies held elsewhere until there is room.
    pub(super) outside: LaneQueue,
    /// In the queue, in service, or blocked.
    pub(super) inside: u32,
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
    pub(super) services: u64,
    /// Little's law from clock 0: integral of `inside`, and sum of leaving minus joining times.
    pub(super) present: i128,
    pub(super) sojourns: i128,
}

impl StationState {
    pub(super) fn new(model: &Station) -> Self {
        Self { servers: vec![Server::default(); model.servers.unwrap_or(0) as usize], ..Self::default() }
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

    /// Servers that failed and are not held by a customer who is done.
    fn down(&self) -> u32 {
        if self.failed == 0 {
            return 0;
        }
        self.servers.iter().filter(|server| server.failed && (!server.taken || server.token.is_some())).count() as u32
    }
}

impl<O: Observer> World<'_, O> {
    pub(super) fn begin_stations(&mut self) {
        for index in 0..self.stations.len() {
            if let Some(hours) = self.model.stations[index].hours {
                self.stations[index].off_hours = !self.is_open_at(hours, self.now);
                self.update_reason(index);
                let next = self.next_change(hours, self.now);
                self.events.schedule(next, Event::Hours { station: index as u32 });
            }
            for server in 0..self.stations[index].servers.len() {
                self.schedule_failure(index, server);
            }
        }
    }

    fn time_of_day(&self, time: SimTime) -> i64 {
        time.since(self.plan.clock.start).ms().rem_euclid(MS_PER_DAY)
    }

    fn is_open_at(&self, hours: Hours, time: SimTime) -> bool {
        let (now, opens, closes) = (self.time_of_day(time), hours.opens.ms(), hours.closes.ms());
        match opens.cmp(&closes) {
            std::cmp::Ordering::Equal => true,
            std::cmp::Ordering::Less => opens <= now && now < closes,
            std::cmp::Ordering::Greater => now >= opens || now < closes,
        }
    }

    fn next_change(&self, hours: Hours, time: SimTime) -> SimTime {
        let now = self.time_of_day(time);
        let until = |edge: i64| (edge - now - 1).rem_euclid(MS_PER_DAY) + 1;
        if hours.opens == hours.closes {
            return SimTime::MAX;
        }
        time.after(Duration::from_ms(until(hours.opens.ms()).min(until(hours.closes.ms()))))
    }

    pub(super) fn hours_change(&mut self, station: u32) {
        let index = station as usize;
        self.touch_station(index);
        let Some(hours) = self.model.stations[index].hours else {
            self.stations[index].off_hours = false;
            self.update_reason(index);
            return self.try_station(station);
        };
        self.stations[index].off_hours = !self.is_open_at(hours, self.now);
        self.update_reason(index);
        let next = self.next_change(hours, self.now);
        self.events.schedule(next, Event::Hours { station });
        self.try_station(station);
    }

    /// A gate over a station closes or opens.
    pub(super) fn shut_station(&mut self, station: u32, closes: bool) {
        let index = station as usize;
        self.touch_station(index);
        if closes {
            self.stations[index].shut += 1;
        } else {
            self.stations[index].shut -= 1;
        }
        self.update_reason(index);
        self.try_station(station);
    }

    fn update_reason(&mut self, index: usize) {
        let limited = self.model.stations[index].servers;
        let state = &mut self.stations[index];
        let reason = if state.shut > 0 {
            Reason::Closed
        } else if state.off_hours {
            Reason::Hours
        } else if limited.is_some_and(|servers| servers > 0 && state.failed >= servers) {
            Reason::Down
        } else {
            Reason::Open
        };
        if reason != state.reason {
            state.hindrances = state.hindrances(self.now);
            state.reason = reason;
            state.reason_since = self.now;
        }
    }

    /// Passes a body through stations side by side; true if it may go on at once.
    pub(super) fn visit(&mut self, body: u32, visits: &[Visit]) -> bool {
        if let [visit] = visits {
            if self.passes_at_once(body, visit) {
                return true;
            }
            if self.model.stations[visit.station.index()].per == Customer::Body {
                if self.finds_room(body, visit.station) {
                    self.release_hold(body);
                    self.join_queue(self.body_token(body, visit));
                }
                return false;
            }
            self.join_queues(body, &[visit]);
            return false;
        }
        let served: Vec<&Visit> = visits.iter().filter(|visit| !self.passes_at_once(body, visit)).collect();
        self.join_queues(body, &served);
        served.is_empty()
    }

    /// Joins several queues, or one as several customers; the body goes on after the last.
    fn join_queues(&mut self, body: u32, visits: &[&Visit]) {
        if !visits.iter().all(|visit| self.finds_room(body, visit.station)) {
            return;
        }
        let mut tokens = Vec::new();
        for visit in visits {
            self.make_tokens(body, visit, &mut tokens);
        }
        if tokens.is_empty() {
            return;
        }
        self.release_hold(body);
        let left = tokens.len() as u32;
        let join = (left > 1).then(|| self.joins.insert(Join { left }));
        for mut token in tokens {
            token.join = join;
            self.join_queue(token);
        }
    }

    /// True if a station has room; else the body waits outside or is lost, and must not be touched again.
    fn finds_room(&mut self, body: u32, at: StationId) -> bool {
        let station = &self.model.stations[at.index()];
        if station.room.is_none_or(|room| self.stations[at.index()].inside < room) {
            return true;
        }
        if station.diverts {
            self.account.station_diverts(at.index());
            self.release_hold(body);
            self.lose(body);
        } else {
            self.wait_for_room(body, at);
        }
        false
    }

    /// The body as one customer.
    fn body_token(&self, body: u32, visit: &Visit) -> Token {
        let record = &self.bodies[body];
        let entity = Entity::visit(record.entity, visit.node, u64::from(visit.number));
        self.token(Owner::Body(body), visit.station, entity, (record.size, record.mass))
    }

    fn passes_at_once(&mut self, body: u32, visit: &Visit) -> bool {
        let station = &self.model.stations[visit.station.index()];
        let members = &self.bodies[body].members;
        if station.recognises != 0 && members.iter().all(|&m| self.shipments[m].passed & station.recognises != 0) {
            self.mark_passed(body, station.sets);
            return true;
        }
        if station.share >= 1.0 && station.advance <= 0.0 {
            return false;
        }
        let entity = Entity::visit(self.bodies[body].entity, visit.node, u64::from(visit.number));
        let draws = self.draws.uniforms(station.share_stream, entity, 0);
        if draws[0] >= station.share {
            return true;
        }
        if draws[1] < station.advance {
            self.mark_passed(body, station.sets);
            return true;
        }
        false
    }

    fn mark_passed(&mut self, body: u32, bit: Option<u8>) {
        if let Some(bit) = bit {
            for &member in &self.bodies[body].members {
                self.shipments[member].passed |= 1 << bit;
            }
        }
    }

    fn wait_for_room(&mut self, body: u32, station: StationId) {
        let sequence = self.next_sequence();
        let record = &mut self.bodies[body];
        record.waits = WaitsFor::Room(station);
        let waiter = Waiter { priority: record.priority, sequence, id: body };
        self.stations[station.index()].outside.push(waiter);
    }

    fn admit_from_outside(&mut self, station: StationId) {
        let index = station.index();
        while self.model.stations[index].room.is_none_or(|room| self.stations[index].inside < room) {
            let Some(waiter) = self.stations[index].outside.pop() else { return };
            let cell = self.model.stations[index].cells.space;
            self.book(waiter.id, cell);
            self.bodies[waiter.id].waits = WaitsFor::Nothing;
            self.proceed(waiter.id);
        }
    }

    fn make_tokens(&mut self, body: u32, visit: &Visit, tokens: &mut Vec<Token>) {
        let Body { members, entity, size, mass, .. } = &self.bodies[body];
        let owner = Owner::Body(body);
        let at = |entity: Entity| Entity::visit(entity, visit.node, u64::from(visit.number));
        match self.model.stations[visit.station.index()].per {
            Customer::Body => tokens.push(self.body_token(body, visit)),
            Customer::Shipment => tokens.extend(members.iter().map(|&member| {
                let ship = &self.shipments[member];
                self.token(owner, visit.station, at(ship.entity), (ship.size, ship.mass))
            })),
            Customer::Unit => {
                let units = (size.milli() + 999) / 1000;
                for unit in 0..units {
                    let part = Size::from_milli((size.milli() - unit * 1000).min(1000));
                    let share = Mass::from_kg(mass.kg() * part.milli() / size.milli());
                    tokens.push(self.token(owner, visit.station, at(*entity).part(unit as u64), (part, share)));
                }
            }
        }
    }

    fn token(&self, owner: Owner, station: StationId, entity: Entity, load: (Size, Mass)) -> Token {
        Token {
            owner,
            station,
            entity,
            size: load.0,
            mass: load.1,
            joined: self.now,
            before: self.stations[station.index()].hindrances(self.now),
            server: ANY_SERVER,
            started: self.now,
            ends: self.now,
            paused_since: self.now,
            generation: 0,
            join: None,
            spent: Spent::default(),
        }
    }

    /// A vessel joins the queue of a station.
    pub(super) fn vessel_joins(&mut self, vessel: u32, station: StationId, entity: Entity) {
        let load = self.vessels[vessel as usize].load();
        let token = self.token(Owner::Vessel(vessel), station, entity, load);
        self.join_queue(token);
    }

    fn join_queue(&mut self, token: Token) {
        let (station, owner) = (token.station, token.owner);
        let index = station.index();
        self.touch_station(index);
        let priority = match owner {
            Owner::Body(body) => self.bodies[body].priority,
            Owner::Vessel(_) => 2,
        };
        let sequence = self.next_sequence();
        if let Owner::Body(body) = owner {
            self.note_body(Fact::Queued(station), body);
            self.watch_station(station, body, 1);
        }
        let id = self.tokens.insert(token);
        let state = &mut self.stations[index];
        state.inside += 1;
        state.sojourns -= i128::from(self.now.ms());
        state.queue.push(Waiter { priority, sequence, id });
        self.try_station(index as u32);
        let length = self.stations[index].queue.len() as u64;
        let tally = &mut self.account.outcome.stations[index];
        tally.queue_max = tally.queue_max.max(length);
    }

    /// Starts services while there are customers and free servers.
    pub(super) fn try_station(&mut self, station: u32) {
        let index = station as usize;
        while !self.stations[index].queue.is_empty() && self.stations[index].may_start() {
            let Some(server) = self.free_server_of(index) else { return };
            self.touch_station(index);
            let Some(waiter) = self.stations[index].queue.pop() else { return };
            self.start_service(waiter.id, index, server);
        }
    }

    fn free_server_of(&self, index: usize) -> Option<u32> {
        let Some(limit) = self.model.stations[index].servers else { return Some(ANY_SERVER) };
        let state = &self.stations[index];
        if state.busy + state.blocked >= limit && state.failed == 0 {
            return None;
        }
        let servers = state.servers.iter().take(limit as usize);
        servers.enumerate().find(|(_, server)| !server.taken && !server.failed).map(|(at, _)| at as u32)
    }

    /// True if a server could take a customer now (used to choose among berths).
    pub(super) fn has_free_server(&self, station: StationId) -> bool {
        let state = &self.stations[station.index()];
        state.queue.is_empty() && state.may_start() && self.free_server_of(station.index()).is_some()
    }

    fn start_service(&mut self, id: u32, index: usize, server: u32) {
        let now = self.now;
        let after = self.stations[index].hindrances(now);
        let token = &mut self.tokens[id];
        let hindered = Hindrances {
            closed: after.closed - token.before.closed,
            hours: after.hours - token.before.hours,
            down: after.down - token.before.down,
        };
        let waited = now.since(token.joined);
        token.spent.hindered = hindered;
        token.spent.wait = waited - hindered.closed - hindered.hours - hindered.down;
        token.server = server;
        token.started = now;
        let time = self.draw_service(id, index);
        let token = &mut self.tokens[id];
        token.ends = now.after(time);
        let generation = token.generation;
        self.events.schedule(token.ends, Event::ServiceEnd { token: id, generation });
        let state = &mut self.stations[index];
        state.busy += 1;
        state.services += 1;
        if let Some(record) = state.servers.get_mut(server as usize) {
            record.taken = true;
            record.token = Some(id);
        }
        self.account.station_starts(index, waited);
        if let Owner::Body(body) = self.tokens[id].owner {
            self.note_body(Fact::Started(StationId::new(index)), body);
            self.watch_station(StationId::new(index), body, -1);
        }
    }

    fn draw_service(&self, id: u32, index: usize) -> Duration {
        let station = &self.model.stations[index];
        let token = &self.tokens[id];
        match &station.service {
            Service::Time(law) => Duration::from_real_ms(law.draw(&self.draws, station.stream, token.entity)),
            Service::Rate { setup, ms_per_milli, ms_per_kg, spread } => {
                let work = token.size.milli() as f64 * ms_per_milli + token.mass.kg() as f64 * ms_per_kg;
                Duration::from_real_ms((setup + work) * spread.draw(&self.draws, station.stream, token.entity))
            }
        }
    }

    pub(super) fn service_ended(&mut self, id: u32, generation: u32) {
        if self.tokens[id].generation != generation {
            return;
        }
        let now = self.now;
        let token = &mut self.tokens[id];
        token.generation += 1;
        token.spent.service = now.since(token.started) - token.spent.interrupted;
        let (station, server, owner, join, spent) = (token.station, token.server, token.owner, token.join, token.spent);
        self.tokens.remove(id);
        let index = station.index();
        let held = self.model.stations[index].held;
        self.touch_station(index);
        let state = &mut self.stations[index];
        if let Some(record) = state.servers.get_mut(server as usize) {
            record.token = None;
        }
        if !held {
            state.busy -= 1;
            state.blocked += 1;
        }
        match owner {
            Owner::Vessel(vessel) => {
                if !held {
                    self.free_server(station, server);
                }
                self.vessel_served(vessel, station, server, spent);
            }
            Owner::Body(body) => self.body_served(body, (station, server), join, spent),
        }
    }

    fn body_served(&mut self, body: u32, at: (StationId, u32), join: Option<u32>, spent: Spent) {
        if let Some(join) = join {
            self.joins[join].left -= 1;
            if self.joins[join].left > 0 {
                return self.free_server(at.0, at.1);
            }
            self.joins.remove(join);
        }
        self.note_body(Fact::Ended(at.0), body);
        let station = &self.model.stations[at.0.index()];
        let cells = station.cells;
        self.book_part(body, cells.wait, spent.wait);
        self.book_part(body, cells.closed, spent.hindered.closed);
        self.book_part(body, cells.hours, spent.hindered.hours);
        self.book_part(body, cells.down, spent.hindered.down + spent.interrupted);
        self.book_part(body, cells.service, spent.service);
        self.mark_step_passed(body);
        self.bodies[body].hold = Hold::Server(at.0, at.1);
        self.step_done(body);
    }

    /// Records that the stations of the present step were passed.
    fn mark_step_passed(&mut self, body: u32) {
        use crate::plan::model::Step;
        let model = self.model;
        let record = &self.bodies[body];
        match &model.programs[record.program.index()].steps[record.step as usize] {
            Step::Serve(visit) => self.mark_passed(body, model.stations[visit.station.index()].sets),
            Step::Together(visits) => {
                for visit in visits {
                    self.mark_passed(body, model.stations[visit.station.index()].sets);
                }
            }
            _ => {}
        }
    }

    /// Gives a server up that was blocked or held.
    pub(super) fn free_server(&mut self, station: StationId, server: u32) {
        let index = station.index();
        self.touch_station(index);
        let held = self.model.stations[index].held;
        let state = &mut self.stations[index];
        if held {
            state.busy -= 1;
        } else {
            state.blocked -= 1;
        }
        state.inside -= 1;
        state.sojourns += i128::from(self.now.ms());
        if let Some(record) = state.servers.get_mut(server as usize) {
            record.taken = false;
            record.token = None;
        }
        self.try_station(index as u32);
        self.admit_from_outside(station);
    }

    fn schedule_failure(&mut self, index: usize, server: usize) {
        let Some(failure) = &self.model.stations[index].failure else { return };
        let record = &self.stations[index].servers[server];
        let entity = Entity::ordinal(server as u64).voyage(record.failures);
        let up = Duration::from_real_ms(failure.up.draw(&self.draws, failure.stream, entity));
        let (station, server) = (index as u32, server as u32);
        self.events.schedule(self.now.after(up), Event::Fail { station, server });
    }

    pub(super) fn server_fails(&mut self, station: u32, server: u32) {
        let index = station as usize;
        self.touch_station(index);
        let now = self.now;
        let record = &mut self.stations[index].servers[server as usize];
        record.failed = true;
        let entity = Entity::ordinal(u64::from(server)).voyage(record.failures);
        record.failures += 1;
        let token = record.token;
        self.stations[index].failed += 1;
        if let Some(id) = token {
            let token = &mut self.tokens[id];
            token.generation += 1;
            token.paused_since = now;
            self.stations[index].busy -= 1;
        }
        self.update_reason(index);
        if let Some(failure) = &self.model.stations[index].failure {
            let down = failure.down.draw_at(&self.draws, failure.stream, entity, 64);
            self.events.schedule(now.after(Duration::from_real_ms(down)), Event::Repair { station, server });
        }
    }

    pub(super) fn server_repaired(&mut self, station: u32, server: u32) {
        let index = station as usize;
        self.touch_station(index);
        let now = self.now;
        let record = &mut self.stations[index].servers[server as usize];
        record.failed = false;
        let token = record.token;
        self.stations[index].failed -= 1;
        if let Some(id) = token {
            let token = &mut self.tokens[id];
            let paused = now.since(token.paused_since);
            token.spent.interrupted += paused;
            token.ends = token.ends.after(paused);
            let (ends, generation) = (token.ends, token.generation);
            self.events.schedule(ends, Event::ServiceEnd { token: id, generation });
            self.stations[index].busy += 1;
        }
        self.update_reason(index);
        self.schedule_failure(index, server as usize);
        self.try_station(station);
    }

    /// Takes over the numbers of servers of a new parameter set.
    pub(super) fn resize_stations(&mut self) {
        for index in 0..self.stations.len() {
            let wanted = self.model.stations[index].servers.unwrap_or(0) as usize;
            let had = self.stations[index].servers.len();
            if wanted > had {
                self.stations[index].servers.resize(wanted, Server::default());
                (had..wanted).for_each(|server| self.schedule_failure(index, server));
            }
            self.update_reason(index);
            self.try_station(index as u32);
            self.admit_from_outside(StationId::new(index));
        }
    }

    /// Brings a station's integrals up to now.
    pub(super) fn touch_station(&mut self, index: usize) {
        let servers = self.model.stations[index].servers;
        let state = &mut self.stations[index];
        let elapsed = self.now.since(std::mem::replace(&mut state.touched, self.now)).ms();
        if elapsed == 0 {
            return;
        }
        state.present += i128::from(elapsed) * i128::from(state.inside);
        let tally = &mut self.account.outcome.stations[index];
        let down = state.down();
        tally.busy += Duration::from_ms(elapsed * i64::from(state.busy));
        tally.blocked += Duration::from_ms(elapsed * i64::from(state.blocked));
        tally.down += Duration::from_ms(elapsed * i64::from(down));
        tally.queue += i128::from(elapsed) * state.queue.len() as i128;
        tally.present += i128::from(elapsed) * i128::from(state.inside);
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
