//! Bottlenecks and practical capacity where theory knows them.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

use midcor::analysis::{
    Bottlenecks, Found, Limit, Mix, PracticalCapacity, Question, Service, Trial, bottlenecks, practical_capacity,
};
use midcor::words::Subject;

use midcor::scenario::{Contents, InMemory, Reading, ScenarioReader, Setting};
use midcor::stats::t_half_width;
use midcor::study::{Lab, Prepared, Years};

use crate::program::{err, midcor, out};

/// A crane of one hour a box, loaded to 90 %: by theory 8760 boxes a year, 1.111 times the traffic.
const CRANE: &str = r#"
schema = 1
title = "One crane"
[run]
start = "2023-01-01"
warm-up = "30 d"
horizon = "365 d"
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
pools = ["wagons"]
[pool.wagons]
size = 60
[flow.demo]
cargo = "boxes"
from = "west"
to = "east"
volume = "7884 TEU/yr"
shipment = "1 TEU"
[section.whole]
from = "west"
to = "east"
"#;

/// A ferry of 40 boxes that needs 20 h there and back: 17 520 boxes a year, twice the traffic.
const FERRY: &str = r#"
schema = 1
title = "One ferry"
[run]
start = "2023-01-01"
warm-up = "30 d"
horizon = "365 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10
[node.west]
[node.port]
[node.east]
[link.line]
from = "west"
to = "port"
mode = "rail"
time = "12 h"
paths-per-day = 200
[link.sea]
from = "port"
to = "east"
mode = "sea"
time = "10 h"
[fleet.ferry]
ports = ["port", "east"]
vessels = 1
capacity = "40 TEU"
carries = ["boxes"]
max-wait = "2 d"
[flow.demo]
cargo = "boxes"
from = "west"
to = "east"
volume = "8760 TEU/yr"
shipment = "1 TEU"
"#;

fn prepared(text: &str, settings: &[&str]) -> Prepared {
    let settings: Vec<Setting> = settings.iter().map(|text| Setting::parse(text).unwrap()).collect();
    of(ScenarioReader::new(InMemory::default()).read_text(text, "made-up", &settings))
}

fn of(mut reading: Reading) -> Prepared {
    let findings = reading.rendered();
    let scenario = reading.scenario.take().unwrap_or_else(|| panic!("{findings}"));
    Prepared::of(&reading, scenario).unwrap()
}

fn lab(years: u64) -> Lab<'static> {
    Lab::new(Years::Fixed(0..years), 20_260_101)
}

fn found(prepared: &Prepared, trials: &[Trial], years: u64) -> Bottlenecks {
    bottlenecks(prepared, trials, None, &lab(years)).unwrap()
}

fn capacity(prepared: &Prepared, services: &[&str], years: u64) -> PracticalCapacity {
    let rows = &prepared.layout.catalogue().rows;
    let services = services.iter().map(|service| Service::parse(service, rows).unwrap()).collect();
    let question = Question { mix: Mix::proportional(&prepared.scenario), services, tolerance: 0.01 };
    practical_capacity(prepared, &question, &lab(years)).unwrap()
}

#[test]
fn a_second_crane_is_worth_what_theory_says() {
    let found = found(&prepared(CRANE, &[]), &[], 30);
    let row = found.rows.iter().find(|row| row.change == "node.east.facility.crane.servers += 1").unwrap();
    let hours = &row.gain.as_ref().unwrap().hours.difference;
    // M/M/1 at 0.9 waits 9 h; M/M/2 at 0.45 each waits 0.45² / (1 − 0.45²) = 0.2539 h.
    let theory = 0.45_f64.powi(2) / (1.0 - 0.45_f64.powi(2)) - 9.0;
    let wide = t_half_width(hours.n, hours.sd, 0.999).unwrap();
    assert!((hours.mean - theory).abs() < wide && wide < 3.0, "{} ± {wide} is not {theory}", hours.mean);
    assert_eq!(row.gain.as_ref().unwrap().rank_by_hours, Some(1));
    assert!((row.usage.busy.unwrap() - 0.9).abs() < 0.02 && (row.usage.utilisation.unwrap() - 0.9).abs() < 1e-6);
    assert!((row.waiting / 9.0 - 1.0).abs() < 0.2, "{}", row.waiting);
    assert_eq!(found.verdict.consistent.as_ref().map(Subject::as_str), Some("node.east.facility.crane"));
    // 0.9 boxes an hour hold a wagon for ten hours: nobody ever waits for one of sixty, and none is tried.
    let wagons = found.rows.iter().find(|row| row.change == "pool.wagons.size += 3").unwrap();
    assert!(wagons.gain.is_none() && wagons.waiting == 0.0);
}

/// MET-09: M/M/1 with 0.8 arrivals a minute and a server of rate 1, then 1.05: the wait falls by 0.952381 minutes, and the
/// time in the system by 0.047619 more.
#[test]
fn met_09_the_worth_of_a_faster_server() {
    let load = |settings: &[Setting]| of(ScenarioReader::default().read("que-01-mm1", settings));
    let change = "node.port.facility.berth.time.mean*=0.952380952380952380";
    let faster = load(&[Setting::parse(change).unwrap()]);
    let trial = Trial { change: change.to_owned(), prepared: faster };
    let found = bottlenecks(&load(&[]), &[trial], Some(0), &lab(20)).unwrap();
    let row = found.rows.iter().find(|row| row.change == change).unwrap();
    let hours = &row.gain.as_ref().unwrap().hours.difference;
    let (minutes, wide) = (hours.mean * 60.0, t_half_width(hours.n, hours.sd, 0.999).unwrap() * 60.0);
    assert!((minutes + 0.952_380_952_381 + 0.047_619_047_619).abs() < wide, "{minutes} ± {wide}");
    assert!(wide < 0.2, "{wide}");
    assert!(hours.variance_reduction.unwrap() > 5.0, "{:?}", hours.variance_reduction);
    // As many wagons come and go.
    let tonnes = &row.gain.as_ref().unwrap().tonnes;
    assert!(tonnes.difference.mean.abs() < 1e-4 * tonnes.base, "{tonnes:?}");
}

#[test]
fn what_nobody_waits_for_is_worth_exactly_nothing() {
    let changed = prepared(CRANE, &["pool.wagons.size += 100"]);
    let trial = Trial { change: "more wagons".to_owned(), prepared: changed };
    let found = found(&prepared(CRANE, &[]), &[trial], 4);
    let gain = found.rows.last().unwrap().gain.as_ref().unwrap();
    for effect in [&gain.tonnes, gain.teu.as_ref().unwrap(), &gain.hours, &gain.sections[0]] {
        assert_eq!((effect.difference.mean, effect.difference.half_width), (0.0, 0.0), "{:?}", effect.of);
        assert!(!effect.is_significant() && !effect.is_perhaps());
    }
}

#[test]
fn a_crane_bears_what_it_can_lift() {
    let capacity = capacity(&prepared(CRANE, &[]), &[], 8);
    let Found::Between(holds, broken) = capacity.found else { panic!("{:?}", capacity.found) };
    assert!((holds / (8760.0 / 7884.0) - 1.0).abs() < 0.025, "{holds}");
    assert!(broken <= holds * 1.01 + 1e-9);
    let ceiling = capacity.ceiling.as_ref().unwrap();
    assert!((ceiling.factor - 8760.0 / 7884.0).abs() < 1e-6 && ceiling.path.as_str() == "node.east.facility.crane");
    let tonnes = capacity.fresh.as_ref().unwrap().tonnes.unwrap();
    assert!((tonnes.mean / (8760.0 * 14.0) - 1.0).abs() < 0.025, "{tonnes:?}");
    let binding = capacity.binding.as_ref().unwrap();
    assert_eq!(binding.capacity.as_ref().unwrap().path.as_str(), "node.east.facility.crane");
    assert_eq!(binding.check.limit, Limit::Backlog(Subject::at("flow.demo")));
    // Bisection goes on from what it knows.
    assert!(capacity.steps.len() < 12, "{}", capacity.steps.len());
}

#[test]
fn a_service_binds_before_the_crane_does() {
    // M/M/1: the time in the system is exponential with mean 1 / (1 − ρ) h, after 10 h on the line. Its 95th
    // percentile is 30 h at 1 − ρ = ln 20 / 20, so ρ = 0.8502 and the traffic 0.9447 of what it is.
    let capacity = capacity(&prepared(CRANE, &[]), &["section.whole P95 <= 30 h"], 20);
    let Found::Between(holds, _) = capacity.found else { panic!("{:?}", capacity.found) };
    let theory = (1.0 - 20.0_f64.ln() / 20.0) / 0.9;
    assert!((holds / theory - 1.0).abs() < 0.03, "{holds} is not {theory}");
    let binding = capacity.binding.as_ref().unwrap();
    assert_eq!(binding.check.limit, Limit::Service("section.whole P95 <= 30 h".to_owned()));
    assert_eq!(binding.capacity.as_ref().unwrap().path.as_str(), "node.east.facility.crane");
}

#[test]
fn a_ferry_bears_its_rounds() {
    let capacity = capacity(&prepared(FERRY, &[]), &[], 6);
    let Found::Between(holds, _) = capacity.found else { panic!("{:?}", capacity.found) };
    assert!((holds / 2.0 - 1.0).abs() < 0.025, "{holds}");
    assert_eq!(capacity.binding.unwrap().capacity.unwrap().path.as_str(), "fleet.ferry");
    let paths = capacity.rules.iter().find(|rule| rule.path.as_str() == "link.line").unwrap();
    // 24 boxes a day, each its own train, of 200 paths; twice as many at capacity.
    assert!((paths.base - 0.12).abs() < 0.004 && (paths.at_capacity.unwrap() - 0.24).abs() < 0.01, "{paths:?}");
}

#[test]
fn what_cannot_be_borne_is_halved_until_it_can() {
    let capacity = capacity(&prepared(CRANE, &["flow.demo.volume *= 3"]), &[], 4);
    let Found::Between(holds, _) = capacity.found else { panic!("{:?}", capacity.found) };
    assert!((holds * 3.0 / (8760.0 / 7884.0) - 1.0).abs() < 0.03, "{holds}");
}

/// A place to work in, with the crane as `crane.toml`.
fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("crane.toml"), CRANE).unwrap();
    place
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in\n{text}"))
}

const MEASURES: &str = r#"
[measure.second-crane]
title = "A second crane"
set = ["node.east.facility.crane.servers += 1"]
capex = "8 MUSD"
life = "20 yr"
[measure.third-crane]
set = ["node.east.facility.crane.servers += 1"]
capex = "1 MUSD"
life = "20 yr"
requires = ["second-crane"]
[measure.wagons]
set = ["pool.wagons.size += 40"]
capex = "0.5 MUSD"
life = "20 yr"
[measure.other-crane]
overlay = "other.toml"
[measure.free]
set = ["pool.wagons.size += 1"]
"#;

/// The same crane again, bought dearer, so that it is only tried later; not beside the second.
const OTHER: &str = r#"
schema = 1
title = "Another crane"
extends = "crane.toml"
[measure]
capex = "9 MUSD"
life = "20 yr"
excludes = ["second-crane"]
[[change]]
path = "node.east.facility.crane.servers"
add = 1
"#;

#[test]
fn the_cheapest_that_helps_is_taken_again_and_again() {
    let place = place();
    fs::write(place.path().join("measures.toml"), MEASURES).unwrap();
    fs::write(place.path().join("other.toml"), OTHER).unwrap();
    let run =
        midcor(place.path(), "capacity crane.toml --replications 4 --relieve measures.toml --interest 0 --format json")
            .code(0);
    assert!(err(&run).contains("`free` has neither capex nor opex"), "{}", err(&run));
    let value = json(&out(&run));
    let stairs = value["relief"]["stairs"].as_array().unwrap();
    let taken: Vec<&str> = stairs.iter().filter_map(|stair| stair["measures"][0]["id"].as_str()).collect();
    assert_eq!(taken, ["second-crane", "third-crane"]);
    let tonnes = |stair: usize| stairs[stair]["capacity"]["tonnes"]["mean"].as_f64().unwrap() / (8760.0 * 14.0);
    for (stair, cranes) in [(0, 1.0), (1, 2.0), (2, 3.0)] {
        assert!((tonnes(stair) / cranes - 1.0).abs() < 0.03, "{stair}: {}", tonnes(stair));
    }
    assert_eq!(stairs[2]["invested_usd"], 9e6);
    assert_eq!(stairs[2]["annual_cost_usd"], 4.5e5);
    assert_eq!(value["relief"]["tried_in_vain"].as_array().unwrap(), &["wagons"]);
    assert_eq!(value["relief"]["not_open"].as_array().unwrap(), &["other-crane"]);
    let folder = place.path().join("results/crane-capacity");
    for file in ["summary.json", "capacity.json", "capacity.csv", "charts/capacity.svg", "charts/relief.png"] {
        assert!(folder.join(file).is_file(), "{file}");
    }
    assert_eq!(fs::read_to_string(folder.join("capacity.json")).unwrap(), out(&run));
}

#[test]
fn two_measures_are_taken_where_neither_helps_alone() {
    let place = place();
    let gate =
        "facility.gate = { kind = \"border\", servers = 1, time = \"1 h\", when = \"destination\" }\n[link.line]";
    let gate = CRANE.replace("{ dist = \"exponential\", mean = \"1 h\" }", "\"1 h\"").replace("[link.line]", gate);
    fs::write(place.path().join("gate.toml"), gate).unwrap();
    let measures = ["crane", "gate"].map(|id| {
        format!(
            "[measure.more-{id}s]\nset = [\"node.east.facility.{id}.servers += 1\"]\ncapex = \"1 MUSD\"\nlife = \"20 yr\"\n"
        )
    });
    let wagons = "[measure.wagons]\nset = [\"pool.wagons.size += 40\"]\ncapex = \"0.1 MUSD\"\nlife = \"20 yr\"\n";
    fs::write(place.path().join("measures.toml"), measures.concat() + wagons).unwrap();
    let run = midcor(place.path(), "capacity gate.toml --replications 3 --relieve measures.toml --format json").code(0);
    let value = json(&out(&run));
    let taken = value["relief"]["stairs"][1]["measures"].as_array().unwrap();
    let ids: Vec<&str> = taken.iter().filter_map(|measure| measure["id"].as_str()).collect();
    assert_eq!(ids, ["more-cranes", "more-gates"]);
    assert_eq!(value["relief"]["stairs"][1]["invested_usd"], 2e6);
}

#[test]
fn a_target_ends_the_climb() {
    let place = place();
    fs::write(place.path().join("measures.toml"), MEASURES).unwrap();
    fs::write(place.path().join("other.toml"), OTHER).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_midcor"));
    command.current_dir(place.path()).args(["capacity", "crane.toml", "--replications", "3", "--format", "csv"]);
    let run = command.args(["--relieve", "measures.toml", "--target", "200 kt/yr"]).assert().code(0);
    let text = out(&run);
    assert!(text.lines().any(|line| line.starts_with("fresh,second-crane,2.")), "{text}");
    assert!(!text.contains("third-crane"), "{text}");
}

#[test]
fn threads_change_nothing() {
    let place = place();
    for command in ["bottlenecks crane.toml --replications 4", "capacity crane.toml --replications 3"] {
        let [one, three] = [1, 3].map(|threads| {
            let study = command.split(' ').next().unwrap_or_default();
            let folder = place.path().join(format!("{study}-{threads}"));
            let call = format!("{command} --format json --threads {threads} --out {}", folder.display());
            out(&midcor(place.path(), &call).code(0))
        });
        assert!(one == three && !one.is_empty(), "{command}");
    }
}

#[test]
fn tables_say_what_they_found() {
    let place = place();
    let call = "bottlenecks crane.toml --replications 6 --also pool.wagons.size*=2 --details";
    let text = out(&midcor(place.path(), call).code(0));
    for words in
        ["Bottlenecks of One crane", "East, crane: servers += 1", "Worth of one more, by days", "The bottleneck is"]
    {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
    let csv = fs::read_to_string(place.path().join("results/crane-bottlenecks/bottlenecks.csv")).unwrap();
    let columns = csv.lines().next().unwrap().split(',').count();
    assert!(csv.lines().count() > 2 && csv.lines().all(|line| line.split(',').count() == columns), "{csv}");
    let text = out(&midcor(place.path(), "capacity crane.toml --replications 3 --details").code(0));
    for words in ["Practical capacity of One crane", "holds", "In fresh numbers", "By arithmetic"] {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
}

fn refused(place: &Path, args: &[&str], part: &str) {
    let run = Command::new(env!("CARGO_BIN_EXE_midcor")).current_dir(place).env("NO_COLOR", "1").args(args).assert();
    assert_eq!(run.get_output().status.code(), Some(2), "{args:?}: {}", err(&run));
    assert!(err(&run).contains(part), "{args:?}: {}", err(&run));
}

#[test]
fn wrong_questions_are_told_before_anything_is_simulated() {
    let place = place();
    let at = place.path();
    fs::write(at.join("mix.toml"), "[cargo]\nboxs = 1\n").unwrap();
    fs::write(
        at.join("measures.toml"),
        "[measure.crane]\nset = [\"pool.wagons.size += 1\"]\ncapex = \"1 MUSD\"\nlife = \"0 yr\"\n",
    )
    .unwrap();
    refused(at, &["capacity", "crane.toml", "--service", "section.hole P95 <= 1 d"], "did you mean `section.whole`");
    refused(at, &["capacity", "crane.toml", "--service", "section.whole P95 <= 1 t"], "it wants d");
    refused(at, &["capacity", "crane.toml", "--mix", "mix.toml"], "did you mean `boxes`");
    refused(at, &["capacity", "crane.toml", "--mix", "nowhere.toml"], "nowhere.toml");
    refused(at, &["capacity", "crane.toml", "--relieve", "measures.toml"], "longer than nothing");
    refused(at, &["capacity", "crane.toml", "--target", "1 Mt/yr"], "--relieve");
    refused(at, &["capacity", "crane.toml", "--tolerance", "0"], "no precision");
    refused(at, &["bottlenecks", "crane.toml", "--also", "pool.wagon.size += 1"], "leads to no parameter");
    assert!(!at.join("results").exists());
}

#[test]
fn overlays_stand_on_one_another_once() {
    let overlay = |on: &str, by: u32| {
        format!("schema = 1\nextends = \"{on}.toml\"\n[[change]]\npath = \"pool.wagons.size\"\nadd = {by}\n")
    };
    let place = place();
    for (name, on, by) in [("a", "crane", 1), ("b", "a", 10), ("c", "crane", 100)] {
        fs::write(place.path().join(format!("{name}.toml")), overlay(on, by)).unwrap();
    }
    let path = |name: &str| place.path().join(format!("{name}.toml")).to_string_lossy().into_owned();
    let wagons = |overlays: &[&str]| {
        let overlays: Vec<String> = overlays.iter().map(|name| path(name)).collect();
        let overlays: Vec<&str> = overlays.iter().map(String::as_str).collect();
        let scenario: Contents =
            ScenarioReader::default().read_overlaid(&path("crane"), &overlays, &[]).into_contents().unwrap();
        assert_eq!((scenario.name.as_str(), scenario.title.as_str()), ("crane", "One crane"));
        scenario.pool["wagons"].size
    };
    assert_eq!(wagons(&[]), 60);
    assert_eq!(wagons(&["b"]), 71, "what an overlay extends comes with it");
    assert_eq!(wagons(&["a", "b", "c", "a"]), 171);
    let other = ScenarioReader::default().read_overlaid("smallest", &[&path("c")], &[]);
    assert!(other.rendered().contains("is a scenario and no overlay"), "{}", other.rendered());
}
