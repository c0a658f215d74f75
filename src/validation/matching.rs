//! History matching: which values of unknown parameters are not ruled out by what was observed.
//!
//! A point is a value of each parameter. It is ruled out where any figure is implausible there: the observed and the simulated one
//! lie further apart than observation, simulation and model can explain (Craig, Goldstein, Seheult, Smith, "Pressure matching for
//! hydrocarbon reservoirs", 1997; Andrianakis and others, 2015). What is left is a space of
//! values, not a best one. Figures of class `tested` are not looked at.

use serde::{Deserialize, Serialize};

use super::assign::Assigned;
use super::class::Class;
use super::compare::{ValidatedFigure, Validation};
use crate::results::{Manifest, Summary};
use crate::stats::student_quantile;

/// What a model may be wrong by, as one standard deviation: a share of the observed figure. Nobody can measure it; it is judged by
/// who asks (Brynjarsdóttir and O'Hagan, "Learning about physical parameters: the importance of model discrepancy", 2014).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelError {
    /// Of times.
    pub times: f64,
    /// Of all else.
    pub others: f64,
}

/// A figure further off than so many standard deviations rules a point out: at most one in twenty of any one-peaked law
/// is (Pukelsheim, American Statistician 48, 1994).
pub const IMPLAUSIBLE: f64 = 3.0;

/// A figure at a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatchedFigure {
    /// Observed and simulated.
    #[serde(flatten)]
    pub figure: ValidatedFigure,
    /// How many standard deviations lie between; `None` where nothing was simulated.
    pub implausibility: Option<f64>,
}

impl MatchedFigure {
    /// Compares. A band is taken as a uniform law of the true figure, which gives its standard deviation; the simulated mean has that
    /// of its interval, whose half-width is `quantile` of them.
    fn of(figure: ValidatedFigure, quantile: f64, error: ModelError) -> Self {
        let band = figure.low.zip(figure.high).map_or(0.0, |(low, high)| (high - low) / libm::sqrt(12.0));
        let sampling = figure.half_width.unwrap_or(0.0) / quantile;
        let is_time = matches!(figure.unit.as_str(), "d" | "h");
        let share = if is_time { error.times } else { error.others };
        let model = share * figure.observed.abs();
        let apart = figure.simulated.map(|simulated| (simulated - figure.observed).abs());
        let spread = libm::sqrt(band * band + sampling * sampling + model * model);
        let implausibility = apart.map(|apart| if apart > 0.0 { apart / spread } else { 0.0 });
        Self { figure, implausibility }
    }

    /// Whether it rules its point out; what did not happen at all does.
    pub fn rules_out(&self) -> bool {
        self.implausibility.is_none_or(|implausibility| implausibility > IMPLAUSIBLE)
    }
}

/// A value of each parameter, and how far the figures are off there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatchPoint {
    /// By parameter.
    pub values: Vec<f64>,
    /// By figure.
    pub figures: Vec<MatchedFigure>,
}

impl MatchPoint {
    /// Holds the results of a point against the figures that are not held out.
    pub fn of(values: Vec<f64>, assigned: &[Assigned], summary: &Summary, error: ModelError) -> Self {
        let run = &summary.manifest.run;
        let quantile = student_quantile(0.5 + 0.5 * run.level, f64::from(run.replications.max(2) - 1));
        let figures = Validation::of(assigned, summary).figures.into_iter();
        let figures = figures.map(|figure| MatchedFigure::of(figure, quantile, error)).collect();
        Self { values, figures }
    }

    /// Whether any figure rules it out.
    pub fn is_ruled_out(&self) -> bool {
        self.figures.iter().any(MatchedFigure::rules_out)
    }

    /// The largest implausibility of its figures.
    pub fn worst(&self) -> f64 {
        self.figures.iter().map(|one| one.implausibility.unwrap_or(f64::INFINITY)).fold(0.0, f64::max)
    }

    /// Whether every figure that has a band lies in it.
    pub fn is_in_all_bands(&self) -> bool {
        self.figures.iter().all(|one| one.figure.in_band != Some(false))
    }
}

/// The figures that may be matched: all but those that are held out.
pub fn not_held_out(assigned: Vec<Assigned>) -> Vec<Assigned> {
    assigned.into_iter().filter(|assigned| assigned.observation.class != Class::Tested).collect()
}

/// A parameter that is not known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatchedParameter {
    /// Its path, with the sign of `+=` or `*=` where there is one.
    pub name: String,
    /// Unit of its values; empty for bare numbers.
    pub unit: String,
    /// From where to where it was tried.
    pub tried: [f64; 2],
}

/// Points, and what was observed against each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matching {
    /// How each point was simulated; the scenario is the one as it is written.
    #[serde(flatten)]
    pub manifest: Manifest,
    /// What is not known.
    pub parameters: Vec<MatchedParameter>,
    /// What the model may be wrong by.
    pub model_error: ModelError,
    /// Points that were asked for.
    pub asked: usize,
    /// Points that were finished, in the order of the design.
    pub points: Vec<MatchPoint>,
}

impl Matching {
    /// Points that are not ruled out.
    pub fn left(&self) -> impl Iterator<Item = &MatchPoint> {
        self.points.iter().filter(|point| !point.is_ruled_out())
    }

    /// The point whose worst figure is off by least, if any was finished.
    pub fn nearest(&self) -> Option<&MatchPoint> {
        self.points.iter().min_by(|one, other| one.worst().total_cmp(&other.worst()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ERROR: ModelError = ModelError { times: 0.1, others: 0.05 };
    use crate::validation::synthetic_validation;

    fn figure(observed: f64, simulated: f64, unit: &str) -> ValidatedFigure {
        let like = synthetic_validation().figures[0].clone();
        let (low, high) = (Some(observed - 6.0), Some(observed + 6.0));
        let (simulated, half_width) = (Some(simulated), None);
        ValidatedFigure { observed, simulated, half_width, low, high, unit: unit.to_owned(), ..like }
    }

    /// By hand: the band is 12 / √12 = 3.46, the model 4 of a time of 40, together 5.29; of a tonnage 2, together 4.
    #[test]
    fn implausibility_is_the_distance_in_standard_deviations() {
        let of = |unit| MatchedFigure::of(figure(40.0, 52.0, unit), 2.0, ERROR).implausibility.unwrap();
        assert!((of("d") - 12.0 / 28.0_f64.sqrt()).abs() < 1e-12, "{}", of("d"));
        assert!((of("t/yr") - 3.0).abs() < 1e-12, "{}", of("t/yr"));
        let sampled = ValidatedFigure { half_width: Some(6.0), ..figure(40.0, 52.0, "t/yr") };
        assert!((MatchedFigure::of(sampled, 2.0, ERROR).implausibility.unwrap() - 12.0 / 5.0).abs() < 1e-12);
    }

    #[test]
    fn one_figure_rules_a_point_out_and_so_does_one_that_did_not_happen() {
        let near = MatchedFigure::of(figure(40.0, 44.0, "d"), 2.0, ERROR);
        let far = MatchedFigure::of(figure(40.0, 60.0, "d"), 2.0, ERROR);
        let none = MatchedFigure::of(ValidatedFigure { simulated: None, ..figure(40.0, 0.0, "d") }, 2.0, ERROR);
        let point = |figures: &[&MatchedFigure]| MatchPoint {
            values: vec![1.0],
            figures: figures.iter().map(|&one| one.clone()).collect(),
        };
        assert!(!point(&[&near]).is_ruled_out());
        assert!(point(&[&near, &far]).is_ruled_out() && point(&[&none]).is_ruled_out());
        assert!((point(&[&near, &far]).worst() - 20.0 / 28.0_f64.sqrt()).abs() < 1e-12);
        assert!(point(&[&none]).worst().is_infinite());
    }
}
