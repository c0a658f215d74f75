//! Mean times of services and handling without any waiting.

use super::berth_time::BerthTime;
use super::program::Law;
use super::{Customer, Service, ServiceType, Station};

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

/// Handling at a station: once a call by a law of time, else in its mean; as many servers as there are work on what is a
/// customer by the unit.
pub fn crane_time(station: &Station) -> BerthTime {
    let (setup, ms_per_milli, ms_per_kg) = match &station.service {
        Service::Time(time) if station.serves_any_amount_alike() => {
            return BerthTime::PerCall(Law { time: time.clone(), stream: station.stream });
        }
        Service::Time(time) => (time.mean(), 0.0, 0.0),
        Service::Types { types, .. } => (ServiceType::mean(types), 0.0, 0.0),
        Service::Rate { setup, ms_per_milli, ms_per_kg, spread } => {
            let factor = spread.mean();
            (setup * factor, ms_per_milli * factor, ms_per_kg * factor)
        }
    };
    match station.per {
        Customer::Body | Customer::Shipment => BerthTime::Rate { setup, ms_per_milli, ms_per_kg },
        Customer::Unit => {
            let servers = f64::from(station.servers.unwrap_or(1).max(1));
            let ms_per_milli = (ms_per_milli + setup / 1000.0) / servers;
            BerthTime::Rate { setup: 0.0, ms_per_milli, ms_per_kg: ms_per_kg / servers }
        }
    }
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
        BerthTime::Rate { setup, ms_per_milli, ms_per_kg } => setup + work(lot, *ms_per_milli, *ms_per_kg),
    }
}
