//! Where files are written before they are moved: a hidden folder, held by a lock.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::folder_of::folder_of;
use crate::report::file_name;

/// How the names of hidden folders begin.
const NAME: &str = ".midcor-writing";
/// Held by whoever writes, and freed by the system when that process ends in whatever way.
const LOCK: &str = "lock";
/// How often a folder is made anew that another writer has removed in the meantime.
const ATTEMPTS: u32 = 20;

/// A hidden folder for files on their way, removed when it is dropped.
///
/// It stands on the same device as the place of the files. Whoever begins to write to that place removes what a killed
/// writer left in it; who finds it locked meets a writer at work.
pub(super) struct Staging {
    hidden: PathBuf,
    fresh: PathBuf,
    /// Nothing where the file system has no locks.
    lock: Option<File>,
    is_left: bool,
}

enum Attempt {
    Made(Staging),
    /// Somebody else writes there.
    Busy,
    /// Another writer removed the folder while it was being locked.
    Gone,
}

impl Staging {
    /// Begins within a folder; `None` if somebody else is writing there.
    pub(super) fn within(dir: &Path) -> io::Result<Option<Self>> {
        Self::at(&dir.join(NAME))
    }

    /// Begins beside a file; `None` if somebody else is writing it.
    pub(super) fn of_file(path: &Path) -> io::Result<Option<Self>> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self::at(&folder_of(path).join(format!("{NAME}-{}", file_name(&name))))
    }

    fn at(hidden: &Path) -> io::Result<Option<Self>> {
        for _ in 0..ATTEMPTS {
            match attempt(hidden)? {
                Attempt::Made(staging) => return Ok(Some(staging)),
                Attempt::Busy => return Ok(None),
                Attempt::Gone => {}
            }
        }
        Ok(None)
    }

    /// Lets what was written stay where it is.
    pub(super) fn leave(&mut self) {
        self.is_left = true;
    }

    /// The folder to write to.
    pub(super) fn fresh(&self) -> &Path {
        &self.fresh
    }
}

fn attempt(hidden: &Path) -> io::Result<Attempt> {
    match fs::create_dir(hidden) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let path = hidden.join(LOCK);
    let mut file = match File::options().read(true).write(true).create(true).truncate(false).open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Attempt::Gone),
        file => file?,
    };
    let lock = match file.try_lock() {
        Err(TryLockError::WouldBlock) => return Ok(Attempt::Busy),
        Err(TryLockError::Error(_)) => None,
        Ok(()) if !is_still_at(&mut file, &path)? => return Ok(Attempt::Gone),
        Ok(()) => Some(file),
    };
    if lock.is_some() {
        remove_all_but_lock(hidden);
    }
    let fresh = new_folder(hidden)?;
    Ok(Attempt::Made(Staging { hidden: hidden.to_owned(), fresh, lock, is_left: false }))
}

fn new_folder(hidden: &Path) -> io::Result<PathBuf> {
    let mut number = 1;
    loop {
        let folder = hidden.join(format!("results-{number}"));
        match fs::create_dir(&folder) {
            // Where there are no locks, another writer may have it.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            made => return made.map(|()| folder),
        }
    }
}

/// Whether the locked file is the one at the path, and not one that its last holder removed before the lock was free.
fn is_still_at(file: &mut File, path: &Path) -> io::Result<bool> {
    let token = format!("{} {:p}", std::process::id(), &raw const *file);
    file.set_len(0)?;
    file.write_all(token.as_bytes())?;
    let mut there = String::new();
    match File::open(path).and_then(|mut file| file.read_to_string(&mut there)) {
        Ok(_) => Ok(there == token),
        // Some systems let nobody read what is locked; then it is there.
        Err(error) => Ok(error.kind() != io::ErrorKind::NotFound),
    }
}

fn remove_all_but_lock(hidden: &Path) {
    for entry in fs::read_dir(hidden).into_iter().flatten().flatten() {
        // What cannot be removed does no harm.
        if entry.file_name() != LOCK {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.is_left {
            let _ = fs::remove_dir_all(&self.fresh);
        }
        // The lock goes last: a writer that is killed here leaves a folder that the next one may remove.
        if let Some(lock) = self.lock.take() {
            let _ = fs::remove_file(self.hidden.join(LOCK));
            drop(lock);
        }
        let _ = fs::remove_dir(&self.hidden);
    }
}
