//! Sources: the shipments of a flow, made, and what becomes of them in the end.

use super::event::Event;
use super::observer::{End, Fact, Observer};
use super::outcome::Amount;
use super::state::body::WaitsFor;
use super::state::source::SourceState;
use super::world::{EngineError, World};
use crate::ids::{FlowId, ProgramId};
use crate::model::{Arrivals, Flow, Outsiders, Taken, Volume};
use crate::random::{Entity, exponential_draw};
use crate::units::{Duration, Mass, SimTime, Size};

impl<O: Observer> World<'_, O> {
    pub(super) fn begin_sources(&mut self) {
        for source in 0..self.sources.len() {
            self.schedule_arrival(source);
        }
    }

    fn schedule_arrival(&mut self, source: usize) {
        let state = &mut self.sources[source];
        let flow = &self.plan.epochs[0].1.flows[state.flow];
        let outsiders = state.outsiders(flow);
        let stream = match (outsiders, state.copy) {
            (Some(outsiders), _) => outsiders.gap_stream,
            (None, 0) => flow.gap_stream,
            (None, _) => flow.volume.gained_gap_stream,
        };
        let entity = Entity::ordinal(Volume::ordinal(state.copy, state.arrivals));
        let priority = flow.priority;
        let gap = match &flow.arrivals {
            Arrivals::None => return,
            Arrivals::Times(times) => {
                let time = times.get(state.arrivals as usize).map_or(SimTime::MAX, |occasion| occasion.time);
                return self.events.schedule(time, Event::Arrival { source: source as u32, priority });
            }
            Arrivals::Poisson => exponential_draw(self.random.first(stream, entity)),
            Arrivals::Regular => 1.0,
            Arrivals::Renewal(law) => law.draw(&self.random, stream, entity),
        };
        // So many times as often as the flow's own, on the flow's scale.
        state.expected += outsiders.map_or(gap, |outsiders| gap / outsiders.per_shipment);
        let time = state.moment(flow);
        self.events.schedule(time, Event::Arrival { source: source as u32, priority });
    }

    #[inline(never)]
    pub(super) fn arrival(&mut self, source: u32) {
        let source = source as usize;
        let SourceState { flow, copy, .. } = self.sources[source];
        let law = &self.model.flows[flow];
        let outsiders = self.sources[source].outsiders(law).copied();
        for _ in 0..self.shipments_now(source, outsiders) {
            let turn = self.sources[source].turns;
            self.sources[source].turns += 1;
            let entity = outsiders.map_or_else(|| law.shipment(copy, turn), |of| Entity::shipment(of.key, turn));
            // Drawn for those that stay away, too: what is carried on does not depend on who comes.
            let Some(size) = self.draw_size(source, law, entity) else { continue };
            if let Some(outsiders) = outsiders {
                self.comes_from_outside(flow, &outsiders, entity, size);
            } else if self.comes(law, copy, entity) {
                let taken = self.choose_route(law, entity);
                self.set_out_on(flow, taken, entity, size);
            }
        }
        self.sources[source].arrivals += 1;
        self.schedule_arrival(source);
    }

    /// Shipments of a source at the arrival that is now; those outside come at the flow's own times, if it has a timetable,
    /// and make up their number in the long run.
    fn shipments_now(&self, source: usize, outsiders: Option<Outsiders>) -> u64 {
        let state = &self.sources[source];
        let law = &self.model.flows[state.flow];
        let batch = u64::from(law.batch);
        match (outsiders, &law.arrivals) {
            (Some(outsiders), Arrivals::Times(_)) => {
                let until = |arrivals: u64| (arrivals as f64 * batch as f64 * outsiders.per_shipment) as u64;
                until(state.arrivals + 1) - until(state.arrivals)
            }
            _ => batch,
        }
    }

    /// A shipment that is outside the corridor in the base.
    fn comes_from_outside(&mut self, flow: usize, outsiders: &Outsiders, entity: Entity, size: Size) {
        let model = self.model;
        let Some(chooses) = &model.flows[flow].chooses else { return };
        let choice = &model.choices[chooses.choice as usize];
        let taken = self.choose(choice, outsiders.alternative as usize, entity);
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

    /// Whether a shipment comes at all; one that does not was never offered.
    fn comes(&self, flow: &Flow, copy: u32, entity: Entity) -> bool {
        let share = flow.volume.share(copy);
        share >= 1.0 || self.random.uniform(flow.volume.stream, entity, 0) < share
    }

    /// The route by the shares of the flow; where the flow chooses, that is what it takes at the base weights.
    fn choose_route(&self, flow: &Flow, entity: Entity) -> Taken {
        let given = if flow.routes.len() == 1 {
            0
        } else {
            let u = self.random.uniform(flow.route_stream, entity, 0);
            flow.routes.partition_point(|route| route.0 <= u).min(flow.routes.len() - 1)
        };
        match &flow.chooses {
            None => Taken::Route(flow.routes[given].1),
            Some(chooses) => {
                let choice = &self.model.choices[chooses.choice as usize];
                self.choose(choice, chooses.first as usize + given, entity)
            }
        }
    }

    /// A size, rounded to whole units where the cargo is whole, at least one step. On a timetable what rounding cuts or
    /// adds is carried to the next occasion, and where less than half a step has come together nothing is made.
    fn draw_size(&mut self, source: usize, flow: &Flow, entity: Entity) -> Option<Size> {
        let drawn = flow.size.draw(&self.random, flow.size_stream, entity);
        let milli = if self.model.cargoes[flow.cargo.index()].whole { 1000 } else { 1 };
        let in_steps = |units: f64| (units * 1000.0 / f64::from(milli) + 0.5) as i64;
        let Arrivals::Times(occasions) = &flow.arrivals else {
            return Some(Size::from_milli(in_steps(drawn).max(1) * i64::from(milli)));
        };
        let state = &mut self.sources[source];
        let share = occasions.get(state.arrivals as usize).map_or(0.0, |occasion| occasion.units);
        let units = drawn * share + state.carried;
        let size = Size::from_milli(in_steps(units) * i64::from(milli));
        state.carried = units - size.units();
        (size.milli() > 0).then_some(size)
    }

    /// Makes a shipment and enters it into the accounts.
    pub(super) fn make_shipment(&mut self, flow: FlowId, program: ProgramId, entity: Entity, size: Size) -> u32 {
        let cargo = self.model.flows[flow.index()].cargo;
        let mass = self.model.cargoes[cargo.index()].mass(size);
        self.sources[flow.index()].made += 1;
        let in_cohort = self.account.in_horizon;
        let route = self.model.programs[program.index()].route;
        let shipment = self.claim_body();
        let record = &mut self.bodies[shipment];
        (record.flow, record.cargo, record.program, record.route) = (flow, cargo, program, route);
        (record.entity, record.size, record.mass) = (entity, size, mass);
        (record.made, record.since, record.arrived) = (self.now, self.now, self.now);
        record.in_cohort = in_cohort;
        self.account.made(self.now, flow.index(), Amount { mass, size, count: 1 });
        self.note_body(Fact::Made, shipment);
        shipment
    }

    /// The end of the route. Apart from the steps before it, of which there are many more.
    #[inline(never)]
    pub(super) fn deliver(&mut self, body: u32) {
        self.note_body(Fact::Delivered, body);
        if let Some(pool) = self.model.flows[self.bodies[body].flow.index()].fills {
            self.pool_filled(body, pool);
        }
        self.give_rest(body);
        let step = self.bodies[body].step;
        let members = self.dissolve(body);
        for &member in &*members {
            let program = &self.model.programs[self.bodies[member].program.index()];
            self.fire_marks(program, member, None, step);
            if let Some(node) = program.node_before(program.steps.len() as u32) {
                self.watch_node(node, member, -1);
            }
            self.note_end(End::Delivered, member);
            let whole = self.part_ends(member);
            let booked = self.account.delivered(self.now, &self.bodies[member], program.route, whole);
            self.account.charge(&self.bodies[member], program.route);
            if booked != self.now.since(self.bodies[member].made) {
                self.misses_time(member, booked);
            }
            self.bodies.remove(member);
        }
        self.spare(members);
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
    fn part_ends(&mut self, shipment: u32) -> Option<Mass> {
        let Some(original) = self.bodies[shipment].original else { return Some(self.bodies[shipment].mass) };
        self.originals[original].left -= 1;
        if self.originals[original].left > 0 {
            return None;
        }
        let mass = self.originals[original].mass;
        self.originals.remove(original);
        Some(mass)
    }

    /// The body is diverted: lost to outside.
    pub(super) fn lose(&mut self, body: u32) {
        self.note_body(Fact::Lost, body);
        self.give_rest(body);
        let record = &self.bodies[body];
        let node = self.model.programs[record.program.index()].node_before(record.step);
        let members = self.dissolve(body);
        for &member in &*members {
            if let Some(node) = node {
                self.watch_node(node, member, -1);
            }
            if let Some(storage) = self.bodies[member].inside {
                self.leave_as_shipment(member, storage);
            }
            self.note_end(End::Lost, member);
            let whole = self.part_ends(member);
            self.account.lost(self.now, &self.bodies[member], whole.is_some());
            self.bodies.remove(member);
        }
        self.spare(members);
    }

    /// The body is given up under a ban.
    pub(super) fn refuse(&mut self, body: u32) {
        self.note_body(Fact::Refused, body);
        let members = self.dissolve(body);
        for &member in &*members {
            self.note_end(End::Refused, member);
            self.account.refused(self.now, &self.bodies[member]);
            self.bodies.remove(member);
        }
        self.spare(members);
    }

    /// Gives back whatever the body holds at the end of its route.
    fn give_rest(&mut self, body: u32) {
        self.bodies[body].waits = WaitsFor::Nothing;
        for at in 0..self.bodies[body].pools.len() {
            let held = self.bodies[body].pools[at];
            self.read_hire(body, held);
            self.give_back(body, held, None);
        }
        self.bodies[body].pools.clear();
    }
}
