//! Use of places by month of the clock.

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
        let used = used(&self.account.outcome, &self.waited());
        // The month of the last moment before now.
        let month = self.plan.clock.month_at(SimTime::from_ms(self.now.ms() - 1));
        self.account.outcome.months[month] = used.since(&self.account.used);
        self.account.used = used;
    }
}

/// What the tallies have come to.
fn used(outcome: &Outcome, waited: &[i128]) -> MonthUse {
    let fleets = outcome.fleets.iter();
    MonthUse {
        stations: outcome.stations.iter().map(of_station).collect(),
        lines: outcome.lines.iter().map(|line| line.trains.map(i128::from)).collect(),
        pools: outcome.pools.iter().map(|pool| [pool.taken + pool.returning, pool.size]).collect(),
        storages: outcome.storages.iter().map(|storage| storage.room).collect(),
        fleets: fleets.clone().map(of_fleet).collect(),
        calls: fleets.map(of_calls).collect(),
        queues: waited.to_vec(),
    }
}

fn of_station(tally: &StationTally) -> [i128; 2] {
    let all = tally.busy + tally.blocked + tally.down + tally.closed + tally.idle;
    [tally.busy, all].map(milliseconds)
}

fn of_fleet(tally: &FleetTally) -> [i128; 2] {
    let used = tally.at_sea + tally.at_berth;
    [used, used + tally.waiting + tally.held + tally.down].map(milliseconds)
}

fn of_calls(tally: &FleetTally) -> Vec<[i128; 2]> {
    tally.voyages.iter().zip(&tally.missed).map(|(&voyages, &missed)| [voyages.into(), missed.into()]).collect()
}

fn milliseconds(time: Duration) -> i128 {
    i128::from(time.ms())
}
