//! `midcor show`: the resolved scenario, or a value and where it was set.

use std::io::Write as _;

use clap::{Args, ValueEnum};

use crate::cli::args::ScenarioArgs;
use crate::cli::completing;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::reading::read_checked;
use crate::exchange::{parameter_json, tree_json};
use crate::scenario::types::Grade;
use crate::scenario::{Parameter, Reading};

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// A parameter path, such as node.aktau.facility.crane.servers
    #[arg(add = completing::paths())]
    path: Option<String>,
    /// In which form: for people, or JSON
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// Forms of a scenario on standard output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// TOML; of a path a line each
    #[default]
    Table,
    /// JSON
    Json,
}

pub(super) fn show(args: &ShowArgs, console: &mut Console) -> Result<(), Failure> {
    let (reading, _) = read_checked(&args.scenario, console)?;
    let Some(path) = &args.path else {
        if args.format == Form::Json {
            return Ok(writeln!(console.out(), "{}", tree_json(&reading.tree))?);
        }
        return Ok(console.out().write_all(reading.resolved_toml().as_bytes())?);
    };
    let found = reading.show(path);
    if found.is_empty() {
        return Err(unknown(&reading, path));
    }
    if args.format == Form::Json {
        let all: serde_json::Value = found.iter().map(parameter_json).collect();
        return Ok(writeln!(console.out(), "{all}")?);
    }
    for parameter in found {
        writeln!(console.screen(), "{}", described(&parameter))?;
    }
    Ok(())
}

fn unknown(reading: &Reading, path: &str) -> Failure {
    let hint = reading.suggestion(path).map(|near| format!(" ({near})")).unwrap_or_default();
    Failure::Wrong(format!("the scenario has no parameter `{path}`{hint}"))
}

/// A value with what is known of it, a line each.
fn described(parameter: &Parameter) -> String {
    let mut text = format!("{} = {}\n  set by: {}", parameter.path, parameter.value, parameter.place);
    let grade = parameter.grade.map(|grade| grade_word(grade).to_owned());
    let known = [
        ("means", Some(parameter.doc.to_owned()).filter(|doc| !doc.is_empty())),
        ("source", parameter.source.clone()),
        ("grade", grade),
        ("range", parameter.range.clone()),
        ("note", parameter.note.clone()),
    ];
    for (key, value) in known {
        if let Some(value) = value {
            text += "\n  ";
            text += key;
            text += ": ";
            text += &value;
        }
    }
    text
}

const fn grade_word(grade: Grade) -> &'static str {
    match grade {
        Grade::A => "A (official)",
        Grade::B => "B (press)",
        Grade::C => "C (inference)",
    }
}
