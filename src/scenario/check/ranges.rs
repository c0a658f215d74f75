//! Ranges of plausible values.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::inputs::misses_its_range;
use crate::scenario::leaves::{Leaf, leaves};
use crate::scenario::tree::Node;

/// Points at values beside their range but not in it. One that is set elsewhere (an overlay, a change, the timeline) is
/// another value than the one that the range is about.
pub(in crate::scenario) fn ranges(tree: &Node, found: &mut Diagnostics) {
    leaves(tree, &mut |leaf| {
        if let Some(warning) = misses(leaf) {
            found.push(warning);
        }
    });
}

fn misses(leaf: &Leaf<'_>) -> Option<Diagnostic> {
    let range = leaf.said.range.filter(|range| range.span.file == leaf.node.span.file)?;
    misses_its_range(leaf).then(|| {
        let message = format!("`{}` is not within its range {range}", leaf.path);
        Diagnostic::warning("range", message, Some(leaf.node.span))
            .help("where inputs are drawn it is drawn by its grade alone")
    })
}
