//! Practical capacity: the largest traffic with no growing backlog and the services kept.

use crate::words::{Measure, Subject};
use serde::Serialize;

use super::AnalysisError;
use super::arithmetic::{Ceiling, ceiling};
use super::binding::{Binding, binding};
use super::cut::{Cut, NoCut, cut};
use super::growth::Mix;
use super::judge::{Check, Judge};
use super::rows::Rows;
use super::rules::{Rule, rules};
use super::service::Service;
use crate::experiment::{ExperimentError, Part};
use crate::random::Domain;
use crate::results::{Burden, FallBetween, Results};
use crate::stats::{Estimate, Paired, Welch};
use crate::study::{Lab, Prepared, StudyError, Years};

/// The search goes no further than this many times the traffic, or this part of it.
const FURTHEST: f64 = 64.0;
/// Above the ceiling by arithmetic by so much something queues without end.
const BEYOND: f64 = 1.05;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What grows.
    pub mix: Mix,
    /// What must be kept.
    pub services: Vec<Service>,
    /// How near the growth factor is found, a share of it.
    pub tolerance: f64,
}

/// One traffic that was simulated and judged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Growth factor of the traffic.
    pub factor: f64,
    /// Tonnes carried a year by what is counted.
    pub tonnes: Option<Estimate>,
    /// TEU carried a year, where any are.
    pub teu: Option<Estimate>,
    /// All limits, those that are broken first, the worst of them foremost.
    pub checks: Vec<Check>,
    /// What was asked for and carried.
    #[serde(skip)]
    pub burden: Burden,
    #[serde(skip)]
    by_replication: Vec<f64>,
}

impl Step {
    /// Whether all limits hold.
    pub fn holds(&self) -> bool {
        self.checks.iter().all(|check| check.holds)
    }
}

/// What the search came to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// It holds at the first growth factor and no more at the second; they differ by no more than the tolerance unless
    /// the search was stopped.
    Between(f64, f64),
    /// It still holds at this growth factor, the furthest that is tried.
    Beyond(f64),
    /// It does not hold even at this growth factor, the least that is tried.
    Never(f64),
    /// The search was stopped before both sides were known.
    Unknown,
}

/// The practical capacity of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct PracticalCapacity {
    /// The scenario at its own volumes.
    pub base: Results,
    /// What was simulated in search, in order.
    pub steps: Vec<Step>,
    /// By arithmetic.
    pub ceiling: Option<Ceiling>,
    /// The most counted traffic that can pass, whatever its mix, or why that is not known.
    pub cut: Result<Cut, NoCut>,
    /// What the search came to.
    pub found: Found,
    /// At capacity, in the numbers of the search.
    pub search: Option<Step>,
    /// At capacity, in fresh numbers: what is to be reported.
    pub fresh: Option<Step>,
    /// What binds at the next growth factor.
    pub binding: Option<Binding>,
    /// Rules of thumb beside it.
    pub rules: Vec<Rule>,
    /// False if a stop was asked for before the search was done.
    pub is_complete: bool,
}

impl PracticalCapacity {
    /// The traffic at which the fall below what was carried at a smaller one is greatest, if any falls.
    pub fn fall(&self) -> Option<FallBetween<'_, Step>> {
        let pairs = self.steps.iter().flat_map(|more| self.steps.iter().map(move |less| (less, more)));
        let falls = pairs
            .filter_map(|(less, more)| Some(FallBetween { less, more, fall: more.burden.falls_from(&less.burden)? }));
        let depth = |between: &FallBetween<'_, Step>| between.fall.before - between.fall.after;
        falls.max_by(|one, other| depth(one).total_cmp(&depth(other)))
    }

    /// By how many tonnes a year more than another it carries in fresh numbers, in pairs of the same random numbers.
    pub fn more_than(&self, other: &Self) -> Option<Paired> {
        let (own, other) = (self.fresh.as_ref()?, other.fresh.as_ref()?);
        Paired::of(&own.by_replication, &other.by_replication, own.tonnes?.level)
    }

    /// By how many tonnes a year more the search saw than fresh numbers do: the price of having chosen in them.
    pub fn drop(&self) -> Option<Welch> {
        let (search, fresh) = (self.search.as_ref()?, self.fresh.as_ref()?);
        Welch::of(&search.by_replication, &fresh.by_replication, fresh.tonnes?.level)
    }
}

/// Finds the largest traffic that the scenario sustains.
///
/// Traffic grows by `question.mix`. A growth factor is simulated and judged: no flow's backlog grows, none is turned
/// away more than at the scenario's own volumes, every service is kept. The largest factor that holds is bracketed
/// from 1 and from the ceiling by arithmetic, and found by bisection; all of it with one set of draws in domain
/// selection, so that factors differ by the traffic alone. What was found is simulated again in fresh numbers (domain
/// final evaluation), as what was chosen for being good looks better than it is.
///
/// # Errors
/// A simulation failed, or was stopped before its first replication.
pub fn practical_capacity(
    prepared: &Prepared,
    question: &Question,
    lab: &Lab<'_>,
) -> Result<PracticalCapacity, AnalysisError> {
    let base = lab.simulate(prepared)?;
    let mut search = Search::new(prepared, question, lab, base.results)?;
    let found = if base.is_complete { search.find()? } else { None };
    let (found, is_complete) = match found {
        Some(found) => (found, true),
        None => (search.known(), false),
    };
    let fresh = match (found, is_complete) {
        (Found::Between(factor, _) | Found::Beyond(factor), true) => search.fresh(factor)?,
        _ => None,
    };
    search.finish(found, fresh, is_complete)
}

/// The results of a traffic, a factor of the scenario's.
struct AtFactor {
    factor: f64,
    results: Results,
}

/// A traffic in fresh numbers.
pub(super) struct Fresh {
    pub(super) step: Step,
    pub(super) results: Results,
}

/// A search under way.
pub(super) struct Search<'a> {
    prepared: &'a Prepared,
    question: &'a Question,
    lab: Lab<'a>,
    judge: Judge,
    base: Results,
    ceiling: Option<Ceiling>,
    steps: Vec<Step>,
    /// The results of the least traffic, of the most that holds, of the least that does not.
    least: Option<AtFactor>,
    held: Option<AtFactor>,
    broken: Option<AtFactor>,
    done: u64,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        prepared: &'a Prepared,
        question: &'a Question,
        lab: &Lab<'a>,
        base: Results,
    ) -> Result<Self, AnalysisError> {
        let level = prepared.scenario.run.level;
        let judge = Judge::new(&prepared.plan, &base, question.services.clone(), question.tolerance, level);
        let first = base.records.numbers().next().map_or(0, u64::from);
        let number = base.records.len() as u64;
        let years = Years::Fixed(first..first + number);
        Ok(Self {
            prepared,
            question,
            lab: lab.over(years).drawing_for(Domain::Selection),
            judge,
            base,
            ceiling: ceiling(prepared, &question.mix)?,
            steps: Vec::new(),
            least: None,
            held: None,
            broken: None,
            done: number,
        })
    }

    /// Brackets and bisects; `None` if it was stopped.
    fn find(&mut self) -> Result<Option<Found>, AnalysisError> {
        let Some(at_one) = self.try_at(1.0)? else { return Ok(None) };
        if at_one { self.upwards() } else { self.downwards() }
    }

    /// From a factor that holds: to just above the ceiling by arithmetic, then by doubling.
    pub(super) fn upwards(&mut self) -> Result<Option<Found>, AnalysisError> {
        let mut holds = self.held.as_ref().map_or(1.0, |held| held.factor);
        let ceiling = self.ceiling.as_ref().map_or(f64::INFINITY, |ceiling| ceiling.factor * BEYOND);
        loop {
            let next = if ceiling.is_finite() && ceiling > holds { ceiling } else { holds * 2.0 };
            let next = next.min(FURTHEST);
            let Some(at_next) = self.try_at(next)? else { return Ok(None) };
            if !at_next {
                return self.between(holds, next);
            }
            holds = next;
            if holds >= FURTHEST {
                return Ok(Some(Found::Beyond(holds)));
            }
        }
    }

    fn downwards(&mut self) -> Result<Option<Found>, AnalysisError> {
        let mut broken = 1.0;
        while broken > 1.0 / FURTHEST {
            let next = broken / 2.0;
            let Some(at_next) = self.try_at(next)? else { return Ok(None) };
            if at_next {
                return self.between(next, broken);
            }
            broken = next;
        }
        Ok(Some(Found::Never(broken)))
    }

    /// Bisection.
    fn between(&mut self, mut holds: f64, mut broken: f64) -> Result<Option<Found>, AnalysisError> {
        while broken > holds * (1.0 + self.question.tolerance) {
            let middle = 0.5 * (holds + broken);
            match self.try_at(middle)? {
                Some(true) => holds = middle,
                Some(false) => broken = middle,
                None => return Ok(None),
            }
        }
        Ok(Some(Found::Between(holds, broken)))
    }

    /// Simulates and judges a traffic; `None` if it was stopped.
    pub(super) fn try_at(&mut self, factor: f64) -> Result<Option<bool>, AnalysisError> {
        let Some(results) = self.results(factor, Domain::Selection)? else { return Ok(None) };
        let step = self.step(factor, &results);
        let holds = step.holds();
        self.steps.push(step);
        if self.least.as_ref().is_none_or(|least| factor < least.factor) {
            self.least = Some(AtFactor { factor, results: results.clone() });
        }
        let place = if holds { &mut self.held } else { &mut self.broken };
        let is_nearer = place.as_ref().is_none_or(|at| if holds { factor > at.factor } else { factor < at.factor });
        if is_nearer {
            *place = Some(AtFactor { factor, results });
        }
        Ok(Some(holds))
    }

    fn results(&mut self, factor: f64, domain: Domain) -> Result<Option<Results>, AnalysisError> {
        let variant = self.grown(factor)?;
        let number = self.base.records.len() as u64;
        let among = Part { before: self.done, of_all: Some(self.done + number), each: 1, watcher: self.lab.progress };
        let simulated = match self.lab.drawing_for(domain).telling(&among).simulate(&variant) {
            Ok(simulated) => simulated,
            Err(StudyError::Experiment(ExperimentError::Stopped)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        self.done += number;
        Ok(simulated.is_complete.then_some(simulated.results))
    }

    fn step(&self, factor: f64, results: &Results) -> Step {
        let rows = Rows::of(results);
        let level = results.manifest.run.level;
        let carried =
            |measure| rows.find(measure, &Subject::corridor(), None).map(|row| rows.values(row)).unwrap_or_default();
        let tonnes = carried(Measure::Throughput);
        Step {
            factor,
            tonnes: Estimate::of(&tonnes, level),
            teu: Estimate::of(&carried(Measure::ThroughputTeu), level),
            checks: self.judge.checks(results),
            burden: Burden::of(results),
            by_replication: tonnes,
        }
    }

    /// The same traffic in fresh numbers; `None` if it was stopped.
    pub(super) fn fresh(&mut self, factor: f64) -> Result<Option<Fresh>, AnalysisError> {
        let results = self.results(factor, Domain::Evaluation)?;
        Ok(results.map(|results| Fresh { step: self.step(factor, &results), results }))
    }

    /// What is known of a search that was stopped.
    fn known(&self) -> Found {
        match (&self.held, &self.broken) {
            (Some(held), Some(broken)) => Found::Between(held.factor, broken.factor),
            _ => Found::Unknown,
        }
    }

    /// What binds at the least traffic that is too much.
    pub(super) fn binding(&self) -> Result<Option<Binding>, AnalysisError> {
        let Some(AtFactor { factor, results: many }) = self.broken.as_ref() else { return Ok(None) };
        let few = self.least.as_ref().filter(|least| least.factor < *factor).map_or(&self.base, |least| &least.results);
        let step = self.steps.iter().find(|step| step.factor.to_bits() == factor.to_bits());
        let Some(check) = step.and_then(|step| step.checks.first()) else { return Ok(None) };
        Ok(Some(binding(&self.grown(*factor)?, check, few, many)))
    }

    fn grown(&self, factor: f64) -> Result<Prepared, AnalysisError> {
        let variant = self.prepared.variant(|scenario| self.question.mix.grow(scenario, factor));
        variant.map_err(|errors| AnalysisError::Plan { change: format!("{factor} × the traffic"), errors })
    }

    fn finish(self, found: Found, fresh: Option<Fresh>, is_complete: bool) -> Result<PracticalCapacity, AnalysisError> {
        let at_capacity = match (&fresh, &self.held) {
            (Some(Fresh { results, .. }), _) | (None, Some(AtFactor { results, .. })) => Some(results),
            _ => None,
        };
        let held = self.held.as_ref().map(|held| held.factor);
        Ok(PracticalCapacity {
            rules: rules(self.prepared, &self.base, at_capacity),
            binding: self.binding()?,
            search: self.steps.iter().find(|step| Some(step.factor) == held).cloned(),
            cut: cut(&self.prepared.plan, &self.base),
            base: self.base,
            steps: self.steps,
            ceiling: self.ceiling,
            found,
            fresh: fresh.map(|fresh| fresh.step),
            is_complete,
        })
    }
}
