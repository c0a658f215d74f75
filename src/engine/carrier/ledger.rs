//! The time that what is aboard a vessel shares.

use crate::engine::outcome::Segment;
use crate::ids::CellId;
use crate::units::SimTime;

/// Cells in which time of a vessel's cargo passed that is not booked to all of it.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// Each with the moment until which it did.
    entries: Vec<(CellId, SimTime)>,
    /// What passed since the moment that was asked for last.
    since: SimTime,
    passed: Vec<Segment>,
}

impl Ledger {
    /// Closes the present stretch: up to a moment, time passed in a cell.
    #[inline]
    pub(super) fn pass(&mut self, cell: CellId, until: SimTime) {
        match self.entries.last_mut() {
            Some(last) if last.1 >= until => return,
            // One entry however many board meanwhile.
            Some(last) if last.0 == cell => last.1 = until,
            _ => self.entries.push((cell, until)),
        }
        self.passed.clear();
    }

    /// Forgets what has been booked to all.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.passed.clear();
    }

    /// What passed since a moment, a segment a cell: nobody asks for the order, and thousands aboard that each kept thousands of
    /// segments would fill the memory. It is added up once for all who boarded at one moment, or were booked at one.
    #[inline]
    pub(super) fn since(&mut self, from: SimTime) -> &[Segment] {
        if self.passed.is_empty() || self.since != from {
            self.add_up(from);
        }
        &self.passed
    }

    #[inline(never)]
    fn add_up(&mut self, from: SimTime) {
        self.since = from;
        self.passed.clear();
        let mut at = from;
        for &(cell, end) in &self.entries {
            if end > at {
                let time = end.since(at);
                match self.passed.iter_mut().find(|segment| segment.cell == cell) {
                    Some(segment) => segment.time += time,
                    None => self.passed.push(Segment { cell, time }),
                }
                at = end;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_takes_what_passed_since_it_boarded() {
        let (at, cell) = (SimTime::from_ms, CellId::new);
        let mut ledger = Ledger::default();
        for (which, until) in [(0, 7), (1, 8), (0, 10), (1, 9)] {
            ledger.pass(cell(which), at(until));
        }
        let times = |segments: &[Segment]| -> Vec<_> {
            segments.iter().map(|segment| (segment.cell.index(), segment.time.ms())).collect()
        };
        assert_eq!(times(ledger.since(at(6))), [(0, 3), (1, 1)]);
        assert_eq!(times(ledger.since(at(6))), [(0, 3), (1, 1)]);
        assert_eq!(times(ledger.since(at(7))), [(1, 1), (0, 2)]);
        // What passes later belongs to who was asked for before as well.
        ledger.pass(cell(0), at(12));
        assert_eq!(times(ledger.since(at(7))), [(1, 1), (0, 4)]);
        ledger.clear();
        assert!(ledger.since(at(7)).is_empty());
    }
}
