//! What was edited in a workbook of parameters, as a scenario that changes the one they are of.

use std::path::Path;

use super::ImportArgs;
use super::place::extended;
use crate::cli::console::Console;
use crate::cli::edits::Book;
use crate::cli::exit::Failure;
use crate::cli::single_file::write_file;
use crate::diagnostic::SourceFiles;
use crate::exchange::parameters::{ORIGIN, overlay_toml};
use crate::text::counted;

pub(super) fn import(args: &ImportArgs, file: &Path, book: &Book, console: &mut Console) -> Result<(), Failure> {
    let mut sources = SourceFiles::default();
    let named = if args.base.is_some() { args.base.clone() } else { book.scenario(&mut sources, console)? };
    let no_base =
        || format!("{} has no sheet `{ORIGIN}`; --base SCENARIO says of which scenario it is", file.display());
    let base = named.ok_or_else(|| Failure::Wrong(no_base()))?;
    let (reading, edits) = book.edited(&base, &mut sources, console)?;
    if edits.is_empty() {
        console.say("nothing was edited: no file is written");
        return Ok(());
    }
    let out = args.out.clone().unwrap_or_else(|| file.with_extension("toml"));
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let title = || format!("{} with {} of {name}", reading.name, counted(edits.len(), "value"));
    let title = args.title.clone().unwrap_or_else(title);
    write_file(&out, overlay_toml(&extended(&base, &out), &title, &edits).as_bytes(), args.replace)?;
    Ok(writeln!(console.out(), "{}", out.display())?)
}
