//! What is charged, and who is paid.

use crate::units::SimTime;

/// The country of what lies where no country is named.
pub const UNKNOWN_COUNTRY: &str = "unknown";

/// What a unit pays to a payee on a route, and what that payee does for it there.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteCharge {
    /// Who is paid (`operator`), if named.
    pub operator: Option<String>,
    /// Whose revenue it is: a country, or `unknown`.
    pub country: String,
    /// Dollars a unit of the cargo.
    pub usd_per_unit: f64,
    /// At a border facility (for the indicator `border_cost`).
    pub border: bool,
    /// Tonne-kilometres of a unit; those aboard vessels are the fleets'.
    pub tonne_km_per_unit: f64,
    /// Grams of CO2 equivalent a unit.
    pub grams_per_unit: f64,
}

/// Who is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payee {
    /// Who (`operator`), if named.
    pub operator: Option<String>,
    /// Whose revenue it is: a country, or `unknown`.
    pub country: String,
}

/// What is charged: to a shipment by what holds when it is made, to a vessel by what holds when it calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Prices {
    /// From when on.
    pub from: SimTime,
    /// By route: what a unit pays to each payee whatever its time, and their work; fleets excluded.
    pub routes: Vec<Vec<RouteCharge>>,
    /// By fleet.
    pub fleets: Vec<FleetPrices>,
    /// By meter and flow: dollars for a reading of one.
    pub meters: Vec<Vec<f64>>,
    /// By due: dollars.
    pub dues: Vec<f64>,
}

impl Prices {
    /// Whether they are the same as others, whenever they hold.
    pub fn are_those_of(&self, other: &Self) -> bool {
        (&self.routes, &self.fleets, &self.meters, &self.dues)
            == (&other.routes, &other.fleets, &other.meters, &other.dues)
    }
}

/// What a fleet charges and emits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FleetPrices {
    /// By cargo, and by call (leg that begins there): dollars a unit.
    pub usd_per_unit: Vec<Vec<f64>>,
    /// By cargo and call: grams of CO2 equivalent a unit.
    pub grams_per_unit: Vec<Vec<f64>>,
}
