//! Gates: what closes and opens by its own clock, or with the storms of its group.

use super::event::Event;
use super::observer::{Fact, Observer};
use super::world::World;
use crate::ids::GateId;
use crate::model::{GateClock, Model, OpenSpell};
use crate::random::{Distribution, Entity, StreamId};
use crate::units::{Duration, SimTime, Spell};

/// Draw blocks of a spell: open, closed, and the u that members share.
const OPEN: u64 = 0;
const CLOSED: u64 = 64;
const MEMBERS: u64 = 512;

/// What has no clock of its own never closes by one.
static NEVER: OpenSpell = OpenSpell::Rate(0.0);

impl<'p, O: Observer> World<'p, O> {
    pub(super) fn begin_gates(&mut self) {
        for gate in 0..self.gates.len() {
            match &self.model.gates[gate].clock {
                GateClock::Windows(windows) => {
                    for &Spell { from, until } in windows {
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

    /// Schedules the end of an open spell that begins now.
    fn open_spell(&mut self, gate: u32) {
        let index = gate as usize;
        let (stream, spell) = (self.model.gates[index].stream, self.gates[index].spells);
        let due = self.end_of_open(stream, spell, |model, month| match &model.gates[index].clock {
            GateClock::Renewal { open, .. } => &open[month],
            GateClock::Windows(_) | GateClock::Member => &NEVER,
        });
        self.events.schedule(due, Event::Gate { gate });
    }

    /// When an open spell ends that begins now: after its own length, or once its unit draw is spent at the rates of
    /// the months, and of the parameter sets, that it passes through.
    fn end_of_open(
        &self,
        stream: StreamId,
        spell: u64,
        in_month: impl Fn(&'p Model, usize) -> &'p OpenSpell,
    ) -> SimTime {
        let entity = Entity::ordinal(spell);
        if let OpenSpell::Law(law) = in_month(self.model, self.month()) {
            return self.now.after(Duration::from_real_ms(law.draw_at(&self.random, stream, entity, OPEN)));
        }
        let mut left = -libm::log1p(-self.random.uniform(stream, entity, 4 * OPEN));
        let (mut at, clock) = (self.now, &self.plan.clock);
        while at < clock.end {
            let month = clock.months[clock.month_at(at)].month0 as usize;
            let rate = in_month(self.plan.model_at(at), month).rate();
            let next = self.plan.next_step(at);
            let due = if rate > 0.0 { at.after(Duration::from_real_ms(left / rate)) } else { SimTime::MAX };
            if due <= next {
                return due;
            }
            left -= next.since(at).ms() as f64 * rate;
            at = next;
        }
        SimTime::MAX
    }

    fn closed_spell(&self, law: &Distribution, stream: StreamId, spell: u64) -> SimTime {
        self.now.after(Duration::from_real_ms(law.draw_at(&self.random, stream, Entity::ordinal(spell), CLOSED)))
    }

    pub(super) fn gate_changes(&mut self, gate: u32) {
        let index = gate as usize;
        let model = &self.model.gates[index];
        let closes = !self.gates[index].closed;
        let GateClock::Renewal { closed, .. } = &model.clock else { return self.set_gate(index, closes) };
        if closes {
            let end = self.closed_spell(&closed[self.month()], model.stream, self.gates[index].spells);
            self.events.schedule(end, Event::Gate { gate });
            return self.set_gate(index, true);
        }
        self.gates[index].spells += 1;
        self.set_gate(index, false);
        self.open_spell(gate);
    }

    /// Schedules the next storm of a group.
    fn calm(&mut self, group: u32) {
        let index = group as usize;
        let (stream, storm) = (self.model.storms[index].stream, self.storms[index].storms);
        let due = self.end_of_open(stream, storm, |model, month| &model.storms[index].open[month]);
        self.events.schedule(due, Event::Storm { group });
    }

    pub(super) fn storm_changes(&mut self, group: u32) {
        let index = group as usize;
        if self.storms[index].storming {
            return self.storm_passes(group);
        }
        let model = &self.model.storms[index];
        let (month, number) = (self.month(), self.storms[index].storms);
        self.storms[index].storming = true;
        let end = self.closed_spell(&model.closed[month], model.stream, number);
        self.events.schedule(end, Event::Storm { group });
        let most = model.members.iter().map(|member| member.1[month]).fold(0.0, f64::max);
        let u = self.random.uniforms(model.stream, Entity::ordinal(number), MEMBERS)[0];
        for (gate, shares) in &model.members {
            if shares[month] > 0.0 && u <= shares[month] / most {
                self.set_gate(gate.index(), true);
            }
        }
    }

    fn storm_passes(&mut self, group: u32) {
        let index = group as usize;
        self.storms[index].storming = false;
        self.storms[index].storms += 1;
        for (gate, _) in &self.model.storms[index].members {
            if self.gates[gate.index()].closed {
                self.set_gate(gate.index(), false);
            }
        }
        self.calm(group);
    }

    fn set_gate(&mut self, index: usize, closes: bool) {
        let id = GateId::new(index);
        self.note(if closes { Fact::Closed(id) } else { Fact::Opened(id) });
        if !closes {
            self.count_closed(index);
        }
        self.known.gate_changes(index, self.now);
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
        for &kind in &gate.visiting {
            self.shut_sailings(model.fleets.len() + kind as usize, 0, closes);
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
            self.count_closed_by_month(index, Spell { from, until });
        }
    }

    fn count_closed_by_month(&mut self, index: usize, Spell { mut from, until }: Spell) {
        let clock = &self.plan.clock;
        let mut month = clock.month_at(from);
        while from < until {
            let end = clock.months.get(month + 1).map_or(until, |next| next.start.min(until));
            self.account.outcome.gates_by_month[index][month] += end.since(from);
            (from, month) = (end, month + 1);
        }
    }
}
