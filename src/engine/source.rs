//! Sources: the shipments of a flow, made, and what becomes of them in the end.

use super::event::Event;
use super::observer::{End, Fact, Observer};
use super::outcome::Amount;
use super::state::body::WaitsFor;
use super::state::source::{in_steps, size_made, step};
use super::world::{EngineError, World};
use crate::ids::{FlowId, ProgramId};
use crate::model::{Arrivals, Flow, Taken};
use crate::random::{Entity, exponential_draw};
use crate::units::{Duration, Mass, SimTime, Size};

impl<O: Observer> World<'_, O> {
    pub(super) fn begin_sources(&mut self) {
        for source in 0..self.sources.len() {
            self.schedule_arrival(source);
        }
    }

    /// Another model holds from now on.
    pub(super) fn renew_sources(&mut self) {
        self.sources.iter_mut().for_each(|source| source.follow(self.model));
    }

    fn schedule_arrival(&mut self, source: usize) {
        let state = &mut self.sources[source];
        let flow = &self.plan.epochs[0].1.flows[state.flow];
        let priority = flow.priority;
        let entity = Entity::ordinal(state.first + state.arrivals);
        let gap = match &flow.arrivals {
            Arrivals::None => return,
            Arrivals::Times(times) => {
                let time = times.get(state.arrivals as usize).map_or(SimTime::MAX, |occasion| occasion.time);
                return self.events.schedule(time, Event::Arrival { source: source as u32, priority });
            }
            Arrivals::Poisson => exponential_draw(self.random.first(state.gap_stream, entity)),
            Arrivals::Regular => 1.0,
            Arrivals::Renewal(law) => law.draw(&self.random, state.gap_stream, entity),
        };
        // So many times as often as the flow's own, on the flow's scale.
        state.expected += gap / state.often;
        let time = state.moment(flow);
        self.events.schedule(time, Event::Arrival { source: source as u32, priority });
    }

    #[inline(never)]
    pub(super) fn arrival(&mut self, source: u32) {
        let source = source as usize;
        for _ in 0..self.shipments_now(source) {
            self.shipment_arrives(source);
        }
        self.sources[source].arrivals += 1;
        self.schedule_arrival(source);
    }

    /// Shipments of a source at the arrival that is now.
    fn shipments_now(&self, source: usize) -> u64 {
        let state = &self.sources[source];
        state.alike.batch.unwrap_or_else(|| state.outsiders_now(&self.model.flows[state.flow]))
    }

    /// The next shipment of a source has its turn.
    fn shipment_arrives(&mut self, source: usize) {
        let state = &mut self.sources[source];
        let (flow, alike) = (state.flow, state.alike);
        let entity = Entity::shipment(alike.key, state.first + state.turns);
        state.turns += 1;
        // Drawn for those that stay away, too: what is carried on does not depend on who comes.
        let Some(size) = alike.size.or_else(|| self.draw_size(source, entity)) else { return };
        if alike.share < 1.0 && !self.comes(flow, alike.share, entity) {
            return;
        }
        let Some(taken) = alike.taken.or_else(|| self.choose_route(source, entity)) else { return };
        self.set_out_on(flow, taken, entity, size);
    }

    /// Makes a shipment of a flow's market that takes a route, or counts it where it stays outside.
    fn set_out_on(&mut self, flow: usize, taken: Taken, entity: Entity, size: Size) {
        match taken {
            Taken::Route(program) => {
                let of = self.model.programs[program.index()].flow;
                let shipment = self.make_shipment(of, program, entity, size);
                self.move_alone(shipment, 0);
                self.set_off(shipment);
            }
            Taken::Outside(place) => {
                let cargo = self.model.flows[flow].cargo;
                let mass = self.model.cargoes[cargo.index()].mass(size);
                self.account.stays_outside(flow, place as usize, Amount { mass, size, count: 1 });
            }
        }
    }

    /// Whether a shipment comes at all, of which a share does; one that does not was never offered.
    fn comes(&self, flow: usize, share: f64, entity: Entity) -> bool {
        self.random.first(self.model.flows[flow].volume.stream, entity) < share
    }

    /// The route by the shares of the flow; where the flow chooses, that is what it takes at the base weights. Apart, as
    /// most sources have one route.
    #[inline(never)]
    fn choose_route(&self, source: usize, entity: Entity) -> Option<Taken> {
        let state = &self.sources[source];
        let flow = &self.model.flows[state.flow];
        let outsiders = state.outsiders(flow);
        let route = if outsiders.is_none() { self.draw_route(flow, entity) } else { 0 };
        let Some(chooses) = &flow.chooses else { return flow.routes.get(route).map(|route| Taken::Route(route.1)) };
        let given = outsiders.map_or(chooses.first as usize + route, |of| of.alternative as usize);
        Some(self.choose(&self.model.choices[chooses.choice as usize], given, entity))
    }

    /// The place among its routes of the one that a shipment draws.
    fn draw_route(&self, flow: &Flow, entity: Entity) -> usize {
        if flow.routes.len() == 1 {
            return 0;
        }
        let u = self.random.first(flow.route_stream, entity);
        flow.routes.partition_point(|route| route.0 <= u).min(flow.routes.len() - 1)
    }

    /// A size, rounded to whole units where the cargo is whole, at least one step. On a timetable what rounding cuts or
    /// adds is carried to the next occasion, and where less than half a step has come together nothing is made. Apart, as
    /// most sizes are not drawn.
    #[inline(never)]
    fn draw_size(&mut self, source: usize, entity: Entity) -> Option<Size> {
        let state = &mut self.sources[source];
        let flow = &self.model.flows[state.flow];
        let cargo = self.model.cargoes[flow.cargo.index()];
        let drawn = flow.size.draw(&self.random, flow.size_stream, entity);
        let Arrivals::Times(occasions) = &flow.arrivals else { return Some(size_made(drawn, cargo)) };
        let share = occasions.get(state.arrivals as usize).map_or(0.0, |occasion| occasion.units);
        let units = drawn * share + state.carried;
        let size = in_steps(units, step(cargo));
        state.carried = units - size.units();
        (size.milli() > 0).then_some(size)
    }

    /// Makes a shipment and enters it into the accounts.
    pub(super) fn make_shipment(&mut self, flow: FlowId, program: ProgramId, entity: Entity, size: Size) -> u32 {
        let cargo = self.model.flows[flow.index()].cargo;
        let mass = self.model.cargoes[cargo.index()].mass(size);
        let in_cohort = self.account.in_horizon;
        let route = self.model.programs[program.index()].route;
        let shipment = self.claim_body();
        let record = &mut self.bodies[shipment];
        (record.flow, record.cargo, record.program, record.route) = (flow, cargo, program, route);
        (record.entity, record.size, record.mass) = (entity, size, mass);
        (record.made, record.since, record.arrived) = (self.now, self.now, self.now);
        record.in_cohort = in_cohort;
        self.account.made(self.now, flow.index(), mass, size);
        self.note_body(Fact::Made, shipment);
        shipment
    }

    /// The end of the route. Apart from the steps before it, of which there are many more.
    #[inline(never)]
    pub(super) fn deliver(&mut self, body: u32) {
        self.note_body(Fact::Delivered, body);
        let record = &self.bodies[body];
        let step = record.step;
        if let Some(pool) = self.model.flows[record.flow.index()].fills {
            self.pool_filled(body, pool);
        }
        self.give_rest(body);
        self.dissolve(body, |world, shipment| world.is_delivered(shipment, step));
    }

    /// A shipment, or a part of one, is at the end of its route, delivered at a step.
    fn is_delivered(&mut self, shipment: u32, step: u32) {
        let program = self.program_of(shipment);
        self.fire_marks(program, shipment, None, step);
        if let Some(node) = program.node_before(program.steps.len() as u32) {
            self.watch_node(node, shipment, -1);
        }
        self.note_end(End::Delivered, shipment);
        let whole = self.part_ends(shipment);
        let ship = &self.bodies[shipment];
        let booked = self.account.delivered(self.now, ship, program.route, whole);
        if booked != self.now.since(ship.made) {
            self.misses_time(shipment, booked);
        }
        self.bodies.remove(shipment);
    }

    /// The time booked is not the time that passed, to the millisecond.
    #[cold]
    fn misses_time(&mut self, shipment: u32, booked: Duration) {
        let ship = &self.bodies[shipment];
        let flow = &self.plan.labels.flows[ship.flow.index()].id;
        let passed = self.now.since(ship.made);
        let what = format!("{booked} of {passed} are booked for a shipment of flow.{flow}");
        self.fail(EngineError::Balance { what });
    }

    /// Bookkeeping of originals when a part ends: the mass of the original if this was its last part.
    #[inline]
    fn part_ends(&mut self, shipment: u32) -> Option<Mass> {
        let ship = &self.bodies[shipment];
        let Some(original) = ship.original else { return Some(ship.mass) };
        let record = &mut self.originals[original];
        record.left -= 1;
        if record.left > 0 {
            return None;
        }
        let mass = record.mass;
        self.originals.remove(original);
        Some(mass)
    }

    /// The body is diverted: lost to outside.
    pub(super) fn lose(&mut self, body: u32) {
        self.note_body(Fact::Lost, body);
        self.give_rest(body);
        let record = &self.bodies[body];
        let node = self.model.programs[record.program.index()].node_before(record.step);
        self.dissolve(body, |world, shipment| {
            if let Some(node) = node {
                world.watch_node(node, shipment, -1);
            }
            if let Some(storage) = world.bodies[shipment].inside {
                world.leave_as_shipment(shipment, storage);
            }
            world.note_end(End::Lost, shipment);
            let whole = world.part_ends(shipment);
            world.account.lost(&world.bodies[shipment], whole.is_some());
            world.bodies.remove(shipment);
        });
    }

    /// The body is given up under a ban.
    pub(super) fn refuse(&mut self, body: u32) {
        self.note_body(Fact::Refused, body);
        self.dissolve(body, |world, shipment| {
            world.note_end(End::Refused, shipment);
            world.account.refused(&world.bodies[shipment]);
            world.bodies.remove(shipment);
        });
    }

    /// Gives back whatever the body holds at the end of its route.
    #[inline]
    fn give_rest(&mut self, body: u32) {
        let record = &mut self.bodies[body];
        record.waits = WaitsFor::Nothing;
        if !record.pools.is_empty() {
            self.give_all_back(body);
        }
    }

    fn give_all_back(&mut self, body: u32) {
        for at in 0..self.bodies[body].pools.len() {
            let held = self.bodies[body].pools[at];
            self.read_hire(body, held);
            self.give_back(body, held, None);
        }
        self.bodies[body].pools.clear();
    }
}
