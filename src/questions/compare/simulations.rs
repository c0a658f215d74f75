//! Simulations of one comparison: how many years, and what demand and shippers make of a what-if.

use super::question::Compare;
use super::taken::taken;
use super::what_if::WhatIf;
use crate::comparison::{Candidate, Comparing, InputDraws, Responded, Response, RoutesTaken};
use crate::experiment::Remark;
use crate::questions::QuestionError;
use crate::results::Results;
use crate::results::files::BASE;
use crate::scenario::Inputs;
use crate::study::{BaseTerms, Freedom, Lab, Prepared, Scenario, Simulated, Years};

/// Replications in which volumes are sought.
const YEARS_OF_A_RESPONSE: u64 = 20;
/// Searches for an equilibrium of routes, from different times.
const SEARCHES: usize = 3;
/// Replications from which it is judged how many the differences want.
const PILOT: u64 = 20;
/// More replications than this are not made for a precision.
const MOST: u64 = 10_000;

/// How the scenarios of a comparison are simulated.
pub(super) struct Simulations<'a> {
    base: &'a Scenario,
    lab: Lab<'a>,
    /// Those of the base, where they are drawn.
    inputs: Option<&'a Inputs>,
}

/// A what-if on the routes that its shippers take.
pub(super) struct Rerouted {
    pub(super) prepared: Prepared,
    pub(super) taken: RoutesTaken,
}

impl<'a> Simulations<'a> {
    /// As the lab says; where a precision of the differences is asked for, after a pilot of all scenarios.
    pub(super) fn of(compare: &'a Compare<'_>, lab: &Lab<'a>) -> Result<Self, QuestionError> {
        let (precision, lab) = match lab.years {
            Years::Precise(precision) => {
                (Some(compare.terms.precision.unwrap_or(precision)), lab.over(Years::Fixed(0..PILOT)))
            }
            _ => (compare.terms.precision, lab.clone()),
        };
        let inputs = matches!(lab.years, Years::Drawn { .. }).then(|| compare.base.inputs());
        let mut simulations = Self { base: compare.base, lab, inputs };
        if let Some(precision) = precision {
            simulations.lab.years = simulations.years_for(precision, compare)?;
        }
        Ok(simulations)
    }

    pub(super) fn simulate(&self, name: &str, scenario: &Scenario) -> Result<Simulated, QuestionError> {
        let is_base = std::ptr::eq(scenario, self.base);
        let beside = self.inputs.filter(|_| !is_base).map(|base| scenario.reading().inputs_beside(base));
        let inputs = if is_base { self.inputs } else { beside.as_ref() };
        self.lab.progress.stage(name);
        Ok(self.lab.simulate_drawn(scenario.prepared(), inputs)?)
    }

    /// A scenario that stands in for its scenario.
    pub(super) fn simulate_as_written(&self, name: &str, prepared: &Prepared) -> Result<Simulated, QuestionError> {
        self.lab.progress.stage(name);
        Ok(self.lab.simulate(prepared)?)
    }

    /// The draws of the inputs, where they are drawn.
    pub(super) fn draws(&self) -> InputDraws {
        let (Some(inputs), Years::Drawn { draws, .. }) = (self.inputs, &self.lab.years) else {
            return InputDraws::default();
        };
        InputDraws {
            names: inputs.groups().map(str::to_owned).collect(),
            deviates: draws.clone().map(|draw| inputs.deviates(self.lab.seed, draw)).collect(),
        }
    }

    fn warn(&self, text: String) {
        self.lab.progress.remark(&Remark::Warning(text));
    }

    /// The years that a precision of the differences wants, from a pilot.
    fn years_for(&self, precision: f64, compare: &Compare<'_>) -> Result<Years, QuestionError> {
        let (pilot, per_draw) = match &self.lab.years {
            Years::Drawn { years, .. } => (Years::Drawn { draws: 0..PILOT / years, years: *years }, *years),
            _ => (Years::Fixed(0..PILOT), 1),
        };
        let pilot = Self { lab: self.lab.over(pilot), ..*self };
        let wanted = pilot.replications_for(precision, compare)?.unwrap_or(0);
        if wanted > MOST {
            self.warn(format!(
                "differences known to {} % of the base want {wanted} simulated years; {MOST} are made",
                precision * 100.0
            ));
        }
        let years = wanted.clamp(PILOT, MOST).div_ceil(per_draw);
        let text = format!("after a pilot of {PILOT} years {} are simulated", years * per_draw);
        self.lab.progress.remark(&Remark::Note(text));
        Ok(match self.lab.years {
            Years::Drawn { .. } => Years::Drawn { draws: 0..years, years: per_draw },
            _ => Years::Fixed(0..years),
        })
    }

    /// The replications that the headline differences want, by those of this pilot.
    fn replications_for(&self, precision: f64, compare: &Compare<'_>) -> Result<Option<u64>, QuestionError> {
        let of_base = self.simulate("base, pilot", self.base)?;
        let mut comparing = Comparing::with(&of_base.results, InputDraws::default());
        for group in compare.groups() {
            let own = group.own_base.map(|own| self.simulate(own.name(), own)).transpose()?;
            for what_if in group.what_ifs {
                let simulated = self.simulate(&format!("{}, pilot", what_if.name), &what_if.scenario)?;
                comparing.add(&Candidate {
                    name: &what_if.name,
                    title: &what_if.title,
                    results: &simulated.results,
                    own_base: own.as_ref().map(|own| &own.results),
                    simulated_alone: None,
                    price: None,
                });
            }
        }
        Ok(comparing.replications_for(precision))
    }

    /// The same with as few years as a search for an equilibrium wants, inputs as written.
    pub(super) fn searching(&self) -> Self {
        let years = match &self.lab.years {
            Years::Fixed(range) => range.start..range.end.min(range.start + YEARS_OF_A_RESPONSE),
            years @ Years::Drawn { .. } => {
                let range = years.numbers();
                range.start..range.end.min(range.start + YEARS_OF_A_RESPONSE)
            }
            Years::Precise(_) => 0..YEARS_OF_A_RESPONSE,
        };
        Self { lab: self.lab.over(Years::Fixed(years)), inputs: None, base: self.base }
    }

    /// The routes, and with them the volumes where they answer too, that a what-if's own times induce; `None` where it
    /// has no choice. The results of the base are of the years of this search.
    pub(super) fn routes(
        &self,
        what_if: &WhatIf,
        base: BaseTerms<'_>,
        with_response: bool,
    ) -> Result<Option<Rerouted>, QuestionError> {
        let prepared = what_if.scenario.prepared();
        self.lab.progress.stage(&format!("{}: routes are chosen", what_if.name));
        let freedom = Freedom { volumes: with_response, routes: true };
        let answered = self.lab.answer(prepared, base, freedom, SEARCHES)?;
        let Some(answered) = answered.filter(|answered| answered.equilibrium.routes.is_some()) else {
            self.warn(format!("{}: the scenario has no `[choice.ID]`, so routes stay as given", what_if.name));
            return Ok(None);
        };
        if let Some(warning) = &answered.warning {
            self.warn(format!("{}: {warning}", what_if.name));
        }
        let choices = &prepared.plan.labels.choices;
        let chosen = answered.equilibrium.routes.as_ref();
        let found = chosen.map(|chosen| taken(&what_if.name, with_response, choices, &answered, chosen));
        Ok(found.map(|taken| Rerouted { prepared: answered.prepared, taken }))
    }

    /// What demand makes of each what-if, in a few replications with inputs as written.
    pub(super) fn responses(&self, compare: &Compare<'_>) -> Result<Vec<Response>, QuestionError> {
        let fixed = self.searching();
        let mut responses = Vec::new();
        for group in compare.groups() {
            let (name, base) = group.own_base.map_or((BASE, self.base), |own| (own.name(), own));
            let of_base = fixed.simulate(name, base)?.results;
            for what_if in group.what_ifs {
                responses.extend(fixed.response(what_if, &of_base)?);
            }
        }
        Ok(responses)
    }

    /// What demand makes of a what-if; nothing where no flow answers.
    fn response(&self, what_if: &WhatIf, of_base: &Results) -> Result<Option<Response>, QuestionError> {
        let given = self.simulate(&what_if.name, &what_if.scenario)?.results;
        self.lab.progress.stage(&format!("{}: demand answers", what_if.name));
        let prepared = what_if.scenario.prepared();
        let freedom = Freedom { volumes: true, routes: false };
        let base = BaseTerms { labels: &prepared.plan.labels, results: of_base };
        let Some(answered) = self.lab.answer(prepared, base, freedom, 1)? else {
            self.warn(format!("{}: no flow has a `response`, so demand stays as given", what_if.name));
            return Ok(None);
        };
        if let Some(warning) = &answered.warning {
            self.warn(format!("{}: {warning}", what_if.name));
        }
        let simulated = self.lab.simulate_answered(&answered, of_base)?;
        let volumes = &answered.equilibrium.volumes;
        Ok(Some(Response::of(&Responded {
            what_if: &what_if.name,
            base: of_base,
            given: &given,
            answered: &simulated.results,
            rounds: volumes.rounds,
            is_settled: volumes.is_settled,
        })))
    }
}
