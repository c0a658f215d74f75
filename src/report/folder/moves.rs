//! Files moved to their places: synced before, links followed, across devices where a folder is a mount point.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::folder_of::folder_of;
use super::staging::Staging;

/// More links than this, one leading to the next, are a circle.
const MOST_LINKS: usize = 32;

/// Where a path leads: a link is followed, also one to a file that is not there yet.
pub(super) fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(target) = fs::read_link(&path) else { return Ok(path) };
        path = folder_of(&path).join(target);
    }
    Err(io::Error::other("links lead to each other in a circle"))
}

/// Moves a file to its place, over what is there, whole at every moment.
pub(super) fn put(from: &Path, to: &Path) -> io::Result<()> {
    let to = followed(to)?;
    match fs::rename(from, &to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => across(from, &to),
        moved => moved,
    }
}

fn across(from: &Path, to: &Path) -> io::Result<()> {
    let mut copy = tempfile::Builder::new().prefix(".midcor-").tempfile_in(folder_of(to))?;
    io::copy(&mut File::open(from)?, &mut copy)?;
    copy.as_file().set_permissions(fs::metadata(from)?.permissions())?;
    copy.as_file().sync_all()?;
    copy.persist(to)?;
    fs::remove_file(from)
}

/// Makes sure that the bytes of a file are on the disk.
pub(super) fn sync_file(path: &Path) -> io::Result<()> {
    // Some systems sync only what is open for writing.
    File::options().write(true).open(path)?.sync_all()
}

/// The same for the names in a folder, where the system has that.
pub(super) fn sync_folder(path: &Path) {
    if let Ok(folder) = File::open(path) {
        let _ = folder.sync_all();
    }
}

/// A file that is written beside its place and moved there once it is whole; dropped before, it leaves nothing.
///
/// What is no plain file, such as a pipe or a terminal, is written to as it is.
pub struct Aside(Kind);

enum Kind {
    Staged { file: File, from: PathBuf, to: PathBuf, _staging: Staging },
    Direct(File),
}

impl Aside {
    /// Begins a file; `is_ours` says whether what stands at its place may be overwritten.
    ///
    /// # Errors
    /// If something else stands there, or nothing can be written beside it.
    pub fn begin(place: &Path, is_ours: impl FnOnce(&File) -> bool) -> io::Result<Self> {
        match fs::metadata(place) {
            Ok(about) if about.is_dir() => return Err(io::Error::other("it is a folder")),
            Ok(about) if !about.is_file() => {
                return Ok(Self(Kind::Direct(File::options().write(true).open(place)?)));
            }
            Ok(_) if !is_ours(&File::open(place)?) => {
                let message = "another file stands there; it is left as it is";
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
            }
            _ => {}
        }
        let to = followed(place)?;
        let staging = Staging::of_file(&to)?.ok_or_else(|| io::Error::other("another run is writing it"))?;
        let from = staging.fresh().join("file");
        let aside = Self(Kind::Staged { file: File::create(&from)?, from, to, _staging: staging });
        Ok(aside)
    }

    /// Moves the file to its place.
    ///
    /// # Errors
    /// If it cannot be synced or moved.
    pub fn finish(self) -> io::Result<()> {
        match self.0 {
            Kind::Staged { file, from, to, .. } => {
                file.sync_all()?;
                put(&from, &to)?;
                sync_folder(folder_of(&to));
                Ok(())
            }
            Kind::Direct(mut file) => file.flush(),
        }
    }
}

impl Write for Aside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Kind::Staged { file, .. } | Kind::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Kind::Staged { file, .. } | Kind::Direct(file) => file.flush(),
        }
    }
}
