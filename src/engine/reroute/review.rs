//! Those who wait behind a switching point look again: for a train, for things of pools, for a path, for a vessel, and at
//! their origin under a ban.
//!
//! Who has passed a facility on the way out, or has left its storage, has set out and stays.

use std::ops::Range;

use super::Standing;
use crate::engine::event::Event;
use crate::engine::observer::Observer;
use crate::engine::state::former::Joining;
use crate::engine::world::World;
use crate::ids::{FlowId, FormerId, LegId, PoolId};
use crate::model::{Need, Onward, Step, Switch, Watch};

/// In which queue a shipment waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Queue {
    Leg(LegId, u8),
    Former(FormerId),
    Pools,
    Line(u32, u8),
}

/// A shipment that waits, in a body or without one.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    shipment: u32,
    body: Option<u32>,
    step: u32,
    /// What is before it: bodies, or thousandths of units for vessels.
    ahead: f64,
    queue: Queue,
}

impl<O: Observer> World<'_, O> {
    pub(in crate::engine) fn begin_reviews(&mut self) {
        for review in 0..self.plan.reroutes.reviews.len() {
            self.schedule_review(review as u32);
        }
    }

    fn schedule_review(&mut self, review: u32) {
        let next = self.now.after(self.plan.reroutes.reviews[review as usize]);
        self.events.schedule(next, Event::Review { review });
    }

    pub(in crate::engine) fn review(&mut self, review: u32) {
        self.schedule_review(review);
        self.review_bans(review);
        for leg in 0..self.legs.len() {
            self.review_leg(review, LegId::new(leg));
        }
        for former in 0..self.formers.len() {
            let waiting = self.waiting_at_former(review, FormerId::new(former));
            self.reconsider(waiting);
        }
        for pool in 0..self.pools.len() {
            let waiting = self.waiting_at_pool(review, PoolId::new(pool));
            self.reconsider(waiting);
        }
        for line in 0..self.lines.len() {
            for direction in 0..2 {
                let waiting = self.waiting_at_line(review, line as u32, direction);
                self.reconsider(waiting);
            }
        }
    }

    fn is_reviewed(&self, flow: FlowId, review: u32) -> bool {
        self.plan.reroutes.rules[flow.index()].as_ref().is_some_and(|rule| rule.review == review as usize)
    }

    /// Each decides in the order of the queue; who leaves is no longer before the others.
    fn reconsider(&mut self, waiting: Vec<Waiting>) {
        let mut left = 0.0;
        for mut one in waiting {
            one.ahead -= left;
            let weight = match one.queue {
                Queue::Leg(..) => self.bodies[one.shipment].size.milli() as f64,
                _ => 1.0,
            };
            if self.switches_while_waiting(one) {
                left += weight;
            }
        }
    }

    fn switches_while_waiting(&mut self, waiting: Waiting) -> bool {
        let (plan, program) = (self.plan, self.bodies[waiting.shipment].program);
        let Some(switch) = plan.reroutes.switch_before(program, waiting.step) else { return false };
        if !self.is_behind(switch, waiting) {
            return false;
        }
        let standing = Standing { program, step: waiting.step, ahead: Some(waiting.ahead), held: 0.0 };
        let Some(onward) = self.better(waiting.shipment, switch, standing, |_| true) else { return false };
        let body = self.leave_queue(waiting);
        self.give_unused(body, switch.step as usize..waiting.step as usize);
        self.bodies[body].step = switch.step;
        self.go_by(body, waiting.shipment, switch, onward);
        self.ready.push_back(body);
        true
    }

    /// Whether nothing was done since the switching point but to wait and to take things.
    fn is_behind(&self, switch: &Switch, waiting: Waiting) -> bool {
        let program = self.bodies[waiting.shipment].program;
        let between = &self.model.programs[program.index()].steps[switch.step as usize + 1..waiting.step as usize];
        between.iter().all(|step| matches!(step, Step::Take(_) | Step::Form(_) | Step::FormParts(_)))
    }

    /// Things that were taken behind the switching point and have not moved are free at once.
    fn give_unused(&mut self, body: u32, between: Range<usize>) {
        let program = self.bodies[body].program;
        let steps = &self.model.programs[program.index()].steps[between];
        let needs = steps.iter().filter_map(|step| if let Step::Take(needs) = step { Some(needs) } else { None });
        for Need { pool, .. } in needs.flatten() {
            while let Some(at) = self.bodies[body].pools.iter().position(|held| held.pool == *pool) {
                let held = self.bodies[body].pools.remove(at);
                self.put_back(held);
            }
        }
    }

    /// Takes a shipment out of the queue in which it waits, its wait booked.
    fn leave_queue(&mut self, waiting: Waiting) -> u32 {
        match (waiting.queue, waiting.body) {
            (Queue::Leg(leg, line), _) => {
                self.legs[leg.index()].remove(line, waiting.shipment, self.now);
                self.book_shipment(waiting.shipment, self.model.legs[leg.index()].wait);
                self.move_alone(waiting.shipment, waiting.step);
                waiting.shipment
            }
            (Queue::Former(former), _) => {
                self.leave_former(waiting.shipment, former);
                self.move_alone(waiting.shipment, waiting.step);
                waiting.shipment
            }
            (Queue::Pools, Some(body)) => {
                self.leave_pools(body);
                body
            }
            (Queue::Line(line, direction), Some(body)) => {
                self.leave_line_queue(body, line, direction);
                body
            }
            (Queue::Pools | Queue::Line(..), None) => unreachable!("who waits there has a body"),
        }
    }

    fn review_leg(&mut self, review: u32, leg: LegId) {
        let mut waiting = Vec::new();
        for (line, queue) in self.legs[leg.index()].lines.iter().enumerate() {
            let mut ahead = 0.0;
            for waiter in queue.iter() {
                let ship = &self.bodies[waiter.id];
                if self.is_reviewed(ship.flow, review) {
                    let queue = Queue::Leg(leg, line as u8);
                    waiting.push(Waiting { shipment: waiter.id, body: None, step: ship.step, ahead, queue });
                }
                ahead += ship.size.milli() as f64;
            }
        }
        if !waiting.is_empty() {
            self.reconsider(waiting);
            self.look_at_open(leg);
        }
    }

    fn waiting_at_former(&self, review: u32, former: FormerId) -> Vec<Waiting> {
        let queue = self.formers[former.index()].queue.iter();
        let reviewed = queue.filter(|joining| self.is_reviewed(self.bodies[joining.shipment].flow, review));
        let waiting = |&Joining { shipment, step, .. }: &Joining| Waiting {
            shipment,
            body: None,
            step,
            ahead: 0.0,
            queue: Queue::Former(former),
        };
        reviewed.map(waiting).collect()
    }

    /// Lone bodies that wait for things of this pool first of all.
    fn waiting_at_pool(&self, review: u32, pool: PoolId) -> Vec<Waiting> {
        let queue = self.pools[pool.index()].queue.in_order(&self.storages).into_iter().enumerate();
        let is_first = |body: u32| self.needs_of(body).first().is_some_and(|need| need.pool == pool);
        let waiting = queue.filter(|(_, body)| is_first(*body));
        waiting.filter_map(|(before, body)| self.lone_waiting(review, body, before, Queue::Pools)).collect()
    }

    fn waiting_at_line(&self, review: u32, line: u32, direction: u8) -> Vec<Waiting> {
        let queue = self.lines[line as usize].queue[direction as usize].iter().enumerate();
        let waiting = queue
            .filter_map(|(before, waiter)| self.lone_waiting(review, waiter.id, before, Queue::Line(line, direction)));
        waiting.collect()
    }

    fn lone_waiting(&self, review: u32, body: u32, before: usize, queue: Queue) -> Option<Waiting> {
        let record = &self.bodies[body];
        let ([shipment], false) = (&record.members[..], record.is_train()) else { return None };
        let waiting = Waiting { shipment: *shipment, body: Some(body), step: record.step, ahead: before as f64, queue };
        self.is_reviewed(record.flow, review).then_some(waiting)
    }

    /// Those that a ban holds at their origins.
    fn review_bans(&mut self, review: u32) {
        for ban in 0..self.bans.len() {
            for body in self.bans[ban].held.clone() {
                if self.is_reviewed(self.bodies[body].flow, review) && self.switches_from_ban(body, ban) {
                    self.leave_ban(body, ban);
                }
            }
        }
    }

    /// A body that has not set out goes on by a route that does not lead to what a ban watches.
    pub(in crate::engine) fn switches_from_ban(&mut self, body: u32, ban: usize) -> bool {
        let plan = self.plan;
        let (program, shipment) = (self.bodies[body].program, self.bodies[body].members[0]);
        let Some(rule) = plan.reroutes.rules.get(self.bodies[body].flow.index()).and_then(Option::as_ref) else {
            return false;
        };
        let Some(switch) =
            plan.reroutes.switches[program.index()].first().filter(|switch| self.is_at_origin(program, switch))
        else {
            return false;
        };
        let held = self.ban_lasts(ban, rule.delay);
        let standing = Standing { program, step: switch.step + 1, ahead: None, held };
        let is_open = |onward: &Onward| !self.leads_to(onward, self.model.bans[ban].watch);
        let Some(onward) = (held > 0.0).then(|| self.better(shipment, switch, standing, is_open)).flatten() else {
            return false;
        };
        self.go_by(body, shipment, switch, onward);
        true
    }

    fn is_at_origin(&self, program: crate::ids::ProgramId, switch: &Switch) -> bool {
        let steps = &self.model.programs[program.index()].steps[..switch.step as usize];
        steps.iter().filter(|step| matches!(step, Step::Arrive { .. })).count() == 1
    }

    /// Whether a way on passes what a ban watches.
    fn leads_to(&self, onward: &Onward, watch: Watch) -> bool {
        let steps = &self.model.programs[onward.program.index()].steps;
        steps.iter().any(|step| match (step, watch) {
            (Step::Arrive { node, .. }, Watch::Node(watched)) => *node == watched,
            (Step::Enter(storage) | Step::EnterOver(storage), Watch::Storage(watched)) => *storage == watched,
            (Step::Serve(visit), Watch::Station(watched)) => visit.station == watched,
            (Step::Together(visits), Watch::Station(watched)) => visits.iter().any(|visit| visit.station == watched),
            _ => false,
        })
    }

    fn leave_ban(&mut self, body: u32, ban: usize) {
        self.touch_ban(ban);
        self.bans[ban].held.retain(|&other| other != body);
        self.account.outcome.held[ban].left += 1;
        self.set_off_after_ban(body);
    }
}
