//! Opening hours and closures: what keeps a station from starting services.

use crate::engine::event::Event;
use crate::engine::observer::Observer;
use crate::engine::state::station::Reason;
use crate::engine::world::World;

impl<O: Observer> World<'_, O> {
    pub(in crate::engine) fn begin_stations(&mut self) {
        for index in 0..self.stations.len() {
            let model = self.model;
            if let Some(hours) = &model.stations[index].hours {
                self.stations[index].off_hours = !hours.is_open_at(self.now);
                self.update_reason(index);
                self.events.schedule(hours.next_change(self.now), Event::Hours { station: index as u32 });
            }
            for server in 0..self.stations[index].servers.len() {
                self.schedule_failure(index, server);
            }
        }
    }

    pub(in crate::engine) fn hours_change(&mut self, station: u32) {
        let index = station as usize;
        self.touch_station(index);
        let model = self.model;
        let Some(hours) = &model.stations[index].hours else {
            self.stations[index].off_hours = false;
            self.update_reason(index);
            return self.try_station(station);
        };
        self.stations[index].off_hours = !hours.is_open_at(self.now);
        self.update_reason(index);
        self.events.schedule(hours.next_change(self.now), Event::Hours { station });
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
