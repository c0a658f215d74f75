//! CSV (RFC 4180) as cells that know their place.

use std::mem;

use csv_core::{ReadFieldResult, Reader};

use crate::diagnostic::{Diagnostic, FileId, Span};

/// A field: its text without quotes and outer blanks, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) span: Span,
}

/// Cuts a text into rows of cells; blank lines are no rows.
pub(super) fn rows(file: FileId, text: &str) -> Result<Vec<Vec<Cell>>, Diagnostic> {
    let mut reader = Reader::new();
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    // No field is longer than the text.
    let mut field = vec![0; text.len() + 1];
    let (mut start, mut end, mut length) = (0, 0, 0);
    loop {
        let (result, read, written) = reader.read_field(&text.as_bytes()[end..], &mut field[length..]);
        (end, length) = (end + read, length + written);
        match result {
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => continue,
            ReadFieldResult::Field { record_end } => {
                let value = String::from_utf8_lossy(&field[..length]);
                row.push(cell(file, Raw::of(&text[start..end], start, row.is_empty()), value.trim())?);
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
    /// Without the comma or the end of the line behind it; the first of a row also without what stands before the row: the
    /// mark of the byte order, blank lines.
    fn of(read: &'a str, start: usize, is_first: bool) -> Self {
        let field = if is_first { read.trim_start_matches(['\u{feff}', '\r', '\n']) } else { read };
        let start = start + read.len() - field.len();
        Self { text: field.strip_suffix([',', '\r', '\n']).unwrap_or(field), start }
    }
}

/// The cell of a field; a quoted one ends with its quotation mark.
fn cell(file: FileId, raw: Raw<'_>, value: &str) -> Result<Cell, Diagnostic> {
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
                .help("a comma or the end of the line; a quotation mark within a text is doubled"))
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
    fn quotes_out_of_place_are_told() {
        assert_eq!(rows(FileId::default(), "a,\"b\n").unwrap_err().code, "open-quote");
        let error = rows(FileId::default(), "a,\"b\"\"\"c\n").unwrap_err();
        assert_eq!((error.code, error.span.map(|span| span.start)), ("after-quote", Some(7)));
    }
}
