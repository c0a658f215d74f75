//! The questions as functions.

use super::{
    Bottlenecks, Capacity, CapacityTerms, Compare, CompareTerms, Found, Question as _, QuestionError, Ran, RouteTerms,
    Routes, Run, Stress, StressTerms, Sweep,
};
use crate::analysis;
use crate::analysis::routes::RouteAnswer;
use crate::analysis::sweep::Vary;
use crate::report::{CapacityReport, Compared};
use crate::study::{Lab, Scenario, Years};

/// Simulates a scenario: its measures with their intervals.
///
/// # Errors
/// A simulation failed, or was stopped before its first replication was finished.
pub fn run(scenario: &Scenario, lab: &Lab<'_>) -> Result<Ran, QuestionError> {
    Run::of(scenario).ask(lab)
}

/// Simulates a base and named what-ifs with the same shipments and storms: what each changes. [`Compare`] asks for more.
///
/// # Errors
/// A what-if cannot be compared with the base, or a simulation failed or was stopped.
pub fn compare<'n>(
    base: &Scenario,
    what_ifs: impl IntoIterator<Item = (&'n str, Scenario)>,
    lab: &Lab<'_>,
) -> Result<Compared, QuestionError> {
    let what_ifs = what_ifs.into_iter().map(|(name, scenario)| (name.to_owned(), scenario)).collect();
    Compare::of(base, what_ifs, CompareTerms::default())?.ask(lab)
}

/// Varies one or two parameters, such as `fleet.ferry.vessels=1..4:1`, and looks at the headline measures.
///
/// # Errors
/// A point cannot run, or a simulation failed or was stopped before any point was finished.
pub fn sweep(
    scenario: &Scenario,
    varies: &[Vary],
    lab: &Lab<'_>,
) -> Result<Found<analysis::sweep::Sweep>, QuestionError> {
    Sweep::of(scenario, varies, &[])?.ask(lab)
}

/// Simulates the same years with and without a closure.
///
/// # Errors
/// The closure does not fit the scenario, or a simulation failed or was stopped.
pub fn stress(
    scenario: &Scenario,
    terms: &StressTerms,
    lab: &Lab<'_>,
) -> Result<analysis::stress::Stress, QuestionError> {
    Stress::of(scenario, terms)?.ask(lab)
}

/// Finds which capacity holds a scenario up, and what one more of each is worth.
///
/// # Errors
/// A simulation failed, or was stopped before the scenario as it is was finished.
pub fn bottlenecks(scenario: &Scenario, lab: &Lab<'_>) -> Result<analysis::Bottlenecks, QuestionError> {
    Bottlenecks::of(scenario).ask(lab)
}

/// Finds the largest traffic that a scenario sustains.
///
/// # Errors
/// What is asked does not fit the scenario, or a simulation failed or was stopped.
pub fn capacity(scenario: &Scenario, terms: &CapacityTerms, lab: &Lab<'_>) -> Result<CapacityReport, QuestionError> {
    Capacity::of(scenario, terms)?.ask(lab)
}

/// Ranks routes between two places; nothing is simulated.
///
/// # Errors
/// A place or flow does not exist, or no route leads there.
pub fn routes(scenario: &Scenario, terms: &RouteTerms) -> Result<RouteAnswer, QuestionError> {
    Routes::of(scenario, terms)?.ask(&Lab::new(Years::Fixed(0..0), 0))
}
