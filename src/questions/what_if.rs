//! What-ifs of a study: a base that is changed, with the names that people give to the change.

use crate::comparison::Price;
use crate::scenario::Setting;
use crate::study::Scenario;

/// A what-if by its name.
pub struct NamedScenario {
    /// Its name.
    pub name: String,
    /// The base with the change.
    pub scenario: Scenario,
}

impl NamedScenario {
    /// What people call it: the title of a scenario that has one of its own; else its name, in which a change without a name has
    /// its path in words.
    pub(super) fn title(&self, base: &Scenario) -> String {
        title(&self.name, base, &self.scenario)
    }

    /// What it costs, where it is a measure with a price.
    pub(super) fn price(&self, interest: f64) -> Option<Price> {
        price(&self.scenario, interest)
    }
}

/// What people call a what-if.
pub(super) fn title(name: &str, base: &Scenario, what_if: &Scenario) -> String {
    let own = &what_if.contents().title;
    if *own != base.contents().title {
        return own.clone();
    }
    let network = &base.prepared().layout.catalogue().network;
    let in_words = |change: &str| {
        let path = Setting::parse(change).ok().map(|setting| setting.path().to_owned());
        path.map_or_else(|| change.to_owned(), |path| change.replacen(&path, &network.parameter_name(&path), 1))
    };
    name.split(';').map(|change| in_words(change.trim())).collect::<Vec<_>>().join("; ")
}

/// What a scenario costs, where it is a measure.
pub(super) fn price(scenario: &Scenario, interest: f64) -> Option<Price> {
    let cost = scenario.contents().measure.as_ref()?;
    Some(Price { annual: cost.annual(interest), annuity: cost.annuity(interest) })
}
