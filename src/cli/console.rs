//! Standard output for results, standard error for people.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write};

use terminal_size::terminal_size_of;

use crate::experiment::Remark;
use crate::report::Screen;
use crate::text::visible;

/// Columns of a terminal below which tables cannot be read.
const NARROWEST: usize = 40;

/// Both standard streams and how to write to them.
pub(super) struct Console {
    out: Shown<BufWriter<Stdout>>,
    is_quiet: bool,
    has_colour: bool,
}

impl Console {
    pub(super) fn new(is_quiet: bool) -> Self {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let has_colour = io::stderr().is_terminal() && !no_colour;
        Self { out: Shown(BufWriter::new(io::stdout())), is_quiet, has_colour }
    }

    /// Standard output.
    pub(super) fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    /// Standard output for text that people read: as wide as the terminal, or as usual where there is none.
    pub(super) fn screen(&mut self) -> Screen<'_> {
        let width = terminal_size_of(io::stdout()).map_or(Screen::USUAL, |(width, _)| usize::from(width.0));
        Screen::new(&mut self.out, width.max(NARROWEST))
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Whether standard error takes colours.
    pub(super) const fn has_colour(&self) -> bool {
        self.has_colour
    }

    /// Whether somebody sits before standard error and wants to be told how things go.
    pub(super) fn shows_progress(&self) -> bool {
        !self.is_quiet && io::stderr().is_terminal()
    }

    /// A line that may be missed: not said when quiet.
    pub(super) fn say(&self, text: impl Display) {
        if !self.is_quiet {
            to_stderr(visible(&text.to_string()));
        }
    }

    /// Text as it is, even when quiet.
    pub(super) fn tell(text: impl Display) {
        to_stderr(text);
    }

    pub(super) fn warning(&self, text: &str) {
        to_stderr(format_args!("{} {}", self.word("warning:", "33"), visible(text)));
    }

    pub(super) fn remark(&self, remark: &Remark) {
        match remark {
            Remark::Note(text) => self.say(text),
            Remark::Warning(text) => self.warning(text),
        }
    }

    pub(super) fn error(&self, text: &str) {
        to_stderr(format_args!("{} {}", self.word("error:", "31"), visible(text)));
    }

    fn word(&self, word: &str, colour: &str) -> String {
        if self.has_colour { format!("\u{1b}[1;{colour}m{word}\u{1b}[0m") } else { word.to_owned() }
    }
}

/// An output on which a text does nothing but stand there, wherever it came from.
struct Shown<W>(W);

impl<W: Write> Write for Shown<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.0.write_all(visible(text).as_bytes()).map(|()| bytes.len()),
            // A part of a character.
            Err(_) => self.0.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Where nobody reads standard error there is nobody to tell.
fn to_stderr(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
