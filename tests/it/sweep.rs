//! `midcor sweep` where the answer is known: regular arrivals at a crane that takes a fixed time.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use midcor::analysis::sweep::{Grid, Looked, SweptEnd, Vary, sweep};
use midcor::experiment::{Cancel, Progress};

use midcor::results::MeasureRef;
use midcor::scenario::{InMemory, ScenarioReader, Setting};
use midcor::study::{Lab, Prepared, Years};
use serde_json::Value;
use tempfile::TempDir;

use crate::program::{err, midcor, out};

/// One box an hour, ten hours on the line, a quarter of an hour at the crane.
const CRANE: &str = r#"
schema = 1
title = "A crane without chance"

[run]
horizon = "60 d"
drain = "5 d"
replications = 3

[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10

[node.west]
[node.east]
facility.crane = { kind = "crane", servers = 1, time = "0.25 h", when = "destination" }

[link.line]
from = "west"
to = "east"
mode = "rail"
time = "10 h"

[flow.demo]
cargo = "boxes"
from = "west"
to = "east"
volume = "24 TEU/d"
shipment = "1 TEU"
arrivals = "regular"

[section.whole]
from = "west"
to = "east"
"#;

fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("crane.toml"), CRANE).unwrap();
    place
}

fn json(place: &Path, call: &str) -> Value {
    serde_json::from_str(&out(&midcor(place, &format!("{call} --format json")).code(0))).unwrap()
}

fn close(one: &Value, other: f64) {
    let one = one.as_f64().unwrap();
    assert!((one - other).abs() < 1e-9 * other.abs().max(1.0), "{one} is not {other}");
}

#[test]
fn a_longer_service_makes_the_journey_as_much_longer() {
    let place = place();
    let call = "sweep crane.toml --vary node.east.facility.crane.time=0.25h..0.75h:0.25h --measure flow.demo";
    let swept = json(place.path(), call);
    assert_eq!(swept["vary"][0]["values"], serde_json::json!(["0.25 h", "0.5 h", "0.75 h"]));
    // The first point is the scenario as it is written.
    assert_eq!((&swept["reference"][0], &swept["complete"]), (&"0.25 h".into(), &true.into()));
    for (place, hours) in [(0, 0.25), (1, 0.5), (2, 0.75)] {
        let figure = &swept["points"][place]["figures"][0];
        assert_eq!((figure["measure"].as_str(), figure["unit"].as_str()), (Some("transit_time"), Some("d")));
        close(&figure["value"], (10.0 + hours) / 24.0);
        close(&figure["difference"], (hours - 0.25) / 24.0);
        close(&figure["difference_half_width"], 0.0);
    }
    let folder = place.path().join("results/crane-sweep");
    for file in ["sweep.json", "sweep.csv", "scenario.toml"] {
        assert!(folder.join(file).is_file(), "{file}");
    }
}

#[test]
fn every_point_is_the_run_with_its_settings() {
    let place = place();
    let chance = CRANE.replace("\"0.25 h\"", "{ dist = \"exponential\", mean = \"0.5 h\" }");
    fs::write(place.path().join("crane.toml"), chance.replace("\"regular\"", "\"poisson\"")).unwrap();
    let swept = json(place.path(), "sweep crane.toml --vary flow.demo.volume*=0.5,1,1.5");
    assert_eq!(swept["reference"][0], "1");
    let run = json(place.path(), "run crane.toml --set flow.demo.volume*=1.5");
    let row = |measure: &str| {
        let rows = run["measures"].as_array().unwrap();
        let fits = |row: &&Value| row["measure"] == measure && row["period"] == "horizon" && row["place"] == "";
        rows.iter().find(fits).unwrap()
    };
    let figures = swept["points"][2]["figures"].as_array().unwrap();
    let names: Vec<String> = figures.iter().map(|f| format!("{} {}", f["measure"], f["statistic"])).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    assert_eq!(figures[0]["value"], row("throughput")["mean"]);
    assert_eq!(figures[0]["half_width"], row("throughput")["half_width"]);
    assert_eq!(figures[2]["value"], row("section_time")["p50"]);
    assert_eq!(figures[3]["value"], row("section_time")["p95"]);
    assert_eq!(figures[3]["half_width"], row("section_time")["p95_half_width"]);
    let difference =
        figures[0]["value"].as_f64().unwrap() - swept["points"][1]["figures"][0]["value"].as_f64().unwrap();
    close(&figures[0]["difference"], difference);
}

#[test]
fn two_parameters_make_a_grid_and_a_map() {
    let place = place();
    let call = "sweep crane.toml --vary node.east.facility.crane.time=0.25h,0.5h --vary link.line.time=10h,20h,30h \
                --measure flow.demo --format csv --out here";
    let swept = out(&midcor(place.path(), call).code(0));
    let lines: Vec<&str> = swept.lines().collect();
    assert_eq!(lines.len(), 7);
    assert!(lines[0].starts_with("node.east.facility.crane.time,link.line.time,measure,subject,period,statistic,"));
    assert!(lines[1].ends_with(",true") && lines[6].starts_with("0.5h,30h,transit_time,flow.demo,horizon,mean,d,3,"));
    let value: f64 = lines[6].split(',').nth(8).unwrap().parse().unwrap();
    assert!((value - 30.5 / 24.0).abs() < 1e-12, "{value}");
    assert_eq!(fs::read_to_string(place.path().join("here/sweep.csv")).unwrap(), swept);
    if cfg!(feature = "charts") {
        let svg = fs::read_to_string(place.path().join("here/charts/transit-time-demo-mean.svg")).unwrap();
        assert!(svg.contains("1.27") && svg.contains(": time\""), "the values stand in the cells");
    }
}

#[test]
fn threads_change_nothing_and_other_results_are_not_lost() {
    let place = place();
    let call = |threads: u32| {
        let call =
            format!("sweep crane.toml --vary flow.demo.volume*=0.5,0.9 --format csv --threads {threads} --out t");
        out(&midcor(place.path(), &call).code(0))
    };
    assert_eq!(call(1), call(3));
    fs::create_dir(place.path().join("thesis")).unwrap();
    fs::write(place.path().join("thesis/chapter-1.txt"), "years of work").unwrap();
    midcor(place.path(), "sweep crane.toml --vary flow.demo.volume*=0.5,0.9 --out thesis").code(2);
    assert_eq!(fs::read_dir(place.path().join("thesis")).unwrap().count(), 1);
}

#[test]
fn what_cannot_be_varied_is_told_before_anything_is_simulated() {
    let place = place();
    for (call, part) in [
        ("--vary node.east.facility.crane.servrs=1..3:1", "node.east.facility.crane.servers"),
        ("--vary node.east.facility.crane.servers=0.5..3:0.5", "servers"),
        ("--vary node.east.facility.crane.servers=1..3", "has no step"),
        ("--vary node.east.facility.crane.time=1,2", "unit"),
        ("--vary a.b=1,2 --vary c.d=1,2 --vary e.f=1,2", "one or two"),
        ("--vary flow.demo.volume*=1,2 --vary flow.demo.volume*=3,4", "varied twice"),
        ("--vary flow.demo.volume*=1,2 --measure section.whale", "did you mean `section.whole`"),
        ("--vary flow.demo.volume*=1,2 --measure throughput_tue", "throughput_teu"),
        ("", "--vary"),
    ] {
        let swept = midcor(place.path(), &format!("sweep crane.toml {call}")).code(2);
        assert!(err(&swept).contains(part), "{call}: {}", err(&swept));
        assert!(!place.path().join("results/crane-sweep").exists(), "{call}");
    }
}

/// Asks for a stop once so many years are done.
struct Stopper(Cancel, u64, AtomicU64);

impl Progress for Stopper {
    fn done(&self, done: u64, of: u64) {
        self.2.store(of, Ordering::Relaxed);
        if done >= self.1 {
            self.0.request();
        }
    }
}

#[test]
fn a_stop_keeps_the_points_that_were_finished() {
    let vary = Vary::parse("node.east.facility.crane.servers=1..4:1").unwrap();
    let grid = Grid { varies: vec![vary], reference: 0 };
    let ready = |settings: &[Setting]| -> Result<Prepared, String> {
        let reader = ScenarioReader::new(InMemory::new([("crane.toml", CRANE)]));
        let mut found = reader.read("crane.toml", settings);
        let scenario = found.scenario.take().ok_or_else(|| found.rendered())?;
        Prepared::of(&found, scenario).map_err(|errors| errors[0].to_string())
    };
    let measures = MeasureRef::headline(&ready(&[]).unwrap().layout.catalogue().rows);
    let lab = Lab { threads: 1, ..Lab::new(Years::Fixed(0..3), 1) };
    let cancel = Cancel::default();
    // Of four points of three years each, the third is under way.
    let stopper = Stopper(cancel.clone(), 8, AtomicU64::new(0));
    let looked = Looked { measures, lead: 0, until: None };
    let swept = sweep(&grid, &looked, &lab.watched(&stopper, &cancel), ready);
    assert!(matches!(swept.end, SweptEnd::Stopped));
    let places: Vec<usize> = swept.sweep.unwrap().points.iter().map(|point| point.place[0]).collect();
    assert_eq!((places, stopper.2.into_inner()), (vec![0, 1], 12));
}
