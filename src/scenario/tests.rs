//! The whole reader on small texts.

use super::{Loader, InMemory, Scenario, Setting};

const ONE_CRANE: &str = r#"schema = 1
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

#[test]
fn the_smallest_scenario_loads() {
    let loaded = Scenario::parse(ONE_CRANE, "one-crane");
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.rendered());
    let scenario = loaded.scenario.unwrap();
    assert_eq!(scenario.name, "one-crane");
    assert!((scenario.flow["demo"].volume - 7884.0).abs() < 1e-9);
    assert_eq!(scenario.node["east"].facility["crane"].servers, Some(1));
    assert_eq!(scenario.run.replications, 100);
}

#[test]
fn settings_change_parameters_and_take_bare_texts() {
    let settings: Vec<Setting> = ["link.line.time=9 h", "node.east.facility.crane.servers+=2", "node.*.facility.crane.time*=1.5"]
        .map(|text| Setting::parse(text).unwrap())
        .to_vec();
    let loaded = Loader::new(InMemory::default()).load_text(ONE_CRANE, "one-crane", &settings);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.rendered());
    let scenario = loaded.scenario.unwrap();
    assert_eq!(scenario.link["line"].time.as_ref().unwrap().mean(), 9.0 * 3.6e6);
    let crane = &scenario.node["east"].facility["crane"];
    assert_eq!(crane.servers, Some(3));
}
