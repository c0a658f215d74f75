//! What bounds a replication: events, events at one instant, memory, and a request to stop.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::event::Event;
use crate::units::SimTime;

/// A request to stop that any thread may make; copies share it.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks whoever looks to stop. A replication under way looks every thousand events.
    pub fn request(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// True once a stop was asked for.
    pub fn is_requested(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What bounds a replication.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Events after which a run counts as run away.
    pub events: u64,
    /// Bytes that the state of a replication may take; no bound if absent.
    pub memory: Option<u64>,
    /// Ends a replication under way with [`EngineError::Stopped`](crate::engine::EngineError::Stopped).
    pub cancel: Cancel,
}

impl Default for Limits {
    fn default() -> Self {
        Self { events: 2_000_000_000, memory: None, cancel: Cancel::default() }
    }
}

impl Limits {
    /// The usual bounds, and a request to stop.
    pub fn with_cancel(cancel: &Cancel) -> Self {
        Self { cancel: cancel.clone(), ..Self::default() }
    }
}

/// Watches the bounds of a run.
pub(super) struct Guard {
    pub(super) limits: Limits,
    /// Events handled so far at which it looks again.
    pub(super) next_look: u64,
    /// Events since the clock last moved, and arrivals among them: those at this moment.
    pub(super) at_instant: u64,
    pub(super) arrivals: u64,
    instant: SimTime,
    /// Who makes events while the clock stands still, once that counts as too long.
    pub(super) culprits: BTreeMap<String, u64>,
}

impl Guard {
    pub(super) const fn new(limits: Limits) -> Self {
        Self { limits, next_look: 0, at_instant: 0, arrivals: 0, instant: SimTime::ZERO, culprits: BTreeMap::new() }
    }

    /// Counts an event and says whether it is time to look at the bounds.
    #[inline]
    pub(super) fn counts(&mut self, last: SimTime, now: SimTime, event: Event, handled: u64) -> bool {
        if now == last {
            self.begin_instant(now);
            self.at_instant += 1;
            self.arrivals += u64::from(matches!(event, Event::Arrival { .. }));
        }
        if handled < self.next_look {
            return false;
        }
        self.begin_instant(now);
        true
    }

    /// What was counted at an earlier moment counts no more.
    fn begin_instant(&mut self, now: SimTime) {
        if self.instant != now {
            (self.instant, self.at_instant, self.arrivals) = (now, 0, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_one_instant_are_counted_until_the_clock_goes_on() {
        let mut guard = Guard::new(Limits::default());
        let (arrival, other) = (Event::Arrival { source: 0, priority: 1 }, Event::MonthEnd);
        let mut counted = Vec::new();
        let mut last = SimTime::ZERO;
        for (now, event) in [(0, arrival), (0, other), (5, arrival), (5, arrival), (5, arrival), (7, other)] {
            let now = SimTime::from_ms(now);
            assert!(guard.counts(last, now, event, 1));
            counted.push((guard.at_instant, guard.arrivals));
            last = now;
        }
        assert_eq!(counted, [(1, 1), (2, 1), (0, 0), (1, 1), (2, 2), (0, 0)]);
    }
}
