//! Scenarios compared: the table for people, `comparison.json`, `comparison.csv`.

mod csv;
mod gains;
mod json;
mod routes;
mod table;

use std::io::{self, Write};
#[cfg(feature = "charts")]
use std::path::Path;

use super::answer::Answer;
#[cfg(feature = "charts")]
use super::chart::{self, ChartError};
use super::{Sheet, Study};
use crate::comparison::Comparison;
use crate::words::Period;

pub use json::write_comparison_json;
pub use table::write_comparison_table;
#[cfg(feature = "charts")]
pub(super) use table::{lead, main_section, named};

/// A comparison as an answer: its table is of one period, all else of all.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// What was found.
    pub comparison: &'a Comparison,
    /// The period of the table for people.
    pub period: &'a Period,
}

impl Answer for Compared<'_> {
    fn study(&self) -> Study {
        Study::Comparison
    }

    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        let routes = &self.comparison.routes;
        vec![
            csv::differences(self.comparison),
            gains::figures(self.comparison),
            routes::alternatives(routes),
            routes::shippers(routes),
        ]
    }

    fn document(&self) -> &'static str {
        "comparison.json"
    }

    fn write_table(&self, out: &mut dyn Write) -> io::Result<()> {
        write_comparison_table(self.comparison, self.period, out)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_comparison_json(self.comparison, out)
    }

    #[cfg(feature = "charts")]
    fn draw(&self, dir: &Path) -> Result<(), ChartError> {
        chart::draw_comparison(self.comparison, dir)
    }
}
