//! `midcor list`: what there is.

pub(super) mod routes;

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use crate::cli::args::{Format, ScenarioArgs, language};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::reading::read_checked;
use crate::exchange::parameter_json;
use crate::report::{column, sheet};
use crate::scenario::{Contents, Embedded, Movable, Setting, embedded};
use crate::words::{Cause, FixedUnit, Language, Measure, Statistic, SubjectKind, name};

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// What to list
    #[arg(value_enum)]
    what: Listed,
    /// Only what has this word in it
    word: Option<String>,
    /// The scenario whose things are listed
    #[arg(long, default_value = "baseline-2024")]
    scenario: String,
    /// Change a value: PATH=VALUE, PATH+=2, PATH*=1.4 (repeatable)
    #[arg(long, value_name = "PATH=VALUE", value_parser = Setting::parse)]
    set: Vec<Setting>,
    /// Of words of results: their names in a language, in place of their meanings
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    lang: Option<Language>,
    /// In which form: for people, JSON or CSV
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Things that can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Listed {
    /// Scenarios that come with the program
    Scenarios,
    /// Demand
    Flows,
    /// Vessels
    Fleets,
    /// The route or routes of each flow; of those refused, why each next link does not lead on
    Routes,
    /// Stretches over which time is reported
    Sections,
    /// What readers of the live page may move, from where to where, and how well today's value is known
    Sliders,
    /// Parameter paths with their values
    Parameters,
    /// What results measure
    Measures,
    /// Why time passes
    Causes,
    /// Kinds of things that results are of
    Subjects,
    /// Units of results
    Units,
    /// Which numbers results have
    Statistics,
}

pub(super) fn list(args: &ListArgs, console: &mut Console) -> Result<(), Failure> {
    let word = args.word.as_deref().unwrap_or_default();
    if args.what == Listed::Scenarios {
        return print(console, scenarios(), word, args.format);
    }
    if let Some(lines) = words(args.what, args.lang) {
        return print(console, lines, word, args.format);
    }
    if args.lang.is_some() {
        let why = "--lang is for words of results: measures, causes, subjects, units, statistics";
        return Err(Failure::Wrong(why.to_owned()));
    }
    let wanted = ScenarioArgs::named(&args.scenario, &args.set);
    let (reading, scenario) = read_checked(&wanted, console)?;
    if args.what == Listed::Parameters && args.format == Format::Json {
        let all: serde_json::Value = reading.parameters(word).iter().map(parameter_json).collect();
        return Ok(writeln!(console.out(), "{all}")?);
    }
    let lines = match args.what {
        Listed::Flows => flows(&scenario),
        Listed::Fleets => fleets(&scenario),
        Listed::Routes => routes::lines(&scenario, routes::Named::All)?,
        Listed::Sections => sections(&scenario),
        Listed::Sliders => reading.sliders(&scenario.slider).iter().map(slider).collect(),
        _ => reading.parameters("").into_iter().map(|parameter| (parameter.path, parameter.value)).collect(),
    };
    print(console, lines, word, args.format)
}

/// The words of a list of results with their meanings, or with their names in a language.
fn words(what: Listed, language: Option<Language>) -> Option<Vec<Line>> {
    /// The lines of a list.
    macro_rules! lines {
        ($words:ident) => {{
            let about = |word: $words| language.map_or(word.meaning(), |language| name(word, language));
            Some($words::ALL.map(|word| (word.to_string(), about(word).to_owned())).into())
        }};
    }
    match what {
        Listed::Measures => lines!(Measure),
        Listed::Causes => lines!(Cause),
        Listed::Subjects => lines!(SubjectKind),
        Listed::Units => lines!(FixedUnit),
        Listed::Statistics => lines!(Statistic),
        _ => None,
    }
}

/// A name and what there is to say of it.
pub(super) type Line = (String, String);

fn print(console: &mut Console, mut lines: Vec<Line>, word: &str, format: Format) -> Result<(), Failure> {
    let word = word.to_lowercase();
    lines.retain(|(name, about)| format!("{name} {about}").to_lowercase().contains(&word));
    Ok(match format {
        Format::Table => console.screen().pairs(&lines),
        Format::Json => {
            let line = |(name, about): &Line| serde_json::json!({ "name": name, "about": about });
            writeln!(console.out(), "{}", lines.iter().map(line).collect::<serde_json::Value>())
        }
        Format::Csv => as_csv(console.out(), &lines),
    }?)
}

fn as_csv(out: &mut dyn Write, lines: &[Line]) -> io::Result<()> {
    let columns = vec![
        column("name", "", "Its name.", |line: &&Line| line.0.as_str().into()),
        column("about", "", "What there is to say of it.", |line: &&Line| line.1.as_str().into()),
    ];
    sheet("list.csv", columns, lines).write(out)
}

fn scenarios() -> Vec<Line> {
    let scenarios = embedded().iter().filter(|file| file.is_scenario() && !file.is_textbook());
    scenarios.map(|file| (file.name().to_owned(), title(file))).collect()
}

/// The title, read from the text without resolving it.
fn title(file: &Embedded) -> String {
    let line = file.text.lines().find_map(|line| line.trim_start().strip_prefix("title"));
    let value = line.and_then(|line| line.trim_start().strip_prefix('='));
    value.map(|value| value.trim().trim_matches('"').to_owned()).unwrap_or_default()
}

fn flows(scenario: &Contents) -> Vec<Line> {
    let flows = scenario.flow.iter();
    flows.map(|(id, flow)| (id.clone(), format!("{} from {} to {}", flow.cargo, flow.from, flow.to))).collect()
}

fn fleets(scenario: &Contents) -> Vec<Line> {
    let about = |fleet: &crate::scenario::types::Fleet| {
        let cargoes: Vec<&str> = fleet.carries.keys().map(String::as_str).collect();
        let vessels = fleet.vessels as usize + fleet.vessel.len();
        format!("{vessels} between {}; carries {}", fleet.ports.join(", "), cargoes.join(", "))
    };
    scenario.fleet.iter().map(|(id, fleet)| (id.clone(), about(fleet))).collect()
}

/// A slider with where it can stand, where it stands today, and how well that is known.
fn slider(slider: &Movable) -> Line {
    let grade = slider.grade.map_or_else(String::new, |grade| format!(", grade {}", grade.word()));
    let at = |place: usize| slider.positions.get(place).map_or("", |position| &position.text);
    let about = match &slider.slider.on {
        Some(on) => format!("a switch that sets {on}"),
        None => format!("{} to {}, today {}{grade}", at(0), at(slider.positions.len() - 1), at(slider.today)),
    };
    (slider.id.clone(), format!("{}: {about}; {}", slider.slider.name, slider.slider.path.join(", ")))
}

fn sections(scenario: &Contents) -> Vec<Line> {
    let sections = scenario.section.iter();
    sections.map(|(id, section)| (id.clone(), format!("from {} to {}", section.from, section.to))).collect()
}
