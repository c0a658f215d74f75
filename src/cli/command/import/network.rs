//! Tables and maps of a network as a scenario file.

use std::fs;
use std::path::{Path, PathBuf};

use super::ImportArgs;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::findings;
use crate::cli::single_file::write_file;
use crate::cli::tables::{tables, text};
use crate::exchange::network::{TableOf, from_geojson, read};
use crate::scenario::ScenarioReader;
use crate::study::{Scenario, Source};

pub(super) fn import(args: &ImportArgs, console: &mut Console) -> Result<(), Failure> {
    let mut all = Vec::new();
    for file in files(&args.files)? {
        all.extend(tables_of(&file)?);
    }
    let out = out(args)?;
    let name = out.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let (reading, toml) = read(&all, &ScenarioReader::default(), &name, args.title.as_deref().unwrap_or(&name));
    findings::show_all(console, &reading.diagnostics, &reading.sources);
    if reading.scenario.is_none() {
        return Err(Failure::Shown);
    }
    compile(&name, &toml, console)?;
    write_file(&out, toml.as_bytes(), args.replace)?;
    Ok(writeln!(console.out(), "{}", out.display())?)
}

/// The files that are named, of folders those in them that are tables or maps, by name.
fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    const ENDINGS: [&str; 6] = ["csv", "txt", "tsv", "xlsx", "geojson", "json"];
    let mut all = Vec::new();
    for path in named {
        if !path.is_dir() {
            all.push(path.clone());
            continue;
        }
        let what = || format!("cannot read {}", path.display());
        let entries = fs::read_dir(path).map_err(Failure::files(what()))?;
        let entries: Result<Vec<PathBuf>, _> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
        let mut inner = entries.map_err(Failure::files(what()))?;
        let fits = |path: &PathBuf| path.extension().is_some_and(|ending| ENDINGS.iter().any(|one| ending == *one));
        inner.retain(|path| path.is_file() && fits(path));
        inner.sort();
        all.extend(inner);
    }
    if all.is_empty() { Err(Failure::Wrong("there is no table or map in the folder".to_owned())) } else { Ok(all) }
}

fn tables_of(path: &Path) -> Result<Vec<TableOf>, Failure> {
    if path.extension().is_some_and(|ending| ending == "geojson" || ending == "json") {
        let shown = path.display().to_string();
        let map = from_geojson(&shown, &text(path)?);
        return map.map_err(|error| Failure::Wrong(format!("{shown}: {error}")));
    }
    let all = tables(path)?.into_iter();
    Ok(all.map(|one| TableOf { name: one.name, table: one.table }).collect())
}

fn out(args: &ImportArgs) -> Result<PathBuf, Failure> {
    match (&args.out, args.files.as_slice()) {
        (Some(out), _) => Ok(out.clone()),
        (None, [only]) if only.file_name().is_some() => Ok(only.with_extension("toml")),
        _ => Err(Failure::Wrong("--out FILE says where the scenario of several tables goes".to_owned())),
    }
}

/// What only the whole shows, such as a flow without a route and things that nothing uses, is found before anything is written.
fn compile(name: &str, toml: &str, console: &Console) -> Result<(), Failure> {
    let source = Source::text(ScenarioReader::default(), name, toml);
    let reading = source.read();
    for unused in reading.diagnostics.iter().filter(|found| found.code == "unused") {
        console.warning(&unused.message);
    }
    match Scenario::compiled(source, reading, None) {
        Ok(scenario) => {
            findings::show_all(console, &scenario.plan_warnings(), &scenario.reading().sources);
            Ok(())
        }
        Err(rejected) => {
            findings::show(console, &rejected);
            Err(Failure::Shown)
        }
    }
}
