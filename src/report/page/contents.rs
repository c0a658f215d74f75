//! What a page is made of.

use super::live::LivePart;
use super::replayed::ReplayPart;
use crate::comparison::Comparison;
use crate::report::phrases::{Phrases, phrases};
use crate::results::Summary;
use crate::scenario::Parameter;
use crate::validation::Validation;
use crate::words::Language;

/// What a page is made of.
pub struct Page<'a> {
    /// The language of its words; those of the scenario stay as they are.
    pub language: Language,
    /// The results of the scenario, or of the base of a comparison.
    pub summary: &'a Summary,
    /// What-ifs beside it, where it is of a comparison.
    pub comparison: Option<&'a Comparison>,
    /// Observed figures beside the simulated ones, where there are any.
    pub validation: Option<&'a Validation>,
    /// What the scenario says of itself, in a few sentences; empty where it says nothing.
    pub description: &'a str,
    /// Its quantities, the least known first.
    pub assumptions: &'a [Parameter],
    /// How many there are of what the scenario is made of.
    pub counts: Counts,
    /// Its charts.
    pub charts: &'a [DrawnChart],
    /// The command that gives the same results again.
    pub command: &'a str,
    /// What makes it live, where it is.
    pub live: Option<LivePart<'a>>,
    /// Years that can be replayed on its map.
    pub replay: Option<ReplayPart<'a>>,
}

/// A chart as it stands in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnChart {
    /// The name of its files.
    pub name: String,
    /// The chart as SVG, drawn by this program.
    pub svg: String,
}

/// How many there are of the things of a scenario.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Nodes.
    pub nodes: usize,
    /// Links.
    pub links: usize,
    /// Facilities.
    pub facilities: usize,
    /// Storages.
    pub storages: usize,
    /// Fleets.
    pub fleets: usize,
    /// Pools.
    pub pools: usize,
    /// Cargoes.
    pub cargoes: usize,
    /// Flows.
    pub flows: usize,
    /// Closures.
    pub closures: usize,
}

impl Page<'_> {
    pub(super) const fn phrases(&self) -> &'static Phrases {
        phrases(self.language)
    }
}
