//! Progress of one simulation among several.

use crate::experiment::Progress;

/// Progress of a simulation that others go before and come after.
pub(super) struct Among<'a> {
    /// Replications done before it.
    pub(super) before: u64,
    /// Replications of all.
    pub(super) of: u64,
    /// Who is told.
    pub(super) progress: &'a dyn Progress,
}

impl Progress for Among<'_> {
    fn done(&self, done: u64, _: u64) {
        self.progress.done(self.before + done, self.of.max(self.before + done));
    }
}
