//! What is charged by use, by hand: things of pools, storages, berths; one direction; from a date on.

use midcor::results::Summary;
use midcor::words::{Measure, Subject};

use super::lab::Lab;

/// A year of which every shipment is like every other: 10 TEU of 14 t, one a day.
const YEAR: &str = r#"
schema = 1
title = "Tariffs"
[run]
start = 2023-01-01
warm-up = "0 d"
horizon = "200 d"
drain = "30 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 14
[node.mine]
country = "KZ"
[node.port]
country = "AZ"
"#;

const FLOW: &str = r#"
[flow.boxes]
cargo = "boxes"
from = "mine"
to = "port"
volume = "10 TEU/d"
shipment = "10 TEU"
arrivals = "regular"
"#;

const LINE: &str = r#"
[link.line]
from = "mine"
to = "port"
mode = "rail"
time = "10 h"
length = "200 km"
"#;

fn summary(parts: &[&str]) -> Summary {
    Lab::new(&format!("{YEAR}{}", parts.concat())).results(0..1, 1).summary()
}

fn mean(summary: &Summary, measure: Measure, subject: &str) -> f64 {
    let rows = summary.of(measure).filter(|row| row.key.subject == Subject::at(subject));
    let paid_a_tonne = |unit: &str| measure != Measure::FreightCharge || unit == "USD/t";
    let mut rows = rows.filter(|row| paid_a_tonne(&row.key.unit.to_string()));
    rows.next().and_then(|row| row.mean).unwrap_or_else(|| panic!("no {measure:?} of {subject}"))
}

/// Dollars that a TEU of a flow pays.
fn paid(summary: &Summary, flow: &str) -> f64 {
    14.0 * mean(summary, Measure::FreightCharge, flow)
}

/// All that is paid is somebody's revenue, by operators and by countries.
fn adds_up(summary: &Summary) {
    let corridor = Subject::at("corridor");
    let a_year = summary.of(Measure::FreightCharge).find(|row| {
        row.key.subject == corridor && row.key.unit.to_string() == "USD/yr" && row.key.period.to_string() == "horizon"
    });
    let a_year = a_year.and_then(|row| row.mean).unwrap();
    for of in ["operator.", "country."] {
        let revenues = summary.of(Measure::Revenue).filter(|row| row.key.subject.as_str().starts_with(of));
        let sum: f64 = revenues.filter_map(|row| row.mean).sum();
        assert!((sum / a_year - 1.0).abs() < 1e-9, "{of} {sum} of {a_year}");
    }
}

fn share(summary: &Summary, subject: &str) -> f64 {
    let of = |subject: &str| mean(summary, Measure::Revenue, subject);
    let all: f64 = summary
        .of(Measure::Revenue)
        .filter(|row| row.key.subject.as_str().starts_with("operator."))
        .filter_map(|row| row.mean)
        .sum();
    of(subject) / all
}

fn close(found: f64, wanted: f64, within: f64) {
    assert!((found / wanted - 1.0).abs() < within, "{found}, not {wanted}");
}

const POOLS: &str = r#"pools = ["locomotives", "wagons"]
[pool.locomotives]
size = 9
operator = "Locos"
tariff = "240 USD/d"
[pool.wagons]
size = 90
per = "2 TEU"
operator = "Wagons"
country = "KZ"
tariff = ["0.1 USD/km", "3 USD/TEU", "0.01 USD/tkm", "0.5 USD/TEU/h", { charge = "99 USD/d", service = "parcel" }]
"#;

#[test]
fn things_of_pools_are_paid_by_the_day_the_kilometre_and_the_amount_of_cargo() {
    let text = [LINE, POOLS, FLOW];
    let summary = summary(&text);
    // A locomotive for 10 h: 100 USD. Five wagons over 200 km at 0.1 USD: 100. 10 TEU at 3 USD: 30. 140 t over 200 km at
    // 0.01 USD: 280. 10 TEU for 10 h at half a dollar: 50.
    close(paid(&summary, "flow.boxes"), 56.0, 1e-9);
    close(share(&summary, "operator.Locos"), 100.0 / 560.0, 1e-9);
    close(
        mean(&summary, Measure::Revenue, "country.KZ") / mean(&summary, Measure::Revenue, "operator.Wagons"),
        1.0,
        1e-9,
    );
    adds_up(&summary);
    // Nobody waits for anything, so that this is what is expected too.
    let plan = Lab::new(&format!("{YEAR}{}", text.concat())).plan;
    close(plan.labels.routes[0].usd_per_unit, 56.0, 1e-9);
}

#[test]
fn a_train_of_several_shipments_shares_its_locomotive() {
    let yard = "[node.mine.yard.main]\ntrain = \"50 TEU\"\n";
    let summary = summary(&[yard, LINE, POOLS, FLOW]);
    // One locomotive for five shipments; they wait for it before it is taken.
    close(paid(&summary, "flow.boxes"), 46.0 + 10.0 / 5.0, 1e-9);
    adds_up(&summary);
}

/// By rail to the port, five days in its yard, then on by road.
const STORED: &str = r#"
[node.port.storage.boxes]
capacity = "900 TEU"
operator = "Port"
free-time = "2 d"
tariff = ["2 USD/TEU/d", "0.5 USD/t"]
[node.port.facility.rest]
kind = "documents"
servers = "unlimited"
time = "5 d"
[node.town]
country = "GE"
[link.road]
from = "port"
to = "town"
mode = "road"
time = "4 h"
carries = ["boxes"]
vehicle = "2 TEU"
[flow.boxes]
cargo = "boxes"
from = "mine"
to = "town"
volume = "10 TEU/d"
shipment = "10 TEU"
arrivals = "regular"
"#;

#[test]
fn a_storage_is_paid_by_the_day_beyond_what_is_free() {
    let text = [LINE, STORED];
    let stored = summary(&text);
    // Three days at 2 USD, and 14 t at half a dollar.
    close(paid(&stored, "flow.boxes"), 6.0 + 7.0, 1e-9);
    close(mean(&stored, Measure::Revenue, "country.AZ") / mean(&stored, Measure::Revenue, "operator.Port"), 1.0, 1e-9);
    adds_up(&stored);
    let plan = Lab::new(&format!("{YEAR}{}", text.concat())).plan;
    close(plan.labels.routes[0].usd_per_unit, 13.0, 1e-9);
    let free = STORED.replace("\"2 d\"", "\"9 d\"");
    close(paid(&summary(&[LINE, &free]), "flow.boxes"), 7.0, 1e-9);
}

/// A ship of 20 TEU that is filled every other day and comes back empty.
const SHIP: &str = r#"
[node.mine.facility.quay]
kind = "berth"
servers = 1
for = "vessel"
operator = "Quay"
tariff = ["500 USD/call", "10 USD/h", "1 USD/TEU", { charge = "1 USD/t", cargo = ["boxes"] }]
[node.port.facility.pilot]
kind = "documents"
servers = 1
time = "0 h"
for = "vessel"
operator = "Pilots"
tariff = "100 USD/call"
[node.port.facility.quay]
kind = "berth"
servers = 1
for = "vessel"
operator = "Haven"
tariff = "2 USD/TEU"
[link.sea]
from = "mine"
to = "port"
mode = "sea"
[fleet.ship]
vessels = 1
ports = ["mine", "port"]
carries = ["boxes"]
capacity = "20 TEU"
sailing = "6 h"
load = "3 h"
unload = "3 h"
berths = { mine = "quay", port = "quay" }
calls = { port = "pilot" }
start-at = "mine"
"#;

#[test]
fn what_vessels_owe_is_paid_by_their_cargo() {
    let summary = summary(&[SHIP, FLOW]);
    // Of 48 h, 12 pass at sea and 3 at the other port: 33 h alongside. 500 + 330 + 100 for 20 TEU; 1 + 14 a TEU over this
    // quay, 2 over the other. What lies within the horizon may differ by a call.
    close(paid(&summary, "flow.boxes"), 930.0 / 20.0 + 15.0 + 2.0, 0.02);
    close(
        mean(&summary, Measure::Revenue, "operator.Quay") / mean(&summary, Measure::Revenue, "operator.Pilots"),
        11.3,
        0.02,
    );
    adds_up(&summary);
}

#[test]
fn a_tariff_may_be_of_one_direction() {
    let back = FLOW
        .replace("flow.boxes", "flow.back")
        .replace("from = \"mine\"\nto = \"port\"", "from = \"port\"\nto = \"mine\"");
    let tariff = "operator = \"Rail\"\ntariff = [{ charge = \"30 USD/FEU\", direction = \"forth\" }, { charge = \"4 USD/TEU\", direction = \"back\" }]\n";
    let summary = summary(&[LINE, tariff, FLOW, &back]);
    close(paid(&summary, "flow.boxes"), 15.0, 1e-9);
    close(paid(&summary, "flow.back"), 4.0, 1e-9);
    adds_up(&summary);
}

#[test]
fn a_charge_that_changes_on_a_date_is_that_of_what_is_made_from_then_on() {
    // Of 200 shipments the first hundred is made before the 11th of April.
    let dated = |set: &str| format!("[timeline.dearer]\non = 2023-04-11\nset = {{ {set} }}\n");
    let tariff = "operator = \"Rail\"\ntariff = \"10 USD/TEU\"\n";
    let rail = summary(&[LINE, tariff, FLOW, &dated("\"link.line.tariff\" = \"20 USD/TEU\"")]);
    close(paid(&rail, "flow.boxes"), 15.0, 0.01);
    adds_up(&rail);
    let stored = summary(&[LINE, STORED, &dated("\"node.port.storage.boxes.tariff\" = \"10 USD/TEU/d\"")]);
    // A hundred at 13 USD, and those of the other hundred that have come, five days and a half later, at 30.
    close(paid(&stored, "flow.boxes"), (100.0 * 13.0 + 94.0 * 30.0) / 194.0, 0.01);
    adds_up(&stored);
    let ship =
        summary(&[SHIP, FLOW, &dated("\"fleet.ship.tariff\" = \"8 USD/TEU\", \"fleet.ship.operator\" = \"Line\"")]);
    close(paid(&ship, "flow.boxes"), 63.5 + 4.0, 0.02);
}

#[test]
fn what_nobody_uses_as_it_is_counted_is_refused() {
    let findings = |text: &str| midcor::scenario::Contents::parse(&format!("{YEAR}{text}"), "made-up").rendered();
    let by_call = findings(&format!("{LINE}operator = \"Rail\"\ntariff = \"5 USD/call\"\n{FLOW}"));
    assert!(by_call.contains("tariff-basis") && by_call.contains("USD/tkm"), "{by_call}");
    let stored = findings(&STORED.replace("2 USD/TEU/d", "2 USD/km"));
    assert!(stored.contains("tariff-basis"), "{stored}");
    let nobody = findings(&format!("{LINE}{}{FLOW}", POOLS.replace("operator = \"Locos\"\n", "")));
    assert!(nobody.contains("no-operator") && nobody.contains("pool.locomotives"), "{nobody}");
    let one_way = findings(&STORED.replace("\"2 USD/TEU/d\"", "{ charge = \"2 USD/TEU/d\", direction = \"back\" }"));
    assert!(one_way.contains("tariff-direction"), "{one_way}");
}
