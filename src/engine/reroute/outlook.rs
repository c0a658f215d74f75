//! The time that the rest of a route is expected to take: times without waiting, the queues of the moment at the pace at
//! which they are served, and what is left of closures that are known.
//!
//! Not in it: opening hours, repairs, space in storages, and what will come into the queues until one is there.

use crate::engine::lane::LaneQueue;
use crate::engine::observer::Observer;
use crate::engine::state::pool_queue::count_of;
use crate::engine::world::World;
use crate::ids::{CargoId, LegId, LineId, ProgramId, StationId};
use crate::model::{Fleet, Lot, Need, Step, Timetable, Visit, service_ms};
use crate::units::{Duration, Size};

/// Which way is looked along.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outlook {
    /// Who looks.
    pub(super) shipment: u32,
    pub(super) program: ProgramId,
    /// The first step.
    pub(super) step: u32,
    /// What is before it in the queue of that step, where it waits in it.
    pub(super) ahead: Option<f64>,
    /// From a change until it is known.
    pub(super) delay: Duration,
}

/// How far one has looked.
struct Along<'a> {
    outlook: &'a Outlook,
    load: Lot,
    cargo: usize,
    /// Milliseconds up to here.
    ms: f64,
    /// Thousandths of units that stand before the storage that was last passed.
    outside: f64,
}

/// What vessels of a leg do for a cargo, by the pace of their rounds.
#[derive(Clone, Copy, Debug)]
struct Crossing {
    /// Departures a millisecond.
    departures: f64,
    /// The same, each times the vessel loads that wait for the fleet.
    loads: f64,
    /// The same, each times the share of a load that a thousandth of a unit is.
    share: f64,
    /// Loading, sailing and unloading a full vessel, of the quickest fleet.
    ms: f64,
    /// Until the first fleet may sail.
    closed: f64,
}

impl<O: Observer> World<'_, O> {
    /// Milliseconds from now to the end of the route.
    pub(super) fn ms_left(&self, outlook: &Outlook) -> f64 {
        let ship = &self.bodies[outlook.shipment];
        let steps = &self.model.programs[outlook.program.index()].steps;
        let load = Lot { size: ship.size.units(), kg: ship.mass.kg() as f64 };
        let cargo = self.model.flows[ship.flow.index()].cargo.index();
        let mut along = Along { outlook, load, cargo, ms: 0.0, outside: 0.0 };
        for at in outlook.step as usize..steps.len() {
            let ahead = outlook.ahead.filter(|_| at == outlook.step as usize);
            let ms = self.step_ms(&mut along, &steps[at..], ahead);
            along.ms += ms;
        }
        along.ms
    }

    /// What the first of some steps takes.
    fn step_ms(&self, along: &mut Along<'_>, steps: &[Step], ahead: Option<f64>) -> f64 {
        match &steps[0] {
            Step::Serve(visit) => self.visit_ms(along, visit),
            Step::Together(visits) => visits.iter().map(|visit| self.visit_ms(along, visit)).fold(0.0, f64::max),
            Step::Take(needs) => needs.iter().map(|need| self.pool_ms(along, steps, need, ahead)).fold(0.0, f64::max),
            Step::Enter(storage) => {
                let room = self.model.storages[storage.index()].room_per_milli[along.cargo].max(1);
                along.outside = self.storages[storage.index()].outside_room() as f64 / room as f64;
                0.0
            }
            Step::Form(former) => {
                self.model.formers[former.index()].max_wait.map_or(0.0, |wait| wait.ms() as f64 / 2.0)
            }
            Step::Line { line, direction, law } => {
                let run = self.model.laws[law.law as usize].time.mean();
                self.line_ms(along, *line, *direction, run, ahead)
            }
            Step::Run { law, .. } => self.model.laws[law.law as usize].time.mean(),
            Step::Board(leg) => self.board_ms(along, *leg, ahead),
            _ => 0.0,
        }
    }

    fn visit_ms(&self, along: &Along<'_>, visit: &Visit) -> f64 {
        let index = visit.station.index();
        let closed = self.closed_for(&self.plan.reroutes.over_stations[index], along.ms, along.outlook.delay);
        let service = service_ms(&self.model.stations[index], along.load);
        closed + self.queue_at(visit.station) * service + service
    }

    /// Services that are before one at a station, shared by its servers; of one that is under way half is left.
    fn queue_at(&self, station: StationId) -> f64 {
        let state = &self.stations[station.index()];
        let Some(servers) = self.model.stations[station.index()].servers else { return 0.0 };
        let waiting = f64::from(state.queue.len()) + state.outside.len() as f64;
        let under_way = if state.has_free(servers) { 0.0 } else { 0.5 };
        (waiting + under_way) / f64::from(servers.max(1))
    }

    fn line_ms(&self, along: &Along<'_>, line: LineId, direction: u8, run: f64, ahead: Option<f64>) -> f64 {
        let (index, to) = (line.index(), direction as usize);
        let (model, state) = (&self.model.lines[index], &self.lines[index]);
        let closed = self.closed_for(&self.plan.reroutes.over_lines[index][to], along.ms, along.outlook.delay);
        let before = ahead.unwrap_or(state.queue[to].len() as f64);
        let by_headway = before * model.headway.ms() as f64;
        let by_places = model
            .at_once
            .map_or(0.0, |most| (before + state.queue[1 - to].len() as f64) * run / f64::from(most.max(1)));
        closed + by_headway.max(by_places) + run
    }

    /// The wait for things of a pool: those that are lacking come free at the pace of their turns.
    fn pool_ms(&self, along: &Along<'_>, steps: &[Step], need: &Need, ahead: Option<f64>) -> f64 {
        let (model, state) = (&self.model.pools[need.pool.index()], &self.pools[need.pool.index()]);
        let count = f64::from(count_of(need, Size::from_units(along.load.size)));
        let before = ahead.unwrap_or(state.queue.len() as f64);
        let lacking = count * (before + 1.0) - state.free.max(0) as f64;
        if lacking <= 0.0 {
            return 0.0;
        }
        let gives =
            |step: &Step| matches!(step, Step::Give(givings) if givings.iter().any(|one| one.pool == need.pool));
        let held: f64 = steps.iter().take_while(|step| !gives(step)).map(|step| self.free_ms(along, step)).sum();
        let sent = steps.iter().find_map(|step| match step {
            Step::Give(givings) => givings.iter().find(|one| one.pool == need.pool)?.home,
            _ => None,
        });
        let home = model.home.as_ref().map_or(0.0, crate::random::Distribution::mean);
        let away = model.turnaround.mean() + home + if sent.is_some() { held } else { 0.0 };
        lacking * (held + away) / f64::from(model.size.max(1))
    }

    /// What a step takes without waiting.
    fn free_ms(&self, along: &Along<'_>, step: &Step) -> f64 {
        match step {
            Step::Serve(visit) => service_ms(&self.model.stations[visit.station.index()], along.load),
            Step::Line { law, .. } | Step::Run { law, .. } => self.model.laws[law.law as usize].time.mean(),
            Step::Board(leg) => self.crossing(along, *leg).ms,
            _ => 0.0,
        }
    }

    /// Half a gap between departures, the loads that wait at the pace of the vessels, and the crossing. Who waits has before it
    /// such a part of them as of what waits with it.
    fn board_ms(&self, along: &mut Along<'_>, leg: LegId, ahead: Option<f64>) -> f64 {
        let crossing = self.crossing(along, leg);
        let outside = std::mem::take(&mut along.outside);
        if crossing.departures <= 0.0 {
            return f64::INFINITY;
        }
        let part = ahead.map_or(1.0, |ahead| (ahead / self.waiting_with(leg, along.cargo).max(1.0)).min(1.0));
        let waiting = (crossing.loads * part + crossing.share * outside) / crossing.departures;
        crossing.closed + (0.5 + waiting) / crossing.departures + crossing.ms
    }

    /// Thousandths of units that wait in the line of a cargo.
    fn waiting_with(&self, leg: LegId, cargo: usize) -> f64 {
        let Some(line) = self.model.legs[leg.index()].line_of[cargo] else { return 0.0 };
        let waiting = self.legs[leg.index()].lines[line as usize].iter();
        waiting.map(|waiter| self.bodies[waiter.id].size.milli()).sum::<i64>() as f64
    }

    fn crossing(&self, along: &Along<'_>, leg: LegId) -> Crossing {
        let mut all = Crossing { departures: 0.0, loads: 0.0, share: 0.0, ms: f64::INFINITY, closed: f64::INFINITY };
        for (index, fleet) in self.model.fleets.iter().enumerate() {
            let carries = fleet.room_per_milli[along.cargo] > 0;
            let calls = fleet.calls.iter().enumerate().filter(|(_, call)| carries && call.leg == leg);
            for (call, _) in calls {
                let gates = &self.plan.reroutes.over_sailings[index][call];
                let closed = self.closed_for(gates, along.ms, along.outlook.delay);
                let (departures, ms) = self.pace(along, fleet, call);
                all.departures += departures;
                all.loads += departures * self.loads_for(fleet, call);
                all.share += departures * share_of_load(fleet, along.cargo);
                all.ms = all.ms.min(ms);
                all.closed = all.closed.min(closed);
            }
        }
        all
    }

    /// Departures of a fleet from a call a millisecond, and the milliseconds of its quickest crossing.
    fn pace(&self, along: &Along<'_>, fleet: &Fleet, call: usize) -> (f64, f64) {
        let cargo = CargoId::new(along.cargo);
        let spec = self.model.cargoes[along.cargo];
        let (mut departures, mut quickest) = (0.0, f64::INFINITY);
        for hull in 0..fleet.vessels.len().min(fleet.in_service as usize) {
            let full = fleet.room_of(hull, cargo, spec);
            let load = Lot { size: full.units(), kg: spec.mass(full).kg() as f64 };
            let berth = fleet.berth_ms(call, cargo, load);
            let sailing = &fleet.vessels[hull].sailing;
            departures += 1.0 / sailing.iter().map(|law| law.mean() + berth).sum::<f64>();
            quickest = quickest.min(berth + sailing[call].mean());
        }
        let timed = fleet.calls[call].timetable.as_ref().map(|timetable| self.departures_of(timetable));
        (timed.map_or(departures, |timed| timed.min(departures)), quickest)
    }

    /// Vessel loads of all that waits for a fleet at a call, whatever cargo it is.
    fn loads_for(&self, fleet: &Fleet, call: usize) -> f64 {
        let call = &fleet.calls[call];
        let lines = call.lines.iter().map(|&line| &self.legs[call.leg.index()].lines[line as usize]);
        let load = |shipment: u32| {
            let ship = &self.bodies[shipment];
            let cargo = self.model.flows[ship.flow.index()].cargo.index();
            ship.size.milli() as f64 * share_of_load(fleet, cargo)
        };
        lines.flat_map(LaneQueue::iter).map(|waiter| load(waiter.id)).sum()
    }

    /// Timetabled departures a millisecond.
    fn departures_of(&self, timetable: &Timetable) -> f64 {
        match timetable {
            Timetable::Every { every, .. } => 1.0 / every.mean(),
            Timetable::Times(times) => times.len() as f64 / self.plan.clock.end.ms().max(1) as f64,
        }
    }
}

/// The share of the deck of a fleet's first hull that a thousandth of a unit of cargo takes.
fn share_of_load(fleet: &Fleet, cargo: usize) -> f64 {
    let capacity = fleet.vessels.first().map_or(1, |hull| hull.capacity.max(1));
    fleet.room_per_milli[cargo] as f64 / capacity as f64
}
