//! The event log of one replication, as CSV that people can read.

use std::io::{self, Write};

use jiff::SignedDuration;
use jiff::civil::DateTime;

use crate::engine::{Fact, Note, Observer};
use crate::ids::{LegId, NodeId};
use crate::model::Plan;
use crate::report::quoted;
use crate::units::SimTime;

/// Writes every fact as a line; the first error is kept and ends the writing.
pub(super) struct Trace<'a, W> {
    plan: &'a Plan,
    /// Beginning of the horizon.
    start: DateTime,
    out: W,
    error: Option<io::Error>,
}

/// The first line of a log.
pub(super) const HEADER: &str = "days,utc,fact,place,flow,shipment,size";

impl<'a, W: Write> Trace<'a, W> {
    pub(super) fn new(plan: &'a Plan, start: DateTime, mut out: W) -> Self {
        let error = writeln!(out, "{HEADER}").err();
        Self { plan, start, out, error }
    }

    /// Ends the log.
    pub(super) fn finish(mut self) -> io::Result<()> {
        match self.error {
            Some(error) => Err(error),
            None => self.out.flush(),
        }
    }

    fn line(&self, note: &Note) -> String {
        let (word, place) = self.told(note.fact);
        let days = note.time.since(self.plan.clock.start).days();
        let utc = self.utc(note.time);
        let (flow, shipment) = match note.shipment {
            Some((flow, identity)) => (quoted(&self.plan.labels.flows[flow.index()].id), format!("{identity:016x}")),
            None => (String::new(), String::new()),
        };
        format!("{days:.6},{utc},{word},{place},{flow},{shipment},{}", note.size)
    }

    fn utc(&self, time: SimTime) -> String {
        let since = SignedDuration::from_millis(time.since(self.plan.clock.start).ms());
        self.start.checked_add(since).map_or_else(|_| String::new(), |moment| format!("{moment:.3}Z"))
    }

    /// The fact in a word, and where it happened.
    fn told(&self, fact: Fact) -> (&'static str, String) {
        let labels = &self.plan.labels;
        let station = |id: crate::ids::StationId| labels.stations[id.index()].path.to_string();
        let gate = |id: crate::ids::GateId| labels.gates[id.index()].to_string();
        match fact {
            Fact::Made => ("made", String::new()),
            Fact::Arrived(node) => ("arrived", self.node(node)),
            Fact::Queued(id) => ("queued", station(id)),
            Fact::Started(id) => ("service started", station(id)),
            Fact::Ended(id) => ("service ended", station(id)),
            Fact::SetOut(line) => ("set out", format!("link.{}", labels.links[labels.lines[line.index()].index()].id)),
            Fact::Ran => ("set out", String::new()),
            Fact::Formed => ("train formed", String::new()),
            Fact::Boarded(leg, _) => ("boarded", self.leg(leg)),
            Fact::Sailed(fleet, call) => ("vessel sailed", self.call(fleet, call)),
            Fact::Called(fleet, call) => ("vessel arrived", self.call(fleet, call)),
            Fact::Unloaded(fleet, call) => ("vessel unloaded", self.call(fleet, call)),
            Fact::Missed(fleet) => ("departure missed", format!("fleet.{}", labels.fleets[fleet.index()].id)),
            Fact::Closed(id) => ("closed", gate(id)),
            Fact::Opened(id) => ("opened", gate(id)),
            Fact::Stabled(id) => ("stabled", labels.storages[id.index()].0.to_string()),
            Fact::LetIn(id) => ("let in", labels.storages[id.index()].0.to_string()),
            Fact::Switched(node, route) => {
                ("switched", format!("{} to {}", self.node(node), labels.routes[route.index()].id))
            }
            Fact::Delivered => ("delivered", String::new()),
            Fact::Refused => ("refused", String::new()),
            Fact::Lost => ("lost", String::new()),
        }
    }

    fn node(&self, node: NodeId) -> String {
        format!("node.{}", self.plan.labels.nodes[node.index()])
    }

    fn leg(&self, leg: LegId) -> String {
        let labels = &self.plan.labels;
        let (link, from, _) = labels.legs[leg.index()];
        format!("link.{} from {}", labels.links[link.index()].id, labels.nodes[from.index()])
    }

    fn call(&self, fleet: crate::ids::FleetId, call: u32) -> String {
        let port = &self.plan.epochs[0].1.fleets[fleet.index()].calls[call as usize];
        let id = &self.plan.labels.fleets[fleet.index()].id;
        format!("fleet.{id} at {}", self.plan.labels.nodes[port.node.index()])
    }
}

impl<W: Write> Observer for Trace<'_, W> {
    fn note(&mut self, note: Note) {
        if self.error.is_none() {
            let line = self.line(&note);
            self.error = writeln!(self.out, "{line}").err();
        }
    }
}
