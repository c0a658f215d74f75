//! One scenario: its measures with their intervals.

use std::borrow::Cow;
use std::io::{self, Write};

use super::period::named_period;
use super::{Question, QuestionError};
use crate::comparison::{Foundation, InputDraws, foundation};
use crate::experiment::{ExperimentError, Remark};
use crate::report::{
    Answer, Headline, Screen, Sheet, Shortfall, Study, measures, run_headline, write_foundation, write_json, write_run,
    write_run_details,
};
#[cfg(feature = "charts")]
use crate::report::{Picture, run_pictures};
use crate::results::{Catalogue, Results, Summary};
use crate::scenario::types::Grade;
use crate::study::{Lab, Scenario, Simulated, Years};
use crate::words::{Measure, Period};

/// Replications left out of which it is told why.
const MOST_TOLD: usize = 5;

/// What a scenario carries, how long that takes, where the days go.
pub struct Run<'a> {
    scenario: &'a Scenario,
    period: Period,
}

impl<'a> Run<'a> {
    /// Asks of the whole horizon.
    pub const fn of(scenario: &'a Scenario) -> Self {
        Self { scenario, period: Period::Horizon }
    }

    /// The same with the table of a named period, year or month (`winter`, `2027`); the whole horizon where there is no name.
    ///
    /// # Errors
    /// The scenario has no such period.
    pub fn during(self, period: Option<&str>) -> Result<Self, QuestionError> {
        let period = named_period(period, self.scenario.prepared().layout.catalogue(), |_| true)?;
        Ok(Self { period, ..self })
    }
}

impl Question for Run<'_> {
    type Answer = Ran;

    const STUDY: Study = Study::RUN;

    fn ask(&self, lab: &Lab<'_>) -> Result<Ran, QuestionError> {
        let ran = simulated(self.scenario, lab)?;
        let foundation = self.foundation(&ran.simulated, lab)?;
        Ok(Ran { period: self.period.clone(), foundation, ..ran })
    }
}

impl Run<'_> {
    /// What the spread over draws of the inputs rests on: all draws once more, with what is inferred drawn anew.
    fn foundation(&self, simulated: &Simulated, lab: &Lab<'_>) -> Result<Option<Foundation>, QuestionError> {
        let Years::Drawn { draws, years: 2.. } = &lab.years else { return Ok(None) };
        if !simulated.is_complete || !simulated.left_out.is_empty() {
            return Ok(None);
        }
        lab.progress.stage("values of grade C drawn anew");
        let inputs = self.scenario.inputs();
        let anew = inputs.with_grade_anew(Grade::C);
        let anew = lab.independent().simulate_what_fits(self.scenario.prepared(), Some(&anew))?;
        let draws = InputDraws {
            names: inputs.groups().map(str::to_owned).collect(),
            deviates: draws.clone().map(|draw| inputs.deviates(lab.seed, draw)).collect(),
        };
        Ok(foundation(&simulated.results, &anew.results, &draws))
    }
}

/// A scenario as it was simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct Ran {
    /// The replications that were finished.
    pub simulated: Simulated,
    /// Their measures.
    pub summary: Summary,
    /// The period of the table for people.
    pub period: Period,
    /// What the spread over draws of the inputs rests on, where they are drawn with several years in each draw.
    pub foundation: Option<Foundation>,
}

impl Ran {
    /// Results that were read or merged, shown for a period; the whole horizon where there is no name.
    ///
    /// # Errors
    /// The results have no such period.
    pub fn of_results(results: Results, period: Option<&str>) -> Result<Self, QuestionError> {
        let period = named_period(period, &results.catalogue, |_| true)?;
        let summary = results.summary();
        results.check().map_err(ExperimentError::from)?;
        let simulated = Simulated { results, is_complete: true, is_precise: true, left_out: Vec::new() };
        Ok(Self { simulated, summary, period, foundation: None })
    }
}

/// Simulates a scenario; inputs are drawn where the lab draws.
pub(super) fn simulated(scenario: &Scenario, lab: &Lab<'_>) -> Result<Ran, QuestionError> {
    let inputs = matches!(lab.years, Years::Drawn { .. }).then(|| scenario.inputs());
    let simulated = lab.simulate_what_fits(scenario.prepared(), inputs)?;
    let warn = |text: String| lab.progress.remark(&Remark::Warning(text));
    for (replication, error) in simulated.left_out.iter().take(MOST_TOLD) {
        warn(format!("replication {replication} is left out: {error}"));
    }
    if let (Years::Precise(precision), false) = (&lab.years, simulated.is_precise) {
        let years = simulated.results.records.len();
        let precision = precision * 100.0;
        warn(format!("after {years} simulated years the headline measures are not known to ±{precision} %"));
    }
    tell_empty(&simulated.results, lab);
    let summary = simulated.results.summary();
    simulated.results.check().map_err(ExperimentError::from)?;
    Ok(Ran { simulated, summary, period: Period::Horizon, foundation: None })
}

/// Says where nothing moved, which makes a page of gaps.
pub(super) fn tell_empty(results: &Results, lab: &Lab<'_>) {
    if !is_anything_offered(&results.catalogue, results) {
        let text = "no shipment was offered within the horizon: times are not known; see volumes, shipment sizes and \
                    `run.horizon`";
        lab.progress.remark(&Remark::Warning(text.to_owned()));
    }
}

fn is_anything_offered(catalogue: &Catalogue, results: &Results) -> bool {
    let rows = catalogue.rows.iter().enumerate();
    let mut offered = rows.filter(|(_, key)| key.measure == Measure::Offered && key.period.is_horizon());
    offered.any(|(row, _)| results.values(row).iter().any(|&value| value > 0.0))
}

impl Answer for Ran {
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        vec![measures(&self.summary)]
    }

    fn document(&self) -> Option<&'static str> {
        None
    }

    fn headline(&self) -> Headline {
        run_headline(&self.summary, &self.period)
    }

    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_run(&self.summary, &self.period, out)?;
        self.foundation.as_ref().map_or(Ok(()), |found| write_foundation(found, &self.summary.network, out))
    }

    fn details(&self) -> &'static str {
        "mean times, traffic by cargo, the worst places to wait and the queues that grow"
    }

    fn write_details(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_run_details(&self.summary, &self.period, out)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_json(&self.summary, out)
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        run_pictures(&self.simulated.results, &self.summary)
    }

    fn results(&self) -> Option<&Results> {
        Some(&self.simulated.results)
    }

    fn summary(&self) -> Option<Cow<'_, Summary>> {
        Some(Cow::Borrowed(&self.summary))
    }

    fn shortfall(&self) -> Option<Shortfall> {
        let finished = self.simulated.results.records.len();
        if !self.simulated.is_complete {
            return Some(Shortfall::stopped_after(finished));
        }
        let left_out = self.simulated.left_out.len();
        (left_out > 0).then(|| {
            Shortfall::Stopped(format!(
                "{left_out} simulated years took more than --memory allows: the results are of the {finished} others, \
                 which may be the better ones"
            ))
        })
    }
}

/// Simulates a scenario: its measures with their intervals.
///
/// # Errors
/// A simulation failed, or was stopped before its first replication was finished.
pub fn run(scenario: &Scenario, lab: &Lab<'_>) -> Result<Ran, QuestionError> {
    Run::of(scenario).ask(lab)
}
