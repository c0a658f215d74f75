//! Results as a workbook for colleagues who go on in a spreadsheet.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::single_file::write_file;
use crate::exchange::assumptions;
use crate::files;
use crate::report::{Assumption, ComparisonDocument, Exported, ExportedScenario, Study, file_name, workbook};
use crate::results::Results;
use crate::scenario::ScenarioReader;

/// Most bytes of a document or of a resolved scenario.
const MOST_BYTES: u64 = 1 << 28;

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
            let one = scenario(folder, None)?;
            exported.scenarios.push(one);
            Ok(())
        }
    }
}

fn add_comparison(folder: &Path, exported: &mut Exported) -> Result<(), Failure> {
    let document: ComparisonDocument = document(&folder.join(Study::COMPARISON.summary))?;
    let base = scenario(&folder.join("base"), Some("base"))?;
    let known: BTreeMap<String, Assumption> =
        base.assumptions.iter().map(|one| (one.path.clone(), one.clone())).collect();
    exported.scenarios.push(base);
    for what_if in &document.what_ifs {
        let mut one = scenario(&folder.join(file_name(&what_if.name)), Some(&what_if.name))?;
        // What is as in the base stands there.
        one.assumptions.retain(|assumption| known.get(&assumption.path) != Some(assumption));
        exported.scenarios.push(one);
    }
    exported.comparisons.push(document);
    Ok(())
}

fn document(path: &Path) -> Result<ComparisonDocument, Failure> {
    let bytes = files::read(path, MOST_BYTES).map_err(Failure::files(format!("cannot read {}", path.display())))?;
    let broken = |error| Failure::Wrong(format!("{} is not as this version writes it: {error}", path.display()));
    serde_json::from_slice(&bytes).map_err(broken)
}

fn scenario(folder: &Path, name: Option<&str>) -> Result<ExportedScenario, Failure> {
    let results = Results::read(folder).map_err(|error| Failure::Wrong(error.to_string()))?;
    let path = folder.join("scenario.toml");
    let text = files::read(&path, MOST_BYTES).map_err(Failure::files(format!("cannot read {}", path.display())))?;
    let text = String::from_utf8_lossy(&text);
    let reading = ScenarioReader::default().read_text(&text, "scenario.toml", &[]);
    let summary = results.summary();
    Ok(ExportedScenario {
        name: name.unwrap_or(&summary.manifest.scenario.name).to_owned(),
        place: folder.display().to_string(),
        assumptions: assumptions(&reading),
        summary,
    })
}
