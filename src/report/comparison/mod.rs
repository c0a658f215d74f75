//! Scenarios compared: the table for people, `comparison.json`, `comparison.parquet`.

mod differences;
mod figures;
mod gains;
mod json;
mod read;
mod routes;
mod sentences;
mod table;

use std::io::{self, Write};

use super::answer::{Answer, Shortfall};
#[cfg(feature = "charts")]
use super::chart::{self, Picture};
use super::{Headline, Sheet};
use crate::comparison::Comparison;
use crate::report::screen::Screen;
use crate::words::Period;

use json::{Listed, write_comparison_json};
use table::{DETAILS, write_comparison_details, write_comparison_table};

#[cfg(all(feature = "parquet", feature = "disk"))]
pub use differences::differences_of;
pub(super) use figures::label;
#[cfg(feature = "charts")]
pub(super) use figures::main_section;
pub(super) use figures::{Figure, figures};
pub use read::comparison_of;
#[cfg(feature = "xlsx")]
pub(super) use sentences::sentence;
pub(super) use table::{headline, lead};

/// What-ifs compared with their base, as an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// What was found.
    pub comparison: Comparison,
    /// The period of the table for people; all else is of all periods.
    pub period: Period,
    /// What it lacks.
    pub shortfall: Option<Shortfall>,
}

impl Answer for Compared {
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        let routes = &self.comparison.routes;
        vec![
            differences::differences(&self.comparison),
            gains::figures(&self.comparison),
            routes::alternatives(routes),
            routes::shippers(routes),
        ]
    }

    fn document(&self) -> Option<&'static str> {
        Some("comparison.json")
    }

    fn headline(&self) -> Headline {
        headline(&self.comparison, &self.period)
    }

    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_comparison_table(&self.comparison, &self.period, out)
    }

    fn details(&self) -> &'static str {
        DETAILS
    }

    fn write_details(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_comparison_details(&self.comparison, &self.period, out)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_comparison_json(&self.comparison, Listed::Differences, out)
    }

    fn in_parquet(&self) -> Option<(&'static str, &'static str)> {
        Some((differences::AS_TEXT, differences::DIFFERENCES))
    }

    fn write_document(&self, out: &mut dyn Write) -> io::Result<()> {
        let listed = if cfg!(feature = "parquet") { Listed::Nothing } else { Listed::Differences };
        write_comparison_json(&self.comparison, listed, out)
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        chart::of_comparison(&self.comparison)
    }

    fn shortfall(&self) -> Option<Shortfall> {
        self.shortfall.clone()
    }
}
