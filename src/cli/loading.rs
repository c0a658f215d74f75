//! From the words of the call to a plan.

use super::args::ScenarioArgs;
use super::console::Console;
use super::exit::Failure;
use super::snippets;
use crate::diagnostic::Diagnostics;
use crate::plan::{Plan, PlanError};
use crate::scenario::{Loaded, Loader, Scenario};

/// A scenario that can run.
pub(super) struct Ready {
    pub(super) loaded: Loaded,
    pub(super) scenario: Scenario,
    pub(super) plan: Plan,
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
    let (loaded, scenario) = load(args, console)?;
    let first = std::iter::once((scenario.run.start, &scenario));
    let epochs: Vec<_> = first.chain(scenario.at_dates()).map(|(date, scenario)| (date, scenario.clone())).collect();
    match Plan::compile(&epochs) {
        Ok(plan) => Ok(Ready { loaded, scenario, plan }),
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
