//! Slips are answered with what would fit, where they were made.

use std::fs;
use std::path::Path;
use std::process::Command;

use midcor::analysis::{Mix, measures};
use midcor::diagnostic::{SourceFiles, SourceKind};
use midcor::scenario::{ScenarioReader, Setting};
use tempfile::TempDir;

use crate::program::{called, place_with};

const ONE: &str = include_str!("../../scenarios/smallest.toml");

fn place() -> TempDir {
    place_with("one.toml", ONE)
}

fn told(place: &Path, args: &[&str]) -> String {
    let output = called(place, args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
    said
}

/// What is said of a scenario that is wrong.
fn about(scenario: &str) -> String {
    ScenarioReader::default().read_text(scenario, "one", &[]).rendered()
}

#[test]
fn a_setting_that_is_wrong_is_underlined_itself() {
    let place = place();
    for (setting, words) in [
        ("flow.demo.shipment=\"0 TEU\"", "must be above zero"),
        ("flow.demo.shipment*=0", "must be above zero"),
        ("node.east.facility.crane.servers=-1", "out of range"),
        ("flow.demo.volume=\"5 km\"", "is the unit of"),
        ("run.horizon=\"0 d\"", ""),
    ] {
        let said = told(place.path(), &["run", "one.toml", "--set", "title=\"Other\"", "--set", setting]);
        assert!(said.contains(&format!("--set {setting}: error")) && said.contains(words), "{said}");
        assert!(!said.contains("one.toml:"), "{said}");
    }
}

#[test]
fn a_change_that_is_wrong_is_underlined_itself() {
    let place = place();
    let overlay = "schema = 1\nextends = \"one.toml\"\n[[change]]\npath = \"flow.demo.shipment\"\nset = \"0 TEU\"\n";
    fs::write(place.path().join("two.toml"), overlay).unwrap();
    let said = told(place.path(), &["check", "two.toml"]);
    assert!(said.contains("two.toml:4:"), "{said}");
}

#[test]
fn numbers_that_are_too_large_are_told_with_their_bounds() {
    let place = place();
    let seed = "18446744073709551616";
    let said = told(place.path(), &["run", "one.toml", "--seed", seed]);
    assert!(said.contains("from 0 to 18446744073709551615"), "{said}");
    let said = told(place.path(), &["run", "one.toml", "--set", &format!("run.seed={seed}")]);
    assert!(said.contains("is too large") && said.contains("9223372036854775807"), "{said}");
    assert!(said.contains(&format!("--set run.seed={seed}")), "{said}");
    let said = about(&ONE.replace("[run]", &format!("[run]\nseed = {seed}")));
    assert!(said.contains("is too large") && said.contains("9223372036854775807"), "{said}");
}

#[test]
fn a_sweep_that_does_not_move_says_so() {
    let place = place();
    for range in ["1..3:0", "1..3:0.0", "2..2:0"] {
        let vary = format!("node.east.facility.crane.servers={range}");
        let said = told(place.path(), &["sweep", "one.toml", "--vary", &vary]);
        assert!(said.contains("has a step of 0"), "{said}");
    }
}

#[test]
fn names_that_are_nearly_right_are_found() {
    let place = place();
    let said = told(place.path(), &["check", "what-if/nope"]);
    assert!(
        !said.contains("one-stop`?") && said.contains("what-if/") && said.contains("midcor list scenarios"),
        "{said}"
    );
    for (wrong, right) in [("what-if/stormy-yaer", "what-if/stormy-year"), ("what-if/one-stp", "what-if/one-stop")] {
        let said = told(place.path(), &["check", wrong]);
        assert!(said.contains(&format!("did you mean `{right}`?")), "{said}");
    }
    let said = told(place.path(), &["check", "baseline-2024", "--set", "fleet.aktau-alat-feeder.vesels=3"]);
    assert!(said.contains("did you mean `fleet.aktau-alat-feeder.vessels`?"), "{said}");
}

#[test]
fn a_backslash_between_folders_is_answered_with_a_slash() {
    let place = place();
    fs::create_dir(place.path().join("sub")).unwrap();
    fs::write(place.path().join("sub/p.toml"), "[node.more]\n").unwrap();
    fs::write(place.path().join("two.toml"), format!("include = ['sub\\p.toml']\n{ONE}")).unwrap();
    let said = told(place.path(), &["check", "two.toml"]);
    assert!(said.contains("\"sub/p.toml\"") && said.contains("two.toml:1:"), "{said}");
}

#[test]
fn a_window_in_another_form_is_answered_with_the_wanted_one() {
    let closure = "[closure.works]\nof = [\"node.east\"]\nwindow = { from = 2024-02-01, until = 2024-02-05 }\n";
    let said = about(&format!("{ONE}{closure}"));
    assert!(said.contains("window = [\"2024-11-01\", \"2024-11-15\"]"), "{said}");
    let right = closure.replace("{ from = 2024-02-01, until = 2024-02-05 }", "[\"2024-11-01\", \"2024-11-15\"]");
    assert!(!about(&format!("{ONE}{right}")).contains("error["), "what is offered is read");
}

#[test]
fn ids_in_other_letters_are_led_to_names() {
    let said = about(&ONE.replace("[node.west]", "[node.\"Ақтау\"]").replace("\"west\"", "\"Ақтау\""));
    assert!(said.contains("Latin letters") && said.contains("name = \"Ақтау\""), "{said}");
    let said = about(&ONE.replace("[node.west]", "[node.\"w est\"]").replace("\"west\"", "\"w est\""));
    assert!(said.contains("Latin letters") && !said.contains("name = "), "{said}");
}

#[test]
fn commas_in_numbers_are_answered_with_all_that_they_may_mean() {
    for (wrong, all) in [
        ("7,884 TEU/yr", vec!["\"7884 TEU/yr\"", "\"7.884 TEU/yr\""]),
        ("1,234,567 TEU/yr", vec!["\"1234567 TEU/yr\""]),
        ("7,5 TEU/yr", vec!["\"7.5 TEU/yr\""]),
        ("7884,25 TEU/yr", vec!["\"7884.25 TEU/yr\""]),
        ("7,884.5 TEU/yr", vec!["\"7884.5 TEU/yr\""]),
    ] {
        let said = about(&ONE.replace("7884 TEU/yr", wrong));
        assert!(all.iter().all(|part| said.contains(part)), "{wrong}: {said}");
        assert_eq!(said.matches("TEU/yr\"").count(), all.len() + 2, "{wrong}: {said}");
    }
}

/// What comes of the smallest scenario, a crane with a name, under changes.
fn changed(changes: &str) -> midcor::scenario::Reading {
    let place = place();
    fs::write(place.path().join("two.toml"), format!("schema = 1\nextends = \"one.toml\"\n{changes}")).unwrap();
    ScenarioReader::default().read(&place.path().join("two.toml").to_string_lossy(), &[])
}

#[test]
fn what_was_removed_can_be_set_again_and_patterns_pass_it_by() {
    let again = "[[change]]\npath = \"run.replications\"\nremove = true\n\
                 [[change]]\npath = \"run.replications\"\nset = 7\n";
    let scenario = changed(again).into_contents().unwrap();
    assert_eq!(scenario.run.replications, 7);
    // A thing that is gone has no parameters.
    let crane = "[[change]]\npath = \"node.east.facility.crane\"\nremove = true\n";
    let gone = format!("{crane}[[change]]\npath = \"node.east.facility.crane.servers\"\nset = 2\n");
    let said = changed(&gone).rendered();
    assert!(said.contains("`node.east.facility.crane.servers` was removed by an earlier change"), "{said}");
    for action in ["set = 2", "multiply = 2", "add = 1", "remove = true"] {
        let key = if action == "remove = true" { "when" } else { "servers" };
        let pattern = format!("{crane}[[change]]\npath = \"node.*.facility.*.{key}\"\n{action}\n");
        let reading = changed(&pattern);
        assert!(!reading.diagnostics.has_errors(), "{action}: {}", reading.rendered());
        assert_eq!(reading.changes.last().unwrap().touched, 0, "{action}");
    }
}

#[test]
fn the_examples_of_the_help_can_be_pasted() {
    let place = place();
    let help = String::from_utf8(called(place.path(), &["capacity", "--help"]).stdout).unwrap();
    let example = |from: &str| {
        let lines = help.lines().skip_while(|line| !line.starts_with(from)).skip_while(|line| !line.starts_with("  "));
        lines.take_while(|line| line.starts_with("  ")).map(|line| format!("{line}\n")).collect::<String>()
    };
    let mut sources = SourceFiles::default();
    let (mix, relief) = (example("--mix FILE: "), example("--relieve FILE: "));
    let scenario = ScenarioReader::default().read("baseline-2024", &[]).into_contents().unwrap();
    let file = sources.add("mix.toml", &mix, SourceKind::File);
    Mix::read(&mix, file, &scenario).unwrap_or_else(|found| panic!("{}", found.render(&sources)));
    let file = sources.add("relief.toml", &relief, SourceKind::File);
    let priced = measures(&relief, file, &ScenarioReader::default(), 0.06)
        .unwrap_or_else(|found| panic!("{}", found.render(&sources)));
    assert!(priced.measures.len() == 1 && priced.unpriced.is_empty());
    let settings: Vec<Setting> = priced.measures[0].settings.clone();
    ScenarioReader::default().read("baseline-2024", &settings).into_contents().unwrap();
}

#[test]
fn measures_and_mixes_are_answered_like_scenarios() {
    let place = place();
    fs::write(
        place.path().join("relief.toml"),
        "[measure.crane]\nset = [\"node.east.facility.crane.servers += 1\"]\ncapex = \"8 t\"\n",
    )
    .unwrap();
    let said = told(place.path(), &["capacity", "one.toml", "--relieve", "relief.toml"]);
    assert!(said.contains("relief.toml:3:9: error[") && said.contains("^^^"), "{said}");
    fs::write(place.path().join("mix.toml"), "[cargo]\nboxes = -1\n").unwrap();
    let said = told(place.path(), &["capacity", "one.toml", "--mix", "mix.toml"]);
    assert!(said.contains("mix.toml:2:9: error[") && said.contains("0 or more"), "{said}");
}

/// The examples of a command's help: lines of calls, put together where they go on.
fn examples(place: &Path, command: &str) -> Vec<String> {
    let help = String::from_utf8(called(place, &[command, "--help"]).stdout).unwrap();
    let mut found: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in help.lines() {
        if let Some(call) = line.strip_prefix("  midcor ") {
            assert!(line.chars().count() <= 80, "{command}: {line}");
            found.push(call.trim_end_matches('\\').to_owned());
        } else if goes_on {
            found.last_mut().unwrap().push_str(line.trim().trim_end_matches('\\'));
        }
        goes_on = line.ends_with('\\');
    }
    found
}

/// The words of a call as a shell takes them.
fn words(call: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for letter in call.chars() {
        match (letter, quote) {
            ('\'' | '"', None) => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            (' ', None) => words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty())),
            _ => word.push(letter),
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

/// How an example is made short enough for a test.
fn shortened(command: &str) -> &'static [&'static str] {
    match command {
        "routes" => &[],
        "warm-up" => &["--replications", "1", "--over", "120d", "--save", "data"],
        "stress" => &["--replications", "1", "--save", "data"],
        "capacity" => &["--replications", "1", "--save", "data", "--tolerance", "50%", "--set", "run.horizon=\"20 d\""],
        "compare" => {
            &["--replications", "1", "--save", "data", "--set", "run.horizon=\"10 d\"", "--set", "run.drain=\"5 d\""]
        }
        _ => &["--replications", "1", "--save", "data", "--set", "run.horizon=\"20 d\""],
    }
}

#[test]
fn every_example_of_the_help_runs_as_it_stands() {
    let place = place();
    for command in ["compare", "sweep", "stress", "capacity", "validate", "warm-up", "routes"] {
        let all = examples(place.path(), command);
        assert!(!all.is_empty(), "{command}");
        for (number, example) in all.iter().enumerate() {
            let out = format!("{command}-{number}");
            let mut args = words(example);
            if let Some(at) = args.iter().position(|word| word == "--replications") {
                args.drain(at..at + 2);
            }
            args.extend(shortened(command).iter().chain(&["--out", &out, "-q"]).map(|word| (*word).to_owned()));
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let output = called(place.path(), &args);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success() && !output.stdout.is_empty(), "{args:?}: {said}");
        }
    }
}

#[test]
fn a_call_without_a_word_says_what_to_begin_with() {
    let place = place();
    let output = called(place.path(), &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    let calls: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("  midcor ")).collect();
    assert_eq!(calls.len(), 3, "{text}");
    for call in calls {
        let call = call.split("  ").next().unwrap();
        let small = if call.starts_with("run") { "--replications 1 --save data" } else { "" };
        let args: Vec<&str> = call.split(' ').chain(small.split_whitespace()).collect();
        let output = called(place.path(), &args);
        assert!(output.status.success(), "{call}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_shell_is_offered_scenarios_paths_and_figures() {
    let place = place();
    let offered = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_midcor"));
        command
            .current_dir(place.path())
            .env("COMPLETE", "bash")
            .env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string());
        command.env("_CLAP_COMPLETE_COMP_TYPE", "9").env("_CLAP_COMPLETE_SPACE", "false").env("_CLAP_IFS", "\n");
        let output = command.arg("--").args(words).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let has = |words: &[&str], wanted: &str| {
        let text = offered(words);
        assert!(text.lines().any(|line| line == wanted), "{words:?}: {text}");
    };
    has(&["midcor", "run", "tuto"], "tutorial");
    has(&["midcor", "run", "on"], "one.toml");
    has(&["midcor", "show", "tutorial", "fleet.fe"], "fleet.ferry.");
    has(&["midcor", "show", "tutorial", "fleet.ferry.ve"], "fleet.ferry.vessels");
    has(&["midcor", "sweep", "tutorial", "--until", "section.cr"], "section.crossing P95");
}

#[test]
fn an_unknown_key_below_nothing_is_told_what_there_is_around_it() {
    let place = place();
    let said = told(place.path(), &["check", "tutorial", "--set", "fleet.ferry.vessel.x=3"]);
    assert!(said.contains("`fleet.ferry.vessel` holds nothing here") && said.contains("`vessels`"), "{said}");
}

#[test]
fn measures_that_do_not_fit_are_told_before_anything_is_simulated() {
    let place = place();
    let relieve = |text: &str| {
        fs::write(place.path().join("relief.toml"), text).unwrap();
        told(place.path(), &["capacity", "tutorial", "--relieve", "relief.toml"])
    };
    let said = relieve("[measure.crane]\nset = \"node.eastport.facility.crane.servers += 1\"\ncapex = \"8 MUSD\"\n");
    assert!(said.contains("relief.toml:2:7") && said.contains("stands where a list is wanted"), "{said}");
    let said = relieve("[measure.crane]\nset = [\"node.eastport.facility.cran.servers += 1\"]\ncapex = \"8 MUSD\"\n");
    assert!(said.contains("did you mean `node.eastport.facility.crane.servers`?"), "{said}");
}
