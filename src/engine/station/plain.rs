//! A body's visit to a plain station: one that is never shut or out of order and has room for all, at which it is one customer.
//! Most visits are to such. What the general way asks at every turn is known here: the wait has one cause, and the service is not
//! interrupted.

use super::service::draw_service;
use crate::engine::observer::{Fact, Observer};
use crate::engine::state::body::Hold;
use crate::engine::state::customer::{ANY_SERVER, Customer, CustomerId, StayAt};
use crate::engine::world::World;
use crate::ids::StationId;
use crate::model::{Step, Visit};

impl<O: Observer> World<'_, O> {
    /// A body comes: a free server takes it at once, else it waits.
    pub(super) fn visit_plain(&mut self, body: u32, visit: &Visit) {
        let (station, index, now) = (visit.station, visit.station.index(), self.now);
        let record = &mut self.bodies[body];
        let entity = record.entity.visit(visit.node, u64::from(visit.number));
        record.stay.begin(station, entity, now);
        let priority = record.priority;
        self.note_body(Fact::Queued(station), body);
        self.watch_station(station, body, 1);
        let state = &mut self.stations[index];
        if state.queue.is_empty()
            && let Some(server) = state.free_server()
        {
            state.busy.rise(now);
            // When it ends is asked only where servers fail.
            state.servers.take(server, CustomerId::body(body), now);
            return self.start_plainly(body, index, server);
        }
        let is_on_purpose = self.waits_on_purpose(body);
        self.line_up(CustomerId::body(body), priority, is_on_purpose, index);
    }

    /// The service of a body begins at a server that counts as busy, and as its own.
    fn start_plainly(&mut self, body: u32, index: usize, server: u32) {
        let (state, record) = (&mut self.stations[index], &mut self.bodies[body]);
        let time = draw_service(&self.random, state.model, record.stay.entity, record.load());
        let waited = state.begin(&mut record.stay, server, self.now);
        let (customer, generation) = (CustomerId::body(body), record.stay.generation);
        self.schedule_end(customer, generation, self.now.after(time));
        self.body_is_served(body, index, waited);
    }

    /// Whether a body that is being served is so at a plain station.
    #[inline]
    pub(super) fn is_at_plain(&self, body: u32) -> bool {
        self.stations[self.bodies[body].stay.station.index()].known.is_plain
    }

    /// A body has been served: its server takes the next in the queue, and then it goes on.
    pub(super) fn plain_visit_ends(&mut self, body: u32) {
        let StayAt { station, server, joined, started, .. } = self.bodies[body].stay;
        let (wait, service) = (started.since(joined), self.now.since(started));
        let state = &mut self.stations[station.index()];
        state.served.has(service);
        let at = state.model;
        self.note_body(Fact::Ended(station), body);
        self.book_parts(body, [(at.cells.wait, wait), (at.cells.service, service)]);
        self.mark_passed(body, at.sets);
        let record = &self.bodies[body];
        let step = record.step + 1;
        let next = self.model.programs[record.program.index()].steps.get(step as usize);
        if let Some(Step::Serve(visit)) = next
            && self.stations[visit.station.index()].serves_all_plainly()
        {
            self.leave_plain(station, server);
            self.bodies[body].step = step;
            return self.visit_plain(body, visit);
        }
        if self.may_be_held_up(next) {
            self.keep_server(station, server);
            self.bodies[body].hold = Hold::Server(station, server);
        } else {
            self.leave_plain(station, server);
        }
        self.step_done(body);
    }

    /// A server has served its customer, who leaves it; the next in the queue takes it.
    #[expect(clippy::inline_always, reason = "a part of each visit; the other caller is rare")]
    #[inline(always)]
    fn leave_plain(&mut self, station: StationId, server: u32) {
        let index = station.index();
        // Where there was no limit when the service began there is no server that the next could take.
        let next = if server == ANY_SERVER { None } else { self.next_in_line(index) };
        match next.map(CustomerId::told_apart) {
            Some(Customer::Body(next)) => {
                self.stations[index].servers.hand_over(server, CustomerId::body(next));
                self.start_plainly(next, index, server);
            }
            Some(Customer::Vessel(vessel)) => self.start_with_vessel(vessel, index, server),
            Some(Customer::Token(token)) => self.start_with_token(token, index, server),
            None => self.gives_server_up(index, server),
        }
    }
}
