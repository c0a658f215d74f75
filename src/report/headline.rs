//! What people read first of an answer.

use std::io::{self, Write};

use serde::Serialize;

use super::screen::Screen;
use crate::results::Manifest;
use crate::text::counted;

/// What people read first: lines at the top of the table, in the document and in its folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Headline {
    /// Of what the answer is, and how it was found.
    pub about: Vec<String>,
    /// What was found, in sentences.
    pub found: Vec<String>,
}

impl Headline {
    /// The lines as they stand above a table: of what the answer is, the answer, and how it was found.
    pub(super) fn write(&self, out: &mut Screen<'_>) -> io::Result<()> {
        let (title, how) = self.about.split_at(self.about.len().min(1));
        title.iter().chain(&self.found).try_for_each(|line| writeln!(out, "{line}"))?;
        if !self.found.is_empty() && !how.is_empty() {
            writeln!(out)?;
        }
        how.iter().try_for_each(|line| writeln!(out, "{line}"))
    }
}

/// How a scenario was simulated, in a line; `shared` is said of the random numbers, `of` of the interval.
pub(super) fn simulated(manifest: &Manifest, shared: &str, of: &str) -> String {
    let run = &manifest.run;
    format!(
        "{} of {} d from {}, seed {}{shared}; ± is the half-width of the {} % interval{of}",
        counted(run.replications, "replication"),
        run.window.horizon_d,
        run.window.start,
        run.seed,
        run.level * 100.0
    )
}
