//! What demand makes of a what-if where it answers to time and cost.

use crate::words::{FixedUnit, Measure, Subject};
use serde::{Deserialize, Serialize};

use crate::results::{Results, RowKey};
use crate::stats::sum;

/// A what-if at given demand and at the demand that it induces; all means over the same replications, inputs as
/// written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The what-if.
    pub what_if: String,
    /// Days of the corridor's mean transit time more than in the base, at given demand and the base's weights.
    pub days: Option<f64>,
    /// Tonnes a year carried: in the base, at given demand, with the response.
    pub tonnes: [f64; 3],
    /// The same in TEU, where there are any.
    pub teu: Option<[f64; 3]>,
    /// The facility that is idle least with the response: its path, and the share of its time.
    pub least_spare: Option<(Subject, f64)>,
    /// Rounds until volumes moved by less than 0.5 %.
    pub rounds: u32,
    /// False where they had not come to rest after the most rounds that are made.
    pub is_settled: bool,
}

/// A what-if and what answers to it, simulated.
#[derive(Clone, Copy, Debug)]
pub struct Responded<'a> {
    /// Its name.
    pub what_if: &'a str,
    /// The base.
    pub base: &'a Results,
    /// The what-if at given demand.
    pub given: &'a Results,
    /// The what-if at the demand that it induces.
    pub answered: &'a Results,
    /// Rounds until volumes moved by less than 0.5 %.
    pub rounds: u32,
    /// False where they had not come to rest after the most rounds that are made.
    pub is_settled: bool,
}

impl Response {
    /// What is told of it.
    pub fn of(of: &Responded<'_>) -> Self {
        let runs = [of.base, of.given, of.answered];
        let carried = |measure: Measure| {
            let means = runs.map(|run| mean(run, |key| key.measure == measure && key.subject.is_corridor()));
            let [base, given, answered] = means;
            Some([base?, given?, answered?])
        };
        let pair = super::pair::Pair::of(of.base, of.given);
        let days = super::weights::at_base_weights(&pair, Measure::TransitTime, FixedUnit::Days).map(|(_, values)| {
            let differences = values.differences();
            sum(differences.iter().copied()) / differences.len().max(1) as f64
        });
        Self {
            what_if: of.what_if.to_owned(),
            days,
            tonnes: carried(Measure::Throughput).unwrap_or([0.0; 3]),
            teu: carried(Measure::ThroughputTeu),
            least_spare: least_spare(of.answered),
            rounds: of.rounds,
            is_settled: of.is_settled,
        }
    }
}

fn mean(results: &Results, is_row: impl Fn(&RowKey) -> bool) -> Option<f64> {
    let row = results.catalogue.rows.iter().position(|key| key.period.is_horizon() && is_row(key))?;
    let values = results.values(row);
    (!values.is_empty()).then(|| sum(values.iter().copied()) / values.len() as f64)
}

fn least_spare(results: &Results) -> Option<(Subject, f64)> {
    let rows = results.catalogue.rows.iter().enumerate();
    let facilities = rows.filter(|(_, key)| {
        key.measure == Measure::SpareCapacity && key.unit == FixedUnit::One && key.period.is_horizon()
    });
    let spare = facilities.filter_map(|(row, key)| {
        let values = results.values(row);
        (!values.is_empty()).then(|| (key.subject.clone(), sum(values.iter().copied()) / values.len() as f64))
    });
    spare.min_by(|one, other| one.1.total_cmp(&other.1))
}
