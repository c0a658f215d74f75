//! Observed figures beside simulated ones.

use super::run::simulated;
use super::{Found, Question, QuestionError};
use crate::diagnostic::{Diagnostics, Rejected, SourceFiles};
use crate::experiment::base_terms;
use crate::model::RouteTerms;
use crate::report::Study;
use crate::results::Results;
use crate::study::{Lab, Scenario};
use crate::tables::RawTable;
use crate::validation::{Assigned, Market, Observation, Observed, ObservedShares, ShareValidation, Validation, assign};

pub use crate::validation::is_of_shares;

/// What is wrong with a text of observed figures.
fn unusable(diagnostics: Diagnostics, sources: &SourceFiles) -> Rejected {
    Rejected { follows: "the observed figures cannot be used", diagnostics, sources: sources.clone() }
}

/// How far a scenario is from figures that are rows of its results.
pub struct Validate<'a> {
    scenario: &'a Scenario,
    assigned: Vec<Assigned>,
}

impl<'a> Validate<'a> {
    /// Asks with the figures of a table that are of this scenario.
    ///
    /// # Errors
    /// A figure cannot be read or has no row among the results, or none is of this scenario.
    pub fn against(scenario: &'a Scenario, table: &RawTable) -> Result<Self, QuestionError> {
        Ok(Self { scenario, assigned: assigned(scenario, table)? })
    }
}

/// The figures of a table that are of a scenario, with their rows of its results.
pub(super) fn assigned(scenario: &Scenario, table: &RawTable) -> Result<Vec<Assigned>, QuestionError> {
    let mut sources = SourceFiles::default();
    let observed = Observed::read(table, &mut sources).map_err(|found| unusable(found, &sources))?;
    let figures = figures(&observed, &table.name, scenario.name())?;
    let layout = &scenario.prepared().layout;
    let assigned = assign(figures, &layout.catalogue().rows, |period| layout.span(period));
    Ok(assigned.map_err(|found| unusable(found, &sources))?)
}

fn figures(observed: &Observed, file: &str, scenario: &str) -> Result<Vec<Observation>, QuestionError> {
    let figures = observed.of(scenario);
    if !figures.is_empty() {
        return Ok(figures);
    }
    let scenarios = observed.scenarios();
    let has = if scenarios.is_empty() {
        "it has none at all".to_owned()
    } else {
        format!("it has some for {}", scenarios.join(", "))
    };
    Err(QuestionError::Wrong(format!("{file} has no figure for the scenario `{scenario}`; {has}")))
}

impl Question for Validate<'_> {
    type Answer = Found<Validation>;

    const STUDY: Study = Study::VALIDATION;

    fn ask(&self, lab: &Lab<'_>) -> Result<Self::Answer, QuestionError> {
        let ran = simulated(self.scenario, lab)?;
        let found = Validation::of(&self.assigned, &ran.summary);
        Ok(Found { found, ran: Some(ran), shortfall: None })
    }
}

/// Simulates a scenario and puts observed figures of a table beside its results. [`ValidateShares`] asks with observed
/// shares of routes.
///
/// # Errors
/// A figure cannot be read or has no row among the results, or a simulation failed or was stopped.
pub fn validate(scenario: &Scenario, observed: &RawTable, lab: &Lab<'_>) -> Result<Found<Validation>, QuestionError> {
    Validate::against(scenario, observed)?.ask(lab)
}

/// How far the choices of a scenario are from observed shares of routes. Shippers go by the days of every flow and route, so
/// its results want rows of every flow.
pub struct ValidateShares<'a> {
    scenario: &'a Scenario,
    observed: ObservedShares,
    sources: SourceFiles,
}

impl<'a> ValidateShares<'a> {
    /// Asks with the shares of a table that are of this scenario.
    ///
    /// # Errors
    /// A row cannot be read or fits no choice, or none is of this scenario.
    pub fn against(scenario: &'a Scenario, table: &RawTable) -> Result<Self, QuestionError> {
        let mut sources = SourceFiles::default();
        let observed = ObservedShares::read(table, &mut sources).map_err(|found| unusable(found, &sources))?;
        let observed = observed.of(scenario.name());
        if observed.is_empty() {
            let why = format!("{} has no row for the scenario `{}`", table.name, scenario.name());
            return Err(QuestionError::Wrong(why));
        }
        let checked = ShareValidation::check(&observed, &markets(scenario, &without_simulation(scenario)));
        checked.map_err(|found| unusable(found, &sources))?;
        Ok(Self { scenario, observed, sources })
    }
}

fn markets<'a>(scenario: &'a Scenario, terms: &'a [Vec<RouteTerms>]) -> Vec<Market<'a>> {
    let labels = &scenario.prepared().plan.labels.choices;
    labels.iter().zip(terms).map(|(label, base)| Market::of(scenario.contents(), label, base)).collect()
}

fn without_simulation(scenario: &Scenario) -> Vec<Vec<RouteTerms>> {
    let labels = &scenario.prepared().plan.labels.choices;
    labels.iter().map(|label| label.alternatives.iter().map(|one| one.terms).collect()).collect()
}

/// The terms of each choice as they were simulated.
fn terms_of(scenario: &Scenario, results: &Results) -> Vec<Vec<RouteTerms>> {
    let labels = &scenario.prepared().plan.labels;
    base_terms(&results.catalogue, &results.records, labels, labels)
}

impl Question for ValidateShares<'_> {
    type Answer = Found<ShareValidation>;

    const STUDY: Study = Study::VALIDATION;

    fn ask(&self, lab: &Lab<'_>) -> Result<Self::Answer, QuestionError> {
        let ran = simulated(self.scenario, lab)?;
        let terms = terms_of(self.scenario, &ran.simulated.results);
        let markets = markets(self.scenario, &terms);
        let found = ShareValidation::of(&self.observed, &markets, &ran.summary.manifest);
        let found = found.map_err(|found| unusable(found, &self.sources))?;
        Ok(Found { found, ran: Some(ran), shortfall: None })
    }
}
