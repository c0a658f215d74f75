//! The queue, services, and what follows them, at any station; visits to plain ones, which most are, are in
//! [`plain`](super::plain).

use crate::engine::carrier::VesselState;
use crate::engine::event::Event;
use crate::engine::observer::{Fact, Observer};
use crate::engine::queues::QueueAt;
use crate::engine::slab::Slab;
use crate::engine::state::body::{Body, Hold};
use crate::engine::state::customer::{Customer, CustomerId, Hindrances, Owner, Spent, StayAt, Token};
use crate::engine::state::station::StationState;
use crate::engine::world::World;
use crate::ids::StationId;
use crate::model::{Service, ServiceType, Station, StationCells, Step, Visit};
use crate::random::{Entity, RandomNumbers, StreamId};
use crate::units::{Duration, Load, SimTime};

impl<O: Observer> World<'_, O> {
    /// A customer comes: a free server takes it at once, else it waits.
    pub(super) fn join_queue(&mut self, customer: CustomerId, owner: Owner, station: StationId) {
        let index = station.index();
        self.before_change(index);
        if let Owner::Body(body) = owner {
            self.note_body(Fact::Queued(station), body);
            self.watch_station(station, body, 1);
        }
        if let Some(server) = self.stations[index].server_at_once() {
            return self.take_server(customer, index, server);
        }
        self.wait_for_service(customer, owner, station);
    }

    fn wait_for_service(&mut self, customer: CustomerId, owner: Owner, station: StationId) {
        let (priority, is_on_purpose) = match owner {
            Owner::Body(body) => (self.bodies[body].priority, self.waits_on_purpose(body)),
            Owner::Vessel(vessel) => (self.vessels[vessel as usize].priority(), false),
        };
        self.line_up(customer, priority, is_on_purpose, station.index());
    }

    /// A customer takes its place in the queue.
    pub(super) fn line_up(&mut self, customer: CustomerId, priority: u8, is_on_purpose: bool, index: usize) {
        let rank = (self.turn(priority), self.next_sequence());
        self.stay_mut(customer).rank = rank;
        let state = &mut self.stations[index];
        state.waiting.rise(self.now);
        let before = state.queue.push(customer, priority);
        let is_longest = state.queue.len() > state.longest;
        if !before.is_nobody() {
            self.stay_mut(before).behind = customer;
        }
        if is_longest && !is_on_purpose {
            self.note_longest(index);
        }
    }

    /// The queue of a station, with the stocks in it, is longer than it was since that was last asked for.
    #[inline(never)]
    fn note_longest(&mut self, index: usize) {
        let on_purpose = self.number_on_purpose(QueueAt::Station(StationId::new(index)));
        let state = &mut self.stations[index];
        state.longest = state.longest.max(state.queue.len() - on_purpose as u32);
    }

    /// The next leaves the queue.
    #[expect(clippy::inline_always, reason = "little more than to say who it is, for a server that comes free")]
    #[inline(always)]
    pub(super) fn next_in_line(&mut self, index: usize) -> Option<CustomerId> {
        let (state, bodies, vessels, tokens) = (&mut self.stations[index], &self.bodies, &self.vessels, &self.tokens);
        let stay = |customer| known_stay(bodies, vessels, tokens, customer);
        let next = state.queue.pop(|customer| stay(customer).rank, |customer| stay(customer).behind)?;
        state.waiting.fall(self.now);
        Some(next)
    }

    /// Starts services while there are customers and free servers.
    #[inline]
    pub(in crate::engine) fn try_station(&mut self, station: u32) {
        if !self.stations[station as usize].queue.is_empty() {
            self.serve_queue(station as usize);
        }
    }

    #[inline(never)]
    fn serve_queue(&mut self, index: usize) {
        while !self.stations[index].queue.is_empty() && self.stations[index].may_start() {
            let Some(server) = self.stations[index].free_server() else { return };
            self.before_change(index);
            let Some(next) = self.next_in_line(index) else { return };
            self.take_server(next, index, server);
        }
    }

    /// True if a server could take a customer now (used to choose among berths).
    pub(in crate::engine) fn has_free_server(&self, station: StationId) -> bool {
        self.stations[station.index()].server_at_once().is_some()
    }

    /// A customer takes a free server, which is busy from now on.
    fn take_server(&mut self, customer: CustomerId, index: usize, server: u32) {
        self.stations[index].busy.rise(self.now);
        self.start_service(customer, index, server);
    }

    /// A service begins at a server that counts as busy.
    #[inline]
    pub(super) fn start_service(&mut self, customer: CustomerId, index: usize, server: u32) {
        match customer.told_apart() {
            Customer::Body(body) => self.start_with_body(body, index, server),
            Customer::Vessel(vessel) => self.start_with_vessel(vessel, index, server),
            Customer::Token(token) => self.start_with_token(token, index, server),
        }
    }

    /// The same for a body that is one customer by itself.
    pub(super) fn start_with_body(&mut self, body: u32, index: usize, server: u32) {
        let (state, record) = (&mut self.stations[index], &mut self.bodies[body]);
        let time = draw_service(&self.random, state.model, record.stay.entity, record.load());
        let (customer, ends) = (CustomerId::body(body), self.now.after(time));
        let waited = state.start(customer, &mut record.stay, server, self.now, ends);
        let generation = record.stay.generation;
        self.schedule_end(customer, generation, ends);
        self.body_is_served(body, index, waited);
    }

    /// The same for one of several customers of an owner.
    #[inline(never)]
    pub(super) fn start_with_token(&mut self, token: u32, index: usize, server: u32) {
        let (state, record) = (&mut self.stations[index], &mut self.tokens[token]);
        let time = draw_service(&self.random, state.model, record.stay.entity, record.load);
        let (customer, ends) = (CustomerId::token(token), self.now.after(time));
        let waited = state.start(customer, &mut record.stay, server, self.now, ends);
        let (generation, owner) = (record.stay.generation, record.owner);
        self.schedule_end(customer, generation, ends);
        match owner {
            Owner::Vessel(_) => self.account.waited_for_service(index, waited),
            Owner::Body(body) => self.body_is_served(body, index, waited),
        }
    }

    /// A service that begins now ends at a moment, which is now if it takes no time.
    #[inline]
    pub(super) fn schedule_end(&mut self, customer: CustomerId, generation: u32, ends: SimTime) {
        if ends == self.now {
            self.served.push_back(customer);
        } else {
            self.events.schedule(ends, Event::ServiceEnd { customer, generation });
        }
    }

    /// A body waits no longer for a service.
    #[inline]
    pub(super) fn body_is_served(&mut self, body: u32, index: usize, waited: Duration) {
        let station = StationId::new(index);
        self.ends_to_wait(body, QueueAt::Station(station), waited);
        self.note_body(Fact::Started(station), body);
        self.watch_station(station, body, -1);
    }

    #[inline]
    pub(in crate::engine) fn service_ended(&mut self, customer: CustomerId, generation: u32) {
        match customer.told_apart() {
            Customer::Body(body) if self.is_at_plain(body) => self.plain_visit_ends(body),
            _ => self.service_ended_anywhere(customer, generation),
        }
    }

    #[inline(never)]
    fn service_ended_anywhere(&mut self, customer: CustomerId, generation: u32) {
        if self.stay_of(customer).generation == generation {
            self.service_is_over(customer);
        }
    }

    /// A service ends now.
    pub(in crate::engine) fn service_is_over(&mut self, customer: CustomerId) {
        match customer.told_apart() {
            Customer::Body(body) => {
                let (station, server, spent) = end_service(&mut self.stations, &mut self.bodies[body].stay, self.now);
                self.body_served(body, station, server, spent);
            }
            Customer::Vessel(vessel) => self.vessel_is_served(vessel),
            Customer::Token(token) => self.token_served(token),
        }
    }

    /// A token has been served: its owner goes on after the last of those that it has.
    #[inline(never)]
    fn token_served(&mut self, token: u32) {
        let record = &mut self.tokens[token];
        let (owner, join) = (record.owner, record.join);
        let (station, server, spent) = end_service(&mut self.stations, &mut record.stay, self.now);
        self.tokens.remove(token);
        let is_last = self.is_last_of(join);
        match owner {
            Owner::Body(body) if is_last => self.body_served(body, station, server, spent),
            Owner::Body(_) => self.leave_server(station, server),
            Owner::Vessel(vessel) => {
                self.server_is_done_with_vessel(station, server);
                if is_last {
                    self.vessel_is_through(vessel, station, server, &spent);
                }
            }
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

    /// The last of the services for which a body waited at a step is over.
    fn body_served(&mut self, body: u32, station: StationId, server: u32, spent: Spent) {
        self.note_body(Fact::Ended(station), body);
        let model = self.model;
        let at = &model.stations[station.index()];
        self.book_spent(body, &at.cells, spent);
        let record = &self.bodies[body];
        let (program, step) = (&model.programs[record.program.index()], record.step as usize);
        match &program.steps[step] {
            Step::Together(visits) => self.mark_all_passed(body, visits),
            _ => self.mark_passed(body, at.sets),
        }
        if self.may_be_held_up(program.steps.get(step + 1)) {
            self.keep_server(station, server);
            self.bodies[body].hold = Hold::Server(station, server);
        } else {
            self.leave_server(station, server);
        }
        self.step_done(body);
    }

    #[inline]
    fn book_spent(&mut self, body: u32, cells: &StationCells, spent: Spent) {
        if spent.hindered.is_any() || spent.interrupted > Duration::ZERO {
            return self.book_with_hindrances(body, cells, spent);
        }
        self.book_parts(body, [(cells.wait, spent.wait), (cells.service, spent.service)]);
    }

    #[inline(never)]
    fn book_with_hindrances(&mut self, body: u32, cells: &StationCells, spent: Spent) {
        let Hindrances { closed, hours, down } = spent.hindered;
        let parts = [
            (cells.wait, spent.wait),
            (cells.closed, closed),
            (cells.hours, hours),
            (cells.down, down + spent.interrupted),
            (cells.service, spent.service),
        ];
        self.book_parts(body, parts);
    }

    /// Records that stations side by side were passed.
    #[inline(never)]
    fn mark_all_passed(&mut self, body: u32, visits: &[Visit]) {
        for visit in visits {
            self.mark_passed(body, self.model.stations[visit.station.index()].sets);
        }
    }

    /// Whether a body may find no room at its next step, so that it keeps its server until that is known.
    #[inline]
    pub(super) fn may_be_held_up(&self, next: Option<&Step>) -> bool {
        match next {
            Some(Step::Serve(visit)) => {
                let station = &self.model.stations[visit.station.index()];
                station.room.is_some() || !station.serves_everybody()
            }
            Some(Step::Together(_)) => true,
            _ => false,
        }
    }

    /// A server has served its customer, who keeps it.
    pub(super) fn keep_server(&mut self, station: StationId, server: u32) {
        let index = station.index();
        self.before_change(index);
        let state = &mut self.stations[index];
        state.servers.serves_nobody(server);
        if !state.model.held {
            state.busy.fall(self.now);
            state.blocked.rise(self.now);
        }
    }

    /// A server has served its customer, who leaves it, or a vessel its berth; the next in the queue takes it.
    pub(in crate::engine) fn leave_server(&mut self, station: StationId, server: u32) {
        let index = station.index();
        self.before_change(index);
        let next = if self.stations[index].goes_to_next(server) { self.next_in_line(index) } else { None };
        if let Some(next) = next {
            self.start_service(next, index, server);
        } else {
            self.gives_server_up(index, server);
        }
        self.admit_from_outside(station);
    }

    /// A server that was busy is free, and nobody is known to be the next.
    #[inline]
    pub(super) fn gives_server_up(&mut self, index: usize, server: u32) {
        let state = &mut self.stations[index];
        state.busy.fall(self.now);
        state.servers.give_up(server);
        self.try_station(index as u32);
    }

    /// Gives a server up that was kept.
    #[inline(never)]
    pub(in crate::engine) fn free_server(&mut self, station: StationId, server: u32) {
        let index = station.index();
        self.before_change(index);
        let state = &mut self.stations[index];
        let kept = if state.model.held { &mut state.busy } else { &mut state.blocked };
        kept.fall(self.now);
        state.servers.give_up(server);
        self.try_station(index as u32);
        self.admit_from_outside(station);
    }
}

/// A customer's service ends now: the server, and how the time was spent.
#[inline]
pub(super) fn end_service(
    stations: &mut [StationState<'_>],
    stay: &mut StayAt,
    now: SimTime,
) -> (StationId, u32, Spent) {
    stay.generation += 1;
    let state = &mut stations[stay.station.index()];
    // Plain visits do not look at it, and leave what an earlier one had.
    if state.known.is_undisturbed {
        stay.hindered = Hindrances::default();
    }
    let spent = stay.spent(now, state.servers.interrupted(stay.server));
    state.served.has(spent.service);
    (stay.station, stay.server, spent)
}

/// A customer's stay.
#[inline]
pub(super) fn known_stay<'t>(
    bodies: &'t Slab<Body>,
    vessels: &'t [VesselState<'_>],
    tokens: &'t Slab<Token>,
    customer: CustomerId,
) -> &'t StayAt {
    match customer.told_apart() {
        Customer::Body(body) => &bodies[body].stay,
        Customer::Vessel(vessel) => &vessels[vessel as usize].stay,
        Customer::Token(token) => &tokens[token].stay,
    }
}

/// How long a service takes.
#[inline]
pub(super) fn draw_service(random: &RandomNumbers, station: &Station, entity: Entity, load: Load) -> Duration {
    let ms = match &station.service {
        Service::Time(law) => law.draw(random, station.stream, entity),
        Service::Types { types, stream } => draw_of_type(random, types, [*stream, station.stream], entity),
        Service::Rate { setup, ms_per_milli, ms_per_kg, spread } => {
            let work = load.size.milli() as f64 * ms_per_milli + load.mass.kg() as f64 * ms_per_kg;
            (setup + work) * spread.draw(random, station.stream, entity)
        }
    };
    Duration::from_real_ms(ms)
}

/// How long a service of a type takes that is drawn, too. Apart, as few stations have types.
#[inline(never)]
fn draw_of_type(
    random: &RandomNumbers,
    types: &[ServiceType],
    [of_type, of_time]: [StreamId; 2],
    entity: Entity,
) -> f64 {
    let share = random.uniform(of_type, entity, 0);
    ServiceType::at(types, share).time.draw(random, of_time, entity)
}
