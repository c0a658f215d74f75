//! Whether sliders can be moved.

use super::scale::Scale;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::scenario::tree::Node;
use crate::scenario::types::{Slider, Table};

/// Finds sliders that lead nowhere or have no positions.
pub(in crate::scenario) fn check(tree: &Node, sliders: &Table<Slider>, found: &mut Diagnostics) {
    for (id, slider) in sliders {
        if let Err(problem) = Scale::of(slider, tree) {
            let message = format!("`slider.{id}`: {}", problem.message);
            let place = span(tree, id, problem.key);
            found.push(Diagnostic::error(problem.code, message, place).maybe_help(problem.help));
        }
    }
}

/// Points at sliders whose range does not reach to today's value. A scenario that others change, and one with settings, may well
/// stand elsewhere: there the slider reaches to where it stands.
pub(in crate::scenario) fn hold_today(tree: &Node, sliders: &Table<Slider>, found: &mut Diagnostics) {
    for (id, slider) in sliders {
        let Ok(Scale::Steps(steps)) = Scale::of(slider, tree) else { continue };
        if !(steps.low..=steps.high).contains(&steps.today) {
            let message = format!("`slider.{id}`: today's value, {}, is not within its range", steps.today);
            found.push(Diagnostic::warning("out-of-range", message, span(tree, id, "range")));
        }
    }
}

/// The place of a key of a slider, or of the slider where it lacks the key.
fn span(tree: &Node, id: &str, key: &str) -> Option<Span> {
    let slider = tree.at(&["slider", id])?;
    Some(slider.get(key).map_or_else(|| slider.key_span(), |node| node.span))
}
