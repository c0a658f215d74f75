//! A cell of a table.

use crate::diagnostic::Span;

/// A cell: its text without quotes and outer blanks, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Cell {
    /// Whether nothing is in it.
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it holds what a spreadsheet writes where a formula has no value, such as `#REF!`.
    pub fn is_failed_formula(&self) -> bool {
        const FAILED: [&str; 8] = ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A", "#GETTING_DATA"];
        FAILED.contains(&self.text.as_str())
    }
}
