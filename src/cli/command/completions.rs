//! `midcor completions`: what a shell needs to complete calls.

use clap::{Args, CommandFactory as _};

use super::Arguments;
use crate::cli::console::Console;
use crate::cli::exit::Failure;

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub(super) fn completions(args: &CompletionsArgs, console: &mut Console) -> Result<(), Failure> {
    // Written to memory first: the generator panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Arguments::command(), "midcor", &mut script);
    Ok(console.out().write_all(&script)?)
}
