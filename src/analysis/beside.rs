//! TOML files that a question brings along beside the scenario: what is wrong with one is told at its place.

use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, FileId, Span, did_you_mean};

/// A file while it is read.
#[derive(Clone, Copy)]
pub(super) struct Beside<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
}

impl Beside<'_> {
    /// Reads the whole; `known` are the keys that there are.
    pub(super) fn read<T: DeserializeOwned>(self, known: &[&str]) -> Result<T, Diagnostic> {
        toml::from_str(self.text).map_err(|error| {
            let range = error.span().unwrap_or(0..0);
            let message = error.message().trim_end();
            match message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) {
                Some(key) => self.unknown(key, range, known),
                None => self.error("syntax", message, range),
            }
        })
    }

    fn unknown(self, key: &str, range: Range<usize>, known: &[&str]) -> Diagnostic {
        let all = || format!("known are {}", known.join(", "));
        let help = did_you_mean(key, known.iter().copied()).unwrap_or_else(all);
        self.error("unknown-key", &format!("unknown key `{key}`"), range).help(help)
    }

    /// An error at a place of the file.
    pub(super) fn error(self, code: &'static str, message: &str, range: Range<usize>) -> Diagnostic {
        Diagnostic::error(code, message, Some(Span { file: self.file, start: range.start, end: range.end }))
    }
}
