//! `midcor validate` against observed shares of routes.

use super::{shown, text_of};
use crate::cli::args::ValidateArgs;
use crate::cli::command::run::{ended, tell_empty};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::loading::{Ready, ready};
use crate::cli::output::{place_of, put_answer};
use crate::cli::simulation::simulate;
use crate::diagnostic::SourceFiles;
use crate::experiment::base_terms;
use crate::model::RouteTerms;
use crate::report::Study;
use crate::results::{Detail, Results};
use crate::validation::{Market, ObservedShares, ShareValidation};

pub(super) fn validate(args: &ValidateArgs, console: &mut Console) -> Result<(), Failure> {
    // Shippers go by the days of every flow and route.
    let mut ready = ready(&args.scenario, Some(Detail::Flows), console)?;
    let (name, text) = text_of(&args.against)?;
    let mut sources = SourceFiles::default();
    let observed =
        ObservedShares::read(&name, &text, &mut sources).map_err(|found| shown(console, &found, &sources))?;
    let observed = observed.of(&ready.world.scenario.name);
    if observed.is_empty() {
        let scenario = &ready.world.scenario.name;
        return Err(Failure::Wrong(format!("{name} has no row for the scenario `{scenario}`")));
    }
    // Whatever is wrong with the rows is told before anything is simulated.
    let checked = ShareValidation::check(&observed, &markets(&ready, &without_simulation(&ready)));
    checked.map_err(|found| shown(console, &found, &sources))?;
    let place = place_of(&args.output, Study::Validation, (&args.scenario, &ready))?;
    let simulated = simulate(&mut ready, &args.simulation, console)?;
    let results = &simulated.results;
    tell_empty(results, console);
    let summary = results.summary();
    let terms = terms_of(&ready, results);
    let validation = ShareValidation::of(&observed, &markets(&ready, &terms), &summary.manifest);
    let validation = validation.map_err(|found| shown(console, &found, &sources))?;
    let scenario = ready.loaded.resolved_toml();
    put_answer(console, args.output.format, (place, &scenario), &validation, Some((results, &summary)))?;
    ended(&simulated, console)
}

fn markets<'a>(ready: &'a Ready, terms: &'a [Vec<RouteTerms>]) -> Vec<Market<'a>> {
    let labels = &ready.world.plan.labels.choices;
    labels.iter().zip(terms).map(|(label, base)| Market::of(&ready.world.scenario, label, base)).collect()
}

fn without_simulation(ready: &Ready) -> Vec<Vec<RouteTerms>> {
    let labels = &ready.world.plan.labels.choices;
    labels.iter().map(|label| label.alternatives.iter().map(|one| one.terms).collect()).collect()
}

/// The terms of each choice as they were simulated.
fn terms_of(ready: &Ready, results: &Results) -> Vec<Vec<RouteTerms>> {
    let labels = &ready.world.plan.labels;
    base_terms(&results.frame, &results.records, labels, labels)
}
