//! The state of one replication and the loop that carries it through the clock.

use std::collections::VecDeque;

use super::carrier::{FleetState, LegState, VesselState};
use super::event::Event;
use super::event_list::EventList;
use super::limits::{Guard, Limits};
use super::observer::{Fact, Note, Observer};
use super::outcome::Outcome;
use super::slab::Slab;
use super::state::account::Account;
use super::state::ban::BanState;
use super::state::body::{Body, Original};
use super::state::customer::{CustomerId, Join, Token};
use super::state::former::{FormerState, Joining};
use super::state::gate::{GateState, StormState};
use super::state::known::Known;
use super::state::line::LineState;
use super::state::pool::{Offer, PoolState};
use super::state::pool_queue::Wants;
use super::state::source::SourceState;
use super::state::station::StationState;
use super::state::storage::StorageState;
use super::state::visit::VisitState;
use super::workspace::Workspace;
use crate::model::{Model, Plan};
use crate::random::RandomNumbers;
use crate::units::{Duration, MS_PER_DAY, Mass, SimTime, Size};

/// Why a replication could not be carried through.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// Waiters wait for each other.
    #[error("standstill at {time} after the start of the clock: {cycle}")]
    Standstill {
        /// When it was found.
        time: Duration,
        /// Who waits for what, in words.
        cycle: String,
    },
    /// More events than allowed.
    #[error("more than {events} events: the most were made by {culprit}")]
    Runaway {
        /// The budget.
        events: u64,
        /// What made the most of them.
        culprit: String,
    },
    /// Events follow each other without the clock going on.
    #[error(
        "the clock stands still at {time} after its start: {events} events at one instant, most of them made by {culprit}; give it a duration above 0"
    )]
    Still {
        /// Where it stands.
        time: Duration,
        /// Events at that instant.
        events: u64,
        /// What makes the most of them, as its parameter path.
        culprit: String,
    },
    /// The state takes more memory than allowed.
    #[error("more than {} MB of memory at {time} after the start of the clock: most of what waits, {waiting} of it, waits at {queue}", most / 1_000_000)]
    Memory {
        /// When that was seen.
        time: Duration,
        /// Bytes allowed.
        most: u64,
        /// Bytes taken.
        bytes: u64,
        /// Where the most waits, as its parameter path.
        queue: String,
        /// What waits there.
        waiting: u64,
    },
    /// A stop was asked for.
    #[error("stopped")]
    Stopped,
    /// A balance check failed: a defect of the engine, never of a scenario.
    #[error("a balance check failed: {what}")]
    Balance {
        /// Which one, and by how much.
        what: String,
    },
}

/// The first of a list that mostly is empty.
#[inline]
fn take_first<T>(list: &mut VecDeque<T>) -> Option<T> {
    if list.is_empty() { None } else { list.pop_front() }
}

/// Carries one replication through the clock.
///
/// The outcome is a function of the plan and the draws alone.
///
/// # Errors
/// [`EngineError::Standstill`] where waiters wait for each other, [`EngineError::Runaway`] past the budget of
/// events, [`EngineError::Still`] where the clock does not go on, [`EngineError::Memory`] past the bound of memory,
/// [`EngineError::Stopped`] where a stop was asked for, [`EngineError::Balance`] where a balance check fails (which no
/// scenario should be able to cause).
pub fn simulate(
    plan: &Plan,
    random: RandomNumbers,
    limits: Limits,
    observer: &mut impl Observer,
) -> Result<Outcome, EngineError> {
    simulate_in(&mut Workspace::default(), plan, random, limits, observer)
}

/// The same in memory that an earlier replication, of any plan, has left.
///
/// # Errors
/// As [`simulate`].
pub fn simulate_in(
    workspace: &mut Workspace,
    plan: &Plan,
    random: RandomNumbers,
    limits: Limits,
    observer: &mut impl Observer,
) -> Result<Outcome, EngineError> {
    let mut world = World::new(plan, random, observer, std::mem::take(workspace));
    let ended = world.carry_through(limits);
    *workspace = world.into_workspace();
    ended
}

/// The state of one replication.
pub(super) struct World<'p, O> {
    pub(super) plan: &'p Plan,
    pub(super) model: &'p Model,
    pub(super) random: RandomNumbers,
    pub(super) now: SimTime,
    pub(super) events: EventList,
    pub(super) sequence: u64,
    /// Trains formed so far.
    pub(super) trains: u32,
    pub(super) handled: u64,
    pub(super) originals: Slab<Original>,
    pub(super) bodies: Slab<Body>,
    pub(super) tokens: Slab<Token>,
    pub(super) joins: Slab<Join>,
    pub(super) sources: Vec<SourceState>,
    pub(super) stations: Vec<StationState<'p>>,
    pub(super) lines: Vec<LineState>,
    pub(super) pools: Vec<PoolState>,
    pub(super) wants: Wants,
    pub(super) storages: Vec<StorageState>,
    pub(super) formers: Vec<FormerState>,
    pub(super) legs: Vec<LegState>,
    pub(super) fleets: Vec<FleetState>,
    pub(super) vessels: Vec<VesselState<'p>>,
    pub(super) visits: Vec<VisitState>,
    pub(super) gates: Vec<GateState>,
    pub(super) storms: Vec<StormState>,
    pub(super) bans: Vec<BanState>,
    pub(super) known: Known,
    pub(super) account: Account,
    pub(super) failure: Option<EngineError>,
    pub(super) observer: &'p mut O,
    /// Customers whose service takes no time: it is over when what happens now is through.
    pub(super) served: VecDeque<CustomerId>,
    /// Bodies whose wait has ended; they go on when what happens now is through.
    pub(super) ready: VecDeque<u32>,
    /// Pools at which someone may now take; looked at after those bodies.
    pub(super) woken: VecDeque<u32>,
    /// Lists that are used again: who joins a train that is being formed, shipments of trains that are no more, what is being given
    /// back.
    pub(super) joining: Vec<Joining>,
    pub(super) spared: Vec<Vec<u32>>,
    pub(super) given: Vec<Offer>,
    /// Bodies that began to wait with something in hand since the last look for a standstill, or waited so then.
    pub(super) held_up: Vec<u32>,
    stopped: bool,
}

impl<'p, O: Observer> World<'p, O> {
    fn new(plan: &'p Plan, random: RandomNumbers, observer: &'p mut O, mut workspace: Workspace) -> Self {
        let model = &plan.epochs[0].1;
        let (fleets, vessels) = FleetState::all(plan);
        let mut account = Account::new(plan);
        workspace.furnish(&mut account.outcome);
        let Workspace { events, originals, bodies, tokens, joins, .. } = workspace;
        Self {
            plan,
            model,
            random,
            now: SimTime::ZERO,
            events: events.unwrap_or_default(),
            sequence: 0,
            trains: 0,
            handled: 0,
            originals,
            bodies,
            tokens,
            joins,
            sources: SourceState::all(model),
            stations: StationState::all(plan),
            lines: model.lines.iter().map(|_| LineState::default()).collect(),
            pools: model.pools.iter().map(PoolState::new).collect(),
            wants: Wants::default(),
            storages: model.storages.iter().map(|_| StorageState::default()).collect(),
            formers: model.formers.iter().map(|_| FormerState::default()).collect(),
            legs: model.legs.iter().map(LegState::new).collect(),
            fleets,
            vessels,
            visits: vec![VisitState::default(); model.visits.len()],
            gates: model.gates.iter().map(|_| GateState::default()).collect(),
            storms: model.storms.iter().map(|_| StormState::default()).collect(),
            bans: model.bans.iter().map(|_| BanState::default()).collect(),
            known: Known::new(plan),
            account,
            failure: None,
            observer,
            served: VecDeque::new(),
            ready: VecDeque::new(),
            woken: VecDeque::new(),
            joining: Vec::new(),
            spared: Vec::new(),
            given: Vec::new(),
            held_up: Vec::new(),
            stopped: false,
        }
    }

    fn carry_through(&mut self, limits: Limits) -> Result<Outcome, EngineError> {
        self.begin();
        self.settle();
        self.run(limits)?;
        self.finish()
    }

    /// What the next replication may use.
    fn into_workspace(self) -> Workspace {
        let Self { events, originals, bodies, tokens, joins, .. } = self;
        let events = Some(events);
        let mut workspace = Workspace { events, originals, bodies, tokens, joins, ..Workspace::default() };
        workspace.clear();
        workspace
    }

    /// Schedules what the clock itself brings, then lets the primitives begin. The ends of the horizon and the
    /// stop come first among the events of their instant.
    fn begin(&mut self) {
        let clock = &self.plan.clock;
        if clock.start == SimTime::ZERO {
            self.horizon_starts();
        } else {
            self.events.schedule(clock.start, Event::HorizonStart);
        }
        self.events.schedule(clock.horizon_end, Event::HorizonEnd);
        self.events.schedule(clock.end, Event::Stop);
        self.schedule_month_end();
        for (index, (from, _)) in self.plan.epochs.iter().enumerate().skip(1) {
            self.events.schedule(*from, Event::Epoch { index: index as u32 });
        }
        self.events.schedule(SimTime::from_ms(30 * MS_PER_DAY), Event::Standstill);
        self.begin_gates();
        self.begin_stations();
        self.begin_vessels();
        self.begin_sources();
        self.begin_reviews();
    }

    fn run(&mut self, limits: Limits) -> Result<(), EngineError> {
        let mut guard = Guard::new(limits);
        while let Some((time, event)) = self.events.next() {
            let last = std::mem::replace(&mut self.now, time);
            self.handled += 1;
            if guard.counts(last, time, event, self.handled) {
                // A copy, as what is referred to cannot be kept in registers.
                let seen = event;
                self.look_at_bounds(&mut guard, &seen)?;
            }
            self.handle(event);
            self.settle();
            if self.stopped {
                break;
            }
        }
        self.failure.take().map_or(Ok(()), Err)
    }

    /// Ends services that take no time, lets go on who became ready at this moment, and gives out what came free in it. One
    /// after the other and not from within each other, as what one gives back may free the next, and so on through a whole
    /// yard.
    #[inline]
    fn settle(&mut self) {
        if !(self.served.is_empty() && self.ready.is_empty() && self.woken.is_empty()) {
            self.settle_all();
        }
    }

    #[inline(never)]
    fn settle_all(&mut self) {
        loop {
            if let Some(customer) = take_first(&mut self.served) {
                self.service_is_over(customer);
            } else if let Some(body) = take_first(&mut self.ready) {
                self.step_done(body);
            } else if let Some(pool) = take_first(&mut self.woken) {
                self.serve_pool(pool);
            } else {
                return;
            }
        }
    }

    #[inline]
    fn handle(&mut self, event: Event) {
        match event {
            Event::Arrival { source, .. } => self.arrival(source),
            Event::RunEnd { body } => self.run_ended(body),
            Event::ServiceEnd { customer, generation } => self.service_ended(customer, generation),
            Event::Vessel { vessel, generation } => self.vessel_event(vessel, generation),
            Event::LineWake { line, direction } => self.line_wakes(line, direction),
            other => self.handle_rare(other),
        }
    }

    /// What happens seldom, apart, so that the loop is short.
    #[inline(never)]
    fn handle_rare(&mut self, event: Event) {
        match event {
            Event::Arrival { .. }
            | Event::RunEnd { .. }
            | Event::ServiceEnd { .. }
            | Event::Vessel { .. }
            | Event::LineWake { .. } => unreachable!("the loop handles it"),
            Event::Hours { station } => self.hours_change(station),
            Event::Fail { station, server } => self.server_fails(station, server),
            Event::Repair { station, server } => self.server_repaired(station, server),
            Event::PoolFree { pool, count } => self.pool_freed(pool, count),
            Event::FormTimeout { former, generation } => self.form_timeout(former, generation),
            Event::Ship { visit } => self.ship_comes(visit),
            Event::Departure { fleet, call } => self.timetabled_departure(fleet, call),
            Event::Gate { gate } => self.gate_changes(gate),
            Event::Storm { group } => self.storm_changes(group),
            Event::Ban { ban } => self.ban_switches(ban),
            Event::Review { review } => self.review(review),
            Event::Patience { body, generation } => self.patience_ends(body, generation),
            Event::Epoch { index } => self.epoch_begins(index as usize),
            Event::MonthEnd => {
                self.month_ends();
                self.schedule_month_end();
            }
            Event::HorizonStart => self.horizon_starts(),
            Event::HorizonEnd => self.horizon_ends(),
            Event::Standstill => self.look_for_standstill(),
            Event::Stop => self.stop(),
        }
    }

    /// Ends the run with an error at once.
    pub(super) fn fail(&mut self, error: EngineError) {
        self.failure.get_or_insert(error);
        self.stopped = true;
    }

    fn stop(&mut self) {
        self.look_for_standstill();
        self.stopped = true;
    }

    fn epoch_begins(&mut self, index: usize) {
        let plan = self.plan;
        // What has passed belongs to the numbers of servers that end now.
        (0..self.stations.len()).for_each(|station| self.touch_station(station));
        self.model = &plan.epochs[index].1;
        for (state, model) in self.stations.iter_mut().zip(&self.model.stations) {
            state.model = model;
        }
        self.renew_storages();
        self.renew_vessels();
        self.renew_sources();
        self.renew_stations();
        self.resize_pools();
        self.resize_storages();
        self.resize_fleets();
        for line in 0..self.lines.len() {
            self.try_line(line as u32);
        }
    }

    pub(super) fn runaway(&self, events: u64) -> EngineError {
        let labels = &self.plan.labels;
        let stations =
            self.stations.iter().zip(&labels.stations).map(|(state, label)| (state.services, label.path.to_string()));
        let flows = labels.flows.iter().enumerate();
        let flows =
            flows.map(|(flow, label)| (self.account.traffic.total(flow).offered.count, format!("flow.{}", label.id)));
        let fleets = self
            .fleets
            .iter()
            .zip(&labels.fleets)
            .map(|(state, label)| (state.sailings, format!("fleet.{}", label.id)));
        let culprit = stations
            .chain(flows)
            .chain(fleets)
            .max_by_key(|(count, _)| *count)
            .map_or_else(String::new, |(_, name)| name);
        EngineError::Runaway { events, culprit }
    }

    /// The next number in the order of coming.
    #[inline]
    pub(super) fn next_sequence(&mut self) -> u64 {
        self.sequence += 1;
        self.sequence
    }

    #[inline]
    pub(super) fn note(&mut self, fact: Fact) {
        if O::LISTENS {
            let (size, mass) = (Size::ZERO, Mass::ZERO);
            self.observer.note(Note { time: self.now, fact, shipment: None, carrier: None, size, mass });
        }
    }
}
