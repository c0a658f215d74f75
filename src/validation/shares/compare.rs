//! Shares that are predicted beside those that were observed.

use serde::Serialize;

use super::assign::{Assigned, Placed, assign};
use super::market::{Market, Target};
use super::period::Period;
use super::read::{ObservedShares, Unit};
use super::told::Told;
use crate::diagnostic::Diagnostics;
use crate::model::RouteTerms;
use crate::results::Manifest;
use crate::validation::class::Class;
use crate::validation::score::{Pair, Score};

/// Scales of the logit per dollar and TEU between which every prediction is made besides that of the scenario: what
/// published estimates leave open.
const SCALES: [f64; 2] = [0.0005, 0.005];

/// A figure, observed and predicted, both in its unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShareFigure {
    /// The choice.
    pub choice: String,
    /// The alternatives, as the file names them.
    pub alternative: String,
    /// Those among which a share is; empty: all.
    pub of: String,
    /// When.
    pub period: String,
    /// `%`, `% on PERIOD` or an amount.
    pub unit: String,
    /// What the observed figure was used for.
    pub class: Class,
    /// The sort of evidence, as the file has it.
    pub kind: String,
    /// As observed.
    pub observed: f64,
    /// Lower end of the observed band.
    pub low: Option<f64>,
    /// Upper end of it.
    pub high: Option<f64>,
    /// What the choice comes to without any constant.
    pub without_constants: f64,
    /// What it comes to with the constants of the latest tuned period that is not later.
    pub predicted: f64,
    /// The least and the most of the same at scales from 0.0005 to 0.005 per dollar and TEU.
    pub predicted_range: [f64; 2],
    /// Whether the predicted value lies in the band, where there is one.
    pub in_band: Option<bool>,
    /// Who published it.
    pub source: String,
    /// A official, B press, C inference.
    pub grade: String,
    /// What else there is to say.
    pub note: String,
}

/// What an alternative costs besides charge and time, so that the tuned figures of a period are met.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FittedConstant {
    /// The choice.
    pub choice: String,
    /// The period.
    pub period: String,
    /// The alternative.
    pub alternative: String,
    /// Dollars a unit; below 0 where more take it than charge and time explain.
    pub usd: f64,
    /// Unit of the cargo.
    pub unit: String,
    /// Whether the tuned figures of the period are met; not where they contradict each other.
    pub is_met: bool,
}

/// Charge and time of an alternative in a period that has figures, where they are not those of the base.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PeriodTerms {
    /// The choice.
    pub choice: String,
    /// The period.
    pub period: String,
    /// The alternative.
    pub alternative: String,
    /// Dollars a unit in the base and in the period.
    pub usd: [f64; 2],
    /// Days in the base and in the period.
    pub days: [f64; 2],
    /// Unit of the cargo.
    pub unit: String,
}

/// The choices of a scenario held against observed shares.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShareValidation {
    /// What was simulated.
    #[serde(flatten)]
    pub manifest: Manifest,
    /// By class, then in the order of the file.
    pub figures: Vec<ShareFigure>,
    /// By choice and period.
    pub constants: Vec<FittedConstant>,
    /// By choice and period.
    pub terms: Vec<PeriodTerms>,
    /// Over the tested figures, by unit.
    pub scores: Vec<Score>,
}

impl ShareValidation {
    /// Compares.
    ///
    /// # Errors
    /// Rows of the file that fit no choice of the scenario, each with its place.
    pub fn of(observed: &ObservedShares, markets: &[Market<'_>], manifest: &Manifest) -> Result<Self, Diagnostics> {
        let assigned = assign(observed, markets)?;
        let model = Model { assigned: &assigned, markets, scale: None };
        let mut figures: Vec<ShareFigure> = assigned.figures.iter().map(|placed| model.figure(placed)).collect();
        figures.sort_by_key(|figure| figure.class);
        Ok(Self {
            manifest: manifest.clone(),
            scores: scores(&figures),
            figures,
            constants: model.all_constants(),
            terms: model.all_terms(),
        })
    }

    /// Whether every row of a file fits a choice; asks for no simulation.
    ///
    /// # Errors
    /// Those of [`Self::of`].
    pub fn check(observed: &ObservedShares, markets: &[Market<'_>]) -> Result<(), Diagnostics> {
        assign(observed, markets).map(|_| ())
    }
}

fn scores(figures: &[ShareFigure]) -> Vec<Score> {
    let tested: Vec<&ShareFigure> = figures.iter().filter(|figure| figure.class == Class::Tested).collect();
    let mut units: Vec<&str> = tested.iter().map(|figure| figure.unit.as_str()).collect();
    units.sort_unstable();
    units.dedup();
    let pair = |figure: &ShareFigure| Pair {
        observed: figure.observed,
        simulated: figure.predicted,
        is_in_band: figure.in_band,
    };
    let of = |unit: &str| -> Vec<Pair> {
        tested.iter().filter(|figure| figure.unit == unit).map(|figure| pair(figure)).collect()
    };
    units.into_iter().map(|unit| Score::of(&of(unit), Some(unit))).collect()
}

/// The choices at a scale.
struct Model<'a> {
    assigned: &'a Assigned<'a>,
    markets: &'a [Market<'a>],
    /// Per dollar and TEU; none: that of each choice.
    scale: Option<f64>,
}

impl Model<'_> {
    fn figure(&self, placed: &Placed<'_>) -> ShareFigure {
        let (row, figure) = (placed.row, placed.figure);
        let predicted = self.value(placed, true);
        let at = |scale| Model { scale: Some(scale), ..*self }.value(placed, true);
        let all = [predicted, at(SCALES[0]), at(SCALES[1])];
        ShareFigure {
            choice: row.choice.clone(),
            alternative: row.alternatives.join(" + "),
            of: row.of.join(" + "),
            period: row.period.text.clone(),
            unit: figure.unit_text.clone(),
            class: figure.class,
            kind: row.kind.clone(),
            observed: figure.value,
            low: figure.band.map(|band| band.0),
            high: figure.band.map(|band| band.1),
            without_constants: self.value(placed, false),
            predicted,
            predicted_range: [all.into_iter().fold(f64::INFINITY, f64::min), all.into_iter().fold(f64::MIN, f64::max)],
            // A band that a tuned figure meets to rounding is met.
            in_band: figure.band.map(|(low, high)| {
                let rounding = 1e-6 * figure.value.abs().max(1.0);
                (low - rounding..=high + rounding).contains(&predicted)
            }),
            source: row.source.clone(),
            grade: row.grade.clone(),
            note: row.note.clone(),
        }
    }

    /// A figure as the model has it, in its unit.
    fn value(&self, placed: &Placed<'_>, with_constants: bool) -> f64 {
        let market = &self.markets[placed.choice];
        let shares = |period: &Period, fit: Fit| {
            let constants = if with_constants {
                self.constants(placed.choice, period, fit).0
            } else {
                vec![0.0; market.base.len()]
            };
            market.shares(&self.terms(placed.choice, period), &constants, self.scale_of(placed.choice))
        };
        let share = placed.which.share_in(&shares(&placed.row.period, Fit::All));
        match &placed.figure.unit {
            Unit::Share => 100.0 * share,
            Unit::ChangeOn(period) => 100.0 * (share / placed.which.share_in(&shares(period, Fit::Levels)) - 1.0),
            Unit::Amount(unit) if *unit == market.label.unit => share * market.label.market_per_year,
            Unit::Amount(_) => share * market.label.market_per_year * market.tonnes_per_unit,
        }
    }

    fn scale_of(&self, choice: usize) -> f64 {
        let label = self.markets[choice].label;
        self.scale.map_or(label.scale_per_usd, |scale| scale / label.teu_per_unit)
    }

    fn terms(&self, choice: usize, period: &Period) -> Vec<RouteTerms> {
        let of = |told: &&Told| told.choice == choice && told.period == *period;
        let told: Vec<Told> = self.assigned.told.iter().filter(of).cloned().collect();
        self.markets[choice].terms_in(period.year(), &told)
    }

    /// Constants with which a period is predicted: those of the latest tuned period that is not later.
    fn constants(&self, choice: usize, period: &Period, fit: Fit) -> (Vec<f64>, bool) {
        let tuned = self.tuned(choice, fit);
        let latest = tuned.map(|placed| &placed.row.period).filter(|at| *at <= period).max();
        let Some(latest) = latest else { return (vec![0.0; self.markets[choice].base.len()], true) };
        let targets: Vec<Target> = self
            .tuned(choice, fit)
            .filter(|placed| placed.row.period == *latest)
            .map(|placed| Target { which: placed.which.clone(), share: self.target(placed) })
            .collect();
        self.markets[choice].constants(&self.terms(choice, latest), &targets, self.scale_of(choice))
    }

    fn tuned(&self, choice: usize, fit: Fit) -> impl Iterator<Item = &Placed<'_>> {
        let is_change = |placed: &Placed<'_>| matches!(placed.figure.unit, Unit::ChangeOn(_));
        let tuned = self.assigned.figures.iter().filter(move |placed| placed.choice == choice);
        tuned.filter(move |placed| placed.figure.class == Class::Tuned && (fit == Fit::All || !is_change(placed)))
    }

    /// The share that a tuned figure stands for.
    fn target(&self, placed: &Placed<'_>) -> f64 {
        let (market, value) = (&self.markets[placed.choice], placed.figure.value);
        match &placed.figure.unit {
            Unit::Share => value / 100.0,
            Unit::ChangeOn(period) => {
                let constants = self.constants(placed.choice, period, Fit::Levels).0;
                let then = market.shares(&self.terms(placed.choice, period), &constants, self.scale_of(placed.choice));
                placed.which.share_in(&then) * (1.0 + value / 100.0)
            }
            Unit::Amount(unit) if *unit == market.label.unit => value / market.label.market_per_year,
            Unit::Amount(_) => value / (market.label.market_per_year * market.tonnes_per_unit),
        }
    }

    /// Choices and periods that have figures, in the order of time.
    fn periods(&self) -> Vec<(usize, &Period)> {
        let mut all: Vec<(usize, &Period)> =
            self.assigned.figures.iter().map(|placed| (placed.choice, &placed.row.period)).collect();
        all.sort();
        all.dedup();
        all
    }

    fn all_constants(&self) -> Vec<FittedConstant> {
        let mut all = Vec::new();
        for (choice, period) in self.periods() {
            if !self.tuned(choice, Fit::All).any(|placed| placed.row.period == *period) {
                continue;
            }
            let (constants, is_met) = self.constants(choice, period, Fit::All);
            let label = self.markets[choice].label;
            all.extend(label.alternatives.iter().zip(constants).map(|(one, usd)| FittedConstant {
                choice: label.id.clone(),
                period: period.text.clone(),
                alternative: one.name.clone(),
                usd,
                unit: label.unit.clone(),
                is_met,
            }));
        }
        all
    }

    fn all_terms(&self) -> Vec<PeriodTerms> {
        let mut all = Vec::new();
        for (choice, period) in self.periods() {
            let Market { label, base, .. } = &self.markets[choice];
            let terms = self.terms(choice, period);
            for ((one, base), now) in label.alternatives.iter().zip(*base).zip(terms) {
                let [usd, days] = [[base.usd, now.usd], [base.days, now.days]];
                if (now.usd, now.days) != (base.usd, base.days) {
                    all.push(PeriodTerms {
                        choice: label.id.clone(),
                        period: period.text.clone(),
                        alternative: one.name.clone(),
                        usd,
                        days,
                        unit: label.unit.clone(),
                    });
                }
            }
        }
        all
    }
}

/// Which tuned figures constants are to meet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// All.
    All,
    /// Those that are no change against another period, for that other period.
    Levels,
}
