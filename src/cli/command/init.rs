//! `midcor init`: the embedded scenarios as files to change.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use crate::cli::args::InitArgs;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::scenario::{Embedded, embedded};

pub(super) fn init(args: &InitArgs, console: &mut Console) -> Result<(), Failure> {
    let there: Vec<String> = embedded()
        .iter()
        .map(|file| args.dir.join(file.path))
        .filter(|path| path.exists())
        .map(|path| path.display().to_string())
        .collect();
    if !there.is_empty() {
        return Err(Failure::Wrong(format!("nothing is overwritten, and there is already {}", there.join(", "))));
    }
    for file in embedded() {
        copy(&args.dir, file)?;
        writeln!(console.out(), "{}", args.dir.join(file.path).display())?;
    }
    Ok(())
}

fn copy(dir: &Path, file: &Embedded) -> Result<(), Failure> {
    let path = dir.join(file.path);
    let what = format!("cannot write {}", path.display());
    let folder = path.parent().unwrap_or(dir);
    let written = fs::create_dir_all(folder).and_then(|()| File::create_new(&path)?.write_all(file.text.as_bytes()));
    written.map_err(Failure::files(what))
}
