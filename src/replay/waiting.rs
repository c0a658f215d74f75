//! How much waits at each node, look by look.

use std::collections::BTreeMap;

use super::{Clock, LOOK};
use crate::ids::NodeId;
use crate::units::{Mass, SimTime};

/// How much waits at each node, looked at every [`LOOK`] ticks.
#[derive(Debug)]
pub(super) struct Waiting {
    clock: Clock,
    /// By node: by how much it is more at a look than at the one before.
    changes: BTreeMap<NodeId, Vec<i64>>,
}

impl Waiting {
    pub(super) const fn new(clock: Clock) -> Self {
        Self { clock, changes: BTreeMap::new() }
    }

    fn looks(&self) -> usize {
        (self.clock.ticks / LOOK + 1) as usize
    }

    /// The first look at or after a moment.
    fn look(&self, time: SimTime) -> usize {
        let ticks = self.clock.tick(time).clamp(0, self.clock.ticks + LOOK);
        ((ticks + LOOK - 1) / LOOK) as usize
    }

    /// So much waited there from one moment to another.
    pub(super) fn add(&mut self, node: NodeId, mass: Mass, from: SimTime, until: SimTime) {
        let (first, after, looks) = (self.look(from), self.look(until), self.looks());
        if first >= after.min(looks) {
            return;
        }
        let changes = self.changes.entry(node).or_insert_with(|| vec![0; looks]);
        changes[first] += mass.kg();
        if let Some(change) = changes.get_mut(after) {
            *change -= mass.kg();
        }
    }

    /// By node: kilograms at each look.
    pub(super) fn at_looks(self) -> Vec<(NodeId, Vec<i64>)> {
        let summed = |changes: Vec<i64>| {
            let mut now = 0;
            let at_look = |change| {
                now += change;
                now
            };
            changes.into_iter().map(at_look).collect()
        };
        self.changes.into_iter().map(|(node, changes)| (node, summed(changes))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::TICK;

    #[test]
    fn who_waits_at_a_look_is_counted_there() {
        let clock = Clock { start: SimTime::ZERO, ticks: 3 * LOOK };
        let mut waiting = Waiting::new(clock);
        let at = |ticks: i64| SimTime::from_ms(ticks * TICK.ms());
        let (node, mass) = (NodeId::new(0), Mass::from_kg);
        waiting.add(node, mass(1), at(-5), at(1));
        waiting.add(node, mass(10), at(LOOK - 1), at(2 * LOOK));
        waiting.add(node, mass(100), at(LOOK + 1), at(9 * LOOK));
        waiting.add(node, mass(1000), at(LOOK + 1), at(LOOK + 2));
        waiting.add(NodeId::new(1), mass(1000), at(-9), at(-1));
        assert_eq!(waiting.at_looks(), [(node, vec![1, 10, 100, 100])]);
    }
}
