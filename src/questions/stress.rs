//! The same years with and without a closure.

use jiff::civil::DateTime;

use super::{Question, QuestionError};
use crate::analysis::stress::{self as analysis, Closed, Closing, drain_to_follow, starts};
use crate::report::Study;
use crate::scenario::Setting;
use crate::study::{Lab, Scenario};
use crate::units::Duration;

/// What is closed, when, and how long it is followed.
#[derive(Clone, Debug)]
pub struct StressTerms {
    /// What is shut and for how long.
    pub closing: Closing,
    /// When it begins; with `each_month` its day in each month, the first where there is none.
    pub from: Option<DateTime>,
    /// Whether it is put into each month of the horizon, one after another.
    pub each_month: bool,
    /// How long the clock runs on after the last closure at least: the drain is lengthened to it.
    pub follow: Duration,
}

/// What a closure delays, costs and turns away.
pub struct Stress {
    /// With a drain that is long enough.
    scenario: Scenario,
    closing: Closing,
    closed: Vec<Closed>,
}

impl Stress {
    /// Asks what a closure does to a scenario.
    ///
    /// # Errors
    /// The closure does not fit the clock, or names what there is not.
    pub fn of(scenario: &Scenario, terms: &StressTerms) -> Result<Self, QuestionError> {
        let scenario = followed(scenario, terms)?;
        let (closing, contents) = (terms.closing.clone(), scenario.contents());
        let starts = starts(&contents.run, closing.length, terms.from, terms.each_month);
        let starts = starts.map_err(QuestionError::wrong)?;
        let prepared = |from: DateTime| {
            let closed = scenario.under(&closing.overlay(contents, from))?;
            Ok(Closed { from, prepared: closed.into_prepared() })
        };
        let closed = starts.into_iter().map(prepared).collect::<Result<_, QuestionError>>()?;
        Ok(Self { scenario, closing, closed })
    }

    /// The scenario that is simulated: the one that was given, perhaps with a longer drain.
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }
}

/// The scenario with a drain that is long enough to see what becomes of the backlog.
fn followed(scenario: &Scenario, terms: &StressTerms) -> Result<Scenario, QuestionError> {
    let run = &scenario.contents().run;
    let drain = drain_to_follow(run, terms.closing.length, terms.follow, terms.from, terms.each_month);
    let drain = drain.map_err(QuestionError::wrong)?;
    let longer = (drain > run.drain).then(|| format!("run.drain=\"{} ms\"", drain.ms()));
    let longer = longer.map(|setting| Setting::parse(&setting)).transpose().map_err(QuestionError::wrong)?;
    Ok(scenario.with(longer.as_slice())?)
}

impl Question for Stress {
    type Answer = analysis::Stress;

    const STUDY: Study = Study::STRESS;

    fn ask(&self, lab: &Lab<'_>) -> Result<Self::Answer, QuestionError> {
        Ok(analysis::stress(self.scenario.prepared(), &self.closing, &self.closed, lab)?)
    }
}

/// Simulates the same years with and without a closure.
///
/// # Errors
/// The closure does not fit the scenario, or a simulation failed or was stopped.
pub fn stress(scenario: &Scenario, terms: &StressTerms, lab: &Lab<'_>) -> Result<analysis::Stress, QuestionError> {
    Stress::of(scenario, terms)?.ask(lab)
}
