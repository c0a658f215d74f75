//! What several commands can be asked.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::completing;
use super::memory::memory;
use super::numbers::{Extent, Replications, precision, seed};
use crate::report::Saved;
use crate::results::Detail;
use crate::scenario::{ScenarioReader, Setting};
use crate::study::Source;
use crate::words::Language;

/// Which scenario.
#[derive(Clone, Debug, Args)]
pub(super) struct ScenarioArgs {
    /// A scenario file, or the name of a scenario that comes with the program
    #[arg(add = completing::scenarios())]
    scenario: String,
    /// Change a value: PATH=VALUE, PATH+=2, PATH*=1.4 (repeatable)
    #[arg(long, value_name = "PATH=VALUE", value_parser = Setting::parse, add = completing::paths())]
    set: Vec<Setting>,
    /// Let `include` and `extends` name files outside the folder of the scenario
    #[arg(long)]
    anywhere: bool,
}

impl ScenarioArgs {
    /// Where the scenario comes from.
    pub(super) fn source(&self) -> Source {
        Source::named(self.reader(), self.scenario.as_str()).with(&self.set)
    }

    /// Whether anything is changed.
    pub(super) fn has_settings(&self) -> bool {
        !self.set.is_empty()
    }

    /// The name or path of the command line.
    pub(super) fn words(&self) -> &str {
        &self.scenario
    }

    fn reader(&self) -> ScenarioReader {
        if self.anywhere { ScenarioReader::default().anywhere() } else { ScenarioReader::default() }
    }

    /// A scenario by its name, with settings.
    pub(super) fn named(scenario: &str, set: &[Setting]) -> Self {
        Self { scenario: scenario.to_owned(), set: set.to_vec(), anywhere: false }
    }

    /// Another scenario with the same settings, read in the same way.
    pub(super) fn of(&self, scenario: &str) -> Self {
        Self { scenario: scenario.to_owned(), ..self.clone() }
    }

    /// The same scenario with more settings, applied after the others.
    pub(super) fn with(&self, more: &[Setting]) -> Self {
        Self { set: [self.set.as_slice(), more].concat(), ..self.clone() }
    }
}

/// Reads the word of a language.
pub(super) fn language(text: &str) -> Result<Language, String> {
    let all = Language::ALL.map(|language| format!("{language} ({})", language.meaning().trim_end_matches('.')));
    text.parse().map_err(|error| format!("{error}; there are {}", all.join(", ")))
}

/// How to simulate.
#[derive(Debug, Args)]
pub(super) struct SimulationArgs {
    /// Number of simulated years, or a range of their numbers: 100, 0..50 (counted from 0, the end excluded); with
    /// inputs drawn, draws and years in each: 200x5, 0..50x5
    #[arg(long, value_name = "N|A..B|DxN", conflicts_with = "precision")]
    pub(super) replications: Option<Extent>,
    /// Whether inputs are as written, or drawn as far as they may be wrong [default: fixed; drawn where --replications has draws]
    #[arg(long, value_enum)]
    pub(super) inputs: Option<InputsArg>,
    /// Simulate until section times and corridor throughput are known this well, such as 1% (of compare: their
    /// differences, as a share of the base)
    #[arg(long, value_name = "SHARE", value_parser = precision)]
    pub(super) precision: Option<f64>,
    #[command(flatten)]
    pub(super) lab: LabArgs,
}

/// What every simulation is told besides its years.
#[derive(Debug, Args)]
pub(super) struct LabArgs {
    /// Master seed
    #[arg(long, value_name = "N", value_parser = seed)]
    pub(super) seed: Option<u64>,
    /// Number of threads; 0 uses all cores. Results do not depend on it
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
    /// Most memory, such as 4GB: a simulated year that takes more than its part of it ends; a run keeps the others, a
    /// study says which
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    pub(super) memory: Option<u64>,
}

/// What is done with inputs that may be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum InputsArg {
    /// As written
    Fixed,
    /// Each draw multiplies every input by a factor: sd 3 % for grade A, 10 % for B, 30 % for C, or within its range
    Drawn,
}

/// Where results go.
#[derive(Debug, Args)]
pub(super) struct OutputArgs {
    /// Folder for results [default: results/SCENARIO, of other studies than run and validate results/SCENARIO-STUDY; with
    /// settings +HASH is added]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Write to the folder although it holds other results, which are replaced, or other files, which stay
    #[arg(long)]
    pub(super) replace: bool,
    /// How much is written to the folder [default: all; of each scenario of a comparison: figures]
    #[arg(long, value_enum)]
    pub(super) save: Option<Save>,
    /// Language of the pictures: en or ru
    #[arg(long, value_name = "LANGUAGE", value_parser = language, default_value = "en")]
    pub(super) lang: Language,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
    /// Also print the tables behind the answer
    #[arg(long)]
    pub(super) details: bool,
}

/// How much is written to a folder of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Save {
    /// Everything: pictures, the map, tables as text
    All,
    /// The scenario, its measures and every simulated year: what merge and chart read
    Data,
    /// The scenario and its measures
    Figures,
}

impl From<Save> for Saved {
    fn from(save: Save) -> Self {
        match save {
            Save::All => Self::All,
            Save::Data => Self::Data,
            Save::Figures => Self::Figures,
        }
    }
}

/// What has rows in results.
#[derive(Debug, Args)]
pub(super) struct RowArgs {
    /// Rows of every flow too, where there are more than 1000 of them (up to that they are there anyway); without them
    /// studies look at cargoes
    #[arg(long, value_enum)]
    by: Option<By>,
}

impl RowArgs {
    /// Down to what rows are asked for; nothing where the command line leaves it open.
    pub(super) fn detail(&self) -> Option<Detail> {
        self.by.map(|By::Flow| Detail::Flows)
    }
}

/// What has rows beside corridor, cargoes and tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Every flow
    Flow,
}

/// Forms of results on standard output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Table,
    /// For programs, with all digits
    Json,
    /// One row a measure
    Csv,
}

/// How to simulate something many times over.
#[derive(Debug, Args)]
pub(super) struct StudyArgs {
    /// Number of simulated years of each variant, or a range of their numbers [default: the scenario's, at most 20]
    #[arg(long, value_name = "N|A..B")]
    pub(super) replications: Option<Replications>,
    #[command(flatten)]
    pub(super) lab: LabArgs,
    #[command(flatten)]
    pub(super) rows: RowArgs,
}
