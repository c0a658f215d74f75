//! `midcor check`: what is wrong, what will queue, what is assumed.

use std::io::{self, Write};

use clap::Args;
use serde_json::{Value, json};

use crate::arithmetic::{Filling, Utilisation, fillings, utilisations};
use crate::cli::args::{Format, ScenarioArgs};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::reading::{ready, tell_changes};
use crate::cli::utilisation;
use crate::model::Plan;
use crate::report::Screen;
use crate::results::Detail;
use crate::scenario::Parameter;
use crate::scenario::types::Grade;
use crate::study::Scenario;
use crate::text::counted;

use super::list::routes;

/// Utilisations and assumptions that are shown where not all are asked for.
const UTILISATIONS: usize = 25;
const ASSUMPTIONS: usize = 25;
/// Routes of flows that are shown then.
const ROUTES: usize = 10;

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// All utilisations and all assumptions, however small or well known
    #[arg(long)]
    all: bool,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn check(args: &CheckArgs, console: &mut Console) -> Result<(), Failure> {
    // Nothing is simulated: the fewest rows will do.
    let ready = ready(&args.scenario, Some(Detail::Together), console)?;
    tell_changes(&ready, console);
    let utilisations = utilisations(&ready.prepared().plan);
    let routes = routes::lines(ready.contents(), routes::Named::Turns)?;
    let looked = Looked { utilisations: &utilisations, routes: &routes };
    match args.format {
        Format::Table => tables(&mut console.screen(), &ready, &looked, args.all)?,
        Format::Json => writeln!(console.out(), "{:#}", as_json(&ready, &looked))?,
        Format::Csv => utilisation::utilisations(&ready.prepared().plan, &utilisations).write(console.out())?,
    }
    Ok(())
}

/// What was looked at besides what the scenario says.
struct Looked<'a> {
    utilisations: &'a [Utilisation],
    /// The route of each flow.
    routes: &'a [(String, String)],
}

fn tables(out: &mut Screen<'_>, ready: &Scenario, looked: &Looked<'_>, all: bool) -> io::Result<()> {
    let scenario = ready.contents();
    writeln!(out, "{}: it can run", scenario.title)?;
    let counts = [
        (scenario.node.len(), "node"),
        (scenario.link.len(), "link"),
        (scenario.fleet.len(), "fleet"),
        (scenario.pool.len(), "pool"),
        (scenario.flow.len(), "flow"),
        (scenario.section.len(), "section"),
    ];
    let counts: Vec<String> = counts.iter().map(|(count, word)| counted(count, word)).collect();
    writeln!(out, "{}", counts.join(", "))?;
    let shown = if all { looked.utilisations.len() } else { UTILISATIONS };
    utilisation_table(out, &ready.prepared().plan, looked.utilisations, shown)?;
    route_list(out, looked.routes, if all { looked.routes.len() } else { ROUTES })?;
    notes(out, &ready.prepared().plan)?;
    filling_notes(out, &fillings(&ready.prepared().plan))?;
    let assumptions = ready.reading().assumptions();
    let shown = if all { assumptions.len() } else { ASSUMPTIONS };
    assumption_table(out, &assumptions, shown)?;
    defaults(out, ready)
}

fn utilisation_table(out: &mut Screen<'_>, plan: &Plan, utilisations: &[Utilisation], shown: usize) -> io::Result<()> {
    writeln!(out, "\nLoad by arithmetic: mean demand over the horizon against what can be done, without any queue")?;
    if utilisations.is_empty() {
        return writeln!(out, "  nothing in this scenario is limited");
    }
    let head = ["place", "used", "asked", "possible", "bodies/d", "unit", ""].map(str::to_owned);
    let lines = utilisations[..shown.min(utilisations.len())].iter().map(|utilisation| {
        [
            utilisation.name(plan),
            utilisation.in_percent(),
            rounded(utilisation.offered),
            rounded(utilisation.capacity),
            utilisation.bodies.map_or_else(String::new, rounded),
            utilisation.unit.clone(),
            utilisation.verdict().to_owned(),
        ]
    });
    out.table(&std::iter::once(head).chain(lines).collect::<Vec<_>>())?;
    rest(out, utilisations.len(), shown)
}

/// Which way each flow takes.
fn route_list(out: &mut Screen<'_>, routes: &[(String, String)], shown: usize) -> io::Result<()> {
    writeln!(out, "\nRoutes of flows: ends, and where the mode changes (`midcor list routes` names every node)")?;
    out.pairs(&routes[..shown.min(routes.len())])?;
    rest(out, routes.len(), shown)
}

/// What its author should know of a scenario that is as it was meant.
fn notes(out: &mut Screen<'_>, plan: &Plan) -> io::Result<()> {
    for (number, note) in plan.remarks.iter().filter(|remark| remark.is_note).enumerate() {
        if number == 0 {
            writeln!(out, "\nNotes")?;
        }
        writeln!(out, "  {}", note.message)?;
    }
    Ok(())
}

/// Storages that a line can fill before a wagon held back inland would have come.
fn filling_notes(out: &mut Screen<'_>, fillings: &[Filling]) -> io::Result<()> {
    for note in fillings {
        writeln!(
            out,
            "\nnote: {} takes {} {unit} and {} outside, less than the {} {unit} that come to it in the {:.1} d from where their \
             wagons are taken: when it is full, trains are held back there, and it may run empty before the next come",
            note.path,
            rounded(note.capacity),
            rounded(note.stabling),
            rounded(note.on_the_way),
            note.days,
            unit = note.unit,
        )?;
    }
    Ok(())
}

/// How many more there are.
fn rest(out: &mut Screen<'_>, all: usize, shown: usize) -> io::Result<()> {
    if all > shown { writeln!(out, "  and {} more: see --all", all - shown) } else { Ok(()) }
}

/// Three digits.
fn rounded(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    format!("{value:.decimals$}")
}

fn assumption_table(out: &mut Screen<'_>, assumptions: &[Parameter], shown: usize) -> io::Result<()> {
    writeln!(out, "\nAssumptions, weakest first: grade (A official, B press, C inference, - none), value, source")?;
    for parameter in &assumptions[..shown.min(assumptions.len())] {
        let known = [&parameter.source, &parameter.note].into_iter().flatten().map(String::as_str);
        let known = known.collect::<Vec<_>>().join("; ");
        let line = format!(
            "  {}  {} = {}  {known}",
            parameter.grade.map_or("-", Grade::word),
            parameter.path,
            parameter.value
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    rest(out, assumptions.len(), shown)
}

/// Defaults of the run: they change results, and nobody wrote them.
fn defaults(out: &mut Screen<'_>, ready: &Scenario) -> io::Result<()> {
    let run = ready.reading().parameters("run.").into_iter();
    let run: Vec<Parameter> =
        run.filter(|parameter| parameter.is_default && parameter.path.starts_with("run.")).collect();
    if !run.is_empty() {
        writeln!(out, "\nDefaults of the run")?;
    }
    for parameter in run {
        writeln!(out, "  {} = {}", parameter.path, parameter.value)?;
    }
    Ok(())
}

fn as_json(ready: &Scenario, looked: &Looked<'_>) -> Value {
    let assumptions = ready.reading().assumptions();
    let assumption = |parameter: &Parameter| {
        json!({
            "path": parameter.path, "value": parameter.value, "grade": parameter.grade.map(Grade::word),
            "source": parameter.source, "note": parameter.note, "range": parameter.range, "set_by": parameter.place,
        })
    };
    json!({
        "scenario": { "name": ready.contents().name, "title": ready.contents().title, "hash": ready.prepared().hash },
        "utilisations": looked.utilisations.iter().map(|utilisation| utilisation_json(&ready.prepared().plan, utilisation)).collect::<Vec<_>>(),
        "routes": looked.routes.iter().map(|(flow, route)| json!({ "flow": flow, "route": route })).collect::<Vec<_>>(),
        "remarks": ready.prepared().plan.remarks.iter().map(|remark| json!({
            "path": remark.path, "code": remark.code, "message": remark.message, "is_note": remark.is_note,
        })).collect::<Vec<_>>(),
        "fillings": fillings(&ready.prepared().plan),
        "assumptions": assumptions.iter().map(assumption).collect::<Vec<_>>(),
    })
}

fn utilisation_json(plan: &Plan, utilisation: &Utilisation) -> Value {
    let node = |node: crate::ids::NodeId| plan.labels.nodes[node.index()].as_str();
    json!({
        "path": utilisation.path, "from": utilisation.direction.map(|ends| node(ends.0)), "to": utilisation.direction.map(|ends| node(ends.1)),
        "asked": utilisation.offered, "possible": utilisation.capacity, "bodies_a_day": utilisation.bodies, "unit": utilisation.unit, "utilisation": utilisation.ratio(), "verdict": utilisation.verdict(),
    })
}
