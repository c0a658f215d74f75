//! What the outside may see and do while an experiment runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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

/// A request to stop that any thread may make; copies share it.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the experiment to stop after the replications under way.
    pub fn request(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// True once a stop was asked for.
    pub fn is_requested(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
