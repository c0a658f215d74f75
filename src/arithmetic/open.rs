//! Which share of the time things are open, closures and failures counted.

use super::queue::residual;
use crate::model::{Clock, Failure, Gate, GateClock, Hours, Model, OpenSpell};
use crate::random::Distribution;
use crate::units::{SimTime, Spell};

/// Closed spells, as somebody meets them who comes at any moment.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ClosedSpells {
    /// The share of the time closed.
    share: f64,
    /// The mean of the wait for the end, of those who come while it is open counted as 0.
    wait: f64,
    /// The mean of its square.
    square: f64,
}

impl ClosedSpells {
    /// The share of the time in which it is open.
    pub(super) fn open(self) -> f64 {
        1.0 - self.share
    }

    /// Closed for a share of the time; then the wait has this mean, and this mean of its square.
    pub(super) fn of(share: f64, wait: f64, square: f64) -> Self {
        Self { share, wait: share * wait, square: share * square }
    }

    /// Closed for a share of the time, in spells of a law whose residual wait counts as exponential.
    fn of_law(share: f64, closed: &Distribution) -> Self {
        let wait = residual(closed.mean(), closed.variance());
        Self::of(share, wait, 2.0 * wait * wait)
    }

    /// The mean wait of all.
    pub(super) const fn wait(&self) -> f64 {
        self.wait
    }

    /// The variance of the wait of all.
    pub(super) fn variance(&self) -> f64 {
        (self.square - self.wait * self.wait).max(0.0)
    }

    /// As those meet it who saw it open so long ago: of a chain of two states whose closed spells are exponential.
    pub(super) fn since_open(self, ms: f64) -> Self {
        if self.share <= 0.0 || self.share >= 1.0 || self.wait <= 0.0 {
            return self;
        }
        let memory = self.wait / self.share * (1.0 - self.share);
        let part = -libm::expm1(-ms / memory);
        Self { share: part * self.share, wait: part * self.wait, square: part * self.square }
    }

    /// The mean of several, one more with its weight.
    pub(super) fn plus(self, other: Self, weight: f64) -> Self {
        Self {
            share: self.share + weight * other.share,
            wait: self.wait + weight * other.wait,
            square: self.square + weight * other.square,
        }
    }

    /// Both kinds of spells, independent of each other.
    fn and(self, other: Self) -> Self {
        Self {
            share: 1.0 - (1.0 - self.share) * (1.0 - other.share),
            wait: self.wait + other.wait,
            square: self.square + other.square + 2.0 * self.wait * other.wait,
        }
    }

    /// The mean of several over the horizon.
    fn over_horizon(clock: &Clock, by_month: impl Fn(usize) -> Self) -> Self {
        Self {
            share: over_horizon(clock, |month| by_month(month).share),
            wait: over_horizon(clock, |month| by_month(month).wait),
            square: over_horizon(clock, |month| by_month(month).square),
        }
    }
}

/// What gates close, and for how long.
#[derive(Clone, Debug)]
pub(super) struct Openness {
    stations: Vec<ClosedSpells>,
    lines: Vec<[ClosedSpells; 2]>,
    /// By fleet and call.
    sailings: Vec<Vec<ClosedSpells>>,
}

impl Openness {
    /// Gates of one thing count as independent of each other.
    pub(super) fn of(model: &Model, clock: &Clock) -> Self {
        let mut open = Self {
            stations: vec![ClosedSpells::default(); model.stations.len()],
            lines: vec![[ClosedSpells::default(); 2]; model.lines.len()],
            sailings: model.fleets.iter().map(|fleet| vec![ClosedSpells::default(); fleet.calls.len()]).collect(),
        };
        for (index, gate) in model.gates.iter().enumerate() {
            open.apply(gate, closed(model, index, gate, clock));
        }
        open
    }

    fn apply(&mut self, gate: &Gate, spell: ClosedSpells) {
        let add = |known: &mut ClosedSpells| *known = known.and(spell);
        gate.stations.iter().for_each(|station| add(&mut self.stations[station.index()]));
        for (line, direction) in &gate.lines {
            add(&mut self.lines[line.index()][usize::from(*direction)]);
        }
        for (fleet, call) in &gate.sailings {
            add(&mut self.sailings[fleet.index()][*call as usize]);
        }
    }

    pub(super) fn station(&self, index: usize) -> f64 {
        1.0 - self.stations[index].share
    }

    pub(super) fn line(&self, index: usize, direction: usize) -> f64 {
        1.0 - self.lines[index][direction].share
    }

    pub(super) fn sailing(&self, fleet: usize, call: usize) -> f64 {
        1.0 - self.sailings[fleet][call].share
    }

    pub(super) fn station_spell(&self, index: usize) -> ClosedSpells {
        self.stations[index]
    }

    pub(super) fn line_spell(&self, index: usize, direction: usize) -> ClosedSpells {
        self.lines[index][direction]
    }

    pub(super) fn sailing_spell(&self, fleet: usize, call: usize) -> ClosedSpells {
        self.sailings[fleet][call]
    }
}

fn closed(model: &Model, index: usize, gate: &Gate, clock: &Clock) -> ClosedSpells {
    match &gate.clock {
        GateClock::Windows(windows) => in_windows(windows, clock),
        GateClock::Renewal { open, closed } => ClosedSpells::over_horizon(clock, |month| {
            ClosedSpells::of_law(share_in(&open[month], &closed[month]), &closed[month])
        }),
        GateClock::Member => {
            let groups = model.storms.iter().flat_map(|group| group.members.iter().map(move |member| (group, member)));
            let own = groups.into_iter().find(|(_, (gate, _))| gate.index() == index);
            own.map_or_else(ClosedSpells::default, |(group, (_, shares))| {
                ClosedSpells::over_horizon(clock, |month| ClosedSpells::of_law(shares[month], &group.closed[month]))
            })
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

/// What of the horizon lies in the windows.
fn in_windows(windows: &[Spell], clock: &Clock) -> ClosedSpells {
    let lengths: Vec<f64> = windows
        .iter()
        .map(|spell| spell.until.min(clock.horizon_end).since(spell.from.max(clock.start)).ms().max(0) as f64)
        .collect();
    let horizon = clock.horizon_end.since(clock.start).ms() as f64;
    if horizon <= 0.0 {
        return ClosedSpells::default();
    }
    let powers = |power: i32| lengths.iter().map(|length| length.powi(power)).sum::<f64>() / horizon;
    ClosedSpells { share: powers(1), wait: powers(2) / 2.0, square: powers(3) / 3.0 }
}

/// The spells of a horizon in which nothing begins because of the hours.
pub(super) fn outside_hours(hours: Option<&Hours>, clock: &Clock) -> ClosedSpells {
    let Some(hours) = hours else { return ClosedSpells::default() };
    let ends = hours.open().iter().map(|spell| spell.until);
    let begins = hours.open().iter().map(|spell| spell.from);
    let from = std::iter::once(SimTime::ZERO).chain(ends);
    let between = from.zip(begins.chain([clock.end])).map(|(from, until)| Spell { from, until });
    let shut: Vec<Spell> = between.filter(|spell| spell.from < spell.until).collect();
    in_windows(&shut, clock)
}

/// The share of the time in which something is in order.
pub(super) fn in_order(failure: Option<&Failure>) -> f64 {
    failure.map_or(1.0, |failure| 1.0 - share_closed(&failure.up, &failure.down))
}
