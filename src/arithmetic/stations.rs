//! The utilisation of facilities, and how long a passage takes without waiting.

use super::asked::{Asked, PassageLaw};
use super::open::{Openness, in_order, outside_hours};
use super::utilisation::{Utilisation, Utilised};
use crate::model::{Cargo, Customer, Model, Plan, Service, ServiceType, Station};
use crate::units::Mass;

/// A body on its route: its size and that of its shipments, in units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Body {
    pub(super) cargo: Cargo,
    pub(super) size: f64,
    pub(super) shipment: f64,
}

impl Body {
    /// Goes on in equal bodies of a size at most; returns into how many it was cut.
    pub(super) fn cut(&mut self, most: f64) -> f64 {
        let bodies = (self.size / most).ceil().max(1.0);
        self.size /= bodies;
        self.shipment = self.shipment.min(self.size);
        bodies
    }

    /// Customers that the body is, and the size of each.
    fn customers(self, per: Customer) -> (f64, f64) {
        match per {
            Customer::Body => (1.0, self.size),
            Customer::Shipment => ((self.size / self.shipment).max(1.0), self.shipment.min(self.size)),
            Customer::Unit => (self.size.ceil(), self.size / self.size.ceil()),
        }
    }
}

/// A vessel at a facility: one customer without cargo.
pub(super) fn vessel_body() -> Body {
    Body { cargo: Cargo { mass_per_unit: Mass::ZERO, whole: false }, size: 1.0, shipment: 1.0 }
}

/// Server-milliseconds that a body asks of a station if it is served at all.
pub(super) fn work(station: &Station, body: Body) -> f64 {
    let (customers, size) = body.customers(station.per);
    customers * service(&station.service, body.cargo, size)
}

/// The time of the passage without waiting, if the body is served at all.
pub(super) fn passage(station: &Station, body: Body) -> f64 {
    let (customers, size) = body.customers(station.per);
    let rounds = station.servers.map_or(1.0, |servers| (customers / f64::from(servers.max(1))).max(1.0));
    rounds * service(&station.service, body.cargo, size)
}

/// The law of a passage without waiting.
pub(super) fn passage_law(station: &Station, body: Body) -> PassageLaw {
    let (customers, size) = body.customers(station.per);
    let rounds = station.servers.map_or(1.0, |servers| (customers / f64::from(servers.max(1))).max(1.0));
    let mean = service(&station.service, body.cargo, size);
    let variance = match &station.service {
        Service::Time(time) => time.variance(),
        Service::Types { types, .. } => ServiceType::variance(types),
        Service::Rate { spread, .. } => {
            let certain = if spread.mean() > 0.0 { mean / spread.mean() } else { 0.0 };
            spread.variance() * certain * certain
        }
    };
    PassageLaw { mean: rounds * mean, variance: rounds * variance, servers: customers / rounds }
}

fn service(service: &Service, cargo: Cargo, size: f64) -> f64 {
    match service {
        Service::Time(time) => time.mean(),
        Service::Types { types, .. } => ServiceType::mean(types),
        Service::Rate { setup, ms_per_milli, ms_per_kg, spread } => {
            let kg = size * cargo.mass_per_unit.kg() as f64;
            (setup + size * 1000.0 * ms_per_milli + kg * ms_per_kg) * spread.mean()
        }
    }
}

/// Busy servers against servers, of the facilities with limited servers.
pub(super) fn utilisations(plan: &Plan, model: &Model, asked: &Asked, open: &Openness) -> Vec<Utilisation> {
    let mut utilisations = Vec::new();
    for (index, station) in model.stations.iter().enumerate() {
        let (Some(servers), false) = (station.servers, plan.labels.stations[index].vessels) else { continue };
        let usable = outside_hours(station.hours.as_ref(), &plan.clock).open()
            * in_order(station.failure.as_ref())
            * open.station(index);
        utilisations.push(Utilisation {
            of: Utilised::Facility,
            path: plan.labels.stations[index].path.clone(),
            direction: None,
            offered: asked.busy[index],
            capacity: f64::from(servers) * usable,
            bodies: Some(asked.stations[index].a_day()),
            unit: String::from("servers"),
        });
    }
    utilisations
}
