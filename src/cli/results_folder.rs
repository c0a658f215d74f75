//! Folders of results, as pages and workbooks are made of them.

use std::path::{Path, PathBuf};

use super::exit::Failure;
use crate::comparison::{Comparison, WhatIf};
use crate::files;
use crate::report::{compare_command, comparison_of, differences_of, file_name, run_command, source};
use crate::results::files::{BASE, SCENARIO};
use crate::results::{ReadError, Results, Study, Summary};
use crate::study::Scenario;

/// Most bytes of a document that is read.
const MOST: u64 = 1 << 28;

/// The results of a scenario, or its measures where these alone are kept.
pub(super) struct ResultsFolder {
    path: PathBuf,
    /// The name or path by which a command reads the scenario.
    source: String,
    /// Its simulated years; `None` of a part of a comparison.
    pub(super) results: Option<Results>,
    pub(super) summary: Summary,
    /// The scenario as it was simulated.
    pub(super) scenario: Scenario,
}

impl ResultsFolder {
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let results = Results::read(path).map_err(unread)?;
        let summary = results.summary();
        results.check().map_err(|error| unread(error.into()))?;
        Self::of(path, summary, Some(results))
    }

    /// Reads the measures alone.
    fn read_measures(path: &Path) -> Result<Self, Failure> {
        Self::of(path, Summary::read(path).map_err(unread)?, None)
    }

    fn of(path: &Path, summary: Summary, results: Option<Results>) -> Result<Self, Failure> {
        let file = path.join(SCENARIO);
        let scenario = Scenario::open(&file.to_string_lossy());
        Ok(Self {
            path: path.to_owned(),
            source: source(&summary.manifest.scenario, &file.to_string_lossy()),
            summary,
            results,
            scenario: scenario.map_err(|rejected| Failure::Wrong(rejected.to_string()))?,
        })
    }

    /// Years of a scenario that lie in no folder.
    pub(super) fn of_years(results: Results, scenario: Scenario, source: &str) -> Self {
        let summary = results.summary();
        Self { path: PathBuf::new(), source: source.to_owned(), summary, results: Some(results), scenario }
    }

    /// The name or path by which a command reads the scenario.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// A document that stands beside the results; `None` where there is no such file.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Failure> {
        let path = self.path.join(name);
        if path.is_file() { text(&path).map(Some) } else { Ok(None) }
    }

    /// The command that simulates the same again.
    pub(super) fn command(&self) -> String {
        run_command(&self.summary.manifest, &self.source)
    }
}

/// The results of a comparison.
pub(super) struct ComparedFolder {
    path: PathBuf,
    pub(super) base: ResultsFolder,
    pub(super) comparison: Comparison,
}

impl ComparedFolder {
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let base = ResultsFolder::read_measures(&path.join(BASE))?;
        let document = path.join(Study::COMPARISON.summary);
        let differences = differences_of(path).map_err(unread)?;
        let comparison = comparison_of(&text(&document)?, differences, base.summary.network.clone());
        let comparison = comparison.map_err(|what| wrong(&document, &what))?;
        Ok(Self { path: path.to_owned(), base, comparison })
    }

    /// The results of a what-if.
    pub(super) fn of_what_if(&self, what_if: &WhatIf) -> Result<ResultsFolder, Failure> {
        ResultsFolder::read_measures(&self.path.join(file_name(&what_if.name)))
    }

    /// The command that compares the same again.
    pub(super) fn command(&self) -> String {
        compare_command(&self.comparison, |part| self.path.join(part).join(SCENARIO).to_string_lossy().into_owned())
    }
}

#[expect(clippy::needless_pass_by_value, reason = "made for `map_err`")]
fn unread(error: ReadError) -> Failure {
    Failure::Wrong(error.to_string())
}

fn text(path: &Path) -> Result<String, Failure> {
    let bytes = files::read(path, MOST).map_err(Failure::files(format!("cannot read {}", path.display())))?;
    String::from_utf8(bytes).map_err(|_| wrong(path, "it is not text"))
}

/// A file of a folder that is not as this version writes it.
pub(super) fn wrong(path: &Path, what: &str) -> Failure {
    Failure::Wrong(format!("{} is not as this version writes it: {what}", path.display()))
}
