//! What the outside may see and do while an experiment runs.

/// Told as replications finish; called from several threads.
pub trait Progress: Sync {
    /// So many of so many are done.
    fn done(&self, done: u64, of: u64);
}

/// Shows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn done(&self, _: u64, _: u64) {}
}
