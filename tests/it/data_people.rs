//! What people who work with data find: shipments, edges of histograms, tables to join with, descriptions of tables, JSON.
#![cfg(feature = "parquet")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::Value;

use crate::program::{err, midcor, out};

fn rows(path: &Path) -> Vec<Row> {
    let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
    reader.get_row_iter(None).unwrap().map(Result::unwrap).collect()
}

fn field<'r>(row: &'r Row, name: &str) -> &'r Field {
    row.get_column_iter().find(|(column, _)| *column == name).unwrap_or_else(|| panic!("{name}")).1
}

fn number(row: &Row, name: &str) -> f64 {
    match field(row, name) {
        Field::Double(number) => *number,
        Field::Long(number) => *number as f64,
        Field::Null => f64::NAN,
        other => panic!("{name}: {other:?}"),
    }
}

fn text<'r>(row: &'r Row, name: &str) -> &'r str {
    if let Field::Str(text) = field(row, name) { text } else { panic!("{name}") }
}

/// What is booked of the delivered, by shipment, in hours; that of a train goes to all in it.
fn booked(events: &[Row]) -> BTreeMap<String, f64> {
    let mut by_train: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    let mut booked = BTreeMap::new();
    for row in events {
        let name = format!("{} {}", text(row, "flow"), text(row, "shipment"));
        let train = if let Field::Long(train) = field(row, "train") { Some(*train) } else { None };
        match (text(row, "fact"), train) {
            ("joined a train", Some(train)) => by_train.entry(train).or_default().push(name),
            ("time booked", Some(train)) => {
                by_train[&train]
                    .iter()
                    .for_each(|name| *booked.entry(name.clone()).or_insert(0.0) += number(row, "hours"));
            }
            ("time booked", None) => *booked.entry(name).or_insert(0.0) += number(row, "hours"),
            _ => {}
        }
    }
    booked
}

/// The log of a year has each train and vessel by its number, and the time that it books is that from coming to arrival.
#[test]
fn a_trace_has_trains_vessels_and_causes_in_both_forms() {
    let place = tempfile::tempdir().unwrap();
    let call = |file: &str| midcor(place.path(), &format!("run tutorial --replication 1 --trace {file} --quiet"));
    call("e.parquet").code(0);
    call("e.csv").code(0);
    let events = rows(&place.path().join("e.parquet"));
    let csv = fs::read_to_string(place.path().join("e.csv")).unwrap();
    assert_eq!(csv.lines().count(), events.len() + 1);
    let distinct = |column: &str| events.iter().map(|row| text(row, column).to_owned()).collect::<BTreeSet<_>>();
    let vessels = distinct("vessel");
    assert!(vessels.contains("fleet.ferry 1") && vessels.contains("fleet.ferry 2"), "{vessels:?}");
    assert!(distinct("cause").contains("wait-vessel") && distinct("place").len() > 4);
    let booked = booked(&events);
    let mut made = BTreeMap::new();
    let mut delivered = 0;
    for row in &events {
        let name = format!("{} {}", text(row, "flow"), text(row, "shipment"));
        match text(row, "fact") {
            "made" => drop(made.insert(name, number(row, "days"))),
            "delivered" if made.contains_key(&name) => {
                let hours = 24.0 * (number(row, "days") - made[&name]);
                assert!((booked.get(&name).copied().unwrap_or(0.0) - hours).abs() < 1e-3, "{name}: {hours}");
                delivered += 1;
            }
            _ => {}
        }
    }
    assert!(delivered > 100);
}

#[test]
fn shipments_have_their_time_by_cause_in_both_forms() {
    let place = tempfile::tempdir().unwrap();
    let call = |file: &str| midcor(place.path(), &format!("run tutorial --replication 1 --shipments {file} --quiet"));
    call("s.parquet").code(0);
    call("s.csv").code(0);
    let all = rows(&place.path().join("s.parquet"));
    let csv = fs::read_to_string(place.path().join("s.csv")).unwrap();
    assert_eq!(csv.lines().count(), all.len() + 1);
    let delivered: Vec<&Row> = all.iter().filter(|row| text(row, "how") == "delivered").collect();
    assert!(delivered.len() > 100 && delivered.len() <= all.len());
    for row in &delivered {
        let causes: f64 = row
            .get_column_iter()
            .filter(|(name, _)| name.starts_with("days_"))
            .map(|(name, _)| number(row, name))
            .sum();
        assert!((causes - number(row, "days")).abs() < 1e-6, "{row}");
        assert!(text(row, "made") <= text(row, "end") && number(row, "charge_usd") >= 0.0);
    }
    // What comes within the horizon is what the ordinary results are of.
    let made = all.iter().filter(|row| matches!(field(row, "in_horizon"), Field::Bool(true))).count();
    assert!(made > 0 && made < all.len(), "{made} of {}", all.len());
    let taken = call("s.csv").code(2);
    assert!(err(&taken).contains("another file stands there"), "{}", err(&taken));
}

#[test]
fn bins_have_edges_that_hold_their_values() {
    let place = tempfile::tempdir().unwrap();
    midcor(place.path(), "run tutorial --replications 2 --quiet").code(0);
    let folder = place.path().join("results/tutorial");
    let mut units = BTreeSet::new();
    for row in rows(&folder.join("bins.parquet")) {
        let (lower, upper) = (number(&row, "lower"), number(&row, "upper"));
        if lower.is_nan() {
            assert!(upper.is_nan() && number(&row, "least").is_nan(), "the unfinished have no edges: {row}");
            continue;
        }
        let ms = if text(&row, "unit") == "h" { 3.6e6 } else { 8.64e7 };
        let within = |value: f64| value / ms >= lower - 1e-9 && value / ms < upper + 1e-9;
        assert!(lower < upper && within(number(&row, "least")) && within(number(&row, "greatest")), "{row}");
        units.insert(text(&row, "unit").to_owned());
    }
    assert_eq!(units.into_iter().collect::<Vec<_>>(), ["d", "h"]);
    let one = &rows(&folder.join("histograms.parquet"))[0];
    assert!(number(one, "lower") < number(one, "upper"));
}

#[test]
fn a_folder_describes_its_tables_and_they_join() {
    let place = tempfile::tempdir().unwrap();
    midcor(place.path(), "run baseline-2024 --replications 1 --set run.horizon=60d --quiet --out r").code(0);
    let folder = place.path().join("r");
    let package: Value = serde_json::from_slice(&fs::read(folder.join("datapackage.json")).unwrap()).unwrap();
    for resource in package["resources"].as_array().unwrap() {
        let path = folder.join(resource["path"].as_str().unwrap());
        assert!(path.is_file(), "{}", path.display());
        if resource["format"] == "csv" {
            let text = fs::read_to_string(path).unwrap();
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
            assert_eq!(text.lines().next().unwrap(), names.join(","));
        }
    }
    let subjects = fs::read_to_string(folder.join("subjects.csv")).unwrap();
    let known: BTreeSet<&str> = subjects.lines().map(|line| line.split(',').next().unwrap()).collect();
    let measures = fs::read_to_string(folder.join("measures.csv")).unwrap();
    assert!(measures.lines().all(|line| known.contains(line.split(',').nth(1).unwrap())));
    assert!(subjects.lines().any(|line| line.starts_with("node.aktau,node,Aktau,KZ,")), "{subjects}");
    let periods = fs::read_to_string(folder.join("periods.csv")).unwrap();
    assert!(periods.contains("horizon,horizon,2024-01-01,2024-03-01\n"), "{periods}");
    let map: Value = serde_json::from_slice(&fs::read(folder.join("network.geojson")).unwrap()).unwrap();
    let line = map["features"].as_array().unwrap().iter().find(|one| one["geometry"]["type"] == "LineString").unwrap();
    assert!(line["geometry"]["coordinates"].as_array().unwrap().len() > 2 && line["properties"]["from"].is_string());
    let features = rows(&folder.join("network.parquet"));
    assert_eq!(features.len(), map["features"].as_array().unwrap().len());
    assert!(matches!(field(&features[0], "geometry"), Field::Bytes(bytes) if bytes.data().len() == 21));
}

#[test]
fn lists_and_parameters_are_json() {
    let place = tempfile::tempdir().unwrap();
    let json = |call: &str| serde_json::from_str::<Value>(&out(&midcor(place.path(), call).code(0))).unwrap();
    let sections = json("list sections --scenario tutorial --format json");
    assert!(sections[0]["name"].is_string() && sections[0]["about"].is_string(), "{sections}");
    let vessels = json("list parameters fleet.ferry.vessels --scenario tutorial --format json");
    assert_eq!((&vessels[0]["path"], &vessels[0]["number"]), (&"fleet.ferry.vessels".into(), &2.0.into()));
    let shown = json("show tutorial fleet.ferry --format json");
    assert!(shown.as_array().unwrap().len() > 3, "{shown}");
    let whole = json("show tutorial --format json");
    assert_eq!(whole["fleet"]["ferry"]["vessels"], 2);
    let csv = out(&midcor(place.path(), "list causes --format csv"));
    assert!(csv.starts_with("name,about\nrunning,"), "{csv}");
}
