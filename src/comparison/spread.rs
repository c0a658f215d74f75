//! Which inputs make the spread of a difference over draws.

use crate::words::{Measure, Subject};
use serde::{Deserialize, Serialize};

use super::difference::by_draw;
use super::pair::{Both, Pair};
use crate::stats::Drivers;
use crate::stats::Moments;

/// How many inputs are named.
const NAMED: usize = 8;

/// What the draws of the inputs were.
#[derive(Clone, Debug, Default)]
pub struct InputDraws {
    /// Inputs that are drawn apart: paths, or names of values that vary together.
    pub names: Vec<String>,
    /// By draw, the standard normal deviate of each.
    pub deviates: Vec<Vec<f64>>,
}

/// An input and what it has to do with a difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InputShare {
    /// Path or name.
    pub input: String,
    /// Rank correlation of the input with the difference: above zero where more of it makes more.
    pub correlation: f64,
    /// The share of the spread that goes with it.
    pub share: f64,
    /// Whether it is distinguished from what chance makes of so many inputs.
    pub is_significant: bool,
}

/// The inputs that make most of the spread of a difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// The measure.
    pub measure: Measure,
    /// Its subject.
    pub subject: Subject,
    /// The first eight, the largest share first.
    pub inputs: Vec<InputShare>,
}

/// The spread of the headline differences: section times and the corridor's throughput.
pub(super) fn spreads(pair: &Pair<'_>, draws: &InputDraws) -> Vec<Spread> {
    let rows = pair.base.catalogue.rows.iter().enumerate();
    let leads = rows.filter(|(_, key)| key.is_headline());
    leads
        .filter_map(|(row, key)| {
            let outputs = by_draw(pair, &pair.values(Both { base: Some(row), other: Some(pair.row(key)?) }))?;
            let outputs: Vec<f64> = outputs.iter().filter_map(Moments::mean).collect();
            let drivers = Drivers::of(draws.deviates.get(..outputs.len())?, &outputs, pair.base.manifest.run.level)?;
            let named = drivers.inputs.iter().take(NAMED).map(|driver| InputShare {
                input: draws.names[driver.input].clone(),
                correlation: driver.correlation,
                share: driver.share(),
                is_significant: driver.is_significant,
            });
            Some(Spread { measure: key.measure, subject: key.subject.clone(), inputs: named.collect() })
        })
        .collect()
}
