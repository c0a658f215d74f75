//! The program as its users meet it.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{err, midcor, out, place_with};

/// The smallest useful scenario: one crane, loaded to 90 %.
const ONE_CRANE: &str = r#"
schema = 1
title = "One crane"

[run]
horizon = "365 d"
replications = 100

[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 14

[node.west]
[node.east]
facility.crane = { kind = "crane", servers = 1, time = { dist = "exponential", mean = "1 h" }, when = "destination" }

[link.line]
from = "west"
to = "east"
mode = "rail"
time = "10 h"

[flow.demo]
cargo = "boxes"
from = "west"
to = "east"
volume = "7884 TEU/yr"
shipment = "1 TEU"
"#;

/// A place to work in, with the scenario as `one-crane.toml`.
fn place() -> TempDir {
    place_with("one-crane.toml", ONE_CRANE)
}

#[test]
fn the_reference_tells_tables_keys_and_near_words() {
    let place = place();
    let told = |args: &str| out(&midcor(place.path(), args).success());
    assert!(told("reference").lines().any(|line| line.starts_with("fleet ")));
    let facility = told("reference facility");
    assert!(
        facility.starts_with("facility, at node.ID.facility.ID") && facility.contains("servers: unlimited; or whole")
    );
    let vessels = told("reference fleet.aktau-alat-feeder.vessels");
    assert!(vessels.starts_with("fleet.ID.vessels: whole number, 0 to 1000 (default 0)"), "{vessels}");
    assert!(err(&midcor(place.path(), "reference vesels").code(2)).contains("near are: vessels"));
}

#[test]
fn words_of_results_have_meanings_and_names_by_language() {
    let place = place();
    let told = |args: &str| out(&midcor(place.path(), args).success());
    let line =
        |text: String, word: &str| text.lines().find(|line| line.split(' ').next() == Some(word)).map(str::to_owned);
    assert!(line(told("list measures"), "throughput").unwrap().contains("Tonnes that arrived"));
    assert!(line(told("list measures --lang ru"), "throughput").unwrap().ends_with("  пропускной поток"));
    assert!(line(told("list causes"), "wait-berth").unwrap().ends_with("waiting for a berth."));
    assert!(line(told("list causes --lang ru"), "wait-berth").unwrap().ends_with("  ожидание причала"));
    assert!(err(&midcor(place.path(), "list causes --lang xx").code(2)).contains("en (English), ru (Russian)"));
    assert!(err(&midcor(place.path(), "list flows --lang ru").code(2)).contains("--lang is for words of results"));
}

#[test]
fn help_and_version_are_results() {
    let place = place();
    let help = midcor(place.path(), "--help").code(0);
    for command in ["run", "check", "show", "list", "init", "reference", "schema", "completions", "validate", "verify"]
    {
        assert!(out(&help).contains(command), "{command}");
    }
    let version = midcor(place.path(), "--version").code(0);
    assert_eq!(out(&version), format!("midcor {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_smallest_scenario_runs_and_leaves_its_results() {
    let place = place();
    let run = midcor(place.path(), "run one-crane.toml --replications 5").code(0);
    assert!(out(&run).contains("One crane"));
    assert!(err(&run).contains("results are in results/one-crane"));
    let folder = place.path().join("results/one-crane");
    for file in ["summary.json", "measures.csv", "scenario.toml"] {
        assert!(folder.join(file).is_file(), "{file}");
    }
}

#[test]
fn what_a_run_leaves_runs_again_to_the_same_bytes() {
    let place = place();
    let first = midcor(place.path(), "run one-crane.toml --replications 3 --format csv --threads 1").code(0);
    fs::copy(place.path().join("results/one-crane/scenario.toml"), place.path().join("again.toml")).unwrap();
    let again = midcor(place.path(), "run again.toml --replications 3 --format csv --threads 3").code(0);
    assert_eq!(out(&first), out(&again));
}

#[test]
fn json_on_standard_output_parses() {
    let place = place();
    let run = midcor(place.path(), "run one-crane.toml --replications 5 --format json --out here").code(0);
    let summary: Value = serde_json::from_str(&out(&run)).unwrap();
    assert_eq!(summary["run"]["replications"], 5);
    assert!(!summary["measures"].as_array().unwrap().is_empty());
    assert!(place.path().join("here/summary.json").is_file());
    let check = midcor(place.path(), "check one-crane.toml --format json").code(0);
    let check: Value = serde_json::from_str(&out(&check)).unwrap();
    let utilisation = check["utilisations"][0]["utilisation"].as_f64().unwrap();
    // 7,884 boxes of an hour in a year of 366 days.
    assert!((utilisation - 7884.0 / 8784.0).abs() < 1e-9, "{utilisation}");
}

#[test]
fn quiet_leaves_standard_error_empty() {
    let place = place();
    let run = midcor(place.path(), "run one-crane.toml --replications 2 --quiet").code(0);
    assert_eq!(err(&run), "");
    assert!(!out(&run).is_empty());
}

#[test]
fn a_misspelt_name_gets_the_near_one() {
    let place = place();
    let run = midcor(place.path(), "run one-crane.toml --set node.east.facility.crane.servrs=2").code(2);
    assert!(err(&run).contains("node.east.facility.crane.servers"), "{}", err(&run));
    assert_eq!(out(&run), "");
    let show = midcor(place.path(), "show one-crane.toml node.east.facility.cran").code(2);
    assert!(err(&show).contains("node.east.facility.crane"), "{}", err(&show));
}

#[test]
fn an_unknown_scenario_is_a_wrong_call() {
    let place = place();
    let run = midcor(place.path(), "run one-crane-or-two").code(2);
    assert!(err(&run).contains("there is no scenario `one-crane-or-two`"), "{}", err(&run));
    // Of those that come with the program, the nearest is offered.
    if let Some(file) = midcor::scenario::embedded().iter().find(|file| file.is_scenario()) {
        let run = midcor(place.path(), &format!("run {}x", file.name())).code(2);
        assert!(err(&run).contains(&format!("did you mean `{}`?", file.name())), "{}", err(&run));
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let place = place();
    let wrong = ONE_CRANE.replace("horizon", "horizom").replace("to = \"east\"", "to = \"eest\"");
    fs::write(place.path().join("wrong.toml"), wrong).unwrap();
    let run = midcor(place.path(), "run wrong.toml").code(2);
    for part in ["wrong.toml:6:1", "did you mean `horizon`?", "did you mean `east`?"] {
        assert!(err(&run).contains(part), "{part} in {}", err(&run));
    }
    assert!(!place.path().join("results").exists());
}

#[test]
fn wrong_calls_have_status_2() {
    let place = place();
    midcor(place.path(), "").code(0);
    for call in [
        "frobnicate",
        "run",
        "run one-crane.toml --replications 0",
        "run one-crane.toml --precision 3",
        "run one-crane.toml --replication 3",
        "run one-crane.toml --set nonsense",
        "run one-crane.toml --format yaml",
    ] {
        midcor(place.path(), call).code(2);
    }
}

#[test]
fn a_folder_of_others_is_left_alone() {
    let place = place();
    fs::create_dir(place.path().join("thesis")).unwrap();
    fs::write(place.path().join("thesis/chapter-1.txt"), "years of work").unwrap();
    let run = midcor(place.path(), "run one-crane.toml --replications 2 --out thesis").code(2);
    assert!(err(&run).contains("thesis"));
    assert_eq!(fs::read_dir(place.path().join("thesis")).unwrap().count(), 1);
}

#[test]
fn a_time_without_a_shipment_is_a_result() {
    let place = place();
    let rare =
        "run one-crane.toml --replications 2 --set flow.demo.shipment=7884TEU --set run.horizon=1h --set run.drain=1h";
    let run = midcor(place.path(), rare).code(0);
    assert!(err(&run).contains("no shipment was offered"), "{}", err(&run));
}

#[test]
fn check_says_what_will_queue() {
    let place = place();
    let check = midcor(place.path(), "check one-crane.toml").code(0);
    assert!(out(&check).contains("tight"), "{}", out(&check));
    let over = midcor(place.path(), "check one-crane.toml --set flow.demo.volume*=2").code(0);
    assert!(out(&over).contains("will queue without end"), "{}", out(&over));
}

#[test]
fn show_says_where_a_value_was_set() {
    let place = place();
    let show = midcor(place.path(), "show one-crane.toml node.east.facility.crane.servers").code(0);
    assert!(out(&show).contains("one-crane.toml:15:"), "{}", out(&show));
    let whole = midcor(place.path(), "show one-crane.toml").code(0);
    assert!(out(&whole).contains("[flow.demo]") || out(&whole).contains("demo"), "{}", out(&whole));
}

#[test]
fn a_trace_tells_every_event_of_one_replication() {
    let place = place();
    midcor(place.path(), "run one-crane.toml --replication 3 --trace events.csv --set run.horizon=10d").code(0);
    let events = fs::read_to_string(place.path().join("events.csv")).unwrap();
    let mut lines = events.lines();
    assert_eq!(lines.next(), Some("days,utc,fact,place,cause,hours,flow,shipment,train,vessel,size"));
    assert!(lines.all(|line| line.split(',').count() == 11));
    assert!(events.contains("service started,node.east.facility.crane,,,demo"));
    assert!(events.contains("time booked,link.line,running,10,demo"), "{events}");
    assert!(events.contains("set out,link.line,,,demo"), "{events}");
    // Who has queued and is not served when the clock ends waits still.
    let of = |fact: &str| events.matches(&format!(",{fact},")).count();
    assert_eq!(of("queued") - of("service started"), of("waits still"), "{events}");
    assert!(events.contains("2024-01-0"));
}

#[test]
fn a_trace_tells_of_ships_from_outside() {
    let place = place();
    let port = r#"
schema = 1
title = "A tug"
[run]
horizon = "10 d"
[node.port]
facility.tug = { kind = "berth", servers = 1, for = "vessel", time = "1 h" }
facility.quay = { kind = "berth", servers = 1, for = "vessel" }
[visit.ships]
at = "port"
moors = ["tug"]
berths = ["quay"]
departs = ["tug"]
time = "3 h"
timetable = { every = "1 d", first = "6 h" }
"#;
    fs::write(place.path().join("port.toml"), port).unwrap();
    midcor(place.path(), "run port.toml --replication 0 --trace ships.csv").code(0);
    let log = fs::read_to_string(place.path().join("ships.csv")).unwrap();
    let of = |fact: &str| log.lines().filter(|line| line.contains(&format!("{fact},visit.ships at port,"))).count();
    let first = log.lines().find(|line| line.contains("vessel arrived")).unwrap();
    assert!(first.contains(",visit.ships 1,"), "{first}");
    // One a day, in the drain too.
    let (arrived, sailed) = (of("vessel arrived"), of("vessel sailed"));
    assert!(arrived >= 10 && (arrived - 1..=arrived).contains(&sailed), "{log}");
    // The first berths at once, is brought in for an hour, is served for three, and is brought out.
    assert!(log.contains("0.25,2024-01-01T06:00:00.000Z,vessel arrived"), "{log}");
    assert!(log.contains("0.458333,2024-01-01T11:00:00.000Z,vessel sailed"), "{log}");
}

#[test]
fn a_precision_is_reached_by_more_simulated_years() {
    let place = place();
    let run = midcor(place.path(), "run one-crane.toml --precision 0.2% --format json --set run.horizon=60d").code(0);
    let summary: Value = serde_json::from_str(&out(&run)).unwrap();
    let replications = summary["run"]["replications"].as_u64().unwrap();
    assert!(replications > 20 && replications.is_multiple_of(10), "{replications}");
}

#[cfg(feature = "parquet")]
#[test]
fn shards_of_draws_without_pictures_are_one_run() {
    let place = place();
    let call = "run one-crane.toml --set run.horizon=\"20d\" --inputs drawn --format csv --save data";
    for (range, folder) in [("0..2x3", "a"), ("2..5x3", "b"), ("5x3", "whole")] {
        midcor(place.path(), &format!("{call} --replications {range} --out {folder}")).code(0);
    }
    assert!(!place.path().join("a/charts").exists() && !place.path().join("a/measures.csv").exists());
    let merged = midcor(place.path(), "merge b a --out ab --format csv").code(0);
    let whole = midcor(place.path(), "merge whole --out again --format csv").code(0);
    assert_eq!(out(&merged), out(&whole));
    assert!(place.path().join("ab/charts/traffic.svg").exists());
    midcor(place.path(), "merge a b --out lean --save data").code(0);
    assert!(place.path().join("lean/summary.json").exists() && !place.path().join("lean/charts").exists());
}

#[cfg(feature = "parquet")]
#[test]
fn merged_shards_are_one_run() {
    let place = place();
    midcor(place.path(), "run one-crane.toml --replications 0..2 --out a").code(0);
    midcor(place.path(), "run one-crane.toml --replications 2..5 --out b").code(0);
    let merged = midcor(place.path(), "merge b a --out ab --format csv").code(0);
    let whole = midcor(place.path(), "run one-crane.toml --replications 5 --out whole --format csv").code(0);
    assert_eq!(out(&merged), out(&whole));
    midcor(place.path(), "merge a whole --out twice").code(2);
}

#[test]
fn completions_and_schema_are_printed() {
    let place = place();
    let script = midcor(place.path(), "completions bash").code(0);
    assert!(out(&script).contains("midcor"));
    let schema = midcor(place.path(), "schema").code(0);
    assert!(serde_json::from_str::<Value>(&out(&schema)).is_ok());
}

#[test]
fn init_overwrites_nothing() {
    let place = place();
    midcor(place.path(), "init mine").code(0);
    let copied = place.path().join("mine").exists();
    midcor(place.path(), "init mine").code(if copied { 2 } else { 0 });
}
