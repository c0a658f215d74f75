//! The accounts of a replication: those of flows, and tallies of places.

use super::body::Body;
use super::traffic::{Passed, Traffic};
use crate::engine::outcome::{
    Amount, Bill, FleetTally, FlowTally, Journey, LegTally, LineTally, Loading, MonthUse, Outcome, PoolTally,
    QueueTally, RouteTally, Segment, StationTally, Stay, StorageTally,
};
use crate::ids::{CellId, NodeId, RouteId, SectionId};
use crate::model::Plan;
use crate::units::{Duration, Load, Mass, SimTime, Size, weight};

/// What waits on purpose in a queue, over the horizon.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct OnPurpose {
    /// Integral of their number.
    pub(in crate::engine) queue: i128,
    /// The same of those who are kept away from it: outside of a station's room, or held back for a storage.
    pub(in crate::engine) kept_away: i128,
    /// Those whose wait ended.
    pub(in crate::engine) left: u64,
}

/// The accounts of a replication.
#[derive(Debug)]
pub(in crate::engine) struct Account {
    pub(in crate::engine) outcome: Outcome,
    /// The tallies of the horizon, set aside when it ends.
    pub(in crate::engine) closed: Option<Outcome>,
    /// Use of places up to the end of the last month.
    pub(in crate::engine) used: MonthUse,
    pub(in crate::engine) in_horizon: bool,
    pub(in crate::engine) traffic: Traffic,
    /// By flow, from clock 0: what was refused or lost.
    pub(in crate::engine) gone: Vec<Amount>,
    /// By flow: whether it is a stock; empty where none is.
    pub(in crate::engine) stocks: Vec<bool>,
    /// By queue, within the horizon: what waits in it on purpose.
    pub(in crate::engine) on_purpose: Vec<OnPurpose>,
    /// By cell.
    cells: Vec<CellKind>,
    /// By flow: whether stays at nodes are kept.
    keeps_stays: Vec<bool>,
    /// When prices begin to hold.
    pub(in crate::engine) prices_from: Vec<SimTime>,
    /// Parts present, and the sum of the moments at which they were made; for Little's law, see [`Account::gap`].
    pub(in crate::engine) present: i64,
    pub(in crate::engine) moments_made: i128,
}

pub(in crate::engine) fn add(amount: &mut Amount, mass: Mass, size: Size, count: u64) {
    amount.mass += mass;
    amount.size += size;
    amount.count += count;
}

/// Room for what stays outside, by flow that chooses and outside route.
pub(in crate::engine) fn outside(plan: &Plan) -> Vec<Vec<Amount>> {
    let routes = plan.labels.outsides.len();
    let flows = plan.epochs[0].1.flows.iter();
    flows.map(|flow| vec![Amount::default(); if flow.chooses.is_some() { routes } else { 0 }]).collect()
}

/// Empty bills, one for each time that prices change.
fn bills(plan: &Plan) -> Vec<Bill> {
    let model = &plan.epochs[0].1;
    let flows = model.flows.len();
    let bill = Bill {
        delivered: vec![Amount::default(); plan.labels.routes.len()],
        carried: model.fleets.iter().map(|fleet| vec![vec![Amount::default(); flows]; fleet.calls.len()]).collect(),
        readings: vec![vec![0.0; flows]; plan.meters.number],
        dues: vec![vec![0.0; plan.meters.dues]; model.fleets.len()],
    };
    vec![bill; plan.labels.prices.len()]
}

/// By flow: whether it is a stock; empty where none is.
fn stocks(plan: &Plan) -> Vec<bool> {
    let stocks: Vec<bool> = plan.labels.flows.iter().map(|flow| flow.stock).collect();
    if stocks.contains(&true) { stocks } else { Vec::new() }
}

fn cell_kinds(plan: &Plan) -> Vec<CellKind> {
    let cells = plan.labels.cells.iter().zip(&plan.labels.border);
    let kinds = cells.map(|(cell, &border)| CellKind {
        border,
        waiting: cell.cause.is_waiting(),
        acceptance: cell.cause.is_acceptance(),
    });
    kinds.collect()
}

/// What time in a cell counts as.
#[derive(Clone, Copy, Debug)]
struct CellKind {
    /// It is at a facility that does border work.
    border: bool,
    waiting: bool,
    /// It is waiting for acceptance.
    acceptance: bool,
}

/// What was booked, in all and at facilities that do border work.
struct Times {
    all: Duration,
    border: Duration,
}

/// Sums times, and adds times × weight to the sums of their cells.
#[inline]
fn add_times(sums: &mut [i128], cells: &[CellKind], booked: &[Segment], weight: i64) -> Times {
    let cells = &cells[..sums.len()];
    let mut times = Times { all: Duration::ZERO, border: Duration::ZERO };
    for &Segment { cell, time } in booked {
        sums[cell.index()] += i128::from(time.ms()) * i128::from(weight);
        times.all += time;
        times.border += if cells[cell.index()].border { time } else { Duration::ZERO };
    }
    times
}

impl Account {
    pub(in crate::engine) fn new(plan: &Plan) -> Self {
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
            bills: bills(plan),
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
            traffic: Traffic::new(model.flows.len(), plan.clock.months.iter().map(|month| month.start).collect()),
            gone: vec![Amount::default(); model.flows.len()],
            stocks: stocks(plan),
            on_purpose: Vec::new(),
            cells: cell_kinds(plan),
            keeps_stays: plan.labels.flows.iter().map(|flow| flow.counted).collect(),
            prices_from: plan.labels.prices.iter().map(|prices| prices.from).collect(),
            present: 0,
            moments_made: 0,
        };
        account.clear_tallies(plan);
        account
    }

    /// Empty tallies of places, from which the horizon starts.
    pub(in crate::engine) fn clear_tallies(&mut self, plan: &Plan) {
        let model = &plan.epochs[0].1;
        let crossings = std::mem::take(&mut self.outcome.legs);
        // Waits are kept within the horizon only: these lists are empty, and have memory of an earlier replication.
        self.outcome.stations.resize_with(model.stations.len(), StationTally::default);
        for tally in &mut self.outcome.stations {
            *tally = StationTally { waits: std::mem::take(&mut tally.waits), ..StationTally::default() };
        }
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
        self.outcome.fleets = model.carriers().map(|fleet| empty_fleet(fleet.calls.len())).collect();
    }

    /// Whether time in a cell is waiting.
    #[inline]
    pub(in crate::engine) fn is_waiting(&self, cell: CellId) -> bool {
        self.cells[cell.index()].waiting
    }

    /// The horizon begins.
    pub(in crate::engine) fn begin_horizon(&mut self, now: SimTime) {
        self.in_horizon = true;
        self.traffic.turn_to(now);
    }

    /// The horizon ends.
    pub(in crate::engine) fn end_horizon(&mut self) {
        self.in_horizon = false;
        self.traffic.end_horizon();
    }

    /// What should be under way of a flow.
    pub(in crate::engine) fn under_way(&self, flow: usize) -> Amount {
        let Passed { offered, delivered } = self.traffic.total(flow);
        let gone = self.gone[flow];
        Amount {
            mass: offered.mass - delivered.mass - gone.mass,
            size: offered.size - delivered.size - gone.size,
            count: offered.count - delivered.count - gone.count,
        }
    }

    /// Enters into the outcome what was counted once for several of its sums.
    pub(in crate::engine) fn enter_sums(&mut self) {
        for (flow, tally) in self.outcome.flows.iter_mut().enumerate() {
            self.traffic.enter(flow, tally);
        }
        for (route, tally) in self.outcome.routes.iter_mut().enumerate() {
            tally.delivered = self.outcome.bills.iter().map(|bill| bill.delivered[route]).sum();
        }
    }

    /// A part appears that was made at a moment: now, or when the shipment was that it is split off.
    pub(in crate::engine) fn appears(&mut self, made: SimTime) {
        self.present += 1;
        self.moments_made += i128::from(made.ms());
    }

    fn leaves(&mut self, ship: &Body) {
        self.present -= 1;
        self.moments_made -= i128::from(ship.made.ms());
    }

    /// By how many milliseconds Little's law misses from clock 0 until now: the integral of the parts present is the sum of
    /// how long those have been there that left and those that are under way, for so long together. Who left adds the same
    /// to both sides and is not kept; who is present adds to the integral from its making on.
    pub(in crate::engine) fn gap(&self, now: SimTime, under_way: i128) -> i128 {
        i128::from(now.ms()) * i128::from(self.present) - self.moments_made - under_way
    }

    #[inline]
    pub(in crate::engine) fn made(&mut self, now: SimTime, flow: usize, mass: Mass, size: Size) {
        self.appears(now);
        add(&mut self.traffic.of(flow, now).offered, mass, size, 1);
    }

    /// A part is delivered by a route; `whole` is the mass of the original if it was the last part of it. Returns the time
    /// that was booked for it.
    #[expect(clippy::inline_always, reason = "it has one caller, which does little else")]
    #[inline(always)]
    pub(in crate::engine) fn delivered(
        &mut self,
        now: SimTime,
        ship: &Body,
        route: RouteId,
        whole: Option<Mass>,
    ) -> Duration {
        self.leaves(ship);
        let (flow, time) = (ship.flow, now.since(ship.made));
        add(&mut self.traffic.of(flow.index(), now).delivered, ship.mass, ship.size, u64::from(whole.is_some()));
        // What is not of the cohort weighs nothing in means over it.
        let weight = if ship.in_cohort { weight(ship.mass, ship.size) } else { 0 };
        let booked = add_times(&mut self.outcome.time[flow.index()], &self.cells, &ship.tape, weight);
        self.on_route(route.index(), ship, time, weight);
        if self.in_horizon {
            self.charge(ship, route);
        }
        if ship.in_cohort || self.in_horizon {
            self.outcome.journeys.push(self.journey(ship, time, booked.border));
        }
        if ship.in_cohort
            && let Some(mass) = whole
        {
            self.outcome.completions.push((flow, time, mass));
        }
        booked.all
    }

    /// The time of some segments at facilities that do border work.
    pub(in crate::engine) fn at_borders(&self, booked: &[Segment]) -> Duration {
        booked.iter().filter(|segment| self.cells[segment.cell.index()].border).map(|segment| segment.time).sum()
    }

    /// The time of some segments that is waiting for acceptance.
    #[inline]
    pub(in crate::engine) fn in_acceptance(&self, booked: &[Segment]) -> Duration {
        booked.iter().filter(|segment| self.cells[segment.cell.index()].acceptance).map(|segment| segment.time).sum()
    }

    /// A shipment leaves a node, at which it has stayed until now.
    #[inline]
    pub(in crate::engine) fn leaves_node(&mut self, now: SimTime, ship: &Body, node: NodeId) {
        if ship.in_cohort && self.keeps_stays[ship.flow.index()] {
            let time = now.since(ship.arrived);
            let stay = Stay { node, flow: ship.flow, made: ship.made, time, mass: ship.mass, size: ship.size };
            self.outcome.stays.push(stay);
        }
    }

    /// A shipment of the cohort has passed a section, with what was booked to it by itself and then in a train. Returns its time
    /// at facilities that do border work.
    pub(in crate::engine) fn passes(&mut self, section: SectionId, booked: [&[Segment]; 2], weight: i64) -> Duration {
        let sums = &mut self.outcome.section_time[section.index()];
        let own = add_times(sums, &self.cells, booked[0], weight).border;
        if booked[1].is_empty() { own } else { own + add_times(sums, &self.cells, booked[1], weight).border }
    }

    pub(in crate::engine) fn journey(&self, ship: &Body, time: Duration, border: Duration) -> Journey {
        Journey {
            flow: ship.flow,
            route: ship.route,
            made: ship.made,
            time,
            acceptance: ship.acceptance.unwrap_or(Duration::ZERO),
            border,
            mass: ship.mass,
            size: ship.size,
            in_cohort: ship.in_cohort,
            in_horizon: self.in_horizon,
        }
    }

    /// Delivered on a route, with a weight in means over the cohort; amounts by route are those of the bills.
    fn on_route(&mut self, route: usize, ship: &Body, time: Duration, weight: i64) {
        let add_time = |tally: &mut RouteTally| {
            tally.time += i128::from(time.ms()) * i128::from(weight);
            tally.weight += i128::from(weight);
        };
        add_time(&mut self.outcome.routes[route]);
        if ship.switched().times > 0 {
            let tally = &mut self.outcome.switched[route];
            add_time(tally);
            if self.in_horizon {
                add(&mut tally.delivered, ship.mass, ship.size, 1);
            }
        }
    }

    /// A shipment of a flow's market stays outside the corridor.
    pub(in crate::engine) fn stays_outside(&mut self, flow: usize, place: usize, amount: Amount) {
        if self.in_horizon {
            add(&mut self.outcome.outside[flow][place], amount.mass, amount.size, amount.count);
        }
    }

    /// A shipment switches to another route.
    pub(in crate::engine) fn switches(&mut self, switch: usize, load: Load) {
        if self.in_horizon {
            add(&mut self.outcome.switches[switch], load.mass, load.size, 1);
        }
    }

    pub(in crate::engine) fn lost(&mut self, ship: &Body, whole: bool) {
        self.leaves(ship);
        let flow = ship.flow.index();
        add(&mut self.gone[flow], ship.mass, ship.size, u64::from(whole));
        if self.in_horizon {
            add(&mut self.outcome.flows[flow].lost, ship.mass, ship.size, u64::from(whole));
        }
    }

    pub(in crate::engine) fn refused(&mut self, ship: &Body) {
        self.leaves(ship);
        let flow = ship.flow.index();
        add(&mut self.gone[flow], ship.mass, ship.size, 1);
        if self.in_horizon {
            add(&mut self.outcome.flows[flow].refused, ship.mass, ship.size, 1);
        }
    }

    pub(in crate::engine) fn trains(&mut self, flow: usize) {
        if self.in_horizon {
            self.outcome.flows[flow].trains += 1;
        }
    }

    /// A customer of a station has waited for its service.
    #[inline]
    pub(in crate::engine) fn waited_for_service(&mut self, index: usize, waited: Duration) {
        if self.in_horizon {
            self.outcome.stations[index].waits.push(waited);
        }
    }

    pub(in crate::engine) fn station_diverts(&mut self, index: usize) {
        self.outcome.stations[index].diverted += 1;
    }

    pub(in crate::engine) fn line_starts(&mut self, line: usize, direction: usize, mass: Mass) {
        let tally = &mut self.outcome.lines[line];
        tally.trains[direction] += 1;
        tally.mass[direction] += mass;
    }

    pub(in crate::engine) fn pool_turned(&mut self, pool: usize, turn: Duration, count: u32) {
        let tally = &mut self.outcome.pools[pool];
        tally.turn.0 += Duration::from_ms(turn.ms() * i64::from(count));
        tally.turn.1 += u64::from(count);
    }

    pub(in crate::engine) fn stabled(&mut self, storage: usize, length: u64) {
        let tally = &mut self.outcome.storages[storage];
        tally.stabled += 1;
        tally.outside_max = tally.outside_max.max(length);
    }

    pub(in crate::engine) fn overflows(&mut self, storage: usize, size: Size) {
        self.outcome.storages[storage].overflow += size;
    }

    pub(in crate::engine) fn boards(&mut self, leg: usize, load: Load) {
        add(&mut self.outcome.legs[leg].boarded, load.mass, load.size, 1);
    }

    pub(in crate::engine) fn misses(&mut self, fleet: usize, call: usize) {
        self.outcome.fleets[fleet].missed[call] += 1;
    }
}

fn empty_fleet(calls: usize) -> FleetTally {
    FleetTally {
        voyages: vec![0; calls],
        missed: vec![0; calls],
        in_port: vec![(Duration::ZERO, 0); calls],
        loaded: vec![Loading::default(); calls],
        ..FleetTally::default()
    }
}
