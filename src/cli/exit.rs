//! How the program ends.

use std::borrow::Cow;
use std::io;
use std::process::ExitCode;

use clap::Parser as _;

use super::args::Arguments;
use super::command;
use super::console::Console;
use crate::text::visible;

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The call or the scenario is wrong.
    #[error("{0}")]
    Wrong(String),
    /// The scenario is wrong, and what is wrong was shown.
    #[error("the scenario cannot run")]
    Shown,
    /// The run failed.
    #[error("{0}")]
    Failed(String),
    /// The run was stopped; what was finished is kept.
    #[error("stopped")]
    Stopped,
    /// Something could not be written or read.
    #[error("{what}: {error}")]
    Files {
        /// What was tried.
        what: String,
        /// Why it failed.
        #[source]
        error: io::Error,
    },
    /// Standard output could not be written.
    #[error("cannot write to standard output: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    /// For errors of the file system.
    pub(super) fn files(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |error| Self::Files { what, error }
    }

    /// Whoever read standard output has read enough.
    fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    const fn status(&self) -> u8 {
        match self {
            Self::Wrong(_) | Self::Shown => 2,
            Self::Failed(_) | Self::Stopped | Self::Files { .. } | Self::Output(_) => 1,
        }
    }
}

/// Reads the arguments of the process, carries the command out, and gives the exit status.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return ExitCode::from(of_arguments(&error)),
    };
    let mut console = Console::new(arguments.quiet);
    let outcome = command::carry_out(arguments.command, &mut console).and_then(|()| Ok(console.flush()?));
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

/// Help and version are results; everything else is a wrong call. A closed pipe is no error.
fn of_arguments(error: &clap::Error) -> u8 {
    let text = error.to_string();
    // Only words of the call are in it besides those of the program.
    match visible(&text) {
        Cow::Owned(shown) => Console::tell(shown.trim_end()),
        Cow::Borrowed(_) => drop(error.print()),
    }
    u8::from(error.use_stderr()) * 2
}
