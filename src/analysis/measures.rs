//! Measures with a price, from a file.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::did_you_mean;
use crate::scenario::quantity::Dimension;
use crate::scenario::spec::MeasureCost;
use crate::scenario::{Loader, Setting};
use crate::units::Usd;

/// Something that can be done to a corridor, with its price.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Its name in the file.
    pub id: String,
    /// In words, for people.
    pub title: String,
    /// Changes of parameters.
    pub settings: Vec<Setting>,
    /// An overlay: a file or an embedded name.
    pub overlay: Option<String>,
    /// What it costs, what it needs, what it rules out, who acts.
    pub cost: MeasureCost,
    /// Dollars a year, at the interest of the question: see [`MeasureCost::annual`].
    pub annual_cost: f64,
}

impl Measure {
    /// Dollars to be invested.
    pub fn capex(&self) -> f64 {
        self.cost.capex.map_or(0.0, Usd::get)
    }
}

/// Why a file holds no measures.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MeasuresError(String);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    measure: BTreeMap<String, Entry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Entry {
    title: Option<String>,
    set: Vec<String>,
    overlay: Option<String>,
    capex: Option<String>,
    opex: Option<String>,
    life: Option<String>,
    ready: Option<i64>,
    requires: Vec<String>,
    excludes: Vec<String>,
    who: Option<String>,
}

/// Reads measures from TOML; those whose cost is not known are left out and named by the second list.
///
/// ```toml
/// [measure.feeders]
/// title = "Two more feeders"
/// set = ["fleet.aktau-alat-feeder.vessels += 2"]
/// capex = "60 MUSD"
/// opex = "8 MUSD/yr"
/// life = "25 yr"
/// requires = ["dredging"]     # names of measures of this file
///
/// [measure.dredging]
/// overlay = "dredging.toml"   # or the name of an embedded overlay; its [measure] has what is not said here
/// ```
///
/// Costs a year are at an `interest` of so much a year.
///
/// # Errors
/// The text is no TOML of this form, a measure changes nothing, a setting, a quantity or an overlay cannot be read, a
/// life is of no length, or a name in `requires` or `excludes` is of no measure.
pub fn measures(text: &str, loader: &Loader, interest: f64) -> Result<(Vec<Measure>, Vec<String>), MeasuresError> {
    let file: File = toml::from_str(text).map_err(|error| MeasuresError(error.to_string().trim_end().to_owned()))?;
    let read = |(id, entry): (String, Entry)| {
        measure(&id, entry, (loader, interest)).map_err(|error| MeasuresError(format!("measure `{id}`: {error}")))
    };
    let all = file.measure.into_iter().map(read).collect::<Result<Vec<Measure>, MeasuresError>>()?;
    for measure in &all {
        for name in measure.cost.requires.iter().chain(&measure.cost.excludes) {
            if !all.iter().any(|other| stands_for(other, name)) {
                let near = did_you_mean(name, all.iter().map(|other| other.id.as_str()));
                let near = near.map(|near| format!("; {near}")).unwrap_or_default();
                return Err(MeasuresError(format!(
                    "measure `{}` names `{name}`, which is no measure of the file{near}",
                    measure.id
                )));
            }
        }
    }
    let (priced, unpriced): (Vec<Measure>, Vec<Measure>) =
        all.into_iter().partition(|measure| measure.cost.annual(interest).is_some());
    Ok((priced, unpriced.into_iter().map(|measure| measure.id).collect()))
}

/// Whether a name is that of a measure, or of its overlay.
pub(super) fn stands_for(measure: &Measure, name: &str) -> bool {
    let stem = |path: &str| {
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
        file.strip_suffix(".toml").map(str::to_owned).unwrap_or(file)
    };
    measure.id == name || measure.overlay.as_deref().is_some_and(|overlay| stem(overlay) == stem(name))
}

fn measure(id: &str, entry: Entry, (loader, interest): (&Loader, f64)) -> Result<Measure, String> {
    let settings = entry.set.iter().map(|text| Setting::parse(text).map_err(|error| error.to_string()));
    let settings = settings.collect::<Result<Vec<Setting>, String>>()?;
    if settings.is_empty() && entry.overlay.is_none() {
        return Err("it changes nothing: it wants `set` or `overlay`".to_owned());
    }
    let of_overlay = entry.overlay.as_deref().map(|overlay| overlay_cost(overlay, loader)).transpose()?;
    let (title, cost) = of_overlay.unwrap_or_default();
    let quantity = |text: Option<String>, dimension: Dimension| {
        let read = |text: String| {
            let wrong = |_| format!("`{text}` is not {}: it wants {}", dimension.name(), dimension.would_fit());
            dimension.parse(&text).map(|quantity| quantity.value).map_err(wrong)
        };
        text.map(read).transpose()
    };
    let cost = MeasureCost {
        capex: quantity(entry.capex, Dimension::Money)?.map(Usd::new).or(cost.capex),
        opex: quantity(entry.opex, Dimension::MoneyRate)?.map(Usd::new).or(cost.opex),
        life: quantity(entry.life, Dimension::Age)?.or(cost.life),
        ready: entry.ready.or(cost.ready),
        requires: if entry.requires.is_empty() { cost.requires } else { entry.requires },
        excludes: if entry.excludes.is_empty() { cost.excludes } else { entry.excludes },
        who: entry.who.or(cost.who),
    };
    if cost.life.is_some_and(|life| life <= 0.0) {
        return Err("a `life` wants to be longer than nothing, such as \"25 yr\"".to_owned());
    }
    let title = entry.title.unwrap_or(if title.is_empty() { id.replace(['-', '_'], " ") } else { title });
    let annual_cost = cost.annual(interest).unwrap_or(0.0);
    Ok(Measure { id: id.to_owned(), title, settings, overlay: entry.overlay, cost, annual_cost })
}

/// Title and cost that an overlay gives itself.
fn overlay_cost(overlay: &str, loader: &Loader) -> Result<(String, MeasureCost), String> {
    let scenario =
        loader.load(overlay, &[]).into_scenario().map_err(|error| error.to_string().trim_end().to_owned())?;
    Ok((scenario.title, scenario.measure.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(Vec<Measure>, Vec<String>), String> {
        measures(text, &Loader::default(), 0.0).map_err(|error| error.to_string())
    }

    #[test]
    fn costs_are_spread_over_the_life() {
        let text = "[measure.crane]\nset = [\"node.a.facility.c.servers += 1\"]\ncapex = \"8 MUSD\"\nlife = \"20 yr\"\nopex = \"0.1 MUSD/yr\"\n\
                    [measure.free]\nset = [\"pool.p.size += 1\"]\n";
        let (priced, unpriced) = read(text).unwrap();
        assert_eq!((priced[0].capex(), priced[0].annual_cost), (8e6, 5e5));
        assert_eq!(unpriced, ["free"]);
    }

    #[test]
    fn slips_are_told() {
        let entry = |more: &str| format!("[measure.crane]\nset = [\"pool.p.size += 1\"]\n{more}\n");
        for (text, part) in [
            (entry("capex = \"8 MUSD\"\nlife = \"0 yr\""), "longer than nothing"),
            (entry("capex = \"8 t\""), "such as \"38 MUSD\""),
            (entry("opex = \"1 MUSD/yr\"\nrequires = [\"cranes\"]"), "did you mean `crane`"),
            (entry("cost = 3"), "unknown field"),
            ("[measure.crane]\ncapex = \"0 USD\"".to_owned(), "changes nothing"),
            ("[measure.crane]\nset = [\"more\"]".to_owned(), "is no setting"),
            ("[measure.crane]\noverlay = \"nowhere.toml\"".to_owned(), "nowhere.toml"),
        ] {
            let error = read(&text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
