//! A body's visit to a plain station: one that is never shut or out of order and has room for all, at which it is one customer.
//! Most visits are to such. What the general way asks at every turn is known here: the wait has one cause, and the service is not
//! interrupted.

use crate::engine::observer::{Fact, Observer};
use crate::engine::state::body::Hold;
use crate::engine::state::customer::{ANY_SERVER, CustomerId, Hindrances, StayAt};
use crate::engine::world::World;
use crate::ids::StationId;
use crate::model::{Step, Visit};

impl<O: Observer> World<'_, O> {
    /// A body comes: a free server takes it at once, else it waits.
    pub(super) fn visit_plain(&mut self, body: u32, visit: &Visit) {
        let (station, index, now) = (visit.station, visit.station.index(), self.now);
        let record = &mut self.bodies[body];
        let entity = record.entity.visit(visit.node, u64::from(visit.number));
        record.stay.begin(station, entity, now, Hindrances::default());
        let priority = record.priority;
        self.note_body(Fact::Queued(station), body);
        self.watch_station(station, body, 1);
        let state = &mut self.stations[index];
        state.inside.rise(now);
        if state.queue.is_empty()
            && let Some(server) = state.free_server(self.model.stations[index].servers)
        {
            state.busy.rise(now);
            return self.start_with_body(body, index, server);
        }
        let is_on_purpose = self.waits_on_purpose(body);
        self.line_up(CustomerId::body(body), priority, is_on_purpose, station);
    }

    /// Whether a body that is being served is so at a plain station.
    #[inline]
    pub(super) fn is_at_plain(&self, body: u32) -> bool {
        self.stations[self.bodies[body].stay.station.index()].known.is_plain
    }

    /// A body has been served: its server takes the next in the queue, and then it goes on.
    pub(super) fn plain_visit_ends(&mut self, body: u32) {
        let model = self.model;
        let StayAt { station, server, joined, started, .. } = self.bodies[body].stay;
        let at = &model.stations[station.index()];
        let (wait, service) = (started.since(joined), self.now.since(started));
        self.stations[station.index()].served.customers += i128::from(service.ms());
        self.note_body(Fact::Ended(station), body);
        self.book_parts(body, [(at.cells.wait, wait), (at.cells.service, service)]);
        self.mark_passed(body, at.sets);
        let record = &mut self.bodies[body];
        let next = model.programs[record.program.index()].steps.get(record.step as usize + 1);
        let next_plain = match next {
            Some(Step::Serve(visit)) if self.stations[visit.station.index()].serves_all_plainly() => Some(visit),
            _ => None,
        };
        if next_plain.is_none() && self.may_be_held_up(next) {
            self.keep_server(station, server);
            self.bodies[body].hold = Hold::Server(station, server);
            return self.step_done(body);
        }
        self.leave_plain(station, server);
        if let Some(visit) = next_plain {
            self.bodies[body].step += 1;
            self.visit_plain(body, visit);
        } else {
            self.step_done(body);
        }
    }

    /// A server has served its customer, who leaves it; the next in the queue takes it.
    #[inline]
    fn leave_plain(&mut self, station: StationId, server: u32) {
        let (index, now) = (station.index(), self.now);
        let state = &mut self.stations[index];
        state.inside.fall(now);
        // Where there was no limit when the service began there is no server that the next could take.
        let next = if server == ANY_SERVER { None } else { state.next_in_line(now) };
        if let Some(next) = next {
            return self.start_service(CustomerId::of_queue(next.id), index, server);
        }
        state.busy.fall(now);
        state.give_up(server);
        self.try_station(index as u32);
    }
}
