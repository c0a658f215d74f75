//! The largest traffic that the corridor sustains, what binds, and what relieves it.

use super::run::tell_empty;
use super::{NamedText, Question, QuestionError};
use crate::analysis::{
    self, Beginning, Found, Ground, Mix, PracticalCapacity, Priced, Relief, Service, Stair, measures,
    practical_capacity, relieve,
};
use crate::experiment::Remark;
use crate::report::{CapacityReport, Study};
use crate::scenario::Setting;
use crate::scenario::quantity::Dimension;
use crate::study::{Lab, Scenario};
use crate::units::{DAYS_PER_YEAR, MS_PER_DAY, MS_PER_HOUR};

/// What traffic has to keep, and how it grows.
#[derive(Clone, Debug)]
pub struct CapacityTerms {
    /// Weights by flow and cargo, in TOML; all counted flows grow alike where there are none.
    pub mix: Option<NamedText>,
    /// Services to be kept, such as `section.altynkol-poti P95 <= 30 d`.
    pub services: Vec<String>,
    /// How near the growth factor is found, a share of it.
    pub tolerance: f64,
    /// Measures that may be taken.
    pub relief: Option<ReliefTerms>,
}

/// What may be done to relieve a corridor.
#[derive(Clone, Debug)]
pub struct ReliefTerms {
    /// Measures with a price, in TOML.
    pub measures: NamedText,
    /// Interest a year for their annual cost.
    pub interest: f64,
    /// Relieve no further than to this traffic carried, such as `6 Mt/yr`.
    pub target: Option<String>,
}

/// The largest traffic that a scenario sustains.
pub struct Capacity {
    scenario: Scenario,
    levelled: Vec<String>,
    asked: analysis::Question,
    relief: Option<ReliefAsked>,
    remarks: Vec<Remark>,
}

/// By what the corridor is relieved, and how far.
struct ReliefAsked {
    priced: Priced,
    /// Tonnes a year.
    target: Option<f64>,
}

impl Capacity {
    /// Asks how far the traffic of a scenario can grow. Flows that were counted by parts of the year come at the mean rate of
    /// their counts: a backlog that grows because more is asked for in December than in January says nothing of what can be
    /// kept up.
    ///
    /// # Errors
    /// A service, the mix, a measure or the target cannot be read, or does not fit the scenario.
    pub fn of(scenario: &Scenario, terms: &CapacityTerms) -> Result<Self, QuestionError> {
        let levels = levels(scenario);
        let settings: Vec<Setting> = levels.iter().map(|(_, setting)| setting.clone()).collect();
        let scenario = scenario.with(&settings)?;
        let asked = asked(&scenario, terms)?;
        let relief = terms.relief.as_ref().map(|relief| priced(&scenario, relief)).transpose()?;
        let unpriced = relief.iter().flat_map(|relief| &relief.priced.unpriced);
        let remark = |id| Remark::Warning(format!("the measure `{id}` has neither capex nor opex and is left out"));
        let remarks = unpriced.map(remark).collect();
        let levelled = levels.into_iter().map(|(flow, _)| flow).collect();
        Ok(Self { scenario, levelled, asked, relief, remarks })
    }

    /// The scenario that is simulated: the one that was given, with counted flows at their mean rates.
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    fn relieved(&self, capacity: &PracticalCapacity, lab: &Lab<'_>) -> Result<Option<Relief>, QuestionError> {
        let (Some(relief), Some(beginning)) = (&self.relief, beginning(capacity)) else { return Ok(None) };
        let ground =
            Ground { source: self.scenario.source(), base: &capacity.base, detail: self.scenario.prepared().detail };
        Ok(Some(relieve(&ground, &relief.priced.measures, &self.asked, relief.target, beginning, lab)?))
    }
}

/// Flows whose traffic was counted by parts of the year, each with the setting that lets it come at its mean rate.
fn levels(scenario: &Scenario) -> Vec<(String, Setting)> {
    let contents = scenario.contents();
    let flows = contents.flow.iter().filter_map(|(id, flow)| {
        let unit = &contents.cargo.get(&flow.cargo)?.unit;
        let setting = format!("flow.{id}.volume={} {unit}/yr", flow.volume.mean_year()?);
        Some((format!("flow.{id}"), Setting::parse(&setting).ok()?))
    });
    flows.collect()
}

fn asked(scenario: &Scenario, terms: &CapacityTerms) -> Result<analysis::Question, QuestionError> {
    let (contents, rows) = (scenario.contents(), &scenario.prepared().layout.catalogue().rows);
    let mix = match &terms.mix {
        Some(mix) => mix.read("the mix cannot be used", |text, file| Mix::read(text, file, contents))?,
        None => Mix::proportional(contents),
    };
    let services = terms.services.iter().map(|service| Service::parse(service, rows).map_err(QuestionError::wrong));
    let services = services.collect::<Result<Vec<Service>, _>>()?;
    Ok(analysis::Question { mix, services, tolerance: terms.tolerance })
}

fn priced(scenario: &Scenario, terms: &ReliefTerms) -> Result<ReliefAsked, QuestionError> {
    let target = terms.target.as_deref().map(tonnes).transpose()?;
    let reader = scenario.source().reader();
    let read = |text: &str, file| measures(text, file, reader, terms.interest);
    let priced = terms.measures.read("the measures cannot be used", read)?;
    Ok(ReliefAsked { priced, target })
}

/// Tonnes a year.
fn tonnes(text: &str) -> Result<f64, QuestionError> {
    let rate = Dimension::Rate.parse(text).ok().filter(|rate| rate.unit == "t" && rate.value > 0.0);
    let hours = (DAYS_PER_YEAR * MS_PER_DAY / MS_PER_HOUR) as f64;
    let wrong = || format!("`{text}` is no traffic to reach: it wants tonnes a year, such as \"6 Mt/yr\"");
    rate.map(|rate| rate.value * hours).ok_or_else(|| QuestionError::Wrong(wrong()))
}

/// The lowest stair, and the growth factor that is too much there; `None` where nothing binds.
fn beginning(capacity: &PracticalCapacity) -> Option<Beginning> {
    let (Found::Between(_, broken), Some(fresh)) = (capacity.found, &capacity.fresh) else { return None };
    let stair = Stair {
        measures: Vec::new(),
        invested: 0.0,
        annual_cost: 0.0,
        lifted: None,
        capacity: fresh.clone(),
        binding: capacity.binding.clone(),
    };
    Some(Beginning { stair, broken })
}

impl Question for Capacity {
    type Answer = CapacityReport;

    const STUDY: Study = Study::CAPACITY;

    fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    fn ask(&self, lab: &Lab<'_>) -> Result<CapacityReport, QuestionError> {
        let capacity = practical_capacity(self.scenario.prepared(), &self.asked, lab)?;
        tell_empty(&capacity.base, lab);
        let relief = self.relieved(&capacity, lab)?;
        Ok(CapacityReport {
            capacity,
            services: self.asked.services.clone(),
            tolerance: self.asked.tolerance,
            is_proportional: self.asked.mix.is_proportional(),
            levelled: self.levelled.clone(),
            relief,
            unpriced: self.relief.as_ref().map_or_else(Vec::new, |relief| relief.priced.unpriced.clone()),
        })
    }
}

/// Finds the largest traffic that a scenario sustains.
///
/// # Errors
/// What is asked does not fit the scenario, or a simulation failed or was stopped.
pub fn capacity(scenario: &Scenario, terms: &CapacityTerms, lab: &Lab<'_>) -> Result<CapacityReport, QuestionError> {
    Capacity::of(scenario, terms)?.ask(lab)
}
