//! What is known of closures and bans: how they were some time ago, and what has been announced.

use crate::engine::observer::Observer;
use crate::engine::world::World;
use crate::ids::GateId;
use crate::model::{GateClock, Plan};
use crate::random::Distribution;
use crate::units::{Duration, SimTime};

/// What has happened so far, as far as it matters to those who switch. Nothing is kept where nobody may.
#[derive(Debug, Default)]
pub(in crate::engine) struct Known {
    /// By gate: when it closed, opened, closed …
    changes: Vec<Vec<SimTime>>,
    /// By ban: the sum of the milliseconds of its spells that are over, and of their squares.
    bans: Vec<(f64, f64)>,
}

impl Known {
    pub(in crate::engine) fn new(plan: &Plan) -> Self {
        if plan.reroutes.is_empty() {
            return Self::default();
        }
        let model = &plan.epochs[0].1;
        Self { changes: vec![Vec::new(); model.gates.len()], bans: vec![(0.0, 0.0); model.bans.len()] }
    }

    /// A gate closes or opens.
    pub(in crate::engine) fn gate_changes(&mut self, gate: usize, now: SimTime) {
        if let Some(changes) = self.changes.get_mut(gate) {
            changes.push(now);
        }
    }

    /// A ban has ended that was in effect for so long.
    pub(in crate::engine) fn ban_ended(&mut self, ban: usize, spell: Duration) {
        if let Some((sum, squares)) = self.bans.get_mut(ban) {
            let ms = spell.ms() as f64;
            *sum += ms;
            *squares += ms * ms;
        }
    }

    /// Since when a gate was closed, seen at a moment.
    fn closed_since(&self, gate: GateId, seen: SimTime) -> Option<SimTime> {
        let changes = self.changes.get(gate.index())?;
        let number = changes.partition_point(|change| *change <= seen);
        (number % 2 == 1).then(|| changes[number - 1])
    }
}

/// The mean of what is left of a spell that one meets: E[D²] ÷ 2 E[D].
fn residual(law: &Distribution) -> f64 {
    let mean = law.mean();
    if mean > 0.0 { (law.variance() + mean * mean) / (2.0 * mean) } else { 0.0 }
}

impl<O: Observer> World<'_, O> {
    /// Milliseconds for which who comes to gates after `ms` expects to find one of them closed.
    pub(super) fn closed_for(&self, gates: &[GateId], ms: f64, delay: Duration) -> f64 {
        gates.iter().map(|&gate| self.gate_closed_for(gate, ms, delay)).fold(0.0, f64::max)
    }

    fn gate_closed_for(&self, gate: GateId, ms: f64, delay: Duration) -> f64 {
        let seen = self.now.before(delay);
        match &self.model.gates[gate.index()].clock {
            GateClock::Windows(windows) => {
                let there = self.now.ms() as f64 + ms;
                let announced = self.plan.reroutes.announced[gate.index()];
                let is_known = |from: SimTime| announced == Duration::MAX || from.before(announced) <= seen;
                let met = windows
                    .iter()
                    .filter(|(from, until)| is_known(*from) && from.ms() as f64 <= there && there < until.ms() as f64);
                met.map(|(_, until)| until.ms() as f64 - there).fold(0.0, f64::max)
            }
            GateClock::Renewal { closed, .. } => self.left_of_spell(gate, closed, seen, ms),
            GateClock::Member => {
                let group = self.model.storms.iter().find(|group| group.members.iter().any(|(one, _)| *one == gate));
                group.map_or(0.0, |group| self.left_of_spell(gate, &group.closed, seen, ms))
            }
        }
    }

    /// What is left, when one comes there, of a spell that was closed when it was last seen: by the law of the month in which
    /// it began, as nobody knows its end.
    fn left_of_spell(&self, gate: GateId, closed: &[Distribution], seen: SimTime, ms: f64) -> f64 {
        let Some(since) = self.known.closed_since(gate, seen) else { return 0.0 };
        let clock = &self.plan.clock;
        let month = clock.months[clock.month_at(since)].month0 as usize;
        (residual(&closed[month]) - ms).max(0.0)
    }

    /// Milliseconds for which a ban is expected to last, once it is known: by its spells so far in this year, or where none
    /// is over as long again as it has lasted.
    pub(super) fn ban_lasts(&self, ban: usize, delay: Duration) -> f64 {
        let state = &self.bans[ban];
        let lasted = self.now.since(state.since);
        let Some(&(sum, squares)) = self.known.bans.get(ban).filter(|_| state.in_effect && lasted >= delay) else {
            return 0.0;
        };
        if sum > 0.0 { squares / (2.0 * sum) } else { lasted.ms() as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> SimTime {
        SimTime::from_ms(ms)
    }

    #[test]
    fn what_is_seen_is_the_state_of_that_moment() {
        let mut known = Known { changes: vec![Vec::new()], bans: Vec::new() };
        for change in [10, 20, 30] {
            known.gate_changes(0, at(change));
        }
        let seen = |ms| known.closed_since(GateId::new(0), at(ms)).map(SimTime::ms);
        assert_eq!([seen(9), seen(10), seen(19), seen(20), seen(35)], [None, Some(10), Some(10), None, Some(30)]);
    }

    /// Of a constant spell half is left, of an exponential one all of its mean.
    #[test]
    fn what_is_left_of_a_spell_that_one_meets() {
        assert!((residual(&Distribution::constant(8.0).unwrap()) - 4.0).abs() < 1e-12);
        assert!((residual(&Distribution::exponential(8.0).unwrap()) - 8.0).abs() < 1e-12);
    }
}
