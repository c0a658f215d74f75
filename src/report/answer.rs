//! The one shape of what studies find: a table for people, tables with all digits, a document, pictures.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Sheet;
#[cfg(feature = "charts")]
use super::chart::Picture;
use super::headline::Headline;
use super::screen::Screen;
use crate::results::{Results, Summary};

/// What a study found. Standard output and folders are written once for all answers.
pub trait Answer {
    /// Its tables with all digits; the first is what `--format csv` prints.
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>>;

    /// The name of its document in a folder; `None` where the summary of the results says all.
    fn document(&self) -> Option<&'static str>;

    /// What people read first.
    fn headline(&self) -> Headline;

    /// Writes what stands below the headline for people, details or not.
    ///
    /// # Errors
    /// If the output cannot be written.
    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()>;

    /// What the details are, in words that end a sentence; nothing where there are none.
    fn details(&self) -> &'static str {
        ""
    }

    /// Writes what stands behind the answer.
    ///
    /// # Errors
    /// If the output cannot be written.
    fn write_details(&self, _: &mut Screen<'_>) -> io::Result<()> {
        Ok(())
    }

    /// Writes it for people: headline, body, and the details or that there are some.
    ///
    /// # Errors
    /// If the output cannot be written.
    fn write_table(&self, out: &mut Screen<'_>, in_detail: bool) -> io::Result<()> {
        self.headline().write(out)?;
        self.write_body(out)?;
        match self.details() {
            "" => Ok(()),
            _ if in_detail => self.write_details(out),
            what => writeln!(out, "\n--details prints {what}."),
        }
    }

    /// Writes all of it as a JSON document, headline included, with all digits.
    ///
    /// # Errors
    /// If the output cannot be written.
    fn write_json(&self, out: &mut dyn Write) -> io::Result<()>;

    /// The table that a folder holds in Parquet instead of as text, and the name that it has there, where one is too long for
    /// people; the document of the folder does not repeat it.
    fn in_parquet(&self) -> Option<(&'static str, &'static str)> {
        None
    }

    /// Writes the document of its folder.
    ///
    /// # Errors
    /// If the output cannot be written.
    fn write_document(&self, out: &mut dyn Write) -> io::Result<()> {
        self.write_json(out)
    }

    /// Its pictures, each drawn when it is asked for.
    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>>;

    /// The results of the scenario as it is, where the study has them: they stand beside the answer in its folder.
    fn results(&self) -> Option<&Results> {
        None
    }

    /// The summary of [`Self::results`].
    fn summary(&self) -> Option<Cow<'_, Summary>> {
        self.results().map(|results| Cow::Owned(results.summary()))
    }

    /// What it lacks; `None` where all that was asked for was done.
    fn shortfall(&self) -> Option<Shortfall> {
        None
    }

    /// Writes its first table as CSV.
    ///
    /// # Errors
    /// If the output cannot be written.
    fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        self.sheets().first().map_or(Ok(()), |sheet| sheet.write(out))
    }
}

/// Why an answer is not of all that was asked for, in a sentence for the reader.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Shortfall {
    /// A stop was asked for, or a part was left out: what was finished is whole.
    #[error("{0}")]
    Stopped(String),
    /// A part failed after others were finished.
    #[error("{0}")]
    Failed(String),
}

impl Shortfall {
    /// A stop after so many simulated years.
    pub fn stopped_after(years: impl std::fmt::Display) -> Self {
        Self::Stopped(format!("stopped: the results are of the {years} simulated years that were finished"))
    }
}
