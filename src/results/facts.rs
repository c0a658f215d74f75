//! What several rows of one replication need, added up once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bills::{Money, Moved, Part, Payees};
use crate::engine::outcome::{Amount, Outcome};
use crate::model::{Clock, Labels, Plan, RouteLabel, SectionLabel};
use crate::units::{Duration, MS_PER_DAY, MS_PER_HOUR, weight};

/// What does not change between replications.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Names and figures.
    pub labels: Arc<Labels>,
    /// Operators that are paid or carry, ascending.
    pub operators: Vec<String>,
    /// Countries in which that is, ascending.
    pub countries: Vec<String>,
    /// By section and route: places within the section where border work is done.
    pub section_borders: Vec<Vec<usize>>,
    /// To find the month in which something was made.
    pub clock: Clock,
}

impl Shape {
    pub(super) fn of(plan: &Plan) -> Self {
        let labels = &plan.labels;
        let charges = || labels.prices.iter().flat_map(|prices| prices.routes.iter().flatten());
        let fleets = || labels.fleets.iter();
        let payees = || labels.meters.iter().chain(&labels.dues);
        let operators = charges().map(|charge| charge.operator.as_ref()).chain(fleets().map(|f| f.operator.as_ref()));
        let operators = operators.chain(payees().map(|payee| payee.operator.as_ref()));
        let at_sea = fleets().flat_map(|fleet| fleet.countries.iter().flatten()).map(|share| &share.0);
        let at_sea = at_sea.chain(payees().map(|payee| &payee.country));
        let borders = |section: &SectionLabel| labels.routes.iter().map(|of| borders_within(of, section)).collect();
        Self {
            operators: ascending(operators.flatten()),
            countries: ascending(charges().map(|charge| &charge.country).chain(at_sea)),
            section_borders: labels.sections.iter().map(borders).collect(),
            clock: plan.clock.clone(),
            labels: Arc::new(labels.clone()),
        }
    }
}

/// Places of border work within a section on a route: at its first end, and at its second if the section goes on there.
fn borders_within(route: &RouteLabel, section: &SectionLabel) -> usize {
    let (from, to) = section.ends;
    let Some(start) = route.nodes.iter().position(|&node| node == from) else { return 0 };
    let Some(further) = route.nodes[start + 1..].iter().position(|&node| node == to) else { return 0 };
    let end = start + 1 + further;
    let with_end = section.until_leaves || end + 1 == route.nodes.len();
    route.borders.iter().filter(|&&place| place >= start && (place < end || with_end && place == end)).count()
}

fn ascending<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let all: std::collections::BTreeSet<&String> = names.collect();
    all.into_iter().cloned().collect()
}

/// Border work of finished journeys or passages, in their weights.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BorderWork {
    /// Weight of the journeys.
    pub weight: i128,
    /// The same, each times the places of border work that it passes.
    pub crossings: i128,
    /// The same, each times its milliseconds there.
    pub time: i128,
}

impl BorderWork {
    /// Adds other journeys.
    pub(super) fn add(&mut self, other: &Self) {
        self.weight += other.weight;
        self.crossings += other.crossings;
        self.time += other.time;
    }

    /// Mean hours at a crossing.
    pub(super) fn hours_per_crossing(&self) -> f64 {
        self.time as f64 / self.crossings as f64 / MS_PER_HOUR as f64
    }

    /// Mean hours in a journey.
    pub(super) fn hours_per_journey(&self) -> f64 {
        self.time as f64 / self.weight as f64 / MS_PER_HOUR as f64
    }
}

/// What several rows of one replication need.
pub(super) struct Facts<'a> {
    /// The replication.
    pub outcome: &'a Outcome,
    /// By flow: weight of the cohort's delivered journeys.
    pub weights: Vec<i128>,
    /// By section: weight of its finished passages.
    pub section_weights: Vec<i128>,
    /// By flow.
    pub moved: Vec<Moved>,
    /// By flow, and by the month in which its shipments were made.
    pub borders: Vec<Vec<BorderWork>>,
    /// The same by section.
    pub section_borders: Vec<Vec<BorderWork>>,
    /// By node and flow, and by the month in which its shipments were made: weights and milliseconds times weights of
    /// stays.
    pub stays: BTreeMap<(usize, usize), Vec<[i128; 2]>>,
    /// By operator: its part in what is counted.
    pub operators: Vec<Part>,
    /// By country: the same.
    pub countries: Vec<Part>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(shape: &Shape, outcome: &'a Outcome) -> Self {
        let (flows, sections) = (shape.labels.flows.len(), shape.labels.sections.len());
        let months = vec![BorderWork::default(); shape.clock.months.len()];
        let payees = Payees { operators: &shape.operators, countries: &shape.countries };
        let money = Money::of(&shape.labels, payees, outcome);
        let mut facts = Self {
            outcome,
            weights: vec![0; flows],
            section_weights: vec![0; sections],
            moved: money.moved,
            borders: vec![months.clone(); flows],
            section_borders: vec![months; sections],
            stays: BTreeMap::new(),
            operators: money.operators,
            countries: money.countries,
        };
        facts.add_journeys(shape);
        facts.add_passages(shape);
        facts.add_stays(shape);
        facts.add_routes(shape);
        facts
    }

    fn add_journeys(&mut self, shape: &Shape) {
        for journey in &self.outcome.journeys {
            let flow = journey.flow.index();
            if journey.in_cohort && journey.time < Duration::MAX {
                let weight = i128::from(weight(journey.mass, journey.size));
                self.weights[flow] += weight;
                let crossings = shape.labels.routes[journey.route.index()].borders.len();
                let work = border_work(weight, crossings, journey.border);
                self.borders[flow][shape.clock.month_at(journey.made)].add(&work);
            }
            if journey.in_horizon {
                self.moved[flow].tonne_days += journey.mass.tonnes() * journey.time.days();
            }
        }
    }

    fn add_passages(&mut self, shape: &Shape) {
        for passage in self.outcome.passages.iter().filter(|passage| passage.time < Duration::MAX) {
            let section = passage.section.index();
            let weight = i128::from(weight(passage.mass, passage.size));
            self.section_weights[section] += weight;
            let work = border_work(weight, shape.section_borders[section][passage.route.index()], passage.border);
            self.section_borders[section][shape.clock.month_at(passage.made)].add(&work);
        }
    }

    fn add_stays(&mut self, shape: &Shape) {
        for stay in &self.outcome.stays {
            let at = self.stays.entry((stay.node.index(), stay.flow.index()));
            let months = at.or_insert_with(|| vec![[0, 0]; shape.clock.months.len()]);
            let (month, weight) = (shape.clock.month_at(stay.made), i128::from(weight(stay.mass, stay.size)));
            months[month][0] += weight;
            months[month][1] += weight * i128::from(stay.time.ms());
        }
    }

    /// What was moved, whatever it paid.
    fn add_routes(&mut self, shape: &Shape) {
        for (route, tally) in shape.labels.routes.iter().zip(&self.outcome.routes) {
            let (flow, tonnes) = (route.flow.index(), tally.delivered.mass.tonnes());
            let moved = &mut self.moved[flow];
            moved.border_tonnes += tonnes * route.borders.len() as f64;
            moved.tonnes += tonnes;
            moved.tonne_km += tonnes * route.length.get();
        }
    }

    /// Some flows together.
    pub(super) fn moved_by(&self, flows: &[usize]) -> Moved {
        let mut total = Moved::default();
        for &flow in flows {
            total.add(&self.moved[flow]);
        }
        total
    }

    /// Amounts of some flows together.
    pub(super) fn amount(
        &self,
        flows: &[usize],
        pick: impl Fn(&crate::engine::outcome::FlowTally) -> Amount,
    ) -> Amount {
        let mut total = Amount::default();
        for &flow in flows {
            let amount = pick(&self.outcome.flows[flow]);
            total.mass += amount.mass;
            total.size += amount.size;
            total.count += amount.count;
        }
        total
    }

    /// Mean days that the cohort of some flows spent in the cells that `fits` names.
    pub(super) fn days_in(&self, flows: &[usize], fits: impl Fn(usize) -> bool) -> f64 {
        let weight: i128 = flows.iter().map(|&flow| self.weights[flow]).sum();
        let time: i128 = flows.iter().map(|&flow| sum_cells(&self.outcome.time[flow], &fits)).sum();
        time as f64 / weight as f64 / MS_PER_DAY as f64
    }

    /// The same in one cell.
    pub(super) fn days_at(&self, flows: &[usize], cell: usize) -> f64 {
        let weight: i128 = flows.iter().map(|&flow| self.weights[flow]).sum();
        let time: i128 = flows.iter().map(|&flow| self.outcome.time[flow][cell]).sum();
        time as f64 / weight as f64 / MS_PER_DAY as f64
    }

    /// Mean days that some flows stayed at a node, of what was made in some months.
    pub(super) fn days_at_node(&self, node: usize, flows: &[usize], months: &[usize]) -> f64 {
        let (mut weight, mut time) = (0, 0);
        for by_month in flows.iter().filter_map(|&flow| self.stays.get(&(node, flow))) {
            for &month in months {
                weight += by_month[month][0];
                time += by_month[month][1];
            }
        }
        time as f64 / weight as f64 / MS_PER_DAY as f64
    }

    /// Mean days in one cell within a section.
    pub(super) fn section_days_at(&self, section: usize, cell: usize) -> f64 {
        let time = self.outcome.section_time[section][cell];
        time as f64 / self.section_weights[section] as f64 / MS_PER_DAY as f64
    }

    /// Mean days within a section in the cells that `fits` names.
    pub(super) fn section_days_in(&self, section: usize, fits: impl Fn(usize) -> bool) -> f64 {
        let time = sum_cells(&self.outcome.section_time[section], &fits);
        time as f64 / self.section_weights[section] as f64 / MS_PER_DAY as f64
    }
}

fn border_work(weight: i128, crossings: usize, time: Duration) -> BorderWork {
    BorderWork { weight, crossings: weight * crossings as i128, time: weight * i128::from(time.ms()) }
}

fn sum_cells(cells: &[i128], fits: impl Fn(usize) -> bool) -> i128 {
    cells.iter().enumerate().filter(|&(cell, _)| fits(cell)).map(|(_, &time)| time).sum()
}
