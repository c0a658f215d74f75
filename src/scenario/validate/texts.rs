//! Texts are shown on terminals, in tables and pictures: nothing in them may act there.

use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::scenario::tree::{Node, Value};
use crate::text::is_shown;

/// Keys whose texts may have several lines.
const LONG: [&str; 2] = ["description", "note"];

/// Checks all texts and keys of a tree.
pub(super) fn texts(key: &str, node: &Node, found: &mut Diagnostics) {
    match &node.value {
        Value::Text(text) => {
            let is_long = LONG.contains(&key);
            check(text, |c| is_long && matches!(c, '\n' | '\t' | '\r'), key, node.span, found);
        }
        Value::List(items) => items.iter().for_each(|item| texts(key, item, found)),
        Value::Table(entries) => {
            for (key, entry) in entries {
                check(key, |_| false, &key.escape_debug().to_string(), entry.key_span(), found);
                texts(key, entry, found);
            }
        }
        _ => {}
    }
}

fn check(text: &str, fits: impl Fn(char) -> bool, key: &str, span: Span, found: &mut Diagnostics) {
    let is_wrong = |c: &char| (!is_shown(*c) || matches!(c, '\n' | '\t')) && !fits(*c);
    let Some(wrong) = text.chars().find(is_wrong) else { return };
    let message = format!("`{key}` holds the control character U+{:04X}", u32::from(wrong));
    let help = match wrong {
        '\n' | '\t' | '\r' => "write it in one line; only `description` and `note` may have several",
        _ => "leave it out: it is not shown, but acts on what shows the text",
    };
    found.push(Diagnostic::error("control-character", message, Some(span)).help(help));
}
