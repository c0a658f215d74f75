//! Which inputs make the spread of a difference, or of the results of one scenario, over draws.

use crate::words::{Measure, Subject};
use serde::{Deserialize, Serialize};

use super::difference::by_draw;
use super::pair::{Both, Pair};
use crate::results::{MeasureRef, Results, draws_of};
use crate::stats::{Drivers, GroupShare, Moments};

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

/// What the spread of a scenario's headline figure over draws rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Foundation {
    /// Of what: the mean in each draw.
    pub figure: MeasureRef,
    /// The share of the variance that rests on values of a grade, with its half-width.
    pub share: GroupShare,
    /// The inputs that make most of it.
    pub spread: Spread,
}

/// What the spread of the headline figure rests on: of all draws, and of the same draws with the values of a grade drawn anew.
/// `None` where draws have one year each, or are too few, or inputs make no spread beyond sampling error.
pub fn foundation(all: &Results, anew: &Results, draws: &InputDraws) -> Option<Foundation> {
    let figure = MeasureRef::headline_of(&all.catalogue)?;
    let row = all.catalogue.rows.iter().position(|key| *key == figure.key)?;
    let level = all.manifest.run.level;
    let moments = moments_by_draw(all, row)?;
    let share = GroupShare::of(&moments, &moments_by_draw(anew, row)?, level)?;
    let means: Vec<f64> = moments.iter().filter_map(Moments::mean).collect();
    let drivers = Drivers::of(draws.deviates.get(..means.len())?, &means, level)?;
    let (measure, subject) = (figure.key.measure, figure.key.subject.clone());
    Some(Foundation { figure, share, spread: Spread { measure, subject, inputs: named(&drivers, draws) } })
}

/// The replications of each draw.
fn moments_by_draw(results: &Results, row: usize) -> Option<Vec<Moments>> {
    let years = results.manifest.run.years_per_draw?;
    let values: Vec<f64> = results.records.column(row);
    let draws = draws_of(results.records.numbers(), years);
    let of_draw =
        |values: &[f64]| Moments::of(&values.iter().copied().filter(|value| !value.is_nan()).collect::<Vec<_>>());
    Some(draws.into_iter().map(|draw| of_draw(&values[draw])).collect())
}

fn named(drivers: &Drivers, draws: &InputDraws) -> Vec<InputShare> {
    let share = |driver: &crate::stats::Driver| InputShare {
        input: draws.names[driver.input].clone(),
        correlation: driver.correlation,
        share: driver.share(),
        is_significant: driver.is_significant,
    };
    drivers.inputs.iter().take(NAMED).map(share).collect()
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
            Some(Spread { measure: key.measure, subject: key.subject.clone(), inputs: named(&drivers, draws) })
        })
        .collect()
}
