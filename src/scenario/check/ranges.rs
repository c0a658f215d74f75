//! Ranges of plausible values.

use super::Check;
use crate::diagnostic::Diagnostic;
use crate::scenario::inputs::misses_its_range;
use crate::scenario::leaves::{Leaf, leaves};

impl Check<'_> {
    /// A value beside its range but not in it. One that is set elsewhere (an overlay, a change) is another value than
    /// the one that the range is about.
    pub(super) fn ranges(&mut self) {
        let mut found = Vec::new();
        leaves(self.tree, &mut |leaf| found.extend(misses(leaf)));
        for warning in found {
            self.found.push(warning);
        }
    }
}

fn misses(leaf: &Leaf<'_>) -> Option<Diagnostic> {
    let range = leaf.said.range.filter(|range| range.span.file == leaf.node.span.file)?;
    misses_its_range(leaf).then(|| {
        let message = format!("`{}` is not within its range {range}", leaf.path);
        Diagnostic::warning("range", message, Some(leaf.node.span))
            .help("where inputs are drawn it is drawn by its grade alone")
    })
}
