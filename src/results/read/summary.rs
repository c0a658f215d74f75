//! The summary: who wrote the folder, whether all files are as they were written, and what the run was.

use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::ReadError;
use super::place::Place;
use super::stored::Stored;
use crate::results::files::{Digests, MEASURES, REPLICATIONS, SCENARIO, SCHEMA, SUMMARY, digest_of, is_sealed};
use crate::results::manifest::{Manifest, Run, ScenarioIdentity};
use crate::text::MOST_LETTERS;
use crate::units::LEVELS;

/// Most bytes of a summary: that of a matrix of many thousand flows with rows for each.
const MOST_JSON: u64 = 1 << 30;
/// Longest name of a version that is shown.
const LONGEST_VERSION: usize = 40;

/// The summary without its measures, which are computed again. Only its schema has to be there before it is known.
#[derive(Deserialize)]
struct Text {
    schema: u64,
    #[serde(default)]
    scenario: Value,
    #[serde(default)]
    run: Value,
    #[serde(default)]
    files: Value,
}

/// What is wrong with the summary itself, or with another file.
type Checked<T> = Result<T, ReadError>;

/// Reads the summary of results that are to have these files.
pub(super) fn read(place: &Place<'_>, needed: &[&'static str]) -> Checked<Manifest> {
    let (manifest, digests) = head(place, needed)?;
    digests.iter().try_for_each(|(name, digest)| compare(place, name, digest))?;
    if digests[SCENARIO] == manifest.scenario.hash {
        return Ok(manifest);
    }
    let what = "its hash is not the `scenario.hash` of summary.json: these are results of another scenario";
    Err(ReadError::Damaged { path: place.path(SCENARIO), what: what.to_owned() })
}

/// What the summary says of results that are to have these files, and the digests of all their files.
pub(super) fn head(place: &Place<'_>, needed: &[&'static str]) -> Checked<(Manifest, Digests)> {
    let path = place.path(SUMMARY);
    let bytes = place.read(SUMMARY, MOST_JSON).map_err(|source| match source.kind() {
        ErrorKind::NotFound => place.without_summary(),
        _ => ReadError::Io { path: path.clone(), source },
    })?;
    let damaged = |what: String| ReadError::Damaged { path: path.clone(), what };
    let text: Text = serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
    writer(&path, &text)?;
    if !is_sealed(&bytes) {
        return Err(damaged("its text is not the one of which its last line has the digest".to_owned()));
    }
    let field = |name: &str, error: &dyn std::fmt::Display| damaged(format!("`{name}`: {error}"));
    let scenario: ScenarioIdentity =
        serde_json::from_value(text.scenario).map_err(|error| field("scenario", &error))?;
    let run: Run = serde_json::from_value(text.run).map_err(|error| field("run", &error))?;
    let digests: Digests = serde_json::from_value(text.files).map_err(|error| field("files", &error))?;
    check_scenario(&scenario).and_then(|()| check(&run)).map_err(damaged)?;
    if let Some(&name) = needed.iter().find(|&&name| !digests.contains_key(name)) {
        let has_figures = name == REPLICATIONS && digests.contains_key(MEASURES);
        let missing = || field("files", &format_args!("{name} is not among them"));
        return Err(if has_figures { place.without_years() } else { missing() });
    }
    Ok((Manifest { scenario, run }, digests))
}

/// Whether this version of the program wrote the summary.
fn writer(path: &Path, text: &Text) -> Checked<()> {
    if text.schema != u64::from(SCHEMA) {
        return Err(ReadError::Schema { path: path.to_owned(), schema: text.schema, known: SCHEMA });
    }
    let version = text.run.get("midcor").and_then(Value::as_str).unwrap_or("of an unknown version");
    if version == env!("CARGO_PKG_VERSION") {
        return Ok(());
    }
    let version = version.chars().take(LONGEST_VERSION).flat_map(char::escape_debug).collect();
    Err(ReadError::Version { path: path.to_owned(), version })
}

/// What no scenario is called: headings and charts have no room for it.
fn check_scenario(scenario: &ScenarioIdentity) -> Result<(), String> {
    let names = [("name", &scenario.name), ("title", &scenario.title)];
    let long = names.into_iter().map(|(field, text)| (field, text.chars().count()));
    long.into_iter().find(|(_, letters)| *letters > MOST_LETTERS).map_or(Ok(()), |(field, letters)| {
        Err(format!("`scenario.{field}` has {letters} characters, and {MOST_LETTERS} is the most"))
    })
}

/// What no run can be.
fn check(run: &Run) -> Result<(), String> {
    let wrong = |field: &str, value: &dyn std::fmt::Display, wanted: &str| {
        Err(format!("`run.{field}` is {value}, which is not {wanted}"))
    };
    let Run { first, replications, left_out, years_per_draw, level, window, .. } = run;
    if *replications == 0
        || first.checked_add(*replications).and_then(|end| end.checked_add(left_out.len() as u32)).is_none()
    {
        return wrong("replications", replications, &format!("a number of replications from {first} on"));
    }
    let is_left_out = |number: &u32| (*first..run.end()).contains(number);
    if !left_out.is_sorted_by(|one, next| one < next) || !left_out.iter().all(is_left_out) {
        return Err(format!("`run.left_out` is not of ascending numbers from {first} to {}", run.end() - 1));
    }
    if *years_per_draw == Some(0) {
        return wrong("years_per_draw", &0, "at least 1");
    }
    if !(LEVELS.0..=LEVELS.1).contains(level) {
        return wrong("level", level, &format!("between {} and {}", LEVELS.0, LEVELS.1));
    }
    if window.start.parse::<jiff::civil::DateTime>().is_err() {
        return wrong("window.start", &format_args!("{:?}", visible_start(&window.start)), "a date");
    }
    let days = [("warm_up_d", window.warm_up_d), ("horizon_d", window.horizon_d), ("drain_d", window.drain_d)];
    match days.into_iter().find(|(_, days)| !(days.is_finite() && *days >= 0.0)) {
        Some((name, days)) => wrong(&format!("window.{name}"), &days, "a number of days"),
        None => Ok(()),
    }
}

/// As much of a text as a message has room for.
fn visible_start(text: &str) -> String {
    text.chars().take(LONGEST_VERSION).collect()
}

/// Whether a file is there and as it was written.
fn compare(place: &Place<'_>, name: &str, expected: &str) -> Checked<()> {
    // A summary that leads out of its folder was not written by us.
    if name.contains(['/', '\\']) || name.starts_with('.') {
        let what = format!("`files` names {name:?}, which is not in this folder");
        return Err(ReadError::Damaged { path: place.path(SUMMARY), what });
    }
    let path = place.path(name);
    let digest = match place.open(name).and_then(|file| whole_digest(name, &file)) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(ReadError::Damaged { path, what: "it is missing".to_owned() });
        }
        Err(source) => return Err(ReadError::Io { path, source }),
        Ok(digest) => digest,
    };
    if digest.as_deref() == Some(expected) {
        return Ok(());
    }
    let what = "it is not as it was written: its SHA-256 is not the one in summary.json";
    Err(ReadError::Damaged { path, what: what.to_owned() })
}

/// How a Parquet file begins and ends.
const MAGIC: &[u8; 4] = b"PAR1";
/// A longer file is looked at before it is read whole.
const LONG: u64 = 1 << 30;
/// Most bytes of any file of results, many times those of a matrix with rows for each flow.
const MOST_BYTES: u64 = 1 << 37;

/// The digest of a file; `None` of a long one that is not whole, which is seen before all of it is read: a file says that it
/// is as long as it likes.
fn whole_digest(name: &str, file: &Stored) -> io::Result<Option<String>> {
    let length = file.length()?;
    if length > MOST_BYTES {
        return Ok(None);
    }
    if length > LONG && has_extension(name, "parquet") {
        let end = MAGIC.len() as u64;
        if file.at(length.saturating_sub(end)..length)? != MAGIC {
            return Ok(None);
        }
    }
    digest_of(file.whole()?.take(MOST_BYTES)).map(Some)
}

fn has_extension(name: &str, wanted: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == wanted)
}
