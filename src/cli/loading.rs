//! From the words of the call to a plan.

use super::args::ScenarioArgs;
use super::console::Console;
use super::exit::Failure;
use super::snippets;
use crate::compile::{PlanError, warnings};
use crate::diagnostic::Diagnostics;
use crate::results::{Detail, MOST_FLOWS_WITH_ROWS};
use crate::scenario::{Loaded, Overlay, Scenario, Setting};
use crate::study::World;

/// A scenario that can run.
pub(super) struct Ready {
    pub(super) loaded: Loaded,
    pub(super) world: World,
}

/// Loads a scenario, shows all that was found, and fails if it has errors.
pub(super) fn load(args: &ScenarioArgs, console: &Console) -> Result<(Loaded, Scenario), Failure> {
    let mut loaded = args.loader().load(&args.scenario, &args.set);
    snippets::show(console, &loaded.diagnostics, &loaded.sources);
    let scenario = loaded.scenario.take().filter(|_| !loaded.diagnostics.has_errors());
    scenario.map(|scenario| (loaded, scenario)).ok_or(Failure::Shown)
}

/// Loads and compiles a scenario whose results have rows down to a detail. Where the call leaves it open, rows are of every
/// flow as long as those are not too many, and it is told if they are: one rule for whatever simulates.
pub(super) fn ready(args: &ScenarioArgs, detail: Option<Detail>, console: &Console) -> Result<Ready, Failure> {
    let (loaded, scenario) = load(args, console)?;
    let ready = compiled(loaded, scenario, detail, console)?;
    let found = warnings(&ready.world.plan.remarks, &ready.loaded.tree);
    snippets::show(console, &found, &ready.loaded.sources);
    if detail.is_none() && ready.world.detail == Detail::Together {
        console.say(format_args!(
            "{} flows: rows are of the corridor, cargoes and tags; --by flow adds those of every flow (usual up to {MOST_FLOWS_WITH_ROWS})",
            ready.world.plan.labels.flows.len()
        ));
    }
    Ok(ready)
}

/// Says how many parameters each change of an overlay touches, and each setting of more than one.
pub(super) fn tell_changes(name: &str, loaded: &Loaded, console: &Console) {
    for change in loaded.changes.iter().filter(|change| change.touched != 1 || change.path.contains('*')) {
        let things = if change.touched == 1 { "parameter" } else { "parameters" };
        console.say(format_args!("{name}: {} touches {} {things}", change.path, change.touched));
    }
}

/// Makes another world of the scenario of a call, which was shown before, with rows as that one has them: with more settings
/// or under a text. Only errors are shown, for its warnings are the same again.
pub(super) fn variant(
    args: &ScenarioArgs,
    detail: Detail,
    change: &Change<'_>,
    console: &Console,
) -> Result<World, Failure> {
    let mut loaded = match change {
        Change::Settings(more) => args.loader().load(&args.scenario, &[&args.set, *more].concat()),
        Change::Overlay(overlay) => args.loader().load_under(&args.scenario, overlay, &args.set),
    };
    if let Some(scenario) = loaded.scenario.take().filter(|_| !loaded.diagnostics.has_errors()) {
        return compiled(loaded, scenario, Some(detail), console).map(|ready| ready.world);
    }
    snippets::show(console, &loaded.diagnostics, &loaded.sources);
    Err(Failure::Shown)
}

/// What a variant of a scenario has that the scenario has not.
pub(super) enum Change<'a> {
    /// Settings after those of the call.
    Settings(&'a [Setting]),
    /// A text that is laid over it.
    Overlay(&'a Overlay),
}

fn compiled(loaded: Loaded, scenario: Scenario, detail: Option<Detail>, console: &Console) -> Result<Ready, Failure> {
    match World::with(&loaded, scenario, detail) {
        Ok(world) => Ok(Ready { loaded, world }),
        Err(errors) => {
            snippets::show(console, &diagnosed(&loaded, &errors), &loaded.sources);
            Err(Failure::Shown)
        }
    }
}

/// Errors of the plan at the places of the values that they are about.
fn diagnosed(loaded: &Loaded, errors: &[PlanError]) -> Diagnostics {
    let mut found = Diagnostics::default();
    for error in errors {
        found.push(error.diagnostic(&loaded.tree));
    }
    found.sort();
    found
}
