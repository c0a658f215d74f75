//! The studies that have a folder: how each is named and known, one line a study.

use crate::results::files::{BINS, COMPARISON, HISTOGRAMS, REPLICATIONS, ROUTES, SCENARIO, STRESS, SUMMARY, SWEEP};

/// What a folder of results is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Study {
    /// What follows the name of the scenario in that of its default folder.
    pub ending: &'static str,
    /// Its results, in words.
    pub told: &'static str,
    /// The file that is written last and removed first: where none is, the folder is incomplete.
    pub summary: &'static str,
    /// The file by which its folder is known.
    pub mark: &'static str,
    /// Names that its other files have whatever comes out, besides those of a scenario's results.
    pub files: &'static [&'static str],
}

/// What every folder of one scenario has, besides its summary.
const OF_A_SCENARIO: [&str; 6] =
    ["measures.csv", "measures.parquet", REPLICATIONS, HISTOGRAMS, BINS, "network.geojson"];

const OBSERVED: [&str; 4] = ["validation.csv", "validation.json", "shares.csv", "shares.json"];
const COMPARED: [&str; 4] = ["comparison.csv", "gains.csv", "routes.csv", "shippers.csv"];
const STRESSED: [&str; 3] = ["stress.csv", "years.csv", "backlog.csv"];

impl Study {
    /// One scenario, also of merged ranges of replications.
    pub const RUN: Self = Self::beside("", "the results of a scenario", SUMMARY, &[]);
    /// One scenario beside observed figures.
    pub const VALIDATION: Self = Self::beside("", "the results of a scenario", SUMMARY, &OBSERVED);
    /// One scenario, and what one more of each capacity is worth.
    pub const BOTTLENECKS: Self = Self::beside(
        "-bottlenecks",
        "the results of a search for bottlenecks",
        "bottlenecks.json",
        &["bottlenecks.csv"],
    );
    /// One scenario, and how far its traffic can grow.
    pub const CAPACITY: Self =
        Self::beside("-capacity", "the results of a search for capacity", "capacity.json", &["capacity.csv"]);
    /// Points of a sweep.
    pub const SWEEP: Self = Self::alone("-sweep", "the results of a sweep", SWEEP, &["sweep.csv"]);
    /// Years with and without a closure.
    pub const STRESS: Self = Self::alone("-stress", "the results of a stress test", STRESS, &STRESSED);
    /// What-ifs and their base.
    pub const COMPARISON: Self = Self::alone("-compare", "the results of a comparison", COMPARISON, &COMPARED);
    /// Routes between two places, without simulation.
    pub const ROUTES: Self = Self::alone("-routes", "the results of a search for routes", ROUTES, &["routes.csv"]);

    /// All of them, in the order in which a folder is asked what it holds.
    pub const ALL: [Self; 8] = [
        Self::RUN,
        Self::VALIDATION,
        Self::BOTTLENECKS,
        Self::CAPACITY,
        Self::COMPARISON,
        Self::SWEEP,
        Self::STRESS,
        Self::ROUTES,
    ];

    /// A study whose files stand beside the results of its scenario.
    const fn beside(
        ending: &'static str,
        told: &'static str,
        mark: &'static str,
        files: &'static [&'static str],
    ) -> Self {
        Self { ending, told, summary: SUMMARY, mark, files }
    }

    /// A study whose folder holds no results of one scenario.
    const fn alone(
        ending: &'static str,
        told: &'static str,
        document: &'static str,
        files: &'static [&'static str],
    ) -> Self {
        Self { ending, told, summary: document, mark: document, files }
    }

    /// Names that its files have whatever comes out.
    pub fn names(self) -> Vec<&'static str> {
        let of_a_scenario = if self.summary == SUMMARY { OF_A_SCENARIO.as_slice() } else { &[] };
        let scenario: &[&str] = if self == Self::COMPARISON { &[] } else { &[SCENARIO] };
        [&[self.summary], &[self.mark], self.files, of_a_scenario, scenario].concat()
    }

    /// Whether a file of this name is the one that some study writes last.
    pub fn is_summary(name: &str) -> bool {
        Self::ALL.iter().any(|study| study.summary == name)
    }

    /// The study of a folder in which these files are, if there is the summary of any.
    pub fn found(has: impl Fn(&str) -> bool) -> Option<Self> {
        let summary = Self::ALL.iter().find(|study| has(study.summary))?.summary;
        let of_it = || Self::ALL.into_iter().filter(move |study| study.summary == summary);
        // What stands beside the results of a scenario says more than these.
        of_it().find(|study| study.mark != summary && has(study.mark)).or_else(|| of_it().next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_known_by_its_files() {
        let found = |files: &[&str]| Study::found(|name| files.contains(&name));
        assert_eq!(found(&["summary.json"]), Some(Study::RUN));
        assert_eq!(found(&["summary.json", "capacity.json"]), Some(Study::CAPACITY));
        assert_eq!(found(&["sweep.json", "capacity.json"]), Some(Study::SWEEP));
        assert_eq!(found(&["capacity.json"]), None, "its summary comes last");
        for study in Study::ALL.iter().filter(|study| **study != Study::VALIDATION) {
            assert_eq!(found(&[study.summary, study.mark]), Some(*study), "{study:?}");
        }
    }
}
