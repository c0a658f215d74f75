//! One or two parameters varied, every point with the same random numbers.

use super::{Found, Question, QuestionError};
use crate::analysis::Service;
use crate::analysis::sweep::{self as analysis, Grid, Looked, Swept, SweptEnd, Vary};
use crate::report::{Shortfall, Study};
use crate::results::MeasureRef;
use crate::study::{Lab, Scenario, Years};

/// More points than this are a mistake in a step.
const MOST_POINTS: usize = 1000;
/// More parameters than this cannot be shown.
const MOST_PARAMETERS: usize = 2;

/// What one or two parameters do.
pub struct Sweep<'a> {
    scenario: &'a Scenario,
    grid: Grid,
    looked: Looked,
}

impl<'a> Sweep<'a> {
    /// Varies parameters and looks at measures such as `throughput` or `section.altynkol-poti P95`; at the headline ones where
    /// none are named. Every point is made ready once, so that whatever is wrong with one is told before anything long
    /// begins; that which is the scenario as it is written is the reference, else the first.
    ///
    /// # Errors
    /// There are too many parameters or points, a measure does not exist, or a point cannot run.
    pub fn of(scenario: &'a Scenario, varies: &[Vary], measures: &[String]) -> Result<Self, QuestionError> {
        let grid = grid(varies)?;
        let looked = named(measures, scenario)?;
        let reference = reference(&grid, scenario)?;
        Ok(Self { scenario, grid: Grid { reference, ..grid }, looked })
    }

    /// The same, value by value in their order until a service is kept, such as `section.altynkol-poti P95 <= 15 d`; all values
    /// where there is no service.
    ///
    /// # Errors
    /// There are two parameters, or the service cannot be read.
    pub fn until(mut self, service: Option<&str>) -> Result<Self, QuestionError> {
        let Some(service) = service else { return Ok(self) };
        if self.grid.varies.len() > 1 {
            return Err(QuestionError::wrong("--until looks along one parameter: give one --vary"));
        }
        let rows = &self.scenario.prepared().layout.catalogue().rows;
        let service = Service::parse(service, rows).map_err(QuestionError::wrong)?;
        let measures = &mut self.looked.measures;
        let place = measures.iter().position(|measure| *measure == service.figure).unwrap_or_else(|| {
            measures.push(service.figure.clone());
            measures.len() - 1
        });
        self.looked.lead = place;
        self.looked.until = Some((service, place));
        self.grid.reference = 0;
        Ok(self)
    }
}

fn grid(varies: &[Vary]) -> Result<Grid, QuestionError> {
    let wrong = |why: String| Err(QuestionError::Wrong(why));
    if varies.len() > MOST_PARAMETERS {
        return wrong(format!("{} parameters are varied; a sweep is over one or two", varies.len()));
    }
    if let [one, other] = varies
        && one.name() == other.name()
    {
        return wrong(format!("`{}` is varied twice", one.name()));
    }
    let points: usize = varies.iter().map(|vary| vary.values().len()).product();
    if points > MOST_POINTS {
        return wrong(format!("{points} points are more than {MOST_POINTS}; take longer steps"));
    }
    Ok(Grid { varies: varies.to_vec(), reference: 0 })
}

/// The figures that are named, the first of them leading; else the headline ones, led by the one that answers begin with.
fn named(texts: &[String], scenario: &Scenario) -> Result<Looked, QuestionError> {
    let catalogue = scenario.prepared().layout.catalogue();
    let rows = &catalogue.rows;
    if texts.is_empty() {
        let mut measures = MeasureRef::headline(rows);
        let lead = MeasureRef::headline_of(catalogue).map_or(0, |lead| {
            measures.iter().position(|measure| *measure == lead).unwrap_or_else(|| {
                measures.push(lead);
                measures.len() - 1
            })
        });
        return Ok(Looked { measures, lead, until: None });
    }
    let mut measures: Vec<MeasureRef> = Vec::new();
    for text in texts {
        let measure =
            MeasureRef::parse(text, rows).map_err(|error| QuestionError::Wrong(format!("--measure {error}")))?;
        if !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    Ok(Looked { measures, lead: 0, until: None })
}

fn reference(grid: &Grid, scenario: &Scenario) -> Result<usize, QuestionError> {
    let mut reference = None;
    for (number, place) in grid.places().iter().enumerate() {
        if scenario.with(&grid.settings(place))?.prepared().hash == scenario.prepared().hash {
            reference.get_or_insert(number);
        }
    }
    Ok(reference.unwrap_or(0))
}

impl Question for Sweep<'_> {
    type Answer = Found<analysis::Sweep>;

    const STUDY: Study = Study::SWEEP;

    fn ask(&self, lab: &Lab<'_>) -> Result<Self::Answer, QuestionError> {
        if matches!(lab.years, Years::Drawn { .. }) {
            let why = "a sweep keeps all inputs but those that it varies: --inputs drawn is for run and compare";
            return Err(QuestionError::wrong(why));
        }
        let ready = |settings: &[_]| self.scenario.with(settings).map(Scenario::into_prepared);
        let Swept { sweep, end } = analysis::sweep(&self.grid, &self.looked, lab, ready);
        let finished = sweep.as_ref().map_or(0, |sweep| sweep.points.len());
        let shortfall = match end {
            SweptEnd::Complete => None,
            SweptEnd::Stopped => {
                let what = format!("stopped: the results are of the {finished} points that were finished");
                Some(Shortfall::Stopped(what))
            }
            SweptEnd::NotReady(rejected) => Some(Shortfall::Failed(rejected.to_string())),
            SweptEnd::Failed { point, error } => {
                Some(Shortfall::Failed(format!("{point}: {error}; {finished} points were finished")))
            }
        };
        // Without a reference there is nothing to show.
        let found = sweep.ok_or_else(|| QuestionError::nothing(shortfall.as_ref()))?;
        Ok(Found { found, ran: None, shortfall })
    }
}

/// Varies one or two parameters, such as `fleet.ferry.vessels=1..4:1`, and looks at the headline measures.
///
/// # Errors
/// A point cannot run, or a simulation failed or was stopped before any point was finished.
pub fn sweep(scenario: &Scenario, varies: &[Vary], lab: &Lab<'_>) -> Result<Found<analysis::Sweep>, QuestionError> {
    Sweep::of(scenario, varies, &[])?.ask(lab)
}
