//! `midcor match` where the answer is known: what is carried is what is asked for.

use std::fs;

use assert_cmd::assert::Assert;
use serde_json::Value;
use tempfile::TempDir;

use super::program::{err, midcor, out, place_with};

/// One box an hour over a line that takes ten.
const LINE: &str = r#"
schema = 1
title = "A line without chance"

[run]
start = "2023-01-01"
warm-up = "5 d"
replications = 2

[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10

[node.west]
[node.east]

[link.line]
from = "west"
to = "east"
mode = "rail"
time = "10 h"

[flow.demo]
cargo = "boxes"
from = "west"
to = "east"
volume = "8760 TEU/yr"
shipment = "1 TEU"
arrivals = "regular"
"#;

/// Of the two figures one is held out and cannot be met.
const FIGURES: &str = "\
measure,subject,value,unit,low,high,class
throughput_teu,corridor,8760,TEU/yr,8000,9520,input
transit_time,corridor,99,d,98,100,tested
";

fn place(figures: &str) -> TempDir {
    let place = place_with("line.toml", LINE);
    fs::write(place.path().join("seen.csv"), figures).unwrap();
    place
}

/// Runs `midcor match` with the volume as what is not known.
fn matched(place: &TempDir, more: &str) -> Assert {
    let call = "match line.toml --against seen.csv --over flow.demo.volume=4000..14000TEU/yr";
    midcor(place.path(), &format!("{call} {more}"))
}

/// The band is a uniform law of 1,520, the model may be wrong by 438: 3 √(439² + 438²) = 1,860 on either side are left.
#[test]
fn what_is_carried_rules_out_what_was_not_asked_for() {
    let place = place(FIGURES);
    let found: Value = serde_json::from_str(&out(&matched(&place, "--points 40 --format json").code(0))).unwrap();
    let points = found["points"].as_array().unwrap();
    assert_eq!(points.len(), 40);
    let mut left = 0;
    for point in points {
        let volume = point["values"][0].as_f64().unwrap();
        let figures = point["figures"].as_array().unwrap();
        assert_eq!(figures.len(), 1, "what is held out is not looked at");
        let apart = figures[0]["implausibility"].as_f64().unwrap();
        let carried = figures[0]["simulated"].as_f64().unwrap();
        assert!((carried - volume).abs() < 5.0, "{carried} of {volume}");
        assert!(
            (apart - (carried - 8760.0).abs() / (1520.0_f64.powi(2) / 12.0 + 438.0_f64.powi(2)).sqrt()).abs() < 1e-9
        );
        left += usize::from(apart <= 3.0);
    }
    // 3,720 of a range of 10,000 with a point in each strip of 250.
    assert!((14..=16).contains(&left), "{left}");
    let csv = fs::read_to_string(place.path().join("results/line-match/match.csv")).unwrap();
    assert_eq!(csv.lines().filter(|line| line.ends_with("false")).count(), left);
}

#[test]
fn the_table_tells_what_is_left_of_each_range_and_what_each_figure_rules_out() {
    let place = place(FIGURES);
    let table = out(&matched(&place, "--points 12 --quiet").code(0));
    for part in ["Not ruled out: 4 of 12 points", "What is not known", "flow.demo.volume", "throughput_teu corridor"] {
        assert!(table.contains(part), "{part} in\n{table}");
    }
    assert!(!table.contains("transit_time"), "{table}");
}

/// A model that may be wrong by half of what is carried rules nothing out; one that cannot be wrong, more than else.
#[test]
fn what_the_model_may_be_wrong_by_is_for_the_asker_to_judge() {
    let place = place(FIGURES);
    let left = |error: &str| {
        let found: Value =
            serde_json::from_str(&out(&matched(&place, &format!("--points 40 --format json {error}")).code(0)))
                .unwrap();
        let apart = |point: &Value| point["figures"][0]["implausibility"].as_f64().unwrap();
        found["points"].as_array().unwrap().iter().filter(|point| apart(point) <= 3.0).count()
    };
    // 3 × 439 = 1,316 on either side of 8,760.
    assert_eq!(left("--other-error 50%"), 40);
    assert!((10..=12).contains(&left("--time-error 50% --other-error 0%")));
}

#[test]
fn what_cannot_be_matched_is_a_wrong_call() {
    let held_out = "measure,subject,value,unit,class\ntransit_time,corridor,9,d,tested\n";
    assert!(err(&matched(&place(held_out), "").code(2)).contains("held out"));
    let place = place(FIGURES);
    for (more, part) in [
        ("--over flow.demo.volume=1..2TEU/yr", "two ranges"),
        ("--over flow.dem.growth=0%..5%", "flow.dem"),
        ("--points 0", "0 points"),
        ("--time-error 2", "no error of a model"),
        ("--over flow.demo.growth", "PATH=LO..HI"),
    ] {
        let said = err(&matched(&place, more).code(2));
        assert!(said.contains(part), "{said}");
    }
}
