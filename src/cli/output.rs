//! Results on standard output and in their folder.

use std::path::{Path, PathBuf};

use super::args::{Format, OutputArgs, ScenarioArgs};
use super::console::Console;
use super::exit::Failure;
use super::interrupt::{cancel_files_on_ctrl_c, cancel_on_ctrl_c};
use super::loading::Ready;
use super::period::named_period;
use crate::report::{
    Answer, Claim, FolderError, Place, Study, file_name, write_answer, write_csv, write_folder, write_json, write_table,
};
use crate::results::{Results, Summary};

/// The folder for the results of a study, tried before anything long begins.
pub(super) fn place_of(
    output: &OutputArgs,
    study: Study,
    (args, ready): (&ScenarioArgs, &Ready),
) -> Result<Place, Failure> {
    let default = || {
        let settings = (!args.set.is_empty()).then_some(ready.world.hash.as_str());
        default_folder(study, &ready.world.scenario.name, settings)
    };
    let scenario = ready.loaded.resolved_toml();
    let claim = match output {
        OutputArgs { replace: true, .. } => Claim::Replace,
        OutputArgs { out: Some(_), .. } => Claim::Named(&scenario),
        OutputArgs { out: None, .. } => Claim::Own,
    };
    // Before the place is claimed, which is to be left as it was found. Nothing is simulated in a search for routes.
    if study == Study::Routes {
        cancel_files_on_ctrl_c()
    } else {
        cancel_on_ctrl_c()
    };
    Place::begin(&output.out.clone().unwrap_or_else(default), study, claim).map_err(not_written)
}

/// Digits of the hash by which a scenario with settings is told from the one without.
const DIGITS: usize = 8;

/// `results/SCENARIO`, `results/SCENARIO-sweep`, with settings `results/SCENARIO+HASH`.
pub(super) fn default_folder(study: Study, scenario: &str, hash_with_settings: Option<&str>) -> PathBuf {
    let ending = match study {
        Study::Run | Study::Validation => "",
        Study::Bottlenecks => "-bottlenecks",
        Study::Capacity => "-capacity",
        Study::Sweep => "-sweep",
        Study::Stress => "-stress",
        Study::Comparison => "-compare",
        Study::Routes => "-routes",
    };
    let settings = hash_with_settings.map(|hash| format!("+{}", &hash[..DIGITS.min(hash.len())])).unwrap_or_default();
    Path::new("results").join(format!("{}{ending}{settings}", folder_name(scenario)))
}

/// Longest name of a scenario that is taken as it is, in bytes.
const LONGEST: usize = 100;

/// The name of a scenario where it can be that of a folder anywhere, else one made from it.
fn folder_name(scenario: &str) -> String {
    let is_usual = |c: char| c.is_alphanumeric() || "-_+. ".contains(c);
    let is_plain =
        scenario.chars().all(is_usual) && !scenario.starts_with(['.', ' ']) && !scenario.ends_with(['.', ' ']);
    if is_plain && (1..=LONGEST).contains(&scenario.len()) { scenario.to_owned() } else { file_name(scenario) }
}

/// How the program ends where results cannot be written.
#[expect(clippy::needless_pass_by_value, reason = "made for `map_err`")]
pub(super) fn not_written(error: FolderError) -> Failure {
    if error.is_of_the_call() { Failure::Wrong(error.to_string()) } else { Failure::Failed(error.to_string()) }
}

/// Says where results are, and whether they are in the place of others.
pub(super) fn tell_written(
    folder: &Path,
    written: Result<bool, FolderError>,
    console: &Console,
) -> Result<(), Failure> {
    let instead = if written.map_err(not_written)? { ", in place of the earlier ones" } else { "" };
    console.say(format_args!("results are in {}{instead}", folder.display()));
    Ok(())
}

/// Prints the summary in the form that was asked for (the table of a period) and writes the folder.
pub(super) fn put_out(
    console: &mut Console,
    (format, period): (Format, Option<&String>),
    (place, scenario): (Place, &str),
    results: &Results,
) -> Result<(), Failure> {
    let period = named_period(period, &results.frame, |_| true)?;
    // The folder first: a reader of standard output who has read enough does not cost the results.
    let summary = results.summary();
    let folder = place.path().to_owned();
    tell_written(&folder, write_folder(place, (results, &summary), scenario), console)?;
    let out = console.out();
    match format {
        Format::Table => write_table(&summary, &period, out)?,
        Format::Json => write_json(&summary, out)?,
        Format::Csv => write_csv(&summary, out)?,
    }
    Ok(console.flush()?)
}

/// Writes the folder of an answer, beside the results of its scenario where the study has them, and prints the answer in
/// the form that was asked for.
pub(super) fn put_answer(
    console: &mut Console,
    format: Format,
    (place, scenario): (Place, &str),
    answer: &dyn Answer,
    base: Option<(&Results, &Summary)>,
) -> Result<(), Failure> {
    let folder = place.path().to_owned();
    tell_written(&folder, write_answer(place, answer, base, scenario), console)?;
    print_answer(console, format, answer)
}

/// Prints an answer in the form that was asked for.
pub(super) fn print_answer(console: &mut Console, format: Format, answer: &dyn Answer) -> Result<(), Failure> {
    let out = console.out();
    match format {
        Format::Table => answer.write_table(out)?,
        Format::Json => answer.write_json(out)?,
        Format::Csv => answer.write_csv(out)?,
    }
    Ok(console.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_folder_is_one_below_results_whatever_the_name() {
        let folder = |name: &str, hash| default_folder(Study::Sweep, name, hash).to_string_lossy().into_owned();
        assert_eq!(folder("one_crane v1.2", None), "results/one_crane v1.2-sweep");
        assert_eq!(folder("Ақтау", Some("0123456789ab")), "results/Ақтау-sweep+01234567");
        for strange in ["..", ".", "", ".hidden", "a/b", "a\\b", "a\u{1b}b", "a\nb", &"x".repeat(251)] {
            let folder = default_folder(Study::Run, strange, None);
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            assert!(folder.parent() == Some(Path::new("results")) && name.len() < 120, "{strange:?}: {folder:?}");
            assert!(!name.starts_with('.') && !name.contains(char::is_control), "{strange:?}: {folder:?}");
        }
    }
}
