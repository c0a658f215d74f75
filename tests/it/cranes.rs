//! Vessels that are loaded and unloaded by cranes of the port, where the answer can be told by hand.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::program::{err, midcor, out};

/// Four vessels of 10 TEU that are always full, an hour a box, ten hours at sea each way.
const PORT: &str = r#"
schema = 1
title = "A quay"

[run]
warm-up = "20 d"
horizon = "366 d"
replications = 1

[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10

[node.west]
facility.quay = { kind = "berth", for = "vessel", servers = 4 }
facility.crane = { kind = "crane", for = "vessel", servers = 1, rate = "1 TEU/h" }

[node.east]

[link.crossing]
from = "west"
to = "east"
mode = "sea"
time = "10 h"

[fleet.feeders]
ports = ["west", "east"]
carries = ["boxes"]
capacity = "10 TEU"
vessels = 4
berths.west = ["quay"]
cranes.west = ["crane"]

[flow.boxes]
cargo = "boxes"
from = "west"
to = "east"
volume = "100 TEU/d"
shipment = "10 TEU"
arrivals = "regular"
"#;

const HOURS: f64 = 366.0 * 24.0;

fn port() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("port.toml"), PORT).unwrap();
    place
}

/// The mean of a row in the table of measures.
fn mean(csv: &str, row: &str) -> f64 {
    let line = csv.lines().find(|line| line.starts_with(row)).unwrap_or_else(|| panic!("no row {row}"));
    let column = csv.lines().next().unwrap().split(',').position(|name| name == "mean").unwrap();
    line.split(',').nth(column).unwrap().parse().unwrap()
}

fn run(place: &Path, settings: &str) -> String {
    out(&midcor(place, &format!("run port.toml --format csv --out out --replace {settings}")).code(0))
}

#[test]
fn ships_wait_at_their_berths_for_a_crane_that_they_share() {
    let place = port();
    let one = run(place.path(), "");
    // The crane is never idle: a ship in ten hours, each of which waits for one before it.
    let voyages = mean(&one, "voyages,fleet.feeders,horizon,node.west");
    assert!((voyages - HOURS / 10.0).abs() < 2.0, "{voyages}");
    assert!((mean(&one, "utilisation,node.west.facility.crane,horizon") - 1.0).abs() < 1e-9);
    assert!((mean(&one, "waiting_time,node.west.facility.crane,horizon") - 10.0).abs() < 1e-6);
    // Of four ships one waits and one is loaded.
    assert!((mean(&one, "utilisation,node.west.facility.quay,horizon") - 0.5).abs() < 1e-3);
}

#[test]
fn a_second_crane_serves_a_second_ship_or_the_same_one() {
    let place = port();
    let two = "--set node.west.facility.crane.servers=2";
    let apart = mean(&run(place.path(), two), "voyages,fleet.feeders,horizon,node.west");
    assert!((apart - 4.0 * HOURS / 30.0).abs() < 4.0, "{apart}");
    let unit = format!("{two} --set node.west.facility.crane.per=\"unit\"");
    let together = run(place.path(), &unit);
    // Two cranes load ten boxes in five hours: four ships take 25 hours each.
    let voyages = mean(&together, "voyages,fleet.feeders,horizon,node.west");
    assert!((voyages - 4.0 * HOURS / 25.0).abs() < 4.0, "{voyages}");
    let utilisation = mean(&together, "utilisation,node.west.facility.crane,horizon");
    assert!((utilisation - 4.0 / 25.0 * 10.0 / 2.0).abs() < 1e-2, "{utilisation}");
}

/// What was hours of the fleet is hours of the crane: nothing else changes while no ship waits for one.
#[test]
fn enough_cranes_are_as_good_as_ships_that_load_by_themselves() {
    let place = port();
    let laws = "--set node.west.facility.crane.servers=4 --set node.west.facility.crane.rate=\"2TEU/h\"";
    let crane = run(place.path(), laws);
    let own = run(place.path(), "--set fleet.feeders.cranes={} --set fleet.feeders.load=\"2TEU/h\"");
    for row in ["throughput,corridor", "transit_time,corridor,horizon", "voyages,fleet.feeders,horizon,node.west"] {
        assert_eq!(mean(&crane, row).to_bits(), mean(&own, row).to_bits(), "{row}");
    }
}

/// A ship that is due is not held up by cargo that no crane has begun with, and leaves when the crane is through.
#[test]
fn a_timetabled_ship_leaves_when_the_crane_is_through() {
    let place = port();
    let times = "--set fleet.feeders.timetable.west={every=\"12h\",first=\"0h\"}";
    let voyages = mean(&run(place.path(), times), "voyages,fleet.feeders,horizon,node.west");
    assert!(voyages > 0.5 * HOURS / 12.0 && voyages < 1.01 * HOURS / 10.0, "{voyages}");
}

/// Ships that are alongside are loaded in a storm that lets none come: of a year a quarter is shut for berths alone.
#[test]
fn a_storm_that_stops_berthing_does_not_stop_the_crane() {
    let place = port();
    let storm =
        "\n[closure.storm]\nof = [\"node.west\"]\nstops = [\"berthing\"]\nwindow = [\"2024-03-01\", \"2024-06-01\"]\n";
    fs::write(place.path().join("port.toml"), format!("{PORT}{storm}")).unwrap();
    let csv = run(place.path(), "");
    let closed = mean(&csv, "closed,node.west.facility.quay,horizon");
    // Berths whose ships are still there when the storm comes are not yet shut.
    assert!((closed - 92.0 / 366.0).abs() < 1e-3, "{closed}");
    assert!(mean(&csv, "closed,node.west.facility.crane,horizon") == 0.0, "nothing shuts the crane");
}

#[test]
fn what_cannot_be_a_crane_is_refused() {
    let place = port();
    let refused = |settings: &str| err(&midcor(place.path(), &format!("check port.toml {settings}")).code(2));
    let berth = refused("--set fleet.feeders.cranes.west=[\"quay\"]");
    assert!(berth.contains("is a berth"), "{berth}");
    let shipment = refused("--set node.west.facility.crane.per=\"shipment\"");
    assert!(shipment.contains("single shipments"), "{shipment}");
    let unit = refused("--set node.west.facility.crane.rate=\"1wagon/h\"");
    assert!(unit.contains("node.west.facility.crane.rate"), "{unit}");
    let elsewhere = refused("--set fleet.feeders.cranes.east=[\"crane\"]");
    assert!(elsewhere.contains("no facility `crane` at `east`"), "{elsewhere}");
}
