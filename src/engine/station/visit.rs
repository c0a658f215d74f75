//! A body comes to stations: who passes at once, who finds room, and as how many customers it queues.

use crate::engine::observer::Observer;
use crate::engine::queues::QueueAt;
use crate::engine::state::body::WaitsFor;
use crate::engine::state::customer::{CustomerId, Join, Owner, Token};
use crate::engine::world::World;
use crate::ids::StationId;
use crate::model::{Customer, Visit};
use crate::random::Entity;
use crate::units::{Load, Mass, Size};

impl<O: Observer> World<'_, O> {
    /// Passes a body through a station; true if it may go on at once.
    #[inline]
    pub(in crate::engine) fn visit(&mut self, body: u32, visit: &Visit) -> bool {
        let state = &self.stations[visit.station.index()];
        let (is_plain, is_selective) = (state.known.is_plain, state.known.is_selective);
        if is_selective && self.passes_at_once(body, visit) {
            return true;
        }
        if is_plain {
            self.release_hold(body);
            self.visit_plain(body, visit);
        } else {
            self.visit_any(body, visit);
        }
        false
    }

    /// The same at a station that may not be plain.
    #[inline(never)]
    fn visit_any(&mut self, body: u32, visit: &Visit) {
        if self.model.stations[visit.station.index()].per != Customer::Body {
            self.join_queues(body, &[visit]);
        } else if self.finds_room(body, visit.station) {
            self.release_hold(body);
            self.join_by_itself(body, visit);
        }
    }

    /// Passes a body through stations side by side; true if it may go on at once.
    #[inline(never)]
    pub(in crate::engine) fn visit_together(&mut self, body: u32, visits: &[Visit]) -> bool {
        let served: Vec<&Visit> = visits.iter().filter(|visit| !self.passes_at_once(body, visit)).collect();
        self.join_queues(body, &served);
        served.is_empty()
    }

    /// Joins several queues, or one as several customers; the body goes on after the last.
    #[inline(never)]
    pub(super) fn join_queues(&mut self, body: u32, visits: &[&Visit]) {
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
        self.join_all(&tokens);
    }

    /// True if a station has room; else the body waits outside or is lost, and must not be touched again.
    #[inline]
    pub(super) fn finds_room(&mut self, body: u32, at: StationId) -> bool {
        let station = &self.model.stations[at.index()];
        let has_room = station.room.is_none_or(|room| self.stations[at.index()].inside() < room);
        if !has_room {
            self.stays_outside(body, at, station.diverts);
        }
        has_room
    }

    /// A body comes to a station that has no room: it is lost, or waits.
    #[inline(never)]
    fn stays_outside(&mut self, body: u32, at: StationId, is_diverted: bool) {
        if is_diverted {
            self.account.station_diverts(at.index());
            self.release_hold(body);
            self.lose(body);
        } else {
            self.wait_for_room(body, at);
        }
    }

    /// The body joins a queue as one customer.
    fn join_by_itself(&mut self, body: u32, visit: &Visit) {
        let clock = self.stations[visit.station.index()].hindrances(self.now);
        let record = &mut self.bodies[body];
        let entity = record.entity.visit(visit.node, u64::from(visit.number));
        record.stay.begin(visit.station, entity, self.now);
        record.stay.hindered = clock;
        self.join_queue(CustomerId::body(body), Owner::Body(body), visit.station);
    }

    #[inline]
    pub(super) fn passes_at_once(&mut self, body: u32, visit: &Visit) -> bool {
        let station = &self.model.stations[visit.station.index()];
        if station.serves_everybody() {
            return false;
        }
        let members = &self.bodies[body].members;
        if station.recognises != 0 && members.iter().all(|&m| self.bodies[m].passed & station.recognises != 0) {
            self.mark_passed(body, station.sets);
            return true;
        }
        let entity = self.bodies[body].entity.visit(visit.node, u64::from(visit.number));
        if station.share < 1.0 && self.random.first(station.share_stream, entity) >= station.share {
            return true;
        }
        let is_done = station.advance > 0.0 && self.random.uniform(station.share_stream, entity, 1) < station.advance;
        if is_done {
            self.mark_passed(body, station.sets);
        }
        is_done
    }

    #[inline]
    pub(super) fn mark_passed(&mut self, body: u32, bit: Option<u8>) {
        if let Some(bit) = bit {
            self.note_passed(body, bit);
        }
    }

    #[inline(never)]
    fn note_passed(&mut self, body: u32, bit: u8) {
        for at in 0..self.bodies[body].members.len() {
            let member = self.bodies[body].members[at];
            self.bodies[member].passed |= 1 << bit;
        }
    }

    pub(super) fn wait_for_room(&mut self, body: u32, station: StationId) {
        self.touch_station(station.index());
        self.begin_to_wait(body, WaitsFor::Room(station));
        let waiter = self.waiter(self.bodies[body].priority, body);
        self.stations[station.index()].outside.push(waiter);
    }

    #[inline]
    pub(super) fn admit_from_outside(&mut self, station: StationId) {
        if !self.stations[station.index()].outside.is_empty() {
            self.admit_those_outside(station);
        }
    }

    #[inline(never)]
    fn admit_those_outside(&mut self, station: StationId) {
        let index = station.index();
        while self.model.stations[index].room.is_none_or(|room| self.stations[index].inside() < room) {
            self.touch_station(index);
            let Some(waiter) = self.stations[index].outside.pop() else { return };
            let time = self.now.since(self.bodies[waiter.id].since);
            self.ends_to_be_kept_away(waiter.id, QueueAt::Station(station), time);
            let cell = self.model.stations[index].cells.space;
            self.book(waiter.id, cell);
            self.bodies[waiter.id].waits = WaitsFor::Nothing;
            self.proceed(waiter.id);
        }
    }

    pub(super) fn make_tokens(&mut self, body: u32, visit: &Visit, tokens: &mut Vec<u32>) {
        let owner = Owner::Body(body);
        let at = |entity: Entity| Entity::visit(entity, visit.node, u64::from(visit.number));
        match self.model.stations[visit.station.index()].per {
            Customer::Body => {
                let record = &self.bodies[body];
                let (entity, load) = (at(record.entity), record.load());
                tokens.push(self.token(owner, visit.station, entity, load));
            }
            Customer::Shipment => {
                for index in 0..self.bodies[body].members.len() {
                    let ship = &self.bodies[self.bodies[body].members[index]];
                    let (entity, load) = (at(ship.entity), ship.load());
                    tokens.push(self.token(owner, visit.station, entity, load));
                }
            }
            Customer::Unit => {
                let (entity, load) = (at(self.bodies[body].entity), self.bodies[body].load());
                self.unit_tokens(owner, visit.station, entity, load, tokens);
            }
        }
    }

    /// A customer for each unit of an amount.
    pub(super) fn unit_tokens(
        &mut self,
        owner: Owner,
        station: StationId,
        entity: Entity,
        all: Load,
        tokens: &mut Vec<u32>,
    ) {
        let size = all.size.milli();
        for unit in 0..(size + 999) / 1000 {
            let part = (size - unit * 1000).min(1000);
            let mass = Mass::from_kg(all.mass.kg() * part / size);
            let load = Load { size: Size::from_milli(part), mass };
            tokens.push(self.token(owner, station, entity.part(unit as u64), load));
        }
    }

    /// A customer that has come to a station and is not a body or a vessel by itself.
    fn token(&mut self, owner: Owner, station: StationId, entity: Entity, load: Load) -> u32 {
        let clock = self.stations[station.index()].hindrances(self.now);
        let id = self.tokens.claim(|_| Token::empty());
        let token = &mut self.tokens[id];
        (token.owner, token.load, token.join) = (owner, load, None);
        token.stay.begin(station, entity, self.now);
        token.stay.hindered = clock;
        id
    }

    /// Customers of one owner join their queues; the owner goes on after the last.
    pub(super) fn join_all(&mut self, tokens: &[u32]) {
        let left = tokens.len() as u32;
        let join = (left > 1).then(|| self.joins.insert(Join { left }));
        for &token in tokens {
            self.tokens[token].join = join;
            self.token_joins(token);
        }
    }

    fn token_joins(&mut self, token: u32) {
        let record = &self.tokens[token];
        self.join_queue(CustomerId::token(token), record.owner, record.stay.station);
    }
}
