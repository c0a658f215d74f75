//! Failures of servers, and what changes at stations with new parameters.

use crate::engine::event::Event;
use crate::engine::observer::Observer;
use crate::engine::world::World;
use crate::ids::StationId;
use crate::random::Entity;
use crate::units::{Duration, SimTime};

impl<O: Observer> World<'_, O> {
    /// Servers expect to fail, or expect it no more, as the present parameters say.
    pub(super) fn follow_failures(&mut self, index: usize) {
        let may_fail = self.model.stations[index].failure.is_some();
        for server in 0..self.stations[index].servers.len() as u32 {
            let record = &self.stations[index].servers[server];
            if !record.failed && may_fail != (record.next_failure != SimTime::MAX) {
                self.schedule_failure(index, server);
            }
        }
    }

    fn schedule_failure(&mut self, index: usize, server: u32) {
        let record = &mut self.stations[index].servers[server];
        record.next_failure = SimTime::MAX;
        let Some(failure) = &self.model.stations[index].failure else { return };
        let entity = Entity::ordinal(u64::from(server)).voyage(record.failures);
        let up = Duration::from_real_ms(failure.up.draw(&self.random, failure.stream, entity));
        record.next_failure = self.now.after(up);
        let station = index as u32;
        self.events.schedule(record.next_failure, Event::Fail { station, server });
    }

    pub(in crate::engine) fn server_fails(&mut self, station: u32, server: u32) {
        let index = station as usize;
        // Other parameters may hold by now than when this was scheduled.
        if self.stations[index].servers[server].next_failure != self.now {
            return;
        }
        self.touch_station(index);
        let now = self.now;
        let record = self.stations[index].servers[server];
        let entity = Entity::ordinal(u64::from(server)).voyage(record.failures);
        let customer = record.customer;
        self.stations[index].servers.change(server, |record| {
            (record.failed, record.failed_since) = (true, now);
            record.next_failure = SimTime::MAX;
            record.failures += 1;
        });
        self.stations[index].failed += 1;
        if let Some(customer) = customer {
            self.stay_mut(customer).generation += 1;
            let state = &mut self.stations[index];
            state.busy.fall(now);
            state.interrupted += 1;
        }
        self.update_reason(index);
        if let Some(failure) = &self.model.stations[index].failure {
            let down = failure.down.draw_at(&self.random, failure.stream, entity, 64);
            self.events.schedule(now.after(Duration::from_real_ms(down)), Event::Repair { station, server });
        }
    }

    pub(in crate::engine) fn server_repaired(&mut self, station: u32, server: u32) {
        let index = station as usize;
        self.touch_station(index);
        let now = self.now;
        self.stations[index].servers.change(server, |record| record.failed = false);
        self.stations[index].failed -= 1;
        let record = &mut self.stations[index].servers[server];
        if let Some(customer) = record.customer {
            let paused = now.since(record.failed_since);
            record.interrupted += paused;
            record.ends = record.ends.after(paused);
            let ends = record.ends;
            let generation = self.stay_of(customer).generation;
            self.events.schedule(ends, Event::ServiceEnd { customer, generation });
            let state = &mut self.stations[index];
            state.busy.rise(now);
            state.interrupted -= 1;
        }
        self.update_reason(index);
        self.schedule_failure(index, server);
        self.try_station(station);
    }

    /// Takes over numbers of servers, hours and failures of a new parameter set.
    pub(in crate::engine) fn renew_stations(&mut self) {
        for index in 0..self.stations.len() {
            self.stations[index].follow();
            self.follow_hours(index);
            self.follow_failures(index);
        }
        for index in 0..self.stations.len() {
            self.update_reason(index);
            self.try_station(index as u32);
            self.admit_from_outside(StationId::new(index));
        }
    }
}
