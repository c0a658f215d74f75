//! A scenario, read, checked and made ready: what studies are asked of.

use std::fmt::Display;
use std::sync::OnceLock;

use super::prepared::Prepared;
use super::source::Source;
use crate::compile::{PlanError, warnings};
use crate::diagnostic::{Diagnostics, Rejected};
use crate::results::Detail;
use crate::scenario::{ChangeReport, InMemory, Inputs, Overlay, Parameter, Reading, ScenarioReader, Setting, types};

/// A scenario, read, checked and made ready to be simulated, which can be changed and read again.
///
/// It never changes itself: [`set`](Self::set) and its like give another scenario. What it says is in
/// [`contents`](Self::contents), every value with its place in [`parameters`](Self::parameters).
pub struct Scenario {
    source: Source,
    reading: Reading,
    prepared: Prepared,
    inputs: OnceLock<Inputs>,
}

impl Scenario {
    /// Reads a scenario that comes with the program (`baseline-2024`) by its name, or with the feature `disk` a file by its
    /// path.
    ///
    /// # Errors
    /// All that is wrong with it, each finding with its file, line and column.
    pub fn open(name_or_path: &str) -> Result<Self, Rejected> {
        Self::of(Source::named(ScenarioReader::default(), name_or_path), None)
    }

    /// Reads a text; it may include and extend what comes with the program, and no files.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn parse(text: &str, name: &str) -> Result<Self, Rejected> {
        Self::of(Source::text(ScenarioReader::new(InMemory::default()), name, text), None)
    }

    /// Reads a scenario from where it comes from, with rows of results down to a detail, or to what is usual for so many
    /// flows.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn of(source: Source, detail: Option<Detail>) -> Result<Self, Rejected> {
        let reading = source.read();
        Self::compiled(source, reading, detail)
    }

    /// Makes ready what was read from a source.
    ///
    /// # Errors
    /// All that cannot run.
    pub fn compiled(source: Source, mut reading: Reading, detail: Option<Detail>) -> Result<Self, Rejected> {
        let scenario = reading.take_scenario()?;
        let prepared = Prepared::with(&reading, scenario, detail).map_err(|errors| rejected(&reading, &errors))?;
        Ok(Self { source, reading, prepared, inputs: OnceLock::new() })
    }

    /// The same with a parameter set to a value, by the rules of `--set`: `set("fleet.ferry.vessels", 3)`,
    /// `set("link.*.time", "3 h")`.
    ///
    /// # Errors
    /// The path is of no parameter, the value does not fit, or the scenario cannot run with it.
    pub fn set(&self, path: &str, value: impl Display) -> Result<Self, Rejected> {
        let setting = Setting::new(path, value).map_err(|error| Rejected::because("setting", error))?;
        self.with(&[setting])
    }

    /// The same with a change as `--set` takes it: `change("fleet.ferry.vessels += 2")`, `change("flow.*.volume *= 1.4")`.
    ///
    /// # Errors
    /// As [`Self::set`].
    pub fn change(&self, setting: &str) -> Result<Self, Rejected> {
        let setting = Setting::parse(setting).map_err(|error| Rejected::because("setting", error))?;
        self.with(&[setting])
    }

    /// The same with more settings, applied after those that it has; its results have the same rows of flows.
    ///
    /// # Errors
    /// As [`Self::set`].
    pub fn with(&self, settings: &[Setting]) -> Result<Self, Rejected> {
        Self::of(self.source.with(settings), Some(self.prepared.detail))
    }

    /// The same under an overlay.
    ///
    /// # Errors
    /// The overlay does not fit, or the scenario cannot run with it.
    pub fn under(&self, overlay: &Overlay) -> Result<Self, Rejected> {
        Self::compiled(self.source.clone(), self.source.read_under(overlay), Some(self.prepared.detail))
    }

    /// Another scenario, read in the same way and with the same settings; its results have the same rows of flows.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn beside(&self, name: &str) -> Result<Self, Rejected> {
        Self::of(self.source.of(name), Some(self.prepared.detail))
    }

    /// This what-if with its residual delays as in its base; `None` where it changes none.
    ///
    /// # Errors
    /// It cannot run without them.
    pub fn with_residual_delays_of(&self, base: &Self) -> Result<Option<Self>, Rejected> {
        let reading = self.reading.with_residual_delays_of(&base.reading);
        reading.map(|reading| Self::compiled(self.source.clone(), reading, Some(self.prepared.detail))).transpose()
    }

    /// What was found that does not forbid to run.
    pub fn warnings(&self) -> Rejected {
        let mut diagnostics = self.reading.diagnostics.clone();
        diagnostics.extend(self.plan_warnings());
        Rejected { follows: "", diagnostics, sources: self.reading.sources.clone() }
    }

    /// What was found when it was made ready.
    pub fn plan_warnings(&self) -> Diagnostics {
        warnings(&self.prepared.plan.remarks, &self.reading.tree)
    }

    /// What it says, as types.
    pub const fn contents(&self) -> &types::Contents {
        &self.prepared.scenario
    }

    /// What is simulated.
    pub const fn prepared(&self) -> &Prepared {
        &self.prepared
    }

    /// What is simulated, without the texts that it was made from.
    pub fn into_prepared(self) -> Prepared {
        self.prepared
    }

    /// What was read: its tree, its texts, what its changes touched.
    pub const fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Where it comes from.
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// Its short name: the file's stem or the embedded name.
    pub fn name(&self) -> &str {
        &self.prepared.scenario.name
    }

    /// The scenario as it is simulated, as a file: all defaults filled in.
    pub fn resolved_toml(&self) -> String {
        self.reading.resolved_toml()
    }

    /// Its parameters, or those with a word in their paths, each with its value and where it was set.
    pub fn parameters(&self, word: &str) -> Vec<Parameter> {
        self.reading.parameters(word)
    }

    /// How many parameters each of its changes touches, and each setting of more than one, in words.
    pub fn changes_in_words(&self, name: &str) -> Vec<String> {
        let told = self.reading.changes.iter().filter(|change| change.touched != 1 || change.path.contains('*'));
        let things = |touched| if touched == 1 { "parameter" } else { "parameters" };
        let sentence = |change: &ChangeReport| {
            format!("{name}: {} touches {} {}", change.path, change.touched, things(change.touched))
        };
        told.map(sentence).collect()
    }

    /// Its inputs, as far as they may be wrong.
    pub fn inputs(&self) -> &Inputs {
        self.inputs.get_or_init(|| self.reading.inputs())
    }
}

/// Errors of the plan at the places of the values that they are about.
fn rejected(reading: &Reading, errors: &[PlanError]) -> Rejected {
    let mut diagnostics = Diagnostics::default();
    for error in errors {
        diagnostics.push(error.diagnostic(&reading.tree));
    }
    diagnostics.sort();
    Rejected { follows: "the scenario cannot run", diagnostics, sources: reading.sources.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceKind;

    #[test]
    fn a_value_set_in_code_follows_the_rules_of_the_command_line() {
        let base = Scenario::open("smallest").unwrap();
        let two = base.set("node.east.facility.crane.servers", 2).unwrap();
        assert_ne!(base.prepared().hash, two.prepared().hash);
        let again = base.change("node.east.facility.crane.servers += 1").unwrap();
        assert_eq!(two.prepared().hash, again.prepared().hash);
        assert_eq!(two.set("flow.demo.volume", "100 TEU/yr").unwrap().source().settings().len(), 2);
    }

    #[test]
    fn a_wrong_setting_is_found_at_its_words() {
        let base = Scenario::open("smallest").unwrap();
        let rejected = base.set("node.east.facility.crane.servres", 2).err().unwrap();
        let finding = rejected.findings().next().unwrap();
        let place = finding.place.clone().unwrap();
        assert_eq!((place.kind, place.words), (SourceKind::Setting, "node.east.facility.crane.servres"));
        assert!(rejected.to_string().contains("servers"), "{rejected}");
        for (path, value) in [("", "2"), ("a = b", "2"), ("flow.demo.volume +", "2"), ("run.horizon", "")] {
            assert!(base.set(path, value).is_err(), "{path} {value}");
        }
    }

    #[test]
    fn a_scenario_of_a_text_is_read_again_with_settings() {
        let text = include_str!("../../scenarios/smallest.toml");
        let base = Scenario::parse(text, "mine").unwrap();
        assert_eq!(base.name(), "mine");
        let changed = base.set("run.replications", 7).unwrap();
        assert_eq!(changed.contents().run.replications, 7);
        let wrong = Scenario::parse(&text.replace("servers", "servres"), "mine").err().unwrap();
        let places: Vec<_> = wrong.findings().filter_map(|finding| finding.place).collect();
        assert!(places.iter().any(|place| place.words == "servres" && place.source == "mine.toml"), "{wrong}");
    }
}
