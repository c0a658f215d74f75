//! Crossings aboard vessels: how often they sail, how long cargo waits for them, how long it is aboard.
//!
//! A fleet makes as many rounds as its vessels can, or as many as the slowest of its ports fills them. Where vessels are
//! scarce, cargo waits for the next departure, and longer where that is full; where cargo is scarce, vessels wait for
//! theirs, and cargo waits until the vessel has what it waits for.

use super::open::{Openness, Spell, in_order};
use super::queue::{Queue, left_behind, residual, within};
use super::stations::{passage, vessel_body};
use super::vessels::{Mix, berth_ms, departures_per_ms, full_load, in_service, mixes, share_of};
use super::walk::Asked;
use crate::ids::{CargoId, LegId};
use crate::model::{Fleet, Model, Plan, Timetable};

/// A timetable whose gaps vary less than this is regular; and up to so many shipments aboard are counted one by one.
const REGULAR: f64 = 0.05;
const MOST_FITTING: f64 = 200.0;

/// What a fleet does at one of its ports, and on the leg that begins there. Times are milliseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Crossing {
    /// Departures a millisecond.
    pub(super) departures: f64,
    /// Until the vessel that takes the cargo is ready to be loaded, or has what it waits for.
    pub(super) wait: f64,
    pub(super) wait_variance: f64,
    /// Being loaded, and the pilotage of the vessel before it.
    pub(super) loading: f64,
    /// Waiting for weather, aboard.
    pub(super) closed: f64,
    pub(super) closed_variance: f64,
    pub(super) sailing: f64,
    pub(super) sailing_variance: f64,
    /// Waiting for a berth at the other port.
    pub(super) berth: f64,
    /// Being unloaded there, with the pilotage before it.
    pub(super) unloading: f64,
    /// Room of a full vessel.
    room: f64,
}

/// All crossings, by fleet and call.
pub(super) struct Crossings(Vec<Vec<Crossing>>);

/// A fleet at work: what each port asks of it.
struct AtWork<'a> {
    model: &'a Model,
    fleet: &'a Fleet,
    mixes: Vec<Mix>,
    spells: Vec<Spell>,
    /// Mean size of a shipment in room, by call.
    sizes: Vec<f64>,
    vessels: f64,
    departures: Vec<Option<f64>>,
    span: f64,
}

impl Crossings {
    /// Berths are queues before which vessels wait as often as their fleets call without waiting.
    pub(super) fn of(plan: &Plan, model: &Model, (asked, open): (&Asked, &Openness), span: f64) -> Self {
        let at_work: Vec<AtWork<'_>> =
            (0..model.fleets.len()).map(|index| AtWork::new(plan, model, (asked, open), (index, span))).collect();
        let mut held = vec![(0.0, 0.0); model.stations.len()];
        for fleet in &at_work {
            fleet.hold_berths(&mut held);
        }
        let berth = |station: usize| {
            let (calls, time): (f64, f64) = held[station];
            let servers = model.stations[station].servers.map_or(f64::INFINITY, f64::from);
            let usable = servers * open.station(station);
            if calls > 0.0 && usable.is_finite() {
                Queue::poisson(usable, calls, time / calls, 0.5).wait_within(span)
            } else {
                0.0
            }
        };
        let berths: Vec<f64> = (0..model.stations.len()).map(berth).collect();
        Self(at_work.iter().map(|fleet| fleet.crossings(&berths)).collect())
    }

    /// How many bodies of a stream one vessel lands.
    pub(super) fn landed(&self, model: &Model, leg: LegId, (cargo, bodies_per_ms): (CargoId, f64)) -> f64 {
        let departures = self.on(model, leg, cargo).map_or(0.0, |crossing| crossing.departures);
        if departures > 0.0 { (bodies_per_ms / departures).max(1.0) } else { 1.0 }
    }

    /// The crossing of a cargo on a leg: of several fleets the mean by departures, and the wait for the first of any.
    pub(super) fn on(&self, model: &Model, leg: LegId, cargo: CargoId) -> Option<Crossing> {
        let calls = model.fleets.iter().zip(&self.0).flat_map(|(fleet, crossings)| {
            let carries = fleet.room_per_milli[cargo.index()] > 0;
            let calls = fleet.calls.iter().zip(crossings).filter(move |(call, _)| carries && call.leg == leg);
            calls.map(|(_, crossing)| *crossing)
        });
        merged(&calls.collect::<Vec<_>>())
    }
}

/// Fleets and calls that carry a cargo on a leg, with their shares of it.
pub(super) fn carriers(model: &Model, leg: LegId, cargo: CargoId) -> Vec<(usize, usize, f64)> {
    let carries = |fleet: &Fleet| fleet.room_per_milli[cargo.index()] > 0;
    let fleets = model.fleets.iter().enumerate().filter(|(_, fleet)| carries(fleet));
    let calls = fleets.filter_map(|(index, fleet)| {
        let call = fleet.calls.iter().position(|call| call.leg == leg)?;
        Some((index, call, share_of(model, fleet, leg, cargo.index())))
    });
    calls.collect()
}

fn merged(all: &[Crossing]) -> Option<Crossing> {
    let weight: f64 = all.iter().map(|one| one.departures).sum();
    if all.len() < 2 || weight <= 0.0 {
        return all.first().copied();
    }
    let mean = |of: fn(&Crossing) -> f64| all.iter().map(|one| one.departures * of(one)).sum::<f64>() / weight;
    let wait = 1.0 / all.iter().map(|one| 1.0 / one.wait.max(1.0)).sum::<f64>();
    let mean_wait = mean(|one| one.wait).max(1.0);
    Some(Crossing {
        departures: weight,
        wait,
        wait_variance: mean(|one| one.wait_variance) * (wait / mean_wait) * (wait / mean_wait),
        loading: mean(|one| one.loading),
        closed: mean(|one| one.closed),
        closed_variance: mean(|one| one.closed_variance),
        sailing: mean(|one| one.sailing),
        sailing_variance: mean(|one| one.sailing_variance),
        berth: mean(|one| one.berth),
        unloading: mean(|one| one.unloading),
        room: mean(|one| one.room),
    })
}

impl<'a> AtWork<'a> {
    fn new(plan: &Plan, model: &'a Model, (asked, open): (&Asked, &Openness), (index, span): (usize, f64)) -> Self {
        let fleet = &model.fleets[index];
        let calls = 0..fleet.calls.len();
        let departures =
            fleet.calls.iter().map(|call| call.timetable.as_ref().map(|times| departures_per_ms(plan, times)));
        Self {
            model,
            fleet,
            mixes: mixes(model, asked, fleet),
            spells: calls.clone().map(|call| open.sailing_spell(index, call)).collect(),
            sizes: calls.map(|call| size_in_room(asked, fleet, call)).collect(),
            vessels: in_service(fleet).len() as f64 * in_order(fleet.failure.as_ref()),
            departures: departures.collect(),
            span,
        }
    }

    fn room(&self, call: usize) -> f64 {
        let vessels = in_service(self.fleet);
        vessels.iter().map(|vessel| full_load(vessel, &self.mixes[call])).sum::<f64>() / vessels.len().max(1) as f64
    }

    /// Sailing, weather and pilotage of one round: what it takes whatever is aboard.
    fn fixed(&self) -> f64 {
        (0..self.fleet.calls.len())
            .map(|call| self.sailing(call).0 + self.spells[call].wait() + self.pilotage(call))
            .sum()
    }

    fn sailing(&self, call: usize) -> (f64, f64) {
        let vessels = in_service(self.fleet);
        let number = vessels.len().max(1) as f64;
        let mean = |of: &dyn Fn(&crate::random::Distribution) -> f64| {
            vessels.iter().map(|vessel| of(&vessel.sailing[call])).sum::<f64>() / number
        };
        (mean(&|law| law.mean()), mean(&|law| law.variance()))
    }

    fn pilotage(&self, call: usize) -> f64 {
        let call = &self.fleet.calls[call];
        let passed = call.stations.iter().chain(call.berths.first());
        passed.map(|station| passage(&self.model.stations[station.index()], vessel_body())).sum()
    }

    fn handling(&self, call: usize, aboard: f64) -> f64 {
        let before = (call + self.mixes.len() - 1) % self.mixes.len();
        let unloaded = self.aboard(before, aboard);
        berth_ms(&self.fleet.unload, unloaded, &self.mixes[before])
            + berth_ms(&self.fleet.load, self.aboard(call, aboard), &self.mixes[call])
    }

    /// Room aboard after a call, at so many rounds a millisecond.
    fn aboard(&self, call: usize, rounds: f64) -> f64 {
        let asked = self.mixes[call].room_per_ms;
        if rounds > 0.0 { (asked / rounds).min(self.room(call)) } else { 0.0 }
    }

    /// Rounds a millisecond if no vessel ever waits for cargo: found by halving, as handling depends on them.
    fn most_rounds(&self) -> f64 {
        let round =
            |rounds: f64| self.fixed() + (0..self.mixes.len()).map(|call| self.handling(call, rounds)).sum::<f64>();
        let (mut low, mut high) = (0.0, self.vessels / self.fixed().max(1.0));
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if middle * round(middle) < self.vessels { low = middle } else { high = middle }
        }
        low
    }

    /// The time in which a port gives a vessel what it waits for; 0 where it waits for nothing.
    fn filling(&self, call: usize) -> f64 {
        let (fleet, asked) = (self.fleet, self.mixes[call].room_per_ms);
        if !fleet.calls[call].ever_loads || asked <= 0.0 {
            return 0.0;
        }
        let next = self.sizes[call] / asked;
        let full = (self.room(call) * fleet.min_load - self.sizes[call]).max(0.0) / asked;
        let at_most = fleet.max_wait.map_or(f64::INFINITY, |wait| wait.ms() as f64);
        let empty = fleet.max_idle.map_or(f64::INFINITY, |idle| idle.ms() as f64);
        (next + full.min(at_most)).min(empty.max(full.min(at_most)))
    }

    /// Rounds a millisecond, and the call that holds the vessels up (none: their own speed).
    fn rounds(&self) -> (f64, Option<usize>) {
        let most = self.most_rounds();
        let limit = |call: usize| {
            self.departures[call].unwrap_or_else(|| {
                let filling = self.filling(call);
                if filling > 0.0 { 1.0 / filling } else { f64::INFINITY }
            })
        };
        let slowest =
            (0..self.mixes.len()).map(|call| (limit(call), call)).min_by(|one, other| one.0.total_cmp(&other.0));
        match slowest {
            Some((limit, call)) if limit < most => (limit, Some(call)),
            _ => (most, None),
        }
    }

    /// Adds the calls at each berth, and the time for which they hold it.
    fn hold_berths(&self, held: &mut [(f64, f64)]) {
        let (rounds, _) = self.rounds();
        for (at, call) in self.fleet.calls.iter().enumerate() {
            let time = self.handling(at, rounds);
            for berth in &call.berths {
                let mooring = passage(&self.model.stations[berth.index()], vessel_body());
                let calls = rounds / call.berths.len() as f64;
                let (known, total) = &mut held[berth.index()];
                *known += calls;
                *total += calls * (mooring + time);
            }
        }
    }

    fn crossings(&self, berths: &[f64]) -> Vec<Crossing> {
        let (rounds, slowest) = self.rounds();
        (0..self.mixes.len()).map(|call| self.crossing(call, (rounds, slowest), berths)).collect()
    }

    fn crossing(&self, call: usize, (rounds, slowest): (f64, Option<usize>), berths: &[f64]) -> Crossing {
        let next = (call + 1) % self.mixes.len();
        let aboard = self.aboard(call, rounds);
        let load = berth_ms(&self.fleet.load, aboard, &self.mixes[call]);
        let own = berth_ms(&self.fleet.load, self.sizes[call].min(aboard), &self.mixes[call]);
        let fills = slowest == Some(call) && self.departures[call].is_none();
        let (wait, wait_variance) =
            if fills { self.wait_to_fill(call, rounds) } else { self.wait_to_come(call, rounds) };
        let (sailing, sailing_variance) = self.sailing(call);
        let at = &self.fleet.calls[next].berths;
        let berth = at.iter().map(|berth| berths[berth.index()]).fold(f64::INFINITY, f64::min);
        Crossing {
            departures: rounds,
            wait,
            wait_variance,
            loading: if fills { own } else { load },
            closed: self.spells[call].wait(),
            closed_variance: self.spells[call].variance(),
            sailing,
            sailing_variance,
            berth: if at.is_empty() { 0.0 } else { berth },
            unloading: self.pilotage(next) + berth_ms(&self.fleet.unload, aboard, &self.mixes[call]),
            room: self.room(call),
        }
    }

    /// Vessels wait for cargo: it waits until its vessel is full enough, or has waited long enough.
    fn wait_to_fill(&self, call: usize, rounds: f64) -> (f64, f64) {
        let asked = self.mixes[call].room_per_ms;
        let full = (self.room(call) * self.fleet.min_load - self.sizes[call]).max(0.0) / asked;
        let most = self.fleet.max_wait.map_or(f64::INFINITY, |wait| wait.ms() as f64);
        let filling = if full <= most {
            full / 2.0
        } else {
            // The first waits all the time, those that come meanwhile half of it.
            let others = most * asked / self.sizes[call];
            most * (1.0 + others / 2.0) / (1.0 + others)
        };
        let round = self.vessels / self.most_rounds().max(f64::MIN_POSITIVE);
        let away = Queue { arrival_cv2: 0.5, ..Queue::poisson(self.vessels, rounds, round, 0.2) };
        let absent = away.wait_within(self.span);
        (filling + absent, filling * filling / 3.0 + absent * absent)
    }

    /// Cargo waits for vessels: for the next departure, and for the one after where that is full.
    fn wait_to_come(&self, call: usize, rounds: f64) -> (f64, f64) {
        let asked = self.mixes[call].room_per_ms;
        if rounds <= 0.0 {
            return (0.0, 0.0);
        }
        let gap = 1.0 / self.departures[call].unwrap_or(rounds).min(rounds);
        let gap_cv2 = self.gap_cv2(call);
        let next = residual(gap, gap_cv2 * gap * gap);
        let (room, size) = (self.room(call), self.sizes[call]);
        let fits = (room / size).floor().max(1.0);
        let arrivals = asked * gap / size;
        let load = arrivals / fits;
        let behind = if asked <= 0.0 {
            0.0
        } else if self.departures[call].is_some() && gap_cv2 < REGULAR && load < 1.0 && fits <= MOST_FITTING {
            left_behind(arrivals, fits as u32) / arrivals * gap
        } else {
            within(load * gap * (1.0 / fits + load * gap_cv2) / 2.0, load, self.span)
        };
        (next + behind, next * next / 3.0 + behind * behind)
    }

    /// How unlike the gaps between departures are: of many vessels that do not know of each other like Poisson's.
    fn gap_cv2(&self, call: usize) -> f64 {
        match &self.fleet.calls[call].timetable {
            Some(Timetable::Every { every, .. }) => every.variance() / (every.mean() * every.mean()),
            Some(Timetable::Times(_)) => 0.0,
            None => {
                let round = self.fixed().max(1.0);
                let variance: f64 =
                    (0..self.mixes.len()).map(|call| self.sailing(call).1 + self.spells[call].variance()).sum();
                let own = (variance / (round * round)).min(1.0);
                1.0 - (1.0 - own) / self.vessels.max(1.0)
            }
        }
    }
}

/// Mean room of a shipment that boards at a call.
fn size_in_room(asked: &Asked, fleet: &Fleet, call: usize) -> f64 {
    let leg = fleet.calls[call].leg.index();
    let (mut room, mut bodies) = (0.0, 0.0);
    for (cargo, &per_milli) in fleet.room_per_milli.iter().enumerate() {
        if per_milli > 0 && asked.boarding[leg][cargo] > 0.0 {
            room += asked.boarding[leg][cargo] * 1000.0 * per_milli as f64;
            bodies += asked.boarding_bodies[leg][cargo];
        }
    }
    if bodies > 0.0 { room / bodies } else { 1.0 }
}
