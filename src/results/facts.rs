//! What several rows of one replication need, added up once.

use std::sync::Arc;

use crate::engine::outcome::{Amount, Outcome};
use crate::plan::{Labels, WayCharge};
use crate::units::{Duration, weight};

/// What does not change between replications.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Names and figures.
    pub labels: Arc<Labels>,
    /// Operators that are paid, ascending.
    pub operators: Vec<String>,
    /// Countries in which somebody is paid, ascending.
    pub countries: Vec<String>,
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
        self.grams += other.grams;
        self.tonne_days += other.tonne_days;
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
    /// By operator: dollars.
    pub operators: Vec<f64>,
    /// By country: dollars.
    pub countries: Vec<f64>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(shape: &Shape, outcome: &'a Outcome) -> Self {
        let flows = shape.labels.flows.len();
        let mut facts = Self {
            outcome,
            weights: vec![0; flows],
            section_weights: vec![0; shape.labels.sections.len()],
            moved: vec![Moved::default(); flows],
            operators: vec![0.0; shape.operators.len()],
            countries: vec![0.0; shape.countries.len()],
        };
        facts.add_journeys();
        facts.add_passages();
        facts.add_routes(shape);
        facts.add_fleets(shape);
        facts
    }

    fn add_journeys(&mut self) {
        for journey in &self.outcome.journeys {
            let flow = journey.flow.index();
            if journey.in_cohort && journey.time < Duration::MAX {
                self.weights[flow] += i128::from(weight(journey.mass, journey.size));
            }
            if journey.in_horizon {
                self.moved[flow].tonne_days += journey.mass.tonnes() * journey.time.days();
            }
        }
    }

    fn add_passages(&mut self) {
        for passage in self.outcome.passages.iter().filter(|passage| passage.time < Duration::MAX) {
            self.section_weights[passage.section.index()] += i128::from(weight(passage.mass, passage.size));
        }
    }

    fn add_routes(&mut self, shape: &Shape) {
        for (route, amount) in shape.labels.routes.iter().zip(&self.outcome.routes) {
            let moved = &mut self.moved[route.flow.index()];
            moved.tonnes += amount.mass.tonnes();
            moved.tonne_km += amount.mass.tonnes() * route.length.get();
            moved.grams += amount.size.units() * route.grams_per_unit;
            for charge in &route.charges {
                let usd = amount.size.units() * charge.usd_per_unit;
                moved.charge += usd;
                moved.border += if charge.border { usd } else { 0.0 };
                pay(&shape.operators, &mut self.operators, charge.operator.as_ref(), usd);
                pay(&shape.countries, &mut self.countries, charge.country.as_ref(), usd);
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
                    self.moved[flow].charge += usd;
                    self.moved[flow].grams += units * at(&fleet.grams_per_unit, cargo, call);
                    pay(&shape.operators, &mut self.operators, fleet.operator.as_ref(), usd);
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
        time as f64 / weight as f64 / crate::units::MS_PER_DAY as f64
    }

    /// The same in one cell.
    pub(super) fn days_at(&self, flows: &[usize], cell: usize) -> f64 {
        let weight: i128 = flows.iter().map(|&flow| self.weights[flow]).sum();
        let time: i128 = flows.iter().map(|&flow| self.outcome.time[flow][cell]).sum();
        time as f64 / weight as f64 / crate::units::MS_PER_DAY as f64
    }

    /// Mean days in one cell within a section.
    pub(super) fn section_days_at(&self, section: usize, cell: usize) -> f64 {
        let time = self.outcome.section_time[section][cell];
        time as f64 / self.section_weights[section] as f64 / crate::units::MS_PER_DAY as f64
    }

    /// Mean days within a section in the cells that `fits` names.
    pub(super) fn section_days_in(&self, section: usize, fits: impl Fn(usize) -> bool) -> f64 {
        let time = sum_cells(&self.outcome.section_time[section], &fits);
        time as f64 / self.section_weights[section] as f64 / crate::units::MS_PER_DAY as f64
    }
}

fn sum_cells(cells: &[i128], fits: impl Fn(usize) -> bool) -> i128 {
    cells.iter().enumerate().filter(|&(cell, _)| fits(cell)).map(|(_, &time)| time).sum()
}

fn at(table: &[Vec<f64>], cargo: usize, call: usize) -> f64 {
    table.get(cargo).and_then(|calls| calls.get(call)).copied().unwrap_or(0.0)
}

fn pay(names: &[String], sums: &mut [f64], name: Option<&String>, usd: f64) {
    if let Some(place) = name.and_then(|name| names.binary_search(name).ok()) {
        sums[place] += usd;
    }
}

/// The names of those who are paid on the routes, ascending.
pub(super) fn names<'a>(
    labels: &'a Labels,
    pick: impl Fn(&'a WayCharge) -> Option<&'a String>,
    more: impl Iterator<Item = &'a String>,
) -> Vec<String> {
    let charges = labels.routes.iter().flat_map(|route| &route.charges);
    let all: std::collections::BTreeSet<&String> = charges.filter_map(pick).chain(more).collect();
    all.into_iter().cloned().collect()
}
