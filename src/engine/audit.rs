//! The ends of the horizon and of the clock: integrals brought up to now, and balances that must hold.

use super::observer::{End, Fact, Observer};
use super::outcome::{Amount, LegTally, Outcome, Passage, StationTally, Waits};
use super::state::account::add;
use super::state::body::Body;
use super::world::{EngineError, World};
use crate::units::{Duration, SimTime, weight};

/// Shipments and parts that are under way.
struct UnderWay {
    /// By flow, but for their number.
    amounts: Vec<Amount>,
    /// For how long they have been, in milliseconds.
    time: i128,
}

/// What all bodies are, found by looking at each once: hundreds of thousands may wait, and each is fetched from memory anew.
pub(super) struct Muster {
    under_way: UnderWay,
    /// By record: up to when its time is booked.
    pub(super) since: Vec<SimTime>,
    /// By record: whether it is of a body that holds things or room.
    pub(super) holds: Vec<bool>,
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
        let muster = self.muster();
        self.note_queues(&muster.since);
        self.cut_waits(true, &muster.holds);
        self.account.begin_horizon(self.now);
        for (flow, amount) in self.balance(muster.under_way).into_iter().enumerate() {
            self.account.outcome.flows[flow].under_way_start = amount;
        }
    }

    pub(super) fn horizon_ends(&mut self) {
        self.month_ends();
        for station in &mut self.account.outcome.stations {
            station.waiting = Waits::of(&station.waits);
        }
        let muster = self.muster();
        self.close_queues(&muster.since);
        self.cut_waits(false, &muster.holds);
        for (flow, amount) in self.balance(muster.under_way).into_iter().enumerate() {
            self.account.outcome.flows[flow].under_way_end = amount;
        }
        self.account.end_horizon();
        self.account.closed = Some(self.account.outcome.set_tallies_aside());
    }

    /// Looks at all bodies.
    pub(super) fn muster(&self) -> Muster {
        let (mut since, mut holds) = (vec![SimTime::ZERO; self.bodies.most()], vec![false; self.bodies.most()]);
        let under_way = self.count_under_way(|body, record| {
            since[body as usize] = record.since;
            holds[body as usize] = self.holds_any(record);
        });
        Muster { under_way, since, holds }
    }

    /// Counts what is under way, and does something for each body on the way.
    fn count_under_way(&self, mut each: impl FnMut(u32, &Body)) -> UnderWay {
        let mut amounts = vec![Amount::default(); self.account.gone.len()];
        let mut time = 0;
        for (body, record) in self.bodies.iter() {
            each(body, record);
            if !record.is_train() {
                add(&mut amounts[record.flow.index()], record.mass, record.size, 0);
                time += i128::from(self.now.since(record.made).ms());
            }
        }
        UnderWay { amounts, time }
    }

    /// What is under way by flow, counted shipment by shipment and checked against the accounts, as is Little's law on the sample
    /// path, from clock 0, of the whole system.
    fn balance(&mut self, UnderWay { mut amounts, time }: UnderWay) -> Vec<Amount> {
        let gap = self.account.gap(self.now, time);
        if gap != 0 {
            let what = format!("Little's law misses {gap} ms over all shipments");
            self.failure.get_or_insert(EngineError::Balance { what });
        }
        for (flow, amount) in amounts.iter_mut().enumerate() {
            let Amount { mass, size, count } = self.account.under_way(flow);
            amount.count = count;
            if mass != amount.mass || size != amount.size {
                let id = &self.plan.labels.flows[flow].id;
                let what = format!("flow.{id}: {mass} should be under way, {} are", amount.mass);
                self.failure.get_or_insert(EngineError::Balance { what });
            }
        }
        amounts
    }

    /// Closes the accounts.
    pub(super) fn finish(&mut self) -> Result<Outcome, EngineError> {
        self.touch_all();
        let mut trains = Vec::new();
        let under_way = self.count_under_way(|body, record| {
            if record.is_train() {
                trains.push(body);
            }
        });
        self.hand_out_tapes(&trains);
        self.balance(under_way);
        (0..self.stations.len()).for_each(|index| self.audit_station(index));
        self.account.enter_sums();
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

    /// Of a station: the number that waits and the number in service, added up over time, against what each customer spent by its
    /// own times; those who are there still with what they have spent so far.
    fn audit_station(&mut self, index: usize) {
        let state = &self.stations[index];
        let waits = self.queue_of(index).map(|customer| self.now.since(self.stay_of(customer).joined));
        let waits_miss = state.waited.misses(waits);
        let services = state.servers.iter().filter_map(|server| {
            let until = if server.failed { server.failed_since } else { self.now };
            Some(until.since(self.stay_of(server.customer?).started) - server.interrupted)
        });
        // Where the number of servers has no limit nobody knows who is served, but by the events ahead; and who holds a server counts
        // as served.
        let mut stations = self.plan.epochs.iter().map(|(_, model)| &model.stations[index]);
        let has_services = stations.all(|station| station.servers.is_some() && !station.held);
        let services_miss = if has_services { state.served.misses(services) } else { 0 };
        if let Some(gap) = [waits_miss, services_miss].into_iter().find(|gap| *gap != 0) {
            let what = format!("Little's law misses {gap} ms at {}", self.plan.labels.stations[index].path);
            self.failure.get_or_insert(EngineError::Balance { what });
        }
    }

    /// Shipments and parts that are under way.
    fn parts(&self) -> impl Iterator<Item = (u32, &Body)> {
        self.bodies.iter().filter(|(_, ship)| !ship.is_train())
    }

    /// Tells of all that is still under way, and first who waits.
    fn note_under_way(&mut self) {
        if !O::LISTENS {
            return;
        }
        for body in self.who_waits() {
            let time = self.now.since(self.bodies[body].since);
            self.note_body(Fact::Waits(time), body);
        }
        let under_way: Vec<u32> = self.parts().map(|(shipment, _)| shipment).collect();
        for shipment in under_way {
            self.note_end(End::UnderWay, shipment);
        }
    }

    /// What of the cohort is still under way.
    fn count_unfinished(&mut self) {
        let account = &mut self.account;
        for (_, ship) in self.bodies.iter().filter(|(_, ship)| ship.in_cohort && !ship.is_train()) {
            add(&mut account.outcome.flows[ship.flow.index()].unfinished, ship.mass, ship.size, 1);
            let tally = &mut account.outcome.routes[ship.route.index()];
            let weight = i128::from(weight(ship.mass, ship.size));
            tally.time_under_way += i128::from(self.now.since(ship.made).ms()) * weight;
            tally.weight_under_way += weight;
            let journey = account.journey(ship, Duration::MAX, account.at_borders(&ship.tape));
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
    /// A copy of what is counted over the horizon alone. The lists of waits are moved and not copied: none is added after the horizon.
    fn set_tallies_aside(&mut self) -> Self {
        let station =
            |tally: &mut StationTally| StationTally { waits: std::mem::take(&mut tally.waits), ..tally.clone() };
        Self {
            stations: self.stations.iter_mut().map(station).collect(),
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
