//! From the words of the command line to a scenario that can be simulated.

use std::path::Path;

use super::args::ScenarioArgs;
use super::console::Console;
use super::exit::Failure;
use super::findings;
use crate::diagnostic::Rejected;
use crate::questions::NamedText;
use crate::results::{Detail, MOST_FLOWS_WITH_ROWS};
use crate::scenario::{Disk, Files as _, Reading, not_text, types};
use crate::study::{Scenario, Source};

/// Reads a scenario, shows all that was found, and fails if it has errors.
pub(super) fn read_checked(args: &ScenarioArgs, console: &Console) -> Result<(Reading, types::Contents), Failure> {
    let mut reading = read(&args.source(), console);
    let scenario = reading.take_scenario().map_err(|_| Failure::Shown)?;
    Ok((reading, scenario))
}

fn read(source: &Source, console: &Console) -> Reading {
    let reading = source.read();
    findings::show_all(console, &reading.diagnostics, &reading.sources);
    reading
}

/// Reads and compiles a scenario whose results have rows down to a detail. Where the command line leaves it open, rows are of every
/// flow as long as those are not too many, and it is told if they are: one rule for whatever simulates.
pub(super) fn ready(args: &ScenarioArgs, detail: Option<Detail>, console: &Console) -> Result<Scenario, Failure> {
    ready_from(args.source(), detail, console)
}

/// The same of a source.
pub(super) fn ready_from(source: Source, detail: Option<Detail>, console: &Console) -> Result<Scenario, Failure> {
    let reading = read(&source, console);
    if reading.scenario.is_none() {
        return Err(Failure::Shown);
    }
    let scenario = Scenario::compiled(source, reading, detail).map_err(|rejected| shown(&rejected, console))?;
    findings::show_all(console, &scenario.plan_warnings(), &scenario.reading().sources);
    let prepared = scenario.prepared();
    if detail.is_none() && prepared.detail == Detail::Together {
        console.say(format_args!(
            "{} flows: rows are of the corridor, cargoes and tags; --by flow adds those of every flow (usual up to {MOST_FLOWS_WITH_ROWS})",
            prepared.plan.labels.flows.len()
        ));
    }
    Ok(scenario)
}

fn shown(rejected: &Rejected, console: &Console) -> Failure {
    findings::show(console, rejected);
    Failure::Shown
}

/// Shows what was found in a scenario that can run.
pub(super) fn show_warnings(scenario: &Scenario, console: &Console) {
    let found = scenario.warnings();
    findings::show_all(console, &found.diagnostics, &found.sources);
}

/// Says how many parameters each change of an overlay touches, and each setting of more than one.
pub(super) fn tell_changes(scenario: &Scenario, console: &Console) {
    scenario.changes_in_words(scenario.name()).iter().for_each(|text| console.say(text));
}

/// A text file of the command line.
pub(super) fn text_of(file: &Path) -> Result<NamedText, Failure> {
    let name = file.to_string_lossy().into_owned();
    let bytes = Disk.read(&name).map_err(|error| Failure::Wrong(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| Failure::Wrong(not_text(&name, &error).to_string()))?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(NamedText { name, text })
}
