//! What is wrong with an input, where, and what would fit: data, and plain text for whoever wants to read it.

mod rejected;

use std::fmt::Write as _;

use crate::text::{visible, visible_line};

pub use rejected::{Finding, Place, Rejected};

/// A text among [`SourceFiles`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A stretch of a text, in bytes; the end is excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing can run.
    Error,
    /// It runs, but hardly as meant.
    Warning,
}

impl Severity {
    /// The word that begins a message.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Short stable name of the kind of finding, such as `unknown-key`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, naming the thing and the value.
    pub message: String,
    /// Where, if it has a place.
    pub span: Option<Span>,
    /// What would fit.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, message: impl Into<String>, span: Option<Span>) -> Self {
        Self { code, severity: Severity::Error, message: message.into(), span, help: None }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, message: impl Into<String>, span: Option<Span>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message, span) }
    }

    /// With a line that says what would fit.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With such a line, if there is one.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }
}

/// Most findings that are kept.
const MOST: usize = 500;

/// Findings, collected: a check goes on to the end and only then fails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding; the same text at the same place is kept once. Nobody reads more than a few hundred: what comes
    /// after those is not kept, and one error says so.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        match self.found.len() {
            count if count < MOST && !self.found.contains(&diagnostic) => self.found.push(diagnostic),
            MOST => {
                let message = format!("more than {MOST} findings; the others are not shown");
                self.found.push(Diagnostic::error("too-many", message, None));
            }
            _ => {}
        }
    }

    /// Adds what another check found.
    pub fn extend(&mut self, other: Self) {
        other.found.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Whether anything forbids to go on.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The findings that forbid to go on.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter().filter(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// All findings, in the order of [`sort`](Self::sort) or in that of the checks.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.found.iter()
    }

    /// Number of findings.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Puts errors before warnings, and each in the order of the files.
    pub fn sort(&mut self) {
        self.found
            .sort_by_key(|diagnostic| (diagnostic.severity, diagnostic.span.map_or((1, None), |span| (0, Some(span)))));
    }

    /// All findings as plain text, with a blank line between them.
    pub fn render(&self, sources: &SourceFiles) -> String {
        let texts: Vec<String> = self.found.iter().map(|diagnostic| sources.render(diagnostic)).collect();
        texts.join("\n")
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// What a text is, for messages that say where a value was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// A file, or a text that stands for one.
    File,
    /// A setting of the command line.
    Setting,
    /// The format itself: defaults.
    Default,
    /// A sheet of a workbook, a line each row, with a tab between cells; its name ends in that of the sheet.
    Sheet,
}

#[derive(Clone, Debug)]
struct SourceFile {
    name: String,
    text: String,
    kind: SourceKind,
    lines: Lines,
}

/// Bytes between two places up to which characters are counted beforehand.
const STRIDE: usize = 4096;

/// Where the lines of a text begin, and how many characters come before each stretch of it: so that thousands of places are
/// found without reading the text for each.
#[derive(Clone, Debug)]
struct Lines {
    starts: Vec<usize>,
    characters: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut characters = vec![0];
        let mut before = 0;
        for stretch in text.as_bytes().chunks(STRIDE) {
            before += stretch.iter().filter(|byte| begins_character(**byte)).count();
            characters.push(before);
        }
        Self { starts, characters }
    }

    /// Characters before a place.
    fn before(&self, text: &str, at: usize) -> usize {
        let stretch = at / STRIDE;
        let rest = &text.as_bytes()[stretch * STRIDE..at];
        self.characters[stretch] + rest.iter().filter(|byte| begins_character(**byte)).count()
    }
}

/// Whether a byte of UTF-8 begins a character.
const fn begins_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// The texts that were read, by [`FileId`].
#[derive(Clone, Debug, Default)]
pub struct SourceFiles {
    files: Vec<SourceFile>,
}

impl SourceFiles {
    /// Adds a text.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>, kind: SourceKind) -> FileId {
        let text = text.into();
        let lines = Lines::of(&text);
        self.files.push(SourceFile { name: name.into(), text, kind, lines });
        FileId(self.files.len() as u32 - 1)
    }

    /// Its name; empty for an unknown file.
    pub fn name(&self, file: FileId) -> &str {
        self.get(file).map_or("", |source| &source.name)
    }

    /// Its text; empty for an unknown file.
    pub fn text(&self, file: FileId) -> &str {
        self.get(file).map_or("", |source| &source.text)
    }

    /// What it is.
    pub fn kind(&self, file: FileId) -> SourceKind {
        self.get(file).map_or(SourceKind::Default, |source| source.kind)
    }

    /// Line and column of the beginning of a span, from 1; columns count characters.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let Some(SourceFile { text, lines, .. }) = self.get(span.file) else { return (1, 1) };
        let at = floor_boundary(text, span.start);
        let line = lines.starts.partition_point(|start| *start <= at).max(1);
        let column = lines.before(text, at) - lines.before(text, lines.starts[line - 1]);
        (line, column + 1)
    }

    /// `file:line:column`, or what stands for it where the value is not from a file.
    pub fn place(&self, span: Span) -> String {
        match self.kind(span.file) {
            SourceKind::File => {
                let (line, column) = self.line_column(span);
                format!("{}:{line}:{column}", self.name(span.file))
            }
            SourceKind::Sheet => format!("{}!{}", self.name(span.file), self.cell(span)),
            SourceKind::Setting | SourceKind::Default => self.name(span.file).to_owned(),
        }
    }

    /// The address of the cell of a sheet in which a span begins, such as `C12`.
    fn cell(&self, span: Span) -> String {
        let text = self.text(span.file);
        let start = floor_boundary(text, span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let column = text[line_start..start].matches('\t').count();
        format!("{}{}", column_letters(column), self.line_column(span).0)
    }

    /// A finding as plain text: place, code, message, the source line underlined, help.
    pub fn render(&self, diagnostic: &Diagnostic) -> String {
        self.rendered(diagnostic, |text, _| text)
    }

    /// The same with the colours of a terminal (ANSI): the severity, the mark under the line, and the help.
    pub fn render_in_colour(&self, diagnostic: &Diagnostic) -> String {
        let of_severity = match diagnostic.severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
        };
        self.rendered(diagnostic, |text, part| {
            let code = match part {
                Painted::Severity | Painted::Mark => of_severity,
                Painted::Help => "1;36",
            };
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        })
    }

    fn rendered(&self, diagnostic: &Diagnostic, paint: impl Fn(String, Painted) -> String) -> String {
        let place = diagnostic.span.map(|span| format!("{}: ", self.place(span))).unwrap_or_default();
        let severity = paint(format!("{}[{}]", diagnostic.severity.word(), diagnostic.code), Painted::Severity);
        let mut text = format!("{}{severity}: {}\n", visible_line(&place), visible(&diagnostic.message));
        if let Some(span) = diagnostic.span {
            text.push_str(&self.excerpt(span, |marks| paint(marks, Painted::Mark)));
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(text, "  {}: {}", paint("help".to_owned(), Painted::Help), visible(help));
        }
        text
    }

    fn get(&self, file: FileId) -> Option<&SourceFile> {
        self.files.get(file.0 as usize)
    }

    fn excerpt(&self, span: Span, paint: impl Fn(String) -> String) -> String {
        let text = self.text(span.file);
        let start = floor_boundary(text, span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = text[line_start..line_end].trim_end_matches('\r');
        if line.trim().is_empty() {
            return String::new();
        }
        let end = floor_boundary(text, span.end).clamp(start, line_end);
        let (line, skipped) = shortened(line, start - line_start);
        let indent = width(&text[line_start + skipped..start]);
        let marks = width(&text[start..end]).clamp(1, LONGEST_LINE);
        let number = self.line_column(span).0.to_string();
        let (gutter, line) = (" ".repeat(number.len()), visible_line(&line));
        format!("{gutter} |\n{number} | {line}\n{gutter} | {}{}\n", " ".repeat(indent), paint("^".repeat(marks)))
    }
}

/// The letters by which spreadsheets name a column, counted from 0: A to Z, AA and on.
pub fn column_letters(column: usize) -> String {
    let letter = char::from(b'A' + (column % 26) as u8);
    let before = if column < 26 { String::new() } else { column_letters(column / 26 - 1) };
    format!("{before}{letter}")
}

/// What of a finding has a colour.
#[derive(Clone, Copy)]
enum Painted {
    Severity,
    Mark,
    Help,
}

/// Longest piece of a source line that is shown, in characters: a generated line may have megabytes.
const LONGEST_LINE: usize = 160;

/// A window of the line around `at`, and how many bytes it leaves out before.
fn shortened(line: &str, at: usize) -> (String, usize) {
    let skipped = if at > LONGEST_LINE { floor_boundary(line, at - LONGEST_LINE / 2) } else { 0 };
    (line[skipped..].chars().take(LONGEST_LINE).collect(), skipped)
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// The last character boundary at or before `at`.
fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// "did you mean …?" for a word among those that would fit.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, known).map(|near| format!("did you mean `{near}`?"))
}

/// The nearest of the known words, if any is near.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(word, known, 1).first().copied()
}

/// The known words that are near, the nearest first, at most so many.
pub fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let word = word.to_lowercase();
    let scored = known.into_iter().map(|candidate| {
        let lower = candidate.to_lowercase();
        (strsim::osa_distance(&word, &lower), strsim::jaro_winkler(&word, &lower), candidate)
    });
    let mut scored: Vec<(usize, f64, &str)> = scored.filter(|(_, likeness, _)| *likeness >= NEAR).collect();
    // Fewest slips first: a letter forgotten is one, also where a shorter word begins alike.
    scored.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
    scored.into_iter().take(most).map(|(_, _, candidate)| candidate).collect()
}

/// How alike two words must be (Jaro and Winkler) to be taken for a slip.
const NEAR: f64 = 0.8;

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(text: &str) -> (SourceFiles, FileId) {
        let mut sources = SourceFiles::default();
        let file = sources.add("a.toml", text, SourceKind::File);
        (sources, file)
    }

    #[test]
    fn a_finding_shows_its_place_and_underlines_it() {
        let (sources, file) = sources("[run]\nhorizom = \"365 d\"\n");
        let span = Span { file, start: 6, end: 13 };
        let found =
            Diagnostic::error("unknown-key", "unknown key `horizom`", Some(span)).help("did you mean `horizon`?");
        assert_eq!(
            sources.render(&found),
            "a.toml:2:1: error[unknown-key]: unknown key `horizom`\n  |\n2 | horizom = \"365 d\"\n  | ^^^^^^^\n  help: did you mean `horizon`?\n"
        );
    }

    #[test]
    fn colours_change_nothing_but_colours() {
        let (sources, file) = sources("[run]\nhorizom = \"365 d\"\n");
        let span = Span { file, start: 6, end: 13 };
        let found = Diagnostic::error("unknown-key", "unknown key", Some(span)).help("did you mean `horizon`?");
        let coloured = sources.render_in_colour(&found);
        assert_eq!(coloured.matches("\u{1b}[0m").count(), 3);
        let plain =
            ["\u{1b}[1;31m", "\u{1b}[1;36m", "\u{1b}[0m"].iter().fold(coloured, |text, code| text.replace(code, ""));
        assert_eq!(plain, sources.render(&found));
    }

    #[test]
    fn columns_count_characters_and_long_lines_are_cut() {
        let text = format!("ж = \"{}\" # here", "x".repeat(5000));
        let (sources, file) = sources(&text);
        let at = text.find("here").unwrap();
        let span = Span { file, start: at, end: at + 4 };
        assert_eq!(sources.line_column(span), (1, at));
        assert!(sources.excerpt(span, |marks| marks).len() < 600);
    }

    #[test]
    fn columns_of_sheets_have_letters() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letters(column), letters);
        }
    }

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        assert_eq!(nearest("custom", ["crane", "customs"]), Some("customs"));
        assert_eq!(nearest("zebra", ["crane", "customs"]), None);
        assert_eq!(nearest("vesels", ["vessel", "vessels", "ports"]), Some("vessels"));
    }
}
