//! National matrices: tens of thousands of flows on one network.
//!
//! ```text
//! cargo test --release --test it matrix::measure -- --ignored --nocapture
//! ```
//!
//! prints what checking, running and comparing 10,000 and 50,000 flows takes.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::program::{err, midcor, out};

/// Nodes of a ring of railways.
const NODES: usize = 60;
const UNITS: [(&str, u32); 3] = [("wagon", 60), ("TEU", 14), ("t", 1)];
const CARGOES: usize = 20;

/// So many flows from every node to many others, of twenty cargoes, tagged by region.
fn matrix(flows: usize) -> String {
    let mut text =
        "schema = 1\ntitle = \"A national matrix\"\n[run]\nhorizon = \"30 d\"\nreplications = 2\n".to_owned();
    for cargo in 0..CARGOES {
        let (unit, tonnes) = UNITS[cargo % 3];
        let _ = write!(text, "[cargo.c{cargo}]\nunit = {unit:?}\ntonnes-per-unit = {tonnes}\n");
    }
    for node in 0..NODES {
        let next = (node + 1) % NODES;
        let _ = write!(
            text,
            "[node.n{node}]\n[node.n{node}.facility.gate]\nkind = \"crane\"\nservers = 50\ntime = \"30 min\"\n\
             [link.l{node}]\nfrom = \"n{node}\"\nto = \"n{next}\"\nmode = \"rail\"\nlength = \"100 km\"\nspeed = \"30 km/h\"\n"
        );
    }
    text.push_str("[section.first]\nfrom = \"n0\"\nto = \"n5\"\n");
    for flow in 0..flows {
        let (from, cargo, round) = (flow % NODES, (flow / NODES) % CARGOES, flow / (NODES * CARGOES));
        let to = (from + 1 + (round * 7 + cargo) % (NODES - 1)) % NODES;
        let (unit, _) = UNITS[cargo % 3];
        let (volume, shipment) = (40 + flow % 50, if unit == "t" { 40 } else { 2 });
        let _ = write!(
            text,
            "[flow.f{flow}]\ncargo = \"c{cargo}\"\nfrom = \"n{from}\"\nto = \"n{to}\"\nvolume = \"{volume} {unit}/yr\"\n\
             shipment = \"{shipment} {unit}\"\ntags = {{ region = \"r{}\" }}\n",
            from % 7
        );
    }
    text
}

fn rows(folder: &Path) -> Vec<Value> {
    let text = fs::read_to_string(folder.join("summary.json")).unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["measures"].as_array().unwrap().clone()
}

fn is_of_a_flow(row: &Value) -> bool {
    row["subject"].as_str().unwrap().starts_with("flow.")
}

/// Above a thousand flows their own rows are there on demand; all other rows are the same with and without them.
#[test]
fn rows_of_single_flows_are_on_demand_and_change_no_other() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("m.toml"), matrix(1_200)).unwrap();
    let without = midcor(place.path(), "run m.toml --out without").code(0);
    assert!(err(&without).contains("--by flow"), "{}", err(&without));
    let with = midcor(place.path(), "run m.toml --by flow --out with").code(0);
    assert!(!err(&with).contains("--by flow"));
    let (without, with) = (rows(&place.path().join("without")), rows(&place.path().join("with")));
    assert!(!without.iter().any(is_of_a_flow) && with.iter().filter(|row| is_of_a_flow(row)).count() > 1_200);
    let others: Vec<&Value> = with.iter().filter(|row| !is_of_a_flow(row)).collect();
    assert_eq!(without.iter().collect::<Vec<_>>(), others);
    // At and below a thousand they are there.
    fs::write(place.path().join("m.toml"), matrix(1_000)).unwrap();
    midcor(place.path(), "run m.toml --out few").code(0);
    assert!(rows(&place.path().join("few")).iter().any(is_of_a_flow));
}

/// What-ifs of so many flows are compared by corridor, cargo and tag, and by flow on demand.
#[test]
fn a_comparison_of_many_flows_is_of_single_ones_on_demand() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("m.toml"), matrix(1_200)).unwrap();
    let call =
        "compare m.toml --inputs fixed --replications 2 --what-if fewer:node.n3.facility.gate.servers=1 --format json";
    let subjects = |call: &str| {
        let printed: Value = serde_json::from_str(&out(&midcor(place.path(), call).code(0))).unwrap();
        let differences = printed["differences"].as_array().unwrap().clone();
        differences
            .iter()
            .map(|row| row["subject"].as_str().unwrap().to_owned())
            .collect::<std::collections::BTreeSet<_>>()
    };
    let few = subjects(call);
    assert!(few.contains("corridor") && few.contains("cargo.c0") && few.contains("tag.region.r3"), "{few:?}");
    assert!(!few.iter().any(|subject| subject.starts_with("flow.")), "{few:?}");
    let all = subjects(&format!("{call} --by flow"));
    assert!(few.is_subset(&all) && all.iter().any(|subject| subject.starts_with("flow.")));
}

const SHORT: [&str; 8] =
    ["--replications", "1", "--format", "json", "--set", "run.horizon=5d", "--set", "run.drain=5d"];

fn printed(place: &Path, call: &[&str]) -> Value {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_midcor"));
    let ended = command.current_dir(place).args(call).args(SHORT).assert().code(0);
    let is_told = err(&ended).contains("1200 flows: rows are of the corridor, cargoes and tags; --by flow");
    assert_eq!(is_told, !call.contains(&"--by") && call[0] != "stress", "{}", err(&ended));
    serde_json::from_str(&out(&ended)).unwrap()
}

/// The same rule for every study: rows of single flows only on demand, and results all the same.
#[test]
fn every_study_of_many_flows_keeps_rows_of_single_ones_on_demand() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("m.toml"), matrix(1_200)).unwrap();
    let by_flow = ["--by", "flow"];
    let judged = |found: &Value, of: &str| {
        let mut checks = found["capacity"]["checks"].as_array().unwrap().iter();
        checks.any(|check| check["of"].as_str().unwrap().starts_with(of))
    };
    let capacity = ["capacity", "m.toml", "--tolerance", "50%"];
    let (few, all) = (printed(place.path(), &capacity), printed(place.path(), &[&capacity[..], &by_flow].concat()));
    assert!(judged(&few, "cargo.") && !judged(&few, "flow.") && judged(&all, "flow."), "{few}");
    assert_eq!((&few["cut"], &few["no_cut"]), (&Value::Null, &"no-rows-by-flow".into()));
    assert!(all["cut"]["tonnes"].is_number() && all["no_cut"].is_null(), "{all}");

    let bottlenecks = ["bottlenecks", "m.toml", "--top", "1"];
    let found = printed(place.path(), &bottlenecks);
    let all = printed(place.path(), &[&bottlenecks[..], &by_flow].concat());
    let figures = |found: &Value| (found["capacities"].as_array().unwrap().len(), found["transit_h"].clone());
    assert_eq!(figures(&found), figures(&all));
    assert_eq!(figures(&found).0, NODES);

    let sweep = ["sweep", "m.toml", "--vary", "node.n3.facility.gate.servers=50,51"];
    printed(place.path(), &sweep);
    let of_one = [&sweep[..], &["--measure", "throughput flow.f1 t/yr"]].concat();
    assert!(printed(place.path(), &[&of_one[..], &by_flow].concat()).to_string().contains("flow.f1"));
    let mut refused = assert_cmd::Command::new(env!("CARGO_BIN_EXE_midcor"));
    let refused = refused.current_dir(place.path()).args(of_one).assert().code(2);
    assert!(err(&refused).contains("--by flow"), "{}", err(&refused));

    let stress = ["stress", "m.toml", "--close", "node.n3", "--from", "2024-01-02", "--for", "1d", "--follow", "2d"];
    printed(place.path(), &stress);
}

/// Five thousand flows: with the square of their number this would take minutes.
#[test]
fn thousands_of_flows_are_checked() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("m.toml"), matrix(5_000)).unwrap();
    let checked = midcor(place.path(), "check m.toml").code(0);
    assert!(out(&checked).contains("5000 flows"));
}

/// Time and most memory (MB) of a call.
pub(crate) fn measured(place: &Path, call: &str) -> (Duration, u64) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_midcor"));
    command.current_dir(place).args(call.split_whitespace()).stdout(Stdio::null());
    let started = Instant::now();
    let mut child = command.spawn().unwrap();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        most = most.max(line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1000);
        std::thread::sleep(Duration::from_millis(5));
    }
    (started.elapsed(), most)
}

const COMPARED: &str =
    "compare m.toml --replications 2 --inputs fixed --quiet --what-if fewer:node.n3.facility.gate.servers=1";

#[test]
#[ignore = "minutes; see the head of the file"]
fn measure() {
    let place = tempfile::tempdir().unwrap();
    for flows in [1_000, 10_000, 50_000] {
        fs::write(place.path().join("m.toml"), matrix(flows)).unwrap();
        for call in ["check m.toml", "run m.toml --replications 2 --quiet", COMPARED] {
            let (took, most) = measured(place.path(), call);
            eprintln!(
                "{flows:>6} flows  {:<7}  {:>7.2} s  {most:>5} MB",
                call.split(' ').next().unwrap(),
                took.as_secs_f64()
            );
        }
    }
}
