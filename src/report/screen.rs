//! Text for people, no wider than what they read it on.

use std::io::{self, Write};

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm, wrap};

/// Columns between two cells.
const GAP: usize = 2;
/// Cells with words are not folded narrower than this.
const LEAST: usize = 22;
/// Where a text continues under its beginning.
const HANGING: usize = 2;
/// Holds the parts of a number together while a text is folded.
const HOLDING: char = '\u{a0}';

/// Text for people, at most so many columns wide: a line of words is folded at a space and goes on indented, a table folds its
/// cells. A word that is wider, such as the path of a parameter, stays whole.
pub struct Screen<'w> {
    out: &'w mut dyn Write,
    width: usize,
    line: Vec<u8>,
}

impl<'w> Screen<'w> {
    /// Columns where nobody knows how many there are.
    pub const USUAL: usize = 80;

    /// So many columns.
    pub fn new(out: &'w mut dyn Write, width: usize) -> Self {
        Self { out, width, line: Vec::new() }
    }

    /// As many columns as usual.
    pub fn usual(out: &'w mut dyn Write) -> Self {
        Self::new(out, Self::USUAL)
    }

    /// Writes lines in columns, the first line being the heading: the first column to the left, the others to the right. What is
    /// too wide is folded, columns for which there is still no room come below, beside the first again. A lone heading and columns without
    /// any cell are left out.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn table<L: AsRef<[String]>>(&mut self, lines: &[L]) -> io::Result<()> {
        let lines: Vec<&[String]> = lines.iter().map(AsRef::as_ref).collect();
        if lines.len() < 2 {
            return Ok(());
        }
        for block in blocks(&lines, self.width) {
            writeln!(self)?;
            for line in &lines {
                self.row(line, &block)?;
            }
        }
        Ok(())
    }

    /// Writes names to the left, each with what there is to say of it beside it; below it where the name is too wide.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn pairs(&mut self, pairs: &[(String, String)]) -> io::Result<()> {
        let widest = |most: usize| pairs.iter().map(|pair| pair.0.chars().count()).filter(|width| *width <= most).max();
        let width = widest(self.width * 3 / 5).unwrap_or(0);
        let beside = width + GAP;
        let rest = self.width.saturating_sub(beside).max(LEAST);
        for (name, about) in pairs {
            let about = folded(about, rest, 0);
            let (first, later) = about.split_at(1);
            if name.chars().count() <= width {
                writeln!(self.out, "{}", format!("{name:width$}  {}", first[0]).trim_end())?;
            } else {
                writeln!(self.out, "{name}\n{:beside$}{}", "", first[0])?;
            }
            later.iter().try_for_each(|part| writeln!(self.out, "{:beside$}{part}", ""))?;
        }
        Ok(())
    }

    /// One line of a table, in as many lines as its tallest cell has.
    fn row(&mut self, line: &[String], block: &[Column]) -> io::Result<()> {
        let cells: Vec<Vec<String>> = block.iter().map(|column| folded(&line[column.place], column.width, 0)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let mut text = String::new();
            for (cell, column) in cells.iter().zip(block) {
                let part = cell.get(at).map_or("", String::as_str);
                let width = column.width;
                let gap = if text.is_empty() && column.place == block[0].place { 0 } else { GAP };
                let part = if column.is_left { format!("{part:<width$}") } else { format!("{part:>width$}") };
                text = format!("{text}{:gap$}{part}", "");
            }
            writeln!(self, "{}", text.trim_end())?;
        }
        Ok(())
    }

    fn put_line(&mut self, text: &str) -> io::Result<()> {
        let own = text.chars().take_while(|c| *c == ' ').count();
        folded(text, self.width, own + HANGING).iter().try_for_each(|part| writeln!(self.out, "{part}"))
    }
}

impl Write for Screen<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if self.line.last() == Some(&b'\n') {
                let line = std::mem::take(&mut self.line);
                match std::str::from_utf8(&line[..line.len() - 1]) {
                    Ok(text) => self.put_line(text)?,
                    Err(_) => self.out.write_all(&line)?,
                }
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(&std::mem::take(&mut self.line))?;
        self.out.flush()
    }
}

/// A column of a table as it is shown.
#[derive(Clone, Copy, Debug)]
struct Column {
    place: usize,
    /// As it is shown.
    width: usize,
    /// With nothing folded.
    natural: usize,
    is_left: bool,
}

/// The columns of a table, in as few tables below each other as there is room for.
fn blocks(lines: &[&[String]], width: usize) -> Vec<Vec<Column>> {
    let is_empty = |place: &usize| lines[1..].iter().all(|line| line[*place].is_empty());
    let shown = (0..lines[0].len()).filter(|place| *place == 0 || !is_empty(place));
    let mut columns: Vec<Column> = shown.map(|place| column(lines, place)).collect();
    let together = |of: fn(&Column) -> usize, columns: &[Column]| {
        columns.iter().map(|column| of(column) + GAP).sum::<usize>().saturating_sub(GAP)
    };
    if together(|column| column.natural, &columns) <= width {
        for column in &mut columns {
            column.width = column.natural;
        }
        return vec![columns];
    }
    let (first, mut rest) = (columns[0], &columns[1..]);
    let mut blocks = Vec::new();
    while !rest.is_empty() {
        let mut used = first.width;
        let fitting = rest.iter().take_while(|column| {
            used += GAP + column.width;
            used <= width
        });
        let (now, later) = rest.split_at(fitting.count().max(1));
        let mut block = [&[first], now].concat();
        let used = together(|column| column.width, &block);
        widen(&mut block, width.saturating_sub(used));
        blocks.push(block);
        rest = later;
    }
    blocks
}

/// Gives columns what is left of the width, from the first on.
fn widen(block: &mut [Column], mut left: usize) {
    for column in block {
        let more = left.min(column.natural.saturating_sub(column.width));
        column.width += more;
        left -= more;
    }
}

/// A column at its narrowest: numbers stay whole, headings and words are folded.
fn column(lines: &[&[String]], place: usize) -> Column {
    let cells = || lines.iter().map(|line| line[place].as_str());
    let wide = |text: &str| text.chars().count();
    let natural = cells().map(wide).max().unwrap_or(0);
    let has_words = place == 0 || cells().skip(1).any(|cell| wide(cell) > LEAST);
    let body = cells().skip(1).map(wide).max().unwrap_or(0);
    let words = cells().flat_map(parts).map(|word| wide(&word)).max().unwrap_or(0);
    let heading = parts(&lines[0][place]).iter().map(|word| wide(word)).max().unwrap_or(0);
    let width = if has_words { words.max(LEAST) } else { body.max(heading) };
    Column { place, width: width.min(natural), natural, is_left: place == 0 || has_words }
}

/// The words of a text; a number with its spaces and its half-width is one.
fn parts(text: &str) -> Vec<String> {
    held(text).split(' ').map(str::to_owned).collect()
}

/// A text in lines of a width.
fn folded(text: &str, width: usize, indent: usize) -> Vec<String> {
    if text.chars().count() <= width {
        return vec![text.to_owned()];
    }
    let indent = " ".repeat(indent);
    let options = Options::new(width)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .subsequent_indent(&indent);
    wrap(&held(text), options).iter().map(|line| line.replace(HOLDING, " ")).collect()
}

/// The text with the spaces within numbers held: `4 415 000 ± 16 000`, `7.9 %`.
fn held(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_of_number = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_digit() || "±%×".contains(*c));
    let each = letters.iter().enumerate().map(|(at, c)| {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let is_within = *c == ' ' && is_of_number(before) && is_of_number(letters.get(at + 1));
        if is_within { HOLDING } else { *c }
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(width: usize, write: impl FnOnce(&mut Screen<'_>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        let mut screen = Screen::new(&mut out, width);
        write(&mut screen).unwrap();
        screen.flush().unwrap();
        String::from_utf8(out).unwrap()
    }

    fn texts<const N: usize>(cells: [&str; N]) -> [String; N] {
        cells.map(str::to_owned)
    }

    #[test]
    fn a_long_line_goes_on_indented_and_numbers_stay_whole() {
        let text = shown(24, |screen| writeln!(screen, "Carried: 4 415 000 ± 16 000 tonnes a year, and no more"));
        assert_eq!(text, "Carried:\n  4 415 000 ± 16 000\n  tonnes a year, and no\n  more\n");
        let path = "fleet.a-very-long-name-of-a-fleet.vessels";
        assert_eq!(shown(20, |screen| writeln!(screen, "{path}")), format!("{path}\n"));
    }

    #[test]
    fn a_table_that_fits_stays_as_it_is() {
        let lines = [texts(["Section", "P50"]), texts(["Aktau–Alat", "5.96 ± 0.10"])];
        assert_eq!(shown(80, |screen| screen.table(&lines)), "\nSection             P50\nAktau–Alat  5.96 ± 0.10\n");
        assert_eq!(shown(80, |screen| screen.table(&lines[..1])), "");
    }

    #[test]
    fn headings_are_folded_before_columns_come_below() {
        let lines = [texts(["Section", "half arrive within", "on time"]), texts(["Aktau–Alat", "5.96 ± 0.10", "–"])];
        let text = shown(33, |screen| screen.table(&lines));
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split("  ").map(str::trim).collect()).collect();
        assert!(rows[1].contains(&"half arrive") && rows[2].iter().any(|part| part.trim() == "within"), "{text}");
        assert_eq!(text.lines().count(), 4, "{text}");
        let text = shown(26, |screen| screen.table(&lines));
        assert!(text.lines().all(|line| line.chars().count() <= 26), "{text}");
        assert_eq!(text.matches("Aktau–Alat").count(), 2, "{text}");
    }

    #[test]
    fn words_are_folded_in_their_column() {
        let long = "the backlog of containers grows by 12 days of its traffic, within sampling error";
        let lines = [texts(["Traffic", "carried", "nearest limit"]), texts(["1.000 ×", "4 415 000", long])];
        let text = shown(60, |screen| screen.table(&lines));
        assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
        assert_eq!(text.matches("1.000 ×").count(), 1, "{text}");
        assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains("sampling error"), "{text}");
    }
}
