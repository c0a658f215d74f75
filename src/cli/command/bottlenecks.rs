//! `midcor bottlenecks`: which capacity holds the corridor up, and what one more of each is worth.

use crate::analysis::{AnalysisError, Bottlenecks, Trial, bottlenecks as analyse};
use crate::cli::args::{BottlenecksArgs, ScenarioArgs};
use crate::cli::command::run::tell_empty;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_on_ctrl_c;
use crate::cli::loading::ready;
use crate::cli::memory::tell_need;
use crate::cli::output::{place_of, put_answer};
use crate::cli::progress::Bar;
use crate::cli::simulation::lab_of_study;
use crate::report::Study;
use crate::results::Detail;
use crate::scenario::Setting;
use crate::study::World;

pub(super) fn bottlenecks(args: &BottlenecksArgs, console: &mut Console) -> Result<(), Failure> {
    let ready = ready(&args.scenario, args.study.rows.detail(), console)?;
    let trials = args.also.iter().map(|setting| {
        let world = with(&args.scenario, setting, ready.world.detail, console)?;
        Ok(Trial { change: setting.text().to_owned(), world })
    });
    let trials = trials.collect::<Result<Vec<Trial>, Failure>>()?;
    let place = place_of(&args.output, Study::Bottlenecks, (&args.scenario, &ready))?;
    let lab = lab_of_study(&args.study, &ready.world.scenario.run);
    tell_need(&ready.world, &lab, console);
    let bar = Bar::new(console);
    let found = analyse(&ready.world, trials, args.top, &lab.watched(&bar, &cancel_on_ctrl_c())).map_err(failed)?;
    drop(bar);
    tell_empty(&found.base, console);
    let (scenario, summary) = (ready.loaded.resolved_toml(), found.base.summary());
    put_answer(console, args.output.format, (place, &scenario), &found, Some((&found.base, &summary)))?;
    if found.is_complete { Ok(()) } else { Err(stopped(&found, console)) }
}

/// The scenario with one more setting.
fn with(args: &ScenarioArgs, setting: &Setting, detail: Detail, console: &Console) -> Result<World, Failure> {
    ready(&args.with(std::slice::from_ref(setting)), Some(detail), console).map(|ready| ready.world)
}

fn stopped(found: &Bottlenecks, console: &Console) -> Failure {
    let tried = found.rows.iter().filter(|row| row.gain.is_some()).count();
    console.warning(&format!("stopped: {tried} steps were tried, the others have no worth yet"));
    Failure::Stopped
}

#[expect(clippy::needless_pass_by_value, reason = "made for `map_err`")]
pub(super) fn failed(error: AnalysisError) -> Failure {
    Failure::Failed(error.to_string())
}
