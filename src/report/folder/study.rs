//! The studies that have a folder, and the names of their files.

use crate::results::files::{BINS, COMPARISON, HISTOGRAMS, REPLICATIONS, ROUTES, SCENARIO, STRESS, SUMMARY, SWEEP};

/// What a folder of results is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Study {
    /// One scenario, also of merged ranges of replications.
    Run,
    /// One scenario beside observed figures.
    Validation,
    /// One scenario, and what one more of each capacity is worth.
    Bottlenecks,
    /// One scenario, and how far its traffic can grow.
    Capacity,
    /// Points of a sweep.
    Sweep,
    /// Years with and without a closure.
    Stress,
    /// What-ifs and their base.
    Comparison,
    /// Routes between two places, without simulation.
    Routes,
}

/// The files that are written last and removed first: where none is, the folder is incomplete.
pub(super) const SUMMARIES: [&str; 5] = [SUMMARY, COMPARISON, SWEEP, STRESS, ROUTES];

/// Files beside the summary of a scenario by which other studies than a run are known.
pub(super) const BESIDE: [&str; 2] = [BOTTLENECKS, CAPACITY];
const BOTTLENECKS: &str = "bottlenecks.json";
const CAPACITY: &str = "capacity.json";

/// What every folder of one scenario has, besides its summary.
const OF_A_SCENARIO: [&str; 6] =
    ["measures.csv", "measures.parquet", REPLICATIONS, HISTOGRAMS, BINS, "network.geojson"];

impl Study {
    /// The file that is written last.
    pub(super) const fn summary(self) -> &'static str {
        match self {
            Self::Run | Self::Validation | Self::Bottlenecks | Self::Capacity => SUMMARY,
            Self::Sweep => SWEEP,
            Self::Stress => STRESS,
            Self::Comparison => COMPARISON,
            Self::Routes => ROUTES,
        }
    }

    /// The file by which its folder is known.
    pub(super) const fn mark(self) -> &'static str {
        match self {
            Self::Bottlenecks => BOTTLENECKS,
            Self::Capacity => CAPACITY,
            _ => self.summary(),
        }
    }

    /// Names that its files have whatever comes out.
    pub(super) fn names(self) -> Vec<&'static str> {
        let own: &[&str] = match self {
            Self::Run => &[],
            Self::Validation => &["validation.csv", "validation.json", "shares.csv", "shares.json"],
            Self::Bottlenecks => &[BOTTLENECKS, "bottlenecks.csv"],
            Self::Capacity => &[CAPACITY, "capacity.csv"],
            Self::Sweep => &["sweep.csv"],
            Self::Stress => &["stress.csv", "years.csv", "backlog.csv"],
            Self::Comparison => &["comparison.csv", "gains.csv", "routes.csv", "shippers.csv"],
            Self::Routes => &["routes.csv"],
        };
        let of_a_scenario = if self.summary() == SUMMARY { OF_A_SCENARIO.as_slice() } else { &[] };
        let scenario: &[&str] = if self == Self::Comparison { &[] } else { &[SCENARIO] };
        [&[self.summary()], own, of_a_scenario, scenario].concat()
    }

    /// Results in words, by the file by which a folder is known.
    pub(super) fn told_by(mark: &str) -> &'static str {
        match mark {
            BOTTLENECKS => "the results of a search for bottlenecks",
            CAPACITY => "the results of a search for capacity",
            COMPARISON => "the results of a comparison",
            SWEEP => "the results of a sweep",
            STRESS => "the results of a stress test",
            ROUTES => "the results of a search for routes",
            _ => "the results of a scenario",
        }
    }
}
