//! The largest traffic that the corridor sustains, what binds, and what relieves it.

use super::run::tell_empty;
use super::what_if::NamedScenario;
use super::{NamedText, Question, QuestionError};
use crate::analysis::{
    self, Beginning, Found, Ground, Mix, PracticalCapacity, Priced, Relief, Service, Stair, measures,
    practical_capacity, relieve,
};
use crate::experiment::Remark;
use crate::report::{CapacityReport, CapacityWhatIf, Study};
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
    /// Interest a year for the annual cost of what-ifs and measures.
    pub interest: f64,
}

/// What may be done to relieve a corridor.
#[derive(Clone, Debug)]
pub struct ReliefTerms {
    /// Measures with a price, in TOML.
    pub measures: NamedText,
    /// Relieve no further than to this traffic carried, such as `6 Mt/yr`.
    pub target: Option<String>,
}

/// The largest traffic that a scenario sustains.
pub struct Capacity {
    scenario: Scenario,
    levelled: Vec<String>,
    asked: analysis::Question,
    relief: Option<ReliefAsked>,
    what_ifs: Vec<CapacityOf>,
    remarks: Vec<Remark>,
}

/// A what-if whose capacity is asked for.
struct CapacityOf {
    name: String,
    title: String,
    annual_cost: Option<f64>,
    scenario: Scenario,
    asked: analysis::Question,
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
        let (scenario, levelled) = level(scenario)?;
        let asked = asked(&scenario, terms)?;
        let relief = terms.relief.as_ref().map(|relief| priced(&scenario, relief, terms.interest)).transpose()?;
        let unpriced = relief.iter().flat_map(|relief| &relief.priced.unpriced);
        let remark = |id| Remark::Warning(format!("the measure `{id}` has neither capex nor opex and is left out"));
        let remarks = unpriced.map(remark).collect();
        Ok(Self { scenario, levelled, asked, relief, what_ifs: Vec::new(), remarks })
    }

    /// The same of what-ifs as well, each against the scenario in pairs of the same random numbers.
    ///
    /// # Errors
    /// A service or the mix does not fit a what-if.
    pub fn and_of(self, what_ifs: Vec<NamedScenario>, terms: &CapacityTerms) -> Result<Self, QuestionError> {
        let of = |what_if: NamedScenario| {
            let title = what_if.title(&self.scenario);
            let annual_cost = what_if.price(terms.interest).and_then(|price| price.annual);
            let (scenario, _) = level(&what_if.scenario)?;
            let asked = asked(&scenario, terms)?;
            Ok(CapacityOf { name: what_if.name, title, annual_cost, scenario, asked })
        };
        let what_ifs = what_ifs.into_iter().map(of).collect::<Result<_, QuestionError>>()?;
        Ok(Self { what_ifs, ..self })
    }

    /// The scenario that is simulated: the one that was given, with counted flows at their mean rates.
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    fn of_what_ifs(&self, lab: &Lab<'_>) -> Result<Vec<CapacityWhatIf>, QuestionError> {
        let mut found: Vec<CapacityWhatIf> = Vec::new();
        for what_if in &self.what_ifs {
            if found.last().is_some_and(|last| !last.capacity.is_complete) {
                break;
            }
            lab.progress.stage(&what_if.name);
            found.push(CapacityWhatIf {
                name: what_if.name.clone(),
                title: what_if.title.clone(),
                annual_cost: what_if.annual_cost,
                capacity: practical_capacity(what_if.scenario.prepared(), &what_if.asked, lab)?,
            });
        }
        Ok(found)
    }

    fn relieved(&self, capacity: &PracticalCapacity, lab: &Lab<'_>) -> Result<Option<Relief>, QuestionError> {
        let (Some(relief), Some(beginning)) = (&self.relief, beginning(capacity)) else { return Ok(None) };
        let ground =
            Ground { source: self.scenario.source(), base: &capacity.base, detail: self.scenario.prepared().detail };
        Ok(Some(relieve(&ground, &relief.priced.measures, &self.asked, relief.target, beginning, lab)?))
    }
}

/// The scenario with counted flows at their mean rates, and which these are.
fn level(scenario: &Scenario) -> Result<(Scenario, Vec<String>), QuestionError> {
    let (flows, settings): (Vec<String>, Vec<Setting>) = levels(scenario).into_iter().unzip();
    Ok((scenario.with(&settings)?, flows))
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

fn priced(scenario: &Scenario, terms: &ReliefTerms, interest: f64) -> Result<ReliefAsked, QuestionError> {
    let target = terms.target.as_deref().map(tonnes).transpose()?;
    let reader = scenario.source().reader();
    let read = |text: &str, file| measures(text, file, reader, interest);
    let priced = terms.measures.read("the measures cannot be used", read)?;
    // Before anything long begins.
    for measure in &priced.measures {
        scenario.with(&measure.settings)?;
    }
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
        let what_ifs = if capacity.is_complete { self.of_what_ifs(lab)? } else { Vec::new() };
        Ok(CapacityReport {
            capacity,
            what_ifs,
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
