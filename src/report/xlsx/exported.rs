//! What goes into a workbook of results.

use crate::comparison::Comparison;
use crate::results::Summary;
use crate::scenario::Parameter;

/// A scenario whose results go into a workbook.
#[derive(Clone, Debug)]
pub struct ExportedScenario {
    /// What it is called beside the others.
    pub name: String,
    /// The command that simulates it again.
    pub command: String,
    /// Its results.
    pub summary: Summary,
    /// Its figures with their provenance, weakest first.
    pub assumptions: Vec<Parameter>,
}

/// What goes into a workbook.
#[derive(Clone, Debug, Default)]
pub struct Exported {
    /// Scenarios, in the order of the sheets' rows.
    pub scenarios: Vec<ExportedScenario>,
    /// Comparisons.
    pub comparisons: Vec<Comparison>,
}
