//! Simulating a scenario as the command line and the scenario ask.

use super::args::{InputsArg, LabArgs, SimulationArgs, StudyArgs};
use super::exit::Failure;
use super::memory::{number_of, share};
use super::numbers::{Extent, Replications};
use crate::scenario::types::Run;
use crate::study::{Lab, Years};

/// More threads than this only cost memory.
const MOST_THREADS: usize = 1024;

/// Draws of the inputs, and years in each, where the command line does not say.
const DRAWS: (u64, u64) = (50, 2);

/// A number in the command line goes before a precision of the scenario.
fn years(args: &SimulationArgs, run: &Run, drawing: InputsArg, precision: Option<f64>) -> Result<Years, Failure> {
    let wrong = |message: &str| Err(Failure::Wrong(message.to_owned()));
    match (drawing, &args.replications, precision) {
        (InputsArg::Fixed, Some(Extent::Years(range)), _) => Ok(Years::Fixed(range.clone())),
        (InputsArg::Fixed, Some(Extent::Draws(..)), _) => wrong("draws and years in each (DxN) want --inputs drawn"),
        (InputsArg::Fixed, None, Some(precision)) => Ok(Years::Precise(precision)),
        (InputsArg::Fixed, None, None) => Ok(Years::Fixed(0..u64::from(run.replications))),
        (InputsArg::Drawn, Some(Extent::Draws(draws, years)), _) => {
            Ok(Years::Drawn { draws: draws.clone(), years: *years })
        }
        (InputsArg::Drawn, Some(Extent::Years(range)), _) => Ok(Years::Drawn { draws: range.clone(), years: 1 }),
        (InputsArg::Drawn, None, _) => Ok(Years::Drawn { draws: 0..DRAWS.0, years: DRAWS.1 }),
    }
}

/// Inputs are as written unless the command line asks for draws, by name or by a number of them.
pub(super) fn drawing(args: &SimulationArgs) -> InputsArg {
    let of_draws = matches!(args.replications, Some(Extent::Draws(..)));
    args.inputs.unwrap_or(if of_draws { InputsArg::Drawn } else { InputsArg::Fixed })
}

/// The seed of the command line, else of the scenario.
pub(super) fn seed(args: &SimulationArgs, run: &Run) -> u64 {
    args.lab.seed.unwrap_or(run.seed)
}

/// How to simulate so many years, with the seed of the command line, else of the scenario.
pub(super) fn lab_over(years: Years, args: &LabArgs, run: &Run) -> Lab<'static> {
    let threads = args.threads.min(MOST_THREADS);
    let memory = share(args.memory, threads, number_of(&years));
    Lab { threads, memory, ..Lab::new(years, args.seed.unwrap_or(run.seed)) }
}

/// How to simulate a scenario, to a precision if call or scenario ask for one.
pub(super) fn lab(args: &SimulationArgs, run: &Run, drawing: InputsArg) -> Result<Lab<'static>, Failure> {
    if drawing == InputsArg::Drawn && args.precision.is_some() {
        return Err(Failure::Wrong("--precision wants --inputs fixed".to_owned()));
    }
    lab_of(args, run, drawing, args.precision.or(run.precision))
}

/// How to simulate a scenario, to a precision if one is given.
pub(super) fn lab_of(
    args: &SimulationArgs,
    run: &Run,
    drawing: InputsArg,
    precision: Option<f64>,
) -> Result<Lab<'static>, Failure> {
    Ok(lab_over(years(args, run, drawing, precision)?, &args.lab, run))
}

/// Variants are simulated in so many years if neither call nor scenario asks for fewer: there are many of them.
const YEARS_OF_A_VARIANT: u32 = 20;

/// How to simulate a scenario and its variants.
pub(super) fn lab_of_study(args: &StudyArgs, run: &Run) -> Lab<'static> {
    lab_over_few(args.replications.as_ref(), &args.lab, run)
}

/// How to simulate so many years, or where nothing is said those of the scenario, as far as they are few.
pub(super) fn lab_over_few(replications: Option<&Replications>, args: &LabArgs, run: &Run) -> Lab<'static> {
    let own = || 0..u64::from(run.replications.min(YEARS_OF_A_VARIANT));
    lab_over(Years::Fixed(replications.map_or_else(own, |range| range.0.clone())), args, run)
}
