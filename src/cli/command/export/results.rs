//! Results as a workbook for colleagues who go on in a spreadsheet.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::results_folder::{ComparedFolder, ResultsFolder};
use crate::cli::single_file::write_file;
use crate::report::{Exported, ExportedScenario, Study, workbook};
use crate::results::files::BASE;
use crate::scenario::Parameter;

pub(super) fn export(folders: &[PathBuf], file: &Path, replace: bool, console: &mut Console) -> Result<(), Failure> {
    let mut exported = Exported::default();
    folders.iter().try_for_each(|folder| add(folder, &mut exported))?;
    let bytes = workbook(&exported).map_err(|error| Failure::Failed(error.to_string()))?;
    write_file(file, &bytes, replace)?;
    Ok(writeln!(console.out(), "{}", file.display())?)
}

fn add(folder: &Path, exported: &mut Exported) -> Result<(), Failure> {
    let study = Study::found(|name| folder.join(name).is_file());
    match study {
        Some(Study::COMPARISON) => add_comparison(folder, exported),
        Some(study) if study.summary != Study::RUN.summary => {
            let why = format!("{} holds {}, of which there is no workbook", folder.display(), study.told);
            Err(Failure::Wrong(why))
        }
        // What is wrong with the folder is told by whoever reads it.
        _ => {
            let folder = ResultsFolder::read(folder)?;
            let name = folder.summary.manifest.scenario.name.clone();
            exported.scenarios.push(scenario(folder, name));
            Ok(())
        }
    }
}

fn add_comparison(folder: &Path, exported: &mut Exported) -> Result<(), Failure> {
    let compared = ComparedFolder::read(folder)?;
    let what_ifs = compared.comparison.what_ifs.iter().map(|what_if| {
        let of_it = compared.of_what_if(what_if)?;
        Ok(scenario(of_it, what_if.name.clone()))
    });
    let mut what_ifs = what_ifs.collect::<Result<Vec<_>, Failure>>()?;
    let ComparedFolder { base, comparison, .. } = compared;
    let base = scenario(base, BASE.to_owned());
    let known: BTreeMap<&str, &Parameter> = base.assumptions.iter().map(|one| (one.path.as_str(), one)).collect();
    for what_if in &mut what_ifs {
        // What is as in the base stands there.
        what_if.assumptions.retain(|one| !known.get(one.path.as_str()).is_some_and(|base| base.is_said_alike(one)));
    }
    exported.scenarios.push(base);
    exported.scenarios.extend(what_ifs);
    exported.comparisons.push(comparison);
    Ok(())
}

fn scenario(folder: ResultsFolder, name: String) -> ExportedScenario {
    ExportedScenario {
        name,
        command: folder.command(),
        assumptions: folder.scenario.reading().single_assumptions(),
        summary: folder.summary,
    }
}
