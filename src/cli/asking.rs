//! Asking a question: the place of its results, the simulation, what is written and printed.

use std::path::Path;

use super::args::OutputArgs;
use super::console::Console;
use super::exit::Failure;
use super::findings;
use super::interrupt::cancel_on_ctrl_c;
use super::memory::tell_need;
use super::output::{not_written, place_of, put_answer};
use super::progress::Bar;
use crate::experiment::Remark;
use crate::questions::{Question, QuestionError};
use crate::report::{Answer, FolderError, Shortfall};
use crate::results::Space;
use crate::study::{Lab, Scenario, Years};

/// How a question is asked, and where its answer goes.
pub(super) struct Request<'a> {
    /// The scenario that is simulated.
    pub(super) scenario: &'a Scenario,
    /// Whether it is other than its file says.
    pub(super) has_settings: bool,
    pub(super) output: &'a OutputArgs,
    pub(super) lab: Lab<'static>,
}

/// Asks a question: what was noticed is told, the folder taken, and the answer written there and printed.
pub(super) fn ask<Q: Question>(question: &Q, request: &Request<'_>, console: &mut Console) -> Result<(), Failure> {
    tell(question.remarks(), console);
    let place = place_of(request.output, Q::STUDY, request.scenario, request.has_settings)?;
    let answer = answered(request, place.path(), console, |lab| question.ask(lab))?;
    put_answer(console, request.output, &answer, place, &request.scenario.resolved_toml())?;
    ended(&answer, console)
}

/// Carries out what simulates, while progress is shown and Ctrl-C stops it. Simulated years that memory has no room for are
/// held beside the folder of the results.
pub(super) fn answered<T>(
    request: &Request<'_>,
    folder: &Path,
    console: &Console,
    ask: impl FnOnce(&Lab<'_>) -> Result<T, QuestionError>,
) -> Result<T, Failure> {
    tell_need(request.scenario.prepared(), &request.lab, console);
    let bar = Bar::new(console);
    if let Years::Precise(precision) = request.lab.years {
        bar.aims_at(precision);
    }
    let space = Space::beside(folder);
    let answer = ask(&Lab { space: space.clone(), ..request.lab.watched(&bar, &cancel_on_ctrl_c()) });
    drop(bar);
    space.check().map_err(|error| Failure::Failed(error.to_string()))?;
    answer.map_err(|error| wrong(error, console))
}

/// Says what was noticed.
pub(super) fn tell(remarks: &[Remark], console: &Console) {
    for remark in remarks {
        console.remark(remark);
    }
}

/// How a command ends whose answer is written: well, or with word of what it lacks.
pub(super) fn ended(answer: &dyn Answer, console: &Console) -> Result<(), Failure> {
    match answer.shortfall() {
        None => Ok(()),
        Some(Shortfall::Stopped(why)) => {
            console.warning(&why);
            Err(Failure::Stopped)
        }
        Some(Shortfall::Failed(why)) => Err(Failure::Failed(why)),
    }
}

/// How the program ends where a question has no answer.
pub(super) fn wrong(error: QuestionError, console: &Console) -> Failure {
    match error {
        QuestionError::Wrong(why) => Failure::Wrong(why),
        QuestionError::Rejected(rejected) => {
            findings::show(console, &rejected);
            Failure::Shown
        }
        QuestionError::NotKept(error) => match error.downcast::<FolderError>() {
            Ok(error) => not_written(*error),
            Err(error) => Failure::Failed(error.to_string()),
        },
        error => Failure::Failed(error.to_string()),
    }
}
