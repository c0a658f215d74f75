//! No scratch file: without the feature `disk` records stay in memory.

use std::io::{self, ErrorKind, Write};

use super::space::Space;

/// A scratch file that nothing can be written to.
#[derive(Debug)]
pub(super) struct Scratch(Space);

impl Scratch {
    pub(super) fn create(space: &Space) -> io::Result<Self> {
        Ok(Self(space.clone()))
    }

    pub(super) const fn space(&self) -> &Space {
        &self.0
    }

    #[expect(clippy::unused_self, reason = "as where there is a disk")]
    pub(super) fn append<T>(&self, _: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<(u64, T)> {
        Err(ErrorKind::Unsupported.into())
    }

    #[expect(clippy::unused_self, reason = "as where there is a disk")]
    pub(super) fn read(&self, _: u64, _: &mut [u8]) -> io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }
}
