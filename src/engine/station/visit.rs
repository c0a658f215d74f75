//! A body comes to stations: who passes at once, who finds room, and as how many customers it queues.

use crate::engine::lane::Waiter;
use crate::engine::observer::Observer;
use crate::engine::state::body::{Body, WaitsFor};
use crate::engine::state::station::{ANY_SERVER, Join, Owner, Token};
use crate::engine::world::World;
use crate::ids::StationId;
use crate::model::{Customer, Visit};
use crate::random::Entity;
use crate::units::{Duration, Mass, Size};

impl<O: Observer> World<'_, O> {
    /// Passes a body through stations side by side; true if it may go on at once.
    pub(in crate::engine) fn visit(&mut self, body: u32, visits: &[Visit]) -> bool {
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
        let left = tokens.len() as u32;
        let join = (left > 1).then(|| self.joins.insert(Join { left }));
        for mut token in tokens {
            token.join = join;
            self.join_queue(token);
        }
    }

    /// True if a station has room; else the body waits outside or is lost, and must not be touched again.
    #[inline]
    pub(super) fn finds_room(&mut self, body: u32, at: StationId) -> bool {
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
    #[inline]
    pub(super) fn body_token(&self, body: u32, visit: &Visit) -> Token {
        let record = &self.bodies[body];
        let entity = Entity::visit(record.entity, visit.node, u64::from(visit.number));
        self.token(Owner::Body(body), visit.station, entity, (record.size, record.mass))
    }

    #[inline]
    pub(super) fn passes_at_once(&mut self, body: u32, visit: &Visit) -> bool {
        let station = &self.model.stations[visit.station.index()];
        let members = &self.bodies[body].members;
        if station.recognises != 0 && members.iter().all(|&m| self.bodies[m].passed & station.recognises != 0) {
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

    pub(super) fn mark_passed(&mut self, body: u32, bit: Option<u8>) {
        if let Some(bit) = bit {
            for at in 0..self.bodies[body].members.len() {
                let member = self.bodies[body].members[at];
                self.bodies[member].passed |= 1 << bit;
            }
        }
    }

    pub(super) fn wait_for_room(&mut self, body: u32, station: StationId) {
        let sequence = self.next_sequence();
        self.touch_station(station.index());
        let record = &mut self.bodies[body];
        record.waits = WaitsFor::Room(station);
        let waiter = Waiter { priority: record.priority, sequence, id: body };
        self.stations[station.index()].outside.push(waiter);
    }

    pub(super) fn admit_from_outside(&mut self, station: StationId) {
        let index = station.index();
        if self.stations[index].outside.is_empty() {
            return;
        }
        while self.model.stations[index].room.is_none_or(|room| self.stations[index].inside < room) {
            self.touch_station(index);
            let Some(waiter) = self.stations[index].outside.pop() else { return };
            let cell = self.model.stations[index].cells.space;
            self.book(waiter.id, cell);
            self.bodies[waiter.id].waits = WaitsFor::Nothing;
            self.proceed(waiter.id);
        }
    }

    pub(super) fn make_tokens(&mut self, body: u32, visit: &Visit, tokens: &mut Vec<Token>) {
        let Body { members, entity, size, mass, .. } = &self.bodies[body];
        let owner = Owner::Body(body);
        let at = |entity: Entity| Entity::visit(entity, visit.node, u64::from(visit.number));
        match self.model.stations[visit.station.index()].per {
            Customer::Body => tokens.push(self.body_token(body, visit)),
            Customer::Shipment => tokens.extend(members.iter().map(|&member| {
                let ship = &self.bodies[member];
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

    #[inline]
    pub(super) fn token(&self, owner: Owner, station: StationId, entity: Entity, load: (Size, Mass)) -> Token {
        Token {
            owner,
            station,
            entity,
            size: load.0,
            mass: load.1,
            joined: self.now,
            hindered: self.stations[station.index()].hindrances(self.now),
            server: ANY_SERVER,
            started: self.now,
            ends: self.now,
            paused_since: self.now,
            generation: 0,
            join: None,
            interrupted: Duration::ZERO,
        }
    }

    /// A vessel joins the queue of a station.
    pub(in crate::engine) fn vessel_joins(&mut self, vessel: u32, station: StationId, entity: Entity) {
        let load = self.vessels[vessel as usize].load();
        let token = self.token(Owner::Vessel(vessel), station, entity, load);
        self.join_queue(token);
    }
}
