//! The simulated years that a page can replay.

use crate::words::Measure;

/// Simulated years that can be replayed on the map.
pub struct ReplayPart<'a> {
    /// The years, at least one; the first is shown first.
    pub years: &'a [ReplayedYear],
    /// Of how many they were chosen.
    pub of: usize,
    /// The measure by which they were chosen: the mean time of the main section, or tonnes carried.
    pub by: Measure,
}

/// A simulated year.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplayedYear {
    /// The worst of them, or the one in the middle.
    pub is_worst: bool,
    /// Its number.
    pub replication: u32,
    /// What it has in the measure by which it was chosen.
    pub value: f64,
    /// What moves in it, packed (gzip) and written in base64.
    pub packed: String,
}

impl ReplayedYear {
    /// The id of the block that holds it.
    pub(super) fn id(&self) -> String {
        format!("replay-{}", self.replication)
    }
}
