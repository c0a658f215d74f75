//! `midcor report`: the page of results or of a comparison.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::output::not_written;
use crate::comparison::Comparison;
use crate::files;
use crate::report::{
    Counts, DrawnChart, Page, Picture, PictureStyle, Place, Study, comparison_of, comparison_pictures, run_pictures,
};
use crate::results::{Results, Summary};
use crate::scenario::Parameter;
use crate::scenario::types::Contents;
use crate::study::Scenario;
use crate::validation::Validation;
use crate::words::Language;

use super::list::language;

/// Most bytes of a text that is read.
const MOST: u64 = 1 << 28;
/// The name of the page in a folder.
const PAGE: &str = "report.html";
/// Most charts of a page.
const CHARTS: usize = 8;
/// The folder of a comparison's base within it.
const BASE: &str = "base";

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// A folder with results, of one scenario or of a comparison
    results: PathBuf,
    /// The language of the page
    #[arg(long, value_name = "LANGUAGE", value_parser = language, default_value = "en")]
    lang: Language,
    /// The file that is written [default: report.html in the folder]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn report(args: &ReportArgs, console: &mut Console) -> Result<(), Failure> {
    let html = Folder::read(&args.results)?.page(args.lang)?;
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

/// What a folder of results holds.
struct Folder {
    /// Of the scenario, or of the base of a comparison.
    results: Results,
    summary: Summary,
    comparison: Option<Comparison>,
    validation: Option<Validation>,
    scenario: Option<Scenario>,
    commands: Vec<String>,
}

impl Folder {
    fn read(path: &Path) -> Result<Self, Failure> {
        match Study::found(|name| path.join(name).is_file()) {
            Some(Study::COMPARISON) => Self::of_comparison(path),
            _ => Self::of_results(path),
        }
    }

    fn of_results(path: &Path) -> Result<Self, Failure> {
        let results = results(path)?;
        let summary = results.summary();
        let validation = text(&path.join("validation.json"))?;
        let validation = validation.map(|text| serde_json::from_str(&text)).transpose();
        let validation = validation.map_err(|error| wrong(&path.join("validation.json"), &error.to_string()))?;
        let commands = vec![command(&path.join("scenario.toml"), &summary)];
        Ok(Self { comparison: None, validation, scenario: scenario(path)?, commands, results, summary })
    }

    fn of_comparison(path: &Path) -> Result<Self, Failure> {
        let base = path.join(BASE);
        let results = results(&base)?;
        let summary = results.summary();
        let document = path.join("comparison.json");
        let comparison = comparison_of(&text(&document)?.unwrap_or_default(), summary.network.clone());
        let comparison = comparison.map_err(|what| wrong(&document, &what))?;
        Ok(Self {
            commands: vec![compare_command(path, &comparison)],
            scenario: scenario(&base)?,
            validation: None,
            comparison: Some(comparison),
            results,
            summary,
        })
    }

    fn page(&self, language: Language) -> Result<String, Failure> {
        let contents = self.scenario.as_ref().map(Scenario::contents);
        let assumptions: Vec<Parameter> =
            self.scenario.as_ref().map(|scenario| scenario.reading().assumptions()).unwrap_or_default();
        let page = Page {
            language,
            summary: &self.summary,
            comparison: self.comparison.as_ref(),
            validation: self.validation.as_ref(),
            description: contents.map_or("", |contents| &contents.description),
            assumptions: &assumptions,
            counts: contents.map(counts).unwrap_or_default(),
            charts: &self.charts(language)?,
            commands: &self.commands,
        };
        Ok(page.html())
    }

    fn charts(&self, language: Language) -> Result<Vec<DrawnChart>, Failure> {
        let pictures = match &self.comparison {
            Some(comparison) => comparison_pictures(comparison),
            None => run_pictures(&self.results, &self.summary),
        };
        let style = PictureStyle { language, ..PictureStyle::default() };
        pictures.iter().take(CHARTS).map(|picture| drawn(picture, style)).collect()
    }
}

fn drawn(picture: &Picture<'_>, style: PictureStyle) -> Result<DrawnChart, Failure> {
    let svg = picture.svg(style).map_err(|error| Failure::Failed(error.to_string()))?;
    Ok(DrawnChart { name: picture.name().to_owned(), svg })
}

fn results(path: &Path) -> Result<Results, Failure> {
    Results::read(path).map_err(|error| Failure::Wrong(error.to_string()))
}

/// A text of a folder; `None` where there is no such file.
fn text(path: &Path) -> Result<Option<String>, Failure> {
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = files::read(path, MOST).map_err(Failure::files(format!("cannot read {}", path.display())))?;
    String::from_utf8(bytes).map(Some).map_err(|_| wrong(path, "it is not text"))
}

fn wrong(path: &Path, what: &str) -> Failure {
    Failure::Wrong(format!("{}: {what}", path.display()))
}

/// The scenario as it was simulated, which the folder holds.
fn scenario(path: &Path) -> Result<Option<Scenario>, Failure> {
    let path = path.join("scenario.toml");
    if !path.is_file() {
        return Ok(None);
    }
    Scenario::open(&path.to_string_lossy()).map(Some).map_err(|rejected| Failure::Wrong(rejected.to_string()))
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

/// What simulates a scenario again: by its name where it is one that comes with the program, else from the file of the folder.
fn command(scenario: &Path, summary: &Summary) -> String {
    let run = &summary.manifest.run;
    let name = named(&summary.manifest.scenario.name, &summary.manifest.scenario.hash);
    let what = name.unwrap_or_else(|| quoted(&scenario.to_string_lossy()));
    format!("midcor run {what} --seed {} --replications {}", run.seed, years(summary))
}

fn years(summary: &Summary) -> String {
    let run = &summary.manifest.run;
    match (run.first, run.years_per_draw) {
        (_, Some(years)) if years > 0 => format!("{}x{years}", run.end() / years),
        (0, _) => run.end().to_string(),
        (first, _) => format!("{first}..{}", run.end()),
    }
}

/// The name of a scenario that comes with the program, where its content is the one that was simulated.
fn named(name: &str, hash: &str) -> Option<String> {
    let known = crate::scenario::embedded().iter().find(|file| file.is_scenario() && file.name() == name)?;
    let scenario = Scenario::open(known.name()).ok()?;
    (scenario.prepared().hash == hash).then(|| name.to_owned())
}

fn compare_command(path: &Path, comparison: &Comparison) -> String {
    let run = &comparison.base.run;
    let scenario = |folder: &str, name: &str, hash: &str| {
        named(name, hash).unwrap_or_else(|| quoted(&path.join(folder).join("scenario.toml").to_string_lossy()))
    };
    let base = scenario(BASE, &comparison.base.scenario.name, &comparison.base.scenario.hash);
    let what_ifs = comparison.what_ifs.iter().map(|what_if| {
        let known = &what_if.manifest.scenario;
        scenario(&crate::report::file_name(&what_if.name), &known.name, &known.hash)
    });
    let scenarios = std::iter::once(base).chain(what_ifs).collect::<Vec<_>>().join(" ");
    format!("midcor compare {scenarios} --seed {} --replications {}", run.seed, run.end())
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
