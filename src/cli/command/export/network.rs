//! A scenario as tables or a map.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::args::ScenarioArgs;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::reading::read_checked;
use crate::cli::single_file::write_file;
use crate::exchange::network::{Written, tables, to_geojson};
use crate::report::{below_csv, csv_writer, harmless};

pub(super) fn export(what: &[PathBuf], place: &Path, replace: bool, console: &mut Console) -> Result<(), Failure> {
    let [scenario] = what else {
        return Err(Failure::Wrong("--network is of one scenario".to_owned()));
    };
    let (reading, _) = read_checked(&ScenarioArgs::named(&scenario.to_string_lossy(), &[]), console)?;
    let tables = tables(&reading);
    let ending = place.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let written = match ending {
        "geojson" | "json" => {
            write_file(place, to_geojson(&tables).as_bytes(), replace)?;
            vec![place.to_owned()]
        }
        #[cfg(feature = "xlsx")]
        "xlsx" => {
            let bytes = crate::exchange::network::to_workbook(&tables);
            write_file(place, &bytes.map_err(|error| Failure::Failed(error.to_string()))?, replace)?;
            vec![place.to_owned()]
        }
        _ => folder(place, &tables, replace)?,
    };
    written.iter().try_for_each(|path| Ok(writeln!(console.out(), "{}", path.display())?))
}

/// A file of CSV each.
fn folder(place: &Path, tables: &[Written], replace: bool) -> Result<Vec<PathBuf>, Failure> {
    fs::create_dir_all(place).map_err(Failure::files(format!("cannot make {}", place.display())))?;
    let mut all = Vec::new();
    for table in tables {
        let path = place.join(format!("{}.csv", table.name));
        write_file(&path, &csv(table)?, replace)?;
        all.push(path);
    }
    Ok(all)
}

fn csv(table: &Written) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut out = csv_writer(&mut bytes);
    let lines = std::iter::once(&table.head).chain(&table.rows);
    for line in lines {
        out.write_record(line.iter().map(|cell| harmless(cell))).map_err(below_csv)?;
    }
    out.flush()?;
    drop(out);
    Ok(bytes)
}
