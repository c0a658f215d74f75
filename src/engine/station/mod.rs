//! Stations: servers with one queue, hours, failures, limited room; and steps done side by side.

mod failure;
mod hours;
mod service;
mod visit;

use crate::engine::observer::Observer;
use crate::engine::state::station::Owner;
use crate::engine::world::World;
use crate::units::Duration;

impl<O: Observer> World<'_, O> {
    /// Bodies in the queue of a station that wait for it alone, with the time for which they have waited.
    pub(in crate::engine) fn waits_at_station(&self, index: usize) -> impl Iterator<Item = (u32, Duration)> + '_ {
        self.stations[index].queue.iter().filter_map(|waiter| {
            let token = &self.tokens[waiter.id];
            let Owner::Body(body) = token.owner else { return None };
            token.join.is_none().then(|| (body, self.now.since(token.joined)))
        })
    }

    /// Brings a station's integrals up to now.
    #[inline]
    pub(in crate::engine) fn touch_station(&mut self, index: usize) {
        let state = &mut self.stations[index];
        let elapsed = self.now.since(std::mem::replace(&mut state.touched, self.now)).ms();
        if elapsed > 0 {
            self.add_up_station(index, elapsed);
        }
    }

    /// Adds milliseconds in which nothing changed to a station's integrals.
    fn add_up_station(&mut self, index: usize, elapsed: i64) {
        let servers = self.model.stations[index].servers;
        let state = &mut self.stations[index];
        let tally = &mut self.account.outcome.stations[index];
        let present = i128::from(elapsed * i64::from(state.inside));
        state.present += present;
        tally.present += present;
        tally.busy += Duration::from_ms(elapsed * i64::from(state.busy));
        tally.queue += i128::from(elapsed * state.queue.len() as i64);
        let lost = state.blocked + state.down;
        // Rare, and not looked at while there is none of it.
        if lost > 0 || !state.outside.is_empty() {
            tally.blocked += Duration::from_ms(elapsed * i64::from(state.blocked));
            tally.down += Duration::from_ms(elapsed * i64::from(state.down));
            tally.outside += i128::from(elapsed * state.outside.len() as i64);
        }
        if let Some(servers) = servers {
            let spare = Duration::from_ms(elapsed * i64::from(servers.saturating_sub(state.busy + lost)));
            if state.may_start() {
                tally.idle += spare;
            } else {
                tally.closed += spare;
            }
        }
    }
}
