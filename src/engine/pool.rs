//! Pools: things taken together or not at all, given back, and free again after a while.

use super::body::{Held, WaitsFor};
use super::event::Event;
use super::lane::{LaneQueue, Waiter};
use super::observer::Observer;
use super::world::World;
use crate::ids::{FlowId, PoolId, ProgramId};
use crate::plan::model::{Giving, Need, Pool, Step};
use crate::random::Entity;
use crate::units::{Duration, Size};

/// The state of a pool.
#[derive(Debug)]
pub(super) struct PoolState {
    pub(super) size: u32,
    /// Below zero while a smaller size has not yet taken effect.
    pub(super) free: i64,
    pub(super) taken: u32,
    /// In turnaround or on the way home.
    pub(super) returning: u32,
    pub(super) queue: LaneQueue,
    touched: crate::units::SimTime,
}

impl PoolState {
    pub(super) fn new(model: &Pool) -> Self {
        Self {
            size: model.size,
            free: i64::from(model.size),
            taken: 0,
            returning: 0,
            queue: LaneQueue::default(),
            touched: crate::units::SimTime::ZERO,
        }
    }
}

/// How many things of a pool a body of this size needs.
fn count_of(need: &Need, size: Size) -> u32 {
    need.per.map_or(1, |per| ((size.milli() + per.milli() - 1) / per.milli().max(1)).max(1) as u32)
}

impl<O: Observer> World<'_, O> {
    /// What a body waits to take, read from its present step.
    fn needs_of(&self, body: u32) -> &[Need] {
        let record = &self.bodies[body];
        match &self.model.programs[record.program.index()].steps[record.step as usize] {
            Step::Take(needs) => needs,
            _ => &[],
        }
    }

    fn need_of(&self, body: u32, pool: PoolId) -> u32 {
        let size = self.bodies[body].size;
        self.needs_of(body).iter().find(|need| need.pool == pool).map_or(0, |need| count_of(need, size))
    }

    /// Takes all needs or queues for them; true if taken.
    pub(super) fn take(&mut self, body: u32, needs: &[Need]) -> bool {
        if let Some(lacking) = self.first_lacking(body, needs, true) {
            self.bodies[body].cell = self.model.pools[lacking.index()].wait;
            self.wait_for_pools(body, needs);
            return false;
        }
        self.take_now(body, Duration::ZERO);
        true
    }

    /// The first pool with too few things. With `behind`, those who wait and lack this very pool come first.
    fn first_lacking(&self, body: u32, needs: &[Need], behind: bool) -> Option<PoolId> {
        let (size, priority) = (self.bodies[body].size, self.bodies[body].priority);
        let lacks = |need: &&Need| {
            let state = &self.pools[need.pool.index()];
            if state.free < i64::from(count_of(need, size)) {
                return true;
            }
            let mut ahead = state.queue.iter().filter(|waiter| waiter.priority <= priority);
            behind && ahead.any(|waiter| i64::from(self.need_of(waiter.id, need.pool)) > state.free)
        };
        needs.iter().find(lacks).map(|need| need.pool)
    }

    /// The pools of which a waiting body lacks things.
    pub(super) fn lacking(&self, body: u32) -> Vec<PoolId> {
        let size = self.bodies[body].size;
        let needs = self.needs_of(body).iter();
        let lacks = |need: &&Need| self.pools[need.pool.index()].free < i64::from(count_of(need, size));
        needs.filter(lacks).map(|need| need.pool).collect()
    }

    fn wait_for_pools(&mut self, body: u32, needs: &[Need]) {
        let sequence = self.next_sequence();
        let record = &mut self.bodies[body];
        record.waits = WaitsFor::Pools;
        record.joined = self.now;
        let waiter = Waiter { priority: record.priority, sequence, id: body };
        for need in needs {
            self.touch_pool(need.pool.index());
            let queue = &mut self.pools[need.pool.index()].queue;
            queue.push(waiter);
            let length = queue.len() as u64;
            let tally = &mut self.account.outcome.pools[need.pool.index()];
            tally.queue_max = tally.queue_max.max(length);
        }
    }

    /// Takes what the body's present step names; there must be enough.
    fn take_now(&mut self, body: u32, waited: Duration) {
        let record = &self.bodies[body];
        let model = self.model;
        let Step::Take(needs) = &model.programs[record.program.index()].steps[record.step as usize] else { return };
        let size = record.size;
        for need in needs {
            let (index, count) = (need.pool.index(), count_of(need, size));
            self.touch_pool(index);
            let state = &mut self.pools[index];
            state.free -= i64::from(count);
            state.taken += count;
            self.bodies[body].pools.push(Held { pool: need.pool, count, since: self.now });
            self.account.pool_taken(index, waited);
        }
    }

    /// Gives back what the body still holds of the named pools; always goes on.
    pub(super) fn give(&mut self, body: u32, givings: &[Giving]) -> bool {
        for giving in givings {
            if let Some(at) = self.bodies[body].pools.iter().position(|held| held.pool == giving.pool) {
                let held = self.bodies[body].pools.remove(at);
                self.give_back(body, held, giving.home);
            }
        }
        true
    }

    /// Gives back at once what the body's next giving names (stabled outside a storage).
    pub(super) fn give_early(&mut self, body: u32) {
        let model = self.model;
        let record = &self.bodies[body];
        let steps = &model.programs[record.program.index()].steps[record.step as usize..];
        let stays =
            |step: &&Step| !matches!(step, Step::Line { .. } | Step::Run { .. } | Step::Board(_) | Step::Take(_));
        let giving = steps.iter().take_while(stays).find_map(|step| match step {
            Step::Give(givings) => Some(givings),
            _ => None,
        });
        if let Some(givings) = giving {
            self.give(body, givings);
        }
    }

    pub(super) fn give_back(&mut self, body: u32, held: Held, home: Option<ProgramId>) {
        let index = held.pool.index();
        self.touch_pool(index);
        let state = &mut self.pools[index];
        state.taken -= held.count;
        state.returning += held.count;
        self.bodies[body].gives += 1;
        if let Some(program) = home {
            let (entity, gives) = (self.bodies[body].entity, self.bodies[body].gives);
            let model = self.model;
            let entity = Entity::visit(entity, model.pools[index].home_stream, u64::from(gives));
            return self.send_home(program, entity, held);
        }
        let away = self.draw_turnaround(body, index);
        let back = self.now.after(away);
        self.account.pool_turned(index, back.since(held.since), held.count);
        if away == Duration::ZERO {
            return self.pool_freed(index as u32, held.count);
        }
        self.events.schedule(back, Event::PoolFree { pool: index as u32, count: held.count });
    }

    fn draw_turnaround(&self, body: u32, index: usize) -> Duration {
        let pool = &self.model.pools[index];
        let record = &self.bodies[body];
        let entity = Entity::visit(record.entity, pool.stream, u64::from(record.gives));
        let turnaround = pool.turnaround.draw(&self.draws, pool.stream, entity);
        let home = pool.home.as_ref().map_or(0.0, |law| law.draw(&self.draws, pool.home_stream, entity));
        Duration::from_real_ms(turnaround + home)
    }

    /// The things go home as cargo, one unit each.
    fn send_home(&mut self, program: ProgramId, entity: Entity, held: Held) {
        let flow: FlowId = self.model.programs[program.index()].flow;
        let size = Size::from_milli(i64::from(held.count) * 1000);
        let shipment = self.make_shipment(flow, program, entity, size);
        self.shipments[shipment].taken = Some(held.since);
        let body = self.lone_body(shipment, 0);
        self.proceed(body);
    }

    /// Things are home as cargo: they are free after the turnaround.
    pub(super) fn pool_filled(&mut self, body: u32, pool: PoolId) {
        let count = (self.bodies[body].size.milli() / 1000) as u32;
        let law = &self.model.pools[pool.index()];
        let entity = Entity::visit(self.bodies[body].entity, law.stream, 0);
        let wait = Duration::from_real_ms(law.turnaround.draw(&self.draws, law.stream, entity));
        let back = self.now.after(wait);
        for index in 0..self.bodies[body].members.len() {
            let ship = &self.shipments[self.bodies[body].members[index]];
            if let Some(taken) = ship.taken {
                let things = (ship.size.milli() / 1000) as u32;
                self.account.pool_turned(pool.index(), back.since(taken), things);
            }
        }
        self.events.schedule(back, Event::PoolFree { pool: pool.index() as u32, count });
    }

    pub(super) fn pool_freed(&mut self, pool: u32, count: u32) {
        self.touch_pool(pool as usize);
        let state = &mut self.pools[pool as usize];
        state.returning -= count;
        state.free += i64::from(count);
        self.serve_pool(pool);
    }

    /// Lets waiters take, in order, until one lacks this pool itself.
    fn serve_pool(&mut self, pool: u32) {
        let id = PoolId::new(pool as usize);
        loop {
            let free = self.pools[pool as usize].free;
            let mut next = None;
            for waiter in self.pools[pool as usize].queue.iter() {
                if i64::from(self.need_of(waiter.id, id)) > free {
                    break;
                }
                if self.first_lacking(waiter.id, self.needs_of(waiter.id), false).is_none() {
                    next = Some(waiter.id);
                    break;
                }
            }
            let Some(body) = next else { return };
            self.stop_waiting_for_pools(body);
        }
    }

    fn stop_waiting_for_pools(&mut self, body: u32) {
        let waited = self.now.since(self.bodies[body].joined);
        let pools: Vec<usize> = self.needs_of(body).iter().map(|need| need.pool.index()).collect();
        for index in pools {
            self.touch_pool(index);
            self.pools[index].queue.remove(body);
        }
        self.take_now(body, waited);
        let cell = self.bodies[body].cell;
        self.book(body, cell);
        self.step_done(body);
    }

    /// Takes over the sizes of a new parameter set.
    pub(super) fn resize_pools(&mut self) {
        for index in 0..self.pools.len() {
            self.touch_pool(index);
            let size = self.model.pools[index].size;
            let state = &mut self.pools[index];
            state.free += i64::from(size) - i64::from(state.size);
            state.size = size;
            self.serve_pool(index as u32);
        }
    }

    /// Brings a pool's integrals up to now.
    pub(super) fn touch_pool(&mut self, index: usize) {
        let state = &mut self.pools[index];
        let elapsed = i128::from(self.now.since(std::mem::replace(&mut state.touched, self.now)).ms());
        let tally = &mut self.account.outcome.pools[index];
        tally.taken += elapsed * i128::from(state.taken);
        tally.returning += elapsed * i128::from(state.returning);
        tally.size += elapsed * i128::from(state.size);
        tally.queue += elapsed * state.queue.len() as i128;
    }
}
