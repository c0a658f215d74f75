//! From what is charged to money: who pays, and who is paid.

use crate::engine::outcome::{Bill, Outcome};
use crate::model::{Labels, Payee, Prices};

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
    pub(super) fn add(&mut self, other: Self) {
        self.usd += other.usd;
        self.tonne_km += other.tonne_km;
        self.grams += other.grams;
    }

    pub(super) fn times(self, share: f64) -> Self {
        Self { usd: self.usd * share, tonne_km: self.tonne_km * share, grams: self.grams * share }
    }
}

/// Who may be paid, each list ascending.
#[derive(Clone, Copy)]
pub(super) struct Payees<'a> {
    pub(super) operators: &'a [String],
    pub(super) countries: &'a [String],
}

/// Money of a replication.
pub(super) struct Money<'a> {
    labels: &'a Labels,
    payees: Payees<'a>,
    /// By flow: what it pays and emits.
    pub(super) moved: Vec<Moved>,
    /// By operator: its part in what is counted.
    pub(super) operators: Vec<Part>,
    /// By country: the same.
    pub(super) countries: Vec<Part>,
}

impl<'a> Money<'a> {
    /// What the bills of a replication come to.
    pub(super) fn of(labels: &'a Labels, payees: Payees<'a>, outcome: &Outcome) -> Self {
        let mut money = Self {
            labels,
            payees,
            moved: vec![Moved::default(); labels.flows.len()],
            operators: vec![Part::default(); payees.operators.len()],
            countries: vec![Part::default(); payees.countries.len()],
        };
        for (prices, bill) in labels.prices.iter().zip(&outcome.bills) {
            money.add_routes(prices, bill);
            money.add_fleets(prices, bill);
            money.add_readings(prices, bill);
        }
        money.add_dues(&outcome.bills);
        money
    }

    /// A flow pays an operator, who does work for it; a part of it falls to each country.
    fn pay<'c>(
        &mut self,
        flow: usize,
        operator: Option<&String>,
        countries: impl Iterator<Item = (&'c String, f64)>,
        part: Part,
    ) {
        self.moved[flow].charge += part.usd;
        self.moved[flow].grams += part.grams;
        if !self.labels.flows[flow].counted {
            return;
        }
        give(self.payees.operators, &mut self.operators, operator, part);
        for (country, share) in countries {
            give(self.payees.countries, &mut self.countries, Some(country), part.times(share));
        }
    }

    fn add_routes(&mut self, prices: &Prices, bill: &Bill) {
        let labels = self.labels;
        for ((route, charges), carried) in labels.routes.iter().zip(&prices.routes).zip(&bill.delivered) {
            let (flow, units) = (route.flow.index(), carried.size.units());
            for charge in charges {
                let part = Part {
                    usd: units * charge.usd_per_unit,
                    tonne_km: units * charge.tonne_km_per_unit,
                    grams: units * charge.grams_per_unit,
                };
                self.moved[flow].border += if charge.border { part.usd } else { 0.0 };
                let country = std::iter::once((&charge.country, 1.0));
                self.pay(flow, charge.operator.as_ref(), country, part);
            }
        }
    }

    fn add_fleets(&mut self, prices: &Prices, bill: &Bill) {
        let labels = self.labels;
        for ((fleet, of), calls) in labels.fleets.iter().zip(&prices.fleets).zip(&bill.carried) {
            for (call, carried) in calls.iter().enumerate() {
                for (flow, amount) in carried.iter().enumerate() {
                    let (cargo, units) = (labels.flows[flow].cargo.index(), amount.size.units());
                    let part = Part {
                        usd: units * at(&of.usd_per_unit, cargo, call),
                        tonne_km: amount.mass.tonnes() * fleet.kilometres[call],
                        grams: units * at(&of.grams_per_unit, cargo, call),
                    };
                    let countries = fleet.countries[call].iter().map(|(country, share)| (country, *share));
                    self.pay(flow, fleet.operator.as_ref(), countries, part);
                }
            }
        }
    }

    fn add_readings(&mut self, prices: &Prices, bill: &Bill) {
        let labels = self.labels;
        for ((payee, usd), readings) in labels.meters.iter().zip(&prices.meters).zip(&bill.readings) {
            for (flow, (usd, reading)) in usd.iter().zip(readings).enumerate() {
                self.pay_to(flow, payee, usd * reading);
            }
        }
    }

    fn pay_to(&mut self, flow: usize, payee: &Payee, usd: f64) {
        if usd != 0.0 {
            let country = std::iter::once((&payee.country, 1.0));
            self.pay(flow, payee.operator.as_ref(), country, Part { usd, ..Part::default() });
        }
    }

    /// What the vessels of a fleet owe is paid by all that it carried, by the room that this took.
    fn add_dues(&mut self, bills: &[Bill]) {
        let labels = self.labels;
        for fleet in 0..labels.fleets.len() {
            let owed: Vec<f64> = (0..labels.dues.len()).map(|due| owed(labels, bills, fleet, due)).collect();
            if owed.iter().all(|&usd| usd == 0.0) {
                continue;
            }
            let room = room_carried(labels, bills, fleet);
            let all: f64 = room.iter().sum();
            for (payee, usd) in labels.dues.iter().zip(owed) {
                for (flow, room) in room.iter().enumerate().filter(|(_, room)| **room > 0.0) {
                    self.pay_to(flow, payee, usd * room / all);
                }
            }
        }
    }
}

/// By flow: the room that it took aboard a fleet. What goes home as cargo is left out, as its way is charged to the load.
fn room_carried(labels: &Labels, bills: &[Bill], fleet: usize) -> Vec<f64> {
    let mut room = vec![0.0; labels.flows.len()];
    for carried in bills.iter().filter_map(|bill| bill.carried.get(fleet)).flatten() {
        for (flow, amount) in carried.iter().enumerate().filter(|(flow, _)| !labels.flows[*flow].of_pool) {
            room[flow] += amount.size.units() * labels.fleets[fleet].room_per_unit[labels.flows[flow].cargo.index()];
        }
    }
    room
}

/// Adds to the sum of a name.
fn give(names: &[String], sums: &mut [Part], name: Option<&String>, part: Part) {
    if let Some(place) = name.and_then(|name| names.binary_search(name).ok()) {
        sums[place].add(part);
    }
}

fn at(table: &[Vec<f64>], cargo: usize, call: usize) -> f64 {
    table.get(cargo).and_then(|calls| calls.get(call)).copied().unwrap_or(0.0)
}

/// Dollars that a fleet owes of a due.
fn owed(labels: &Labels, bills: &[Bill], fleet: usize, due: usize) -> f64 {
    let of = |(prices, bill): (&Prices, &Bill)| prices.dues[due] * bill.dues.get(fleet).map_or(0.0, |dues| dues[due]);
    labels.prices.iter().zip(bills).map(of).sum()
}
