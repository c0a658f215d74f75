//! The program from its arguments to its exit status.

use std::borrow::Cow;
use std::process::ExitCode;

use clap::Parser as _;

use super::command::{Arguments, carry_out};
use super::console::Console;
use super::exit::Failure;
use crate::text::visible;

/// Reads the arguments of the process, carries the command out, and gives the exit status.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
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
