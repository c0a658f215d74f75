//! Bounds on work, memory and waiting: what a scenario may ask for, and how the program ends when it is asked to.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{err, midcor, out};

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
    let run = midcor(place.path(), "run s.toml --threads 1 --memory 62MB").code(1);
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
