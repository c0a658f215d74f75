//! Tables of parts add up to their wholes, and figures of use say of what they are a share.

use midcor::results::{Summary, SummaryRow};

use super::lab::Lab;

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

fn row<'a>(summary: &'a Summary, measure: &str, subject: &str) -> &'a SummaryRow {
    summary.row(measure, subject).unwrap_or_else(|| panic!("no {measure} of {subject}"))
}

fn mean(summary: &Summary, measure: &str, subject: &str) -> f64 {
    row(summary, measure, subject).mean.unwrap_or_else(|| panic!("{measure} of {subject} is not known"))
}

/// Whether two figures are one but for rounding.
fn same(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1e-9)
}

/// The rows of `time` of a subject, together.
fn parts_of_time(summary: &Summary, subject: &str) -> f64 {
    let parts = summary.of("time").filter(|row| row.key.subject == subject);
    parts.filter_map(|row| row.mean).sum()
}

fn section_is_the_sum_of_its_rows(text: &str, waits_for: &str) {
    let summary = summary(text);
    let whole = mean(&summary, "section_time", "section.to-port");
    let parts = parts_of_time(&summary, "section.to-port");
    assert!(same(parts, whole), "rows make {parts} of {whole} d");
    let waited = summary.of("time").find(|row| row.key.subject == "section.to-port" && row.key.cause == waits_for);
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
