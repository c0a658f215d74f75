//! Results on standard output and in their folder.

use std::path::{Path, PathBuf};

use super::args::{Format, OutputArgs, Save};
use super::console::Console;
use super::exit::Failure;
use super::interrupt::cancel_on_ctrl_c;
use crate::report::{Answer, Claim, FolderError, Place, Study, Wanted, file_name, write_answer};
use crate::study::Scenario;

/// The folder for the results of a study, tried before anything long begins.
pub(super) fn place_of(
    output: &OutputArgs,
    study: Study,
    scenario: &Scenario,
    has_settings: bool,
) -> Result<Place, Failure> {
    let default = || {
        let settings = has_settings.then_some(scenario.prepared().hash.as_str());
        default_folder(study, scenario.name(), settings)
    };
    let toml = scenario.resolved_toml();
    let claim = match output {
        OutputArgs { replace: true, .. } => Claim::Replace,
        OutputArgs { out: Some(_), .. } => Claim::Named(&toml),
        OutputArgs { out: None, .. } => Claim::Own,
    };
    // Before the place is claimed, which is to be left as it was found.
    cancel_on_ctrl_c();
    begin(output, default, study, claim)
}

/// The folder that the command line names, or a default one, to which as much is written as it asks for.
pub(super) fn begin(
    output: &OutputArgs,
    default: impl FnOnce() -> PathBuf,
    study: Study,
    claim: Claim<'_>,
) -> Result<Place, Failure> {
    let place = Place::begin(&output.out.clone().unwrap_or_else(default), study, claim).map_err(not_written)?;
    Ok(place.wanting(Wanted { saved: output.save.unwrap_or(Save::All).into(), language: output.lang }))
}

/// Digits of the hash by which a scenario with settings is told from the one without.
const DIGITS: usize = 8;

/// `results/SCENARIO`, `results/SCENARIO-sweep`, with settings `results/SCENARIO+HASH`.
pub(super) fn default_folder(study: Study, scenario: &str, hash_with_settings: Option<&str>) -> PathBuf {
    let settings = hash_with_settings.map(|hash| format!("+{}", &hash[..DIGITS.min(hash.len())])).unwrap_or_default();
    Path::new("results").join(format!("{}{}{settings}", folder_name(scenario), study.ending))
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
    if error.is_of_the_command_line() { Failure::Wrong(error.to_string()) } else { Failure::Failed(error.to_string()) }
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

/// Prints an answer in the form that was asked for, and writes its folder, pictures last of all. A reader of standard output
/// who has read enough does not cost the results: that is told when they are written.
pub(super) fn put_answer(
    console: &mut Console,
    output: &OutputArgs,
    answer: &dyn Answer,
    place: Place,
    scenario: &str,
) -> Result<(), Failure> {
    let folder = place.path().to_owned();
    let printed = print_answer(console, output, answer);
    tell_written(&folder, write_answer(place, answer, scenario), console)?;
    printed
}

/// Prints an answer in the form that was asked for.
pub(super) fn print_answer(console: &mut Console, output: &OutputArgs, answer: &dyn Answer) -> Result<(), Failure> {
    match output.format {
        Format::Table => answer.write_table(&mut console.screen(), output.details)?,
        Format::Json => answer.write_json(console.out())?,
        Format::Csv => answer.write_csv(console.out())?,
    }
    Ok(console.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_folder_is_one_below_results_whatever_the_name() {
        let folder = |name: &str, hash| default_folder(Study::SWEEP, name, hash).to_string_lossy().into_owned();
        assert_eq!(folder("one_crane v1.2", None), "results/one_crane v1.2-sweep");
        assert_eq!(folder("Ақтау", Some("0123456789ab")), "results/Ақтау-sweep+01234567");
        for strange in ["..", ".", "", ".hidden", "a/b", "a\\b", "a\u{1b}b", "a\nb", &"x".repeat(251)] {
            let folder = default_folder(Study::RUN, strange, None);
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            assert!(folder.parent() == Some(Path::new("results")) && name.len() < 120, "{strange:?}: {folder:?}");
            assert!(!name.starts_with('.') && !name.contains(char::is_control), "{strange:?}: {folder:?}");
        }
    }
}
