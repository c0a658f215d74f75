//! `midcor validate`: observed figures beside simulated ones.

mod shares;

use std::path::Path;

use crate::cli::args::ValidateArgs;
use crate::cli::command::run::{ended, tell_empty};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::loading::{Ready, ready};
use crate::cli::output::{place_of, put_answer};
use crate::cli::simulation::simulate;
use crate::cli::snippets;
use crate::diagnostic::{Diagnostics, SourceFiles, did_you_mean};
use crate::report::Study;
use crate::scenario::{Disk, FileError, Files as _, not_text};
use crate::validation::{Assigned, Observation, Observed, Validation, assign, is_of_shares, observation, observations};

pub(super) fn validate(args: &ValidateArgs, console: &mut Console) -> Result<(), Failure> {
    if is_of_shares(&text_of(&args.against)?.1) { shares::validate(args, console) } else { of_rows(args, console) }
}

/// Validation against figures that are rows of the results.
fn of_rows(args: &ValidateArgs, console: &mut Console) -> Result<(), Failure> {
    let mut ready = ready(&args.scenario, args.rows.detail(), console)?;
    // Whatever is wrong with the figures is told before anything is simulated.
    let assigned = assigned(&args.against, &ready, console)?;
    let place = place_of(&args.output, Study::Validation, (&args.scenario, &ready))?;
    let simulated = simulate(&mut ready, &args.simulation, console)?;
    let results = &simulated.results;
    tell_empty(results, console);
    let summary = results.summary();
    let validation = Validation::of(&assigned, &summary);
    let scenario = ready.loaded.resolved_toml();
    put_answer(console, args.output.format, (place, &scenario), &validation, Some((results, &summary)))?;
    ended(&simulated, console)
}

/// The figures for a scenario, each with its row of the results.
fn assigned(against: &str, ready: &Ready, console: &Console) -> Result<Vec<Assigned>, Failure> {
    let (name, text) = text_of(against)?;
    let mut sources = SourceFiles::default();
    let observed = Observed::read(&name, &text, &mut sources).map_err(|found| shown(console, &found, &sources))?;
    let figures = figures(&observed, &name, &ready.world.scenario.name)?;
    let layout = &ready.world.layout;
    assign(figures, &layout.frame().rows, |period| layout.span(period))
        .map_err(|found| shown(console, &found, &sources))
}

/// Shows what is wrong with a file of observed figures.
fn shown(console: &Console, found: &Diagnostics, sources: &SourceFiles) -> Failure {
    snippets::show_of("the observed figures cannot be used", console, found, sources);
    Failure::Shown
}

fn figures(observed: &Observed, file: &str, scenario: &str) -> Result<Vec<Observation>, Failure> {
    let figures = observed.of(scenario);
    if !figures.is_empty() {
        return Ok(figures);
    }
    let scenarios = observed.scenarios();
    let has = if scenarios.is_empty() {
        "it has none at all".to_owned()
    } else {
        format!("it has some for {}", scenarios.join(", "))
    };
    Err(Failure::Wrong(format!("{file} has no figure for the scenario `{scenario}`; {has}")))
}

/// Name and text of a file, or of figures that come with the program.
fn text_of(against: &str) -> Result<(String, String), Failure> {
    if let (false, Some(file)) = (Path::new(against).is_file(), observation(against)) {
        return Ok((file.path.to_owned(), file.text.to_owned()));
    }
    let wrong = |error: FileError| Failure::Wrong(error.to_string());
    let bytes = Disk.read(against).map_err(|error| match error {
        FileError::Missing(_) => missing(against),
        error => wrong(error),
    })?;
    let text = String::from_utf8(bytes).map_err(|error| wrong(not_text(against, &error)))?;
    Ok((against.to_owned(), text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
}

fn missing(against: &str) -> Failure {
    let names = || observations().iter().map(|file| file.name);
    let near = did_you_mean(against, names());
    let all = || format!("with the program come {}", names().collect::<Vec<_>>().join(", "));
    Failure::Wrong(format!("there is no file of observed figures `{against}`; {}", near.unwrap_or_else(all)))
}
