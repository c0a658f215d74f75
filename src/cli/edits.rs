//! Workbooks of parameters that were edited.

use std::path::Path;

use super::args::ScenarioArgs;
use super::console::Console;
use super::exit::Failure;
use super::findings;
use super::tables::{NamedTable, tables};
use crate::diagnostic::{Diagnostics, Rejected, SourceFiles};
use crate::exchange::parameters::{Edit, Edits, ORIGIN, SHEET, edits, origin};
use crate::scenario::{Reading, Setting};
use crate::tables::RawTable;

/// The sheets of a workbook of parameters.
#[derive(Debug)]
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

impl Book {
    /// The scenario that the workbook says its parameters are of; `None` where that sheet is gone.
    pub(super) fn scenario(&self, sources: &mut SourceFiles, console: &Console) -> Result<Option<String>, Failure> {
        let named = self.origin.as_ref().map(|table| origin(table, sources)).transpose();
        Ok(named.map_err(|found| rejected(found, sources, console))?.map(|(scenario, _)| scenario))
    }

    /// What was edited, tried on the scenario.
    pub(super) fn edited(
        &self,
        base: &str,
        sources: &mut SourceFiles,
        console: &Console,
    ) -> Result<(Reading, Vec<Edit>), Failure> {
        let plain = valid(ScenarioArgs::named(base, &[]).source().read(), console)?;
        let Edits { edits, warnings } =
            edits(&self.parameters, &plain, sources).map_err(|found| rejected(found, sources, console))?;
        findings::show_all(console, &warnings, sources);
        let settings: Vec<Setting> = edits.iter().map(|edit| edit.setting.clone()).collect();
        let reading = valid(ScenarioArgs::named(base, &settings).source().read(), console)?;
        Ok((reading, edits))
    }
}

/// What a workbook changes of a scenario; `None` where the file is no workbook of parameters.
pub(super) fn changes(file: &Path, base: &str, console: &Console) -> Result<Option<Vec<Setting>>, Failure> {
    let Some(book) = book(file)? else { return Ok(None) };
    let mut sources = SourceFiles::default();
    if let Some(other) = book.scenario(&mut sources, console)?.filter(|scenario| scenario != base) {
        let why = format!("{} has the parameters of {other}: compare {other} with it", file.display());
        return Err(Failure::Wrong(why));
    }
    let (_, edits) = book.edited(base, &mut sources, console)?;
    if edits.is_empty() {
        return Err(Failure::Wrong(format!("nothing was edited in {}", file.display())));
    }
    Ok(Some(edits.into_iter().map(|edit| edit.setting).collect()))
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
