//! What several rows of one replication need, added up once.

use std::collections::BTreeMap;
use std::sync::Arc;

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
        let charges = || labels.routes.iter().flat_map(|route| &route.charges);
        let fleets = || labels.fleets.iter();
        let operators = charges().map(|charge| charge.operator.as_ref()).chain(fleets().map(|f| f.operator.as_ref()));
        let at_sea = fleets().flat_map(|fleet| fleet.countries.iter().flatten()).map(|share| &share.0);
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

/// Money, carbon and distance of a flow over the horizon.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moved {
    /// Tonnes delivered.
    pub tonnes: f64,
    /// Tonne-kilometres delivered.
    pub tonne_km: f64,
    /// Dollars paid for carriage.
    pub charge: f64,
    /// Of these, at borders.
    pub border: f64,
    /// Tonnes delivered, each times the places of border work on its route.
    pub border_tonnes: f64,
    /// Grams of carbon dioxide equivalent.
    pub grams: f64,
    /// Tonne-days of what was delivered.
    pub tonne_days: f64,
}

impl Moved {
    /// Adds another flow.
    pub(super) fn add(&mut self, other: &Self) {
        self.tonnes += other.tonnes;
        self.tonne_km += other.tonne_km;
        self.charge += other.charge;
        self.border += other.border;
        self.border_tonnes += other.border_tonnes;
        self.grams += other.grams;
        self.tonne_days += other.tonne_days;
    }
}

/// What falls to an operator or a country over the horizon.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    /// Dollars that it is paid.
    pub usd: f64,
    /// Tonne-kilometres that it carries.
    pub tonne_km: f64,
    /// Grams of carbon dioxide equivalent.
    pub grams: f64,
}

impl Part {
    fn add(&mut self, other: Self) {
        self.usd += other.usd;
        self.tonne_km += other.tonne_km;
        self.grams += other.grams;
    }

    fn times(self, share: f64) -> Self {
        Self { usd: self.usd * share, tonne_km: self.tonne_km * share, grams: self.grams * share }
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
        let mut facts = Self {
            outcome,
            weights: vec![0; flows],
            section_weights: vec![0; sections],
            moved: vec![Moved::default(); flows],
            borders: vec![months.clone(); flows],
            section_borders: vec![months; sections],
            stays: BTreeMap::new(),
            operators: vec![Part::default(); shape.operators.len()],
            countries: vec![Part::default(); shape.countries.len()],
        };
        facts.add_journeys(shape);
        facts.add_passages(shape);
        facts.add_stays(shape);
        facts.add_routes(shape);
        facts.add_fleets(shape);
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

    fn add_routes(&mut self, shape: &Shape) {
        for (route, tally) in shape.labels.routes.iter().zip(&self.outcome.routes) {
            let (flow, carried) = (route.flow.index(), &tally.delivered);
            let moved = &mut self.moved[flow];
            moved.border_tonnes += carried.mass.tonnes() * route.borders.len() as f64;
            moved.tonnes += carried.mass.tonnes();
            moved.tonne_km += carried.mass.tonnes() * route.length.get();
            moved.grams += carried.size.units() * route.grams_per_unit;
            for charge in &route.charges {
                let usd = carried.size.units() * charge.usd_per_unit;
                moved.charge += usd;
                moved.border += if charge.border { usd } else { 0.0 };
                if shape.labels.flows[flow].counted {
                    let units = carried.size.units();
                    let part =
                        Part { usd, tonne_km: units * charge.tonne_km_per_unit, grams: units * charge.grams_per_unit };
                    give(&shape.operators, &mut self.operators, charge.operator.as_ref(), part);
                    give(&shape.countries, &mut self.countries, Some(&charge.country), part);
                }
            }
        }
    }

    fn add_fleets(&mut self, shape: &Shape) {
        for (fleet, tally) in shape.labels.fleets.iter().zip(&self.outcome.fleets) {
            for (call, carried) in tally.carried.iter().enumerate() {
                for (flow, amount) in carried.iter().enumerate() {
                    let cargo = shape.labels.flows[flow].cargo.index();
                    let units = amount.size.units();
                    let usd = units * at(&fleet.usd_per_unit, cargo, call);
                    let grams = units * at(&fleet.grams_per_unit, cargo, call);
                    self.moved[flow].charge += usd;
                    self.moved[flow].grams += grams;
                    if shape.labels.flows[flow].counted {
                        let part = Part { usd, tonne_km: amount.mass.tonnes() * fleet.kilometres[call], grams };
                        give(&shape.operators, &mut self.operators, fleet.operator.as_ref(), part);
                        for (country, share) in &fleet.countries[call] {
                            give(&shape.countries, &mut self.countries, Some(country), part.times(*share));
                        }
                    }
                }
            }
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

fn at(table: &[Vec<f64>], cargo: usize, call: usize) -> f64 {
    table.get(cargo).and_then(|calls| calls.get(call)).copied().unwrap_or(0.0)
}

fn give(names: &[String], sums: &mut [Part], name: Option<&String>, part: Part) {
    if let Some(place) = name.and_then(|name| names.binary_search(name).ok()) {
        sums[place].add(part);
    }
}
