//! The program from its arguments to its exit status.

use std::borrow::Cow;
use std::process::ExitCode;

use clap::CommandFactory as _;
use clap_complete::CompleteEnv;

use super::command::{Arguments, carry_out};
use super::console::Console;
use super::exit::Failure;
use crate::text::visible;

/// Reads the arguments of the process, carries the command out, and gives the exit status.
pub fn run() -> ExitCode {
    // Ends here where a shell asks what may follow.
    CompleteEnv::with_factory(Arguments::command).complete();
    if std::env::args_os().len() <= 1 {
        return begin();
    }
    let arguments = match Arguments::read() {
        Ok(arguments) => arguments,
        Err(error) => return ExitCode::from(of_arguments(&error)),
    };
    let mut console = Console::new(arguments.quiet);
    let outcome = carry_out(arguments, &mut console).and_then(|()| Ok(console.flush()?));
    match outcome {
        Err(failure) if !failure.is_broken_pipe() => {
            if !matches!(failure, Failure::Shown | Failure::Stopped) {
                console.error(&failure.to_string());
            }
            ExitCode::from(failure.status())
        }
        _ => ExitCode::SUCCESS,
    }
}

/// What to begin with, for who calls the program without a word.
const BEGIN: &str = "\
midcor simulates freight on a corridor. To begin with:

  midcor run tutorial             simulate a small corridor; results go to a folder
  midcor list scenarios           what comes with the program
  midcor init my-corridor         copy the scenarios to change them

midcor --help lists all commands.
";

fn begin() -> ExitCode {
    let mut console = Console::new(false);
    let written = console.out().write_all(BEGIN.as_bytes()).and_then(|()| console.flush());
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Help and version are results; everything else is a wrong command line. A closed pipe is no error.
fn of_arguments(error: &clap::Error) -> u8 {
    let text = error.to_string();
    // Only words of the command line are in it besides those of the program.
    match visible(&text) {
        Cow::Owned(shown) => Console::tell(shown.trim_end()),
        Cow::Borrowed(_) => drop(error.print()),
    }
    u8::from(error.use_stderr()) * 2
}
