//! CSV as cells that know their place: RFC 4180, and as spreadsheets write it where the comma is the mark of decimals.

use std::mem;

use csv_core::{ReadFieldResult, ReaderBuilder};

use super::cell::Cell;
use crate::diagnostic::{Diagnostic, FileId, Span};

/// What may stand between cells.
const BETWEEN: [char; 3] = [',', ';', '\t'];

/// What stands between the cells of a text, and where its rows begin: behind a line `sep=;`, which Excel takes for the answer,
/// else what the first line has most of.
fn delimiter(text: &str) -> (char, usize) {
    let body = text.trim_start_matches(['\u{feff}', '\r', '\n']);
    let start = text.len() - body.len();
    let first = body.lines().next().unwrap_or_default();
    if let Some(mark) = first.strip_prefix("sep=").and_then(|mark| mark.chars().next()).filter(|c| BETWEEN.contains(c))
    {
        return (mark, start + first.len());
    }
    let mut is_quoted = false;
    let mut counts = [0_usize; BETWEEN.len()];
    for c in first.chars() {
        is_quoted ^= c == '"';
        if let Some(place) = BETWEEN.iter().position(|mark| *mark == c && !is_quoted) {
            counts[place] += 1;
        }
    }
    // The first of those that are there most often: the comma goes before the others.
    let most = (0..BETWEEN.len()).rev().max_by_key(|&place| counts[place]).unwrap_or(0);
    (BETWEEN[most], 0)
}

/// Cuts a text into rows of cells; blank lines are no rows.
pub(super) fn rows(file: FileId, text: &str) -> Result<Vec<Vec<Cell>>, Diagnostic> {
    let (mark, begin) = delimiter(text);
    let mut reader = ReaderBuilder::new().delimiter(mark as u8).build();
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    // No field is longer than the text.
    let mut field = vec![0; text.len() + 1];
    let (mut start, mut end, mut length) = (begin, begin, 0);
    loop {
        let (result, read, written) = reader.read_field(&text.as_bytes()[end..], &mut field[length..]);
        (end, length) = (end + read, length + written);
        match result {
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => continue,
            ReadFieldResult::Field { record_end } => {
                let value = String::from_utf8_lossy(&field[..length]);
                row.push(cell(file, Raw::of(&text[start..end], start, mark, row.is_empty()), value.trim())?);
                if record_end {
                    rows.push(mem::take(&mut row));
                }
            }
            ReadFieldResult::End => break,
        }
        (start, length) = (end, 0);
    }
    rows.retain(|row| row.len() > 1 || !row[0].text.is_empty());
    Ok(rows)
}

/// A field as it stands in the file.
#[derive(Clone, Copy)]
struct Raw<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> Raw<'a> {
    /// Without the mark or the end of the line behind it; the first of a row also without what stands before the row: the
    /// mark of the byte order, blank lines.
    fn of(read: &'a str, start: usize, mark: char, is_first: bool) -> Self {
        let field = if is_first { read.trim_start_matches(['\u{feff}', '\r', '\n']) } else { read };
        let start = start + read.len() - field.len();
        Self { text: field.strip_suffix([mark, '\r', '\n']).unwrap_or(field), start }
    }
}

/// A text without the apostrophe that keeps it from being a formula.
fn without_guard(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text)
}

/// The cell of a field; a quoted one ends with its quotation mark.
fn cell(file: FileId, raw: Raw<'_>, value: &str) -> Result<Cell, Diagnostic> {
    let value = without_guard(value);
    let span = |start: usize, end: usize| Span { file, start: raw.start + start, end: raw.start + end };
    let Some(quoted) = raw.text.strip_prefix('"') else {
        let lead = raw.text.len() - raw.text.trim_start().len();
        return Ok(Cell { text: value.to_owned(), span: span(lead, lead + raw.text.trim().len()) });
    };
    // Doubled ones are part of the text.
    match quoted.replace("\"\"", "  ").find('"').map(|place| place + 1) {
        Some(closing) if closing == quoted.len() => Ok(Cell { text: value.to_owned(), span: span(0, raw.text.len()) }),
        Some(closing) => {
            let place = Some(span(closing + 1, closing + 2));
            Err(Diagnostic::error("after-quote", "there is text after the closing quotation mark", place)
                .help("the next cell or the end of the line; a quotation mark within a text is doubled"))
        }
        None => Err(Diagnostic::error("open-quote", "this quotation mark is never closed", Some(span(0, 1)))
            .help("close it, or double it where it is part of the text")),
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
        assert_eq!(texts("\u{feff}a,\"\"\n\n \n\"\"\"b\nc\"\"\",d \"e\"\n"), [["a", ""], ["\"b\nc\"", "d \"e\""]]);
        assert!(texts("").is_empty() && texts("\n\r\n").is_empty());
    }

    #[test]
    fn a_cell_knows_its_place() {
        let text = "\u{feff}a,b\r\n\r\nx,  yy \r\n\"ж \"\"c\"\"\",";
        let rows = rows(FileId::default(), text).unwrap();
        let cells = rows.iter().flatten().map(|cell| (&text[cell.span.start..cell.span.end], cell.text.as_str()));
        let wanted = [("a", "a"), ("b", "b"), ("x", "x"), ("yy", "yy"), ("\"ж \"\"c\"\"\"", "ж \"c\""), ("", "")];
        assert_eq!(cells.collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn cells_stand_between_commas_semicolons_or_tabs() {
        for text in ["a;b\r\n1,5;\"x;y\"\r\n", "a\tb\n1,5\tx;y\n", "sep=;\r\na;b\r\n1,5;x\\;y"] {
            let rows = texts(&text.replace("x\\;y", "\"x;y\""));
            assert_eq!(rows, [["a", "b"], ["1,5", "x;y"]], "{text}");
        }
        assert_eq!(texts("\"a;b;c\",d\n1,2\n"), [["a;b;c", "d"], ["1", "2"]]);
        assert_eq!(texts("name\n1;2\n"), [["name"], ["1;2"]]);
    }

    #[test]
    fn quotes_out_of_place_are_told() {
        assert_eq!(rows(FileId::default(), "a,\"b\n").unwrap_err().code, "open-quote");
        let error = rows(FileId::default(), "a,\"b\"\"\"c\n").unwrap_err();
        assert_eq!((error.code, error.span.map(|span| span.start)), ("after-quote", Some(7)));
    }
}
