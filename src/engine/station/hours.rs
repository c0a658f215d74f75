//! Opening hours and closures: what keeps a station from starting services.

use crate::engine::event::Event;
use crate::engine::observer::Observer;
use crate::engine::state::station::Reason;
use crate::engine::world::World;
use crate::units::SimTime;

impl<O: Observer> World<'_, O> {
    pub(in crate::engine) fn begin_stations(&mut self) {
        for index in 0..self.stations.len() {
            self.follow_hours(index);
            self.update_reason(index);
            self.follow_failures(index);
        }
    }

    /// A station is open or not as the hours of the present parameters say, and so until they change that.
    pub(super) fn follow_hours(&mut self, index: usize) {
        let (now, hours) = (self.now, self.model.stations[index].hours.as_ref());
        let next = hours.map_or(SimTime::MAX, |hours| hours.next_change(now));
        let state = &mut self.stations[index];
        state.off_hours = hours.is_some_and(|hours| !hours.is_open_at(now));
        if next != state.hours_change {
            state.hours_change = next;
            self.events.schedule(next, Event::Hours { station: index as u32 });
        }
    }

    pub(in crate::engine) fn hours_change(&mut self, station: u32) {
        let index = station as usize;
        // Other hours may hold by now than when this was scheduled.
        if self.stations[index].hours_change != self.now {
            return;
        }
        self.touch_station(index);
        self.follow_hours(index);
        self.update_reason(index);
        self.try_station(station);
    }

    /// A gate over a station closes or opens.
    pub(in crate::engine) fn shut_station(&mut self, station: u32, closes: bool) {
        let index = station as usize;
        self.touch_station(index);
        if closes {
            self.stations[index].shut += 1;
        } else {
            self.stations[index].shut -= 1;
        }
        self.update_reason(index);
        self.try_station(station);
    }

    pub(super) fn update_reason(&mut self, index: usize) {
        let limited = self.model.stations[index].servers;
        let state = &mut self.stations[index];
        let reason = if state.shut > 0 {
            Reason::Closed
        } else if state.off_hours {
            Reason::Hours
        } else if limited.is_some_and(|servers| servers > 0 && state.failed >= servers) {
            Reason::Down
        } else {
            Reason::Open
        };
        if reason != state.reason {
            state.hindrances = state.hindrances(self.now);
            state.reason = reason;
            state.reason_since = self.now;
        }
    }
}
