//! CSV (RFC 4180) as cells that know their place.

use crate::diagnostic::{Diagnostic, FileId, Span};

/// A field: its text without quotes and outer blanks, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) span: Span,
}

/// Cuts a text into rows of cells; blank lines are no rows.
pub(super) fn rows(file: FileId, text: &str) -> Result<Vec<Vec<Cell>>, Diagnostic> {
    let mut cutter = Cutter { file, text, at: 0 };
    let mut rows = Vec::new();
    while cutter.at < text.len() {
        let row = cutter.row()?;
        if row.len() > 1 || !row[0].text.is_empty() {
            rows.push(row);
        }
    }
    Ok(rows)
}

struct Cutter<'a> {
    file: FileId,
    text: &'a str,
    at: usize,
}

impl Cutter<'_> {
    /// A row with the end of its line.
    fn row(&mut self) -> Result<Vec<Cell>, Diagnostic> {
        let mut row = Vec::new();
        loop {
            row.push(if self.rest().starts_with('"') { self.quoted()? } else { self.plain() });
            if self.skip(",") {
                continue;
            }
            if !self.skip("\r\n") {
                self.skip("\n");
            }
            return Ok(row);
        }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip(&mut self, what: &str) -> bool {
        let is_there = self.rest().starts_with(what);
        self.at += if is_there { what.len() } else { 0 };
        is_there
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start, end }
    }

    fn plain(&mut self) -> Cell {
        let raw = self.rest();
        let raw = &raw[..raw.find([',', '\n']).unwrap_or(raw.len())];
        let lead = raw.len() - raw.trim_start().len();
        let (text, length) = (raw.trim().to_owned(), raw.len());
        // The carriage return belongs to the end of the line.
        let length = if raw.ends_with('\r') { length - 1 } else { length };
        let start = self.at + lead.min(length);
        self.at += length;
        Cell { span: self.span(start, start + text.len()), text }
    }

    fn quoted(&mut self) -> Result<Cell, Diagnostic> {
        let start = self.at;
        let mut text = String::new();
        self.at += 1;
        loop {
            let Some(length) = self.rest().find('"') else {
                let span = Some(self.span(start, start + 1));
                return Err(Diagnostic::error("open-quote", "this quotation mark is never closed", span)
                    .help("close it, or double it where it is part of the text"));
            };
            text.push_str(&self.rest()[..length]);
            self.at += length + 1;
            if !self.skip("\"") {
                break;
            }
            text.push('"');
        }
        if !self.rest().is_empty() && !self.rest().starts_with([',', '\n', '\r']) {
            let span = Some(self.span(self.at, self.at + 1));
            return Err(Diagnostic::error("after-quote", "there is text after the closing quotation mark", span)
                .help("a comma or the end of the line; a quotation mark within a text is doubled"));
        }
        Ok(Cell { text: text.trim().to_owned(), span: self.span(start, self.at) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<Vec<String>> {
        let rows = rows(FileId::default(), text).unwrap();
        rows.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn quotes_commas_and_line_ends_are_read() {
        assert_eq!(texts("a, b ,\"c, \"\"d\"\"\"\r\n\n1,,3"), [["a", "b", "c, \"d\""], ["1", "", "3"]]);
        assert_eq!(texts("a,\n"), [["a", ""]]);
        assert!(texts("").is_empty());
    }

    #[test]
    fn a_cell_knows_its_place() {
        let text = "a,b\nx,  yy \r\n";
        let cell = &rows(FileId::default(), text).unwrap()[1][1];
        assert_eq!((&text[cell.span.start..cell.span.end], cell.text.as_str()), ("yy", "yy"));
    }

    #[test]
    fn quotes_out_of_place_are_told() {
        assert_eq!(rows(FileId::default(), "a,\"b\n").unwrap_err().code, "open-quote");
        assert_eq!(rows(FileId::default(), "a,\"b\"c\n").unwrap_err().code, "after-quote");
    }
}
