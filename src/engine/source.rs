//! Sources: the shipments of a flow, made, and what becomes of them in the end.

use super::event::Event;
use super::observer::{End, Fact, Observer};
use super::outcome::Amount;
use super::state::body::WaitsFor;
use super::state::source::{Pattern, in_steps, size_made, step};
use super::world::{EngineError, World};
use crate::ids::PoolId;
use crate::model::{Arrivals, Flow, Program, Taken};
use crate::random::Entity;
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

    #[expect(clippy::inline_always, reason = "a part of each arrival; the other caller begins a replication")]
    #[inline(always)]
    fn schedule_arrival(&mut self, source: usize) {
        let state = &mut self.sources[source];
        let priority = state.priority;
        let time = if state.is_poisson {
            let gap = state.exponential_gap(&self.random);
            state.moment_after(gap, self.plan)
        } else {
            self.moment_by_law(source)
        };
        self.events.schedule(time, Event::Arrival { source: source as u32, priority });
    }

    /// The moment of the next arrival. Apart, as the gaps of most sources are exponential.
    #[inline(never)]
    fn moment_by_law(&mut self, source: usize) -> SimTime {
        let state = &mut self.sources[source];
        let gap = match &self.plan.epochs[0].1.flows[state.flow].arrivals {
            Arrivals::None => return SimTime::MAX,
            Arrivals::Times(times) => {
                return times.get(state.arrivals as usize).map_or(SimTime::MAX, |occasion| occasion.time);
            }
            Arrivals::Poisson => state.exponential_gap(&self.random),
            Arrivals::Regular => 1.0,
            Arrivals::Renewal(law) => law.draw(&self.random, state.gap_stream, state.next_gap()),
        };
        state.moment_after(gap, self.plan)
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
    #[inline]
    fn shipment_arrives(&mut self, source: usize) {
        let state = &mut self.sources[source];
        let entity = state.take_turn();
        match state.alike.pattern {
            Some(pattern) => {
                let shipment = self.make(&pattern, entity);
                self.set_off(shipment);
            }
            None => self.draw_shipment(source, entity),
        }
    }

    /// The same where something is drawn that not all shipments of the source have in common.
    #[inline(never)]
    fn draw_shipment(&mut self, source: usize, entity: Entity) {
        let state = &self.sources[source];
        let (flow, alike) = (state.flow, state.alike);
        // Drawn for those that stay away, too: what is carried on does not depend on who comes.
        let Some(size) = alike.size.or_else(|| self.draw_size(source, entity)) else { return };
        if alike.share < 1.0 && !self.comes(flow, alike.share, entity) {
            return;
        }
        match alike.taken.or_else(|| self.choose_route(source, entity)) {
            Some(Taken::Route(program)) => {
                let shipment = self.make_shipment(&Pattern::new(self.model, program, size), entity);
                self.set_off(shipment);
            }
            Some(Taken::Outside(place)) => self.goes_outside(flow, place as usize, size),
            None => {}
        }
    }

    /// A shipment of a flow's market goes outside the corridor.
    fn goes_outside(&mut self, flow: usize, place: usize, size: Size) {
        let cargo = self.model.flows[flow].cargo;
        let mass = self.model.cargoes[cargo.index()].mass(size);
        self.account.stays_outside(flow, place, Amount { mass, size, count: 1 });
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

    /// Makes a shipment, which is by itself and stands before the first step of its program, and enters it into the accounts.
    #[inline(never)]
    pub(super) fn make_shipment(&mut self, pattern: &Pattern, entity: Entity) -> u32 {
        self.make(pattern, entity)
    }

    /// The same, in the function that calls it.
    #[expect(clippy::inline_always, reason = "a part of each arrival")]
    #[inline(always)]
    fn make(&mut self, pattern: &Pattern, entity: Entity) -> u32 {
        let shipment = self.claim_body();
        let Pattern { flow, cargo, program, route, priority, size, mass } = *pattern;
        let record = &mut self.bodies[shipment];
        (record.flow, record.cargo, record.program, record.route) = (flow, cargo, program, route);
        (record.entity, record.size, record.mass, record.priority) = (entity, size, mass, priority);
        (record.made, record.since, record.arrived, record.joined) = (self.now, self.now, self.now, self.now);
        (record.step, record.gives) = (0, 0);
        record.in_cohort = self.account.in_horizon;
        self.account.made(self.now, flow.index(), mass, size);
        self.note_body(Fact::Made, shipment);
        shipment
    }

    /// The end of the route. Apart from the steps before it, of which there are many more.
    #[inline(never)]
    pub(super) fn deliver(&mut self, body: u32) {
        self.note_body(Fact::Delivered, body);
        let record = &mut self.bodies[body];
        record.waits = WaitsFor::Nothing;
        let step = record.step;
        let fills = self.model.flows[record.flow.index()].fills;
        if record.is_train() || !record.pools.is_empty() || fills.is_some() {
            self.deliver_with_all(body, step, fills);
        } else {
            self.is_delivered(body, step);
        }
    }

    /// The end of the route of a train, or of a body that holds something or fills a pool.
    #[inline(never)]
    fn deliver_with_all(&mut self, body: u32, step: u32, fills: Option<PoolId>) {
        if let Some(pool) = fills {
            self.pool_filled(body, pool);
        }
        self.give_rest(body);
        self.dissolve(body, |world, shipment| world.is_delivered(shipment, step));
    }

    /// A shipment, or a part of one, is at the end of its route, delivered at a step.
    #[inline(never)]
    fn is_delivered(&mut self, shipment: u32, step: u32) {
        let ship = &self.bodies[shipment];
        let program = &self.model.programs[ship.program.index()];
        self.fire_marks(program, shipment, None, step);
        if !self.bans.is_empty() {
            self.leaves_last_node(program, shipment);
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

    #[inline(never)]
    fn leaves_last_node(&mut self, program: &Program, shipment: u32) {
        if let Some(node) = program.node_before(program.steps.len() as u32) {
            self.watch_node(node, shipment, -1);
        }
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
        match ship.original() {
            None => Some(ship.mass),
            Some(original) => self.part_of_original_ends(original),
        }
    }

    #[inline(never)]
    fn part_of_original_ends(&mut self, original: u32) -> Option<Mass> {
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
