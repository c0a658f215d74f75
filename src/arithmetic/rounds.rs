//! Fleets at work: how many rounds their vessels make, how long they stay at ports for cargo, how long they wait for berths.
//!
//! A round is what must be (sailing, weather, pilotage, handling) and what vessels wait. A longer round brings more cargo to a
//! vessel, and fewer vessels to a berth: rounds, stays and waits for berths are found together, as a fixed point.

use super::asked::{Asked, Boarding};
use super::open::{ClosedSpells, Openness};
use super::queue::normal_excess;
use super::stations::{passage, vessel_body};
use super::vessels::{Mix, berth_ms, boardings, departures_per_ms, full_load, in_service, mixes};
use crate::ids::StationId;
use crate::model::{Fleet, Model, Plan};

/// Steps of the searches, each of which halves an interval; and rounds of the search for waits at berths.
const HALVINGS: usize = 30;
const SETTLING: usize = 16;

/// How long a vessel waits at a port for its cargo.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stay {
    /// With nothing aboard.
    pub(super) empty: f64,
    /// For more than it has.
    pub(super) for_more: f64,
}

impl Stay {
    pub(super) fn total(self) -> f64 {
        self.empty + self.for_more
    }
}

/// A fleet, what each of its ports asks of it, and what follows for its rounds. Times are milliseconds.
pub(super) struct AtWork<'a> {
    pub(super) model: &'a Model,
    pub(super) fleet: &'a Fleet,
    pub(super) mixes: Vec<Mix>,
    pub(super) boardings: Vec<Boarding>,
    /// By call: when no vessel may sail.
    spells: Vec<ClosedSpells>,
    pub(super) vessels: f64,
    /// By call: departures a millisecond of its timetable.
    pub(super) departures: Vec<Option<f64>>,
    /// By call: what a vessel waits for its berth.
    queues: Vec<f64>,
    /// Rounds of all vessels a millisecond.
    pub(super) rounds: f64,
    /// By call.
    pub(super) stays: Vec<Stay>,
}

impl<'a> AtWork<'a> {
    pub(super) fn new(plan: &Plan, model: &'a Model, asked: &Asked, open: &Openness, index: usize) -> Self {
        let fleet = &model.fleets[index];
        let departures =
            fleet.calls.iter().map(|call| call.timetable.as_ref().map(|times| departures_per_ms(plan, times)));
        Self {
            model,
            fleet,
            mixes: mixes(model, asked, fleet),
            boardings: boardings(model, asked, fleet),
            spells: (0..fleet.calls.len()).map(|call| open.sailing_spell(index, call)).collect(),
            vessels: in_service(fleet).len() as f64,
            departures: departures.collect(),
            queues: vec![0.0; fleet.calls.len()],
            rounds: 0.0,
            stays: vec![Stay::default(); fleet.calls.len()],
        }
    }

    /// Room of a vessel: mean, and variance over the vessels.
    fn room(&self, call: usize) -> (f64, f64) {
        let rooms = in_service(self.fleet).iter().map(|vessel| full_load(vessel, &self.mixes[call]));
        moments(rooms)
    }

    /// The same less what stays free because shipments are not split.
    pub(super) fn room_at(&self, call: usize) -> (f64, f64) {
        let (room, variance) = self.room(call);
        let size = self.boardings[call].size().max(f64::MIN_POSITIVE);
        let filled = libm::floor(room / size) * size;
        let whole = self.mixes[call].whole(self.model);
        (if filled > 0.0 { room * (1.0 - whole) + filled * whole } else { room }, variance)
    }

    pub(super) fn sailing(&self, call: usize) -> (f64, f64) {
        let vessels = in_service(self.fleet);
        let (mean, between) = moments(vessels.iter().map(|vessel| vessel.sailing[call].mean()));
        let (within, _) = moments(vessels.iter().map(|vessel| vessel.sailing[call].variance()));
        (mean, between + within)
    }

    /// Weather before sailing: it was open when the vessel came in, as storms stop that too. A voyage later, on another
    /// coast, a berth is shut as in the mean.
    pub(super) fn weather(&self, call: usize) -> ClosedSpells {
        self.spells[call].since_open(self.handling(call, self.rounds) + self.stays[call].total())
    }

    pub(super) fn pilotage(&self, call: usize) -> f64 {
        let call = &self.fleet.calls[call];
        let passed = call.stations.iter().chain(call.berths.first());
        passed.map(|station| passage(&self.model.stations[station.index()], vessel_body())).sum()
    }

    /// Repairs before a departure, mean and variance: a vessel fails once in so much time in order.
    pub(super) fn down(&self) -> (f64, f64) {
        let Some(failure) = &self.fleet.failure else { return (0.0, 0.0) };
        let departures = self.rounds * self.mixes.len() as f64;
        if departures <= 0.0 {
            return (0.0, 0.0);
        }
        let (up, down) = (failure.up.mean(), &failure.down);
        let failures = (self.vessels / departures / (up + down.mean())).min(1.0);
        let mean = failures * down.mean();
        (mean, failures * (down.variance() + down.mean() * down.mean()) - mean * mean)
    }

    /// Sailing, weather, pilotage and berths of one round: what it takes whatever is aboard. Repairs lengthen it.
    fn fixed(&self) -> f64 {
        let calls = 0..self.fleet.calls.len();
        calls
            .map(|call| self.sailing(call).0 + self.weather(call).wait() + self.pilotage(call) + self.queues[call])
            .sum()
    }

    /// The squared coefficient of variation of a round.
    pub(super) fn round_cv2(&self) -> f64 {
        let calls = self.fleet.calls.len();
        let of_calls = |call| self.sailing(call).1 + self.weather(call).variance();
        let variance = (0..calls).map(of_calls).sum::<f64>() + calls as f64 * self.down().1;
        let round = if self.rounds > 0.0 { self.vessels / self.rounds } else { self.fixed().max(1.0) };
        (variance / (round * round)).min(1.0)
    }

    fn handling(&self, call: usize, rounds: f64) -> f64 {
        let before = (call + self.mixes.len() - 1) % self.mixes.len();
        berth_ms(&self.fleet.calls[call].unload, self.aboard(before, rounds), &self.mixes[before])
            + berth_ms(&self.fleet.calls[call].load, self.aboard(call, rounds), &self.mixes[call])
    }

    /// Room aboard after a call, at so many rounds a millisecond.
    pub(super) fn aboard(&self, call: usize, rounds: f64) -> f64 {
        let asked = self.mixes[call].room_per_ms;
        if rounds > 0.0 { (asked / rounds).min(self.room(call).0) } else { 0.0 }
    }

    /// What a vessel waits at a port that no other vessel has called at for so long.
    fn stay_after(&self, call: usize, absent: f64) -> Stay {
        let (fleet, asked) = (self.fleet, self.mixes[call].room_per_ms);
        if !fleet.calls[call].ever_loads || asked <= 0.0 || self.departures[call].is_some() {
            return Stay::default();
        }
        let boarding = &self.boardings[call];
        let (size, squares) = (boarding.size(), boarding.classes.values().map(|class| class.1).sum::<f64>());
        let idle = fleet.max_idle.map_or(f64::INFINITY, |idle| idle.ms() as f64);
        let most = fleet.max_wait.map_or(f64::INFINITY, |wait| wait.ms() as f64);
        let nothing = libm::exp(-asked * absent / size);
        let leaves_empty = nothing * libm::exp(-asked * idle / size);
        let (mean, sd) = (asked * absent + nothing * size, (squares * absent).sqrt());
        let lacking = self.room(call).0 * fleet.min_load - mean;
        let longer = if most.is_finite() { normal_excess(lacking - most * asked, sd) } else { 0.0 };
        Stay {
            empty: (nothing - leaves_empty) * size / asked,
            for_more: (1.0 - leaves_empty) * (normal_excess(lacking, sd) - longer) / asked,
        }
    }

    /// What a vessel waits where vessels depart in such gaps; one after the other, however many are there.
    fn stay(&self, call: usize, gap: f64) -> Stay {
        let (mut low, mut high) = (0.0, gap);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if middle + self.stay_after(call, middle).total() < gap { low = middle } else { high = middle }
        }
        self.stay_after(call, low)
    }

    /// The longest gap that a port or a timetable forces upon departures.
    fn least_gap(&self) -> f64 {
        let of = |call: usize| {
            self.departures[call].map_or_else(|| self.stay_after(call, 0.0).total(), |departures| 1.0 / departures)
        };
        (0..self.mixes.len()).map(of).fold(0.0, f64::max)
    }

    /// Finds the rounds with the waits for berths that are known.
    fn settle(&mut self) {
        let in_order = super::open::in_order(self.fleet.failure.as_ref());
        let vessels = self.vessels * in_order;
        let round = |gap: f64| {
            let calls = 0..self.mixes.len();
            self.fixed() + calls.map(|call| self.handling(call, 1.0 / gap) + self.stay(call, gap).total()).sum::<f64>()
        };
        let mut low = self.least_gap().max(1.0);
        let mut high = low.max(round(low) / vessels.max(f64::MIN_POSITIVE));
        if vessels <= 0.0 || !high.is_finite() {
            self.rounds = 0.0;
            return;
        }
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if round(middle) > middle * vessels { low = middle } else { high = middle }
        }
        self.rounds = 1.0 / high;
        self.stays = (0..self.mixes.len()).map(|call| self.stay(call, high)).collect();
    }

    /// Calls a millisecond at a berth of a call, how long each holds it, and how long it waits for it.
    fn call(&self, model: &Model, call: usize, berth: StationId) -> (f64, f64, f64) {
        let mooring = passage(&model.stations[berth.index()], vessel_body());
        let time = mooring + self.handling(call, self.rounds) + self.stays[call].total();
        (self.rounds / self.fleet.calls[call].berths.len() as f64, time, self.queues[call])
    }
}

/// Mean and variance of numbers that are equally likely.
fn moments(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let number = values.clone().count().max(1) as f64;
    let mean = values.clone().sum::<f64>() / number;
    (mean, values.map(|value| (value - mean) * (value - mean)).sum::<f64>() / number)
}

/// What calls at a berth, summed over fleets.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    /// Calls a millisecond.
    calls: f64,
    /// Vessels that hold it, in the mean; and the mean of the square of the time for which they do, by calls.
    holding: f64,
    residual: f64,
    /// Vessels that wait for it, in the mean.
    waiting: f64,
}

impl Held {
    fn add(&mut self, calls: f64, time: f64, wait: f64) {
        self.calls += calls;
        self.holding += calls * time;
        self.residual += calls * time * time;
        self.waiting += calls * wait;
    }
}

/// Berths as queues of vessels.
pub(super) struct Berths {
    /// By station: what calls there.
    held: Vec<Held>,
    closed: Vec<ClosedSpells>,
    /// By station; infinite where none are needed. A closure stops coming in, and not the work on who is in.
    servers: Vec<f64>,
}

impl Berths {
    /// Berths and fleets that agree with each other: waits make rounds longer, longer rounds make fewer calls.
    pub(super) fn settled(model: &Model, open: &Openness, fleets: &mut [AtWork<'_>]) -> Self {
        let stations = 0..model.stations.len();
        let servers = |station: usize| model.stations[station].servers.map_or(f64::INFINITY, f64::from);
        let mut berths = Self {
            held: vec![Held::default(); model.stations.len()],
            closed: stations.clone().map(|station| open.station_spell(station)).collect(),
            servers: stations.map(servers).collect(),
        };
        for _ in 0..SETTLING {
            fleets.iter_mut().for_each(AtWork::settle);
            berths.hold(model, fleets);
            for fleet in fleets.iter_mut() {
                for call in 0..fleet.queues.len() {
                    let (taken, closed) = berths.before(model, fleet, call);
                    fleet.queues[call] = f64::midpoint(fleet.queues[call], taken + closed.wait());
                }
            }
        }
        berths
    }

    fn hold(&mut self, model: &Model, fleets: &[AtWork<'_>]) {
        self.held.fill(Held::default());
        for fleet in fleets {
            for (at, call) in fleet.fleet.calls.iter().enumerate() {
                for &berth in &call.berths {
                    let (calls, time, wait) = fleet.call(model, at, berth);
                    self.held[berth.index()].add(calls, time, wait);
                }
            }
        }
    }

    /// What a vessel waits at a call for the best of its berths: taken, and shut.
    pub(super) fn before(&self, model: &Model, fleet: &AtWork<'_>, call: usize) -> (f64, ClosedSpells) {
        let berths = &fleet.fleet.calls[call].berths;
        let waits = berths.iter().map(|&berth| (self.wait(model, fleet, call, berth), self.closed[berth.index()]));
        let total = |wait: &(f64, ClosedSpells)| wait.0 + wait.1.wait();
        waits.min_by(|one, other| total(one).total_cmp(&total(other))).unwrap_or_default()
    }

    /// Mean value analysis: an arriving vessel meets the others, never itself (Reiser and Lavenberg 1980; of several vessels
    /// of a fleet as many as its share, Bard 1979). Several berths are one that is as many times as fast (Seidmann,
    /// Schweitzer and Shalev-Oren 1987).
    fn wait(&self, model: &Model, fleet: &AtWork<'_>, call: usize, berth: StationId) -> f64 {
        let (held, servers) = (self.held[berth.index()], self.servers[berth.index()]);
        if held.calls <= 0.0 || servers <= 0.0 || !servers.is_finite() {
            return 0.0;
        }
        let (calls, time, wait) = fleet.call(model, call, berth);
        let own = calls / fleet.vessels.max(1.0);
        let service = held.holding / held.calls / servers;
        let waiting = (held.waiting - own * wait).max(0.0);
        let residual = (held.residual - own * time * time).max(0.0) / (2.0 * servers * servers);
        waiting * service + residual
    }
}
