//! Listens to a replication and keeps what is looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;

use super::tape::Tape;
use super::waiting::Waiting;
use super::who::Who;
use super::{Clock, Closed, Replay, Run, Spell, TICK};
use crate::engine::{Carrier, Fact, Note, Observer};
use crate::ids::{CellId, FleetId, GateId, LinkId, NodeId};
use crate::model::{Model, Plan};
use crate::units::{Duration, SimTime};
use crate::words::{Subject, SubjectKind};

/// A vessel: its fleet or kind of visit, and its number there.
type Vessel = (FleetId, u32);

/// Listens to a replication and keeps what is looked at.
pub struct Recorder<'a> {
    plan: &'a Plan,
    clock: Clock,
    /// By cell: the link to which its time belongs.
    links: Vec<Option<LinkId>>,
    /// Where each body came last.
    at: BTreeMap<Who, NodeId>,
    /// Who is on a link, and since when.
    on: BTreeMap<Who, (LinkId, SimTime)>,
    /// Who has set out at all: stocks wait on purpose until then.
    gone: BTreeSet<Who>,
    sailed: BTreeMap<Vessel, (NodeId, SimTime)>,
    called: BTreeMap<Vessel, (NodeId, SimTime)>,
    closed: BTreeMap<GateId, SimTime>,
    tape: Tape,
    waiting: Waiting,
    runs: BTreeMap<LinkId, Vec<Run>>,
    calls: BTreeMap<NodeId, Vec<Spell>>,
    closures: BTreeMap<Closed, Vec<Spell>>,
}

impl<'a> Recorder<'a> {
    /// A recorder of a replication of a plan.
    pub fn of(plan: &'a Plan) -> Self {
        let (start, end) = (plan.clock.start, plan.clock.horizon_end);
        let clock = Clock { start, ticks: end.since(start).ms() / TICK.ms() };
        Self {
            plan,
            clock,
            links: links_of_cells(plan),
            at: BTreeMap::new(),
            on: BTreeMap::new(),
            gone: BTreeSet::new(),
            sailed: BTreeMap::new(),
            called: BTreeMap::new(),
            closed: BTreeMap::new(),
            tape: Tape::default(),
            waiting: Waiting::new(clock),
            runs: BTreeMap::new(),
            calls: BTreeMap::new(),
            closures: BTreeMap::new(),
        }
    }

    /// What was seen.
    pub fn finish(mut self) -> Replay {
        self.wind();
        let end = self.plan.clock.end;
        self.break_off(end);
        let sorted = |mut spells: Vec<Spell>| {
            spells.sort_unstable();
            spells
        };
        let runs = self.runs.into_iter().map(|(link, mut runs)| {
            runs.sort_unstable();
            (link, runs)
        });
        let ticks = self.clock.ticks;
        // What was shut from the first to the last day did not close.
        let closures = self.closures.into_iter().map(|(of, spells)| (of, joined(sorted(spells))));
        let closures = closures.filter(|(_, spells)| spells.iter().all(|one| one.from > 0 || one.until < ticks));
        Replay {
            ticks,
            runs: runs.collect(),
            calls: self.calls.into_iter().map(|(node, spells)| (node, sorted(spells))).collect(),
            waiting: self.waiting.at_looks(),
            closures: closures.collect(),
        }
    }

    /// The clock ends: what is under way is drawn as far as it is known.
    fn break_off(&mut self, end: SimTime) {
        for (_, (node, since)) in take(&mut self.called) {
            self.add_call(node, since, end);
        }
        for (gate, since) in take(&mut self.closed) {
            self.add_closure(gate, since, end);
        }
        for (who, (link, since)) in take(&mut self.on) {
            // It arrives after the clock: drawn on its way as if it took as long as others do.
            let is_forward = self.at.get(&who) != Some(&self.plan.labels.links[link.index()].ends.1);
            if let Some(usual) = self.usual_ticks(link) {
                let from = self.clock.tick(since);
                self.runs.entry(link).or_default().push(Run { spell: Spell { from, until: from + usual }, is_forward });
            }
        }
    }

    /// The mean of the runs on a link.
    fn usual_ticks(&self, link: LinkId) -> Option<i64> {
        let runs = self.runs.get(&link)?;
        let all: i64 = runs.iter().map(|run| run.spell.until - run.spell.from).sum();
        Some(all / runs.len() as i64)
    }

    fn sets_out(&mut self, who: Who, link: LinkId, time: SimTime) {
        self.on.insert(who, (link, time));
        self.gone.insert(who);
    }

    fn arrives(&mut self, who: Who, node: NodeId, time: SimTime) {
        self.at.insert(who, node);
        if let Some((link, since)) = self.on.remove(&who) {
            let is_forward = self.plan.labels.links[link.index()].ends.1 == node;
            self.add_run(link, since, time, is_forward);
        }
    }

    fn add_run(&mut self, link: LinkId, from: SimTime, until: SimTime, is_forward: bool) {
        if let Some(spell) = self.clock.spell(from, until) {
            self.runs.entry(link).or_default().push(Run { spell, is_forward });
        }
    }

    fn add_call(&mut self, node: NodeId, from: SimTime, until: SimTime) {
        if let Some(spell) = self.clock.spell(from, until) {
            self.calls.entry(node).or_default().push(spell);
        }
    }

    fn add_closure(&mut self, gate: GateId, from: SimTime, until: SimTime) {
        if let Some(spell) = self.clock.spell(from, until) {
            for closed in self.closes(gate) {
                self.closures.entry(closed).or_default().push(spell);
            }
        }
    }

    /// What a gate closes, as a map can show it: a place, else links. What keeps a fleet in several ports closes none of them.
    fn closes(&self, gate: GateId) -> BTreeSet<Closed> {
        let (model, labels) = (self.model(), &self.plan.labels);
        let gate = &model.gates[gate.index()];
        let at = gate.stations.iter().map(|station| Closed::Node(labels.stations[station.index()].node));
        let stations: BTreeSet<Closed> = at.collect();
        let ports = gate.sailings.iter().map(|&(fleet, call)| Closed::Node(port(model, fleet, call)));
        let places: BTreeSet<Closed> = stations.iter().copied().chain(ports).collect();
        match places.len() {
            0 => gate.lines.iter().map(|(line, _)| Closed::Link(labels.lines[line.index()])).collect(),
            1 => places,
            _ => stations,
        }
    }

    fn model(&self) -> &'a Model {
        &self.plan.epochs[0].1
    }

    fn sails(&mut self, vessel: Vessel, call: u32, time: SimTime) {
        if let Some((node, since)) = self.called.remove(&vessel) {
            self.add_call(node, since, time);
        }
        // Ships from outside come from nowhere and go there.
        if vessel.0.index() < self.plan.labels.fleets.len() {
            self.sailed.insert(vessel, (port(self.model(), vessel.0, call), time));
        }
    }

    fn calls(&mut self, vessel: Vessel, call: u32, time: SimTime) {
        let node = port(self.model(), vessel.0, call);
        self.called.insert(vessel, (node, time));
        if let Some((from, since)) = self.sailed.remove(&vessel)
            && let Some((link, is_forward)) = self.sea(from, node)
        {
            self.add_run(link, since, time, is_forward);
        }
    }

    /// The link of a voyage, and whether it goes from its first end to its second.
    fn sea(&self, from: NodeId, to: NodeId) -> Option<(LinkId, bool)> {
        let links = self.plan.labels.links.iter().enumerate();
        let mut at_sea = links.filter(|(_, link)| link.mode == "sea").map(|(at, link)| (LinkId::new(at), link.ends));
        at_sea.find_map(|(link, ends)| match ends {
            ends if ends == (from, to) => Some((link, true)),
            ends if ends == (to, from) => Some((link, false)),
            _ => None,
        })
    }

    fn book(&mut self, note: &Note, who: Who, cell: CellId, time: Duration) {
        if !self.tape.is_of(note.time, who) {
            self.wind();
            self.tape = Tape::of(note.time, who, self.place(note, who), note.mass);
        }
        self.tape.add(cell, time);
    }

    /// Where somebody is who waits; a stock that has not set out waits on purpose, and counts nowhere.
    fn place(&self, note: &Note, who: Who) -> Option<NodeId> {
        let is_stock = note.shipment.is_some_and(|name| self.plan.labels.flows[name.flow.index()].stock);
        if is_stock && !self.gone.contains(&who) { None } else { self.at.get(&who).copied() }
    }

    /// Counts what of the tape is waiting.
    fn wind(&mut self) {
        let tape = take(&mut self.tape);
        for (node, mass, part) in tape.parts() {
            if self.plan.labels.cells[part.cell.index()].cause.is_waiting() {
                self.waiting.add(node, mass, part.from, part.until);
            }
        }
    }

    fn of_body(&mut self, note: &Note, who: Who) {
        match note.fact {
            Fact::Arrived(there) => self.arrives(who, there, note.time),
            Fact::SetOut(line) => self.sets_out(who, self.plan.labels.lines[line.index()], note.time),
            Fact::Ran(cell) => {
                if let Some(link) = self.links[cell.index()] {
                    self.sets_out(who, link, note.time);
                }
            }
            Fact::Boarded(_) => {
                self.gone.insert(who);
            }
            Fact::Joined => self.joins(note, who),
            Fact::Booked(cell, time) => self.book(note, who, cell, time),
            Fact::Waits(time) => {
                if let Some(node) = self.place(note, who) {
                    self.waiting.add(node, note.mass, note.time.before(time), note.time.after(TICK));
                }
            }
            _ => {}
        }
    }

    /// A train is where its shipments are.
    fn joins(&mut self, note: &Note, train: Who) {
        let place = note.shipment.and_then(|name| self.at.get(&Who::Shipment(name)).copied());
        if let Some(place) = place {
            self.at.insert(train, place);
        }
    }
}

/// By cell: the link that it is of.
fn links_of_cells(plan: &Plan) -> Vec<Option<LinkId>> {
    let labels = &plan.labels;
    let link = |place: &Subject| {
        let id = place.id_of(SubjectKind::Link)?;
        labels.links.iter().position(|link| link.id == id).map(LinkId::new)
    };
    labels.cells.iter().map(|cell| link(&labels.places[cell.place.index()])).collect()
}

/// The port of a call.
fn port(model: &Model, fleet: FleetId, call: u32) -> NodeId {
    model.carrier(fleet).calls[call as usize].node
}

/// Spells in order, those that touch as one.
fn joined(spells: Vec<Spell>) -> Vec<Spell> {
    let mut all: Vec<Spell> = Vec::new();
    for spell in spells {
        match all.last_mut() {
            Some(last) if last.until >= spell.from => last.until = last.until.max(spell.until),
            _ => all.push(spell),
        }
    }
    all
}

impl Observer for Recorder<'_> {
    fn note(&mut self, note: Note) {
        match (note.fact, note.carrier) {
            (Fact::Sailed(_, call), Some(Carrier::Vessel(fleet, number))) => {
                self.sails((fleet, number), call, note.time);
            }
            (Fact::Called(_, call), Some(Carrier::Vessel(fleet, number))) => {
                self.calls((fleet, number), call, note.time);
            }
            (Fact::Closed(gate), _) => {
                self.closed.insert(gate, note.time);
            }
            (Fact::Opened(gate), _) => {
                if let Some(since) = self.closed.remove(&gate) {
                    self.add_closure(gate, since, note.time);
                }
            }
            _ => {
                if let Some(who) = Who::of(&note) {
                    self.of_body(&note, who);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Limits, simulate};
    use crate::random::{Domain, RandomNumbers};
    use crate::replay::LOOK;
    use crate::study::Scenario;

    /// Counts by itself what a recorder is told.
    struct Counting<'a> {
        recorder: Recorder<'a>,
        /// By how many more bodies queue, from a tick on.
        queued: Vec<(i64, i64)>,
        /// Ticks at which something arrived.
        arrived: Vec<i64>,
        closed: usize,
    }

    impl Observer for Counting<'_> {
        fn note(&mut self, note: Note) {
            let tick = self.recorder.clock.tick(note.time);
            match note.fact {
                Fact::Queued(_) => self.queued.push((tick, 1)),
                Fact::Started(_) => self.queued.push((tick, -1)),
                Fact::Arrived(_) | Fact::Called(..) => self.arrived.push(tick),
                Fact::Closed(gate) if (1..self.recorder.clock.ticks).contains(&tick) => {
                    self.closed += self.recorder.closes(gate).len();
                }
                _ => {}
            }
            self.recorder.note(note);
        }
    }

    fn seen<T>(scenario: &Scenario, of: impl FnOnce(Counting<'_>) -> T) -> T {
        let plan = &scenario.prepared().plan;
        let recorder = Recorder::of(plan);
        let mut counting = Counting { recorder, queued: Vec::new(), arrived: Vec::new(), closed: 0 };
        let random = RandomNumbers::new(7, 3, Domain::Production);
        simulate(plan, random, Limits::default(), &mut counting).unwrap();
        of(counting)
    }

    #[test]
    fn who_waits_is_who_has_come_and_is_not_yet_served() {
        let scenario = Scenario::parse(include_str!("../../scenarios/smallest.toml"), "crane").unwrap();
        let scenario = scenario.set("run.horizon", "60 d").unwrap().change("flow.demo.volume *= 1.4").unwrap();
        let (queued, replay) = seen(&scenario, |counting| (counting.queued, counting.recorder.finish()));
        let at = |look: usize| {
            let until = queued.iter().filter(|change| change.0 <= look as i64 * LOOK);
            until.map(|change| change.1).sum::<i64>()
        };
        let (_, waiting) = &replay.waiting[0];
        assert_eq!(replay.waiting.len(), 1);
        assert_eq!(waiting.len(), 60 * 4 + 1);
        let tonnes: Vec<i64> = waiting.iter().map(|kg| kg / 14_000).collect();
        assert_eq!(tonnes, (0..waiting.len()).map(at).collect::<Vec<_>>());
        assert!(tonnes.last().is_some_and(|last| *last > 50), "it comes faster than it is served: {tonnes:?}");
    }

    #[test]
    fn every_way_that_ends_in_the_year_is_drawn() {
        let scenario = Scenario::open("tutorial").unwrap();
        seen(&scenario, |counting| {
            let (arrived, closed) = (counting.arrived.clone(), counting.closed);
            let replay = counting.recorder.finish();
            let ends = replay.runs.iter().flat_map(|(_, runs)| runs.iter().map(|run| run.spell.until));
            let mut ends: Vec<i64> = ends.filter(|end| *end <= replay.ticks).collect();
            ends.sort_unstable();
            assert!(ends.len() > 1000 && ends.iter().all(|end| arrived.contains(end)), "{}", ends.len());
            let spells = replay.closures.iter().map(|(_, spells)| spells.len()).sum::<usize>();
            assert!(closed > 3 && (closed..=closed + 1).contains(&spells), "{closed} {spells}");
            assert!(replay.calls.iter().all(|(_, calls)| calls.len() > 20));
            assert!(!replay.packed().is_empty());
        });
    }
}
