//! What a closure does, as an answer.

mod answer;
mod csv;
mod json;
mod table;
mod words;

use std::io::{self, Write};

use super::Sheet;
use super::answer::{Answer, Shortfall};
#[cfg(feature = "charts")]
use super::chart::{self, Picture};
use super::headline::Headline;
use super::screen::Screen;
use crate::analysis::stress::Stress;

#[cfg(feature = "charts")]
pub(super) use words::{closure, moment, number};

impl Answer for Stress {
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        vec![csv::effects(self), csv::years(self), csv::backlogs(self)]
    }

    fn document(&self) -> Option<&'static str> {
        Some("stress.json")
    }

    fn headline(&self) -> Headline {
        answer::headline(self)
    }

    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()> {
        table::write_table(self, out)
    }

    fn details(&self) -> &'static str {
        "what late and gone mean here, and the queues that grow"
    }

    fn write_details(&self, out: &mut Screen<'_>) -> io::Result<()> {
        table::write_details(self, out)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::write_json(self, out)
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        chart::of_stress(self)
    }

    fn shortfall(&self) -> Option<Shortfall> {
        (!self.is_complete).then(|| Shortfall::stopped_after(self.manifest.run.replications))
    }
}
