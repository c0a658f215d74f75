//! From the words of the call to a plan.

use super::args::ScenarioArgs;
use super::console::Console;
use super::exit::Failure;
use super::snippets;
use crate::diagnostic::Diagnostics;
use crate::plan::PlanError;
use crate::scenario::{Loaded, Loader, Scenario, Setting};
use crate::study::World;

/// A scenario that can run.
pub(super) struct Ready {
    pub(super) loaded: Loaded,
    pub(super) world: World,
}

/// Loads a scenario, shows all that was found, and fails if it has errors.
pub(super) fn load(args: &ScenarioArgs, console: &Console) -> Result<(Loaded, Scenario), Failure> {
    let mut loaded = Loader::default().load(&args.scenario, &args.set);
    snippets::show(console, &loaded.diagnostics, &loaded.sources);
    let scenario = loaded.scenario.take().filter(|_| !loaded.diagnostics.has_errors());
    scenario.map(|scenario| (loaded, scenario)).ok_or(Failure::Shown)
}

/// Loads and compiles a scenario.
pub(super) fn ready(args: &ScenarioArgs, console: &Console) -> Result<Ready, Failure> {
    compiled(load(args, console)?, console)
}

/// The scenario with one more setting, applied after those of the call.
pub(super) fn ready_with(args: &ScenarioArgs, setting: &Setting, console: &Console) -> Result<Ready, Failure> {
    let set = args.set.iter().chain([setting]).cloned().collect();
    ready(&ScenarioArgs { scenario: args.scenario.clone(), set }, console)
}

fn compiled((loaded, scenario): (Loaded, Scenario), console: &Console) -> Result<Ready, Failure> {
    match World::of(&loaded, scenario) {
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
