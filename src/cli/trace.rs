//! The event log of one replication, as CSV that people can read.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Write};
use std::path::Path;

use jiff::SignedDuration;
use jiff::civil::DateTime;
use serde::Serialize;

use super::console::Console;
use super::exit::Failure;
use super::interrupt::cancel_on_ctrl_c;
use crate::engine::{Cancel, EngineError, Fact, Limits, Note, Observer, ShipmentName, simulate};
use crate::ids::{LegId, NodeId};
use crate::model::Plan;
use crate::random::{Domain, RandomNumbers};
use crate::report::{Aside, below_csv, csv_writer, harmless};
use crate::study::Scenario;
use crate::units::SimTime;

/// Writes every fact as a line; the first error is kept and ends the writing.
struct Trace<'a, W: Write> {
    plan: &'a Plan,
    /// Beginning of the horizon.
    start: DateTime,
    out: csv::Writer<W>,
    error: Option<csv::Error>,
}

/// The first line of a log.
const HEADER: &str = "days,utc,fact,place,flow,shipment,size";

/// A line of a log, in the order of the columns.
#[derive(Serialize)]
struct Line {
    days: String,
    utc: String,
    fact: &'static str,
    place: String,
    flow: String,
    shipment: String,
    size: String,
}

impl<'a, W: Write> Trace<'a, W> {
    fn new(plan: &'a Plan, start: DateTime, out: W) -> Self {
        let mut out = csv_writer(out);
        let error = out.write_record(HEADER.split(',')).err();
        Self { plan, start, out, error }
    }

    /// Ends the log.
    fn finish(mut self) -> io::Result<()> {
        match self.error {
            Some(error) => Err(below_csv(error)),
            None => self.out.flush(),
        }
    }

    fn line(&self, note: &Note) -> Line {
        let (fact, place) = self.told(note.fact);
        let flow = |name: ShipmentName| harmless(&self.plan.labels.flows[name.flow.index()].id);
        Line {
            days: format!("{:.6}", note.time.since(self.plan.clock.start).days()),
            utc: self.utc(note.time),
            fact,
            place,
            flow: note.shipment.map(flow).unwrap_or_default(),
            shipment: note.shipment.map(|name| format!("{:016x}", name.identity)).unwrap_or_default(),
            size: note.size.to_string(),
        }
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
            Fact::Sailed(fleet, request) => ("vessel sailed", self.call(fleet, request)),
            Fact::Called(fleet, request) => ("vessel arrived", self.call(fleet, request)),
            Fact::Unloaded(fleet, request) => ("vessel unloaded", self.call(fleet, request)),
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

    fn call(&self, fleet: crate::ids::FleetId, request: u32) -> String {
        let (labels, model) = (&self.plan.labels, &self.plan.epochs[0].1);
        let port = labels.nodes[model.carrier(fleet).calls[request as usize].node.index()].as_str();
        match labels.fleets.get(fleet.index()) {
            Some(fleet) => format!("fleet.{} at {port}", fleet.id),
            None => format!("{} at {port}", labels.visiting[fleet.index() - labels.fleets.len()].0),
        }
    }
}

impl<W: Write> Observer for Trace<'_, W> {
    fn note(&mut self, note: Note) {
        if self.error.is_none() {
            let line = self.line(&note);
            self.error = self.out.serialize(line).err();
        }
    }
}

/// One replication, event by event.
pub(super) fn trace(
    scenario: &Scenario,
    seed: u64,
    replication: u32,
    file: &Path,
    console: &mut Console,
) -> Result<(), Failure> {
    if file == Path::new("-") {
        return log(scenario, seed, replication, &Cancel::default(), console.out())?.map_err(Failure::Output);
    }
    let what = || format!("cannot write {}", file.display());
    let cancel = cancel_on_ctrl_c();
    let mut out = Aside::begin(file, is_trace).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::Wrong(format!("{}: {error}", what())),
        _ => Failure::Files { what: what(), error },
    })?;
    // A log that ends early shows what led to a failure, so it is kept; not so that of a run that was stopped.
    let logged = log(scenario, seed, replication, &cancel, BufWriter::new(&mut out));
    if matches!(logged, Err(Failure::Stopped)) {
        return logged.map(drop);
    }
    out.finish().map_err(Failure::files(what()))?;
    logged?.map_err(Failure::files(what()))?;
    console.say(format_args!("the events of replication {replication} are in {}", file.display()));
    Ok(())
}

/// Whether a file is a log of this kind, or empty.
fn is_trace(file: &File) -> bool {
    let mut start = Vec::new();
    let read = file.take(HEADER.len() as u64).read_to_end(&mut start);
    read.is_ok() && (start.is_empty() || start == HEADER.as_bytes())
}

fn log(
    scenario: &Scenario,
    seed: u64,
    replication: u32,
    cancel: &Cancel,
    out: impl Write,
) -> Result<io::Result<()>, Failure> {
    let random = RandomNumbers::new(seed, u64::from(replication), Domain::Production);
    let mut trace = Trace::new(&scenario.prepared().plan, scenario.contents().run.start, out);
    let ended = simulate(&scenario.prepared().plan, random, Limits::with_cancel(cancel), &mut trace);
    let written = trace.finish();
    ended.map_err(|error| match error {
        EngineError::Stopped => Failure::Stopped,
        error => Failure::Failed(format!("replication {replication}: {error}")),
    })?;
    Ok(written)
}
