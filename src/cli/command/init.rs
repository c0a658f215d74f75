//! `midcor init`: the embedded scenarios and observed figures as files to change.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use crate::cli::args::InitArgs;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::scenario::embedded;
use crate::validation::observations;

pub(super) fn init(args: &InitArgs, console: &mut Console) -> Result<(), Failure> {
    let there: Vec<String> = files()
        .map(|(path, _)| args.dir.join(path))
        .filter(|path| path.exists())
        .map(|path| path.display().to_string())
        .collect();
    if !there.is_empty() {
        return Err(Failure::Wrong(format!("nothing is overwritten, and there is already {}", there.join(", "))));
    }
    for (path, text) in files() {
        copy(&args.dir, path, text)?;
        writeln!(console.out(), "{}", args.dir.join(path).display())?;
    }
    Ok(())
}

/// Paths and texts of what people change: all but the textbook cases.
fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    let scenarios = embedded().iter().filter(|file| !file.is_textbook()).map(|file| (file.path, file.text));
    scenarios.chain(observations().iter().map(|file| (file.path, file.text)))
}

fn copy(dir: &Path, path: &str, text: &str) -> Result<(), Failure> {
    let path = dir.join(path);
    let what = format!("cannot write {}", path.display());
    let folder = path.parent().unwrap_or(dir);
    let written = fs::create_dir_all(folder).and_then(|()| File::create_new(&path)?.write_all(text.as_bytes()));
    written.map_err(Failure::files(what))
}
