//! Scenarios compared: the table for people, `comparison.json`, `comparison.csv`.

mod csv;
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

use json::write_comparison_json;
use table::{DETAILS, write_comparison_details, write_comparison_table};

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
            csv::differences(&self.comparison),
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
        write_comparison_json(&self.comparison, out)
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        chart::of_comparison(&self.comparison)
    }

    fn shortfall(&self) -> Option<Shortfall> {
        self.shortfall.clone()
    }
}
