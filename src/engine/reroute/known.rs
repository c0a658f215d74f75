//! What is known of closures and bans: how they were some time ago, and what has been announced.

use crate::engine::observer::Observer;
use crate::engine::world::World;
use crate::ids::GateId;
use crate::model::GateClock;
use crate::random::Distribution;
use crate::units::{Duration, SimTime};

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
                let met = windows.iter().filter(|spell| {
                    is_known(spell.from) && spell.from.ms() as f64 <= there && there < spell.until.ms() as f64
                });
                met.map(|spell| spell.until.ms() as f64 - there).fold(0.0, f64::max)
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

    /// Of a constant spell half is left, of an exponential one all of its mean.
    #[test]
    fn what_is_left_of_a_spell_that_one_meets() {
        assert!((residual(&Distribution::constant(8.0).unwrap()) - 4.0).abs() < 1e-12);
        assert!((residual(&Distribution::exponential(8.0).unwrap()) - 8.0).abs() < 1e-12);
    }
}
