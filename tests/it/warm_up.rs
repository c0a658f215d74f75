//! `midcor warm-up` where the answer is known: what is steady from the start, what fills up, and what never comes to rest.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{midcor, out};

/// Boxes at random, about 240 a day, that run for a while; nothing waits.
fn line(time: &str, warm_up: &str) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    let text = format!(
        r#"
schema = 1
title = "A line"

[run]
horizon = "366 d"
warm-up = "{warm_up}"
replications = 4

[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10

[node.west]
[node.east]
[node.far]

[link.line]
from = "west"
to = "east"
mode = "rail"
time = "{time}"

[link.beyond]
from = "east"
to = "far"
mode = "rail"
time = "1 h"

[flow.demo]
cargo = "boxes"
from = "west"
to = "east"
volume = "240 TEU/d"
shipment = "10 TEU"

[section.line]
from = "west"
to = "east"
"#
    );
    fs::write(place.path().join("line.toml"), text).unwrap();
    place
}

fn found(place: &Path, call: &str) -> Value {
    serde_json::from_str(&out(&midcor(place, &format!("warm-up line.toml {call} --format json")).code(0))).unwrap()
}

#[test]
fn what_is_steady_from_the_start_needs_next_to_nothing() {
    let place = line("2 h", "0 d");
    let found = found(place.path(), "");
    assert!(found["settled_d"].as_u64().unwrap() <= 10, "{found}");
    // Three times two hours.
    assert_eq!(found["rule_d"], 1);
    assert!((found["transit_p95_d"].as_f64().unwrap() - 2.0 / 24.0).abs() < 1e-4);
    let table = out(&midcor(place.path(), "warm-up line.toml --out again").code(0));
    assert!(table.contains("Proposed warm-up: ") && table.contains("The scenario's warm-up of 0 d is"), "{table}");
}

/// The line holds what is made in 40 days, so that it fills for as long: a box train each hour, whose days are all alike.
#[test]
fn what_fills_up_has_to_warm_up_until_it_is_full() {
    let place = line("40 d", "20 d");
    let found = found(place.path(), "--set flow.demo.arrivals=\"regular\"");
    assert_eq!(found["settled_d"], 40);
    assert_eq!((&found["rule_d"], &found["proposal_d"]), (&120.into(), &120.into()));
    assert_eq!((&found["present_d"], &found["days"]), (&20.0.into(), &386.into()));
    let told = found["headline"]["found"].to_string();
    assert!(told.contains("warm-up of 20 d is 100 d too short") && told.contains("under way, corridor"), "{told}");
    // By Little's law 2,400 t a day for 40 days.
    let under_way = found["series"].as_array().unwrap().iter().find(|one| one["measure"] == "under_way").unwrap();
    let mean = under_way["mean_settled"].as_f64().unwrap();
    assert!((mean / 96_000.0 - 1.0).abs() < 0.02, "{mean}");
}

/// Nothing of the warm-up is left out: the days are the same however it is cut, and as many as are asked for.
#[test]
fn the_days_do_not_depend_on_the_warm_up_that_is_there() {
    let days = |warm_up: &str| {
        let place = line("10 d", warm_up);
        midcor(place.path(), "warm-up line.toml --over 100d --replications 2 --out here").code(0);
        let text = fs::read_to_string(place.path().join("here/days.csv")).unwrap();
        (text.lines().count(), text)
    };
    let (short, long) = (days("5 d"), days("60 d"));
    assert_eq!(short.0, 1 + 3 * 100);
    // Another start is another calendar, so that of the random numbers the same boxes come at the same times on the clock.
    assert_eq!(short.1, long.1);
}

#[test]
fn a_queue_that_grows_is_refused() {
    let place = line("1 d", "30 d");
    let call = "--set link.line.paths-per-day=20";
    let found = found(place.path(), call);
    assert_eq!((&found["proposal_d"], &found["settled_d"]), (&Value::Null, &Value::Null));
    let refused = found["refused"].as_str().unwrap();
    assert!(refused.contains("not settled: under way, corridor"), "{refused}");
    let table = out(&midcor(place.path(), &format!("warm-up line.toml --out again {call}")).code(0));
    assert!(table.contains("No warm-up can be proposed"), "{table}");
}

#[test]
fn a_run_that_is_too_short_or_empty_says_so() {
    let place = line("40 d", "20 d");
    let short = found(place.path(), "--over 60d");
    assert!(short["refused"].as_str().unwrap().contains("too short"), "{short}");
    let refused = midcor(place.path(), "warm-up line.toml --over 20d").code(2);
    assert!(crate::program::err(&refused).contains("longer than the warm-up of 20 d"));
    let empty =
        found(place.path(), "--set flow.demo.from=east --set flow.demo.to=far --set flow.demo.until-date=2000-01-01");
    assert!(empty["refused"].as_str().unwrap().contains("too little is made"), "{empty}");
}

#[test]
fn the_folder_has_every_day_and_a_chart_of_every_series() {
    let place = line("2 d", "5 d");
    midcor(place.path(), "warm-up line.toml --replications 2 --out here").code(0);
    for file in ["warm-up.csv", "days.csv", "warm-up.json", "scenario.toml"] {
        assert!(place.path().join("here").join(file).is_file(), "{file}");
    }
    for chart in ["warm-up-under-way", "warm-up-transit-time", "warm-up-section-line"] {
        let svg = fs::read_to_string(place.path().join(format!("here/charts/{chart}.svg"))).unwrap();
        assert!(svg.contains("warm-up of the scenario: 5 d") && svg.contains("moving average"), "{chart}");
    }
}
