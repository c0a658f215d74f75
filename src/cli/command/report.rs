//! `midcor report`: the page of results or of a comparison.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::args::language;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::output::not_written;
use crate::cli::results_folder::{ComparedFolder, ResultsFolder, wrong};
use crate::comparison::Comparison;
use crate::report::{
    Counts, DrawnChart, LivePart, Page, Picture, PictureStyle, Place, Study, comparison_pictures, run_pictures,
};
use crate::results::Results;
use crate::scenario::types::Contents;
use crate::study::Scenario;
use crate::validation::Validation;
use crate::words::Language;

use super::live_page::{LiveFolder, Module};
use super::replayed::{Replayed, Wanted};

/// The name of the page in a folder.
const PAGE: &str = "report.html";
/// Most charts of a page.
const CHARTS: usize = 9;
/// In place of the names of charts.
const NO_CHART: &str = "none";
/// Observed figures beside simulated ones, where `validate` put them.
const VALIDATION: &str = "validation.json";

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// A folder with results, of one scenario or of a comparison
    results: PathBuf,
    /// The language of the page
    #[arg(long, value_name = "LANGUAGE", value_parser = language, default_value = "en")]
    lang: Language,
    /// Make the page live: sliders simulate on the page itself, with this module of the engine (built by `web/build`)
    #[arg(long, value_name = "MODULE")]
    live: Option<PathBuf>,
    /// The charts of the page by their names, or `none` for a smaller page [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    charts: Vec<String>,
    /// Which simulated years can be replayed on the map of a page that is not live
    #[arg(long, value_name = "YEARS", value_enum, default_value = "both")]
    replay: Wanted,
    /// The file that is written [default: report.html in the folder]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn report(args: &ReportArgs, console: &mut Console) -> Result<(), Failure> {
    let folder = Folder::read(&args.results)?;
    let module = args.live.as_deref().map(Module::read).transpose()?;
    let scenario = module.as_ref().map(|_| folder.live()).transpose()?;
    let live = scenario.as_ref().zip(module.as_ref()).map(|(scenario, module)| scenario.part(scenario.module(module)));
    let replayed = if live.is_none() { Replayed::of(&folder.held, args.replay, console)? } else { None };
    let html = folder.page(Shown { language: args.lang, charts: &args.charts, live, replayed: replayed.as_ref() })?;
    let path = match &args.out {
        Some(path) => put(path, &html).map(|()| path.clone()),
        None => add(&args.results, &html),
    };
    Ok(writeln!(console.out(), "{}", path?.display())?)
}

/// Adds the page to the files of a folder, so that it goes when other results take their place.
fn add(folder: &Path, html: &str) -> Result<PathBuf, Failure> {
    let place = Place::extend(folder, &[Path::new(PAGE)]).map_err(not_written)?;
    let fresh = place.fresh().join(PAGE);
    fs::write(&fresh, html).map_err(Failure::files(format!("cannot write {}", fresh.display())))?;
    place.add().map_err(not_written)?;
    Ok(folder.join(PAGE))
}

fn put(path: &Path, html: &str) -> Result<(), Failure> {
    fs::write(path, html).map_err(Failure::files(format!("cannot write {}", path.display())))
}

/// What a page shows.
pub(super) struct Shown<'a> {
    pub(super) language: Language,
    /// Names of charts; empty: all.
    pub(super) charts: &'a [String],
    pub(super) live: Option<LivePart<'a>>,
    pub(super) replayed: Option<&'a Replayed>,
}

/// What a folder of results holds.
pub(super) struct Folder {
    /// Of the scenario, or of the base of a comparison.
    held: ResultsFolder,
    comparison: Option<Comparison>,
    validation: Option<Validation>,
    command: String,
}

impl Folder {
    fn read(path: &Path) -> Result<Self, Failure> {
        match Study::found(|name| path.join(name).is_file()) {
            Some(Study::COMPARISON) => Self::of_comparison(path),
            _ => Self::of_results(path),
        }
    }

    fn of_results(path: &Path) -> Result<Self, Failure> {
        let held = ResultsFolder::read(path)?;
        let validation = held.text(VALIDATION)?.map(|text| serde_json::from_str(&text)).transpose();
        let validation = validation.map_err(|error| wrong(&path.join(VALIDATION), &error.to_string()))?;
        Ok(Self { comparison: None, validation, command: held.command(), held })
    }

    fn of_comparison(path: &Path) -> Result<Self, Failure> {
        let compared = ComparedFolder::read(path)?;
        let command = compared.command();
        Ok(Self { comparison: Some(compared.comparison), validation: None, command, held: compared.base })
    }

    /// Years of a scenario that lie in no folder.
    pub(super) fn of_years(results: Results, scenario: Scenario, source: &str) -> Self {
        let held = ResultsFolder::of_years(results, scenario, source);
        Self { comparison: None, validation: None, command: held.command(), held }
    }

    /// The scenario as it was simulated.
    pub(super) fn into_scenario(self) -> Scenario {
        self.held.scenario
    }

    /// What a live page of the folder is made of.
    pub(super) fn live(&self) -> Result<LiveFolder, Failure> {
        LiveFolder::of(&self.held.scenario, &self.held.summary.manifest.scenario.name, self.held.source())
    }

    /// The page, live where that is wanted, else with years that can be replayed.
    pub(super) fn page(&self, shown: Shown<'_>) -> Result<String, Failure> {
        let Shown { language, charts, live, replayed } = shown;
        let contents = self.held.scenario.contents();
        let page = Page {
            language,
            summary: &self.held.summary,
            comparison: self.comparison.as_ref(),
            validation: self.validation.as_ref(),
            description: &contents.description,
            assumptions: &self.held.scenario.reading().assumptions(),
            counts: counts(contents),
            charts: &self.charts(language, charts)?,
            command: &self.command,
            live,
            replay: replayed.map(Replayed::part),
        };
        Ok(page.html())
    }

    /// The charts of these names; all where none is named.
    fn charts(&self, language: Language, names: &[String]) -> Result<Vec<DrawnChart>, Failure> {
        let pictures = match (&self.comparison, &self.held.results) {
            (Some(comparison), _) => comparison_pictures(comparison),
            (None, Some(results)) => run_pictures(results, &self.held.summary),
            (None, None) => Vec::new(),
        };
        let known = || pictures.iter().map(Picture::name);
        if let Some(name) = names.iter().find(|name| *name != NO_CHART && !known().any(|known| known == *name)) {
            let known = known().collect::<Vec<_>>().join(", ");
            return Err(Failure::Wrong(format!("the folder has no chart `{name}`; there are {known}, or {NO_CHART}")));
        }
        let is_wanted = |picture: &&Picture<'_>| names.is_empty() || names.iter().any(|name| name == picture.name());
        let style = PictureStyle { language, ..PictureStyle::default() };
        let drawn = pictures.iter().filter(is_wanted).take(CHARTS).map(|picture| drawn(picture, style)).collect();
        let read = self.held.results.as_ref().map_or(Ok(()), Results::check);
        read.map_err(|error| Failure::Failed(error.to_string()))?;
        drawn
    }
}

fn drawn(picture: &Picture<'_>, style: PictureStyle) -> Result<DrawnChart, Failure> {
    let svg = picture.svg(style).map_err(|error| Failure::Failed(error.to_string()))?;
    Ok(DrawnChart { name: picture.name().to_owned(), svg })
}

fn counts(contents: &Contents) -> Counts {
    let nodes = || contents.node.values();
    Counts {
        nodes: contents.node.len(),
        links: contents.link.len(),
        facilities: nodes().map(|node| node.facility.len()).sum(),
        storages: nodes().map(|node| node.storage.len()).sum(),
        fleets: contents.fleet.len(),
        pools: contents.pool.len(),
        cargoes: contents.cargo.len(),
        flows: contents.flow.len(),
        closures: contents.closure.len(),
    }
}
