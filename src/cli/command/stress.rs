//! `midcor stress`: the same years with and without a closure.

use jiff::civil::DateTime;

use crate::analysis::stress::{Closing, drain_to_follow, starts, stress as simulate_all};
use crate::cli::args::{ScenarioArgs, Stops, StressArgs};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_on_ctrl_c;
use crate::cli::loading::{Change, Ready, ready, variant};
use crate::cli::output::{place_of, put_answer};
use crate::cli::progress::Bar;
use crate::cli::simulation::lab_over;
use crate::report::Study;
use crate::results::Detail;
use crate::scenario::{Scenario, Setting};
use crate::study::{World, Years};

pub(super) fn stress(args: &StressArgs, console: &mut Console) -> Result<(), Failure> {
    let scenario = followed(args)?;
    // What is told is counted shipment by shipment: the fewest rows will do.
    let ready = ready(&scenario, Some(Detail::Together), console)?;
    let closing = closing(args);
    let closed = closed((args, &scenario), &closing, &ready, console)?;
    let place = place_of(&args.output, Study::Stress, (&args.scenario, &ready))?;
    let run = &ready.world.scenario.run;
    let replications = args.replications.as_ref().map_or(0..u64::from(run.replications), |range| range.0.clone());
    let bar = Bar::new(console);
    let lab = lab_over(Years::Fixed(replications), &args.lab, run).watched(&bar, &cancel_on_ctrl_c());
    let stress =
        simulate_all(&ready.world, &closing, &closed, &lab).map_err(|error| Failure::Failed(error.to_string()))?;
    drop(bar);
    put_answer(console, args.output.format, (place, &ready.loaded.resolved_toml()), &stress, None)?;
    if stress.is_complete {
        return Ok(());
    }
    let finished = stress.manifest.run.replications;
    console.warning(&format!("stopped: the results are of the {finished} simulated years that were finished"));
    Err(Failure::Stopped)
}

fn closing(args: &StressArgs) -> Closing {
    let words = args.stops.iter().filter_map(clap::ValueEnum::to_possible_value);
    let stops = if args.stops.contains(&Stops::All) {
        Vec::new()
    } else {
        words.map(|value| value.get_name().to_owned()).collect()
    };
    Closing { of: args.close.clone(), stops, length: args.length }
}

/// The scenario of the call, its drain long enough to see what becomes of the backlog.
fn followed(args: &StressArgs) -> Result<ScenarioArgs, Failure> {
    let mut scenario = args.scenario.clone();
    // A scenario that cannot run is shown with its errors when it is made ready.
    if let Some(Scenario { run, .. }) = scenario.loader().load(&scenario.scenario, &scenario.set).scenario {
        let drain = drain_to_follow(&run, (args.length, args.follow), args.from, args.each_month);
        let drain = drain.map_err(|error| Failure::Wrong(error.to_string()))?;
        if drain > run.drain {
            let setting = format!("run.drain=\"{} ms\"", drain.ms());
            scenario.set.push(Setting::parse(&setting).map_err(|error| Failure::Wrong(error.to_string()))?);
        }
    }
    Ok(scenario)
}

/// The worlds with the closure, by its beginning.
fn closed(
    (args, followed): (&StressArgs, &ScenarioArgs),
    closing: &Closing,
    ready: &Ready,
    console: &Console,
) -> Result<Vec<(DateTime, World)>, Failure> {
    let scenario = &ready.world.scenario;
    let starts = starts(&scenario.run, closing.length, args.from, args.each_month);
    let starts = starts.map_err(|error| Failure::Wrong(error.to_string()))?;
    let world = |from: DateTime| {
        let overlay = closing.overlay(scenario, from);
        Ok((from, variant(followed, ready.world.detail, &Change::Overlay(&overlay), console)?))
    };
    starts.into_iter().map(world).collect()
}
