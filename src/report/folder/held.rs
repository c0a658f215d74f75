//! What a folder for results holds: whose files are there, and of what.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

use crate::report::Study;

/// The list of the files that midcor wrote to a folder.
pub(super) const LIST: &str = "files.txt";
const HEAD: &str =
    "# Written by midcor; a later run into this folder replaces these files. All others are yours and stay.";
/// Longer than any list or summary of ours.
const MOST_BYTES: u64 = 1 << 30;

/// What a folder holds.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Files that midcor wrote; none are known where the list is missing.
    listed: Option<BTreeSet<PathBuf>>,
    /// Results, if they are whole.
    pub(super) results: Option<Results>,
    /// Whether anything else is there.
    pub(super) has_others: bool,
}

/// Whole results in a folder.
#[derive(Debug)]
pub(super) struct Results {
    /// Title of the scenario.
    pub(super) title: String,
    /// Of which study they are.
    pub(super) study: Study,
}

impl Held {
    /// Looks into a folder.
    pub(super) fn of(dir: &Path) -> Self {
        let listed = list(dir);
        // A summary that does not say what it is of is not ours.
        let is_ours = |name: &str| {
            if Study::is_summary(name) { marks(&dir.join(name)).is_some() } else { dir.join(name).is_file() }
        };
        let results = Study::found(is_ours)
            .and_then(|study| Some(Results { title: marks(&dir.join(study.summary))?.scenario.title, study }));
        let is_other = |entry: &fs::DirEntry| {
            let name = entry.file_name();
            // What file systems and editors put there is nobody's work.
            name != "lost+found" && !name.to_string_lossy().starts_with('.')
        };
        let has_others =
            listed.is_none() && fs::read_dir(dir).into_iter().flatten().flatten().any(|entry| is_other(&entry));
        Self { listed, results, has_others }
    }

    /// Whether a file is midcor's own.
    pub(super) fn is_ours(&self, file: &Path) -> bool {
        self.listed.as_ref().map_or(self.results.is_some(), |listed| file == Path::new(LIST) || listed.contains(file))
    }

    /// The files that are known to be midcor's own.
    pub(super) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.listed.iter().flatten()
    }
}

/// Whether the scenarios of two folders, as resolved, are the same but for how they are simulated.
pub(super) fn is_same_scenario(dir: &Path, scenario_toml: &str) -> bool {
    let there = ["scenario.toml", "base/scenario.toml"].iter().find_map(|name| fs::read_to_string(dir.join(name)).ok());
    there.is_some_and(|there| there == scenario_toml || without_extent(&there) == without_extent(scenario_toml))
}

/// The scenario without seed, number of replications and precision.
fn without_extent(scenario_toml: &str) -> Option<toml::Table> {
    let mut table: toml::Table = scenario_toml.parse().ok()?;
    if let Some(run) = table.get_mut("run").and_then(toml::Value::as_table_mut) {
        run.retain(|key, _| !["seed", "replications", "precision"].contains(&key));
    }
    Some(table)
}

fn list(dir: &Path) -> Option<BTreeSet<PathBuf>> {
    let text = read(&dir.join(LIST)).ok()?;
    let mut lines = text.lines();
    (lines.next() == Some(HEAD)).then(|| lines.map(PathBuf::from).filter(|path| is_within(path)).collect())
}

/// Whether a path leads nowhere else than into the folder.
fn is_within(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_)))
}

/// Writes the list.
pub(super) fn write_list<'a>(path: &Path, files: impl Iterator<Item = &'a PathBuf>) -> io::Result<()> {
    let mut text = format!("{HEAD}\n");
    for file in files {
        // The same list on every system.
        text.push_str(&file.to_string_lossy().replace('\\', "/"));
        text.push('\n');
    }
    File::create(path)?.write_all(text.as_bytes())
}

/// What all our summaries have; the rest, which can be long, is passed over.
#[derive(serde::Deserialize)]
struct Marks {
    #[serde(rename = "schema")]
    _schema: serde::de::IgnoredAny,
    scenario: Titled,
}

#[derive(serde::Deserialize)]
struct Titled {
    title: String,
}

fn marks(summary: &Path) -> Option<Marks> {
    serde_json::from_str(&read(summary).ok()?).ok()
}

fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(MOST_BYTES).read_to_string(&mut text)?;
    Ok(text)
}
