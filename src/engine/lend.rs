//! Lending: things per amount (wagons) pass from bodies that wait before a storage, or from who gives them back in one,
//! to who stands in a storage and waits for them.
//!
//! They pass over at that instant. The lender stays where it is; the borrower owes no way home for them.

use super::observer::Observer;
use super::state::body::{Body, Held};
use super::state::pool::Offer;
use super::world::World;
use crate::ids::{PoolId, StorageId};

impl<O: Observer> World<'_, O> {
    /// Whether who waits before a storage may have to lend what it holds of a pool: things per amount that it would give
    /// back there.
    fn lends(&self, record: &Body, pool: PoolId) -> bool {
        let givings = self.model.programs[record.program.index()].given_inside(record.step);
        self.model.pools[pool.index()].per_amount && givings.iter().any(|giving| giving.pool == pool)
    }

    /// What a body that waits before a storage holds and may have to lend.
    fn lendable(&self, body: u32) -> impl Iterator<Item = &Held> {
        let record = &self.bodies[body];
        record.pools.iter().filter(|held| self.lends(record, held.pool))
    }

    /// A body that is stabled has things to lend; true if it has any.
    pub(super) fn begin_to_lend(&mut self, body: u32) -> bool {
        self.each_lendable(body, |world, pool, count| {
            world.pools[pool].lendable += count;
            world.wake_pool(pool);
        })
    }

    /// A body comes in with what it has not lent.
    pub(super) fn end_to_lend(&mut self, body: u32, storage: StorageId) {
        if self.each_lendable(body, |world, pool, count| world.pools[pool].lendable -= count) {
            self.storages[storage.index()].lenders.remove(body);
        }
    }

    /// Does something for each holding that a body may have to lend, by the index of its pool and the number of things; true if
    /// there is any.
    fn each_lendable(&mut self, body: u32, act: impl Fn(&mut Self, usize, u32)) -> bool {
        let mut has_any = false;
        for at in 0..self.bodies[body].pools.len() {
            let Held { pool, count, .. } = self.bodies[body].pools[at];
            if self.lends(&self.bodies[body], pool) {
                act(self, pool.index(), count);
                has_any = true;
            }
        }
        has_any
    }

    /// Takes up to so many things over from stabled bodies: from those before the own storage in their order, then from
    /// those before other storages in file order. Returns how many.
    pub(super) fn borrow(&mut self, body: u32, pool: PoolId, most: u32) -> u32 {
        let own = self.inside(body);
        let others = (0..self.storages.len()).map(StorageId::new).filter(|storage| Some(*storage) != own);
        let mut lacking = most;
        for storage in own.into_iter().chain(others) {
            while lacking > 0 && self.pools[pool.index()].lendable > 0 {
                let Some(lender) = self.first_lender(storage, pool) else { break };
                lacking -= self.pass_over(lender, storage, body, pool, lacking);
            }
        }
        most - lacking
    }

    fn first_lender(&self, storage: StorageId, pool: PoolId) -> Option<u32> {
        let lenders = self.storages[storage.index()].lenders.iter();
        let mut holds = lenders.filter(|lender| self.lendable(lender.id).any(|held| held.pool == pool));
        holds.next().map(|lender| lender.id)
    }

    /// Up to so many things pass from a stabled body to another; returns how many.
    fn pass_over(&mut self, lender: u32, before: StorageId, body: u32, pool: PoolId, most: u32) -> u32 {
        let Some(held) = self.bodies[lender].pools.iter().find(|held| held.pool == pool) else { return 0 };
        let passed = Held { count: held.count.min(most), ..*held };
        let count = passed.count;
        self.read_hire(lender, passed);
        if let Some(held) = self.bodies[lender].pools.iter_mut().find(|held| held.pool == pool) {
            held.count -= count;
        }
        let cell = self.model.storages[before.index()].wait;
        self.things_held(passed, cell, self.now.since(self.bodies[lender].since));
        self.bodies[lender].pools.retain(|held| held.count > 0);
        self.pools[pool.index()].lendable -= count;
        if self.lendable(lender).next().is_none() {
            self.storages[before.index()].lenders.remove(lender);
        }
        self.change_hands(body, Held { lent: true, ..passed });
        count
    }

    /// Takes up to so many offered things over; returns how many.
    pub(super) fn take_over_offered(&mut self, body: u32, pool: PoolId, most: u32, offers: &mut [Offer]) -> u32 {
        let mut lacking = most;
        for offer in offers.iter_mut().filter(|offer| offer.pool() == pool) {
            let count = offer.held.count.min(lacking);
            offer.held.count -= count;
            lacking -= count;
            if count > 0 {
                self.change_hands(body, Held { count, lent: true, ..offer.held });
            }
        }
        most - lacking
    }

    /// Things are now held by another body: their turn begins anew.
    fn change_hands(&mut self, body: u32, held: Held) {
        self.account.pool_turned(held.pool.index(), self.now.since(held.since), held.count);
        let pools = &mut self.bodies[body].pools;
        match pools.iter_mut().find(|other| other.pool == held.pool && other.lent && other.since == self.now) {
            Some(other) => other.count += held.count,
            None => pools.push(Held { since: self.now, ..held }),
        }
    }

    /// Things that would go home from inside a storage are first taken by who stands there and waits for them.
    pub(super) fn reload(&mut self, storage: StorageId, given: &mut [Offer]) {
        let owes_home = |offer: &Offer| {
            let has_home = offer.home.is_some() || self.model.pools[offer.pool().index()].home.is_some();
            has_home && !offer.held.lent
        };
        // What stays comes first.
        given.sort_by_key(owes_home);
        let stay = given.partition_point(|offer| !owes_home(offer));
        let leaving = &mut given[stay..];
        while let Some(body) = self.next_to_reload(storage, leaving) {
            self.receive(body, leaving);
        }
    }

    /// The first who stands in a storage, waits for one of the offered things and finds with them all that it needs.
    fn next_to_reload(&self, storage: StorageId, offers: &[Offer]) -> Option<u32> {
        let mut pools = offers.iter().filter(|offer| offer.count() > 0).map(Offer::pool);
        let first_able =
            |pool: PoolId| self.pools[pool.index()].queue.fronts_inside(storage).find(|one| self.has_all(one, offers));
        pools.find_map(first_able).map(|one| one.body)
    }
}
