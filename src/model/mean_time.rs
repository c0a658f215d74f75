//! Mean times of services and handling without any waiting.

use super::{BerthTime, Customer, Service, ServiceType, Station};

/// So much cargo.
#[derive(Clone, Copy, Debug)]
pub struct Lot {
    /// Units.
    pub size: f64,
    /// Kilograms.
    pub kg: f64,
}

/// Mean milliseconds that a station takes for a body of so much cargo, without its queue.
pub fn service_ms(station: &Station, lot: Lot) -> f64 {
    let (of_one, rounds) = match station.per {
        Customer::Body | Customer::Shipment => (lot, 1.0),
        Customer::Unit => (Lot { size: 1.0, kg: lot.kg / lot.size }, rounds(station.servers, lot.size)),
    };
    let once = match &station.service {
        Service::Time(time) => time.mean(),
        Service::Types { types, .. } => ServiceType::mean(types),
        Service::Rate { setup, ms_per_milli, ms_per_kg, spread } => {
            (setup + work(of_one, *ms_per_milli, *ms_per_kg)) * spread.mean()
        }
    };
    once * rounds * station.share * (1.0 - station.advance)
}

/// How many services follow one another where so many units are served side by side.
fn rounds(servers: Option<u32>, units: f64) -> f64 {
    servers.map_or(1.0, |servers| (units / f64::from(servers.max(1))).ceil().max(1.0))
}

fn work(lot: Lot, ms_per_milli: f64, ms_per_kg: f64) -> f64 {
    lot.size * 1000.0 * ms_per_milli + lot.kg * ms_per_kg
}

/// Mean milliseconds of loading or unloading so much of one cargo.
pub fn berth_ms(time: &BerthTime, lot: Lot) -> f64 {
    match time {
        BerthTime::None | BerthTime::ByCargo(_) => 0.0,
        BerthTime::PerCall(law) => law.time.mean(),
        BerthTime::Rate { ms_per_milli, ms_per_kg } => work(lot, *ms_per_milli, *ms_per_kg),
    }
}
