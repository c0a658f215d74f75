//! The place of results: tried before the run with the very moves that the end makes, filled at the end.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::error::FolderError;
use super::folder_of::folder_of;
use super::held::{Held, LIST, is_same_scenario, write_list};
use super::moves::{followed, put, sync_file, sync_folder};
use super::staging::Staging;
use crate::report::Study;
use crate::report::shelf::Wanted;

/// Whose a folder is, and so what in it may be replaced.
#[derive(Clone, Copy, Debug)]
pub enum Claim<'a> {
    /// A default folder belongs to midcor: what midcor wrote there is replaced, all else stays.
    Own,
    /// The user named it: it may hold nothing yet, or results of the same study of this scenario, as resolved.
    Named(&'a str),
    /// The user named it and wants whatever results it holds replaced. Other files stay.
    Replace,
}

/// A folder for results that could be moved neither to their place nor beside it.
const WITHIN: &str = "kept-results";

/// A folder into which results will be moved.
///
/// While it lives, nobody else writes there. Dropped without being filled, it leaves the folder as it was.
pub struct Place {
    shown: PathBuf,
    dir: PathBuf,
    held: Held,
    staging: Staging,
    wanted: Wanted,
    /// Files that are at their place already.
    moved: Vec<PathBuf>,
    // Dropped after what is in them.
    _made: Made,
}

/// Folders that were made for results; those that stay empty are removed.
struct Made(Vec<PathBuf>);

impl Drop for Made {
    fn drop(&mut self) {
        // Only what is empty can be removed so.
        self.0.iter().for_each(|dir| drop(fs::remove_dir(dir)));
    }
}

impl Place {
    /// Takes a folder for the results of a study; makes it, with its parents, where it is not there.
    ///
    /// # Errors
    /// If it holds what may not be replaced, if somebody else writes there, or if anything that the end will do does not
    /// work there. Then nothing has changed.
    pub fn begin(dir: &Path, study: Study, claim: Claim<'_>) -> Result<Self, FolderError> {
        let place = Self::take(dir)?;
        place.admits(study, claim)?;
        let names: Vec<&Path> = study.names().into_iter().map(Path::new).collect();
        place.try_moves(&names)?;
        Ok(place)
    }

    /// Takes a folder to add files of these names to it: what stands there already and is not midcor's is not overwritten.
    ///
    /// # Errors
    /// As [`Place::begin`].
    pub fn extend(dir: &Path, names: &[&Path]) -> Result<Self, FolderError> {
        let place = Self::take(dir)?;
        place.try_moves(names)?;
        Ok(place)
    }

    /// Where results will be, as the user names it.
    pub fn path(&self) -> &Path {
        &self.shown
    }

    /// The same, to which this is written.
    #[must_use]
    pub fn wanting(self, wanted: Wanted) -> Self {
        Self { wanted, ..self }
    }

    /// What is written.
    pub(super) const fn wanted(&self) -> Wanted {
        self.wanted
    }

    /// Where files are written before they are moved.
    pub fn fresh(&self) -> &Path {
        self.staging.fresh()
    }

    fn take(dir: &Path) -> Result<Self, FolderError> {
        let made = make(dir)?;
        let real = fs::canonicalize(dir).map_err(FolderError::at(dir))?;
        let staging = Staging::within(&real).map_err(FolderError::at(dir))?;
        let staging = staging.ok_or_else(|| FolderError::Busy { path: dir.to_owned() })?;
        let (held, wanted) = (Held::of(&real), Wanted::default());
        Ok(Self { shown: dir.to_owned(), held, dir: real, staging, wanted, moved: Vec::new(), _made: made })
    }

    fn admits(&self, study: Study, claim: Claim<'_>) -> Result<(), FolderError> {
        let Claim::Named(scenario) = claim else { return Ok(()) };
        let path = || self.shown.clone();
        match &self.held.results {
            None if self.held.has_others => Err(FolderError::NotOurs { path: path() }),
            Some(results) if results.study.mark != study.mark => {
                Err(FolderError::OtherStudy { path: path(), held: results.study.told })
            }
            Some(results) if !is_same_scenario(&self.dir, scenario) => {
                Err(FolderError::OtherScenario { path: path(), held: format!("{:?}", results.title) })
            }
            _ => Ok(()),
        }
    }

    /// Moves a file to every folder to which files will be moved, and takes it away again.
    fn try_moves(&self, names: &[&Path]) -> Result<(), FolderError> {
        self.clash(names.iter().copied())?;
        let known = names.iter().copied().chain(self.held.files().map(PathBuf::as_path));
        let folders: BTreeSet<PathBuf> = known.map(|name| folder_of(&self.dir.join(name)).to_owned()).collect();
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            let (from, to) = (self.fresh().join("try"), folder.join(".midcor-try"));
            let tried = File::create(&from).and_then(|_| sync_file(&from)).and_then(|()| put(&from, &to));
            tried.and_then(|()| fs::remove_file(&to)).map_err(FolderError::at(&self.as_shown(folder)))?;
        }
        Ok(())
    }

    /// Whether any of these files stands there and is not midcor's.
    fn clash<'f>(&self, files: impl Iterator<Item = &'f Path>) -> Result<(), FolderError> {
        for file in files {
            let path = self.dir.join(file);
            let is_there = path.symlink_metadata().is_ok();
            let is_blocked = folder_of(&path).symlink_metadata().is_ok() && !folder_of(&path).is_dir();
            if path.is_dir() || is_blocked || is_there && !self.held.is_ours(file) {
                return Err(FolderError::Theirs { path: self.shown.join(file) });
            }
        }
        Ok(())
    }

    fn as_shown(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.dir).map_or_else(|_| path.to_owned(), |rest| self.shown.join(rest))
    }

    /// Moves the files that were written to their place, in the stead of all that midcor wrote there before; says whether
    /// there were results. The summaries of older results go first, those of the new ones come last.
    ///
    /// # Errors
    /// If a file cannot be moved; then the results stay beside the place, and the error says where.
    pub fn publish(mut self) -> Result<bool, FolderError> {
        match self.replace() {
            Ok(()) => Ok(self.held.results.is_some()),
            Err(error) => Err(self.keep(error)),
        }
    }

    fn replace(&mut self) -> Result<(), FolderError> {
        let files = self.written()?;
        let older: BTreeSet<PathBuf> = self.held.files().cloned().collect();
        let is_stale = |file: &&PathBuf| !files.contains(*file);
        // As long as files are on their way, both the older and the new ones are midcor's.
        self.list(files.union(&older))?;
        let mut summaries: Vec<&PathBuf> = files.union(&older).filter(|file| is_summary(file)).collect();
        summaries.sort_by_key(|file| file.components().count());
        summaries.iter().try_for_each(|file| self.remove(file))?;
        sync_folder(&self.dir);
        let others: Vec<&PathBuf> = files.iter().filter(|file| !is_summary(file)).collect();
        self.move_in(&others)?;
        older.iter().filter(is_stale).try_for_each(|file| self.remove(file))?;
        self.list(files.iter())?;
        summaries.reverse();
        summaries.retain(|file| files.contains(*file));
        self.move_in(&summaries)
    }

    /// Moves the files that were written to their place; nothing else there changes.
    ///
    /// # Errors
    /// If a file cannot be moved; then what was written stays beside the place, and the error says where.
    pub fn add(mut self) -> Result<(), FolderError> {
        self.join().map_err(|error| self.keep(error))
    }

    fn join(&mut self) -> Result<(), FolderError> {
        let files = self.written()?;
        let older: BTreeSet<PathBuf> = self.held.files().cloned().collect();
        if !older.is_empty() {
            self.list(files.union(&older))?;
        }
        self.move_in(&files.iter().collect::<Vec<_>>())
    }

    /// The files that were written, on the disk, none of which stands in the way of another's.
    fn written(&self) -> Result<BTreeSet<PathBuf>, FolderError> {
        let mut files = BTreeSet::new();
        collect(self.fresh(), Path::new(""), &mut files).map_err(FolderError::at(&self.shown))?;
        self.clash(files.iter().map(PathBuf::as_path))?;
        let synced = files.iter().try_for_each(|file| sync_file(&self.fresh().join(file)));
        synced.map_err(FolderError::at(&self.shown))?;
        Ok(files)
    }

    fn list<'f>(&self, files: impl Iterator<Item = &'f PathBuf>) -> Result<(), FolderError> {
        let from = self.fresh().join(LIST);
        let written = write_list(&from, files).and_then(|()| sync_file(&from));
        written.and_then(|()| put(&from, &self.dir.join(LIST))).map_err(FolderError::at(&self.shown.join(LIST)))
    }

    fn move_in(&mut self, files: &[&PathBuf]) -> Result<(), FolderError> {
        let mut folders = BTreeSet::new();
        for file in files {
            let to = self.dir.join(file);
            let folder = folder_of(&to).to_owned();
            let moved = fs::create_dir_all(&folder).and_then(|()| put(&self.fresh().join(file), &to));
            moved.map_err(FolderError::at(&self.shown.join(file)))?;
            self.moved.push((*file).clone());
            folders.insert(folder);
        }
        for folder in &folders {
            sync_folder(folder);
        }
        Ok(())
    }

    /// Removes a file of midcor, and its folder where that is empty then.
    fn remove(&self, file: &Path) -> Result<(), FolderError> {
        let path = self.dir.join(file);
        let removed = match followed(&path).and_then(fs::remove_file) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(()),
            removed => removed,
        };
        if folder_of(&path) != self.dir {
            let _ = fs::remove_dir(folder_of(&path));
        }
        removed.map_err(FolderError::at(&self.shown.join(file)))
    }

    /// Puts what was written, also what was moved already, into a folder with a name beside the place.
    pub(super) fn keep(mut self, error: FolderError) -> FolderError {
        let _ = fs::remove_file(self.fresh().join(LIST));
        for file in &self.moved {
            let _ = put(&self.dir.join(file), &self.fresh().join(file));
        }
        let beside = self.beside().filter(|kept| fs::rename(self.fresh(), kept).is_ok());
        // Where the folder is a mount point, nothing can be moved out of it.
        let within =
            || Some(self.shown.join(WITHIN)).filter(|_| fs::rename(self.fresh(), self.dir.join(WITHIN)).is_ok());
        let kept = beside.or_else(within).unwrap_or_else(|| self.as_shown(self.fresh()));
        self.staging.leave();
        FolderError::Kept { kept, source: Box::new(error) }
    }

    /// A name beside the place that is free.
    pub(super) fn beside(&self) -> Option<PathBuf> {
        let name = self.dir.file_name()?.to_string_lossy().into_owned();
        let parent = if self.shown.file_name().is_some() { folder_of(&self.shown) } else { folder_of(&self.dir) };
        let mut names = (1..).map(|count| parent.join(format!("{name}-kept-{count}")));
        names.find(|path| path.symlink_metadata().is_err())
    }
}

fn is_summary(file: &Path) -> bool {
    file.file_name().and_then(OsStr::to_str).is_some_and(Study::is_summary)
}

/// Makes a folder with its parents.
fn make(dir: &Path) -> Result<Made, FolderError> {
    let is_missing = |path: &&Path| !path.as_os_str().is_empty() && path.symlink_metadata().is_err();
    let missing: Vec<PathBuf> = dir.ancestors().take_while(is_missing).map(Path::to_owned).collect();
    if dir.exists() && !dir.is_dir() {
        return Err(FolderError::NoFolder { path: dir.to_owned() });
    }
    if dir.is_symlink() && !dir.exists() {
        let source = io::Error::other("it is a link to a folder that is not there");
        return Err(FolderError::Io { path: dir.to_owned(), source });
    }
    let made = Made(missing);
    fs::create_dir_all(dir).map_err(FolderError::at(dir))?;
    Ok(made)
}

/// All files under a folder, as paths from it.
fn collect(root: &Path, within: &Path, files: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(within))? {
        let entry = entry?;
        let path = within.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            collect(root, &path, files)?;
        } else {
            files.insert(path);
        }
    }
    Ok(())
}
