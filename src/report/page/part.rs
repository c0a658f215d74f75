//! A part of the page.

use maud::Markup;

/// A part of the page: its anchor, its heading, what it says.
pub(super) struct Part {
    pub(super) id: &'static str,
    pub(super) heading: String,
    pub(super) body: Markup,
}
