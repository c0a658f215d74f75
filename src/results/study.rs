//! The studies that have a folder: how each is named and known, one entry a study.

use super::files::{BINS, HISTOGRAMS, MEASURES, REPLICATIONS, SCENARIO, SUMMARY};

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
const OF_A_SCENARIO: [&str; 10] = [
    "measures.csv",
    MEASURES,
    REPLICATIONS,
    HISTOGRAMS,
    BINS,
    "network.geojson",
    "network.parquet",
    "subjects.csv",
    "periods.csv",
    "datapackage.json",
];

/// The one table of studies. With `beside` the files of a study stand beside the results of its scenario, with `alone` its
/// folder holds no results of one scenario. Then: ending of the folder's name, what it holds, document, other files.
macro_rules! studies {
    ($($(#[$doc:meta])* $name:ident $kind:ident $ending:literal $told:literal $mark:tt [$($file:literal)*];)+) => {
        impl Study {
            $($(#[$doc])* pub const $name: Self = Self::$kind($ending, $told, $mark, &[$($file),*]);)+

            /// All of them, in the order in which a folder is asked what it holds.
            pub const ALL: [Self; [$($told),+].len()] = [$(Self::$name),+];
        }
    };
}

studies! {
    /// One scenario, also of merged ranges of replications.
    RUN beside "" "the results of a scenario" SUMMARY [];
    /// One scenario beside observed figures.
    VALIDATION beside "" "the results of a scenario" SUMMARY
        ["validation.csv" "validation.json" "shares.csv" "shares.json"];
    /// One scenario, and what one more of each capacity is worth.
    BOTTLENECKS beside "-bottlenecks" "the results of a search for bottlenecks" "bottlenecks.json" ["bottlenecks.csv"];
    /// One scenario, and how far its traffic can grow.
    CAPACITY beside "-capacity" "the results of a search for capacity" "capacity.json" ["capacity.csv"];
    /// What-ifs and their base.
    COMPARISON alone "-compare" "the results of a comparison" "comparison.json"
        ["comparison.parquet" "gains.csv" "routes.csv" "shippers.csv"];
    /// Points of a sweep.
    SWEEP alone "-sweep" "the results of a sweep" "sweep.json" ["sweep.csv"];
    /// Points of a history matching.
    MATCHING alone "-match" "the results of a history matching" "match.json" ["match.csv"];
    /// Years with and without a closure.
    STRESS alone "-stress" "the results of a stress test" "stress.json" ["stress.csv" "years.csv" "backlog.csv"];
    /// A scenario from its empty start on.
    WARM_UP alone "-warm-up" "the results of a search for the warm-up" "warm-up.json" ["warm-up.csv" "days.csv"];
    /// Routes between two places, without simulation.
    ROUTES alone "-routes" "the results of a search for routes" "routes.json" ["routes.csv"];
}

impl Study {
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
