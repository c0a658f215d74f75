//! Programs: what a body does on a route, step by step.

use std::collections::BTreeMap;

use super::conditions::{Neighbour, Passage, Passed, Place, passed};
use super::frame::Frame;
use super::parts::{Parts, YardAt};
use super::register::Register;
use super::reroute::Switched;
use super::streams;
use super::vehicles;
use crate::ids::{FormerId, LinkId, NodeId, PoolId, StationId, StorageId};
use crate::model::{Giving, Need, Step, Visit};
use crate::network::{Hop, Route};
use crate::scenario::types::{Contents, Mode, Service};
use crate::units::Size;

/// What goes along a route.
#[derive(Clone, Copy, Debug)]
pub(super) struct Travel<'a> {
    /// Id of the flow.
    pub(super) flow: &'a str,
    pub(super) cargo_id: &'a str,
    pub(super) service: Service,
    pub(super) route: &'a Route,
    /// Things of a pool on their way home: they take no pools and form no trains.
    pub(super) is_homeward: bool,
    /// Where it has left the route by which it was to go on.
    pub(super) switched: &'a [Switched],
    /// Places among the nodes at which it may switch, if it does not go in a train there.
    pub(super) points: &'a [usize],
}

/// The steps of a route, and where in them each node is reached and left.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) steps: Vec<Step>,
    /// By node of the route: its `Arrive`.
    pub(super) arrivals: Vec<usize>,
    /// By node of the route: the step that leaves it (`Deliver` for the last).
    pub(super) departures: Vec<usize>,
    /// Forming steps with their yards.
    pub(super) forms: Vec<(usize, YardAt)>,
}

/// A pool that a body holds, with the position in the route where it was taken.
#[derive(Clone, Copy, Debug)]
struct Held {
    pool: PoolId,
    taken_at: usize,
}

/// Writes the steps of one route.
pub(super) struct Writer<'a, 'p> {
    frame: &'a Frame<'a>,
    scenario: &'a Contents,
    register: &'p mut Register,
    parts: &'p mut Parts,
    travel: Travel<'a>,
    written: Written,
    visits: BTreeMap<NodeId, u32>,
    uses: BTreeMap<LinkId, u32>,
    held: Vec<Held>,
    stored: Option<StorageId>,
    in_train: bool,
    /// A vessel may have split the shipment, or the road has.
    was_split: bool,
    /// Size of the vehicles in which it goes by road, where it was cut.
    vehicle: Option<Size>,
}

impl<'a, 'p> Writer<'a, 'p> {
    pub(super) fn new(
        frame: &'a Frame<'a>,
        scenario: &'a Contents,
        register: &'p mut Register,
        parts: &'p mut Parts,
        travel: Travel<'a>,
    ) -> Self {
        Self {
            frame,
            scenario,
            register,
            parts,
            travel,
            written: Written::default(),
            visits: BTreeMap::new(),
            uses: BTreeMap::new(),
            held: Vec::new(),
            stored: None,
            in_train: false,
            was_split: false,
            vehicle: None,
        }
    }

    /// All steps of the route.
    pub(super) fn write(mut self) -> Written {
        for position in 0..self.travel.route.nodes.len() {
            let passage = self.passage(position);
            self.written.arrivals.push(self.written.steps.len());
            self.push(Step::Arrive { node: passage.node, visit: passage.number });
            if passage.changes_mode() {
                self.transfer(position, &passage);
            } else {
                self.pass(position, &passage);
            }
        }
        self.written
    }

    fn push(&mut self, step: Step) {
        self.written.steps.push(step);
    }

    fn passage(&mut self, position: usize) -> Passage<'a> {
        let route = self.travel.route;
        let node = route.nodes[position];
        let before = position.checked_sub(1).map(|last| (route.hops[last], route.nodes[last]));
        let meant = self.travel.switched.iter().find(|switched| switched.position == position);
        let after = meant.map_or_else(|| self.hop_after(position), |switched| Some((switched.meant, switched.to)));
        Passage {
            node,
            number: count(&mut self.visits, node),
            before: before.map(|(hop, other)| self.neighbour(hop, other)),
            after: after.map(|(hop, other)| self.neighbour(hop, other)),
            country: self.country(node),
            cargo: self.travel.cargo_id,
            service: self.travel.service,
            flow: self.travel.flow,
        }
    }

    fn hop_after(&self, position: usize) -> Option<(Hop, NodeId)> {
        let route = self.travel.route;
        route.hops.get(position).map(|&hop| (hop, route.nodes[position + 1]))
    }

    fn neighbour(&self, hop: Hop, other: NodeId) -> Neighbour<'a> {
        Neighbour { hop, mode: self.frame.network.link(hop.link).mode, country: self.country(other) }
    }

    fn country(&self, node: NodeId) -> Option<&'a str> {
        self.scenario.node[node.index()].country.as_deref()
    }

    /// A node where the mode stays, or where a route by land begins or ends.
    fn pass(&mut self, position: usize, passage: &Passage<'a>) {
        let facilities = passed(self.frame, self.scenario, passage);
        if self.breaks(passage) {
            self.give(position, passage);
            self.break_up();
        }
        let rest = if passage.after.is_none() { self.hand_over(passage, facilities) } else { facilities };
        self.give(position, passage);
        self.serve(&rest, passage);
        self.go_on(position, passage, &[]);
    }

    /// At the end of a route by land: what stands on the train, before its pools are given back.
    fn hand_over<'f>(&mut self, passage: &Passage<'a>, facilities: Vec<Passed<'f>>) -> Vec<Passed<'f>> {
        let (on_train, rest): (Vec<_>, Vec<_>) =
            facilities.into_iter().partition(|facility| facility.place == Some(Place::In));
        self.serve(&on_train, passage);
        rest
    }

    /// A node where cargo changes mode, or goes on or off a vessel.
    fn transfer(&mut self, position: usize, passage: &Passage<'a>) {
        let facilities = passed(self.frame, self.scenario, passage);
        let at =
            |place| facilities.iter().filter(|facility| facility.place == Some(place)).copied().collect::<Vec<_>>();
        self.enter(passage);
        self.serve(&at(Place::In), passage);
        self.give(position, passage);
        if self.in_train {
            self.break_up();
        }
        self.serve(&at(Place::Yard), passage);
        self.go_on(position, passage, &at(Place::Out));
    }

    fn enter(&mut self, passage: &Passage<'a>) {
        self.stored = self.frame.storage_for(self.scenario, passage);
        if let Some(storage) = self.stored {
            let by_sea = passage.came_by(Mode::Sea);
            self.push(if by_sea { Step::EnterOver(storage) } else { Step::Enter(storage) });
        }
    }

    fn leave(&mut self) {
        if let Some(storage) = self.stored.take() {
            self.push(Step::Leave(storage));
        }
    }

    fn break_up(&mut self) {
        self.in_train = false;
        self.push(Step::Break);
    }

    /// Gives back what the next link does not name, and where a train is about to be broken up what it has as a
    /// train: the next train takes its own locomotive, while wagons stay with the cargo.
    fn give(&mut self, position: usize, passage: &Passage<'a>) {
        let needed = passage.after.map_or_else(Vec::new, |after| self.pools_of(after.hop));
        let breaks = self.breaks(passage);
        let stays = |held: &&Held| {
            let by_size = super::pools::size_per_thing(&self.scenario.pool[held.pool.index()]).is_some();
            needed.contains(&held.pool) && (by_size || !breaks)
        };
        let (kept, given): (Vec<Held>, Vec<Held>) = self.held.iter().partition(stays);
        self.held = kept;
        if !given.is_empty() {
            let giving = given.iter().map(|held| self.giving(*held, position)).collect();
            self.push(Step::Give(giving));
        }
    }

    fn giving(&mut self, held: Held, position: usize) -> Giving {
        let route = self.travel.route;
        let stretch = Route {
            nodes: route.nodes[held.taken_at..=position].iter().rev().copied().collect(),
            hops: route.hops[held.taken_at..position].iter().rev().map(|hop| hop.reversed()).collect(),
        };
        Giving { pool: held.pool, home: self.parts.home(self.scenario, held.pool, stretch) }
    }

    /// Pools that a link asks this cargo to take, in order of their ids.
    fn pools_of(&self, hop: Hop) -> Vec<PoolId> {
        if self.travel.is_homeward {
            return Vec::new();
        }
        let mut ids: Vec<&String> = self.scenario.link[hop.link.index()].pools.iter().collect();
        ids.sort();
        ids.dedup();
        let known = ids.into_iter().filter_map(|id| self.scenario.pool.get_full(id));
        let needed = known.filter(|(_, _, pool)| super::conditions::names(pool.cargo.as_deref(), self.travel.cargo_id));
        needed.map(|(index, _, _)| PoolId::new(index)).collect()
    }

    fn take(&mut self, position: usize, hop: Hop) {
        let mut needs = Vec::new();
        for pool in self.pools_of(hop) {
            if self.held.iter().all(|held| held.pool != pool) {
                self.held.push(Held { pool, taken_at: position });
                needs.push(Need { pool, per: super::pools::size_per_thing(&self.scenario.pool[pool.index()]) });
            }
        }
        if !needs.is_empty() {
            self.push(Step::Take(needs));
        }
    }

    /// The position of the yard at a node that forms trains of this cargo.
    fn yard(&self, node: NodeId) -> Option<usize> {
        let yards = self.scenario.node[node.index()].yard.values();
        let mut forming =
            yards.enumerate().filter(|(_, yard)| yard.cargo.iter().any(|cargo| cargo == self.travel.cargo_id));
        let (position, _) = forming.next().filter(|_| !self.travel.is_homeward)?;
        Some(position)
    }

    /// True where a train is broken up: at a yard and at a change of mode. Trains of parts of a block train pass yards,
    /// as block trains do.
    fn breaks(&self, passage: &Passage<'a>) -> bool {
        let at_yard = self.travel.service != Service::BlockTrain && self.yard(passage.node).is_some();
        self.in_train && (passage.changes_mode() || at_yard)
    }

    fn form(&mut self, passage: &Passage<'a>) {
        let is_block = self.travel.service == Service::BlockTrain;
        let forms = passage.leaves_by(Mode::Rail) && !self.in_train && (!is_block || self.was_split);
        if let Some(position) = self.yard(passage.node).filter(|_| forms) {
            self.in_train = true;
            self.written.forms.push((self.written.steps.len(), YardAt { node: passage.node, position }));
            let former = FormerId::new(0);
            self.push(if is_block { Step::FormParts(former) } else { Step::Form(former) });
        }
    }

    /// Leaves the node, or ends the route.
    fn go_on(&mut self, position: usize, passage: &Passage<'a>, out: &[Passed<'_>]) {
        if self.travel.points.contains(&position) && !self.in_train {
            self.push(Step::Switch);
        }
        if self.travel.switched.iter().any(|switched| switched.position == position) {
            self.switch(position, passage);
        } else if let Some(after) = passage.after {
            self.set_out(position, passage, after.hop, out);
        } else {
            self.serve(out, passage);
            self.end();
        }
    }

    fn set_out(&mut self, position: usize, passage: &Passage<'a>, hop: Hop, out: &[Passed<'_>]) {
        self.form(passage);
        self.onto_road(passage, hop);
        self.take(position, hop);
        self.serve(out, passage);
        self.depart(hop);
    }

    /// Onto the road the cargo goes in vehicles, each a body of its own.
    fn onto_road(&mut self, passage: &Passage<'a>, hop: Hop) {
        if self.frame.network.link(hop.link).mode != Mode::Road {
            self.vehicle = None;
            return;
        }
        let travel = self.travel;
        match vehicles::size(self.scenario, travel.flow, travel.cargo_id, hop.link) {
            _ if travel.is_homeward || vehicles::is_whole(self.scenario, travel.cargo_id, travel.service) => {}
            Some(most) if self.vehicle.is_none_or(|now| most < now) => {
                self.vehicle = Some(most);
                self.was_split = true;
                self.push(Step::Cut(most));
            }
            None if passage.before.is_some() && !passage.came_by(Mode::Road) => {
                vehicles::must_be_small(self.scenario, self.register, travel.flow, hop.link);
            }
            _ => {}
        }
    }

    /// Goes on otherwise than was meant when the cargo arrived: what the new way asks for and was not done.
    fn switch(&mut self, position: usize, meant: &Passage<'a>) {
        let Some((hop, to)) = self.hop_after(position) else { return };
        let passage = Passage { after: Some(self.neighbour(hop, to)), ..*meant };
        let is_out =
            |facility: &Passed<'_>, passage: &Passage<'a>| facility.place == Some(Place::Out) && passage.changes_mode();
        let done = passed(self.frame, self.scenario, meant).into_iter().filter(|facility| !is_out(facility, meant));
        let done: Vec<StationId> = done.map(|facility| facility.station).collect();
        let facilities = passed(self.frame, self.scenario, &passage);
        let lacking = facilities.into_iter().filter(|facility| !done.contains(&facility.station));
        let (out, rest): (Vec<_>, Vec<_>) = lacking.partition(|facility| is_out(facility, &passage));
        if passage.changes_mode() && self.stored.is_none() {
            self.enter(&passage);
        }
        self.give(position, &passage);
        self.serve(&rest, &passage);
        self.set_out(position, &passage, hop, &out);
    }

    fn end(&mut self) {
        if self.in_train {
            self.break_up();
        }
        self.leave();
        self.written.departures.push(self.written.steps.len());
        self.push(Step::Deliver);
    }

    fn depart(&mut self, hop: Hop) {
        let step = if let Some(leg) = self.frame.leg(hop) {
            self.was_split = true;
            // The vessel gives the space back when the cargo is aboard.
            self.stored = None;
            Step::Board(leg)
        } else {
            self.leave();
            self.run(hop)
        };
        self.written.departures.push(self.written.steps.len());
        self.push(step);
    }

    fn run(&mut self, hop: Hop) -> Step {
        let number = count(&mut self.uses, hop.link);
        let (law, cell) = self.parts.running(self.scenario, self.register, hop.link, self.travel.service);
        let law = crate::model::Draw { law, number };
        match self.frame.line(hop.link) {
            Some(line) => Step::Line { line, direction: hop.direction, law },
            None => Step::Run { law, cell },
        }
    }

    /// Passes facilities in order; neighbours with one label side by side.
    fn serve(&mut self, facilities: &[Passed<'_>], passage: &Passage<'a>) {
        let node = streams::node(self.scenario, self.register, passage.node);
        let visit = |facility: &Passed<'_>| Visit { station: facility.station, node, number: passage.number };
        for group in facilities.chunk_by(|one, next| one.together.is_some() && one.together == next.together) {
            match group {
                [only] => self.push(Step::Serve(visit(only))),
                several => self.push(Step::Together(several.iter().map(visit).collect())),
            }
        }
    }
}

/// How often a thing was seen before, counting this time for the next.
fn count<T: Ord>(seen: &mut BTreeMap<T, u32>, thing: T) -> u32 {
    let times = seen.entry(thing).or_insert(0);
    *times += 1;
    *times - 1
}
