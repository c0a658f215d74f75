//! Practical capacity and its relief, as an answer.

mod amounts;
mod answer;
mod csv;
mod json;
mod limits;
mod report;
mod table;

use std::io::{self, Write};

use super::Sheet;
use super::answer::{Answer, Shortfall};
#[cfg(feature = "charts")]
use super::chart::{self, Picture};
use super::headline::Headline;
use super::screen::Screen;
use crate::results::Results;

#[cfg(feature = "charts")]
pub(super) use limits::binds;
pub use report::{CapacityReport, CapacityWhatIf};

impl Answer for CapacityReport {
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        vec![csv::traffics(self)]
    }

    fn document(&self) -> Option<&'static str> {
        Some("capacity.json")
    }

    fn headline(&self) -> Headline {
        answer::headline(self)
    }

    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()> {
        table::write_table(self, out)
    }

    fn details(&self) -> &'static str {
        "the traffics of the search, fresh numbers, bounds by arithmetic and rules of thumb"
    }

    fn write_details(&self, out: &mut Screen<'_>) -> io::Result<()> {
        table::write_details(self, out)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::write_json(self, out)
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        chart::of_capacity(self)
    }

    fn results(&self) -> Option<&Results> {
        Some(&self.capacity.base)
    }

    fn shortfall(&self) -> Option<Shortfall> {
        let is_complete = self.capacity.is_complete
            && self.what_ifs.iter().all(|what_if| what_if.capacity.is_complete)
            && self.relief.as_ref().is_none_or(|relief| relief.is_complete);
        let what = "stopped: the results are of the traffics that were finished";
        (!is_complete).then(|| Shortfall::Stopped(what.to_owned()))
    }
}
