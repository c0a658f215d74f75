//! `midcor run`: simulate, print the summary, write results.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Write};
use std::path::Path;

use crate::cli::args::RunArgs;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_on_ctrl_c;
use crate::cli::loading::{Ready, ready};
use crate::cli::output::{place_of, put_out};
use crate::cli::period::named_period;
use crate::cli::simulation::{seed, simulate};
use crate::cli::trace::{HEADER, Trace};
use crate::engine::{Cancel, EngineError, Limits};
use crate::random::{Domain, Draws};
use crate::report::{Aside, Study};
use crate::results::Results;
use crate::study::Simulated;
use crate::words::Measure;

pub(super) fn run(args: &RunArgs, console: &mut Console) -> Result<(), Failure> {
    let mut ready = ready(&args.scenario, args.rows.detail(), console)?;
    if let (Some(replication), Some(file)) = (args.replication, &args.trace) {
        return trace(&ready, (seed(&args.simulation, &ready.world.scenario.run), replication), file, console);
    }
    if args.trace.is_some() {
        return Err(Failure::Wrong("--trace wants --replication N: it is the log of one simulated year".to_owned()));
    }
    let place = place_of(&args.output, Study::Run, (&args.scenario, &ready))?;
    named_period(args.period.as_ref(), ready.world.layout.frame(), |_| true)?;
    let simulated = simulate(&mut ready, &args.simulation, console)?;
    let results = &simulated.results;
    tell_empty(results, console);
    put_out(console, (args.output.format, args.period.as_ref()), (place, &ready.loaded.resolved_toml()), results)?;
    ended(&simulated, console)
}

/// Says where nothing moved, which makes a page of gaps.
pub(super) fn tell_empty(results: &Results, console: &Console) {
    let rows = results.frame.rows.iter().enumerate();
    let mut offered = rows.filter(|(_, key)| key.measure == Measure::Offered && key.period.is_horizon());
    if !offered.any(|(row, _)| results.values(row).iter().any(|&value| value > 0.0)) {
        console.warning(
            "no shipment was offered within the horizon: times are not known; see volumes, shipment sizes and `run.horizon`",
        );
    }
}

/// How a command ends whose results are written: well, or with word of what they lack.
pub(super) fn ended(simulated: &Simulated, console: &Console) -> Result<(), Failure> {
    let finished = simulated.results.records.len();
    if !simulated.is_complete {
        return Err(stopped(finished, console));
    }
    if simulated.left_out.is_empty() {
        return Ok(());
    }
    console.warning(&format!(
        "{} simulated years took more than --memory allows: the results are of the {finished} others, which may be the better ones",
        simulated.left_out.len()
    ));
    Err(Failure::Stopped)
}

pub(super) fn stopped(finished: usize, console: &Console) -> Failure {
    console.warning(&format!("stopped: the results are of the {finished} simulated years that were finished"));
    Failure::Stopped
}

/// One replication, event by event.
fn trace(ready: &Ready, (seed, replication): (u64, u32), file: &Path, console: &mut Console) -> Result<(), Failure> {
    if file == Path::new("-") {
        return log(ready, (seed, replication), &Cancel::default(), console.out())?.map_err(Failure::Output);
    }
    let what = || format!("cannot write {}", file.display());
    let cancel = cancel_on_ctrl_c();
    let mut out = Aside::begin(file, is_trace).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::Wrong(format!("{}: {error}", what())),
        _ => Failure::Files { what: what(), error },
    })?;
    // A log that ends early shows what led to a failure, so it is kept; not so that of a run that was stopped.
    let logged = log(ready, (seed, replication), &cancel, BufWriter::new(&mut out));
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
    ready: &Ready,
    (seed, replication): (u64, u32),
    cancel: &Cancel,
    out: impl Write,
) -> Result<io::Result<()>, Failure> {
    let draws = Draws::new(seed, u64::from(replication), Domain::Production);
    let mut trace = Trace::new(&ready.world.plan, ready.world.scenario.run.start, out);
    let ended = crate::engine::simulate(&ready.world.plan, draws, Limits::with_cancel(cancel), &mut trace);
    let written = trace.finish();
    ended.map_err(|error| match error {
        EngineError::Stopped => Failure::Stopped,
        error => Failure::Failed(format!("replication {replication}: {error}")),
    })?;
    Ok(written)
}
