//! The commands that simulate results again, to the last digit.

use super::file_name;
use crate::comparison::Comparison;
use crate::results::files::BASE;
use crate::results::{Manifest, Run, ScenarioIdentity};
use crate::scenario::{ScenarioReader, embedded};

/// The command that simulates a scenario again: by its name where it comes with the program as it was simulated, else from
/// the file in which its results keep it.
pub fn run_command(manifest: &Manifest, file: &str) -> String {
    format!("midcor run {} {}", named(&manifest.scenario, file), years(&manifest.run))
}

/// The command that compares the same scenarios again; `file` is where the results of a part of the comparison keep its
/// scenario.
pub fn compare_command(comparison: &Comparison, file: impl Fn(&str) -> String) -> String {
    let what_ifs = comparison.what_ifs.iter().map(|what_if| (&what_if.manifest.scenario, file_name(&what_if.name)));
    let all = std::iter::once((&comparison.base.scenario, BASE.to_owned())).chain(what_ifs);
    let scenarios: Vec<String> = all.map(|(scenario, part)| named(scenario, &file(&part))).collect();
    format!("midcor compare {} {}", scenarios.join(" "), years(&comparison.base.run))
}

fn years(run: &Run) -> String {
    let range = |first: u32, end: u32| if first == 0 { end.to_string() } else { format!("{first}..{end}") };
    let number = match run.years_per_draw {
        Some(years) if years > 0 => format!("{}x{years}", range(run.first / years, run.end() / years)),
        _ => range(run.first, run.end()),
    };
    format!("--seed {} --replications {number}", run.seed)
}

fn named(scenario: &ScenarioIdentity, file: &str) -> String {
    quoted(&source(scenario, file))
}

/// The name or path by which a command reads a scenario: its name where it comes with the program as it was simulated, else the
/// file in which its results keep it.
pub fn source(scenario: &ScenarioIdentity, file: &str) -> String {
    if is_known(scenario) { scenario.name.clone() } else { file.to_owned() }
}

/// Whether a scenario comes with the program, with the content that was simulated.
fn is_known(scenario: &ScenarioIdentity) -> bool {
    let is_there = embedded().iter().any(|file| file.is_scenario() && file.name() == scenario.name);
    is_there && ScenarioReader::default().read(&scenario.name, &[]).content_hash() == scenario.hash
}

/// A word as a shell takes it.
pub fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::synthetic;

    #[test]
    fn what_comes_with_the_program_is_named_and_all_else_has_its_file() {
        let mut manifest = synthetic::results(3).manifest;
        let of_file = run_command(&manifest, "my results/scenario.toml");
        let seed = manifest.run.seed;
        assert_eq!(of_file, format!("midcor run 'my results/scenario.toml' --seed {seed} --replications 3"));
        manifest.scenario.name = "tutorial".to_owned();
        assert!(run_command(&manifest, "x.toml").starts_with("midcor run x.toml "), "its content is another");
        manifest.scenario.hash = ScenarioReader::default().read("tutorial", &[]).content_hash();
        assert!(run_command(&manifest, "x.toml").starts_with("midcor run tutorial "));
    }

    #[test]
    fn ranges_and_draws_are_told_as_they_are_asked_for() {
        let mut run = synthetic::results(6).manifest.run;
        let asked = |run: &Run| years(run).split_once("--replications ").unwrap().1.to_owned();
        assert_eq!(asked(&run), "6");
        run.years_per_draw = Some(2);
        assert_eq!(asked(&run), "3x2");
        run.first = 4;
        assert_eq!(asked(&run), "2..5x2");
        run.years_per_draw = None;
        assert_eq!(asked(&run), "4..10");
    }
}
