//! Measures with a price, from a file.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::beside::Beside;
use crate::diagnostic::{Diagnostics, FileId, did_you_mean};
use crate::scenario::quantity::Dimension;
use crate::scenario::types::MeasureCost;
use crate::scenario::{ScenarioReader, Setting};
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

/// The measures of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Priced {
    /// Those whose cost is known.
    pub measures: Vec<Measure>,
    /// Names of the others, which are left out.
    pub unpriced: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    measure: BTreeMap<String, Spanned<Entry>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Entry {
    title: Option<String>,
    set: Vec<Spanned<String>>,
    overlay: Option<Spanned<String>>,
    capex: Option<Spanned<String>>,
    opex: Option<Spanned<String>>,
    life: Option<Spanned<String>>,
    ready: Option<i64>,
    requires: Vec<Spanned<String>>,
    excludes: Vec<Spanned<String>>,
    who: Option<String>,
}

const KEYS: [&str; 11] =
    ["measure", "title", "set", "overlay", "capex", "opex", "life", "ready", "requires", "excludes", "who"];

/// Reads measures from TOML.
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
/// All that does not fit, each with its place: the text is no TOML of this form, a measure changes nothing, a setting, a
/// quantity or an overlay cannot be read, a life is of no length, or a name in `requires` or `excludes` is of no measure.
pub fn measures(text: &str, file: FileId, reader: &ScenarioReader, interest: f64) -> Result<Priced, Diagnostics> {
    let beside = Beside { file, text };
    let mut reader = Reader { beside, scenarios: reader, interest, found: Diagnostics::default() };
    let entries = beside.read::<File>(&KEYS).map(|file| file.measure);
    let entries = entries.map_err(|error| reader.found.push(error)).unwrap_or_default();
    let all: Vec<Measure> = entries.iter().filter_map(|(id, entry)| reader.measure(id, entry)).collect();
    for entry in entries.values().map(Spanned::get_ref) {
        reader.companions(entry, &entries);
    }
    if reader.found.has_errors() {
        return Err(reader.found);
    }
    let (priced, unpriced): (Vec<Measure>, Vec<Measure>) =
        all.into_iter().partition(|measure| measure.cost.annual(interest).is_some());
    Ok(Priced { measures: priced, unpriced: unpriced.into_iter().map(|measure| measure.id).collect() })
}

/// Whether a name is that of a measure, or of its overlay.
pub(super) fn stands_for(measure: &Measure, name: &str) -> bool {
    is_named(&measure.id, measure.overlay.as_deref(), name)
}

fn is_named(id: &str, overlay: Option<&str>, name: &str) -> bool {
    let stem = |path: &str| {
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
        file.strip_suffix(".toml").map(str::to_owned).unwrap_or(file)
    };
    id == name || overlay.is_some_and(|overlay| stem(overlay) == stem(name))
}

struct Reader<'a> {
    beside: Beside<'a>,
    scenarios: &'a ScenarioReader,
    interest: f64,
    found: Diagnostics,
}

impl Reader<'_> {
    fn wrong(&mut self, code: &'static str, message: &str, range: std::ops::Range<usize>, help: Option<String>) {
        self.found.push(self.beside.error(code, message, range).maybe_help(help));
    }

    fn measure(&mut self, id: &str, spanned: &Spanned<Entry>) -> Option<Measure> {
        let entry = spanned.get_ref();
        let settings: Vec<Setting> = entry.set.iter().filter_map(|text| self.setting(text)).collect();
        if entry.set.is_empty() && entry.overlay.is_none() {
            let message = format!("the measure `{id}` changes nothing");
            self.wrong("measure", &message, spanned.span(), Some("it wants `set` or `overlay`".to_owned()));
        }
        let (title, of_overlay) = match &entry.overlay {
            Some(overlay) => self.overlay_cost(overlay)?,
            None => (id.replace(['-', '_'], " "), MeasureCost::default()),
        };
        let cost = self.cost(entry, of_overlay);
        Some(Measure {
            id: id.to_owned(),
            title: entry.title.clone().unwrap_or(title),
            settings,
            overlay: entry.overlay.as_ref().map(|overlay| overlay.get_ref().clone()),
            annual_cost: cost.annual(self.interest).unwrap_or(0.0),
            cost,
        })
    }

    fn setting(&mut self, text: &Spanned<String>) -> Option<Setting> {
        Setting::parse(text.get_ref())
            .map_err(|error| self.wrong("setting", &error.to_string(), text.span(), None))
            .ok()
    }

    /// What is not said comes from the overlay.
    fn cost(&mut self, entry: &Entry, of_overlay: MeasureCost) -> MeasureCost {
        let life = self.quantity(entry.life.as_ref(), Dimension::Age);
        if let (Some(text), true) = (&entry.life, life.is_some_and(|life| life <= 0.0)) {
            let help = "such as \"25 yr\"".to_owned();
            self.wrong("out-of-range", "a `life` wants to be longer than nothing", text.span(), Some(help));
        }
        let names = |own: &[Spanned<String>], others: Vec<String>| {
            if own.is_empty() { others } else { own.iter().map(|name| name.get_ref().clone()).collect() }
        };
        MeasureCost {
            capex: self.quantity(entry.capex.as_ref(), Dimension::Money).map(Usd::new).or(of_overlay.capex),
            opex: self.quantity(entry.opex.as_ref(), Dimension::MoneyRate).map(Usd::new).or(of_overlay.opex),
            life: life.or(of_overlay.life),
            ready: entry.ready.or(of_overlay.ready),
            requires: names(&entry.requires, of_overlay.requires),
            excludes: names(&entry.excludes, of_overlay.excludes),
            who: entry.who.clone().or(of_overlay.who),
        }
    }

    fn quantity(&mut self, text: Option<&Spanned<String>>, dimension: Dimension) -> Option<f64> {
        let text = text?;
        let read = dimension.parse(text.get_ref()).map(|quantity| quantity.value);
        let message = || format!("{:?} is not {}", text.get_ref(), dimension.name());
        let help = || Some(format!("it wants {}", dimension.would_fit()));
        read.map_err(|_| self.wrong("wrong-unit", &message(), text.span(), help())).ok()
    }

    /// Whether all that a measure needs and rules out is in the file.
    fn companions(&mut self, entry: &Entry, all: &BTreeMap<String, Spanned<Entry>>) {
        for name in entry.requires.iter().chain(&entry.excludes) {
            let overlay = |entry: &'_ Entry| entry.overlay.as_ref().map(|overlay| overlay.get_ref().clone());
            let stands = |(id, other): (&String, &Spanned<Entry>)| {
                is_named(id, overlay(other.get_ref()).as_deref(), name.get_ref())
            };
            if !all.iter().any(stands) {
                let message = format!("`{}` is no measure of the file", name.get_ref());
                let near = did_you_mean(name.get_ref(), all.keys().map(String::as_str));
                self.wrong("unknown-id", &message, name.span(), near);
            }
        }
    }

    /// Title and cost that an overlay gives itself.
    fn overlay_cost(&mut self, overlay: &Spanned<String>) -> Option<(String, MeasureCost)> {
        let reading = self.scenarios.read(overlay.get_ref(), &[]).into_contents();
        let scenario = reading.map_err(|error| {
            let message = format!("the overlay `{}` cannot be used", overlay.get_ref());
            self.wrong("overlay", &message, overlay.span(), Some(error.to_string().trim_end().to_owned()));
        });
        scenario.ok().map(|scenario| (scenario.title, scenario.measure.unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{SourceFiles, SourceKind};

    fn read(text: &str) -> Result<(Vec<Measure>, Vec<String>), String> {
        let mut sources = SourceFiles::default();
        let file = sources.add("measures.toml", text, SourceKind::File);
        let read = measures(text, file, &ScenarioReader::default(), 0.0);
        read.map(|priced| (priced.measures, priced.unpriced)).map_err(|found| found.render(&sources))
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
            (entry("cost = 3"), "measures.toml:3:1: error[unknown-key]: unknown key `cost`"),
            (entry("cpex = \"8 MUSD\""), "did you mean `capex`"),
            (entry("capex = 8"), "measures.toml:3:9: error[syntax]"),
            ("measure: crane".to_owned(), "measures.toml:1:10: error[syntax]"),
            ("[measure.crane]\ncapex = \"0 USD\"".to_owned(), "changes nothing"),
            ("[measure.crane]\nset = [\"more\"]".to_owned(), "is no setting"),
            ("[measure.crane]\noverlay = \"nowhere.toml\"".to_owned(), "nowhere.toml"),
        ] {
            let error = read(&text).unwrap_err();
            assert!(error.contains(part) && error.contains("measures.toml:"), "{text}: {error}");
        }
        let all = read(&entry("capex = \"8 t\"\nlife = \"0 yr\"\nrequires = [\"x\"]")).unwrap_err();
        assert_eq!(all.matches("error[").count(), 3, "{all}");
    }
}
