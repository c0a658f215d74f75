//! Simulating a scenario as the call and the scenario ask.

use super::args::SimulationArgs;
use super::console::Console;
use super::exit::Failure;
use super::interrupt::cancel_on_ctrl_c;
use super::loading::Ready;
use super::progress::Bar;
use crate::experiment::ExperimentError;
use crate::random::Domain;
use crate::scenario::spec::Run;
use crate::study::{self, Setup, Simulated, Years};

/// More threads than this only cost memory.
pub(super) const MOST_THREADS: usize = 1024;

/// A number in the call goes before a precision of the scenario.
fn years(args: &SimulationArgs, run: &Run) -> Years {
    match (&args.replications, args.precision.or(run.precision)) {
        (Some(range), _) => Years::Fixed(range.0.clone()),
        (None, Some(precision)) => Years::Precise(precision),
        (None, None) => Years::Fixed(0..u64::from(run.replications)),
    }
}

/// The seed of the call, else of the scenario.
pub(super) fn seed(args: &SimulationArgs, run: &Run) -> u64 {
    args.seed.unwrap_or(run.seed)
}

/// How to simulate a scenario.
pub(super) fn setup(args: &SimulationArgs, run: &Run) -> Setup {
    Setup {
        years: years(args, run),
        seed: seed(args, run),
        domain: Domain::Production,
        threads: args.threads.min(MOST_THREADS),
    }
}

/// Simulates and keeps what was finished.
pub(super) fn simulate(ready: &Ready, args: &SimulationArgs, console: &Console) -> Result<Simulated, Failure> {
    let setup = setup(args, &ready.world.scenario.run);
    let bar = Bar::new(console);
    if let Years::Precise(precision) = setup.years {
        bar.aims_at(precision);
    }
    let simulated = study::simulate(&ready.world, &setup, &bar, &cancel_on_ctrl_c()).map_err(failed)?;
    drop(bar);
    if let (Years::Precise(precision), false) = (&setup.years, simulated.is_precise) {
        console.warning(&format!(
            "after {} simulated years the headline measures are not known to ±{} %",
            simulated.results.records.len(),
            precision * 100.0
        ));
    }
    Ok(simulated)
}

#[expect(clippy::needless_pass_by_value, reason = "made for `map_err`")]
pub(super) fn failed(error: ExperimentError) -> Failure {
    Failure::Failed(error.to_string())
}
