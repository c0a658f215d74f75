//! Use of places by month of the clock.

use std::ops::Sub;

use super::event::Event;
use super::observer::Observer;
use super::outcome::{FleetTally, MonthUse, Outcome, StationTally};
use super::world::World;
use crate::units::{Duration, SimTime};

impl<O: Observer> World<'_, O> {
    /// Schedules the next end of a month within the horizon; one at a time, as an event far ahead lengthens every walk through
    /// the event list.
    pub(super) fn schedule_month_end(&mut self) {
        let clock = &self.plan.clock;
        let after = self.now.max(clock.start);
        let next = clock.months.iter().map(|month| month.start).find(|start| *start > after);
        if let Some(start) = next.filter(|start| *start < clock.horizon_end) {
            self.events.schedule(start, Event::MonthEnd);
        }
    }

    /// A month, or what the horizon has of it, is over.
    pub(super) fn month_ends(&mut self) {
        if !self.account.in_horizon {
            return;
        }
        self.touch_all();
        let waited = self.waited();
        // The month of the last moment before now.
        let month = self.plan.clock.month_at(SimTime::from_ms(self.now.ms() - 1));
        let used = used_since(&mut self.account.used, &self.account.outcome, waited);
        self.account.outcome.months[month] = used;
    }
}

/// What the tallies have come to since they were as `before` has it, which then has what they are now.
fn used_since(before: &mut MonthUse, outcome: &Outcome, waited: Vec<i128>) -> MonthUse {
    let pools = outcome.pools.iter().map(|pool| [pool.taken + pool.returning, pool.size]);
    before.calls.resize(outcome.fleets.len(), Vec::new());
    let calls = before.calls.iter_mut().zip(&outcome.fleets);
    MonthUse {
        calls: calls.map(|(before, fleet)| since(before, of_calls(fleet), less)).collect(),
        stations: since(&mut before.stations, outcome.stations.iter().map(of_station), less),
        lines: since(&mut before.lines, outcome.lines.iter().map(|line| line.trains.map(i128::from)), less),
        pools: since(&mut before.pools, pools, less),
        storages: since(&mut before.storages, outcome.storages.iter().map(|storage| storage.room), i128::sub),
        fleets: since(&mut before.fleets, outcome.fleets.iter().map(of_fleet), less),
        queues: since(&mut before.queues, waited.into_iter(), i128::sub),
    }
}

/// What numbers have grown by since they were as `before` has them, which then has what they are now; what there was none of before
/// was nothing.
fn since<T: Copy + Default>(
    before: &mut Vec<T>,
    now: impl ExactSizeIterator<Item = T>,
    less: impl Fn(T, T) -> T,
) -> Vec<T> {
    before.resize(now.len(), T::default());
    before.iter_mut().zip(now).map(|(before, now)| less(now, std::mem::replace(before, now))).collect()
}

fn less([part, whole]: [i128; 2], [part_before, whole_before]: [i128; 2]) -> [i128; 2] {
    [part - part_before, whole - whole_before]
}

fn of_station(tally: &StationTally) -> [i128; 2] {
    let all = tally.busy + tally.blocked + tally.down + tally.closed + tally.idle;
    [tally.busy, all].map(milliseconds)
}

fn of_fleet(tally: &FleetTally) -> [i128; 2] {
    let used = tally.at_sea + tally.at_berth;
    [used, used + tally.waiting + tally.held + tally.down].map(milliseconds)
}

fn of_calls(tally: &FleetTally) -> impl ExactSizeIterator<Item = [i128; 2]> {
    tally.voyages.iter().zip(&tally.missed).map(|(&voyages, &missed)| [voyages.into(), missed.into()])
}

fn milliseconds(time: Duration) -> i128 {
    i128::from(time.ms())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_what_came_since_the_one_before() {
        let mut before = Vec::new();
        let mut month = |now: [i128; 2]| since(&mut before, now.into_iter(), i128::sub);
        assert_eq!([month([3, 5]), month([4, 5]), month([10, 8])], [[3, 5], [1, 0], [6, 3]]);
    }
}
