//! The event log of one replication, as CSV that people can read.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Write};
use std::path::Path;

use serde::Serialize;

use super::console::Console;
use super::exit::Failure;
use super::interrupt::cancel_on_ctrl_c;
use super::one_year::{Calendar, OneYear, begun, not_written};
use crate::engine::{Cancel, Fact, Note, Observer, ShipmentName};
use crate::ids::{LegId, NodeId};
use crate::model::Plan;
use crate::report::{below_csv, csv_writer, harmless};

/// Writes every fact as a line; the first error is kept and ends the writing.
struct Trace<'a, W: Write> {
    plan: &'a Plan,
    calendar: Calendar,
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
    fn new(year: OneYear<'a>, out: W) -> Self {
        let mut out = csv_writer(out);
        let error = out.write_record(HEADER.split(',')).err();
        Self { plan: year.plan(), calendar: year.calendar(), out, error }
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
            days: format!("{:.6}", self.calendar.days(note.time)),
            utc: self.calendar.utc(note.time),
            fact,
            place,
            flow: note.shipment.map(flow).unwrap_or_default(),
            shipment: note.shipment.map(|name| format!("{:016x}", name.identity)).unwrap_or_default(),
            size: note.size.to_string(),
        }
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
pub(super) fn trace(year: OneYear<'_>, file: &Path, console: &mut Console) -> Result<(), Failure> {
    if file == Path::new("-") {
        return log(year, &Cancel::default(), console.out())?.map_err(Failure::Output);
    }
    let cancel = cancel_on_ctrl_c();
    let mut out = begun(file, is_trace)?;
    // A log that ends early shows what led to a failure, so it is kept; not so that of a run that was stopped.
    let logged = log(year, &cancel, BufWriter::new(&mut out));
    if matches!(logged, Err(Failure::Stopped)) {
        return logged.map(drop);
    }
    out.finish().map_err(Failure::files(not_written(file)))?;
    logged?.map_err(Failure::files(not_written(file)))?;
    console.say(format_args!("the events of replication {} are in {}", year.replication, file.display()));
    Ok(())
}

/// Whether a file is a log of this kind, or empty.
fn is_trace(file: &File) -> bool {
    let mut start = Vec::new();
    let read = file.take(HEADER.len() as u64).read_to_end(&mut start);
    read.is_ok() && (start.is_empty() || start == HEADER.as_bytes())
}

fn log(year: OneYear<'_>, cancel: &Cancel, out: impl Write) -> Result<io::Result<()>, Failure> {
    let mut trace = Trace::new(year, out);
    let ended = year.observe(cancel, &mut trace);
    let written = trace.finish();
    ended.map(|()| written)
}
