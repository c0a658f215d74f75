//! The shipments of one replication, one a row: when, by which route, at what charge, and where their time went.

use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;

use super::console::Console;
use super::exit::Failure;
use super::interrupt::cancel_on_ctrl_c;
use super::one_year::{Calendar, OneYear, begun, not_written};
use crate::engine::outcome::Segment;
use crate::engine::{End, Ended, Note, Observer};
use crate::ids::NodeId;
use crate::model::Plan;
use crate::report::{Column, PartedTable, Sheet, column, sheet};
use crate::text::counted;
use crate::words::Cause;

/// A shipment, or a part of one that was split.
struct Row {
    replication: u32,
    flow: Arc<str>,
    cargo: Arc<str>,
    from: Arc<str>,
    to: Arc<str>,
    route: Arc<str>,
    unit: Arc<str>,
    shipment: u64,
    made: String,
    end: String,
    how: &'static str,
    in_horizon: bool,
    size: f64,
    tonnes: f64,
    days: f64,
    usd: f64,
    /// Days by cause.
    by_cause: [f64; Cause::ALL.len()],
}

/// What is said of each route many times over.
struct Names {
    flow: Arc<str>,
    cargo: Arc<str>,
    from: Arc<str>,
    to: Arc<str>,
    route: Arc<str>,
    unit: Arc<str>,
}

struct Collector<'a> {
    plan: &'a Plan,
    calendar: Calendar,
    replication: u32,
    /// By route.
    names: Vec<Names>,
    rows: Vec<Row>,
}

impl<'a> Collector<'a> {
    fn new(year: OneYear<'a>) -> Self {
        let plan = year.plan();
        let labels = &plan.labels;
        let names = labels.routes.iter().map(|route| {
            let flow = &labels.flows[route.flow.index()];
            let (cargo, unit) = &labels.cargoes[flow.cargo.index()];
            let node = |node: Option<&NodeId>| node.map_or("", |node| labels.nodes[node.index()].as_str()).into();
            Names {
                flow: flow.id.as_str().into(),
                cargo: cargo.as_str().into(),
                from: node(route.nodes.first()),
                to: node(route.nodes.last()),
                route: route.id.as_str().into(),
                unit: unit.as_str().into(),
            }
        });
        let names = names.collect();
        Self { plan, calendar: year.calendar(), replication: year.replication, names, rows: Vec::new() }
    }
}

impl Observer for Collector<'_> {
    fn note(&mut self, _: Note) {}

    fn ended(&mut self, ended: Ended, booked: &[Segment]) {
        let mut by_cause = [0.0; Cause::ALL.len()];
        for segment in booked {
            let cause = self.plan.labels.cells[segment.cell.index()].cause;
            if let Some(place) = Cause::ALL.iter().position(|known| *known == cause) {
                by_cause[place] += segment.time.days();
            }
        }
        let (names, clock) = (&self.names[ended.route.index()], &self.plan.clock);
        let size = ended.size.units();
        self.rows.push(Row {
            replication: self.replication,
            flow: Arc::clone(&names.flow),
            cargo: Arc::clone(&names.cargo),
            from: Arc::clone(&names.from),
            to: Arc::clone(&names.to),
            route: Arc::clone(&names.route),
            unit: Arc::clone(&names.unit),
            shipment: ended.shipment,
            made: self.calendar.utc(ended.made),
            end: self.calendar.utc(ended.time),
            how: word(ended.how),
            in_horizon: (clock.start..clock.horizon_end).contains(&ended.made),
            size,
            tonnes: ended.mass.tonnes(),
            days: ended.time.since(ended.made).days(),
            usd: self.plan.labels.routes[ended.route.index()].usd_per_unit * size,
            by_cause,
        });
    }
}

/// Writes the shipments of a replication, as CSV or as Parquet by the ending of the file's name.
pub(super) fn shipments(year: OneYear<'_>, file: &Path, console: &mut Console) -> Result<(), Failure> {
    let cancel = cancel_on_ctrl_c();
    let mut out = begun(file, is_empty)?;
    let mut collector = Collector::new(year);
    year.observe(&cancel, &mut collector)?;
    let (rows, failed) = (collector.rows, || Failure::files(not_written(file)));
    let count = rows.len();
    let mut written = PartedTable::named(file, BufWriter::new(&mut out));
    written.add(&*table(rows)).and_then(|()| written.close()).map_err(failed())?;
    out.finish().map_err(failed())?;
    console.say(format_args!(
        "{} of replication {} are in {}",
        counted(count, "shipment"),
        year.replication,
        file.display()
    ));
    Ok(())
}

fn is_empty(file: &std::fs::File) -> bool {
    file.metadata().is_ok_and(|about| about.len() == 0)
}

const fn word(how: End) -> &'static str {
    match how {
        End::Delivered => "delivered",
        End::Refused => "refused",
        End::Lost => "lost",
        End::UnderWay => "under-way",
    }
}

fn table(rows: Vec<Row>) -> Box<dyn Sheet> {
    let mut columns: Vec<Column<Row>> = vec![
        column("replication", "", "Number of the simulated year.", |row: &Row| row.replication.into()),
        column("flow", "", "Flow.", |row: &Row| (&*row.flow).into()),
        column(
            "shipment",
            "",
            "Identity within the flow, the same in what-ifs; parts of one have it in common.",
            |row: &Row| format!("{:016x}", row.shipment).into(),
        ),
        column("cargo", "", "Cargo.", |row: &Row| (&*row.cargo).into()),
        column("from", "", "Node where it begins.", |row: &Row| (&*row.from).into()),
        column("to", "", "Node where it ends.", |row: &Row| (&*row.to).into()),
        column("route", "", "Route on which it was in the end.", |row: &Row| (&*row.route).into()),
        column("size", "", "Size in the unit of its cargo.", |row: &Row| row.size.into()),
        column("unit", "", "That unit.", |row: &Row| (&*row.unit).into()),
        column("tonnes", "t", "Mass.", |row: &Row| row.tonnes.into()),
        column("made", "", "When it came, in UTC.", |row: &Row| row.made.as_str().into()),
        column("end", "", "When it was delivered or ended otherwise, in UTC.", |row: &Row| row.end.as_str().into()),
        column("how", "", "delivered, refused, lost, or under-way when the clock ended.", |row: &Row| row.how.into()),
        column("in_horizon", "", "Whether it came within the horizon, so that times count it.", |row: &Row| {
            row.in_horizon.into()
        }),
        column("days", "d", "From coming to its end.", |row: &Row| row.days.into()),
        column("charge_usd", "USD", "Freight charge of its route with which the clock begins.", |row: &Row| {
            row.usd.into()
        }),
    ];
    for (place, cause) in Cause::ALL.into_iter().enumerate() {
        let name = format!("days_{}", cause.word().replace('-', "_"));
        columns.push(column(name, "d", cause.meaning(), move |row: &Row| row.by_cause[place].into()));
    }
    sheet("shipments.csv", columns, rows)
}
