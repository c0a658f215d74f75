//! `midcor schema`: the JSON Schema of scenario files.

use crate::cli::console::Console;
use crate::cli::exit::Failure;

pub(super) fn schema(console: &mut Console) -> Result<(), Failure> {
    Ok(writeln!(console.out(), "{:#}", crate::scenario::schema())?)
}
