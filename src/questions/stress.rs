//! The same years with and without a closure.

use jiff::civil::DateTime;

use super::what_if::NamedScenario;
use super::{Question, QuestionError};
use crate::analysis::stress::{self as analysis, Alternative, Closed, Closing, Tried, drain_to_follow, starts};
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

/// A what-if in which a closure is tried too.
struct StressOf {
    name: String,
    title: String,
    annual_cost: Option<f64>,
    scenario: Scenario,
    closed: Vec<Closed>,
}

impl StressOf {
    fn alternative(&self) -> Alternative<'_> {
        Alternative {
            name: &self.name,
            title: &self.title,
            annual_cost: self.annual_cost,
            tried: Tried { base: self.scenario.prepared(), closed: &self.closed },
        }
    }
}

/// What a closure delays, costs and turns away.
pub struct Stress {
    /// With a drain that is long enough.
    scenario: Scenario,
    closing: Closing,
    closed: Vec<Closed>,
    what_ifs: Vec<StressOf>,
    terms: StressTerms,
}

impl Stress {
    /// Asks what a closure does to a scenario.
    ///
    /// # Errors
    /// The closure does not fit the clock, or names what there is not.
    pub fn of(scenario: &Scenario, terms: &StressTerms) -> Result<Self, QuestionError> {
        let scenario = followed(scenario, terms)?;
        let closed = closed(&scenario, terms)?;
        Ok(Self { scenario, closing: terms.closing.clone(), closed, what_ifs: Vec::new(), terms: terms.clone() })
    }

    /// The same in what-ifs as well, with the same random numbers; costs a year at an `interest` of so much a year.
    ///
    /// # Errors
    /// The closure does not fit a what-if.
    pub fn and_in(self, what_ifs: Vec<NamedScenario>, interest: f64) -> Result<Self, QuestionError> {
        let alternative = |what_if: NamedScenario| {
            let title = what_if.title(&self.scenario);
            let annual_cost = what_if.price(interest).and_then(|price| price.annual);
            let scenario = followed(&what_if.scenario, &self.terms)?;
            let closed = closed(&scenario, &self.terms)?;
            Ok(StressOf { name: what_if.name, title, annual_cost, scenario, closed })
        };
        let what_ifs = what_ifs.into_iter().map(alternative).collect::<Result<_, QuestionError>>()?;
        Ok(Self { what_ifs, ..self })
    }

    /// The scenario that is simulated: the one that was given, perhaps with a longer drain.
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }
}

/// The scenario with the closure from each of its beginnings.
fn closed(scenario: &Scenario, terms: &StressTerms) -> Result<Vec<Closed>, QuestionError> {
    let (closing, contents) = (&terms.closing, scenario.contents());
    let starts = starts(&contents.run, closing.length, terms.from, terms.each_month).map_err(QuestionError::wrong)?;
    let prepared = |from: DateTime| {
        let closed = scenario.under(&closing.overlay(contents, from))?;
        Ok(Closed { from, prepared: closed.into_prepared() })
    };
    starts.into_iter().map(prepared).collect()
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
        let own = Tried { base: self.scenario.prepared(), closed: &self.closed };
        let what_ifs: Vec<Alternative<'_>> = self.what_ifs.iter().map(StressOf::alternative).collect();
        Ok(analysis::stress(own, &what_ifs, &self.closing, lab)?)
    }
}

/// Simulates the same years with and without a closure.
///
/// # Errors
/// The closure does not fit the scenario, or a simulation failed or was stopped.
pub fn stress(scenario: &Scenario, terms: &StressTerms, lab: &Lab<'_>) -> Result<analysis::Stress, QuestionError> {
    Stress::of(scenario, terms)?.ask(lab)
}
