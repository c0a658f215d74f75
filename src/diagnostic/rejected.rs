//! A text that cannot be used: an error with all that was found in it.

use std::fmt;
use std::ops::Range;

use super::{Diagnostic, Diagnostics, Severity, SourceFiles, SourceKind, Span};

/// A text that cannot be used, with all that was found in it. Shown as text it is what the program shows.
#[derive(Clone, Debug)]
pub struct Rejected {
    /// What follows from the errors, such as `the scenario cannot run`.
    pub follows: &'static str,
    /// What was found.
    pub diagnostics: Diagnostics,
    /// The texts that it was found in.
    pub sources: SourceFiles,
}

/// One finding with its place, for editors and other programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding<'a> {
    /// How bad it is.
    pub severity: Severity,
    /// Short stable name of the kind of finding, such as `unknown-key`.
    pub code: &'static str,
    /// What is wrong, naming the thing and the value.
    pub message: &'a str,
    /// What would fit.
    pub help: Option<&'a str>,
    /// Where it is, if it has a place.
    pub place: Option<Place<'a>>,
}

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// Name of the file, or the setting as it was written.
    pub source: &'a str,
    /// Whether it is in a file, in a setting or in a default of the format.
    pub kind: SourceKind,
    /// Line of its first character, from 1.
    pub line: usize,
    /// Column of its first character, from 1; columns count characters.
    pub column: usize,
    /// Its bytes in the text.
    pub bytes: Range<usize>,
    /// The words themselves.
    pub words: &'a str,
}

impl SourceFiles {
    /// The place of a span.
    pub fn located(&self, span: Span) -> Place<'_> {
        let (line, column) = self.line_column(span);
        let bytes = span.start..span.end;
        let words = self.text(span.file).get(bytes.clone()).unwrap_or_default();
        Place { source: self.name(span.file), kind: self.kind(span.file), line, column, bytes, words }
    }
}

impl Rejected {
    /// A text that is refused for one reason that has no place in it.
    pub fn because(code: &'static str, reason: impl fmt::Display) -> Self {
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(Diagnostic::error(code, reason.to_string(), None));
        Self { follows: "the scenario cannot run", diagnostics, sources: SourceFiles::default() }
    }

    /// All that was found, each with its place.
    pub fn findings(&self) -> impl Iterator<Item = Finding<'_>> {
        self.diagnostics.iter().map(|found| Finding {
            severity: found.severity,
            code: found.code,
            message: &found.message,
            help: found.help.as_deref(),
            place: found.span.map(|span| self.sources.located(span)),
        })
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diagnostics.render(&self.sources))
    }
}

impl std::error::Error for Rejected {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_knows_its_words_and_their_place() {
        let mut sources = SourceFiles::default();
        let file = sources.add("a.toml", "# ж\n[run]\nhorizom = 1\n", SourceKind::File);
        let mut diagnostics = Diagnostics::default();
        let span = Span { file, start: 11, end: 18 };
        diagnostics.push(Diagnostic::error("unknown-key", "unknown key `horizom`", Some(span)).help("horizon"));
        diagnostics.push(Diagnostic::warning("odd", "without a place", None));
        let rejected = Rejected { follows: "the scenario cannot run", diagnostics, sources };
        let [first, second] = &rejected.findings().collect::<Vec<_>>()[..] else { panic!("two findings") };
        let place = first.place.clone().unwrap();
        assert_eq!((place.source, place.line, place.column, place.words), ("a.toml", 3, 1, "horizom"));
        assert_eq!((first.code, first.help, second.place.clone()), ("unknown-key", Some("horizon"), None));
        assert!(rejected.to_string().contains("a.toml:3:1: error[unknown-key]"));
    }
}
