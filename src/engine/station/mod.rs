//! Stations: servers with one queue, hours, failures, limited room; and steps done side by side.

mod failure;
mod hours;
mod plain;
mod service;
mod visit;

use crate::engine::observer::Observer;
use crate::engine::state::customer::{Customer, CustomerId, Owner, StayAt};
use crate::engine::world::World;
use crate::units::Duration;

impl<O: Observer> World<'_, O> {
    /// Bodies in the queue of a station that wait for it alone, with the time for which they have waited.
    pub(in crate::engine) fn waits_at_station(&self, index: usize) -> impl Iterator<Item = (u32, Duration)> + '_ {
        self.stations[index].queue.iter().filter_map(|waiter| {
            let customer = CustomerId::of_queue(waiter.id);
            let Owner::Body(body) = self.owner_of(customer) else { return None };
            self.is_alone(customer).then(|| (body, self.now.since(self.stay_of(customer).joined)))
        })
    }

    /// Whether its owner goes on when it has been served, whoever else is.
    fn is_alone(&self, customer: CustomerId) -> bool {
        match customer.told_apart() {
            Customer::Body(_) => true,
            Customer::Token(token) => self.tokens[token].join.is_none(),
        }
    }

    /// Who goes on when a customer has been served.
    #[inline]
    pub(in crate::engine) fn owner_of(&self, customer: CustomerId) -> Owner {
        match customer.told_apart() {
            Customer::Body(body) => Owner::Body(body),
            Customer::Token(token) => self.tokens[token].owner,
        }
    }

    #[inline]
    pub(in crate::engine) fn stay_of(&self, customer: CustomerId) -> &StayAt {
        match customer.told_apart() {
            Customer::Body(body) => &self.bodies[body].stay,
            Customer::Token(token) => &self.tokens[token].stay,
        }
    }

    /// A change is to come at a station. What its servers do besides serving, being held and being idle follows from no change:
    /// while some are down, or there are more than it should have by now, its integrals are brought up to now at every change.
    #[inline]
    pub(super) fn before_change(&mut self, index: usize) {
        let state = &self.stations[index];
        if state.failed > 0 || state.is_crowded {
            self.touch_station(index);
        }
    }

    /// Brings a station's integrals up to now.
    #[inline(never)]
    pub(in crate::engine) fn touch_station(&mut self, index: usize) {
        let now = self.now;
        let servers = self.model.stations[index].servers;
        let state = &mut self.stations[index];
        let elapsed = now.since(std::mem::replace(&mut state.touched, now)).ms();
        let tally = &mut self.account.outcome.stations[index];
        tally.served += state.services - std::mem::replace(&mut state.tallied, state.services);
        let [waiting, busy, blocked] =
            [&mut state.waiting, &mut state.busy, &mut state.blocked].map(|level| level.integral(now));
        let down = elapsed * i64::from(state.down);
        tally.present += i128::from(state.inside.integral(now));
        tally.queue += i128::from(waiting);
        tally.busy += Duration::from_ms(busy);
        tally.blocked += Duration::from_ms(blocked);
        tally.down += Duration::from_ms(down);
        tally.outside += i128::from(elapsed * state.outside.len() as i64);
        if let Some(servers) = servers {
            let spare = (elapsed * i64::from(servers) - busy - blocked - down).max(0);
            *(if state.may_start() { &mut tally.idle } else { &mut tally.closed }) += Duration::from_ms(spare);
        }
        state.waited.integral += i128::from(waiting);
        state.served.integral += i128::from(busy);
    }
}
