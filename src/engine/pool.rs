//! Pools: things taken together or not at all, given back, and free again after a while.

use super::event::Event;
use super::observer::Observer;
use super::queues::QueueAt;
use super::state::body::{Body, Held, WaitsFor};
use super::state::pool::Offer;
use super::state::pool_queue::count_of;
use super::state::pool_queue::{Candidate, Rank, Standing, Things};
use super::state::source::Pattern;
use super::world::World;
use crate::ids::{PoolId, ProgramId, StorageId};
use crate::model::{Giving, Need, Pool, Step};
use crate::random::{Distribution, Entity, RandomNumbers, StreamId};
use crate::units::{Duration, Size};

/// The time until things of a pool are free that a body gives back.
#[inline]
fn turnaround(pool: &Pool, random: &RandomNumbers, record: &Body, are_lent: bool) -> Duration {
    let draw = |law: &Distribution, stream: StreamId| {
        law.draw_of(random, stream, || record.entity.visit(pool.stream, record.gives.into()))
    };
    let home = pool.home.as_ref().filter(|_| !are_lent);
    let home = home.map_or(0.0, |law| draw(law, pool.home_stream));
    Duration::from_real_ms(draw(&pool.turnaround, pool.stream) + home)
}

impl<'p, O: Observer> World<'p, O> {
    /// What a body waits to take, read from its present step.
    pub(super) fn needs_of(&self, body: u32) -> &'p [Need] {
        let record = &self.bodies[body];
        match &self.model.programs[record.program.index()].steps[record.step as usize] {
            Step::Take(needs) => needs,
            _ => &[],
        }
    }

    /// Where a body stands that takes at its present step, and what may hold it back.
    pub(super) fn standing_of(&self, body: u32) -> Standing {
        let record = &self.bodies[body];
        let ahead = self.model.programs[record.program.index()].ahead_of(record.step);
        Standing { inside: self.inside(body), ahead }
    }

    /// Whether a body lacks things of a pool that it needs.
    pub(super) fn lacks(&self, body: u32, need: &Need, is_first: bool) -> bool {
        !self.has(&Things::of(need, self.bodies[body].size), is_first)
    }

    /// Whether all that somebody who waits needs is at hand, or offered to it.
    pub(super) fn has_all(&self, one: &Candidate, offers: &[Offer]) -> bool {
        self.wants.things(one.want).iter().all(|things| {
            let offered = offers.iter().filter(|offer| offer.pool() == things.pool).map(Offer::count).sum::<u32>();
            self.has(&Things { count: things.count.saturating_sub(offered), ..*things }, one.is_first)
        })
    }

    /// Takes all needs or queues for them; true if taken.
    #[inline(never)]
    pub(super) fn take(&mut self, body: u32, needs: &'p [Need]) -> bool {
        let record = &mut self.bodies[body];
        let ahead = self.model.programs[record.program.index()].ahead_of(record.step);
        let is_held_back = ahead.is_some_and(|storage| self.storages[storage.index()].holds_back);
        // Most need things of one pool, of which enough are free.
        if let [need] = needs
            && !is_held_back
        {
            let (state, count) = (&mut self.pools[need.pool.index()], count_of(need, record.size));
            if state.gives_at_once(count) {
                state.take(count, self.now);
                record.pools.push(Held { pool: need.pool, count, since: self.now, lent: false });
                self.ends_to_wait(body, QueueAt::Pool(need.pool), Duration::ZERO);
                return true;
            }
        }
        self.take_in_turn(body, needs)
    }

    /// The same where several pools, or others who wait, have a say.
    #[inline(never)]
    fn take_in_turn(&mut self, body: u32, needs: &'p [Need]) -> bool {
        let standing = self.standing_of(body);
        let refused = if standing.is_held_back(&self.storages) {
            needs.iter().find(|need| need.per.is_some())
        } else {
            self.first_refused(body, needs, standing)
        };
        if let Some(need) = refused {
            self.bodies[body].cell = self.model.pools[need.pool.index()].wait;
            self.wait_for_pools(body, needs, standing);
            return false;
        }
        self.take_now(body, needs, Duration::ZERO, &mut []);
        true
    }

    /// The first need of which a newcomer gets nothing: too few things are there, or some who lack them, or have not been
    /// asked yet, come before it.
    fn first_refused<'n>(&self, body: u32, needs: &'n [Need], standing: Standing) -> Option<&'n Need> {
        let is_first = standing.is_first(&self.storages);
        // Behind whoever has the same turn.
        let rank = (!is_first, self.turn(self.bodies[body].priority), u64::MAX);
        needs.iter().find(|need| self.lacks(body, need, is_first) || self.comes_behind(rank, need.pool))
    }

    /// Whether somebody who comes before a rank at a pool lacks things of it, or has not been asked yet.
    fn comes_behind(&self, rank: Rank, pool: PoolId) -> bool {
        let state = &self.pools[pool.index()];
        let mut before = state.queue.fronts().iter().take_while(|one| one.rank() < rank);
        before.any(|one| state.is_woken || state.is_short_for(one))
    }

    fn wait_for_pools(&mut self, body: u32, needs: &[Need], standing: Standing) {
        let waiter = self.waiter(self.bodies[body].priority, body);
        self.begin_to_be_held_back(body, standing);
        let size = self.bodies[body].size;
        let want = self.wants.of(needs.iter().map(|need| Things::of(need, size)));
        self.begin_to_wait(body, WaitsFor::Pools);
        let record = &mut self.bodies[body];
        record.want = want;
        record.joined = self.now;
        for need in needs {
            let state = &mut self.pools[need.pool.index()];
            state.queue.push(standing, need.pool, (want, self.wants.things(want)), waiter, &self.storages);
            state.count_waiting(self.now);
            let length = state.queue.len() as u64;
            self.note_length(QueueAt::Pool(need.pool), length, self.waits_on_purpose(body));
        }
    }

    /// Takes what the body needs at its present step, which is at hand.
    fn take_now(&mut self, body: u32, needs: &[Need], waited: Duration, offers: &mut [Offer]) {
        let size = self.bodies[body].size;
        for need in needs {
            let mut count = count_of(need, size);
            if self.pools[need.pool.index()].free < i64::from(count) {
                count -= self.take_over(body, need, count, offers);
            }
            self.pools[need.pool.index()].take(count, self.now);
            if count > 0 {
                let held = Held { pool: need.pool, count, since: self.now, lent: false };
                self.bodies[body].pools.push(held);
            }
            self.ends_to_wait(body, QueueAt::Pool(need.pool), waited);
        }
    }

    /// Where what is free does not do: takes first of what is offered, then of what stabled bodies hold. Returns how many things.
    #[inline(never)]
    fn take_over(&mut self, body: u32, need: &Need, count: u32, offers: &mut [Offer]) -> u32 {
        let mut lacking = count - self.take_over_offered(body, need.pool, count, offers);
        if need.per.is_some() && self.standing_of(body).is_first(&self.storages) {
            lacking -= self.borrow(body, need.pool, lacking);
        }
        count - lacking
    }

    /// Gives back what the body still holds of the named pools; always goes on.
    #[inline(never)]
    pub(super) fn give(&mut self, body: u32, givings: &[Giving]) -> bool {
        if self.bodies[body].pools.is_empty() {
            return true;
        }
        if let Some(storage) = self.inside(body) {
            self.give_inside(body, storage, givings);
            return true;
        }
        for giving in givings {
            self.read_hires(body, giving.pool);
            while let Some(held) = self.next_given(body, giving.pool) {
                self.give_back(body, held, giving.home);
            }
        }
        true
    }

    /// What a body holds of a pool and gives away next.
    #[inline]
    fn next_given(&mut self, body: u32, pool: PoolId) -> Option<Held> {
        let pools = &mut self.bodies[body].pools;
        match pools[..] {
            [] => None,
            // Most hold things of one pool.
            [held] if held.pool == pool => pools.pop(),
            _ => pools.iter().position(|held| held.pool == pool).map(|at| pools.remove(at)),
        }
    }

    /// The same in a storage, where those who wait for the things may take them over.
    #[inline(never)]
    fn give_inside(&mut self, body: u32, storage: StorageId, givings: &[Giving]) {
        let mut given = std::mem::take(&mut self.given);
        for giving in givings {
            self.read_hires(body, giving.pool);
            while let Some(held) = self.next_given(body, giving.pool) {
                given.push(Offer { held, home: giving.home });
            }
        }
        self.reload(storage, &mut given);
        for Offer { held, home } in given.drain(..) {
            if held.count > 0 {
                self.give_back(body, held, home);
            }
        }
        self.given = given;
    }

    /// Gives back what the body holds one a body and would give back in the storage before which it waits.
    pub(super) fn give_early(&mut self, body: u32) {
        let model = self.model;
        let record = &self.bodies[body];
        if record.pools.is_empty() {
            return;
        }
        for giving in model.programs[record.program.index()].given_inside(record.step) {
            if !model.pools[giving.pool.index()].per_amount {
                self.give(body, std::slice::from_ref(giving));
            }
        }
    }

    pub(super) fn give_back(&mut self, body: u32, held: Held, home: Option<ProgramId>) {
        let (index, record) = (held.pool.index(), &mut self.bodies[body]);
        record.gives += 1;
        self.pools[index].give(held.count, self.now);
        if let Some(program) = home
            && !held.lent
        {
            return self.send_home(program, body, held);
        }
        let away = turnaround(&self.model.pools[index], &self.random, record, held.lent);
        let back = self.now.after(away);
        self.account.pool_turned(index, back.since(held.since), held.count);
        if away == Duration::ZERO {
            return self.pool_freed(index as u32, held.count);
        }
        self.events.schedule(back, Event::PoolFree { pool: index as u32, count: held.count });
    }

    /// Things that were taken and not used are free again.
    pub(super) fn put_back(&mut self, held: Held) {
        let index = held.pool.index();
        let state = &mut self.pools[index];
        state.taken.fall_by(held.count, self.now);
        state.free += i64::from(held.count);
        self.account.pool_turned(index, self.now.since(held.since), held.count);
        self.wake_pool(index);
    }

    /// The things that a body gives back go home as cargo, one unit each.
    #[inline(never)]
    fn send_home(&mut self, program: ProgramId, body: u32, held: Held) {
        let (record, stream) = (&self.bodies[body], self.model.pools[held.pool.index()].home_stream);
        let entity = Entity::visit(record.entity, stream, u64::from(record.gives));
        let size = Size::from_milli(i64::from(held.count) * 1000);
        let shipment = self.make_shipment(&Pattern::new(self.model, program, size), entity);
        self.bodies[shipment].set_taken(held.since);
        self.proceed(shipment);
    }

    /// Things are home as cargo: they are free after the turnaround.
    pub(super) fn pool_filled(&mut self, body: u32, pool: PoolId) {
        let count = (self.bodies[body].size.milli() / 1000) as u32;
        let law = &self.model.pools[pool.index()];
        let entity = Entity::visit(self.bodies[body].entity, law.stream, 0);
        let wait = Duration::from_real_ms(law.turnaround.draw(&self.random, law.stream, entity));
        let back = self.now.after(wait);
        for index in 0..self.bodies[body].members.len() {
            let ship = &self.bodies[self.bodies[body].members[index]];
            if let Some(taken) = ship.taken() {
                let things = (ship.size.milli() / 1000) as u32;
                self.account.pool_turned(pool.index(), back.since(taken), things);
            }
        }
        self.events.schedule(back, Event::PoolFree { pool: pool.index() as u32, count });
    }

    pub(super) fn pool_freed(&mut self, pool: u32, count: u32) {
        self.pools[pool as usize].free(count, self.now);
        self.wake_pool(pool as usize);
    }

    /// Someone may now take: the pool is looked at when what happens now is through.
    #[inline]
    pub(super) fn wake_pool(&mut self, index: usize) {
        let state = &mut self.pools[index];
        if !state.is_woken && state.queue.len() > 0 {
            state.is_woken = true;
            self.woken.push_back(index as u32);
        }
    }

    /// Lets waiters take, in order, until one lacks this pool itself.
    pub(super) fn serve_pool(&mut self, pool: u32) {
        let id = PoolId::new(pool as usize);
        self.pools[pool as usize].is_woken = false;
        while let Some(body) = self.next_at(id) {
            self.receive(body, &mut []);
        }
    }

    /// The first who finds all that it needs; nobody where one before it lacks things of this pool, or of another that it needs.
    fn next_at(&self, pool: PoolId) -> Option<u32> {
        let state = &self.pools[pool.index()];
        let fronts = state.queue.fronts().iter().take_while(|one| !state.is_short_for(one));
        // What it needs of this pool is at hand.
        let mut able = fronts.filter(|one| self.has_others(one, pool));
        able.find(|one| self.is_next_at_others(one, pool)).map(|one| one.body)
    }

    /// Whether all that somebody who waits at a pool needs of others is at hand.
    #[inline]
    fn has_others(&self, one: &Candidate, pool: PoolId) -> bool {
        self.has(&one.beside, one.is_first)
            && (!one.has_more || self.others(one, pool).all(|things| self.has(things, one.is_first)))
    }

    /// What somebody who waits at a pool needs of others.
    fn others(&self, one: &Candidate, pool: PoolId) -> impl Iterator<Item = &Things> {
        self.wants.things(one.want).iter().filter(move |things| things.pool != pool)
    }

    #[inline]
    fn has(&self, things: &Things, is_first: bool) -> bool {
        self.pools[things.pool.index()].has(things, is_first)
    }

    /// Whether nobody comes before somebody who waits at the other pools of which he needs things.
    fn is_next_at_others(&self, one: &Candidate, pool: PoolId) -> bool {
        !self.others(one, pool).any(|things| self.comes_behind(one.rank(), things.pool))
    }

    /// A waiting body takes what it needs; it goes on when what happens now is through.
    pub(super) fn receive(&mut self, body: u32, offers: &mut [Offer]) {
        let waited = self.leave_pools(body);
        self.take_now(body, self.needs_of(body), waited, offers);
        self.ready.push_back(body);
    }

    /// A body no longer waits for things; returns for how long it did, without the time for which it was held back.
    pub(super) fn leave_pools(&mut self, body: u32) -> Duration {
        let (standing, want, needs) = (self.standing_of(body), self.bodies[body].want, self.needs_of(body));
        for need in needs {
            let state = &mut self.pools[need.pool.index()];
            state.queue.remove(standing, want, body, &self.storages);
            state.count_waiting(self.now);
            // Who stood behind it here may have all else.
            if needs.len() > 1 {
                self.wake_pool(need.pool.index());
            }
        }
        let held_back = self.end_to_be_held_back(body, standing);
        let waited = self.now.since(self.bodies[body].joined) - held_back;
        let cell = self.bodies[body].cell;
        self.book(body, cell);
        self.bodies[body].waits = WaitsFor::Nothing;
        waited
    }

    /// Takes over the sizes of a new parameter set.
    pub(super) fn resize_pools(&mut self) {
        for index in 0..self.pools.len() {
            self.touch_pool(index);
            let size = self.model.pools[index].size;
            let state = &mut self.pools[index];
            state.free += i64::from(size) - i64::from(state.size);
            state.size = size;
            self.wake_pool(index);
        }
    }

    /// Brings a pool's integrals up to now.
    pub(super) fn touch_pool(&mut self, index: usize) {
        self.pools[index].enter_integrals(&mut self.account.outcome.pools[index], self.now);
    }
}
