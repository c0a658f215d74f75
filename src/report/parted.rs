//! A table that is written part by part, as its rows come.

use std::io::{self, Write};
use std::path::Path;

#[cfg(feature = "parquet")]
use super::parquet::Parts;
use super::sheet::Sheet;

/// A table whose rows come in parts, as CSV or as Parquet.
pub struct PartedTable<W: Write + Send> {
    form: Form<W>,
}

enum Form<W: Write + Send> {
    Csv {
        out: W,
        has_head: bool,
    },
    #[cfg(feature = "parquet")]
    Parquet(Parts<W>),
}

impl<W: Write + Send> PartedTable<W> {
    /// As CSV.
    pub const fn csv(out: W) -> Self {
        Self { form: Form::Csv { out, has_head: false } }
    }

    /// As the ending of a file's name says: `.parquet`, else CSV.
    pub fn named(file: &Path, out: W) -> Self {
        #[cfg(feature = "parquet")]
        if file.extension().is_some_and(|ending| ending == "parquet") {
            return Self { form: Form::Parquet(Parts::Before(out)) };
        }
        let _ = file;
        Self::csv(out)
    }

    /// Writes a part; all have the same columns.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn add(&mut self, part: &dyn Sheet) -> io::Result<()> {
        match &mut self.form {
            Form::Csv { out, has_head: true } => part.write_rows(out),
            Form::Csv { out, has_head } => {
                *has_head = true;
                part.write(out)
            }
            #[cfg(feature = "parquet")]
            Form::Parquet(parts) => parts.add(part).map_err(io::Error::other),
        }
    }

    /// Ends the table.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn close(self) -> io::Result<()> {
        match self.form {
            Form::Csv { mut out, .. } => out.flush(),
            #[cfg(feature = "parquet")]
            Form::Parquet(parts) => parts.close().map_err(io::Error::other),
        }
    }
}
