//! Stations: servers with one queue, hours, failures, limited room; and steps done side by side.

mod failure;
mod hours;
mod plain;
mod service;
mod vessel;
mod visit;

use self::service::known_stay;
use crate::engine::observer::Observer;
use crate::engine::state::customer::{Customer, CustomerId, Owner, StayAt};
use crate::engine::world::World;
use crate::units::Duration;

impl<O: Observer> World<'_, O> {
    /// The queue of a station, by priority and coming.
    pub(in crate::engine) fn queue_of(&self, index: usize) -> impl Iterator<Item = CustomerId> + '_ {
        self.stations[index].queue.iter(|customer| self.stay_of(customer).behind)
    }

    /// Bodies in the queue of a station that wait for it alone, with the time for which they have waited.
    pub(in crate::engine) fn waits_at_station(&self, index: usize) -> impl Iterator<Item = (u32, Duration)> + '_ {
        self.queue_of(index).filter_map(|customer| {
            let Owner::Body(body) = self.owner_of(customer) else { return None };
            self.is_alone(customer).then(|| (body, self.now.since(self.stay_of(customer).joined)))
        })
    }

    /// Whether its owner goes on when it has been served, whoever else is.
    fn is_alone(&self, customer: CustomerId) -> bool {
        match customer.told_apart() {
            Customer::Body(_) | Customer::Vessel(_) => true,
            Customer::Token(token) => self.tokens[token].join.is_none(),
        }
    }

    /// Who goes on when a customer has been served.
    #[inline]
    pub(in crate::engine) fn owner_of(&self, customer: CustomerId) -> Owner {
        match customer.told_apart() {
            Customer::Body(body) => Owner::Body(body),
            Customer::Vessel(vessel) => Owner::Vessel(vessel),
            Customer::Token(token) => self.tokens[token].owner,
        }
    }

    #[inline]
    pub(in crate::engine) fn stay_of(&self, customer: CustomerId) -> &StayAt {
        known_stay(&self.bodies, &self.vessels, &self.tokens, customer)
    }

    fn stay_mut(&mut self, customer: CustomerId) -> &mut StayAt {
        match customer.told_apart() {
            Customer::Body(body) => &mut self.bodies[body].stay,
            Customer::Vessel(vessel) => &mut self.vessels[vessel as usize].stay,
            Customer::Token(token) => &mut self.tokens[token].stay,
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
        let state = &mut self.stations[index];
        let elapsed = now.since(std::mem::replace(&mut state.touched, now)).ms();
        let tally = &mut self.account.outcome.stations[index];
        tally.served += state.services - std::mem::replace(&mut state.tallied, state.services);
        let [waiting, busy, blocked] =
            [&mut state.waiting, &mut state.busy, &mut state.blocked].map(|level| level.integral(now));
        let down = elapsed * i64::from(state.servers.down());
        let interrupted = elapsed * i64::from(state.interrupted);
        tally.present += [waiting, busy, blocked, interrupted].map(i128::from).iter().sum::<i128>();
        tally.queue_max = tally.queue_max.max(std::mem::take(&mut state.longest).into());
        tally.queue += i128::from(waiting);
        tally.busy += Duration::from_ms(busy);
        tally.blocked += Duration::from_ms(blocked);
        tally.down += Duration::from_ms(down);
        tally.outside += i128::from(elapsed * state.outside.len() as i64);
        if let Some(servers) = state.model.servers {
            let spare = (elapsed * i64::from(servers) - busy - blocked - down).max(0);
            *(if state.may_start() { &mut tally.idle } else { &mut tally.closed }) += Duration::from_ms(spare);
        }
        state.waited.grows(waiting);
        state.served.grows(busy);
    }
}
