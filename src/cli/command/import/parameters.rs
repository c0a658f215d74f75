//! What was edited in a workbook of parameters, as a scenario that changes the one they are of.

use std::path::Path;

use super::ImportArgs;
use super::place::extended;
use crate::cli::args::ScenarioArgs;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::findings;
use crate::cli::single_file::write_file;
use crate::cli::tables::{NamedTable, tables};
use crate::diagnostic::{Diagnostics, Rejected, SourceFiles};
use crate::exchange::parameters::{Edit, Edits, ORIGIN, SHEET, edits, origin, overlay_toml};
use crate::scenario::{Reading, Setting};
use crate::tables::RawTable;

/// The sheets of a workbook of parameters.
pub(super) struct Book {
    parameters: RawTable,
    /// Which scenario they are of; `None` where that sheet is gone.
    origin: Option<RawTable>,
}

/// The workbook of parameters that a file is; `None` where it is something else.
pub(super) fn book(file: &Path) -> Result<Option<Book>, Failure> {
    if file.is_dir() || !file.extension().is_some_and(|ending| ending == "xlsx" || ending == "xlsm") {
        return Ok(None);
    }
    let mut all = tables(file)?;
    let mut take = |name: &str| {
        let place = all.iter().position(|one: &NamedTable| one.name == name)?;
        Some(all.swap_remove(place).table)
    };
    let origin = take(ORIGIN);
    Ok(take(SHEET).map(|parameters| Book { parameters, origin }))
}

pub(super) fn import(args: &ImportArgs, file: &Path, book: &Book, console: &mut Console) -> Result<(), Failure> {
    let mut sources = SourceFiles::default();
    let base = match (&args.base, &book.origin) {
        (Some(base), _) => base.clone(),
        (None, Some(table)) => origin(table, &mut sources).map_err(|found| rejected(found, &sources, console))?.0,
        (None, None) => {
            let why =
                format!("{} has no sheet `{ORIGIN}`; --base SCENARIO says of which scenario it is", file.display());
            return Err(Failure::Wrong(why));
        }
    };
    let (reading, edits) = edited(&base, &book.parameters, &mut sources, console)?;
    if edits.is_empty() {
        console.say("nothing was edited: no file is written");
        return Ok(());
    }
    let out = args.out.clone().unwrap_or_else(|| file.with_extension("toml"));
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let plural = if edits.len() == 1 { "" } else { "s" };
    let title = || format!("{} with {} value{plural} of {name}", reading.name, edits.len());
    let title = args.title.clone().unwrap_or_else(title);
    write_file(&out, overlay_toml(&extended(&base, &out), &title, &edits).as_bytes(), args.replace)?;
    Ok(writeln!(console.out(), "{}", out.display())?)
}

/// What was edited, tried on the scenario.
fn edited(
    base: &str,
    table: &RawTable,
    sources: &mut SourceFiles,
    console: &Console,
) -> Result<(Reading, Vec<Edit>), Failure> {
    let plain = valid(ScenarioArgs::named(base, &[]).source().read(), console)?;
    let Edits { edits, warnings } = edits(table, &plain, sources).map_err(|found| rejected(found, sources, console))?;
    findings::show_all(console, &warnings, sources);
    let settings: Vec<Setting> = edits.iter().map(|edit| edit.setting.clone()).collect();
    let reading = valid(ScenarioArgs::named(base, &settings).source().read(), console)?;
    Ok((reading, edits))
}

fn valid(reading: Reading, console: &Console) -> Result<Reading, Failure> {
    if reading.scenario.is_some() {
        return Ok(reading);
    }
    findings::show_all(console, &reading.diagnostics, &reading.sources);
    Err(Failure::Shown)
}

fn rejected(diagnostics: Diagnostics, sources: &SourceFiles, console: &Console) -> Failure {
    let follows = "the workbook cannot be used";
    findings::show(console, &Rejected { follows, diagnostics, sources: sources.clone() });
    Failure::Shown
}
