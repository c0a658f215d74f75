//! Opening hours and closures: what keeps a station from starting services.

use super::Reason;
use crate::engine::event::Event;
use crate::engine::observer::Observer;
use crate::engine::world::World;
use crate::model::Hours;
use crate::units::{Duration, MS_PER_DAY, SimTime};

impl<O: Observer> World<'_, O> {
    pub(in crate::engine) fn begin_stations(&mut self) {
        for index in 0..self.stations.len() {
            if let Some(hours) = self.model.stations[index].hours {
                self.stations[index].off_hours = !self.is_open_at(hours, self.now);
                self.update_reason(index);
                let next = self.next_change(hours, self.now);
                self.events.schedule(next, Event::Hours { station: index as u32 });
            }
            for server in 0..self.stations[index].servers.len() {
                self.schedule_failure(index, server);
            }
        }
    }

    pub(super) fn time_of_day(&self, time: SimTime) -> i64 {
        time.since(self.plan.clock.start).ms().rem_euclid(MS_PER_DAY)
    }

    pub(super) fn is_open_at(&self, hours: Hours, time: SimTime) -> bool {
        let (now, opens, closes) = (self.time_of_day(time), hours.opens.ms(), hours.closes.ms());
        match opens.cmp(&closes) {
            std::cmp::Ordering::Equal => true,
            std::cmp::Ordering::Less => opens <= now && now < closes,
            std::cmp::Ordering::Greater => now >= opens || now < closes,
        }
    }

    pub(super) fn next_change(&self, hours: Hours, time: SimTime) -> SimTime {
        let now = self.time_of_day(time);
        let until = |edge: i64| (edge - now - 1).rem_euclid(MS_PER_DAY) + 1;
        if hours.opens == hours.closes {
            return SimTime::MAX;
        }
        time.after(Duration::from_ms(until(hours.opens.ms()).min(until(hours.closes.ms()))))
    }

    pub(in crate::engine) fn hours_change(&mut self, station: u32) {
        let index = station as usize;
        self.touch_station(index);
        let Some(hours) = self.model.stations[index].hours else {
            self.stations[index].off_hours = false;
            self.update_reason(index);
            return self.try_station(station);
        };
        self.stations[index].off_hours = !self.is_open_at(hours, self.now);
        self.update_reason(index);
        let next = self.next_change(hours, self.now);
        self.events.schedule(next, Event::Hours { station });
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
