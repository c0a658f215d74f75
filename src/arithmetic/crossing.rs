//! Crossings aboard vessels: how often they sail, how long cargo waits for them, how long it is aboard.
//!
//! Cargo waits for the next departure. Where a departure takes many units, the queue is one of bulk service (Bailey 1954):
//! what a full vessel leaves behind is the maximum of a random walk ([`left_behind`]). What is of lower priority sees the
//! queue of all that is not behind it, less that of those before it.

use std::collections::BTreeMap;

use super::asked::Asked;
use super::open::{ClosedSpells, Openness};
use super::queue::{left_behind, residual};
use super::rounds::{AtWork, Berths};
use super::vessels::{berth_ms, share_of};
use crate::ids::{CargoId, LegId};
use crate::model::{Fleet, Model, Plan, Timetable};

/// What a fleet does at one of its ports, and on the leg that begins there. Times are milliseconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Crossing {
    /// Departures a millisecond.
    pub(super) departures: f64,
    /// Until the vessel that takes the cargo is ready to be loaded, or has what it waits for: mean and variance.
    pub(super) wait: (f64, f64),
    /// By priority: what full vessels add to it.
    pub(super) behind: BTreeMap<u8, f64>,
    /// Being loaded, and the pilotage of the vessel before it.
    pub(super) loading: f64,
    /// Waiting for weather, aboard.
    pub(super) closed: ClosedSpells,
    /// Failed, aboard: mean and variance.
    pub(super) down: (f64, f64),
    pub(super) sailing: (f64, f64),
    /// Waiting for a berth at the other port that is taken, and that is shut.
    pub(super) berth: f64,
    pub(super) berth_closed: ClosedSpells,
    /// Being unloaded there, with the pilotage before it.
    pub(super) unloading: f64,
}

/// All crossings, by fleet and call.
pub(super) struct Crossings(Vec<Vec<Crossing>>);

impl Crossings {
    pub(super) fn of(plan: &Plan, model: &Model, asked: &Asked, open: &Openness, span: f64) -> Self {
        let mut fleets: Vec<AtWork<'_>> =
            (0..model.fleets.len()).map(|index| AtWork::new(plan, model, asked, open, index)).collect();
        let berths = Berths::settled(model, open, &mut fleets);
        Self(fleets.iter().map(|fleet| fleet.crossings(&berths, span)).collect())
    }

    /// How many bodies of a stream one vessel lands.
    pub(super) fn landed(&self, model: &Model, leg: LegId, cargo: CargoId, bodies_per_ms: f64) -> f64 {
        let departures = self.on(model, leg, cargo).map_or(0.0, |crossing| crossing.departures);
        if departures > 0.0 { (bodies_per_ms / departures).max(1.0) } else { 1.0 }
    }

    /// The crossing of a cargo on a leg: of several fleets the mean by departures, and the wait for the first of any.
    pub(super) fn on(&self, model: &Model, leg: LegId, cargo: CargoId) -> Option<Crossing> {
        let calls = model.fleets.iter().zip(&self.0).flat_map(|(fleet, crossings)| {
            let carries = fleet.room_per_milli[cargo.index()] > 0;
            let calls = fleet.calls.iter().zip(crossings).filter(move |(call, _)| carries && call.leg == leg);
            calls.map(|(_, crossing)| crossing)
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

fn merged(all: &[&Crossing]) -> Option<Crossing> {
    let weight: f64 = all.iter().map(|one| one.departures).sum();
    if all.len() < 2 || weight <= 0.0 {
        return all.first().map(|one| (*one).clone());
    }
    let mean = |of: &dyn Fn(&Crossing) -> f64| all.iter().map(|one| one.departures * of(one)).sum::<f64>() / weight;
    let both = |of: &dyn Fn(&Crossing) -> (f64, f64)| (mean(&|one| of(one).0), mean(&|one| of(one).1));
    let first = |of: &dyn Fn(&Crossing) -> f64| 1.0 / all.iter().map(|one| 1.0 / of(one).max(1.0)).sum::<f64>();
    let wait = first(&|one| one.wait.0);
    let ratio = wait / mean(&|one| one.wait.0).max(1.0);
    let priorities = all.iter().flat_map(|one| one.behind.keys());
    Some(Crossing {
        departures: weight,
        wait: (wait, mean(&|one| one.wait.1) * ratio * ratio),
        behind: priorities.map(|&priority| (priority, mean(&|one| one.behind(priority)))).collect(),
        loading: mean(&|one| one.loading),
        closed: all.iter().fold(ClosedSpells::default(), |spell, one| spell.plus(one.closed, one.departures / weight)),
        down: both(&|one| one.down),
        sailing: both(&|one| one.sailing),
        berth: mean(&|one| one.berth),
        berth_closed: all
            .iter()
            .fold(ClosedSpells::default(), |spell, one| spell.plus(one.berth_closed, one.departures / weight)),
        unloading: mean(&|one| one.unloading),
    })
}

impl Crossing {
    /// What full vessels add to the wait of a priority: where none of it boards, that of the last before it.
    pub(super) fn behind(&self, priority: u8) -> f64 {
        self.behind.range(..=priority).next_back().map_or(0.0, |(_, &wait)| wait)
    }

    /// The whole mean, of the middle priority.
    pub(super) fn total(&self, priority: u8) -> f64 {
        let waits = self.wait.0 + self.behind(priority) + self.berth + self.berth_closed.wait();
        waits + self.loading + self.closed.wait() + self.down.0 + self.sailing.0 + self.unloading
    }
}

impl AtWork<'_> {
    fn crossings(&self, berths: &Berths, span: f64) -> Vec<Crossing> {
        (0..self.mixes.len()).map(|call| self.crossing(call, berths, span)).collect()
    }

    fn crossing(&self, call: usize, berths: &Berths, span: f64) -> Crossing {
        let next = (call + 1) % self.mixes.len();
        let aboard = self.aboard(call, self.rounds);
        // Who boards a vessel that waits for more is loaded meanwhile.
        let there = (self.stays[call].total() / self.gap(call).0).min(1.0);
        let loading = |room: f64| berth_ms(&self.fleet.calls[call].load, room, &self.mixes[call]);
        let (berth, berth_closed) = berths.before(self.model, self, next);
        Crossing {
            departures: self.rounds,
            wait: self.wait(call),
            behind: self.behind(call, span),
            loading: (1.0 - there) * loading(aboard) + there * loading(self.boardings[call].size().min(aboard)),
            closed: self.weather(call),
            down: self.down(),
            sailing: self.sailing(call),
            berth,
            berth_closed,
            unloading: self.pilotage(next) + berth_ms(&self.fleet.calls[next].unload, aboard, &self.mixes[call]),
        }
    }

    /// The gap between departures, and how unlike these gaps are. Many vessels that do not know of each other come like
    /// Poisson's.
    fn gap(&self, call: usize) -> (f64, f64) {
        match (&self.fleet.calls[call].timetable, self.departures[call]) {
            (Some(timetable), Some(departures)) => (1.0 / departures.min(self.rounds), timetable_cv2(timetable)),
            _ => (1.0 / self.rounds, 1.0 - (1.0 - self.round_cv2()) / self.vessels.max(1.0)),
        }
    }

    /// Of cargo that comes while no vessel is there, that finds an empty one, and that finds one that waits for more.
    fn wait(&self, call: usize) -> (f64, f64) {
        if self.rounds <= 0.0 {
            return (0.0, 0.0);
        }
        let (gap, cv2) = self.gap(call);
        let stay = self.stays[call];
        let absent = (gap - stay.empty - stay.for_more).max(0.0);
        let next = residual(absent, cv2 * absent * absent) + stay.for_more;
        let parts = [(absent, next), (stay.empty, stay.for_more), (stay.for_more, stay.for_more / 2.0)];
        let all: f64 = parts.iter().map(|(part, _)| part).sum();
        let mean = |of: &dyn Fn(f64) -> f64| parts.iter().map(|(part, wait)| part * of(*wait)).sum::<f64>() / all;
        let wait = mean(&|wait| wait);
        (wait, mean(&|wait| 4.0 / 3.0 * wait * wait) - wait * wait)
    }

    /// By priority: what full vessels add. Where cargo waits vessels do not, so departures follow each other as if none did.
    /// Over many gaps the number of departures varies as rounds do, however unlike single gaps are (Whitt 1983, the
    /// asymptotic method).
    fn behind(&self, call: usize, span: f64) -> BTreeMap<u8, f64> {
        let mut behind = BTreeMap::new();
        if self.rounds <= 0.0 {
            return behind;
        }
        let gap = (self.gap(call).0 - self.stays[call].total()).max(1.0);
        let cv2 = self.fleet.calls[call].timetable.as_ref().map_or(self.round_cv2(), timetable_cv2);
        let (room, room_variance) = self.room_at(call);
        let (mut rate, mut squares, mut before) = (0.0, 0.0, 0.0);
        for (&priority, &(units, of_squares)) in &self.boardings[call].classes {
            rate += units;
            squares += of_squares;
            let variance = squares * gap + rate * rate * gap * gap * cv2 + room_variance;
            let all = left_behind(room - rate * gap, variance.sqrt(), span / gap);
            let wait = if units > 0.0 { (all - before).max(0.0) / units } else { 0.0 };
            behind.insert(priority, wait.min(span / 2.0));
            before = all;
        }
        behind
    }
}

fn timetable_cv2(timetable: &Timetable) -> f64 {
    match timetable {
        Timetable::Every { every, .. } => every.variance() / (every.mean() * every.mean()),
        Timetable::Times(_) => 0.0,
    }
}
