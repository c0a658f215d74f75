//! Tables with all digits: columns that know their name, unit and meaning beside the way to their cells, written once as CSV.

use std::borrow::Cow;
use std::io::{self, Write};

use super::cell::Cell;
use super::csv::{below_csv, csv_writer, harmless};
use super::series::{Series, Values};

/// A column of a table whose rows are made from `R`.
pub struct Column<R> {
    /// Its name in files.
    pub name: Cow<'static, str>,
    /// The unit of its numbers; empty for texts, numbers of things, and where another column says it.
    pub unit: &'static str,
    /// What it says, in a sentence.
    pub meaning: &'static str,
    cell: Box<dyn for<'r> Fn(&'r R) -> Cell<'r>>,
}

/// A column: its name, unit and meaning, and the way from a row to its cell.
pub fn column<R>(
    name: impl Into<Cow<'static, str>>,
    unit: &'static str,
    meaning: &'static str,
    cell: impl for<'r> Fn(&'r R) -> Cell<'r> + 'static,
) -> Column<R> {
    Column { name: name.into(), unit, meaning, cell: Box::new(cell) }
}

/// A table of an answer.
pub trait Sheet {
    /// The name of its file.
    fn file(&self) -> &'static str;

    /// Name, unit and meaning of each column.
    fn described(&self) -> Vec<(&str, &'static str, &'static str)>;

    /// Its columns with all their values.
    fn series(&self) -> Vec<Series<'_>>;

    /// Writes it as CSV (RFC 4180, line feeds alone): one row each, all digits, empty where nothing is known.
    ///
    /// # Errors
    /// If the output cannot be written.
    fn write(&self, out: &mut dyn Write) -> io::Result<()>;

    /// The same without the names of the columns, below rows that stand there already.
    ///
    /// # Errors
    /// If the output cannot be written.
    fn write_rows(&self, out: &mut dyn Write) -> io::Result<()>;
}

/// Columns with the rows that they are filled from.
struct Filled<R> {
    file: &'static str,
    columns: Vec<Column<R>>,
    rows: Vec<R>,
}

/// A table of these columns, a line for each row.
pub fn sheet<'a, R: 'a>(
    file: &'static str,
    columns: Vec<Column<R>>,
    rows: impl IntoIterator<Item = R>,
) -> Box<dyn Sheet + 'a> {
    Box::new(Filled { file, columns, rows: rows.into_iter().collect() })
}

impl<R> Sheet for Filled<R> {
    fn file(&self) -> &'static str {
        self.file
    }

    fn described(&self) -> Vec<(&str, &'static str, &'static str)> {
        self.columns.iter().map(|column| (&*column.name, column.unit, column.meaning)).collect()
    }

    fn series(&self) -> Vec<Series<'_>> {
        let series = |column: &Column<R>| Values::of(self.rows.iter().map(|row| (column.cell)(row)).collect());
        let columns = self.columns.iter();
        let described = |column: &Column<R>| (column.name.clone(), column.unit, column.meaning);
        let named = columns.map(|column| (described(column), series(column)));
        named.map(|((name, unit, meaning), values)| Series { name, unit, meaning, values }).collect()
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut head = csv_writer(&mut *out);
        head.write_record(self.columns.iter().map(|column| harmless(&column.name))).map_err(below_csv)?;
        head.flush()?;
        drop(head);
        self.write_rows(out)
    }

    fn write_rows(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut out = csv_writer(out);
        for row in &self.rows {
            out.write_record(self.columns.iter().map(|column| (column.cell)(row).to_string())).map_err(below_csv)?;
        }
        out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_stand_over_their_cells_and_texts_are_quoted() {
        let columns = vec![
            column("name", "", "A name.", |row: &(&str, Option<f64>)| row.0.into()),
            column("days", "d", "Days.", |row: &(&str, Option<f64>)| row.1.into()),
        ];
        let mut out = Vec::new();
        let sheet = sheet("a.csv", columns, [("a, b", Some(0.1)), ("=c", None)]);
        sheet.write(&mut out).unwrap();
        assert_eq!(sheet.described()[1], ("days", "d", "Days."));
        assert_eq!(String::from_utf8(out).unwrap(), "name,days\n\"a, b\",0.1\n'=c,\n");
    }
}
