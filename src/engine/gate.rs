//! Gates: what closes and opens by its own clock, or with the storms of its group.

use super::event::Event;
use super::observer::{Fact, Observer};
use super::world::World;
use crate::ids::GateId;
use crate::plan::model::GateClock;
use crate::random::{Distribution, Entity};
use crate::units::{Duration, SimTime};

/// The state of a gate.
#[derive(Debug, Default)]
pub(super) struct GateState {
    pub(super) closed: bool,
    /// Spells so far: the ordinal of the open spell and of the closed one after it.
    spells: u64,
    pub(super) since: SimTime,
}

/// The state of a group of storms.
#[derive(Debug, Default)]
pub(super) struct StormState {
    storming: bool,
    storms: u64,
    /// Waits for a month in which there are storms.
    idle: bool,
}

/// Draw blocks of a spell: open, closed, and the u that members share.
const OPEN: u64 = 0;
const CLOSED: u64 = 64;
const MEMBERS: u64 = 512;

impl<O: Observer> World<'_, O> {
    pub(super) fn begin_gates(&mut self) {
        for gate in 0..self.gates.len() {
            match &self.model.gates[gate].clock {
                GateClock::Windows(windows) => {
                    for &(from, until) in windows {
                        self.events.schedule(from.max(SimTime::ZERO), Event::Gate { gate: gate as u32 });
                        self.events.schedule(until.max(SimTime::ZERO), Event::Gate { gate: gate as u32 });
                    }
                }
                GateClock::Renewal { .. } => self.open_spell(gate as u32),
                GateClock::Member => {}
            }
        }
        for group in 0..self.storms.len() {
            self.calm(group as u32);
        }
    }

    fn month(&self) -> usize {
        let clock = &self.plan.clock;
        clock.months[clock.month_at(self.now)].month0 as usize
    }

    /// The first moment of the next month.
    fn next_month(&self) -> SimTime {
        let clock = &self.plan.clock;
        clock.months.get(clock.month_at(self.now) + 1).map_or(SimTime::MAX, |month| month.start)
    }

    fn spell(&self, law: &Distribution, stream: crate::random::StreamId, ordinal: u64, block: u64) -> Duration {
        Duration::from_real_ms(law.draw_at(&self.draws, stream, Entity::ordinal(ordinal), block))
    }

    /// Schedules the end of an open spell that begins now; in a month without closures, looks again in the next.
    fn open_spell(&mut self, gate: u32) {
        let model = &self.model.gates[gate as usize];
        let GateClock::Renewal { open, .. } = &model.clock else { return };
        let due = match &open[self.month()] {
            Some(law) => self.now.after(self.spell(law, model.stream, self.gates[gate as usize].spells, OPEN)),
            None => self.next_month(),
        };
        self.gates[gate as usize].since = if open[self.month()].is_some() { due } else { SimTime::MAX };
        self.events.schedule(due, Event::Gate { gate });
    }

    pub(super) fn gate_changes(&mut self, gate: u32) {
        let index = gate as usize;
        let model = &self.model.gates[index];
        let GateClock::Renewal { closed, .. } = &model.clock else {
            let closes = !self.gates[index].closed;
            return self.set_gate(index, closes);
        };
        if self.gates[index].closed {
            self.gates[index].spells += 1;
            self.set_gate(index, false);
            return self.open_spell(gate);
        }
        if self.gates[index].since != self.now {
            return self.open_spell(gate);
        }
        let time = self.spell(&closed[self.month()], model.stream, self.gates[index].spells, CLOSED);
        self.events.schedule(self.now.after(time), Event::Gate { gate });
        self.set_gate(index, true);
    }

    /// Schedules the next storm of a group.
    fn calm(&mut self, group: u32) {
        let index = group as usize;
        let model = &self.model.storms[index];
        let law = &model.open[self.month()];
        self.storms[index].idle = law.is_none();
        let due = match law {
            Some(law) => self.now.after(self.spell(law, model.stream, self.storms[index].storms, OPEN)),
            None => self.next_month(),
        };
        self.events.schedule(due, Event::Storm { group });
    }

    pub(super) fn storm_changes(&mut self, group: u32) {
        let index = group as usize;
        let model = &self.model.storms[index];
        if self.storms[index].idle {
            return self.calm(group);
        }
        if self.storms[index].storming {
            self.storms[index].storming = false;
            self.storms[index].storms += 1;
            for (gate, _) in &model.members {
                if self.gates[gate.index()].closed {
                    self.set_gate(gate.index(), false);
                }
            }
            return self.calm(group);
        }
        let month = self.month();
        let number = self.storms[index].storms;
        let time = self.spell(&model.closed[month], model.stream, number, CLOSED);
        self.storms[index].storming = true;
        self.events.schedule(self.now.after(time), Event::Storm { group });
        let most = model.members.iter().map(|member| member.1[month]).fold(0.0, f64::max);
        let u = self.draws.uniforms(model.stream, Entity::ordinal(number), MEMBERS)[0];
        for (gate, shares) in &model.members {
            if shares[month] > 0.0 && u <= shares[month] / most {
                self.set_gate(gate.index(), true);
            }
        }
    }

    fn set_gate(&mut self, index: usize, closes: bool) {
        let id = GateId::new(index);
        self.note(if closes { Fact::Closed(id) } else { Fact::Opened(id) }, None, crate::units::Size::ZERO);
        if !closes {
            self.count_closed(index);
        }
        self.gates[index].closed = closes;
        self.gates[index].since = self.now;
        let model = self.model;
        let gate = &model.gates[index];
        for station in &gate.stations {
            self.shut_station(station.index() as u32, closes);
        }
        for &(line, direction) in &gate.lines {
            self.shut_line(line.index() as u32, direction, closes);
        }
        for &(fleet, call) in &gate.sailings {
            self.shut_sailings(fleet.index(), call as usize, closes);
        }
    }

    /// Adds the closed spell up to now, as far as it lies in the horizon.
    pub(super) fn count_closed(&mut self, index: usize) {
        if !self.gates[index].closed {
            return;
        }
        let clock = &self.plan.clock;
        let (from, until) = (self.gates[index].since.max(clock.start), self.now.min(clock.horizon_end));
        if until > from {
            self.account.outcome.gates[index] += until.since(from);
        }
    }
}
