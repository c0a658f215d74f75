//! Rows and series as they are put together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::formulas::{Formula, Layout};
use super::sampler::Sampler;
use crate::model::{Labels, Plan};
use crate::results::catalogue::{
    Catalogue, HeadlineSection, Network, NetworkLink, NetworkName, NetworkNode, NetworkPeriod, NetworkSection, Pooled,
    RowKey, SeriesKey,
};
use crate::results::facts::{Facts, Shape};
use crate::units::{Duration, MS_PER_DAY, MS_PER_HOUR, Timespan};
use crate::words::{Cause, FixedUnit, Measure, Period, Subject, SubjectKind};

/// Flows that are reported together.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub subject: Subject,
    pub flows: Arc<[usize]>,
}

/// A part of the clock for which measures are given.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    pub id: Period,
    /// Months of the clock in it.
    pub months: Arc<[usize]>,
    /// What the horizon has of it.
    pub span: Timespan,
}

/// Rows and series as they are put together.
pub(super) struct Builder<'a> {
    pub plan: &'a Plan,
    pub labels: &'a Labels,
    pub sampler: Sampler,
    pub shape: Shape,
    /// Whether single flows have rows.
    by_flow: bool,
    of_causes: Vec<(Vec<Cause>, Arc<[bool]>)>,
    rows: Vec<RowKey>,
    formulas: Vec<Formula>,
    series: Vec<SeriesKey>,
    pooled: Vec<Pooled>,
    ms_per_unit: Vec<f64>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(plan: &'a Plan, by_flow: bool) -> Self {
        let labels = &plan.labels;
        Self {
            plan,
            labels,
            sampler: Sampler::new(plan),
            shape: Shape::of(plan),
            by_flow,
            of_causes: Vec::new(),
            rows: Vec::new(),
            formulas: Vec::new(),
            series: Vec::new(),
            pooled: Vec::new(),
            ms_per_unit: Vec::new(),
        }
    }

    /// Adds a row computed from the facts.
    pub(super) fn value(&mut self, key: RowKey, compute: impl Fn(&Facts<'_>) -> f64 + Send + Sync + 'static) {
        self.push(key, Formula::Value(Box::new(compute)));
    }

    /// Adds a row of durations, in days or hours as its unit says; the slot is for [`Self::buffer`].
    pub(super) fn durations(&mut self, key: RowKey, series: Vec<u32>) -> usize {
        let slot = self.pooled.len();
        let ms = if key.unit == FixedUnit::Hours { MS_PER_HOUR } else { MS_PER_DAY };
        self.ms_per_unit.push(ms as f64);
        self.pooled.push(Pooled { row: self.rows.len() as u32, series });
        self.push(key.of_all(), Formula::Pooled(slot));
        slot
    }

    /// Adds the buffer index of a row of durations.
    pub(super) fn buffer(&mut self, key: RowKey, slot: usize) {
        self.push(key, Formula::Buffer(slot));
    }

    /// Adds a stored series.
    pub(super) fn series(&mut self, measure: Measure, subject: &Subject, period: &Period) -> u32 {
        let key = SeriesKey { measure, subject: subject.clone(), period: period.clone() };
        self.series.push(key);
        self.series.len() as u32 - 1
    }

    fn push(&mut self, key: RowKey, formula: Formula) {
        self.rows.push(key);
        self.formulas.push(formula);
    }

    pub(super) fn finish(mut self) -> Layout {
        self.sampler.set_size(self.series.len());
        let spans = self.periods().into_iter().map(|period| (period.id, period.span));
        let spans = spans.chain([(Period::Horizon, self.plan.clock.horizon())]).collect();
        let catalogue =
            Catalogue { rows: self.rows, pooled: self.pooled, series: self.series, network: network(self.labels) };
        Layout {
            catalogue: Arc::new(catalogue),
            formulas: self.formulas,
            ms_per_unit: self.ms_per_unit,
            sampler: self.sampler,
            spans,
            shape: self.shape,
        }
    }

    /// `corridor`, `all`, cargoes, tags.
    pub(super) fn together(&self) -> Vec<Group> {
        let flow = |index: usize| &self.labels.flows[index];
        let demand: Vec<usize> =
            (0..self.labels.flows.len()).filter(|&index| !flow(index).of_pool && !flow(index).stock).collect();
        let counted: Vec<usize> = demand.iter().copied().filter(|&index| flow(index).counted).collect();
        let mut groups = vec![group(Subject::corridor(), &counted), group(Subject::alone(SubjectKind::All), &demand)];
        let mut by_cargo: Vec<Vec<usize>> = vec![Vec::new(); self.labels.cargoes.len()];
        let mut by_tag: BTreeMap<&(String, String), Vec<usize>> = BTreeMap::new();
        for &index in &counted {
            by_cargo[flow(index).cargo.index()].push(index);
            let tags: BTreeSet<&(String, String)> = flow(index).tags.iter().collect();
            for tag in tags {
                by_tag.entry(tag).or_default().push(index);
            }
        }
        let cargoes = self.labels.cargoes.iter().zip(&by_cargo);
        groups.extend(cargoes.map(|((id, _), of)| group(Subject::of(SubjectKind::Cargo, id), of)));
        groups.extend(
            by_tag
                .into_iter()
                .map(|(tag, of)| group(Subject::of(SubjectKind::Tag, format_args!("{}.{}", tag.0, tag.1)), &of)),
        );
        groups.retain(|group| !group.flows.is_empty());
        groups
    }

    /// One group for each flow, where single flows have rows.
    pub(super) fn apart(&self) -> Vec<Group> {
        let flows = self.labels.flows.iter().enumerate().filter(|_| self.by_flow);
        flows.map(|(index, flow)| group(Subject::of(SubjectKind::Flow, &flow.id), &[index])).collect()
    }

    /// Flows of which durations are kept together: each alone where it has rows, else all that are in the same groups.
    pub(super) fn kept_together(&self) -> Vec<Group> {
        if self.by_flow {
            return self.apart();
        }
        let mut alike: BTreeMap<Alike, Vec<usize>> = BTreeMap::new();
        for (index, flow) in self.labels.flows.iter().enumerate() {
            let mut tags = flow.tags.clone();
            tags.sort_unstable();
            alike.entry((flow.of_pool, flow.counted, flow.cargo.index(), tags)).or_default().push(index);
        }
        let named = |flows: &Vec<usize>| {
            group(Subject::of(SubjectKind::Flows, format_args!("like.{}", self.labels.flows[flows[0]].id)), flows)
        };
        alike.values().map(named).collect()
    }

    /// All groups.
    pub(super) fn groups(&self) -> Vec<Group> {
        [self.together(), self.apart()].concat()
    }

    /// The flows of a group whose times can be averaged: those with mass, or all if none has any.
    pub(super) fn comparable(&self, group: &Group) -> Vec<usize> {
        let cargoes = &self.plan.epochs[0].1.cargoes;
        let has_mass = |flow: &usize| {
            let cargo = self.labels.flows[*flow].cargo.index();
            cargoes.get(cargo).is_some_and(|cargo| cargo.mass_per_unit.kg() > 0)
        };
        let heavy: Vec<usize> = group.flows.iter().copied().filter(has_mass).collect();
        if heavy.is_empty() { group.flows.to_vec() } else { heavy }
    }

    /// The one unit of a group's cargoes, if it is one.
    pub(super) fn unit(&self, flows: &[usize]) -> Option<&'a str> {
        let unit = |&flow: &usize| self.labels.cargoes[self.labels.flows[flow].cargo.index()].1.as_str();
        let first = flows.first().map(unit)?;
        flows.iter().map(unit).all(|unit| unit == first).then_some(first)
    }

    /// Length of the horizon.
    pub(super) fn horizon(&self) -> Duration {
        self.plan.clock.horizon().length
    }

    /// By what an amount of the horizon is multiplied to be one of a calendar year.
    pub(super) fn per_year(&self) -> f64 {
        1.0 / self.plan.clock.horizon().years
    }

    /// The whole horizon, whose first and last month may lie in it in part: what is counted by month is counted within it.
    pub(super) fn whole(&self) -> Stretch {
        let months: Vec<usize> = (0..self.plan.clock.months.len()).collect();
        Stretch { id: Period::Horizon, months: months.into(), span: self.plan.clock.horizon() }
    }

    /// Milliseconds that the horizon has of a period.
    pub(super) fn within(&self, period: &Stretch) -> f64 {
        period.months.iter().map(|&month| self.part_of_month(month)).sum::<i64>() as f64
    }

    fn part_of_month(&self, month: usize) -> i64 {
        let clock = &self.plan.clock;
        let next = clock.months.get(month + 1).map_or(clock.end, |next| next.start);
        let (from, until) = (clock.months[month].start.max(clock.start), next.min(clock.horizon_end));
        until.since(from.min(until)).ms()
    }

    /// Whether a station has a number of servers.
    pub(super) fn is_limited(&self, station: usize) -> bool {
        self.plan.epochs[0].1.stations.get(station).is_some_and(|station| station.servers.is_some())
    }

    /// Stretch, years (if there are several) and named periods of the horizon.
    pub(super) fn periods(&self) -> Vec<Stretch> {
        let clock = &self.plan.clock;
        let within =
            |index: &usize| clock.months[*index].start < clock.horizon_end && clock.month_end(*index) > clock.start;
        let months: Vec<usize> = (0..clock.months.len()).filter(within).collect();
        let name = |index: usize| (clock.months[index].year, clock.months[index].month0 + 1);
        let mut periods: Vec<Stretch> =
            months.iter().map(|&index| self.stretch(Period::Month(name(index).0, name(index).1), &[index])).collect();
        let years: std::collections::BTreeSet<i16> = months.iter().map(|&index| name(index).0).collect();
        for year in years.iter().filter(|_| years.len() > 1) {
            let of: Vec<usize> = months.iter().copied().filter(|&index| name(index).0 == *year).collect();
            periods.push(self.stretch(Period::Year(*year), &of));
        }
        for (id, numbers) in &self.labels.periods {
            let of: Vec<usize> = months.iter().copied().filter(|&index| numbers.contains(&name(index).1)).collect();
            periods.push(self.stretch(Period::Named(id.as_str().into()), &of));
        }
        periods.retain(|period| !period.months.is_empty());
        periods
    }

    fn stretch(&self, id: Period, months: &[usize]) -> Stretch {
        Stretch { id, months: months.into(), span: self.plan.clock.span(months.iter().copied()) }
    }

    /// By cell: whether its cause is one of these.
    pub(super) fn cells_of(&mut self, causes: &[Cause]) -> Arc<[bool]> {
        if let Some((_, known)) = self.of_causes.iter().find(|(of, _)| of == causes) {
            return Arc::clone(known);
        }
        let cells: Arc<[bool]> = self.labels.cells.iter().map(|cell| causes.contains(&cell.cause)).collect();
        self.of_causes.push((causes.to_vec(), Arc::clone(&cells)));
        cells
    }
}

/// What flows have in common that are in the same groups: of a pool or not, counted or not, cargo, tags.
type Alike = (bool, bool, usize, Vec<(String, String)>);

fn group(subject: Subject, flows: &[usize]) -> Group {
    Group { subject, flows: flows.into() }
}

fn network(labels: &Labels) -> Network {
    let node = |(index, id): (usize, &String)| NetworkNode {
        id: id.clone(),
        name: labels.node_names.get(index).unwrap_or(id).clone(),
        country: labels.countries.get(index).cloned().flatten(),
        locode: labels.locodes.get(index).cloned().flatten(),
        position: labels.positions.get(index).copied().flatten(),
    };
    let link = |link: &crate::model::LinkLabel| NetworkLink {
        id: link.id.clone(),
        from: link.ends.0.index(),
        to: link.ends.1.index(),
        mode: link.mode.to_owned(),
        length_km: link.length.map(crate::units::Kilometres::get),
        shape: link.shape.clone(),
    };
    let section = |section: &crate::model::SectionLabel| NetworkSection {
        id: section.id.clone(),
        from: section.ends.0.index(),
        to: section.ends.1.index(),
    };
    Network {
        nodes: labels.nodes.iter().enumerate().map(node).collect(),
        links: labels.links.iter().map(link).collect(),
        sections: labels.sections.iter().map(section).collect(),
        names: labels.names.iter().map(|(of, name)| NetworkName { of: of.clone(), name: name.clone() }).collect(),
        headline: labels.headline.map(|(section, statistic)| HeadlineSection { section: section.index(), statistic }),
        periods: labels
            .periods
            .iter()
            .map(|(id, months)| NetworkPeriod { id: id.clone(), months: months.clone() })
            .collect(),
    }
}
