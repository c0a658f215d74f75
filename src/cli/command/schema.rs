//! `midcor schema`: the JSON Schema of scenario files.

use clap::Args;

use crate::cli::console::Console;
use crate::cli::exit::Failure;

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {}

pub(super) fn schema(_: &SchemaArgs, console: &mut Console) -> Result<(), Failure> {
    Ok(writeln!(console.out(), "{:#}", crate::scenario::schema())?)
}
