//! Bounds on work, memory and waiting: what a scenario may ask for, and how the program ends when it is asked to.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use midcor::model::Plan;
use midcor::results::Layout;
use midcor::scenario::ScenarioReader;
use midcor::study::memory_need;
use midcor::words::Subject;

use crate::lab::Lab;
use crate::matrix::measured;
use crate::program::{err, midcor, out};

/// What the program promises is two seconds; the machine of a test may be busy.
const SOON: Duration = Duration::from_secs(8);

/// A crane between two places; the texts are the run and the volume.
fn crane(run: &str, servers: &str, volume: &str) -> String {
    format!(
        r#"
schema = 1
title = "A crane"
[run]
{run}
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 14
[node.west]
[node.east]
facility.crane = {{ kind = "crane", {servers}, time = {{ dist = "exponential", mean = "1 h" }}, when = "destination" }}
[link.line]
from = "west"
to = "east"
mode = "rail"
time = "10 h"
[flow.demo]
cargo = "boxes"
from = "west"
to = "east"
volume = "{volume}"
shipment = "1 TEU"
"#
    )
}

fn place(text: &str) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("s.toml"), text).unwrap();
    place
}

fn summary(folder: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join("summary.json")).unwrap()).unwrap()
}

/// At one shipment a year one replication of three has none: that year is a result like any other.
#[test]
fn a_year_without_a_shipment_is_a_result() {
    let place = place(&crane("horizon = \"365 d\"\nreplications = 5", "servers = 1", "1 TEU/yr"));
    let empty = (0..20).find(|year| {
        let run = midcor(place.path(), &format!("run s.toml --replications {year}..{} --out {year}", year + 1)).code(0);
        err(&run).contains("no shipment was offered")
    });
    let folder = place.path().join(empty.unwrap().to_string());
    let rows = summary(&folder)["measures"].as_array().unwrap().clone();
    let row =
        |measure: &str| rows.iter().find(|row| row["measure"] == measure && row["subject"] == "corridor").unwrap();
    assert_eq!(row("offered")["mean"], 0.0);
    assert!(row("transit_time")["mean"].is_null() && row("transit_time")["p50"].is_null());
}

/// A vessel whose round takes no time is named at once.
#[test]
fn what_keeps_the_clock_from_going_on_is_named() {
    let text = r#"
schema = 1
title = "A ferry without rest"
[run]
horizon = "100 d"
replications = 2
[cargo.w]
unit = "wagon"
tonnes-per-unit = 60
[node.port]
[node.island]
[link.sea]
from = "port"
to = "island"
mode = "sea"
time = "0 h"
[fleet.shuttle]
ports = ["port", "island"]
carries = ["w"]
capacity = "50 wagon"
vessels = 1
max-wait = "24 h"
max-idle = "0 h"
load = "0 h"
unload = "0 h"
[flow.f]
cargo = "w"
from = "port"
to = "island"
volume = "20 wagon/d"
shipment = "10 wagon"
"#;
    let place = place(text);
    let started = Instant::now();
    let run = midcor(place.path(), "run s.toml").failure();
    let said = err(&run);
    // Whether it is refused when it is read or stopped when it runs, it is named.
    assert!(said.contains("fleet.shuttle"), "{said}");
    assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
}

fn spawn(place: &Path, args: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_midcor"));
    command.current_dir(place).args(args.split_whitespace());
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Sends a signal to a command after a while: its exit status and how long it still took.
fn stopped(place: &Path, args: &str, signal: &str, after: Duration) -> (Option<i32>, Duration) {
    let mut child = spawn(place, args);
    std::thread::sleep(after);
    let sent = Instant::now();
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    (child.wait().unwrap().code(), sent.elapsed())
}

/// A replication of hours; nothing is finished, so nothing is left behind.
#[test]
fn signals_end_a_replication_under_way() {
    let place = place(&crane("horizon = \"3000 d\"\nreplications = 1", "servers = 100000", "2000000 TEU/yr"));
    for signal in ["-TERM", "-HUP", "-INT"] {
        let (status, took) = stopped(place.path(), "run s.toml --threads 1", signal, Duration::from_millis(1500));
        assert_eq!(status, Some(1), "{signal}");
        assert!(took < SOON, "{signal}: {took:?}");
    }
    assert!(!place.path().join("results/s").exists());
}

/// Of many replications those that are finished are kept.
#[test]
fn a_signal_keeps_what_is_finished() {
    let place = place(&crane("horizon = \"365 d\"", "servers = 100", "500000 TEU/yr"));
    let call = "run s.toml --replications 100000 --threads 1";
    let (status, took) = stopped(place.path(), call, "-TERM", Duration::from_secs(6));
    assert_eq!(status, Some(1));
    assert!(took < SOON, "{took:?}");
    let finished = summary(&place.path().join("results/s"))["run"]["replications"].as_u64().unwrap();
    assert!(finished > 0 && finished < 100_000, "{finished}");
}

/// A crane that may stand still for most of the year: in some years the queue is long, in others there is none.
#[test]
fn a_year_that_takes_too_much_memory_is_left_out_and_the_queue_named() {
    let facility = "servers = 1, mtbf = \"400 d\", mttr = \"1000 d\"";
    let text = crane("horizon = \"365 d\"\nreplications = 12", facility, "100000 TEU/yr");
    let text = text.replace("mean = \"1 h\"", "mean = \"3 min\"");
    let place = place(&text);
    let run = midcor(place.path(), "run s.toml --threads 1 --memory 54MB").code(1);
    let said = err(&run);
    assert!(said.contains("is left out") && said.contains("node.east.facility.crane"), "{said}");
    assert!(out(&run).contains("A crane"));
    let summary = summary(&place.path().join("results/s"));
    let (kept, left_out) = (&summary["run"]["replications"], summary["run"]["left_out"].as_array().unwrap());
    assert!(kept.as_u64().unwrap() > 0 && !left_out.is_empty());
    assert_eq!(kept.as_u64().unwrap() + left_out.len() as u64, 12);
    assert!(said.contains(&format!("of the {kept} others")), "{said}");
    // The folder is read as it is, on any number of threads it is the same, and with enough memory nothing is left out.
    midcor(place.path(), "merge results/s --out merged").code(0);
    let enough = midcor(place.path(), "run s.toml --threads 1 --memory 4GB --out enough").code(0);
    assert!(!err(&enough).contains("left out"));
    midcor(place.path(), "run s.toml --threads 2 --out unbound").code(0);
    let text = |folder: &str| fs::read_to_string(place.path().join(folder).join("summary.json")).unwrap();
    assert_eq!(text("enough"), text("unbound"));
}

/// Files that each name the next twice: read once each, not 2^24 times.
#[test]
fn a_diamond_of_includes_is_read_once() {
    let place = place(&crane("horizon = \"10 d\"\nreplications = 1", "servers = 1", "10 TEU/yr"));
    let text = fs::read_to_string(place.path().join("s.toml")).unwrap();
    fs::write(place.path().join("s.toml"), format!("include = [\"q1.toml\"]\n{text}")).unwrap();
    for number in 1..24 {
        let next = number + 1;
        let text = format!(
            "include = [\"q{next}.toml\", \"./q{next}.toml\"]\n[season.s{number}]\nfactors = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
        );
        fs::write(place.path().join(format!("q{number}.toml")), text).unwrap();
    }
    fs::write(place.path().join("q24.toml"), "[node.last]\n").unwrap();
    let started = Instant::now();
    midcor(place.path(), "check s.toml").code(0);
    assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
    let shown = midcor(place.path(), "list parameters season.s23 --scenario s.toml").code(0);
    assert!(out(&shown).contains("season.s23"));
}

/// Whatever the call names the file, by `..` or by a link: the folder of the scenario is the wall.
#[test]
fn includes_stay_in_the_folder_whatever_the_call() {
    let scenario = crane("horizon = \"10 d\"\nreplications = 1", "servers = 1", "10 TEU/yr");
    let place = tempfile::tempdir().unwrap();
    let inner = place.path().join("x/y");
    fs::create_dir_all(&inner).unwrap();
    let outside = "[season.s]\nfactors = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
    fs::write(place.path().join("outside.toml"), outside).unwrap();
    std::os::unix::fs::symlink("../../outside.toml", inner.join("link.toml")).unwrap();
    std::os::unix::fs::symlink("../..", inner.join("up")).unwrap();
    fs::write(inner.join("s.toml"), &scenario).unwrap();
    for (number, named) in ["../../outside.toml", "link.toml", "up/outside.toml"].into_iter().enumerate() {
        let text = format!("include = [{named:?}]\n{scenario}");
        fs::write(inner.join(format!("i{number}.toml")), text).unwrap();
        fs::write(inner.join(format!("e{number}.toml")), format!("extends = {named:?}\ntitle = \"x\"\n")).unwrap();
        for file in [format!("i{number}.toml"), format!("e{number}.toml")] {
            let calls = [(&inner, file.clone()), (&inner, format!("./{file}")), (&inner, format!("../y/{file}"))];
            let outer = place.path().join("x");
            let more = [(&outer, format!("y/{file}")), (&outer, format!("{}/{file}", inner.display()))];
            for (from, call) in calls.into_iter().chain(more) {
                let refused = midcor(from, &format!("check {call}")).code(2);
                assert!(err(&refused).contains("outside the folder"), "{call}: {}", err(&refused));
            }
        }
        midcor(&inner, &format!("check i{number}.toml --anywhere")).code(0);
    }
}

/// What has no end is not read: devices, pipes, huge files, wherever a file is named.
#[test]
fn what_has_no_end_is_not_read() {
    let scenario = crane("horizon = \"10 d\"\nreplications = 1", "servers = 1", "10 TEU/yr");
    let place = place(&scenario);
    std::os::unix::fs::symlink("/dev/zero", place.path().join("zero.toml")).unwrap();
    assert!(Command::new("mkfifo").arg(place.path().join("pipe.toml")).status().unwrap().success());
    fs::File::create(place.path().join("huge.toml")).unwrap().set_len(3 << 30).unwrap();
    fs::write(place.path().join("bad.toml"), "extends = \"pipe.toml\"").unwrap();
    let started = Instant::now();
    for file in ["zero.toml", "pipe.toml", "huge.toml"] {
        fs::write(place.path().join("i.toml"), format!("include = [{file:?}]\n{scenario}")).unwrap();
        let calls = [
            "check FILE",
            "check i.toml",
            "run i.toml --anywhere",
            "validate s.toml --against FILE",
            "capacity s.toml --mix FILE",
            "capacity s.toml --relieve FILE",
        ];
        for call in calls {
            let refused = midcor(place.path(), &call.replace("FILE", file)).code(2);
            let said = err(&refused);
            assert!(
                said.contains("device") || said.contains("MB") || said.contains("outside the folder"),
                "{call} {file}: {said}"
            );
        }
    }
    midcor(place.path(), "check bad.toml").code(2);
    fs::create_dir(place.path().join("results")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", place.path().join("results/summary.json")).unwrap();
    for call in ["merge results --out m", "chart results"] {
        midcor(place.path(), call).failure();
    }
    assert!(started.elapsed() < 4 * SOON, "{:?}", started.elapsed());
}

#[test]
fn many_stars_in_a_path_and_long_titles_and_ids_take_no_time() {
    let scenario = crane("horizon = \"10 d\"\nreplications = 1", "servers = 1", "10 TEU/yr");
    let place = place(&scenario.replace("crane =", &format!("{} =", "c".repeat(60))));
    let started = Instant::now();
    let pattern = format!("run s.toml --set node.east.facility.{}b.servers=2", "c*a**a*".repeat(12));
    midcor(place.path(), &pattern).code(2);
    midcor(place.path(), &format!("check s.toml --set node.east.facility.{}c.servers=2", "c*".repeat(30))).code(0);
    for text in [
        scenario.replace("A crane", &"x".repeat(20_000)),
        scenario.replace("[node.west]", &format!("[node.west]\nname = \"{}\"", "ə".repeat(20_000))),
        scenario.replace("flow.demo", &format!("flow.{}", "d".repeat(20_000))),
    ] {
        fs::write(place.path().join("long.toml"), text).unwrap();
        let refused = midcor(place.path(), "check long.toml").code(2);
        assert!(err(&refused).contains("too-long"), "{}", err(&refused));
        assert!(err(&refused).len() < 2_000);
    }
    assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
}

/// Where a crane is asked for three times what it can do, two thirds of what comes wait at the end.
#[test]
fn what_will_wait_is_estimated_before_the_run() {
    let text = crane("horizon = \"365 d\"\ndrain = \"0 d\"\nreplications = 1", "servers = 1", "26280 TEU/yr");
    let lab = Lab::new(&text);
    let need = memory_need(&lab.plan, lab.catalogue());
    assert!((17_000.0..18_000.0).contains(&need.waiting), "{need:?}");
    assert_eq!(need.queue.as_ref().map(Subject::as_str), Some("node.east.facility.crane"));
    let wait = lab.outcome(0).flows[0].under_way_end.count as f64;
    assert!((wait / need.waiting - 1.0).abs() < 0.1, "{wait} and {need:?}");
    assert!(need.bytes > 300.0 * need.waiting && need.bytes < 3_000.0 * need.waiting, "{need:?}");
}

/// What is estimated before a run is between a half and twice what it takes beyond reading the scenario: where nearly all
/// wait, where hardly anything waits, and in a corridor with many rows.
#[test]
fn the_estimate_of_memory_is_within_a_factor_of_two() {
    let run = "horizon = \"365 d\"\ndrain = \"0 d\"\nreplications = 1";
    let place = place(&crane(run, "servers = 1", "300000 TEU/yr"));
    fs::write(place.path().join("flowing.toml"), crane(run, "servers = 60", "300000 TEU/yr")).unwrap();
    for (scenario, years) in [("s.toml", 1), ("flowing.toml", 1), ("baseline-2024", 2)] {
        let path = place.path().join(scenario).display().to_string();
        let reading = ScenarioReader::default().read(if scenario == "baseline-2024" { scenario } else { &path }, &[]);
        let scenario_read = reading.into_contents().unwrap_or_else(|_| panic!("{scenario} is not read"));
        let plan = Plan::of(&scenario_read).unwrap();
        let need = memory_need(&plan, Layout::of(&plan).catalogue()).of_all(years, 1);
        let taken = |call: &str| measured(place.path(), call).1 as f64 * 1e6;
        let before = taken(&format!("check {scenario}"));
        let took = taken(&format!("run {scenario} --replications {years} --threads 1 --quiet")) - before;
        eprintln!("{scenario}: {took} bytes taken, {need} estimated");
        assert!((0.5..2.0).contains(&(need / took)), "{scenario}: {took} taken, {need} estimated");
    }
}
