//! Carrying a body through the steps of its program.

use super::observer::{Fact, Observer};
use super::outcome::Passage;
use super::state::body::{Hold, SectionClock, WaitsFor};
use super::world::World;
use crate::ids::{CellId, NodeId};
use crate::model::{Draw, Mark, Program, Step};
use crate::units::Duration;

impl<'p, O: Observer> World<'p, O> {
    /// Executes steps until the body must wait or is no more.
    pub(super) fn proceed(&mut self, body: u32) {
        let record = &self.bodies[body];
        let (mut program, mut at) = (self.program_of(body), record.step);
        // No step that goes on makes it keep anything.
        let mut holds = record.hold != Hold::Nothing;
        loop {
            let step = &program.steps[at as usize];
            if holds && !matches!(step, Step::Serve(_) | Step::Together(_) | Step::Arrive { .. }) {
                self.release(body);
                holds = false;
            }
            let goes_on = match step {
                Step::Arrive { node, .. } => self.arrive(program, body, *node),
                Step::Serve(visit) => self.visit(body, visit),
                Step::Together(visits) => self.visit_together(body, visits),
                Step::Take(needs) => self.take(body, needs),
                Step::Give(givings) => self.give(body, givings),
                Step::Enter(storage) => self.enter(body, *storage),
                Step::EnterOver(storage) => self.enter_over(body, *storage),
                Step::Leave(storage) => self.leave(body, *storage),
                Step::Switch => {
                    self.come_to_switch(body);
                    // It may go on by another route.
                    (program, at) = (self.program_of(body), self.bodies[body].step);
                    true
                }
                Step::Form(former) => return self.form(body, *former),
                Step::Cut(most) if self.is_larger(body, *most) => return self.cut(body, *most),
                Step::FormParts(former) if self.is_part(body) => return self.form(body, *former),
                Step::Break if self.bodies[body].is_train() => return self.break_up(body),
                Step::Cut(_) | Step::FormParts(_) | Step::Break => true,
                Step::Line { .. } => return self.come_to_line(program, step, body, None),
                Step::Run { law, cell } => self.run_plainly(program, body, *law, *cell),
                Step::Board(leg) => return self.wait_for_vessel(body, *leg),
                Step::Deliver => return self.deliver(body),
            };
            if !goes_on {
                return;
            }
            at += 1;
            self.bodies[body].step = at;
        }
    }

    /// The program of a body.
    #[inline]
    pub(super) fn program_of(&self, body: u32) -> &'p Program {
        &self.model.programs[self.bodies[body].program.index()]
    }

    /// Goes on behind the step that the body was waiting in.
    pub(super) fn step_done(&mut self, body: u32) {
        let state = &mut self.bodies[body];
        state.waits = WaitsFor::Nothing;
        state.step += 1;
        self.proceed(body);
    }

    /// Frees what the body kept occupied behind it.
    #[inline]
    pub(super) fn release_hold(&mut self, body: u32) {
        if self.bodies[body].hold != Hold::Nothing {
            self.release(body);
        }
    }

    #[inline(never)]
    fn release(&mut self, body: u32) {
        match std::mem::replace(&mut self.bodies[body].hold, Hold::Nothing) {
            Hold::Nothing => {}
            Hold::Server(station, server) => self.free_server(station, server),
            Hold::Line(line) => self.leave_line(line),
        }
    }

    #[inline]
    fn arrive(&mut self, program: &'p Program, body: u32, node: NodeId) -> bool {
        self.note_body(Fact::Arrived(node), body);
        let record = &self.bodies[body];
        if record.is_train() {
            self.train_arrives(body, node);
        } else {
            self.member_arrives(program, body, None, node, record.step);
        }
        true
    }

    #[inline(never)]
    fn train_arrives(&mut self, train: u32, node: NodeId) {
        let record = &self.bodies[train];
        let offset = record.step - record.base;
        for index in 0..record.members.len() {
            let member = self.bodies[train].members[index];
            let own = self.program_of(member);
            self.member_arrives(own, member, Some(train), node, self.bodies[member].step + offset);
        }
    }

    /// A shipment, by itself, in a train or aboard a vessel, is at a node: its stay begins, section clocks start and stop.
    #[inline]
    pub(super) fn member_arrives(
        &mut self,
        program: &'p Program,
        shipment: u32,
        train: Option<u32>,
        node: NodeId,
        step: u32,
    ) {
        self.bodies[shipment].arrived = self.now;
        self.watch_node(node, shipment, 1);
        self.fire_marks(program, shipment, train, step);
    }

    /// All members set out on a link.
    #[expect(
        clippy::inline_always,
        reason = "most of what it is to run on a link; both callers are functions of their own"
    )]
    #[inline(always)]
    pub(super) fn set_out(&mut self, program: &'p Program, body: u32) {
        let record = &self.bodies[body];
        let (is_first, flow, step) = (record.acceptance.is_none(), record.flow.index(), record.step);
        if record.is_train() {
            return self.train_sets_out(body);
        }
        self.read_distance(body, step);
        if is_first {
            self.account.trains(flow);
        }
        self.member_sets_out(program, body, None, step);
    }

    #[inline(never)]
    fn train_sets_out(&mut self, train: u32) {
        self.read_distance(train, self.bodies[train].step);
        let record = &self.bodies[train];
        if self.bodies[record.members[0]].acceptance.is_none() {
            self.account.trains(record.flow.index());
        }
        let offset = record.step - record.base;
        for index in 0..record.members.len() {
            let member = self.bodies[train].members[index];
            let own = self.program_of(member);
            self.member_sets_out(own, member, Some(train), self.bodies[member].step + offset);
        }
    }

    /// A shipment, by itself, in a train or aboard a vessel, sets out on a link: its stay ends, section clocks stop, acceptance is over.
    #[expect(clippy::inline_always, reason = "nearly all of what it is for a body to set out")]
    #[inline(always)]
    pub(super) fn member_sets_out(&mut self, program: &'p Program, shipment: u32, train: Option<u32>, step: u32) {
        let ship = &self.bodies[shipment];
        let is_first = ship.acceptance.is_none();
        let (node, marks) = program.node_and_marks(step);
        if let Some(node) = node {
            self.account.leaves_node(self.now, ship, node);
            self.watch_node(node, shipment, -1);
        }
        if is_first {
            self.accept(shipment, train);
        }
        if !marks.is_empty() {
            self.fire(marks, shipment, train);
        }
    }

    /// The first setting out: what was booked to waiting for acceptance so far is the wait for acceptance.
    #[inline]
    fn accept(&mut self, shipment: u32, train: Option<u32>) {
        let in_train = train.map_or(Duration::ZERO, |train| self.account.in_acceptance(&self.bodies[train].tape));
        let ship = &mut self.bodies[shipment];
        ship.acceptance = Some(self.account.in_acceptance(&ship.tape) + in_train);
    }

    #[inline]
    pub(super) fn fire_marks(&mut self, program: &'p Program, shipment: u32, train: Option<u32>, step: u32) {
        let marks = program.marks_at(step);
        if !marks.is_empty() {
            self.fire(marks, shipment, train);
        }
    }

    #[inline(never)]
    fn fire(&mut self, marks: &[Mark], shipment: u32, train: Option<u32>) {
        for mark in marks {
            let on_train = train.map_or(0, |train| self.bodies[train].tape.len());
            let ship = &mut self.bodies[shipment];
            if mark.starts {
                let booked = ship.tape.len() + on_train;
                ship.clocks.push(SectionClock { section: mark.section, start: self.now, booked });
            } else if let Some(at) = ship.clocks.iter().position(|clock| clock.section == mark.section) {
                let clock = ship.clocks.swap_remove(at);
                self.passed_section(shipment, train, clock);
            }
        }
    }

    fn passed_section(&mut self, shipment: u32, train: Option<u32>, clock: SectionClock) {
        let ship = &self.bodies[shipment];
        if !ship.in_cohort {
            return;
        }
        let tape = train.map_or(&[][..], |train| &self.bodies[train].tape);
        let before = ship.tape.len();
        let passed = ship.tape.get(clock.booked..).unwrap_or(&[]);
        let passed = [passed, &tape[clock.booked.saturating_sub(before)..]];
        let border = self.account.passes(clock.section, passed, crate::units::weight(ship.mass, ship.size));
        self.account.outcome.passages.push(Passage {
            section: clock.section,
            flow: ship.flow,
            route: ship.route,
            made: ship.made,
            time: self.now.since(clock.start),
            border,
            mass: ship.mass,
            size: ship.size,
        });
    }

    /// Draws a running time for a body.
    #[inline]
    pub(super) fn draw_run(&self, body: u32, draw: Draw) -> Duration {
        let law = &self.model.laws[draw.law as usize];
        let visit = || self.bodies[body].entity.visit(law.stream, u64::from(draw.number));
        Duration::from_real_ms(law.time.draw_of(&self.random, law.stream, visit))
    }

    /// Runs; true if that takes no time, and so no event.
    #[inline(never)]
    fn run_plainly(&mut self, program: &'p Program, body: u32, law: Draw, cell: CellId) -> bool {
        self.note_body(Fact::Ran(cell), body);
        self.set_out(program, body);
        let time = self.draw_run(body, law);
        if time == Duration::ZERO {
            return true;
        }
        self.bodies[body].cell = cell;
        self.events.schedule(self.now.after(time), super::event::Event::RunEnd { body });
        false
    }

    pub(super) fn run_ended(&mut self, body: u32) {
        let cell = self.bodies[body].cell;
        self.book(body, cell);
        self.step_done(body);
    }
}
