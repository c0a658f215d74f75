//! A replay in few bytes.
//!
//! Whole numbers of seven bits a byte, the lowest first, a set eighth bit saying that more follow; numbers that may be below 0 are
//! written in zigzag (0, -1, 1, -2 …). Times are steps from the one before. The reader is `web/replay/year.js`.

use super::{Closed, LOOK, Replay, Spell};

/// The least mass that is told of what waits, in kilograms.
const GRAIN: i64 = 50_000;

/// Bytes that grow.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn whole(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn signed(&mut self, value: i64) {
        self.whole(((value << 1) ^ (value >> 63)).cast_unsigned());
    }

    fn count(&mut self, list: &[impl Sized]) {
        self.whole(list.len() as u64);
    }

    /// Spells in order, each with a bit of its own.
    fn spells(&mut self, spells: impl ExactSizeIterator<Item = (Spell, bool)>) {
        self.whole(spells.len() as u64);
        let mut before = 0;
        for (spell, bit) in spells {
            self.signed(spell.from - before);
            self.whole(((spell.until - spell.from).cast_unsigned() << 1) | u64::from(bit));
            before = spell.from;
        }
    }

    fn series(&mut self, values: &[i64]) {
        let mut before = 0;
        for value in values.iter().map(|value| (value + GRAIN / 2) / GRAIN) {
            self.signed(value - before);
            before = value;
        }
    }
}

impl Replay {
    /// The replay in few bytes: ticks of the horizon, ticks between looks, kilograms of a grain; then runs by link, calls by node,
    /// what waits by node, and closures by node or link.
    pub fn packed(&self) -> Vec<u8> {
        let mut bytes = Bytes::default();
        for number in [self.ticks, LOOK, GRAIN] {
            bytes.whole(number.cast_unsigned());
        }
        bytes.count(&self.runs);
        for (link, runs) in &self.runs {
            bytes.whole(link.index() as u64);
            bytes.spells(runs.iter().map(|run| (run.spell, run.is_forward)));
        }
        bytes.count(&self.calls);
        for (node, spells) in &self.calls {
            bytes.whole(node.index() as u64);
            bytes.spells(spells.iter().map(|spell| (*spell, false)));
        }
        bytes.count(&self.waiting);
        for (node, values) in &self.waiting {
            bytes.whole(node.index() as u64);
            bytes.series(values);
        }
        bytes.count(&self.closures);
        for (closed, spells) in &self.closures {
            let (index, is_link) = match closed {
                Closed::Node(node) => (node.index(), false),
                Closed::Link(link) => (link.index(), true),
            };
            bytes.whole((index as u64) << 1 | u64::from(is_link));
            bytes.spells(spells.iter().map(|spell| (*spell, false)));
        }
        bytes.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{LinkId, NodeId};
    use crate::replay::Run;

    #[test]
    fn numbers_take_as_few_bytes_as_they_need() {
        let mut bytes = Bytes::default();
        for value in [0, 127, 128, 300] {
            bytes.whole(value);
        }
        for value in [0, -1, 1, -64, 64] {
            bytes.signed(value);
        }
        assert_eq!(bytes.0, [0, 127, 128, 1, 172, 2, 0, 1, 2, 127, 128, 1]);
    }

    #[test]
    fn times_are_steps_and_masses_grains() {
        let spell = |from, until| Spell { from, until };
        let replay = Replay {
            ticks: 96,
            runs: vec![(
                LinkId::new(3),
                vec![Run { spell: spell(-2, 5), is_forward: true }, Run { spell: spell(4, 8), is_forward: false }],
            )],
            calls: vec![(NodeId::new(1), vec![spell(0, 2)])],
            waiting: vec![(NodeId::new(1), vec![100_000, 160_000, 0])],
            closures: vec![(Closed::Link(LinkId::new(3)), vec![spell(7, 9)])],
        };
        let head = [96, 24, 0xd0, 0x86, 3];
        let runs = [1, 3, 2, 3, 15, 12, 8];
        let rest = [1, 1, 1, 0, 4, 1, 1, 4, 2, 5, 1, 7, 1, 14, 4];
        assert_eq!(replay.packed(), [&head[..], &runs, &rest].concat());
    }
}
