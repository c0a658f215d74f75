//! A scratch file without a name, which goes with the last that uses it.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::sync::{Mutex, PoisonError};

use super::space::Space;

/// Bytes that are written at a time.
const AT_A_TIME: usize = 1 << 18;

/// A scratch file.
#[derive(Debug)]
pub(super) struct Scratch {
    file: File,
    space: Space,
    /// Where what comes next is written.
    end: Mutex<u64>,
}

impl Scratch {
    /// An empty one.
    pub(super) fn create(space: &Space) -> io::Result<Self> {
        Ok(Self { file: tempfile::tempfile_in(space.folder())?, space: space.clone(), end: Mutex::new(0) })
    }

    /// The space that it is of.
    pub(super) const fn space(&self) -> &Space {
        &self.space
    }

    /// Writes behind all that is there, and says where that begins. What failed halfway is written over by what comes next.
    pub(super) fn append<T>(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<(u64, T)> {
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = BufWriter::with_capacity(AT_A_TIME, Behind { file: &self.file, at: *end });
        let written = write(&mut out)?;
        let behind = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok((std::mem::replace(&mut *end, behind.at), written))
    }

    /// Loses all that is there, as a broken disk would.
    #[cfg(test)]
    pub(super) fn cut(&self) {
        self.file.set_len(0).unwrap();
    }

    /// The bytes at a place.
    #[cfg(unix)]
    pub(super) fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, bytes, at)
    }

    /// The bytes at a place. Nobody else may move within the file meanwhile.
    #[cfg(not(unix))]
    pub(super) fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        use std::io::{Read as _, Seek as _, SeekFrom};
        let _end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file = &self.file;
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(bytes)
    }
}

/// Writes from a place on.
struct Behind<'f> {
    file: &'f File,
    at: u64,
}

impl Write for Behind<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        use std::io::{Seek as _, SeekFrom};
        self.file.seek(SeekFrom::Start(self.at))?;
        let written = self.file.write(bytes)?;
        self.at += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
