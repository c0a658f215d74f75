//! `midcor completions`: what a shell needs to complete calls.

use clap::Args;
use clap_complete::env::Shells;

use crate::cli::console::Console;
use crate::cli::exit::Failure;

/// The variable by which a shell asks the program what may follow.
const VARIABLE: &str = "COMPLETE";

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub(super) fn completions(args: &CompletionsArgs, console: &mut Console) -> Result<(), Failure> {
    let shells = Shells::builtins();
    let name = args.shell.to_string();
    let shell =
        shells.completer(&name).ok_or_else(|| Failure::Wrong(format!("there are no completions for {name}")))?;
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, "midcor", "midcor", "midcor", &mut script)?;
    Ok(console.out().write_all(&script)?)
}
