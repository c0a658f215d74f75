//! Tables of parts add up to their wholes, and figures of use say of what they are a share.

use midcor::results::Summary;
use midcor::words::{Measure, Period};

use super::lab::{Lab, mean, row};

/// Two nodes and a line between them, then whatever is added.
const LINE: &str = r#"
schema = 1
title = "Parts and wholes"
[run]
warm-up = "20 d"
horizon = "120 d"
drain = "20 d"
[cargo.ore]
unit = "t"
tonnes-per-unit = 1
[node.mine]
[node.port]
[node.town]
[link.down]
from = "mine"
to = "port"
mode = "rail"
time = "5 h"
"#;

fn summary(text: &str) -> Summary {
    Lab::new(text).results(0..2, 1).summary()
}

/// Whether two figures are one but for rounding.
fn same(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1e-9)
}

/// The rows of `time` of a subject, together.
fn parts_of_time(summary: &Summary, subject: &str) -> f64 {
    let parts = summary.of(Measure::Time).filter(|row| row.key.subject.as_str() == subject);
    parts.filter_map(|row| row.mean).sum()
}

fn section_is_the_sum_of_its_rows(text: &str, waits_for: &str) {
    let summary = summary(text);
    let whole = mean(&summary, "section_time", "section.to-port");
    let parts = parts_of_time(&summary, "section.to-port");
    assert!(same(parts, whole), "rows make {parts} of {whole} d");
    let waited = summary
        .of(Measure::Time)
        .find(|row| row.key.subject.as_str() == "section.to-port" && row.key.cause_text() == waits_for);
    assert!(waited.and_then(|row| row.mean) > Some(0.0), "nothing is waited for {waits_for}");
}

#[test]
fn a_section_that_ends_by_leaving_has_the_wait_for_the_line_that_goes_on() {
    let on = r#"
[link.on]
from = "port"
to = "town"
mode = "rail"
time = "5 h"
paths-per-day = 3
[flow.ore]
cargo = "ore"
from = "mine"
to = "town"
volume = "240 t/d"
shipment = "100 t"
[section.to-port]
from = "mine"
to = "port"
until = "leaves"
"#;
    section_is_the_sum_of_its_rows(&format!("{LINE}{on}"), "wait-path");
}

#[test]
fn a_section_that_ends_by_leaving_has_the_wait_for_the_ship_and_for_the_weather() {
    let on = r#"
[link.sea]
from = "port"
to = "town"
mode = "sea"
time = "12 h"
[fleet.ship]
ports = ["port", "town"]
carries = ["ore"]
capacity = "500 t"
vessels = 2
max-wait = "12 h"
max-idle = "6 h"
[closure.storm]
of = ["node.port"]
stops = ["sailings"]
share = "30 %"
closed = "20 h"
[flow.ore]
cargo = "ore"
from = "mine"
to = "town"
volume = "300 t/d"
shipment = "100 t"
[section.to-port]
from = "mine"
to = "port"
until = "leaves"
"#;
    section_is_the_sum_of_its_rows(&format!("{LINE}{on}"), "closed");
}

#[test]
fn a_ship_as_full_as_the_water_lets_it_be_is_full() {
    let ship = r#"
[water.lake]
level = "-2 m"
[link.sea]
from = "port"
to = "town"
mode = "sea"
time = "10 h"
[fleet.ship]
ports = ["port", "town"]
carries = ["ore"]
capacity = "1000 t"
deadweight = "800 t"
draught = { water = "lake", shares = [["-3 m", "50 %"], ["-1 m", "100 %"]] }
vessels = 1
max-wait = "4 h"
max-idle = "0 h"
load = "2 h"
unload = "2 h"
[flow.ore]
cargo = "ore"
from = "port"
to = "town"
volume = "2000 t/d"
shipment = "100 t"
"#;
    let summary = summary(&format!("{LINE}{ship}"));
    assert!(same(mean(&summary, "load_factor", "fleet.ship"), 1.0), "{summary:?}");
    // 800 t at three quarters, on a deck for 1000 t.
    assert!(same(mean(&summary, "deck_factor", "fleet.ship"), 0.6));
}

#[test]
fn wagons_that_go_home_as_cargo_have_a_turn_and_are_in_use_on_their_way() {
    let wagons = r#"
[cargo.empties]
unit = "wagon"
tonnes-per-unit = 20
whole = true
[pool.wagons]
size = 8
per = "50 t"
cargo = ["ore"]
turnaround = "2 h"
return-as = "empties"
[link.on]
from = "port"
to = "town"
mode = "rail"
time = "7 h"
pools = ["wagons"]
[flow.ore]
cargo = "ore"
from = "mine"
to = "town"
volume = "200 t/d"
shipment = "100 t"
arrivals = "regular"
"#;
    let summary = summary(&format!("{LINE}{wagons}"));
    // Seven hours there, seven back, two until they can be taken again.
    assert!(same(mean(&summary, "wagon_turn", "pool.wagons"), 16.0 / 24.0));
    let (held, returning) = (mean(&summary, "number", "pool.wagons"), mean(&summary, "returning", "pool.wagons"));
    // Four wagons a day are held for seven hours and return for nine.
    assert!(
        (held - 4.0 * 7.0 / 24.0).abs() < 0.02 && (returning - 4.0 * 9.0 / 24.0).abs() < 0.02,
        "{held} {returning}"
    );
    assert!(same(mean(&summary, "utilisation", "pool.wagons"), (held + returning) / 8.0));
}

#[test]
fn a_count_is_of_the_shipments_that_the_mean_is_of() {
    // Twice as much as the line lets pass: half of what was made is under way at the end.
    let on = r#"
[link.on]
from = "port"
to = "town"
mode = "rail"
time = "5 h"
paths-per-day = 2
[flow.ore]
cargo = "ore"
from = "mine"
to = "town"
volume = "400 t/d"
shipment = "100 t"
"#;
    let summary = summary(&format!("{LINE}{on}").replace("drain = \"20 d\"", "drain = \"0 d\""));
    let finished = row(&summary, "transit_time", "flow.ore").count.unwrap() as f64;
    let made = mean(&summary, "offered", "flow.ore") * 120.0 / 365.0 / 100.0 * 2.0;
    let unfinished = mean(&summary, "unfinished", "flow.ore");
    assert!(unfinished > 0.3 && (finished / (made * (1.0 - unfinished)) - 1.0).abs() < 0.01, "{finished} of {made}");
}

/// Two countries with a border between two places of border work, and a ferry over which the wagons go home too.
const TRADE: &str = r#"
[cargo.empties]
unit = "wagon"
tonnes-per-unit = 20
whole = true
[node.border]
country = "AZ"
facility.customs = { kind = "customs", servers = "unlimited", time = "3 h", tariff = { charge = "1 USD/t", cargo = ["ore"] }, operator = "Customs" }
[node.gate]
country = "GE"
facility.gauge = { kind = "gauge-change", servers = "unlimited", time = "5 h", tariff = { charge = "3 USD/t", cargo = ["ore"] }, operator = "Depot" }
[node.haven]
country = "TR"
[pool.wagons]
size = 40
per = "50 t"
cargo = ["ore"]
return-as = "empties"
[link.on]
from = "town"
to = "border"
mode = "rail"
length = "100 km"
speed = "20 km/h"
pools = ["wagons"]
tariff = [{ charge = "0.1 USD/tkm", cargo = ["ore"] }, { charge = "10 USD/wagon", cargo = ["empties"] }]
operator = "Rail"
[link.over]
from = "border"
to = "gate"
mode = "rail"
time = "2 h"
pools = ["wagons"]
tariff = { charge = "5 USD/t", cargo = ["ore"] }
operator = "Border Rail"
[link.sea]
from = "gate"
to = "haven"
mode = "sea"
time = "12 h"
pools = ["wagons"]
[fleet.ferry]
ports = ["gate", "haven"]
carries = { t = "0.4 m", wagon = "15 m" }
capacity = "600 m"
vessels = 2
max-wait = "12 h"
max-idle = "6 h"
country = "TR"
operator = "Ferries"
tariff = [{ charge = "7 USD/t", cargo = ["ore"] }, { charge = "50 USD/wagon", cargo = ["empties"] }]
[flow.ore]
cargo = "ore"
from = "town"
to = "haven"
volume = "300 t/d"
shipment = "100 t"
[flow.stone]
cargo = "ore"
from = "town"
to = "border"
volume = "100 t/d"
shipment = "100 t"
counted = false
[section.to-gate]
from = "town"
to = "gate"
"#;

fn trade() -> Summary {
    let town = "[node.town]";
    summary(&format!("{}{TRADE}", LINE.replace(town, "[node.town]\ncountry = \"AZ\"")))
}

fn revenues(summary: &Summary, of: &str) -> f64 {
    summary.of(Measure::Revenue).filter(|row| row.key.subject.as_str().starts_with(of)).filter_map(|row| row.mean).sum()
}

#[test]
fn every_dollar_paid_is_the_revenue_of_an_operator_and_of_a_country() {
    let summary = trade();
    let paid = mean(&summary, "freight_charge", "corridor");
    assert!(same(revenues(&summary, "operator."), paid), "{} of {paid}", revenues(&summary, "operator."));
    assert!(same(revenues(&summary, "country."), paid), "{} of {paid}", revenues(&summary, "country."));
    // A tonne pays 1 and 3 at the border, 10 and 5 on the lines, 7 aboard; its fiftieth of a wagon pays 60 on the way home.
    let tonnes = mean(&summary, "carried", "flow.ore");
    assert!((paid / tonnes - (26.0 + 60.0 / 50.0)).abs() < 0.5, "{}", paid / tonnes);
    // Half of what the line over the border earns is each country's.
    let (east, west) = (mean(&summary, "revenue", "country.AZ"), mean(&summary, "revenue", "country.GE"));
    assert!(same(west, tonnes * (3.0 + 2.5)), "{west}");
    assert!(same(east, tonnes * (1.0 + 10.0 + 10.0 / 50.0 + 2.5)), "{east}");
}

#[test]
fn border_work_is_told_by_crossing_and_by_journey() {
    let summary = trade();
    let hours = |measure: &str, subject: &str| mean(&summary, measure, subject);
    for (subject, crossing, journey) in [("flow.ore", 4.0, 8.0), ("corridor", 4.0, 8.0), ("section.to-gate", 3.0, 3.0)]
    {
        assert!(same(hours("border_time", subject), crossing), "{subject}: {}", hours("border_time", subject));
        assert!(same(hours("border_time_per_journey", subject), journey), "{subject}");
    }
    // Of each place by itself.
    assert!(same(hours("border_time", "node.border"), 3.0) && same(hours("border_time", "node.gate"), 5.0));
    // 20 t pay 20 and 60 dollars at two places.
    assert!(same(hours("border_cost", "flow.ore"), 40.0) && same(hours("border_cost_per_journey", "flow.ore"), 80.0));
    let month = summary.during(Measure::BorderTime, &Period::Month(2024, 2)).find(|row| row.key.subject.is_corridor());
    assert!(same(month.and_then(|row| row.mean).unwrap(), 4.0));
}
