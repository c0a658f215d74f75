//! What a shell offers while a call is typed: scenarios, parameter paths, figures.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter as _};

use crate::scenario::{Reading, ScenarioReader, embedded};
use crate::words::Measure;

/// Scenarios that come with the program, and scenario files.
pub(super) fn scenarios() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let known = embedded().iter().filter(|file| file.is_scenario() && !file.is_textbook());
        let mut found = beginning(known.map(|file| file.name().to_owned()), current);
        let is_offered = |path: &Path| path.is_dir() || is_scenario_file(path);
        found.extend(PathCompleter::any().filter(is_offered).complete(current));
        found
    })
}

/// Parameter paths of the scenario that stands in the call, key by key.
pub(super) fn paths() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let text = current.to_string_lossy();
        let known = named_scenario().map(|reading| reading.parameters(""));
        let paths = known.iter().flatten().map(|parameter| parameter.path.as_str());
        let keys: BTreeSet<String> = paths.filter_map(|path| next_key(path, &text)).collect();
        keys.into_iter().map(CompletionCandidate::new).collect()
    })
}

/// Figures: times of the sections of the scenario that stands in the call, and measures.
pub(super) fn figures() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let contents = named_scenario().and_then(|reading| reading.into_contents().ok());
        let sections = contents.iter().flat_map(|contents| contents.section.keys());
        let sections = sections.flat_map(|id| ["P50", "P95"].map(|number| format!("section.{id} {number}")));
        beginning(sections.chain(Measure::ALL.map(|measure| measure.word().to_owned())), current)
    })
}

fn is_scenario_file(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "toml")
}

fn beginning(known: impl Iterator<Item = String>, current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    known.filter(|text| text.starts_with(&*current)).map(CompletionCandidate::new).collect()
}

/// A path that begins with a text, up to the end of the key in which the text ends; with a dot where more follows.
fn next_key(path: &str, text: &str) -> Option<String> {
    let rest = path.strip_prefix(text)?;
    let end = rest.find('.').map_or(path.len(), |dot| text.len() + dot + 1);
    Some(path[..end].to_owned())
}

/// The scenario of the call: the first of its words that is one.
fn named_scenario() -> Option<Reading> {
    let words: Vec<String> = std::env::args().skip_while(|word| word != "--").skip(1).collect();
    let is_scenario = |word: &&String| {
        embedded().iter().any(|file| file.is_scenario() && file.name() == **word)
            || (is_scenario_file(Path::new(word)) && Path::new(word).is_file())
    };
    words.iter().find(is_scenario).map(|name| ScenarioReader::default().read(name, &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_completed_key_by_key() {
        let path = "fleet.ferry.vessels";
        assert_eq!(next_key(path, "").as_deref(), Some("fleet."));
        assert_eq!(next_key(path, "fleet.fe").as_deref(), Some("fleet.ferry."));
        assert_eq!(next_key(path, "fleet.ferry.").as_deref(), Some("fleet.ferry.vessels"));
        assert_eq!(next_key(path, "fleet.x"), None);
    }

    #[test]
    fn scenarios_are_offered_by_their_beginning() {
        let offered = scenarios().complete(OsStr::new("baseline-2024"));
        assert!(offered.iter().any(|one| one.get_value() == "baseline-2024"));
        assert!(!scenarios().complete(OsStr::new("zzz")).iter().any(|one| one.get_value() == "baseline-2024"));
    }
}
