//! `midcor validate` and `midcor verify` as their users meet them.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::cli::{err, midcor, out};

const HEAD: &str = "scenario,measure,subject,period,value,unit,low,high,class,source,grade,note\n";
const FIGURES: &str = "\
tutorial,carried,corridor,horizon,100000,t/yr,90000,110000,input,ministry,A,
tutorial,section_time,section.whole-route,horizon,240,h,200,280,tested,operator,B,\"a day, or more\"
,section_time,section.crossing,,4,d,,,tested,,,
another,no_measure,at.all,horizon,1,t,,,tested,,,
";

/// A place with `seen.csv`.
fn place(rows: &str) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("seen.csv"), format!("{HEAD}{rows}")).unwrap();
    place
}

const CALL: &str = "validate tutorial --against seen.csv --replications 3";

#[test]
fn the_tutorial_is_held_against_figures() {
    let place = place(FIGURES);
    let call = midcor(place.path(), &format!("{CALL} --format json")).code(0);
    let value: Value = serde_json::from_str(&out(&call)).unwrap();
    let figures = value["figures"].as_array().unwrap();
    assert_eq!(figures.len(), 3, "rows of other scenarios are skipped");
    let time = &figures[1];
    let (simulated, observed) = (time["simulated"].as_f64().unwrap(), time["observed"].as_f64().unwrap());
    assert_eq!((observed, time["unit"].as_str(), time["class"].as_str()), (240.0, Some("h"), Some("tested")));
    assert!((time["relative_error"].as_f64().unwrap() - (simulated / observed - 1.0)).abs() < 1e-9);
    assert_eq!(time["in_band"], (200.0..=280.0).contains(&simulated));
    assert_eq!(value["scores"][0]["n"], 2, "only tested figures are scored");
    let folder = place.path().join("results/tutorial");
    let csv = fs::read_to_string(folder.join("validation.csv")).unwrap();
    assert!(csv.lines().count() == 4 && csv.contains("\"a day, or more\""));
    assert!(folder.join("summary.json").is_file());
    #[cfg(feature = "charts")]
    for file in ["charts/validation.svg", "charts/validation.png", "charts/traffic.svg"] {
        assert!(folder.join(file).is_file(), "{file}");
    }
}

#[test]
fn the_table_and_the_csv_are_printed() {
    let place = place(FIGURES);
    let table = out(&midcor(place.path(), CALL).code(0));
    for part in ["section_time section.whole-route", "200–280", "MAPE", "Theil U1"] {
        assert!(table.contains(part), "{part} in\n{table}");
    }
    let csv = out(&midcor(place.path(), &format!("{CALL} --format csv")).code(0));
    assert_eq!(csv, fs::read_to_string(place.path().join("results/tutorial/validation.csv")).unwrap());
}

#[test]
fn a_broken_row_is_told_with_its_place_and_nothing_is_simulated() {
    for (row, parts) in [
        ("tutorial,carried,corridor,horizon,ten,t/yr,,,tested,,,\n", ["seen.csv:2:35", "`ten` is no number"]),
        ("tutorial,carried,corridor,horizon,1,t/yr,,,held-out,,,\n", ["seen.csv:2:44", "input (the"]),
        ("tutorial,carried,corridor,horizon,1,t/yr,tested\n", ["seen.csv:2:1", "7 cells"]),
        (
            "tutorial,section_time,section.whole-wey,horizon,1,d,,,tested,,,\n",
            ["seen.csv:2:23", "`section.whole-route`"],
        ),
        ("tutorial,caried,corridor,horizon,1,t/yr,,,tested,,,\n", ["seen.csv:2:10", "`carried`"]),
        ("tutorial,carried,corridor,horizons,1,t/yr,,,tested,,,\n", ["seen.csv:2:27", "`horizon`"]),
        ("another,carried,corridor,horizon,1,t/yr,,,tested,,,\n", ["no figure for the scenario `tutorial`", "another"]),
    ] {
        let place = place(row);
        let call = midcor(place.path(), CALL).code(2);
        let said = err(&call);
        assert!(parts.iter().all(|part| said.contains(part)), "{row}: {said}");
        assert!(!place.path().join("results").exists());
    }
}

#[test]
fn a_file_that_is_not_there_is_a_wrong_call() {
    let place = place("");
    let call = midcor(place.path(), "validate tutorial --against coridor").code(2);
    assert!(err(&call).contains("did you mean `corridor`?"), "{}", err(&call));
    midcor(place.path(), "validate tutorial").code(2);
}

#[test]
fn every_figure_that_comes_with_the_program_has_its_row() {
    let place = place("");
    for scenario in ["baseline-2022", "baseline-2023", "baseline-2024"] {
        let short = "--replications 1 --set run.horizon=20d --set run.warm-up=5d --set run.drain=5d --quiet";
        let call = midcor(place.path(), &format!("validate {scenario} --against corridor {short}"));
        assert_ne!(call.get_output().status.code(), Some(2), "{}", err(&call));
    }
}

#[test]
fn textbook_cases_pass_and_words_that_fit_none_are_wrong() {
    let place = place("");
    let call = midcor(place.path(), "verify QUE-04 --format json").code(0);
    let value: Value = serde_json::from_str(&out(&call)).unwrap();
    assert_eq!((&value["passed"], value["cases"][0]["verdict"].as_str()), (&1.into(), Some("passed")));
    assert!(err(&call).contains("1 of 1: QUE-04"));
    let table = midcor(place.path(), "verify que-04 --quiet").code(0);
    assert!(out(&table).contains("1 cases: 1 passed") && err(&table).is_empty());
    let unknown = midcor(place.path(), "verify QUE-04 QUE-99").code(2);
    assert!(err(&unknown).contains("did you mean `QUE-"), "{}", err(&unknown));
    midcor(place.path(), "verify --format csv").code(2);
}

#[test]
fn textbook_cases_are_no_scenarios_to_list_or_copy() {
    let place = place("");
    let list = out(&midcor(place.path(), "list scenarios").code(0));
    assert!(list.contains("tutorial") && !list.contains("que-01"), "{list}");
    midcor(place.path(), "init mine").code(0);
    let mine = place.path().join("mine");
    assert!(mine.join("observed/corridor.csv").is_file() && !mine.join("verify").exists());
}
