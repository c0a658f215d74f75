//! The queue, services, and what follows them.

use crate::engine::event::Event;
use crate::engine::observer::{Fact, Observer};
use crate::engine::queues::QueueAt;
use crate::engine::state::body::Hold;
use crate::engine::state::station::{ANY_SERVER, Owner, Spent};
use crate::engine::world::World;
use crate::ids::StationId;
use crate::model::{Service, ServiceType};
use crate::units::Duration;

impl<O: Observer> World<'_, O> {
    /// A customer comes: a free server takes it at once, else it waits.
    pub(super) fn join_queue(&mut self, id: u32) {
        let (station, owner) = (self.tokens[id].station, self.tokens[id].owner);
        let index = station.index();
        self.touch_station(index);
        if let Owner::Body(body) = owner {
            self.note_body(Fact::Queued(station), body);
            self.watch_station(station, body, 1);
        }
        let state = &mut self.stations[index];
        state.inside += 1;
        state.sojourns -= i128::from(self.now.ms());
        if state.queue.is_empty()
            && state.may_start()
            && let Some(server) = self.free_server_of(index)
        {
            return self.start_service(id, index, server);
        }
        let priority = match owner {
            Owner::Body(body) => self.bodies[body].priority,
            Owner::Vessel(vessel) => self.model.carrier(self.vessels[vessel as usize].fleet).priority,
        };
        let waiter = self.waiter(priority, id);
        let queue = &mut self.stations[index].queue;
        queue.push(waiter);
        let length = queue.len() as u64;
        let is_on_purpose = matches!(owner, Owner::Body(body) if self.waits_on_purpose(body));
        self.note_length(QueueAt::Station(station), length, is_on_purpose);
    }

    /// Starts services while there are customers and free servers.
    #[inline]
    pub(in crate::engine) fn try_station(&mut self, station: u32) {
        if !self.stations[station as usize].queue.is_empty() {
            self.serve_queue(station as usize);
        }
    }

    fn serve_queue(&mut self, index: usize) {
        while !self.stations[index].queue.is_empty() && self.stations[index].may_start() {
            let Some(server) = self.free_server_of(index) else { return };
            self.touch_station(index);
            let Some(waiter) = self.stations[index].queue.pop() else { return };
            self.start_service(waiter.id, index, server);
        }
    }

    #[inline]
    pub(super) fn free_server_of(&self, index: usize) -> Option<u32> {
        let Some(limit) = self.model.stations[index].servers else { return Some(ANY_SERVER) };
        let state = &self.stations[index];
        if state.busy + state.blocked >= limit && state.failed == 0 {
            return None;
        }
        state.first_free(limit)
    }

    /// True if a server could take a customer now (used to choose among berths).
    pub(in crate::engine) fn has_free_server(&self, station: StationId) -> bool {
        let state = &self.stations[station.index()];
        state.queue.is_empty() && state.may_start() && self.free_server_of(station.index()).is_some()
    }

    pub(super) fn start_service(&mut self, id: u32, index: usize, server: u32) {
        let now = self.now;
        let after = self.stations[index].hindrances(now);
        let time = self.draw_service(id, index);
        let token = &mut self.tokens[id];
        token.hindered = after.since(token.hindered);
        let waited = now.since(token.joined);
        token.server = server;
        token.started = now;
        token.ends = now.after(time);
        let (ends, owner) = (token.ends, token.owner);
        if time == Duration::ZERO {
            self.served.push_back(id);
        } else {
            self.events.schedule(ends, Event::ServiceEnd { token: id, generation: token.generation });
        }
        let state = &mut self.stations[index];
        state.busy += 1;
        state.services += 1;
        state.take(server, id);
        self.account.outcome.stations[index].served += 1;
        match owner {
            Owner::Vessel(_) => self.account.waited_for_service(index, waited),
            Owner::Body(body) => {
                self.ends_to_wait(body, QueueAt::Station(StationId::new(index)), waited);
                self.note_body(Fact::Started(StationId::new(index)), body);
                self.watch_station(StationId::new(index), body, -1);
            }
        }
    }

    pub(super) fn draw_service(&self, id: u32, index: usize) -> Duration {
        let station = &self.model.stations[index];
        let token = &self.tokens[id];
        match &station.service {
            Service::Time(law) => Duration::from_real_ms(law.draw(&self.random, station.stream, token.entity)),
            Service::Types { types, stream } => {
                let share = self.random.uniform(*stream, token.entity, 0);
                let law = &ServiceType::at(types, share).time;
                Duration::from_real_ms(law.draw(&self.random, station.stream, token.entity))
            }
            Service::Rate { setup, ms_per_milli, ms_per_kg, spread } => {
                let work = token.size.milli() as f64 * ms_per_milli + token.mass.kg() as f64 * ms_per_kg;
                Duration::from_real_ms((setup + work) * spread.draw(&self.random, station.stream, token.entity))
            }
        }
    }

    pub(in crate::engine) fn service_ended(&mut self, id: u32, generation: u32) {
        if self.tokens[id].generation == generation {
            self.service_is_over(id);
        }
    }

    /// A service ends now.
    pub(in crate::engine) fn service_is_over(&mut self, id: u32) {
        let token = &mut self.tokens[id];
        token.generation += 1;
        let (station, server, owner, join) = (token.station, token.server, token.owner, token.join);
        let spent = token.spent(self.now);
        self.tokens.remove(id);
        let index = station.index();
        let held = self.model.stations[index].held;
        self.touch_station(index);
        let state = &mut self.stations[index];
        state.serves_nobody(server);
        if !held {
            state.busy -= 1;
            state.blocked += 1;
        }
        match owner {
            Owner::Vessel(vessel) => {
                if !held {
                    self.free_server(station, server);
                }
                if self.is_last_of(join) {
                    self.vessel_served(vessel, station, server, spent);
                }
            }
            Owner::Body(body) => self.body_served(body, station, server, join, spent),
        }
    }

    /// Whether nobody else is left of those after whom their owner goes on.
    fn is_last_of(&mut self, join: Option<u32>) -> bool {
        let Some(join) = join else { return true };
        self.joins[join].left -= 1;
        let is_last = self.joins[join].left == 0;
        if is_last {
            self.joins.remove(join);
        }
        is_last
    }

    pub(super) fn body_served(&mut self, body: u32, id: StationId, server: u32, join: Option<u32>, spent: Spent) {
        if !self.is_last_of(join) {
            return self.free_server(id, server);
        }
        self.note_body(Fact::Ended(id), body);
        let station = &self.model.stations[id.index()];
        let cells = station.cells;
        self.book_part(body, cells.wait, spent.wait);
        if spent.hindered.is_any() || spent.interrupted > Duration::ZERO {
            self.book_part(body, cells.closed, spent.hindered.closed);
            self.book_part(body, cells.hours, spent.hindered.hours);
            self.book_part(body, cells.down, spent.hindered.down + spent.interrupted);
        }
        self.book_part(body, cells.service, spent.service);
        self.mark_step_passed(body);
        self.bodies[body].hold = Hold::Server(id, server);
        self.step_done(body);
    }

    /// Records that the stations of the present step were passed.
    pub(super) fn mark_step_passed(&mut self, body: u32) {
        use crate::model::Step;
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
    pub(in crate::engine) fn free_server(&mut self, station: StationId, server: u32) {
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
        state.give_up(server);
        self.try_station(index as u32);
        self.admit_from_outside(station);
    }
}
