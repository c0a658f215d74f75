//! All queues of a world, in the order of [`crate::model::Labels::queues`]: who stands in each, and since when. A stock
//! that has not set out waits on purpose, and is left out.

use super::lane::LaneQueue;
use super::observer::Observer;
use super::outcome::{Outcome, Queue, QueueTally, Waits};
use super::state::account::OnPurpose;
use super::state::customer::{CustomerId, Owner};
use super::state::storage::StorageState;
use super::world::World;
use crate::ids::{BanId, FormerId, LegId, LineId, PoolId, StationId, StorageId};
use crate::units::{Duration, SimTime};

/// A queue by what it stands at.
#[derive(Clone, Copy, Debug)]
pub(super) enum QueueAt {
    Station(StationId),
    Line(LineId),
    Pool(PoolId),
    Storage(StorageId),
    Leg(LegId),
    Former(FormerId),
    Ban(BanId),
}

/// Somebody who waits.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    /// Of a vessel none.
    body: Option<u32>,
    /// For how long by now.
    time: Duration,
    /// A stock that has not set out.
    is_on_purpose: bool,
    /// Outside of a station's room, or held back elsewhere for a storage.
    is_kept_away: bool,
}

impl<O: Observer> World<'_, O> {
    /// By queue: who waits now, with up to when the time of each record is booked.
    fn standing(&self, since: &[SimTime]) -> Vec<Vec<Waiting>> {
        let waiting = |body: u32| self.since(body, since[body as usize]);
        let kept_away = |body: u32| Waiting { is_kept_away: true, ..waiting(body) };
        let stations = self.stations.iter().enumerate().map(|(index, state)| {
            let queue = self.queue_of(index).map(|customer| self.customer(customer));
            queue.chain(state.outside.iter().map(|waiter| kept_away(waiter.id))).collect()
        });
        let lines = self.lines.iter().map(|state| {
            let both = state.queue.iter().flat_map(LaneQueue::iter);
            both.map(|waiter| waiting(waiter.id)).collect()
        });
        let pools = self.pools.iter().map(|state| {
            let queue = state.queue.waiting(&self.storages);
            queue.map(waiting).collect()
        });
        let storages = self.storages.iter().zip(self.held_back()).map(|(state, held_back)| {
            let outside = state.outside.iter().map(|waiter| waiting(waiter.id));
            outside.chain(held_back.into_iter().map(kept_away)).collect()
        });
        let legs = self.legs.iter().map(|state| {
            let all = state.lines.iter().flat_map(LaneQueue::iter);
            all.map(|waiter| waiting(waiter.id)).collect()
        });
        let formers = self.formers.iter().map(|state| state.waiting().map(waiting).collect());
        let bans = self.bans.iter().map(|state| state.held.iter().copied().map(waiting).collect());
        stations.chain(lines).chain(pools).chain(storages).chain(legs).chain(formers).chain(bans).collect()
    }

    fn customer(&self, customer: CustomerId) -> Waiting {
        let joined = self.stay_of(customer).joined;
        let Some(body) = self.body_of(customer) else {
            let time = self.now.since(joined);
            return Waiting { body: None, time, is_on_purpose: false, is_kept_away: false };
        };
        self.since(body, joined)
    }

    /// The body that is a customer, or of which it is one; of a vessel none.
    fn body_of(&self, customer: CustomerId) -> Option<u32> {
        match self.owner_of(customer) {
            Owner::Body(body) => Some(body),
            Owner::Vessel(_) => None,
        }
    }

    fn since(&self, body: u32, since: SimTime) -> Waiting {
        let (time, is_on_purpose) = (self.now.since(since), self.waits_on_purpose(body));
        Waiting { body: Some(body), time, is_on_purpose, is_kept_away: false }
    }

    /// Bodies that wait now, each once in however many queues it stands; no stocks.
    pub(super) fn who_waits(&self) -> Vec<u32> {
        let all = self.standing(&self.muster().since).into_iter().flatten().filter(|one| !one.is_on_purpose);
        let mut bodies: Vec<u32> = all.filter_map(|one| one.body).collect();
        bodies.sort_unstable();
        bodies.dedup();
        bodies
    }

    /// Whether a body is a stock that has not set out.
    #[inline]
    pub(super) fn waits_on_purpose(&self, body: u32) -> bool {
        !self.account.stocks.is_empty() && self.is_stock(body)
    }

    #[inline(never)]
    fn is_stock(&self, body: u32) -> bool {
        let first = &self.bodies[self.bodies[body].members[0]];
        self.account.stocks[first.flow.index()] && first.acceptance.is_none()
    }

    /// A body's wait in a queue ends.
    #[inline]
    pub(super) fn ends_to_wait(&mut self, body: u32, queue: QueueAt, waited: Duration) {
        if self.waits_on_purpose(body) {
            return self.leave_wait_out(queue, waited);
        }
        let outcome = &mut self.account.outcome;
        match queue {
            QueueAt::Station(id) => self.account.waited_for_service(id.index(), waited),
            QueueAt::Line(id) => outcome.lines[id.index()].waiting.add(waited),
            QueueAt::Pool(id) => outcome.pools[id.index()].waiting.add(waited),
            QueueAt::Storage(id) => outcome.storages[id.index()].waiting.add(waited),
            QueueAt::Leg(id) => outcome.legs[id.index()].waiting.add(waited),
            QueueAt::Former(_) | QueueAt::Ban(_) => {}
        }
    }

    /// A wait on purpose ends.
    #[inline(never)]
    fn leave_wait_out(&mut self, queue: QueueAt, waited: Duration) {
        let within = self.within_horizon(waited);
        if let Some(left_out) = self.left_out(queue) {
            left_out.queue += within;
            left_out.left += 1;
        }
    }

    /// A body is no longer kept away from a station or a storage.
    pub(super) fn ends_to_be_kept_away(&mut self, body: u32, queue: QueueAt, time: Duration) {
        if self.waits_on_purpose(body) {
            let within = self.within_horizon(time);
            if let Some(left_out) = self.left_out(queue) {
                left_out.kept_away += within;
            }
        }
    }

    /// What of a time that ends now lies in the horizon.
    fn within_horizon(&self, time: Duration) -> i128 {
        i128::from(time.min(self.now.since(self.plan.clock.start)).ms())
    }

    /// The account of what waits on purpose in a queue; there is none before the horizon begins and after its end.
    fn left_out(&mut self, queue: QueueAt) -> Option<&mut OnPurpose> {
        let place = self.place(queue);
        self.account.on_purpose.get_mut(place)
    }

    /// Somebody has joined a queue, which is so long now: no longer for others than before where it is a stock.
    #[inline]
    pub(super) fn note_length(&mut self, queue: QueueAt, length: u64, joined_on_purpose: bool) {
        if joined_on_purpose {
            return;
        }
        let length = length - self.number_on_purpose(queue);
        let outcome = &mut self.account.outcome;
        let most = match queue {
            QueueAt::Line(id) => &mut outcome.lines[id.index()].queue_max,
            QueueAt::Pool(id) => &mut outcome.pools[id.index()].queue_max,
            QueueAt::Leg(id) => &mut outcome.legs[id.index()].queue_max,
            QueueAt::Station(_) | QueueAt::Storage(_) | QueueAt::Former(_) | QueueAt::Ban(_) => return,
        };
        *most = length.max(*most);
    }

    /// How many stand in a queue on purpose; nobody where there are no stocks.
    #[inline]
    pub(super) fn number_on_purpose(&self, queue: QueueAt) -> u64 {
        if self.account.stocks.is_empty() { 0 } else { self.count_on_purpose(queue) }
    }

    #[inline(never)]
    fn count_on_purpose(&self, queue: QueueAt) -> u64 {
        let of =
            |bodies: &mut dyn Iterator<Item = u32>| bodies.filter(|&body| self.waits_on_purpose(body)).count() as u64;
        let both = |lanes: &[LaneQueue]| of(&mut lanes.iter().flat_map(LaneQueue::iter).map(|waiter| waiter.id));
        match queue {
            QueueAt::Station(id) => of(&mut self.queue_of(id.index()).filter_map(|customer| self.body_of(customer))),
            QueueAt::Line(id) => both(&self.lines[id.index()].queue),
            QueueAt::Pool(id) => of(&mut self.pools[id.index()].queue.waiting(&self.storages)),
            QueueAt::Leg(id) => both(&self.legs[id.index()].lines),
            QueueAt::Storage(_) | QueueAt::Former(_) | QueueAt::Ban(_) => 0,
        }
    }

    /// The place of a queue among all.
    fn place(&self, queue: QueueAt) -> usize {
        let sizes = [
            self.stations.len(),
            self.lines.len(),
            self.pools.len(),
            self.storages.len(),
            self.legs.len(),
            self.formers.len(),
        ];
        let (kind, index) = match queue {
            QueueAt::Station(id) => (0, id.index()),
            QueueAt::Line(id) => (1, id.index()),
            QueueAt::Pool(id) => (2, id.index()),
            QueueAt::Storage(id) => (3, id.index()),
            QueueAt::Leg(id) => (4, id.index()),
            QueueAt::Former(id) => (5, id.index()),
            QueueAt::Ban(id) => (6, id.index()),
        };
        sizes[..kind].iter().sum::<usize>() + index
    }

    /// By storage: bodies that it holds back elsewhere now.
    fn held_back(&self) -> Vec<Vec<u32>> {
        let of_storage = |(index, state): (usize, &StorageState)| {
            if !state.holds_back {
                return Vec::new();
            }
            let bound_for = self.pools.iter().flat_map(|pool| pool.queue.bound_for(StorageId::new(index)));
            let mut bodies: Vec<u32> = bound_for.collect();
            bodies.sort_unstable();
            bodies.dedup();
            bodies
        };
        self.storages.iter().enumerate().map(of_storage).collect()
    }

    /// Notes who waits when the horizon begins, with up to when the time of each record is booked.
    pub(super) fn note_queues(&mut self, since: &[SimTime]) {
        let standing = self.standing(since);
        self.account.on_purpose = vec![OnPurpose::default(); standing.len()];
        let by_chance = |waits: Vec<Waiting>| waits.iter().filter(|one| !one.is_on_purpose).count() as u64;
        self.account.outcome.queues =
            standing.into_iter().map(|waits| Queue { before: by_chance(waits), ..Queue::default() }).collect();
    }

    /// By queue: how long all together have waited within the horizon by now, in milliseconds. The integrals must be up to now.
    pub(super) fn waited(&self) -> Vec<i128> {
        let all = tallies(&self.account.outcome).into_iter().map(|tally| tally.queue);
        if self.account.stocks.is_empty() {
            return all.collect();
        }
        let mut left_out = self.account.on_purpose.clone();
        self.leave_standing_out(&mut left_out, &self.standing(&self.muster().since));
        all.zip(left_out).map(|(all, out)| all - out.queue - out.kept_away).collect()
    }

    /// Adds the waits of those to what is left out who wait on purpose still.
    fn leave_standing_out(&self, left_out: &mut [OnPurpose], standing: &[Vec<Waiting>]) {
        for (queue, waits) in left_out.iter_mut().zip(standing) {
            for one in waits.iter().filter(|one| one.is_on_purpose) {
                let part = if one.is_kept_away { &mut queue.kept_away } else { &mut queue.queue };
                *part += self.within_horizon(one.time);
            }
        }
    }

    /// Notes who waits when it ends, with the integrals of the horizon, which must be up to now.
    pub(super) fn close_queues(&mut self, since: &[SimTime]) {
        let standing = self.standing(since);
        let mut left_out = std::mem::take(&mut self.account.on_purpose);
        self.leave_standing_out(&mut left_out, &standing);
        let outcome = &mut self.account.outcome;
        leave_out(outcome, &left_out);
        let tallies = tallies(outcome);
        for ((queue, waits), tally) in outcome.queues.iter_mut().zip(standing).zip(tallies) {
            (queue.integral, queue.left) = (tally.queue, tally.left);
            queue.standing = waits.iter().filter(|one| !one.is_on_purpose).map(|one| one.time).collect();
        }
    }
}

/// Takes what waited on purpose off the integrals of queues.
fn leave_out(outcome: &mut Outcome, left_out: &[OnPurpose]) {
    let mut left_out = left_out.iter();
    for (station, out) in outcome.stations.iter_mut().zip(&mut left_out) {
        station.queue -= out.queue;
        station.present -= out.queue;
        station.outside -= out.kept_away;
    }
    outcome.lines.iter_mut().zip(&mut left_out).for_each(|(line, out)| line.queue -= out.queue);
    outcome.pools.iter_mut().zip(&mut left_out).for_each(|(pool, out)| pool.queue -= out.queue);
    for (storage, out) in outcome.storages.iter_mut().zip(&mut left_out) {
        storage.outside -= out.queue;
        storage.held_back -= out.kept_away;
    }
    outcome.legs.iter_mut().zip(&mut left_out).for_each(|(leg, out)| leg.queue -= out.queue);
    for (queue, out) in outcome.formers.iter_mut().chain(&mut outcome.held).zip(&mut left_out) {
        queue.queue -= out.queue;
        queue.left -= out.left;
    }
}

/// By queue: its integral, and those whose wait ended.
fn tallies(outcome: &Outcome) -> Vec<QueueTally> {
    let tally = |queue: i128, waits: &Waits| QueueTally { queue, left: waits.ended };
    let stations = outcome.stations.iter().map(|station| tally(station.queue + station.outside, &station.waiting));
    let lines = outcome.lines.iter().map(|line| tally(line.queue, &line.waiting));
    let pools = outcome.pools.iter().map(|pool| tally(pool.queue, &pool.waiting));
    let storages = outcome.storages.iter();
    let storages = storages.map(|storage| tally(storage.outside + storage.held_back, &storage.waiting));
    let legs = outcome.legs.iter().map(|leg| tally(leg.queue, &leg.waiting));
    let others = outcome.formers.iter().chain(&outcome.held).copied();
    stations.chain(lines).chain(pools).chain(storages).chain(legs).chain(others).collect()
}
