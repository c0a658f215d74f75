//! Where files are put: into a folder on the disk, or into memory.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

#[cfg(feature = "charts")]
use super::chart::{ChartError, Picture, PictureStyle};
use super::map;
use crate::results::files::{Digesting, Digests};
use crate::results::{ScratchError, Summary};
use crate::words::Language;

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// It cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Simulated years could not be read back from a scratch file.
    #[error(transparent)]
    Scratch(#[from] ScratchError),
    /// A picture cannot be drawn.
    #[cfg(feature = "charts")]
    #[error(transparent)]
    Chart(#[from] ChartError),
}

/// How much of results is written, each with what the one before it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Saved {
    /// The scenario and the measures with their intervals, which pages and workbooks of comparisons are made of.
    Figures,
    /// Every simulated year as well, which results are merged and charts drawn from.
    Data,
    /// Also what repeats the rest for people: pictures, the map, tables as text.
    #[default]
    All,
}

impl Saved {
    /// Whether what repeats the rest for people is written.
    pub(super) const fn has_extras(self) -> bool {
        matches!(self, Self::All)
    }
}

/// What is wanted of results in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// How much is written.
    pub saved: Saved,
    /// The language of pictures and the map.
    pub language: Language,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { saved: Saved::All, language: Language::English }
    }
}

/// Takes files by their names, from several threads.
pub(super) trait Shelf: Sync {
    /// What it takes.
    fn wanted(&self) -> Wanted {
        Wanted::default()
    }

    fn put(&self, name: &str, write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> Result<(), WriteError>;
}

/// Files in memory, by their names.
#[derive(Default)]
pub(super) struct InMemory(Mutex<BTreeMap<String, Vec<u8>>>);

impl InMemory {
    pub(super) fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf for InMemory {
    fn put(&self, name: &str, write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> Result<(), WriteError> {
        let mut bytes = Vec::new();
        write(&mut bytes).map_err(|source| WriteError::Io { path: PathBuf::from(name), source })?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), bytes);
        Ok(())
    }
}

/// A shelf that is being filled, and the digests of its files so far.
pub(super) struct Filling<'s, S> {
    pub(super) shelf: &'s S,
    pub(super) digests: Digests,
}

impl<'s, S: Shelf> Filling<'s, S> {
    pub(super) const fn new(shelf: &'s S) -> Self {
        Self { shelf, digests: Digests::new() }
    }

    /// Writes a file.
    pub(super) fn file(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
    ) -> Result<(), WriteError> {
        let mut digest = String::new();
        self.shelf.put(name, |out| {
            let mut out = BufWriter::new(Digesting::new(out));
            write(&mut out)?;
            digest = out.into_inner().map_err(io::IntoInnerError::into_error)?.digest();
            Ok(())
        })?;
        self.digests.insert(name.to_owned(), digest);
        Ok(())
    }

    /// Writes a Parquet file.
    #[cfg(feature = "parquet")]
    pub(super) fn table(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut (dyn Write + Send)) -> parquet::errors::Result<()>,
    ) -> Result<(), WriteError> {
        self.file(name, |out| write(out).map_err(io::Error::other))
    }
}

#[cfg(feature = "charts")]
/// The folder of pictures.
pub(super) const CHARTS: &str = "charts";

/// The name of the map.
pub(super) const MAP: &str = "charts/map.svg";

/// Puts the map of a scenario on a shelf; nothing where no node has a place.
pub(super) fn put_map(shelf: &impl Shelf, summary: &Summary, language: Language) -> Result<(), WriteError> {
    match map::of_run(summary, language).filter(|_| shelf.wanted().saved.has_extras()) {
        Some(map) => shelf.put(MAP, |out| out.write_all(map.as_bytes())),
        None => Ok(()),
    }
}

/// Puts pictures on a shelf, in both forms. Nobody reads them back, so that they leave no digests.
#[cfg(feature = "charts")]
pub(super) fn put_pictures(
    shelf: &impl Shelf,
    pictures: &[Picture<'_>],
    style: PictureStyle,
) -> Result<(), WriteError> {
    if !shelf.wanted().saved.has_extras() {
        return Ok(());
    }
    pictures.iter().try_for_each(|picture| {
        let file = |ending| format!("{CHARTS}/{}.{ending}", picture.name());
        let svg = picture.svg(style)?;
        let png = picture.png(&svg)?;
        shelf.put(&file("svg"), |out| out.write_all(svg.as_bytes()))?;
        shelf.put(&file("png"), |out| out.write_all(&png))
    })
}
