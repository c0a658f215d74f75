//! Cargo that goes on by road.

use super::{model, plan, words};
use crate::model::Plan;
use crate::scenario::Contents;

/// A railway, a road behind it, and a railway behind that.
const INLAND: &str = r#"
schema = 1
title = "Inland"
[run]
horizon = "365 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10
[node.port]
[node.railhead]
facility.gate = { kind = "documents", servers = 1, time = "5 min", at = "yard" }
facility.weighbridge = { kind = "inspection", servers = 1, time = "5 min", at = "out" }
[node.pass]
yard.again = { train = "40 TEU", max-wait = "2 d" }
[node.capital]
[link.rail]
from = "port"
to = "railhead"
mode = "rail"
time = "20 h"
[link.road]
from = "railhead"
to = "pass"
mode = "road"
time = "10 h"
carries = ["boxes"]
pools = ["trucks"]
[link.line]
from = "pass"
to = "capital"
mode = "rail"
time = "10 h"
[pool.trucks]
size = 400
[flow.imports]
cargo = "boxes"
from = "port"
to = "capital"
volume = "60 TEU/d"
shipment = "60 TEU"
service = "block-train"
arrivals = "regular"
"#;

fn steps(text: &str) -> Vec<String> {
    let plan = plan(text);
    words(&plan, &model(&plan).programs[0])
}

fn cut(text: &str) -> Option<String> {
    steps(text).into_iter().find(|step| step.starts_with("cut"))
}

#[test]
fn vehicles_are_loaded_in_the_yard_leave_one_by_one_and_join_again_at_the_next_yard() {
    let text = INLAND.replace("pools = [\"trucks\"]", "pools = [\"trucks\"]\nvehicle = \"2 TEU\"");
    let expected = [
        "arrive port",
        "run link.rail running",
        "arrive railhead",
        "serve railhead.gate",
        "cut 2",
        "take trucks",
        "serve railhead.weighbridge",
        "run link.road running",
        "arrive pass",
        "give trucks",
        "form parts 0",
        "run link.line running",
        "arrive capital",
        "break",
        "deliver",
    ];
    assert_eq!(steps(&text), expected);
}

#[test]
fn the_flow_goes_before_the_link_and_the_link_before_the_cargo() {
    let cargo = INLAND.replace("tonnes-per-unit = 10", "tonnes-per-unit = 10\nvehicle = \"1 TEU\"");
    let link = cargo.replace("pools = [\"trucks\"]", "pools = [\"trucks\"]\nvehicle = \"30 t\"");
    let flow = link.replace("service = ", "vehicle = \"4 TEU\"\nservice = ");
    assert_eq!([&cargo, &link, &flow].map(|text| cut(text).unwrap()), ["cut 1", "cut 3", "cut 4"]);
    // What a link says of another unit says nothing of this cargo.
    let other = format!("{cargo}\n[cargo.grain]\nunit = \"wagon\"\ntonnes-per-unit = 65\n")
        .replace("pools = [\"trucks\"]", "pools = [\"trucks\"]\nvehicle = \"0.3 wagon\"");
    assert_eq!(cut(&other).unwrap(), "cut 1");
    // Whole units are never cut: one that is too large rides alone.
    let whole = cargo.replace("tonnes-per-unit = 10", "tonnes-per-unit = 10\nwhole = true");
    assert_eq!(cut(&whole.replace("\"1 TEU\"", "\"2.5 TEU\"")).unwrap(), "cut 2");
    assert_eq!(cut(&whole.replace("\"1 TEU\"", "\"0.4 TEU\"")).unwrap(), "cut 1");
}

#[test]
fn a_price_for_a_box_of_forty_feet_is_that_of_two_of_twenty() {
    let paid = |tariff: &str| {
        let with = format!("vehicle = \"2 TEU\"\noperator = \"hauliers\"\ntariff = \"{tariff}\"");
        plan(&INLAND.replace("carries = [\"boxes\"]", &format!("carries = [\"boxes\"]\n{with}"))).labels.routes[0]
            .usd_per_unit
    };
    assert!((paid("900 USD/FEU") - 450.0).abs() < 1e-9 && (paid("900 USD/TEU") - 900.0).abs() < 1e-9);
    let wagons =
        INLAND.replace("TEU", "wagon").replace("pools = [\"trucks\"]", "vehicle = \"1 wagon\"\ntariff = \"9 USD/FEU\"");
    let said = format!("{:?}", Contents::parse(&wagons, "inland.toml").into_contents().unwrap_err());
    assert!(said.contains("counted in `FEU`"), "{said}");
}

#[test]
fn what_is_a_vehicle_already_is_not_cut_and_several_units_need_vehicles() {
    let truck = INLAND.replace("service = \"block-train\"", "service = \"vehicle\"\nvehicle = \"2 TEU\"");
    assert_eq!(cut(&truck), None);
    let counted = INLAND.replace("TEU", "truck").replace("[pool.trucks]", "[pool.trucks]\nper = \"1 truck\"");
    assert_eq!(cut(&counted), None);
    assert_eq!(cut(&INLAND.replace("shipment = \"60 TEU\"", "shipment = \"1 TEU\"")), None);
    let scenario = Contents::parse(INLAND, "inland.toml").into_contents().unwrap();
    let errors = Plan::of(&scenario).unwrap_err();
    assert_eq!(errors.len(), 1);
    let said = errors[0].to_string();
    assert!(said.contains("link.road") && said.contains("how many TEU a vehicle takes"), "{said}");
}
