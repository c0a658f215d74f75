//! Relief: the cheapest measure that lifts what binds, again and again.

use super::AnalysisError;
use super::binding::Binding;
use super::measures::{Measure, stands_for};
use super::practical::{Found, Question, Search, Step};
use crate::results::{Detail, Results};
use crate::scenario::Setting;
use crate::study::{Lab, Prepared, Source};

/// A scenario that measures are put on.
pub struct Ground<'a> {
    /// Where it comes from.
    pub source: &'a Source,
    /// The scenario at its own volumes, without measures.
    pub base: &'a Results,
    /// Down to what results have rows.
    pub detail: Detail,
}

impl Ground<'_> {
    /// The scenario with measures, in their order.
    fn with(&self, measures: &[&Measure]) -> Result<Prepared, AnalysisError> {
        let overlays: Vec<&str> = measures.iter().filter_map(|measure| measure.overlay.as_deref()).collect();
        // A measure adds to what is set already.
        let settings: Vec<Setting> = measures.iter().flat_map(|measure| &measure.settings).cloned().collect();
        let mut reading = self.source.read_overlaid(&overlays, &settings);
        let scenario = reading.scenario.take().filter(|_| !reading.diagnostics.has_errors());
        let names = || measures.iter().map(|measure| measure.id.as_str()).collect::<Vec<_>>().join(", ");
        let Some(scenario) = scenario else {
            return Err(AnalysisError::Measures { names: names(), findings: reading.rendered() });
        };
        Prepared::with(&reading, scenario, Some(self.detail))
            .map_err(|errors| AnalysisError::Plan { change: names(), errors })
    }
}

/// One step of the staircase.
#[derive(Clone, Debug, PartialEq)]
pub struct Stair {
    /// The measures that lead to it: none to the ground, two where only both together lift what binds.
    pub measures: Vec<Measure>,
    /// Dollars invested up to here.
    pub invested: f64,
    /// Dollars a year up to here.
    pub annual_cost: f64,
    /// What bound before.
    pub lifted: Option<Binding>,
    /// At capacity with all measures up to here, in fresh numbers.
    pub capacity: Step,
    /// What binds now.
    pub binding: Option<Binding>,
}

impl Stair {
    /// What leads to it, in words.
    pub fn title(&self) -> String {
        let titles: Vec<&str> = self.measures.iter().map(|measure| measure.title.as_str()).collect();
        if titles.is_empty() { "as it is".to_owned() } else { titles.join(" + ") }
    }
}

/// The staircase of capacity against cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Relief {
    /// From the scenario as it is upwards.
    pub stairs: Vec<Stair>,
    /// Measures that were tried on the last stair and lift nothing there, neither alone nor with one of the others.
    pub useless: Vec<String>,
    /// Measures that could not be tried, as they need others or are ruled out by some.
    pub barred: Vec<String>,
    /// Whether the target was reached, if one was given.
    pub reached: Option<bool>,
    /// False if a stop was asked for before an end was come to.
    pub is_complete: bool,
}

/// From where the search for relief goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct Beginning {
    /// The capacity without any measure.
    pub stair: Stair,
    /// The growth factor that is too much there.
    pub broken: f64,
}

/// Relieves a scenario whose capacity was found: it begins there.
///
/// On each stair the measures that may be taken are tried in order of annual cost (of equals by name): at the traffic
/// that was too much. The first with which it holds is taken, and the search goes on upwards from there. Where none helps
/// by itself, two together are tried in the same order of cost. It ends where no two help, where nothing is left, or where
/// `target` (tonnes a year) is carried. Three measures that only help together are not found.
///
/// # Errors
/// A simulation failed, or a measure makes a scenario that cannot run.
pub fn relieve(
    ground: &Ground<'_>,
    measures: &[Measure],
    question: &Question,
    target: Option<f64>,
    beginning: Beginning,
    lab: &Lab<'_>,
) -> Result<Relief, AnalysisError> {
    let mut order: Vec<&Measure> = measures.iter().collect();
    order.sort_by(|one, other| one.annual_cost.total_cmp(&other.annual_cost).then_with(|| one.id.cmp(&other.id)));
    let mut climb = Climb { ground, question, lab, taken: Vec::new(), broken: Some(beginning.broken) };
    let mut relief = Relief {
        stairs: vec![beginning.stair],
        useless: Vec::new(),
        barred: Vec::new(),
        reached: None,
        is_complete: true,
    };
    loop {
        let carried = relief.stairs.last().and_then(|stair| stair.capacity.tonnes).map_or(0.0, |tonnes| tonnes.mean);
        relief.reached = target.map(|target| carried >= target);
        if relief.reached == Some(true) {
            break;
        }
        let open: Vec<&Measure> = order.iter().copied().filter(|measure| climb.may_take(measure)).collect();
        let left = order.iter().filter(|measure| !climb.has(measure));
        relief.barred = left.filter(|measure| !climb.may_take(measure)).map(|measure| measure.id.clone()).collect();
        let Some(last) = relief.stairs.last() else { break };
        match climb.next(&open, &order, last)? {
            Next::Stair(stair) => relief.stairs.push(*stair),
            Next::Top => {
                relief.useless = open.iter().map(|measure| measure.id.clone()).collect();
                break;
            }
            Next::Stopped => {
                relief.is_complete = false;
                break;
            }
        }
    }
    Ok(relief)
}

enum Next {
    Stair(Box<Stair>),
    Top,
    Stopped,
}

struct Climb<'a> {
    ground: &'a Ground<'a>,
    question: &'a Question,
    lab: &'a Lab<'a>,
    taken: Vec<&'a Measure>,
    /// The growth factor that is too much; `None` where none is known to be.
    broken: Option<f64>,
}

impl<'a> Climb<'a> {
    fn has(&self, measure: &Measure) -> bool {
        self.taken.iter().any(|taken| taken.id == measure.id)
    }

    fn may_take(&self, measure: &Measure) -> bool {
        self.may_take_after(measure, None)
    }

    /// Whether a measure may be taken when what was taken, and one more, is there.
    fn may_take_after(&self, measure: &Measure, more: Option<&Measure>) -> bool {
        let taken = || self.taken.iter().copied().chain(more);
        let has = |name: &String| taken().any(|taken| stands_for(taken, name));
        let is_excluded = taken().any(|taken| taken.cost.excludes.iter().any(|name| stands_for(measure, name)));
        !self.has(measure)
            && measure.cost.requires.iter().all(has)
            && !measure.cost.excludes.iter().any(has)
            && !is_excluded
    }

    /// What may be taken at once: each open measure, then each two of which one is open and the other is with it; of
    /// either the cheapest first.
    fn steps(&self, open: &[&'a Measure], order: &[&'a Measure]) -> Vec<Vec<&'a Measure>> {
        let mut pairs: Vec<Vec<&Measure>> = Vec::new();
        for (at, &one) in open.iter().enumerate() {
            let others = order.iter().filter(|other| !open[..=at].iter().any(|before| before.id == other.id));
            pairs.extend(others.filter(|other| self.may_take_after(other, Some(one))).map(|&other| vec![one, other]));
        }
        let cost = |pair: &Vec<&Measure>| pair.iter().map(|measure| measure.annual_cost).sum::<f64>();
        pairs.sort_by(|one, other| cost(one).total_cmp(&cost(other)));
        open.iter().map(|&measure| vec![measure]).chain(pairs).collect()
    }

    /// Tries measures until one, or two together, lift what binds.
    fn next(&mut self, open: &[&'a Measure], order: &[&'a Measure], last: &Stair) -> Result<Next, AnalysisError> {
        let Some(broken) = self.broken else { return Ok(Next::Top) };
        for step in self.steps(open, order) {
            let with: Vec<&Measure> = self.taken.iter().chain(&step).copied().collect();
            let prepared = self.ground.with(&with)?;
            let mut search = Search::new(&prepared, self.question, self.lab, self.ground.base.clone())?;
            match search.try_at(broken)? {
                None => return Ok(Next::Stopped),
                Some(false) => continue,
                Some(true) => {}
            }
            let Some(found) = search.upwards()? else { return Ok(Next::Stopped) };
            let (factor, broken) = match found {
                Found::Between(factor, broken) => (factor, Some(broken)),
                Found::Beyond(factor) => (factor, None),
                Found::Never(_) | Found::Unknown => return Ok(Next::Top),
            };
            let Some(capacity) = search.fresh(factor)? else { return Ok(Next::Stopped) };
            let stair = Stair {
                measures: step.iter().map(|&measure| measure.clone()).collect(),
                invested: last.invested + step.iter().map(|measure| measure.capex()).sum::<f64>(),
                annual_cost: last.annual_cost + step.iter().map(|measure| measure.annual_cost).sum::<f64>(),
                lifted: last.binding.clone(),
                capacity: capacity.step,
                binding: search.binding()?,
            };
            self.taken.extend(step);
            self.broken = broken;
            return Ok(Next::Stair(Box::new(stair)));
        }
        Ok(Next::Top)
    }
}
