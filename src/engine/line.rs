//! Lines: trains of one direction set out a headway apart, and only so many are on the line at once.

use super::event::Event;
use super::lane::LaneQueue;
use super::observer::{Fact, Observer};
use super::queues::QueueAt;
use super::state::body::{Hold, WaitsFor};
use super::world::World;
use crate::ids::LineId;
use crate::model::{Program, Step};
use crate::units::Duration;

impl<'p, O: Observer> World<'p, O> {
    /// A body comes to a line, and waits unless it may set out at once; or it has waited, and sets out. It keeps its place on the
    /// line until it goes on behind it; whatever it kept before is free by now.
    #[inline(never)]
    pub(super) fn come_to_line(&mut self, program: &'p Program, step: &'p Step, body: u32, waited: Option<Duration>) {
        let Step::Line { line, direction, law } = *step else { return };
        let (state, model) = (&mut self.lines[line.index()], &self.model.lines[line.index()]);
        // As one of two, so that what is kept by direction is found without a check.
        let way = usize::from(direction != 0);
        if waited.is_none() && !state.is_free(model.at_once, way, self.now) {
            return self.wait_for_line(body, line, direction);
        }
        state.on.rise(self.now);
        state.next[way] = self.now.after(model.headway);
        let record = &mut self.bodies[body];
        record.cell = model.cells.running;
        record.hold = Hold::Line(line);
        let mass = record.mass;
        self.account.line_starts(line.index(), way, mass);
        self.ends_to_wait(body, QueueAt::Line(line), waited.unwrap_or(Duration::ZERO));
        self.note_body(Fact::SetOut(line), body);
        self.set_out(program, body);
        let time = self.draw_run(body, law);
        self.events.schedule(self.now.after(time), Event::RunEnd { body });
    }

    #[inline(never)]
    fn wait_for_line(&mut self, body: u32, line: LineId, direction: u8) {
        let waiter = self.waiter(self.bodies[body].priority, body);
        self.begin_to_wait(body, WaitsFor::Line(line, direction));
        let state = &mut self.lines[line.index()];
        let record = &mut self.bodies[body];
        record.joined = self.now;
        record.closed_before = state.shut_time(direction as usize, self.now);
        state.line_up(direction as usize, waiter, self.now);
        let waiting = state.waiting.number();
        let is_on_purpose = self.waits_on_purpose(body);
        self.try_line(line.index() as u32);
        if self.lines[line.index()].waiting.number() == waiting {
            self.note_length(QueueAt::Line(line), u64::from(waiting), is_on_purpose);
        }
    }

    /// Lets set out whoever may, the longest waiting of both directions first.
    #[inline]
    pub(super) fn try_line(&mut self, line: u32) {
        if self.may_any_set_out(line as usize) {
            self.let_set_out(line);
        }
    }

    /// Whether somebody may set out, or is to be told when he may.
    #[inline]
    fn may_any_set_out(&self, line: usize) -> bool {
        let state = &self.lines[line];
        state.waiting.number() > 0 && state.is_due(self.now) && state.has_place(self.model.lines[line].at_once)
    }

    // Seldom needed. Not inlined, so that the test before it can be.
    #[inline(never)]
    fn let_set_out(&mut self, line: u32) {
        while let Some(direction) = self.next_direction(line) {
            let Some(waiter) = self.lines[line as usize].next_in_line(direction, self.now) else { return };
            let wait = self.end_to_wait_for_line(waiter.id, line, direction);
            let program = self.program_of(waiter.id);
            let step = &program.steps[self.bodies[waiter.id].step as usize];
            self.come_to_line(program, step, waiter.id, Some(wait));
            if !self.may_any_set_out(line as usize) {
                return;
            }
        }
    }

    /// In which direction the next one of a line that has a place sets out, if anybody may.
    fn next_direction(&mut self, line: u32) -> Option<usize> {
        let (state, now) = (&mut self.lines[line as usize], self.now);
        let mut may_set_out = |direction: usize| {
            let wake = state.wake(direction, now);
            if let Some(time) = wake {
                self.events.schedule(time, Event::LineWake { line, direction: direction as u8 });
            }
            state.may_set_out(direction, now)
        };
        match (may_set_out(0), may_set_out(1)) {
            (true, true) => {
                let rank = |queue: &LaneQueue| queue.front().map(|first| first.rank());
                let [one, other] = &state.queue;
                Some(usize::from(rank(other) < rank(one)))
            }
            (true, false) => Some(0),
            (false, true) => Some(1),
            (false, false) => None,
        }
    }

    /// Books the wait of a body that no longer waits for a line, and returns it.
    fn end_to_wait_for_line(&mut self, body: u32, line: u32, direction: usize) -> Duration {
        let cells = self.model.lines[line as usize].cells;
        let shut = self.lines[line as usize].shut_time(direction, self.now);
        let record = &mut self.bodies[body];
        record.waits = WaitsFor::Nothing;
        let (wait, closed) = (self.now.since(record.joined), shut - record.closed_before);
        self.book_parts(body, [(cells.wait, wait - closed), (cells.closed, closed)]);
        wait
    }

    /// A body does not set out on a line for which it waited.
    pub(super) fn leave_line_queue(&mut self, body: u32, line: u32, direction: u8) {
        self.lines[line as usize].leave_queue(direction as usize, body, self.now);
        self.end_to_wait_for_line(body, line, direction as usize);
    }

    #[inline]
    pub(super) fn leave_line(&mut self, line: LineId) {
        self.lines[line.index()].on.fall(self.now);
        self.try_line(line.index() as u32);
    }

    pub(super) fn line_wakes(&mut self, line: u32, direction: u8) {
        self.lines[line as usize].woken[direction as usize] = false;
        self.try_line(line);
    }

    /// A gate over a direction closes (`+1`) or opens (`-1`).
    pub(super) fn shut_line(&mut self, line: u32, direction: u8, closes: bool) {
        let (state, direction) = (&mut self.lines[line as usize], direction as usize);
        if closes {
            if state.shut[direction] == 0 {
                state.shut_since[direction] = self.now;
            }
            state.shut[direction] += 1;
            return;
        }
        state.shut[direction] -= 1;
        if state.shut[direction] == 0 {
            state.shut_total[direction] += self.now.since(state.shut_since[direction]);
            self.try_line(line);
        }
    }

    /// Brings a line's integrals up to now.
    pub(super) fn touch_line(&mut self, line: usize) {
        let (state, tally) = (&mut self.lines[line], &mut self.account.outcome.lines[line]);
        tally.running += i128::from(state.on.integral(self.now));
        tally.queue += i128::from(state.waiting.integral(self.now));
    }
}
