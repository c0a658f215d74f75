//! The market of a choice: what its model comes to at given terms, and the constants at which it comes to given shares.

use super::told::{Told, Which};
use crate::model::{ChoiceLabel, RouteTerms, shares};
use crate::scenario::types::{Contents, Outside};

/// Rounds of the search for constants.
const MOST_ROUNDS: usize = 2000;
/// Shares are met when none is off by more.
const TOLERANCE: f64 = 1e-7;
/// Shares of nothing and of all are met by constants without end: they count as this near.
const EDGE: f64 = 1e-4;

/// A choice with what its base is.
#[derive(Clone, Debug)]
pub struct Market<'a> {
    pub(super) label: &'a ChoiceLabel,
    pub(super) base: &'a [RouteTerms],
    pub(super) tonnes_per_unit: f64,
    outsides: Vec<Option<&'a Outside>>,
}

/// A share to be met.
pub(super) struct Target {
    pub(super) which: Which,
    pub(super) share: f64,
}

impl<'a> Market<'a> {
    /// The choice `label` of a scenario whose base has the terms `base`, by alternative.
    pub fn of(scenario: &'a Contents, label: &'a ChoiceLabel, base: &'a [RouteTerms]) -> Self {
        let flow = scenario.choice.get(&label.id).and_then(|choice| scenario.flow.get(choice.flows.first()?));
        let cargo = flow.and_then(|flow| scenario.cargo.get(&flow.cargo));
        let outsides = label.alternatives.iter().map(|one| match one.route {
            Some(_) => None,
            None => scenario.outside.get(&one.name),
        });
        Self {
            label,
            base,
            tonnes_per_unit: cargo.map_or(0.0, |cargo| cargo.mass_per_unit.tonnes()),
            outsides: outsides.collect(),
        }
    }

    /// Terms by alternative in a year: those of the base, of routes outside the corridor those of the year, and what was
    /// observed of the period.
    pub(super) fn terms_in(&self, year: i16, told: &[Told]) -> Vec<RouteTerms> {
        let alternatives = self.label.alternatives.iter().zip(&self.outsides).zip(self.base);
        let mut terms: Vec<RouteTerms> = alternatives
            .map(|((one, outside), base)| match outside {
                Some(outside) => RouteTerms {
                    days: outside.days(year),
                    usd: outside.usd_per_unit(year, self.tonnes_per_unit) + one.constant,
                    ..one.terms
                },
                None => RouteTerms { is_open: one.terms.is_open, ..*base },
            })
            .collect();
        for told in told {
            let (now, constant) = (&mut terms[told.alternative], self.label.alternatives[told.alternative].constant);
            let base = self.base[told.alternative];
            now.usd = told.usd.map_or(now.usd, |level| level.on(base.usd - constant) + constant);
            now.days = told.days.map_or(now.days, |level| level.on(base.days)).max(0.0);
        }
        terms
    }

    /// Shares of the market at terms and constants.
    pub(super) fn shares(&self, terms: &[RouteTerms], constants: &[f64], scale: f64) -> Vec<f64> {
        let label = ChoiceLabel { scale_per_usd: scale, ..self.label.clone() };
        let with = |(terms, constant): (&RouteTerms, &f64)| RouteTerms { usd: terms.usd + constant, ..*terms };
        let now: Vec<RouteTerms> = terms.iter().zip(constants).map(with).collect();
        shares(&label.weights(self.base, &now), &label.values_of_time)
    }

    /// Constants by alternative at which the targets are met, and whether they are. Where every alternative has one, that
    /// of the most used route is 0: only differences count.
    pub(super) fn constants(&self, terms: &[RouteTerms], targets: &[Target], scale: f64) -> (Vec<f64>, bool) {
        let mut constants = vec![0.0; terms.len()];
        let mut is_met = targets.is_empty();
        for _ in 0..MOST_ROUNDS {
            if is_met {
                break;
            }
            is_met = true;
            for target in targets {
                let found = target.which.share_in(&self.shares(terms, &constants, scale));
                let wanted = target.share.clamp(EDGE, 1.0 - EDGE);
                if !(found > 0.0 && found < 1.0) {
                    return (vec![0.0; terms.len()], false);
                }
                is_met &= (found - wanted).abs() <= TOLERANCE;
                let step = (log_odds(wanted) - log_odds(found)) / scale;
                for &place in &target.which.own {
                    constants[place] -= step;
                }
            }
        }
        let is_everywhere =
            (0..terms.len()).all(|place| targets.iter().any(|target| target.which.own.contains(&place)));
        let shares = self.label.alternatives.iter().map(|one| one.share).enumerate();
        let most = shares.max_by(|one, other| one.1.total_cmp(&other.1)).map_or(0, |(place, _)| place);
        let level = if is_everywhere { constants[most] } else { 0.0 };
        for constant in &mut constants {
            *constant -= level;
        }
        (constants, is_met)
    }
}

fn log_odds(share: f64) -> f64 {
    libm::log(share / (1.0 - share))
}
