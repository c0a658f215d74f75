//! Which values of what is not known are not ruled out by what was observed.

use super::validate::assigned;
use super::{Found, Question, QuestionError};
use crate::analysis::{Unknown, latin_hypercube};
use crate::experiment::Part;
use crate::report::{Shortfall, Study};
use crate::scenario::Setting;
use crate::study::{Lab, Scenario, Years, manifest};
use crate::tables::RawTable;
use crate::validation::{Assigned, MatchPoint, MatchedParameter, Matching, ModelError, not_held_out};

/// Most points of a design.
const MOST_POINTS: usize = 10_000;

/// History matching: points spread evenly over ranges of parameters, each simulated and held against observed figures.
pub struct Match<'a> {
    scenario: &'a Scenario,
    assigned: Vec<Assigned>,
    unknowns: Vec<Unknown>,
    points: usize,
    model_error: ModelError,
}

impl<'a> Match<'a> {
    /// Asks with the figures of a table that are of this scenario and are not held out, over so many points.
    ///
    /// # Errors
    /// A figure cannot be read or has no row among the results; none is left; a range is given twice or its ends do not fit the
    /// scenario; there are no points or too many.
    pub fn of(
        scenario: &'a Scenario,
        table: &RawTable,
        unknowns: &[Unknown],
        points: usize,
        model_error: ModelError,
    ) -> Result<Self, QuestionError> {
        let assigned = not_held_out(assigned(scenario, table)?);
        if assigned.is_empty() {
            return Err(QuestionError::wrong(
                "all figures of the scenario are held out (tested): nothing can be matched",
            ));
        }
        if !(1..=MOST_POINTS).contains(&points) {
            return Err(QuestionError::Wrong(format!("{points} points: 1 to {MOST_POINTS} can be asked for")));
        }
        check(scenario, unknowns)?;
        Ok(Self { scenario, assigned, unknowns: unknowns.to_vec(), points, model_error })
    }

    fn settings(&self, values: &[f64]) -> Vec<Setting> {
        self.unknowns.iter().zip(values).map(|(unknown, &value)| unknown.setting(value)).collect()
    }

    /// Simulates a point; `None` where a stop came before it was finished.
    fn point(&self, values: &[f64], lab: &Lab<'_>) -> Result<Option<MatchPoint>, QuestionError> {
        let scenario = self.scenario.with(&self.settings(values))?;
        let simulated = lab.simulate(scenario.prepared())?;
        let summary = || simulated.results.summary();
        let point = || MatchPoint::of(values.to_vec(), &self.assigned, &summary(), self.model_error);
        Ok(simulated.is_complete.then(point))
    }

    fn parameters(&self) -> Vec<MatchedParameter> {
        let of = |unknown: &Unknown| MatchedParameter {
            name: unknown.name().to_owned(),
            unit: unknown.unit().to_owned(),
            tried: unknown.ends(),
        };
        self.unknowns.iter().map(of).collect()
    }
}

/// What is wrong with a range is told before anything long begins: both ends of each are tried.
fn check(scenario: &Scenario, unknowns: &[Unknown]) -> Result<(), QuestionError> {
    for (place, unknown) in unknowns.iter().enumerate() {
        if unknowns[..place].iter().any(|before| before.name() == unknown.name()) {
            return Err(QuestionError::Wrong(format!("`{}` has two ranges", unknown.name())));
        }
        for end in unknown.ends() {
            scenario.with(&[unknown.setting(end)])?;
        }
    }
    Ok(())
}

impl Question for Match<'_> {
    type Answer = Found<Matching>;

    const STUDY: Study = Study::MATCHING;

    fn ask(&self, lab: &Lab<'_>) -> Result<Self::Answer, QuestionError> {
        let Years::Fixed(years) = &lab.years else {
            let why = "each point is simulated as it is written, for a number of years: --replications N";
            return Err(QuestionError::wrong(why));
        };
        let each = years.end - years.start;
        let lab = lab.calibrating();
        let mut points = Vec::new();
        for values in latin_hypercube(&self.unknowns, self.points, lab.seed) {
            let before = points.len() as u64 * each;
            let part = Part { before, of_all: Some(self.points as u64 * each), each: 1, watcher: lab.progress };
            let point = if lab.cancel.is_requested() { None } else { self.point(&values, &lab.telling(&part))? };
            let Some(point) = point else { break };
            points.push(point);
        }
        let (finished, asked) = (points.len(), self.points);
        let stopped =
            Shortfall::Stopped(format!("stopped: the results are of the {finished} points that were finished"));
        let shortfall = (finished < asked).then_some(stopped);
        if points.is_empty() {
            return Err(QuestionError::nothing(shortfall.as_ref()));
        }
        let manifest = manifest(self.scenario.prepared(), lab.seed, years.start, each as usize);
        let found = Matching { manifest, parameters: self.parameters(), model_error: self.model_error, asked, points };
        Ok(Found { found, ran: None, shortfall })
    }
}
