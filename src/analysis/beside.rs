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
            let message = plainly(error.message().trim_end());
            match message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) {
                Some(key) => self.unknown(key, range, known),
                None => self.error("syntax", &message, range),
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

/// What the reader of TOML says, in words of the format.
fn plainly(message: &str) -> String {
    let Some((found, wanted)) = message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    else {
        return message.to_owned();
    };
    let in_words = |text: &str| match text {
        "a sequence" | "sequence" => "a list".to_owned(),
        "a string" | "string" => "a text".to_owned(),
        "a map" | "map" => "a table".to_owned(),
        "i64" => "a whole number".to_owned(),
        "f64" => "a number".to_owned(),
        _ => match text.split_once(' ') {
            Some((kind, value)) if value.starts_with(['"', '`']) => {
                let kind = match kind {
                    "string" => "the text",
                    "integer" => "the number",
                    "boolean" => "the word",
                    kind => kind,
                };
                format!("{kind} {value}")
            }
            _ if text.starts_with("struct ") => "a table".to_owned(),
            _ => text.to_owned(),
        },
    };
    format!("{} stands where {} is wanted", in_words(found), in_words(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_reader_are_those_of_the_format() {
        for (said, plain) in [
            (
                "invalid type: string \"a += 1\", expected a sequence",
                "the text \"a += 1\" stands where a list is wanted",
            ),
            ("invalid type: integer `8`, expected a string", "the number `8` stands where a text is wanted"),
            ("invalid type: sequence, expected a map", "a list stands where a table is wanted"),
            ("unclosed table, expected `]`", "unclosed table, expected `]`"),
        ] {
            assert_eq!(plainly(said), plain);
        }
    }
}
