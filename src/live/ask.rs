//! What the page asks of its engine, whatever that runs in.

use serde::{Deserialize, Serialize};

use super::{Live, LiveError, Wanted};
use crate::report::LiveFragments;

/// What the page asks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ask {
    /// These options stand beside today's scenario from now on.
    Load(Vec<Wanted>),
    /// A year of a world is wanted.
    Run(YearOf),
    /// What is under way is not wanted any more.
    Stop,
    /// What it comes to so far is wanted.
    Result,
}

/// A year of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct YearOf {
    /// 0: today's; from 1 on the options.
    pub world: usize,
    /// The number of the replication.
    pub year: u32,
}

/// What the years so far come to, as the page shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    /// How many years all worlds have.
    pub years: usize,
    /// Parts of the page; none before the first year.
    pub parts: Option<LiveFragments>,
    /// What repeats it.
    pub command: String,
    /// The options as scenario files, in their order.
    pub overlays: Vec<String>,
}

impl Live {
    /// What the years so far come to.
    pub fn found(&self) -> Found {
        let overlays = (1..).map_while(|number| self.overlay(number));
        Found { years: self.years(), parts: self.fragments(), command: self.command(), overlays: overlays.collect() }
    }

    /// What is asked for, as JSON.
    ///
    /// # Errors
    /// It is nothing that is asked for.
    pub fn read(ask: &str) -> Result<Ask, LiveError> {
        serde_json::from_str(ask).map_err(|error| LiveError::Unread(error.to_string()))
    }
}
