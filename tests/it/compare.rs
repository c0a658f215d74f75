//! `midcor compare` as a user runs it.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// A crane loaded to nine tenths, after a hold that is a guess.
const SCENARIO: &str = r#"
schema = 1
title = "One crane and a hold"
[run]
horizon = "120 d"
warm-up = "10 d"
replications = 20
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 14
[node.west]
[node.east]
facility.hold = { kind = "documents", servers = "unlimited", time = "2 d", residual = true, when = "destination" }
facility.crane = { kind = "crane", servers = 1, time = { dist = "exponential", mean = "1 h" }, when = "destination", grade = "C" }
[link.line]
from = "west"
to = "east"
mode = "rail"
time = "10 h"
[section.all]
from = "west"
to = "east"
[flow.demo]
cargo = "boxes"
from = "west"
to = "east"
volume = "7884 TEU/yr"
shipment = "1 TEU"
"#;

/// The same in a later year, a change of that, and a change of the base that begins in that year itself.
const OVERLAYS: [(&str, &str); 3] = [
    ("later.toml", "schema = 1\nextends = \"one.toml\"\n[run]\nstart = 2027-01-01\n"),
    ("later-two.toml", "schema = 1\nextends = \"later.toml\"\n[node.east.facility.crane]\nservers = 2\n"),
    (
        "in-2027.toml",
        "schema = 1\nextends = \"one.toml\"\n[run]\nstart = 2027-01-01\n[node.east.facility.crane]\nservers = 2\n",
    ),
];

const TWO: &str = "two cranes: node.east.facility.crane.servers += 1";
const HOLD: &str = "short hold: node.east.facility.hold.time = \"1 d\"";

fn compare(dir: &Path, args: &[&str]) -> Command {
    let file = dir.join("one.toml");
    std::fs::write(&file, SCENARIO).unwrap();
    for (name, text) in OVERLAYS {
        std::fs::write(dir.join(name), text).unwrap();
    }
    let mut command = Command::cargo_bin("midcor").unwrap();
    command.current_dir(dir).arg("compare").arg("one.toml").args(args);
    command
}

fn json(dir: &Path, args: &[&str]) -> Value {
    let output = compare(dir, args).args(["--format", "json"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn difference<'v>(comparison: &'v Value, what_if: &str, measure: &str, statistic: &str) -> &'v Value {
    let rows = comparison["differences"].as_array().unwrap();
    let found = rows.iter().find(|row| {
        row["what_if"] == what_if
            && row["measure"] == measure
            && row["statistic"] == statistic
            && row["period"] == "horizon"
            && (row["subject"] == "section.all" || row["subject"] == "corridor")
    });
    found.unwrap_or_else(|| panic!("no {measure} {statistic} of {what_if}"))
}

#[test]
fn a_null_comparison_is_exactly_zero_with_inputs_fixed_and_drawn() {
    let dir = tempfile::tempdir().unwrap();
    for inputs in ["fixed", "drawn"] {
        let args =
            ["--what-if", "null: node.east.facility.crane.servers += 0", "--inputs", inputs, "--replications", "6"];
        let comparison = json(dir.path(), &args);
        for row in comparison["differences"].as_array().unwrap() {
            assert_eq!((&row["difference"], &row["variance_reduction"]), (&Value::from(0.0), &Value::Null), "{row}");
        }
    }
}

/// A second crane saves waiting, which is simulated; a shorter hold saves what it was said to save, which is assumed.
#[test]
fn simulated_and_assumed_are_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let comparison = json(dir.path(), &["--what-if", TWO, "--what-if", HOLD, "--inputs", "fixed"]);
    let crane = difference(&comparison, "two cranes", "section_time", "mean");
    let hold = difference(&comparison, "short hold", "section_time", "mean");
    let of = |row: &Value, key: &str| row[key].as_f64().unwrap();
    assert!(of(crane, "difference") < -0.1 && of(crane, "assumed") == 0.0);
    assert!((of(hold, "assumed") + 1.0).abs() < 0.05 && of(hold, "simulated").abs() < 0.05, "{hold}");
    assert!(of(crane, "variance_reduction") > 1.0);
    let contests = comparison["contests"].as_array().unwrap();
    assert_eq!(contests.iter().filter(|contest| contest["measure"] == "section_time").count(), 1);
    let verdict = |name: &str| {
        let what_ifs = comparison["what_ifs"].as_array().unwrap();
        what_ifs.iter().find(|what_if| what_if["name"] == name).unwrap()["verdict"].as_str().unwrap().to_owned()
    };
    assert!(
        verdict("short hold").contains("shorter") && verdict("short hold").contains(", 1.00 of it assumed"),
        "{}",
        verdict("short hold")
    );
    assert!(!verdict("two cranes").contains("assumed"));
}

#[test]
fn the_folder_is_whole_and_the_same_on_any_number_of_threads() {
    let dir = tempfile::tempdir().unwrap();
    let run = |out: &str, threads: &str| {
        let args = ["--what-if", TWO, "--replications", "4x2", "--threads", threads, "--out", out];
        compare(dir.path(), &args).assert().success();
        std::fs::read(dir.path().join(out).join("comparison.json")).unwrap()
    };
    assert_eq!(run("one", "1"), run("three", "3"));
    let tables = if cfg!(feature = "parquet") { "comparison.parquet" } else { "comparison.csv" };
    for file in
        [tables, "base/summary.json", "two-cranes/summary.json", "two-cranes/scenario.toml", "charts/forest.svg"]
    {
        assert!(dir.path().join("one").join(file).is_file(), "{file}");
    }
    // Results of ours are replaced; anything else is left alone.
    compare(dir.path(), &["--what-if", TWO, "--replications", "2x1", "--out", "one"]).assert().success();
    std::fs::create_dir(dir.path().join("mine")).unwrap();
    std::fs::write(dir.path().join("mine/letter.txt"), "dear").unwrap();
    compare(dir.path(), &["--what-if", TWO, "--replications", "2x1", "--out", "mine"]).assert().code(2);
}

#[test]
fn what_is_wrong_with_the_call_is_said_before_anything_is_simulated() {
    let dir = tempfile::tempdir().unwrap();
    for (args, message) in [
        (vec![], "nothing to compare"),
        (vec!["--what-if", TWO, "--what-if", TWO], "one folder"),
        (vec!["--what-if", "x: node.east.facility.crain.servers += 1"], "leads to no parameter"),
        (vec!["--what-if", "x: run.horizon = \"60 d\""], "as long as that of the base"),
        (vec!["--what-if", TWO, "--inputs", "fixed", "--replications", "3x2"], "--inputs drawn"),
        (vec!["--what-if", TWO, "--period", "wintr"], "there is no period `wintr`"),
    ] {
        let output = compare(dir.path(), &args).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {text}");
        assert!(text.contains(message), "{args:?}: {text}");
    }
}

/// What changes a scenario of another year is compared with that one; what changes the base and its year, with the base.
#[test]
fn a_what_if_of_another_year_has_its_own_base_or_other_dates() {
    let dir = tempfile::tempdir().unwrap();
    let args = ["later-two.toml", "in-2027.toml", "--inputs", "fixed", "--replications", "4", "--format", "json"];
    let output = compare(dir.path(), &args).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("later-two changes later.toml and is compared with that"), "{told}");
    assert!(told.contains("in-2027 begins on 2027-01-01, the base on 2024-01-01"), "{told}");
    let comparison: Value = serde_json::from_slice(&output.stdout).unwrap();
    let of = |name: &str| comparison["what_ifs"].as_array().unwrap().iter().find(|what_if| what_if["name"] == name);
    assert_eq!(of("later-two").unwrap()["against"], "later");
    assert_eq!(of("in-2027").unwrap()["against"], Value::Null);
    for name in ["later-two", "in-2027"] {
        let row = difference(&comparison, name, "section_time", "mean");
        assert!(row["difference"].as_f64().unwrap() < 0.0, "{row}");
    }
    assert!(dir.path().join("results/one-compare/later/summary.json").is_file());
}

/// A what-if of one year put on another: the volumes of that other year, with what it changes.
#[test]
fn a_what_if_may_be_put_on_another_base() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    write("one.toml", SCENARIO);
    write("busy.toml", "schema = 1\ntitle = \"Busy\"\nextends = \"one.toml\"\n[flow.demo]\nvolume = \"8200 TEU/yr\"\n");
    let two = "schema = 1\ntitle = \"A second crane\"\nextends = \"one.toml\"\n\
               [measure]\nopex = \"1 MUSD/yr\"\n[node.east.facility.crane]\nservers = 2\n";
    write("two.toml", two);
    let carried = |args: &[&str]| {
        let mut command = Command::cargo_bin("midcor").unwrap();
        let all = [&["compare", "busy.toml", "two.toml", "--replications", "4", "--format", "json"], args].concat();
        let output = command.current_dir(dir.path()).args(all).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let comparison: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(comparison["what_ifs"][0]["title"], "A second crane");
        assert_eq!(comparison["what_ifs"][0]["worth"]["annual_cost"], 1e6, "{}", comparison["what_ifs"][0]);
        difference(&comparison, "two", "offered", "mean")["difference"].as_f64().unwrap()
    };
    // As it is written it has the volume of the scenario that it extends.
    assert!(carried(&[]) < -1000.0);
    assert!(carried(&["--on-base", "--replace"]).abs() < 1e-6);
}

#[test]
fn a_precision_is_that_of_the_differences() {
    let dir = tempfile::tempdir().unwrap();
    for (inputs, precision, share) in [("fixed", "0.7%", 0.007), ("drawn", "10%", 0.1)] {
        let comparison = json(dir.path(), &["--what-if", TWO, "--inputs", inputs, "--precision", precision]);
        let row = difference(&comparison, "two cranes", "section_time", "mean");
        let of = |key: &str| row[key].as_f64().unwrap();
        assert!(of("n") > 20.0, "{row}");
        // The pilot is a sample: what it promises is met but for its own error.
        assert!(of("half_width") < 1.5 * share * of("base"), "{row}");
    }
}

#[test]
fn a_table_can_be_of_a_period() {
    let dir = tempfile::tempdir().unwrap();
    let spell = "\n[period.thaw]\nmonths = [3, 4]\n";
    std::fs::write(dir.path().join("spell.toml"), format!("{SCENARIO}{spell}")).unwrap();
    let midcor = |args: &[&str]| {
        let mut command = Command::cargo_bin("midcor").unwrap();
        command.current_dir(dir.path()).args(args).args(["--replications", "3", "--period", "thaw"]);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let run = midcor(&["run", "spell.toml", "--details"]);
    assert!(run.contains("Period thaw") && run.contains("corridor") && !run.contains("Worst places"), "{run}");
    let compared = midcor(&["compare", "spell.toml", "--what-if", TWO, "--inputs", "fixed"]);
    let compared = compared.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(compared.contains("in the period thaw") && compared.contains("west–east, median"), "{compared}");
}
