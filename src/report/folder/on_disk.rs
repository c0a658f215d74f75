//! A folder that takes files.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::folder_of::folder_of;
use crate::report::shelf::{Shelf, Wanted, WriteError};

/// A folder that exists.
pub(super) struct OnDisk<'d> {
    pub(super) dir: &'d Path,
    pub(super) wanted: Wanted,
}

impl Shelf for OnDisk<'_> {
    fn wanted(&self) -> Wanted {
        self.wanted
    }

    fn put(&self, name: &str, write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> Result<(), WriteError> {
        let path = self.dir.join(name);
        let made = if folder_of(&path) == self.dir { Ok(()) } else { fs::create_dir_all(folder_of(&path)) };
        let written = made.and_then(|()| write(&mut File::create(&path)?));
        written.map_err(|source| WriteError::Io { path, source })
    }
}
