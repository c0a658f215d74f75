//! What goes into a workbook of results.

use serde::Deserialize;

use crate::comparison::Difference;
use crate::results::{Run, ScenarioIdentity, Summary};
use crate::words::{Measure, Statistic, Subject};

/// A figure of a scenario with its provenance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assumption {
    /// Its path.
    pub path: String,
    /// What it means.
    pub meaning: String,
    /// Its number, where it is one number.
    pub number: Option<f64>,
    /// Its unit, or all of it where it is not one number.
    pub unit: String,
    /// Lowest and highest plausible value, as written.
    pub range: String,
    /// A official, B press, C inference; empty where nothing is said.
    pub grade: String,
    /// Who published it.
    pub source: String,
    /// What else there is to say.
    pub note: String,
}

/// A scenario whose results go into a workbook.
#[derive(Clone, Debug)]
pub struct ExportedScenario {
    /// What it is called beside the others.
    pub name: String,
    /// Where its results lie, as the reader knows it.
    pub place: String,
    /// Its results.
    pub summary: Summary,
    /// Its figures with their provenance, weakest first.
    pub assumptions: Vec<Assumption>,
}

/// A comparison, as its document says it.
#[derive(Clone, Debug, Deserialize)]
pub struct ComparisonDocument {
    /// The base.
    pub scenario: ScenarioIdentity,
    /// How it was simulated.
    pub run: Run,
    /// What people read first.
    pub headline: DocumentHeadline,
    /// The what-ifs.
    pub what_ifs: Vec<WhatIfHead>,
    /// What the comparison comes to.
    pub outcome: Option<Outcome>,
    /// All differences.
    pub differences: Vec<Difference>,
}

/// The lines that people read first.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct DocumentHeadline {
    /// Of what the answer is, and how it was found.
    pub about: Vec<String>,
    /// What was found.
    pub found: Vec<String>,
}

/// A what-if of a comparison.
#[derive(Clone, Debug, Deserialize)]
pub struct WhatIfHead {
    /// Its name.
    pub name: String,
    /// What it comes to, in a sentence.
    pub verdict: String,
}

/// The figure that a comparison is about.
#[derive(Clone, Debug, Deserialize)]
pub struct Outcome {
    /// What is measured.
    pub measure: Measure,
    /// Of what.
    pub subject: Subject,
    /// Which number of it.
    pub statistic: Statistic,
}

/// What goes into a workbook.
#[derive(Clone, Debug, Default)]
pub struct Exported {
    /// Scenarios, in the order of the sheets' rows.
    pub scenarios: Vec<ExportedScenario>,
    /// Comparisons.
    pub comparisons: Vec<ComparisonDocument>,
}
