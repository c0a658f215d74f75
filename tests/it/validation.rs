//! `midcor validate` and `midcor verify` as their users meet them.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{err, midcor, out};

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

/// A market of two roads and the sea that is as dear as slow: what it comes to can be computed by hand.
const MARKET: &str = r#"
schema = 1
title = "Two roads and the sea"
[run]
start = "2024-01-01"
horizon = "60 d"
drain = "30 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 14
[node.west]
[node.north]
[node.south]
[node.east]
[link.wn]
from = "west"
to = "north"
mode = "rail"
time = "100 h"
[link.ne]
from = "north"
to = "east"
mode = "rail"
time = "100 h"
[link.ws]
from = "west"
to = "south"
mode = "rail"
time = "100 h"
[link.se]
from = "south"
to = "east"
mode = "rail"
time = "100 h"
[outside.sea]
cost = "1000 USD/TEU"
costs = { 2023 = "800 USD/TEU" }
time = "30 d"
[flow.boxes]
cargo = "boxes"
from = "west"
to = "east"
volume = "4000 TEU/yr"
shipment = "1 TEU"
route.north = { via = ["north"], share = "60 %" }
route.south = { via = ["south"], share = "40 %" }
[choice.boxes]
flows = ["boxes"]
value-of-time-spread = 1
outside = { sea = "50 %" }
"#;

/// Runs `midcor validate` on the market against rows.
fn market(rows: &str, code: i32) -> (String, String) {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("market.toml"), MARKET).unwrap();
    let head = "choice,alternative,of,period,value,low,high,unit,usd,days,class\n";
    fs::write(place.path().join("shares.csv"), format!("{head}{rows}")).unwrap();
    let call = "validate market.toml --against shares.csv --replications 1 --quiet --format json";
    let call = midcor(place.path(), call).code(code);
    if code == 0 {
        let csv = fs::read_to_string(place.path().join("results/market/shares.csv")).unwrap();
        assert_eq!(csv.lines().count(), 1 + rows.lines().filter(|row| row.split(',').nth(4) != Some("")).count());
    }
    (out(&call), err(&call))
}

#[test]
fn shares_are_predicted_at_the_terms_of_their_period() {
    let rows = "boxes,sea,,2024,50,45,55,%,,,tested\n\
                boxes,sea,,2023,55,50,60,%,,,tested\n\
                boxes,boxes.north,boxes.north + boxes.south,2025,40,35,45,%,+1000,,tested\n\
                boxes,boxes.north + boxes.south,,2024,4000,3900,4100,TEU/yr,,,tested\n\
                boxes,sea,,2023,5,0,30,% on 2024,,,tested\n";
    let value: Value = serde_json::from_str(&market(rows, 0).0).unwrap();
    let found: Vec<f64> =
        value["figures"].as_array().unwrap().iter().map(|figure| figure["predicted"].as_f64().unwrap()).collect();
    // θ = 0.00085: 200 dollars less multiply the odds of the sea by exp(0.17), 1,000 more those of the north by exp(−0.85).
    let sea = 0.17_f64.exp() / (1.0 + 0.17_f64.exp());
    let north = 0.6 * (-0.85_f64).exp() / (0.6 * (-0.85_f64).exp() + 0.4);
    for (found, expected) in found.iter().zip([50.0, 100.0 * sea, 100.0 * north, 4000.0, 100.0 * (sea / 0.5 - 1.0)]) {
        assert!((found - expected).abs() < 1e-6 * expected.abs().max(1.0), "{found} and not {expected}");
    }
    assert_eq!(value["figures"][2]["in_band"], true);
    let range = &value["figures"][1]["predicted_range"];
    let at = |scale: f64| 100.0 / (1.0 + (-200.0 * scale).exp());
    let range = [&range[0], &range[1]].map(|end| end.as_f64().unwrap());
    assert!((range[0] - at(0.0005)).abs() < 1e-6 && (range[1] - at(0.005)).abs() < 1e-6, "{range:?}");
}

#[test]
fn the_table_of_shares_tells_misses_constants_and_terms() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("market.toml"), MARKET).unwrap();
    let head = "choice,alternative,of,period,value,low,high,unit,usd,days,class,kind,source\n";
    let rows = "boxes,sea,,2023,60,55,65,%,,,tuned,count,Harbour\n\
                boxes,sea,,2024,40,35,45,%,,,tested,survey,\"A paper, 2024\"\n\
                boxes,boxes.north,boxes.north + boxes.south,2024,60,55,65,%,+100,,tested,count,Railway\n\
                boxes,boxes.south,,2024,1600,1500,1700,TEU/yr,,,input,,\n";
    fs::write(place.path().join("shares.csv"), format!("{head}{rows}")).unwrap();
    let call = midcor(place.path(), "validate market.toml --against shares.csv --replications 1 --quiet").code(0);
    insta::assert_snapshot!("shares-table", out(&call));
}

#[test]
fn tuned_shares_are_met_by_constants_that_later_periods_keep() {
    let rows = "boxes,sea,,2023,40,35,45,%,,,tuned\n\
                boxes,boxes.north,boxes.north+boxes.south,2023,70,65,75,%,,,tuned\n\
                boxes,sea,,2022,50,,,%,,,tested\n\
                boxes,sea,,2024-Q3,50,,,%,1000,30,tested\n";
    let value: Value = serde_json::from_str(&market(rows, 0).0).unwrap();
    let predicted = |place: usize| value["figures"][place]["predicted"].as_f64().unwrap();
    assert!((predicted(0) - 40.0).abs() < 1e-3 && (predicted(1) - 70.0).abs() < 1e-3, "{value:#}");
    // Before 2023 nothing is tuned; after it the odds have what 2023 says, less the 200 dollars.
    assert!((predicted(2) - 50.0).abs() < 1e-6);
    let odds: f64 = 40.0 / 60.0 * (-0.17_f64).exp();
    assert!((predicted(3) - 100.0 * odds / (1.0 + odds)).abs() < 1e-3, "{}", predicted(3));
    let constants = value["constants"].as_array().unwrap();
    assert!(constants.len() == 3 && constants.iter().all(|one| one["period"] == "2023" && one["is_met"] == true));
}

#[test]
fn shares_that_contradict_each_other_are_told() {
    let rows = "boxes,sea,,2024,40,,,%,,,tuned\nboxes,boxes.north + boxes.south,,2024,50,,,%,,,tuned\n";
    let value: Value = serde_json::from_str(&market(rows, 0).0).unwrap();
    assert_eq!(value["constants"][0]["is_met"], false, "{value:#}");
}

#[test]
fn rows_of_shares_that_fit_no_choice_are_told_with_their_place() {
    for (row, parts) in [
        ("box,sea,,2024,50,,,%,,,tested", ["shares.csv:2:1", "did you mean `boxes`?"]),
        ("boxes,see,,2024,50,,,%,,,tested", ["shares.csv:2:7", "did you mean `sea`?"]),
        ("boxes,sea,boxes.north,2024,50,,,%,,,tested", ["shares.csv:2:11", "not among"]),
        ("boxes,sea + sea,,2024,50,,,%,,,tested", ["shares.csv:2:7", "named twice"]),
        ("boxes,sea,,2024,50,,,wagon/yr,,,tested", ["shares.csv:2:22", "not in wagon"]),
        ("boxes,sea,,2024,9000,,,TEU/yr,,,tested", ["shares.csv:2:17", "8000 TEU/yr"]),
        ("boxes,sea,,2024,5,,,% on 2024,,,tested", ["shares.csv:2:21", "with itself"]),
        ("boxes,sea,sea+boxes.north,2024,5,,,% on 2023,,,tested", ["shares.csv:2:11", "whole market"]),
        ("boxes,boxes.north + boxes.south,,2024,5,,,%,900,,tested", ["shares.csv:2:45", "of one alternative"]),
        ("boxes,sea,,2024,,,,,900,,\nboxes,sea,,2024,5,,,%,901,,tested", ["shares.csv:3:23", "other terms"]),
        ("boxes,sea,,in 2024,5,,,%,,,tested", ["shares.csv:2:12", "a half-year 2024-H1"]),
        ("boxes,sea,,2024,5,,,%,,,fit", ["shares.csv:2:25", "tuned (fitted to it)"]),
    ] {
        let (_, said) = market(&format!("{row}\n"), 2);
        assert!(parts.iter().all(|part| said.contains(part)), "{row}: {said}");
    }
}

#[test]
fn the_observed_shares_that_come_with_the_program_are_held_against_its_choices() {
    let place = place("");
    let short = "--replications 1 --set run.horizon=60d --set run.warm-up=30d --quiet";
    let call = midcor(place.path(), &format!("validate routes-2024 --against routes {short}")).code(0);
    let table = out(&call);
    for part in ["northern-rail", "Misses", "Index1520", "Constants", "Terms that are not those of the base"] {
        assert!(table.contains(part), "{part} in\n{table}");
    }
    let other = midcor(place.path(), &format!("validate baseline-2024 --against routes {short}")).code(2);
    assert!(err(&other).contains("no row for the scenario"), "{}", err(&other));
}
