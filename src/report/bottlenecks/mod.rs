//! Bottlenecks, as an answer.

mod answer;
mod csv;
mod json;
mod ranking;
mod table;

use std::io::{self, Write};

use super::Sheet;
use super::answer::{Answer, Shortfall};
#[cfg(feature = "charts")]
use super::chart::{self, Picture};
use super::headline::Headline;
use super::screen::Screen;
use crate::analysis::Bottlenecks;
use crate::results::Results;

#[cfg(feature = "charts")]
pub(super) use ranking::{Tried, by_hours, signed};

impl Answer for Bottlenecks {
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        vec![csv::worths(self)]
    }

    fn document(&self) -> Option<&'static str> {
        Some("bottlenecks.json")
    }

    fn headline(&self) -> Headline {
        answer::headline(self)
    }

    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()> {
        table::write_table(self, out)
    }

    fn details(&self) -> &'static str {
        "use and waiting, the ranking by tonnes, what each measure names and the queues that grow"
    }

    fn write_details(&self, out: &mut Screen<'_>) -> io::Result<()> {
        table::write_details(self, out)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::write_json(self, out)
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        chart::of_bottlenecks(self)
    }

    fn results(&self) -> Option<&Results> {
        Some(&self.base)
    }

    fn shortfall(&self) -> Option<Shortfall> {
        let tried = self.rows.iter().filter(|row| row.gain.is_some()).count();
        let what = format!("stopped: {tried} steps were tried, the others have no worth yet");
        (!self.is_complete).then_some(Shortfall::Stopped(what))
    }
}
