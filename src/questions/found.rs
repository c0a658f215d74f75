//! What a study found, with what belongs to it.

use std::borrow::Cow;
use std::io::{self, Write};

use super::run::Ran;
#[cfg(feature = "charts")]
use crate::report::Picture;
use crate::report::{Answer, Headline, Screen, Sheet, Shortfall};
use crate::results::{Results, Summary};

/// What a study found, the results of its scenario that stand beside it, and what it lacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<A> {
    /// What was found.
    pub found: A,
    /// The scenario as it was simulated, where that belongs to the answer.
    pub ran: Option<Ran>,
    /// What the answer lacks.
    pub shortfall: Option<Shortfall>,
}

impl<A: Answer> Answer for Found<A> {
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        self.found.sheets()
    }

    fn document(&self) -> Option<&'static str> {
        self.found.document()
    }

    fn headline(&self) -> Headline {
        self.found.headline()
    }

    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()> {
        self.found.write_body(out)
    }

    fn details(&self) -> &'static str {
        self.found.details()
    }

    fn write_details(&self, out: &mut Screen<'_>) -> io::Result<()> {
        self.found.write_details(out)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        self.found.write_json(out)
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        self.found.pictures()
    }

    fn results(&self) -> Option<&Results> {
        self.ran.as_ref().and_then(Answer::results)
    }

    fn summary(&self) -> Option<Cow<'_, Summary>> {
        self.ran.as_ref().and_then(Answer::summary)
    }

    fn shortfall(&self) -> Option<Shortfall> {
        self.shortfall.clone().or_else(|| self.ran.as_ref().and_then(Answer::shortfall))
    }
}
