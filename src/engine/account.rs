//! The accounts of a replication: books of flows, tallies of places, and their audit.

use super::body::Shipment;
use super::observer::{End, Observer};
use super::outcome::{
    Amount, FleetTally, FlowTally, Journey, LegTally, LineTally, Loading, MonthUse, Outcome, Passage, PoolTally,
    QueueTally, RouteTally, Segment, StationTally, StorageTally,
};
use super::world::{EngineError, World};
use crate::ids::{CellId, FlowId, RouteId, SectionId};
use crate::model::Plan;
use crate::units::{Duration, Mass, SimTime, Size, weight};

/// Books from clock 0.
#[derive(Clone, Copy, Debug, Default)]
struct Book {
    offered: Amount,
    delivered: Amount,
    refused: Amount,
    lost: Amount,
}

/// The accounts of a replication.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) outcome: Outcome,
    /// The tallies of the horizon, set aside when it ends.
    closed: Option<Outcome>,
    /// Use of places up to the end of the last month.
    pub(super) used: MonthUse,
    pub(super) in_horizon: bool,
    books: Vec<Book>,
    /// By cell: whether it is at a facility that does border work.
    border: Vec<bool>,
    /// By cell: whether time in it is waiting.
    waiting: Vec<bool>,
    month: usize,
    months: Vec<SimTime>,
    /// Little's law from clock 0: parts present, their integral, sum of leaving minus making times.
    present: i64,
    present_integral: i128,
    present_since: SimTime,
    sojourns: i128,
}

fn add(amount: &mut Amount, mass: Mass, size: Size, count: u64) {
    amount.mass += mass;
    amount.size += size;
    amount.count += count;
}

/// Room for what stays outside, by flow that chooses and outside route.
fn outside(plan: &Plan) -> Vec<Vec<Amount>> {
    let routes = plan.labels.outsides.len();
    let flows = plan.epochs[0].1.flows.iter();
    flows.map(|flow| vec![Amount::default(); if flow.chooses.is_some() { routes } else { 0 }]).collect()
}

/// Adds times × weight to the sums of their cells. Returns the sum of the times.
fn add_times(sums: &mut [i128], booked: &[Segment], weight: i128) -> Duration {
    let mut all = Duration::ZERO;
    for segment in booked {
        all += segment.time;
        sums[segment.cell.index()] += i128::from(segment.time.ms()) * weight;
    }
    all
}

impl Account {
    pub(super) fn new(plan: &Plan) -> Self {
        let model = &plan.epochs[0].1;
        let cells = plan.labels.cells.len();
        let months = plan.clock.months.len();
        let flow = FlowTally {
            offered_by_month: vec![Amount::default(); months],
            delivered_by_month: vec![Amount::default(); months],
            ..FlowTally::default()
        };
        let outcome = Outcome {
            flows: vec![flow; model.flows.len()],
            routes: vec![RouteTally::default(); plan.labels.routes.len()],
            switched: vec![RouteTally::default(); if plan.reroutes.is_empty() { 0 } else { plan.labels.routes.len() }],
            switches: vec![Amount::default(); plan.labels.switches.len()],
            outside: outside(plan),
            time: vec![vec![0; cells]; model.flows.len()],
            section_time: vec![vec![0; cells]; plan.labels.sections.len()],
            months: vec![MonthUse::default(); months],
            gates: vec![Duration::ZERO; model.gates.len()],
            gates_by_month: vec![vec![Duration::ZERO; months]; model.gates.len()],
            bans: vec![Duration::ZERO; model.bans.len()],
            ..Outcome::default()
        };
        let mut account = Self {
            outcome,
            closed: None,
            used: MonthUse::default(),
            in_horizon: false,
            books: vec![Book::default(); model.flows.len()],
            border: plan.labels.border.clone(),
            waiting: plan.labels.cells.iter().map(|cell| cell.cause.is_waiting()).collect(),
            month: 0,
            months: plan.clock.months.iter().map(|month| month.start).collect(),
            present: 0,
            present_integral: 0,
            present_since: SimTime::ZERO,
            sojourns: 0,
        };
        account.clear_tallies(plan);
        account
    }

    /// Empty tallies of places, from which the horizon starts.
    fn clear_tallies(&mut self, plan: &Plan) {
        let model = &plan.epochs[0].1;
        let crossings = std::mem::take(&mut self.outcome.legs);
        self.outcome.stations = vec![StationTally::default(); model.stations.len()];
        self.outcome.lines = vec![LineTally::default(); model.lines.len()];
        self.outcome.pools = vec![PoolTally::default(); model.pools.len()];
        self.outcome.storages = vec![StorageTally::default(); model.storages.len()];
        let subjects = model.pools.len() + model.storages.len();
        self.outcome.held_waiting = vec![vec![0; plan.labels.cells.len()]; subjects];
        self.outcome.legs = vec![LegTally::default(); model.legs.len()];
        self.outcome.formers = vec![QueueTally::default(); model.formers.len()];
        self.outcome.held = vec![QueueTally::default(); model.bans.len()];
        for (leg, old) in self.outcome.legs.iter_mut().zip(crossings) {
            leg.crossings = old.crossings;
        }
        self.outcome.fleets =
            model.fleets.iter().map(|fleet| empty_fleet(fleet.calls.len(), model.flows.len())).collect();
    }

    /// Whether time in a cell is waiting.
    #[inline]
    pub(super) fn is_waiting(&self, cell: CellId) -> bool {
        self.waiting[cell.index()]
    }

    fn month(&mut self, now: SimTime) -> usize {
        while self.months.get(self.month + 1).is_some_and(|start| *start <= now) {
            self.month += 1;
        }
        self.month
    }

    /// The number of parts in the system changes.
    pub(super) fn present_changes(&mut self, now: SimTime, change: i64) {
        let elapsed = now.since(std::mem::replace(&mut self.present_since, now));
        self.present_integral += i128::from(elapsed.ms() * self.present);
        self.present += change;
    }

    /// A part that carries an earlier moment of making appears now.
    pub(super) fn part_made(&mut self, made: SimTime, now: SimTime) {
        self.sojourns -= i128::from(now.since(made).ms());
    }

    fn leaves(&mut self, now: SimTime, ship: &Shipment) {
        self.present_changes(now, -1);
        self.sojourns += i128::from(now.since(ship.made).ms());
    }

    pub(super) fn made(&mut self, now: SimTime, flow: usize, amount: Amount) {
        self.present_changes(now, 1);
        add(&mut self.books[flow].offered, amount.mass, amount.size, 1);
        if self.in_horizon {
            let month = self.month(now);
            let tally = &mut self.outcome.flows[flow];
            add(&mut tally.offered, amount.mass, amount.size, 1);
            add(&mut tally.cohort, amount.mass, amount.size, 1);
            add(&mut tally.offered_by_month[month], amount.mass, amount.size, 1);
        }
    }

    /// A part is delivered by a route; `whole` is the mass of the original if it was the last part of it. Returns the time
    /// that was booked for it.
    pub(super) fn delivered(&mut self, now: SimTime, ship: &Shipment, route: RouteId, whole: Option<Mass>) -> Duration {
        self.leaves(now, ship);
        let (flow, count) = (ship.flow.index(), u64::from(whole.is_some()));
        add(&mut self.books[flow].delivered, ship.mass, ship.size, count);
        if self.in_horizon {
            let month = self.month(now);
            let tally = &mut self.outcome.flows[flow];
            add(&mut tally.delivered, ship.mass, ship.size, count);
            add(&mut tally.delivered_by_month[month], ship.mass, ship.size, count);
        }
        self.on_route(route.index(), now, ship);
        if ship.in_cohort || self.in_horizon {
            self.outcome.journeys.push(self.journey(ship, now.since(ship.made)));
        }
        if !ship.in_cohort {
            return ship.ledger.iter().map(|segment| segment.time).sum();
        }
        if let Some(mass) = whole {
            self.outcome.completions.push((ship.flow, now.since(ship.made), mass));
        }
        let weight = i128::from(weight(ship.mass, ship.size));
        add_times(&mut self.outcome.time[flow], &ship.ledger, weight)
    }

    /// The time of some segments at facilities that do border work.
    fn at_borders(&self, ledger: &[Segment]) -> Duration {
        ledger.iter().filter(|segment| self.border[segment.cell.index()]).map(|segment| segment.time).sum()
    }

    /// A shipment of the cohort has passed a section. Returns its time at facilities that do border work.
    pub(super) fn passes<'s>(
        &mut self,
        section: SectionId,
        booked: impl Iterator<Item = &'s Segment>,
        weight: i64,
    ) -> Duration {
        let sums = &mut self.outcome.section_time[section.index()];
        let mut border = Duration::ZERO;
        for segment in booked {
            let cell = segment.cell.index();
            sums[cell] += i128::from(segment.time.ms()) * i128::from(weight);
            if self.border[cell] {
                border += segment.time;
            }
        }
        border
    }

    fn journey(&self, ship: &Shipment, time: Duration) -> Journey {
        Journey {
            flow: ship.flow,
            route: ship.route,
            made: ship.made,
            time,
            acceptance: ship.acceptance.unwrap_or(Duration::ZERO),
            border: self.at_borders(&ship.ledger),
            mass: ship.mass,
            size: ship.size,
            in_cohort: ship.in_cohort,
            in_horizon: self.in_horizon,
        }
    }

    /// Delivered on a route.
    fn on_route(&mut self, route: usize, now: SimTime, ship: &Shipment) {
        let in_horizon = self.in_horizon;
        let tally = |tally: &mut RouteTally| {
            if in_horizon {
                add(&mut tally.delivered, ship.mass, ship.size, 1);
            }
            if ship.in_cohort {
                let weight = i128::from(weight(ship.mass, ship.size));
                tally.time += i128::from(now.since(ship.made).ms()) * weight;
                tally.weight += weight;
            }
        };
        tally(&mut self.outcome.routes[route]);
        if ship.switched.times > 0 {
            tally(&mut self.outcome.switched[route]);
        }
    }

    /// A shipment of a flow's market stays outside the corridor.
    pub(super) fn stays_outside(&mut self, flow: usize, place: usize, amount: Amount) {
        if self.in_horizon {
            add(&mut self.outcome.outside[flow][place], amount.mass, amount.size, amount.count);
        }
    }

    /// A shipment switches to another route.
    pub(super) fn switches(&mut self, switch: usize, load: (Mass, Size)) {
        if self.in_horizon {
            add(&mut self.outcome.switches[switch], load.0, load.1, 1);
        }
    }

    pub(super) fn lost(&mut self, now: SimTime, ship: &Shipment, whole: bool) {
        self.leaves(now, ship);
        let flow = ship.flow.index();
        add(&mut self.books[flow].lost, ship.mass, ship.size, u64::from(whole));
        if self.in_horizon {
            add(&mut self.outcome.flows[flow].lost, ship.mass, ship.size, u64::from(whole));
        }
    }

    pub(super) fn refused(&mut self, now: SimTime, ship: &Shipment) {
        self.leaves(now, ship);
        let flow = ship.flow.index();
        add(&mut self.books[flow].refused, ship.mass, ship.size, 1);
        if self.in_horizon {
            add(&mut self.outcome.flows[flow].refused, ship.mass, ship.size, 1);
        }
    }

    pub(super) fn trains(&mut self, flow: usize) {
        if self.in_horizon {
            self.outcome.flows[flow].trains += 1;
        }
    }

    pub(super) fn station_starts(&mut self, index: usize, waited: Duration) {
        let tally = &mut self.outcome.stations[index];
        tally.served += 1;
        tally.waited += u64::from(waited > Duration::ZERO);
        tally.waiting += waited;
        if self.in_horizon {
            tally.waits.push(waited);
        }
    }

    pub(super) fn station_diverts(&mut self, index: usize) {
        self.outcome.stations[index].diverted += 1;
    }

    pub(super) fn line_starts(&mut self, line: usize, direction: usize, mass: Mass, waited: Duration) {
        let tally = &mut self.outcome.lines[line];
        tally.trains[direction] += 1;
        tally.mass[direction] += mass;
        tally.waited += u64::from(waited > Duration::ZERO);
        tally.waiting += waited;
    }

    pub(super) fn pool_taken(&mut self, pool: usize, waited: Duration) {
        let tally = &mut self.outcome.pools[pool];
        tally.takings += 1;
        tally.waited += u64::from(waited > Duration::ZERO);
        tally.waiting += waited;
    }

    pub(super) fn pool_turned(&mut self, pool: usize, turn: Duration, count: u32) {
        let tally = &mut self.outcome.pools[pool];
        tally.turn.0 += Duration::from_ms(turn.ms() * i64::from(count));
        tally.turn.1 += u64::from(count);
    }

    pub(super) fn stabled(&mut self, storage: usize, length: u64) {
        let tally = &mut self.outcome.storages[storage];
        tally.stabled += 1;
        tally.outside_max = tally.outside_max.max(length);
    }

    pub(super) fn let_in(&mut self, storage: usize, waited: Duration) {
        let tally = &mut self.outcome.storages[storage];
        tally.let_in += 1;
        tally.waiting += waited;
    }

    pub(super) fn overflows(&mut self, storage: usize, size: Size) {
        self.outcome.storages[storage].overflow += size;
    }

    pub(super) fn boards(&mut self, leg: usize, load: (Mass, Size), waited: Duration) {
        let tally = &mut self.outcome.legs[leg];
        add(&mut tally.boarded, load.0, load.1, 1);
        tally.waited += u64::from(waited > Duration::ZERO);
        tally.waiting += waited;
    }

    pub(super) fn carried(&mut self, at: (usize, usize), flow: FlowId, load: (Mass, Size)) {
        add(&mut self.outcome.fleets[at.0].carried[at.1][flow.index()], load.0, load.1, 1);
    }

    pub(super) fn sails(&mut self, at: (usize, usize), load: Loading, left_behind: bool) {
        let tally = &mut self.outcome.fleets[at.0];
        tally.voyages[at.1] += 1;
        tally.loaded[at.1].add(load);
        tally.left_behind += u64::from(left_behind);
    }

    pub(super) fn misses(&mut self, (fleet, call): (usize, usize)) {
        self.outcome.fleets[fleet].missed[call] += 1;
    }
}

fn empty_fleet(calls: usize, flows: usize) -> FleetTally {
    FleetTally {
        voyages: vec![0; calls],
        missed: vec![0; calls],
        loaded: vec![Loading::default(); calls],
        carried: vec![vec![Amount::default(); flows]; calls],
        ..FleetTally::default()
    }
}

impl<O: Observer> World<'_, O> {
    /// Brings all integrals up to now.
    pub(super) fn touch_all(&mut self) {
        (0..self.stations.len()).for_each(|index| self.touch_station(index));
        (0..self.lines.len()).for_each(|index| self.touch_line(index));
        (0..self.pools.len()).for_each(|index| self.touch_pool(index));
        (0..self.storages.len()).for_each(|index| self.touch_storage(index));
        (0..self.legs.len()).for_each(|index| self.touch_leg(index));
        (0..self.formers.len()).for_each(|index| self.touch_former(index));
        (0..self.bans.len()).for_each(|index| self.touch_ban(index));
        (0..self.vessels.len()).for_each(|index| self.count_phase(index as u32));
    }

    pub(super) fn horizon_starts(&mut self) {
        self.touch_all();
        self.account.clear_tallies(self.plan);
        self.note_queues();
        self.cut_waits(true);
        self.account.in_horizon = true;
        for (flow, amount) in self.balance().into_iter().enumerate() {
            self.account.outcome.flows[flow].under_way_start = amount;
        }
    }

    pub(super) fn horizon_ends(&mut self) {
        self.month_ends();
        self.close_queues();
        self.cut_waits(false);
        for (flow, amount) in self.balance().into_iter().enumerate() {
            self.account.outcome.flows[flow].under_way_end = amount;
        }
        self.account.in_horizon = false;
        self.account.closed = Some(self.account.outcome.clone_tallies());
    }

    /// What is under way by flow, counted shipment by shipment and checked against the books.
    fn balance(&mut self) -> Vec<Amount> {
        let mut under_way = vec![Amount::default(); self.account.books.len()];
        for (_, ship) in self.shipments.iter() {
            add(&mut under_way[ship.flow.index()], ship.mass, ship.size, 0);
        }
        for (flow, amount) in under_way.iter_mut().enumerate() {
            let book = self.account.books[flow];
            let gone = [book.delivered, book.refused, book.lost];
            let mass = book.offered.mass - gone.iter().map(|amount| amount.mass).sum();
            let size = book.offered.size - gone.iter().map(|amount| amount.size).sum();
            amount.count = book.offered.count - gone.iter().map(|amount| amount.count).sum::<u64>();
            if mass != amount.mass || size != amount.size {
                let id = &self.plan.labels.flows[flow].id;
                let what = format!("flow.{id}: {mass} should be under way, {} are", amount.mass);
                self.failure.get_or_insert(EngineError::Books { what });
            }
        }
        under_way
    }

    /// Closes the accounts.
    pub(super) fn finish(mut self) -> Result<Outcome, EngineError> {
        self.touch_all();
        self.hand_out_tapes();
        self.balance();
        self.audit();
        self.count_unfinished();
        self.note_under_way();
        (0..self.gates.len()).for_each(|index| self.count_closed(index));
        (0..self.bans.len()).for_each(|index| self.count_ban(index));
        if let Some(error) = self.failure.take() {
            return Err(error);
        }
        let mut outcome = std::mem::take(&mut self.account.outcome);
        if let Some(closed) = self.account.closed.take() {
            outcome.restore_tallies(closed);
        }
        outcome.events = self.handled;
        Ok(outcome)
    }

    /// Little's law on the sample path, from clock 0: of the whole system and of every station.
    fn audit(&mut self) {
        self.account.present_changes(self.now, 0);
        let alive: i128 = self.shipments.iter().map(|(_, ship)| i128::from(self.now.since(ship.made).ms())).sum();
        let gap = self.account.present_integral - self.account.sojourns - alive;
        if gap != 0 {
            let what = format!("Little's law misses {gap} ms over all shipments");
            self.failure.get_or_insert(EngineError::Books { what });
        }
        for (state, label) in self.stations.iter().zip(&self.plan.labels.stations) {
            let sojourns = state.sojourns + i128::from(self.now.ms()) * i128::from(state.inside);
            if sojourns != state.present {
                let what = format!("Little's law misses {} ms at {}", state.present - sojourns, label.path);
                self.failure.get_or_insert(EngineError::Books { what });
            }
        }
    }

    /// Tells of all that is still under way.
    fn note_under_way(&mut self) {
        let under_way: Vec<u32> = self.shipments.iter().map(|(shipment, _)| shipment).collect();
        for shipment in under_way {
            self.note_end(End::UnderWay, shipment);
        }
    }

    /// What of the cohort is still under way.
    fn count_unfinished(&mut self) {
        let account = &mut self.account;
        for (_, ship) in self.shipments.iter().filter(|(_, ship)| ship.in_cohort) {
            add(&mut account.outcome.flows[ship.flow.index()].unfinished, ship.mass, ship.size, 1);
            let tally = &mut account.outcome.routes[ship.route.index()];
            let weight = i128::from(weight(ship.mass, ship.size));
            tally.time_under_way += i128::from(self.now.since(ship.made).ms()) * weight;
            tally.weight_under_way += weight;
            let journey = account.journey(ship, Duration::MAX);
            account.outcome.journeys.push(journey);
            account.outcome.passages.extend(ship.clocks.iter().map(|clock| Passage {
                section: clock.section,
                flow: ship.flow,
                route: ship.route,
                made: ship.made,
                time: Duration::MAX,
                border: Duration::ZERO,
                mass: ship.mass,
                size: ship.size,
            }));
        }
    }
}

impl Outcome {
    /// A copy of what is counted over the horizon alone.
    fn clone_tallies(&self) -> Self {
        Self {
            stations: self.stations.clone(),
            lines: self.lines.clone(),
            pools: self.pools.clone(),
            storages: self.storages.clone(),
            held_waiting: self.held_waiting.clone(),
            legs: self.legs.iter().map(|leg| LegTally { crossings: Vec::new(), ..leg.clone() }).collect(),
            fleets: self.fleets.clone(),
            ..Self::default()
        }
    }

    /// Puts the tallies of the horizon back; crossings of the cohort go on after it.
    fn restore_tallies(&mut self, mut closed: Self) {
        for (leg, late) in closed.legs.iter_mut().zip(&mut self.legs) {
            leg.crossings = std::mem::take(&mut late.crossings);
        }
        self.stations = closed.stations;
        self.lines = closed.lines;
        self.pools = closed.pools;
        self.storages = closed.storages;
        self.held_waiting = closed.held_waiting;
        self.legs = closed.legs;
        self.fleets = closed.fleets;
    }
}
