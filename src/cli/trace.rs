//! The event log of one replication, as CSV that people can read or as Parquet.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Write};
use std::path::Path;

use super::console::Console;
use super::exit::Failure;
use super::interrupt::cancel_on_ctrl_c;
use super::one_year::{Calendar, OneYear, begun, not_written};
use crate::engine::{Cancel, Carrier, Fact, Note, Observer};
use crate::ids::{CellId, FleetId, LegId, NodeId};
use crate::model::Plan;
use crate::report::{Column, PartedTable, column, sheet};

/// Rows that stand in memory at once.
const ROWS: usize = 1 << 16;

/// A row of the log.
struct Line {
    days: f64,
    utc: String,
    fact: &'static str,
    place: String,
    cause: &'static str,
    hours: Option<f64>,
    flow: String,
    shipment: String,
    train: Option<u32>,
    vessel: String,
    size: f64,
}

fn columns() -> Vec<Column<Line>> {
    vec![
        column("days", "d", "Since the beginning of the horizon.", |line: &Line| line.days.into()),
        column("utc", "", "The same as a moment, in UTC.", |line: &Line| line.utc.as_str().into()),
        column("fact", "", "What happened.", |line: &Line| line.fact.into()),
        column("place", "", "Where.", |line: &Line| line.place.as_str().into()),
        column("cause", "", "Why, of time that is booked: it passed until now.", |line: &Line| line.cause.into()),
        column("hours", "h", "How long, of time that is booked or still waited.", |line: &Line| line.hours.into()),
        column("flow", "", "Flow of the shipment, the first of a train.", |line: &Line| line.flow.as_str().into()),
        column(
            "shipment",
            "",
            "Its identity within the flow, the same in what-ifs; parts have their own.",
            |line: &Line| line.shipment.as_str().into(),
        ),
        column(
            "train",
            "",
            "Number of the train among those formed in the replication; the first is 1.",
            |line: &Line| line.train.into(),
        ),
        column("vessel", "", "The vessel: its fleet or visit, and its number there; the first is 1.", |line: &Line| {
            line.vessel.as_str().into()
        }),
        column("size", "", "Size of what it concerns, in the unit of its cargo.", |line: &Line| line.size.into()),
    ]
}

/// Writes every fact as a row; the first error is kept and ends the writing.
struct Trace<'a, W: Write + Send> {
    plan: &'a Plan,
    calendar: Calendar,
    rows: Vec<Line>,
    out: PartedTable<W>,
    written: io::Result<()>,
}

impl<'a, W: Write + Send> Trace<'a, W> {
    fn new(year: OneYear<'a>, out: PartedTable<W>) -> Self {
        Self { plan: year.plan(), calendar: year.calendar(), rows: Vec::new(), out, written: Ok(()) }
    }

    /// Writes the rows that stand in memory.
    fn flush(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        if self.written.is_ok() {
            self.written = self.out.add(&*sheet(FILE, columns(), rows));
        }
    }

    /// Ends the log.
    fn finish(mut self) -> io::Result<()> {
        self.flush();
        self.written.and_then(|()| self.out.close())
    }

    fn line(&self, note: &Note) -> Line {
        let (fact, place) = self.told(note.fact);
        let (cause, hours) = match note.fact {
            Fact::Booked(cell, time) => (self.plan.labels.cells[cell.index()].cause.word(), Some(time.hours())),
            Fact::Waits(time) => ("", Some(time.hours())),
            _ => ("", None),
        };
        let (train, vessel) = match note.carrier {
            Some(Carrier::Train(number)) => (Some(number), String::new()),
            Some(Carrier::Vessel(fleet, number)) => (None, format!("{} {}", self.fleet(fleet), number + 1)),
            None => (None, String::new()),
        };
        Line {
            // A second is the hundred-thousandth part of a day.
            days: (self.calendar.days(note.time) * 1e6).round() / 1e6,
            utc: self.calendar.utc(note.time),
            fact,
            place,
            cause,
            hours,
            flow: note.shipment.map(|name| self.plan.labels.flows[name.flow.index()].id.clone()).unwrap_or_default(),
            shipment: note.shipment.map(|name| format!("{:016x}", name.identity)).unwrap_or_default(),
            train,
            vessel,
            size: note.size.units(),
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
            Fact::Ran(cell) => ("set out", self.cell(cell)),
            Fact::Joined => ("joined a train", String::new()),
            Fact::Formed => ("train formed", String::new()),
            Fact::Booked(cell, _) => ("time booked", self.cell(cell)),
            Fact::Waits(_) => ("waits still", String::new()),
            Fact::Boarded(leg) => ("boarded", self.leg(leg)),
            Fact::Sailed(fleet, request) => ("vessel sailed", self.call(fleet, request)),
            Fact::Called(fleet, request) => ("vessel arrived", self.call(fleet, request)),
            Fact::Unloaded(fleet, request) => ("vessel unloaded", self.call(fleet, request)),
            Fact::Missed(fleet) => ("departure missed", self.fleet(fleet)),
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

    fn call(&self, fleet: FleetId, request: u32) -> String {
        let (labels, model) = (&self.plan.labels, &self.plan.epochs[0].1);
        let port = labels.nodes[model.carrier(fleet).calls[request as usize].node.index()].as_str();
        format!("{} at {port}", self.fleet(fleet))
    }

    /// A fleet, or a kind of ships from outside.
    fn fleet(&self, fleet: FleetId) -> String {
        let labels = &self.plan.labels;
        match labels.fleets.get(fleet.index()) {
            Some(fleet) => format!("fleet.{}", fleet.id),
            None => labels.visiting[fleet.index() - labels.fleets.len()].0.to_string(),
        }
    }

    /// Where and why time was booked.
    fn cell(&self, cell: CellId) -> String {
        let labels = &self.plan.labels;
        labels.places[labels.cells[cell.index()].place.index()].to_string()
    }
}

impl<W: Write + Send> Observer for Trace<'_, W> {
    fn note(&mut self, note: Note) {
        let line = self.line(&note);
        self.rows.push(line);
        if self.rows.len() == ROWS {
            self.flush();
        }
    }
}

/// The name of the table.
const FILE: &str = "trace.csv";

/// One replication, event by event, as CSV or as Parquet by the ending of the file's name; `-` is standard output.
pub(super) fn trace(year: OneYear<'_>, file: &Path, console: &mut Console) -> Result<(), Failure> {
    if file == Path::new("-") {
        let mut text = Vec::new();
        log(year, &Cancel::default(), PartedTable::csv(&mut text))?.map_err(Failure::Output)?;
        return Ok(console.out().write_all(&text)?);
    }
    let cancel = cancel_on_ctrl_c();
    let mut out = begun(file, is_trace)?;
    let table = PartedTable::named(file, BufWriter::new(&mut out));
    // A log that ends early shows what led to a failure, so it is kept; not so that of a run that was stopped.
    let logged = log(year, &cancel, table);
    if matches!(logged, Err(Failure::Stopped)) {
        return logged.map(drop);
    }
    out.finish().map_err(Failure::files(not_written(file)))?;
    logged?.map_err(Failure::files(not_written(file)))?;
    console.say(format_args!("the events of replication {} are in {}", year.replication, file.display()));
    Ok(())
}

/// Whether a file is a log of this kind as text, or empty.
fn is_trace(file: &File) -> bool {
    let head = columns().into_iter().map(|column| column.name).collect::<Vec<_>>().join(",");
    let mut start = Vec::new();
    let read = file.take(head.len() as u64).read_to_end(&mut start);
    read.is_ok() && (start.is_empty() || start == head.as_bytes())
}

fn log<W: Write + Send>(year: OneYear<'_>, cancel: &Cancel, out: PartedTable<W>) -> Result<io::Result<()>, Failure> {
    let mut trace = Trace::new(year, out);
    let ended = year.observe(cancel, &mut trace);
    let written = trace.finish();
    ended.map(|_| written)
}
