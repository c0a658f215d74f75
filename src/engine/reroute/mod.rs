//! Switching: a shipment under way goes on by another route where what it knows says that this is so much cheaper.
//!
//! It decides when it comes to a switching point, and again from time to time while it waits behind one for the next leg. It
//! knows the queues of the moment, and closures and bans as they were some hours ago; never what was drawn ahead.

mod known;
mod outlook;
mod review;

use super::observer::{Fact, Observer};
use super::state::body::Switched;
use super::world::World;
use crate::ids::ProgramId;
use crate::model::{Onward, Rule, Switch};
use crate::random::Entity;
use crate::units::MS_PER_DAY;
use outlook::Outlook;

/// Where a shipment stands that decides.
#[derive(Clone, Copy, Debug)]
struct Standing {
    program: ProgramId,
    /// The step that comes next, or the one that it waits in.
    step: u32,
    /// What is before it in the queue of that step, where it waits: bodies, or thousandths of units where vessels are waited
    /// for.
    ahead: Option<f64>,
    /// Milliseconds for which it is expected to be held before it may go on.
    held: f64,
}

impl<'p, O: Observer> World<'p, O> {
    /// A body comes to a switching point.
    pub(super) fn come_to_switch(&mut self, body: u32) {
        let record = &self.bodies[body];
        let (program, step) = (record.program, record.step);
        let ([shipment], false) = (&record.members[..], record.is_train()) else { return };
        let (shipment, plan) = (*shipment, self.plan);
        let Some(switch) = plan.reroutes.switch_at(program, step) else { return };
        let standing = Standing { program, step: step + 1, ahead: None, held: 0.0 };
        if let Some(onward) = self.better(shipment, switch, standing, |_| true) {
            self.go_by(body, shipment, switch, onward);
        }
    }

    /// The rule of a shipment that is informed and may still switch at a switching point.
    fn may_switch(&self, shipment: u32, switch: &Switch) -> Option<&'p Rule> {
        let ship = &self.bodies[shipment];
        let rule = self.plan.reroutes.rules[ship.flow.index()].as_ref()?;
        let switched = ship.switched();
        let has_left = switched.times > 0 && switch.step <= switched.at;
        if has_left || switched.times >= rule.most {
            return None;
        }
        let u = self.random.uniform(rule.informed_stream, self.whole_of(shipment), 0);
        (u < rule.informed).then_some(rule)
    }

    /// The identity of the shipment that this is, or is a part of: all parts decide by the same random numbers.
    fn whole_of(&self, shipment: u32) -> Entity {
        let ship = &self.bodies[shipment];
        ship.original().map_or(ship.entity, |original| self.originals[original].entity)
    }

    /// The cheapest other way on that is enough cheaper than the own one, of those that are open to it.
    fn better(
        &self,
        shipment: u32,
        switch: &'p Switch,
        standing: Standing,
        is_open: impl Fn(&Onward) -> bool,
    ) -> Option<&'p Onward> {
        let rule = self.may_switch(shipment, switch)?;
        let value = rule.value_of_time.draw(&self.random, rule.value_stream, self.whole_of(shipment));
        let outlook = |program, step, ahead| Outlook { shipment, program, step, ahead, delay: rule.delay };
        let cost = |usd: f64, ms: f64| usd + value * ms / MS_PER_DAY as f64;
        let own = outlook(standing.program, standing.step, standing.ahead);
        let own = cost(switch.usd, standing.held + self.ms_left(&own));
        // Who set out on a way that is dearer without any waiting has a reason, which it keeps.
        let reason =
            |onward: &Onward| (cost(switch.usd, switch.free_flow_ms) - cost(onward.usd, onward.free_flow_ms)).max(0.0);
        let mut best: Option<(f64, &Onward)> = None;
        for onward in switch.onwards.iter().filter(|onward| is_open(onward)) {
            let ms = self.ms_left(&outlook(onward.program, switch.step + 1, None));
            let other = cost(onward.usd, ms) + reason(onward);
            if best.is_none_or(|(least, _)| other < least) {
                best = Some((other, onward));
            }
        }
        best.filter(|(other, _)| rule.switches(own, *other)).map(|(_, onward)| onward)
    }

    /// A lone body goes on by another program, which is the same up to the switching point.
    fn go_by(&mut self, body: u32, shipment: u32, switch: &Switch, onward: &Onward) {
        let program = &self.model.programs[onward.program.index()];
        self.bodies[body].program = onward.program;
        let ship = &mut self.bodies[shipment];
        ship.program = onward.program;
        ship.route = program.route;
        ship.set_switched(Switched { times: ship.switched().times + 1, at: switch.step });
        // Sections whose end it no longer passes are not passed.
        let ends = |section| program.marks.iter().any(|mark| mark.section == section && mark.step > switch.step);
        ship.clocks.retain(|clock| ends(clock.section));
        let load = ship.load();
        self.account.switches(onward.label as usize, load);
        self.note_body(Fact::Switched(switch.node, program.route), body);
    }
}
