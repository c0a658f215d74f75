//! Scenarios with one mistake each: what is said about it must name file, line and column, underline the text, and say
//! what would fit. After a change of a message look at what `cargo insta review` shows (or run with
//! `INSTA_UPDATE=always` and read the difference).

use std::fs;
use std::path::Path;

use midcor::compile::warnings;
use midcor::model::Plan;
use midcor::scenario::ScenarioReader;

const FOLDER: &str = "tests/data/broken";

/// All that is said of a scenario on the way to a plan.
fn said_of(path: &str) -> String {
    let mut reading = ScenarioReader::default().read(path, &[]);
    match reading.scenario.take().map(|scenario| Plan::of(&scenario)) {
        Some(Ok(plan)) => reading.diagnostics.extend(warnings(&plan.remarks, &reading.tree)),
        Some(Err(errors)) => {
            for error in &errors {
                reading.diagnostics.push(error.diagnostic(&reading.tree));
            }
        }
        None => {}
    }
    reading.rendered()
}

/// The names of the broken scenarios, in order.
fn names() -> Vec<String> {
    let entries = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.extension().is_some_and(|ending| ending == "toml"));
    let mut names: Vec<String> = files.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn each_mistake_is_told_as_its_snapshot_says() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots/broken");
    settings.set_omit_expression(true);
    for name in names() {
        let said = said_of(&format!("{FOLDER}/{name}.toml"));
        settings.bind(|| insta::assert_snapshot!(name, said));
    }
}

#[test]
fn each_mistake_is_an_error_with_a_place() {
    let mut unplaced = Vec::new();
    for name in names() {
        let said = said_of(&format!("{FOLDER}/{name}.toml"));
        let is_placed = said.lines().any(|line| line.contains(".toml:") && line.contains("]: "));
        if !is_placed {
            unplaced.push(format!("{name}: {said}"));
        }
    }
    assert!(unplaced.is_empty(), "{}", unplaced.join("\n"));
}

#[test]
fn each_snapshot_has_its_scenario() {
    let names = names();
    for entry in fs::read_dir("tests/it/snapshots/broken").unwrap() {
        let file = entry.unwrap().file_name().to_string_lossy().into_owned();
        let name = file.strip_suffix(".snap").unwrap_or(&file);
        assert!(names.iter().any(|known| known == name), "{file} is of no scenario");
    }
}

fn written(name: &str, bytes: &[u8]) -> String {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join(name);
    fs::write(&path, bytes).unwrap();
    said_of(&path.to_string_lossy())
}

#[test]
fn what_is_not_text_is_refused_with_the_byte() {
    let said = written("latin.toml", b"schema = 1\ntitle = \"Krak\xf3w\"\n");
    assert!(said.contains("latin.toml") && said.contains("line 2, column 14"), "{said}");
    assert!(said.contains("save it as UTF-8"), "{said}");
    let said = written("utf16.toml", &"schema = 1\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    assert!(said.contains("error["), "{said}");
}

#[test]
fn what_is_too_large_is_not_even_read() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("huge.toml");
    fs::File::create(&path).unwrap().set_len(50 << 20).unwrap();
    let said = said_of(&path.to_string_lossy());
    assert!(said.contains("huge.toml") && said.contains("more than 32 MB"), "{said}");
}

#[test]
fn a_mark_before_the_text_and_windows_lines_are_no_mistakes() {
    let smallest = fs::read_to_string("scenarios/smallest.toml").unwrap();
    let said = written("windows.toml", format!("\u{feff}{}", smallest.replace('\n', "\r\n")).as_bytes());
    assert_eq!(said, "");
}

#[test]
fn a_folder_and_nothing_are_no_scenarios() {
    let place = tempfile::tempdir().unwrap();
    let folder = said_of(&place.path().to_string_lossy());
    assert!(folder.contains("it is a folder"), "{folder}");
    let nothing = said_of(&place.path().join("nothing.toml").to_string_lossy());
    assert!(nothing.contains("there is no file"), "{nothing}");
}

#[test]
fn many_mistakes_are_all_told_and_far_too_many_are_not() {
    let text: String = (0..300).map(|n| format!("[node.n{n}]\nx = 1\n")).collect();
    let said = written("many.toml", format!("schema = 1\ntitle = \"Many\"\n{text}").as_bytes());
    assert_eq!(said.matches("unknown key `x`").count(), 300);
    // One mistake on each of a hundred thousand lines ends as fast.
    let text: String = (0..100_000).map(|n| format!("k{n} = = 1\n")).collect();
    let said = written("endless.toml", text.as_bytes());
    assert!(said.contains("more than 500 findings"), "{}", &said[..said.len().min(500)]);
}

#[test]
fn deep_tables_lists_and_paths_end_in_a_message() {
    for deep in ["[".repeat(100_000), "{ a = ".repeat(100_000), format!("{} = 1", vec!["a"; 100_000].join("."))] {
        let said = written("deep.toml", format!("schema = 1\na = {deep}").as_bytes());
        assert!(said.contains("error["), "{}", &said[..said.len().min(500)]);
    }
    let dotted = format!("schema = 1\n{} = 1", vec!["a"; 20_000].join("."));
    assert!(written("dotted.toml", dotted.as_bytes()).contains("error["));
    assert!(Path::new(FOLDER).is_dir());
}
