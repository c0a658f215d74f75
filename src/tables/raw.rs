//! A table before it is cut into rows.

use super::cell::Cell;
use super::csv;
use crate::diagnostic::{Diagnostic, FileId, SourceFiles, SourceKind, Span};

/// Rows among which the names of the columns stand: titles may stand above them.
pub(super) const MOST_TITLE: usize = 20;

/// A table before it is cut into rows: a text of CSV, or a sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawTable {
    /// What it is called in findings: the file, of a sheet `FILE: SHEET`.
    pub name: String,
    /// CSV; of a sheet a line each row, with a tab between cells.
    text: String,
    kind: SourceKind,
}

impl RawTable {
    /// A text of CSV: cells between commas, semicolons or tabs, whichever the first line has most of.
    pub fn csv(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), kind: SourceKind::File }
    }

    /// A sheet of a file: a line each row, with a tab between cells, which hold neither tabs nor line feeds.
    pub fn sheet(file: &str, sheet: &str, text: String) -> Self {
        Self { name: format!("{file}: {sheet}"), text, kind: SourceKind::Sheet }
    }

    /// Whether a row among the first names all these columns.
    pub fn has_columns(&self, columns: &[&str]) -> bool {
        let rows = self.rows(&mut SourceFiles::default()).1.unwrap_or_default();
        let has = |row: &Vec<Cell>, column: &&str| row.iter().any(|cell| cell.text.eq_ignore_ascii_case(column));
        rows.iter().take(MOST_TITLE).any(|row| columns.iter().all(|column| has(row, column)))
    }

    /// Adds it to the sources and cuts it into rows of cells; blank rows are left out.
    ///
    /// # Errors
    /// A quotation mark stands where none may.
    pub fn rows(&self, sources: &mut SourceFiles) -> (FileId, Result<Vec<Vec<Cell>>, Diagnostic>) {
        let file = sources.add(&self.name, &self.text, self.kind);
        let rows =
            if self.kind == SourceKind::Sheet { Ok(of_sheet(file, &self.text)) } else { csv::rows(file, &self.text) };
        (file, rows)
    }
}

fn of_sheet(file: FileId, text: &str) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let mut row = Vec::new();
        let mut at = start;
        for cell in line.split('\t') {
            let span = Span { file, start: at, end: at + cell.len() };
            row.push(Cell { text: cell.trim().to_owned(), span });
            at += cell.len() + 1;
        }
        start += line.len() + 1;
        if row.iter().any(|cell| !cell.is_empty()) {
            rows.push(row);
        }
    }
    level(&mut rows);
    rows
}

/// A sheet has no end of a row: all are as long as the last cell of the first with anything in it, or of what is below.
fn level(rows: &mut [Vec<Cell>]) {
    let filled = |row: &Vec<Cell>| row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let width = rows.iter().map(filled).max().unwrap_or(0);
    for row in rows {
        let end = row.last().map_or(Span::default(), |cell| Span { start: cell.span.end, ..cell.span });
        row.resize(width, Cell { text: String::new(), span: end });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_a_sheet_has_its_address() {
        let table = RawTable::sheet("a.xlsx", "Data", "name\tvalue\n\naktau\t 5 \tx\nalat".to_owned());
        let mut sources = SourceFiles::default();
        let (_, rows) = table.rows(&mut sources);
        let rows = rows.unwrap();
        let texts: Vec<Vec<&str>> =
            rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(texts, [["name", "value", ""], ["aktau", "5", "x"], ["alat", "", ""]]);
        assert_eq!(sources.place(rows[1][1].span), "a.xlsx: Data!B3");
        assert!(table.has_columns(&["Value", "name"]) && !table.has_columns(&["name", "unit"]));
    }
}
