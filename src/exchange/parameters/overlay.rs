//! Edited parameters as a file that changes their scenario.

use std::fmt::Write as _;

use super::read::Edit;

/// An overlay that makes the edits of a workbook; `extends` is the scenario as the overlay is to name it.
pub fn overlay_toml(extends: &str, title: &str, edits: &[Edit]) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut text = format!("schema = 1\ntitle = {}\nextends = {}\n", quoted(title), quoted(extends));
    for edit in edits {
        let note = format!("{}: was {}", edit.place, edit.was);
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n[[change]]\npath = {}\nset = {}\nnote = {}\n",
            quoted(&edit.path),
            edit.literal,
            quoted(&note)
        );
    }
    text
}
