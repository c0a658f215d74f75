//! Money: routes outside the corridor.

use super::Check;
use crate::scenario::series::CalendarPeriod;
use crate::scenario::types::{Charge, ChargeBasis};

impl Check<'_> {
    /// Prices and times of routes outside the corridor: by calendar year, with a length for what counts kilometres.
    pub(super) fn outsides(&mut self) {
        let scenario = self.scenario;
        for (id, outside) in &scenario.outside {
            let years = outside.costs.keys().map(|year| ("costs", year));
            for (key, year) in years.chain(outside.times.keys().map(|year| ("times", year))) {
                if CalendarPeriod::parse(year).is_none_or(|period| period.months != 12) {
                    let message = format!("`outside.{id}.{key}` has the key `{year}`, which is no calendar year");
                    self.error_help("no-year", &["outside", id, key, year], message, "a year such as \"2024\"");
                }
            }
            let by_km = |cost: &Charge| matches!(cost.basis, ChargeBasis::TonneKm | ChargeBasis::UnitKm);
            let costs = std::iter::once(&outside.cost).chain(outside.costs.values());
            let wanting = [("cost", costs.into_iter().any(by_km)), ("emission", outside.grams_per_tkm.is_some())];
            for (key, _) in wanting.into_iter().filter(|(_, wants)| *wants && outside.length.is_none()) {
                let message = format!("`outside.{id}.{key}` counts kilometres, and the route has no `length`");
                self.error_help("no-length", &["outside", id, key], message, "give it one: length = \"9000 km\"");
            }
        }
    }
}
