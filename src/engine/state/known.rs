//! What has happened so far, as far as it matters to those who switch.

use crate::ids::GateId;
use crate::model::Plan;
use crate::units::{Duration, SimTime};

/// What has happened so far, as far as it matters to those who switch. Nothing is kept where nobody may.
#[derive(Debug, Default)]
pub(in crate::engine) struct Known {
    /// By gate: when it closed, opened, closed …
    pub(in crate::engine) changes: Vec<Vec<SimTime>>,
    /// By ban: the sum of the milliseconds of its spells that are over, and of their squares.
    pub(in crate::engine) bans: Vec<(f64, f64)>,
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
    pub(in crate::engine) fn closed_since(&self, gate: GateId, seen: SimTime) -> Option<SimTime> {
        let changes = self.changes.get(gate.index())?;
        let number = changes.partition_point(|change| *change <= seen);
        (number % 2 == 1).then(|| changes[number - 1])
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
}
