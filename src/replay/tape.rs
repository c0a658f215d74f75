//! What is booked to one body at one moment, laid out in time.

use super::who::Who;
use crate::ids::{CellId, NodeId};
use crate::units::{Duration, Mass, SimTime};

/// Bookings to one body at one moment: they passed one after another, and the last of them ends then.
#[derive(Debug, Default)]
pub(super) struct Tape {
    of: Option<(SimTime, Who)>,
    place: Option<NodeId>,
    mass: Mass,
    parts: Vec<(CellId, Duration)>,
}

/// A part of a body's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) cell: CellId,
    pub(super) from: SimTime,
    pub(super) until: SimTime,
}

impl Tape {
    pub(super) fn is_of(&self, time: SimTime, who: Who) -> bool {
        self.of == Some((time, who))
    }

    /// A tape for a body at a place, on which nothing is yet.
    pub(super) const fn of(time: SimTime, who: Who, place: Option<NodeId>, mass: Mass) -> Self {
        Self { of: Some((time, who)), place, mass, parts: Vec::new() }
    }

    pub(super) fn add(&mut self, cell: CellId, time: Duration) {
        self.parts.push((cell, time));
    }

    /// Where and how much the body is, and its parts from the first on; none where the place is not known.
    pub(super) fn parts(&self) -> impl Iterator<Item = (NodeId, Mass, Part)> + '_ {
        let all: Duration = self.parts.iter().map(|part| part.1).sum();
        let known = self.of.zip(self.place).map(|((end, _), place)| (end.before(all), place));
        known.into_iter().flat_map(move |(mut from, place)| {
            self.parts.iter().map(move |&(cell, time)| {
                let until = from.after(time);
                let part = Part { cell, from, until };
                from = until;
                (place, self.mass, part)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_booked_together_passed_one_after_another() {
        let (time, place, mass) = (SimTime::from_ms(100), NodeId::new(2), Mass::from_kg(7));
        let mut tape = Tape::of(time, Who::Train(1), Some(place), mass);
        tape.add(CellId::new(0), Duration::from_ms(30));
        tape.add(CellId::new(1), Duration::from_ms(10));
        let part = |cell, from, until| {
            let part = Part { cell: CellId::new(cell), from: SimTime::from_ms(from), until: SimTime::from_ms(until) };
            (place, mass, part)
        };
        assert_eq!(tape.parts().collect::<Vec<_>>(), [part(0, 60, 90), part(1, 90, 100)]);
        assert_eq!(Tape::of(time, Who::Train(1), None, mass).parts().count(), 0);
        assert!(tape.is_of(time, Who::Train(1)) && !tape.is_of(time, Who::Train(2)));
    }
}
