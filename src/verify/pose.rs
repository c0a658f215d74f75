//! Posing a case: its scenario, loaded, compiled and simulated the ordinary way.

use super::index::{Check, Column};
use crate::engine::Limits;
use crate::experiment::{Cancel, Job, Quiet, replicate};
use crate::model::Plan;
use crate::random::Domain;
use crate::results::{Kept, Layout, Manifest, Materiality, Results, RowKey, Run, ScenarioIdentity, Summary, Window};
use crate::scenario::{ScenarioReader, Setting, date_text, embedded};
use crate::stats::Estimate;
use crate::units::{Timespan, factor};
use crate::words::Measure;

/// The level of all intervals.
pub(super) const LEVEL: f64 = 0.999;

/// How a scenario is simulated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Route<'a> {
    pub(super) seed: u64,
    pub(super) replications: u32,
    /// In place of the scenario's.
    pub(super) horizon: Option<&'a str>,
    pub(super) threads: usize,
    pub(super) cancel: &'a Cancel,
}

/// A scenario, simulated.
#[derive(Debug)]
pub(super) struct Posed {
    results: Results,
    summary: Summary,
    /// The horizon.
    span: Timespan,
}

/// A number with its error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measured {
    pub(super) value: f64,
    pub(super) half_width: Option<f64>,
    /// Replications that have a value.
    pub(super) n: u64,
}

/// Simulates a scenario of the folder `verify` under some settings.
pub(super) fn pose(name: &str, settings: &[String], route: Route<'_>) -> Result<Posed, String> {
    let scenario = load(name, settings, route.horizon)?;
    let plan = Plan::of(&scenario).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        lines.join("; ")
    })?;
    let layout = Layout::of(&plan);
    let job = Job {
        plan: &plan,
        seed: route.seed,
        replications: 0..u64::from(route.replications),
        domain: Domain::Production,
        threads: route.threads,
        limits: Limits::default(),
    };
    let turn = |number, outcome: &crate::engine::Outcome| Kept::of(&layout, number as u32, outcome);
    let mut kept = Kept::default();
    if !replicate(&job, turn, |one| kept.append(one), &Quiet, route.cancel).map_err(|error| error.to_string())? {
        return Err("stopped".to_owned());
    }
    let manifest = manifest(&scenario, route);
    let results = Results::of(manifest, layout.catalogue().clone(), kept);
    Ok(Posed { summary: results.summary(), results, span: plan.clock.horizon() })
}

fn load(name: &str, settings: &[String], horizon: Option<&str>) -> Result<crate::scenario::Contents, String> {
    let path = format!("verify/{name}.toml");
    let file = embedded().iter().find(|file| file.path == path);
    let file = file.ok_or_else(|| format!("there is no embedded scenario {path}"))?;
    let horizon = horizon.map(|horizon| format!("run.horizon={horizon:?}"));
    let settings: Result<Vec<Setting>, _> = settings.iter().chain(&horizon).map(|text| Setting::parse(text)).collect();
    let settings = settings.map_err(|error| error.to_string())?;
    ScenarioReader::default().read_text(file.text, name, &settings).into_contents().map_err(|error| error.to_string())
}

fn manifest(scenario: &crate::scenario::Contents, route: Route<'_>) -> Manifest {
    Manifest {
        scenario: ScenarioIdentity { name: scenario.name.clone(), title: scenario.title.clone(), hash: String::new() },
        run: Run {
            midcor: env!("CARGO_PKG_VERSION").to_owned(),
            time_zones: crate::results::time_zones(),
            seed: route.seed,
            first: 0,
            replications: route.replications,
            left_out: Vec::new(),
            years_per_draw: None,
            level: LEVEL,
            materiality: Materiality::default(),
            window: Window {
                start: date_text(scenario.run.start),
                warm_up_d: scenario.run.warm_up.days(),
                horizon_d: scenario.run.horizon.days(),
                drain_d: scenario.run.drain.days(),
            },
        },
    }
}

fn is_row(key: &RowKey, measure: Option<Measure>, check: &Check) -> bool {
    Some(key.measure) == measure
        && Some(&key.subject) == check.subject.as_ref()
        && key.period == check.period
        && key.place == check.place
        && key.cause == check.cause
}

impl Posed {
    /// The value that a check looks at.
    pub(super) fn measured(&self, check: &Check) -> Result<Measured, String> {
        match check.column {
            Column::Mean => estimated(&self.values(check)?, check),
            Column::P50 | Column::P95 => self.percentile(check),
        }
    }

    /// The value of a check by replication, in the unit of the check; what is to be subtracted is.
    pub(super) fn values(&self, check: &Check) -> Result<Vec<f64>, String> {
        let mut values = self.column(check.measure, check)?;
        for &measure in &check.less {
            let less = self.column(Some(measure), check)?;
            values.iter_mut().zip(less).for_each(|(value, less)| *value -= less);
        }
        Ok(values)
    }

    fn column(&self, measure: Option<Measure>, check: &Check) -> Result<Vec<f64>, String> {
        let mut rows = self.results.catalogue.rows.iter().enumerate().filter(|(_, key)| is_row(key, measure, check));
        let missing = || format!("the results have no row for {}", check.name());
        // A measure may have a row in tonnes and another in units of the cargo.
        let found = rows.find_map(|(row, key)| Some((row, factor(&key.unit.to_string(), &check.unit, self.span)?)));
        let (row, factor) = found.ok_or_else(missing)?;
        Ok(self.results.records.column(row).into_iter().map(|value| value * factor).collect())
    }

    fn percentile(&self, check: &Check) -> Result<Measured, String> {
        let row = self.summary.rows.iter().find(|row| is_row(&row.key, check.measure, check));
        let row = row.ok_or_else(|| format!("the results have no row for {}", check.name()))?;
        let factor = factor(&row.key.unit.to_string(), &check.unit, self.span);
        let factor = factor.ok_or_else(|| format!("{} is in {}, not in {}", check.name(), row.key.unit, check.unit))?;
        let (value, half_width) = match check.column {
            Column::P50 => (row.p50, row.p50_half_width),
            _ => (row.p95, row.p95_half_width),
        };
        let value = value.ok_or_else(|| format!("{} is not known", check.name()))?;
        Ok(Measured { value: value * factor, half_width: half_width.map(|width| width * factor), n: row.n })
    }

    /// The rows whose values differ from those of another run, bit by bit.
    pub(super) fn differences(&self, other: &Self) -> u64 {
        let same = self.results.catalogue == other.results.catalogue && self.results.records == other.results.records;
        if same {
            return 0;
        }
        let bits = |posed: &Self, row: usize| -> Vec<u64> {
            posed.results.records.column(row).into_iter().map(f64::to_bits).collect()
        };
        let rows = self.results.catalogue.rows.len().max(other.results.catalogue.rows.len());
        let shared = self.results.catalogue.rows.len().min(other.results.catalogue.rows.len());
        (rows - shared + (0..shared).filter(|&row| bits(self, row) != bits(other, row)).count()) as u64
    }
}

/// The mean of values by replication, those left out that have none.
pub(super) fn estimated(values: &[f64], check: &Check) -> Result<Measured, String> {
    let known: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    let estimate = Estimate::of(&known, LEVEL).ok_or_else(|| format!("{} has no value", check.name()))?;
    Ok(Measured { value: estimate.mean, half_width: estimate.half_width, n: estimate.n })
}
