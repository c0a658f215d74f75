//! Lines: trains of one direction set out a headway apart, and only so many are on the line at once.

use super::event::Event;
use super::lane::LaneQueue;
use super::observer::{Fact, Observer};
use super::queues::QueueAt;
use super::state::body::{Hold, WaitsFor};
use super::world::World;
use crate::ids::LineId;
use crate::model::Step;
use crate::units::Duration;

impl<O: Observer> World<'_, O> {
    #[inline(never)]
    pub(super) fn wait_for_line(&mut self, body: u32, line: LineId, direction: u8) {
        self.touch_line(line.index());
        if self.lines[line.index()].is_free(self.model.lines[line.index()].at_once, direction as usize, self.now) {
            return self.start_on_line(body, line.index() as u32, direction as usize, Duration::ZERO);
        }
        let waiter = self.waiter(self.bodies[body].priority, body);
        self.begin_to_wait(body, WaitsFor::Line(line, direction));
        let state = &mut self.lines[line.index()];
        let closed_before = state.shut_time(direction as usize, self.now);
        let record = &mut self.bodies[body];
        record.joined = self.now;
        record.closed_before = closed_before;
        state.queue[direction as usize].push(waiter);
        let waiting = state.waiting();
        let is_on_purpose = self.waits_on_purpose(body);
        self.try_line(line.index() as u32);
        if self.lines[line.index()].waiting() == waiting {
            self.note_length(QueueAt::Line(line), waiting as u64, is_on_purpose);
        }
    }

    /// Lets set out whoever may, the longest waiting of both directions first.
    #[inline]
    pub(super) fn try_line(&mut self, line: u32) {
        if self.lines[line as usize].waiting() > 0 {
            self.let_set_out(line);
        }
    }

    // Seldom needed. Not inlined, so that the test before it can be.
    #[inline(never)]
    fn let_set_out(&mut self, line: u32) {
        while let Some(direction) = self.next_direction(line) {
            self.touch_line(line as usize);
            let Some(waiter) = self.lines[line as usize].queue[direction].pop() else { return };
            let wait = self.end_to_wait_for_line(waiter.id, line, direction);
            self.start_on_line(waiter.id, line, direction, wait);
        }
    }

    fn next_direction(&mut self, line: u32) -> Option<usize> {
        let limit = self.model.lines[line as usize].at_once;
        if limit.is_some_and(|limit| self.lines[line as usize].on >= limit) {
            return None;
        }
        match (self.may_set_out(line, 0), self.may_set_out(line, 1)) {
            (true, true) => {
                let rank = |queue: &LaneQueue| queue.front().map(|first| first.rank());
                let [one, other] = &self.lines[line as usize].queue;
                Some(usize::from(rank(other) < rank(one)))
            }
            (true, false) => Some(0),
            (false, true) => Some(1),
            (false, false) => None,
        }
    }

    /// Whether somebody waits in a direction who may set out in it now; who may as soon as the headway is over is looked at
    /// again then.
    #[inline]
    fn may_set_out(&mut self, line: u32, direction: usize) -> bool {
        let state = &mut self.lines[line as usize];
        if state.queue[direction].is_empty() || state.shut[direction] > 0 {
            return false;
        }
        let is_later = state.next[direction] > self.now;
        if is_later && !std::mem::replace(&mut state.woken[direction], true) {
            self.events.schedule(state.next[direction], Event::LineWake { line, direction: direction as u8 });
        }
        !is_later
    }

    fn start_on_line(&mut self, body: u32, line: u32, direction: usize, wait: Duration) {
        let cells = self.model.lines[line as usize].cells;
        let headway = self.model.lines[line as usize].headway;
        let state = &mut self.lines[line as usize];
        state.on += 1;
        state.next[direction] = self.now.after(headway);
        let record = &mut self.bodies[body];
        record.cell = cells.running;
        let (mass, step, program) = (record.mass, record.step, record.program);
        self.account.line_starts(line as usize, direction, mass);
        self.ends_to_wait(body, QueueAt::Line(LineId::new(line as usize)), wait);
        self.note_body(Fact::SetOut(LineId::new(line as usize)), body);
        let program = &self.model.programs[program.index()];
        self.set_out(program, body);
        if let Step::Line { law, .. } = program.steps[step as usize] {
            let time = self.draw_run(body, law);
            self.events.schedule(self.now.after(time), Event::LineEnd { body });
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
        self.touch_line(line as usize);
        self.lines[line as usize].queue[direction as usize].remove(body);
        self.end_to_wait_for_line(body, line, direction as usize);
    }

    pub(super) fn line_ended(&mut self, body: u32) {
        let (cell, program, step) = (self.bodies[body].cell, self.bodies[body].program, self.bodies[body].step);
        self.book(body, cell);
        if let Step::Line { line, .. } = self.model.programs[program.index()].steps[step as usize] {
            self.bodies[body].hold = Hold::Line(line);
        }
        self.step_done(body);
    }

    pub(super) fn leave_line(&mut self, line: LineId) {
        self.touch_line(line.index());
        self.lines[line.index()].on -= 1;
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
    #[inline]
    pub(super) fn touch_line(&mut self, line: usize) {
        let state = &mut self.lines[line];
        let elapsed = self.now.since(std::mem::replace(&mut state.touched, self.now)).ms();
        if elapsed == 0 {
            return;
        }
        let tally = &mut self.account.outcome.lines[line];
        tally.running += i128::from(elapsed * i64::from(state.on));
        tally.queue += i128::from(elapsed * state.waiting() as i64);
    }
}
