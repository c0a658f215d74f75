//! A folder while its files are written: each leaves its digest.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::FolderError;
use crate::results::files::{Digesting, Digests};

/// A folder that is being filled, and the digests of its files so far.
pub(super) struct Filling<'d> {
    pub(super) dir: &'d Path,
    pub(super) digests: Digests,
}

impl<'d> Filling<'d> {
    pub(super) const fn new(dir: &'d Path) -> Self {
        Self { dir, digests: Digests::new() }
    }

    /// Writes a file.
    pub(super) fn file(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), FolderError> {
        let path = self.dir.join(name);
        let written = File::create(&path).and_then(|file| {
            let mut out = BufWriter::new(Digesting::new(file));
            write(&mut out)?;
            out.into_inner().map_err(io::IntoInnerError::into_error)
        });
        self.digests.insert(name.to_owned(), written.map_err(FolderError::at(&path))?.digest());
        Ok(())
    }

    /// Writes a Parquet file.
    #[cfg(feature = "parquet")]
    pub(super) fn table(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut Digesting<File>) -> parquet::errors::Result<()>,
    ) -> Result<(), FolderError> {
        let path = self.dir.join(name);
        let mut out = Digesting::new(File::create(&path).map_err(FolderError::at(&path))?);
        write(&mut out).map_err(|source| FolderError::Parquet { path, source })?;
        self.digests.insert(name.to_owned(), out.digest());
        Ok(())
    }
}
