//! Which share of the time things are open, closures and failures counted.

use crate::plan::Clock;
use crate::plan::model::{Failure, Gate, GateClock, Hours, Model, OpenSpell};
use crate::random::Distribution;
use crate::units::{MS_PER_DAY, SimTime};

/// Shares of the time that gates leave open.
#[derive(Clone, Debug)]
pub(super) struct Openness {
    stations: Vec<f64>,
    lines: Vec<[f64; 2]>,
    /// By fleet and call.
    sailings: Vec<Vec<f64>>,
}

impl Openness {
    /// Gates of one thing count as independent of each other.
    pub(super) fn of(model: &Model, clock: &Clock) -> Self {
        let mut open = Self {
            stations: vec![1.0; model.stations.len()],
            lines: vec![[1.0; 2]; model.lines.len()],
            sailings: model.fleets.iter().map(|fleet| vec![1.0; fleet.calls.len()]).collect(),
        };
        for (index, gate) in model.gates.iter().enumerate() {
            let share = 1.0 - closed_share(model, index, gate, clock);
            open.apply(gate, share);
        }
        open
    }

    fn apply(&mut self, gate: &Gate, share: f64) {
        for station in &gate.stations {
            self.stations[station.index()] *= share;
        }
        for (line, direction) in &gate.lines {
            self.lines[line.index()][usize::from(*direction)] *= share;
        }
        for (fleet, call) in &gate.sailings {
            self.sailings[fleet.index()][*call as usize] *= share;
        }
    }

    pub(super) fn station(&self, index: usize) -> f64 {
        self.stations[index]
    }

    pub(super) fn line(&self, index: usize, direction: usize) -> f64 {
        self.lines[index][direction]
    }

    pub(super) fn sailing(&self, fleet: usize, call: usize) -> f64 {
        self.sailings[fleet][call]
    }
}

fn closed_share(model: &Model, index: usize, gate: &Gate, clock: &Clock) -> f64 {
    match &gate.clock {
        GateClock::Windows(windows) => share_of_windows(windows, clock),
        GateClock::Renewal { open, closed } => over_horizon(clock, |month| share_in(&open[month], &closed[month])),
        GateClock::Member => {
            let mut members = model.storms.iter().flat_map(|group| &group.members);
            let own = members.find(|(gate, _)| gate.index() == index);
            own.map_or(0.0, |(_, shares)| over_horizon(clock, |month| shares[month]))
        }
    }
}

fn share_closed(open: &Distribution, closed: &Distribution) -> f64 {
    let both = open.mean() + closed.mean();
    if both > 0.0 { closed.mean() / both } else { 0.0 }
}

/// The share of a month closed: open spells of mean 1 ÷ rate between closed ones.
fn share_in(open: &OpenSpell, closed: &Distribution) -> f64 {
    let closings = open.rate() * closed.mean();
    if closings.is_finite() { closings / (1.0 + closings) } else { 1.0 }
}

/// The mean over the horizon of what is known by month, 0 = January.
fn over_horizon(clock: &Clock, by_month: impl Fn(usize) -> f64) -> f64 {
    let ends = clock.months.iter().skip(1).map(|month| month.start).chain([SimTime::MAX]);
    let total = clock.months.iter().zip(ends).map(|(month, end)| {
        let (from, until) = (month.start.max(clock.start), end.min(clock.horizon_end));
        until.since(from).ms().max(0) as f64 * by_month(usize::from(month.month0))
    });
    let horizon = clock.horizon_end.since(clock.start).ms() as f64;
    if horizon > 0.0 { total.sum::<f64>() / horizon } else { 0.0 }
}

/// The part of the horizon that lies in the windows.
fn share_of_windows(windows: &[(SimTime, SimTime)], clock: &Clock) -> f64 {
    let within = |&(from, until): &(SimTime, SimTime)| {
        until.min(clock.horizon_end).since(from.max(clock.start)).ms().max(0) as f64
    };
    let horizon = clock.horizon_end.since(clock.start).ms() as f64;
    if horizon > 0.0 { windows.iter().map(within).sum::<f64>() / horizon } else { 0.0 }
}

/// The part of the day within the hours.
pub(super) fn share_of_day(hours: Option<Hours>) -> f64 {
    hours.map_or(1.0, |hours| {
        let open = (hours.closes.ms() - hours.opens.ms()).rem_euclid(MS_PER_DAY);
        if open == 0 { 1.0 } else { open as f64 / MS_PER_DAY as f64 }
    })
}

/// The share of the time in which something is in order.
pub(super) fn in_order(failure: Option<&Failure>) -> f64 {
    failure.map_or(1.0, |failure| 1.0 - share_closed(&failure.up, &failure.down))
}
