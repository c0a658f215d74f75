//! Inputs of small scenarios.
#![expect(clippy::float_cmp, reason = "shares of a draw must be the very same")]

use super::*;
use crate::scenario::Contents;
use crate::scenario::types::{Clock, FacilityTime, Volume};

const SEED: u64 = 20_260_101;

/// A line, a sea, a line, with what the rules speak of.
const TEXT: &str = r#"schema = 1
title = "Inputs"

[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 14
grade = "B"

[cargo.oil]
unit = "t"
tonnes-per-unit = 1
value = "590 USD/t"
grade = "B"

[cargo.trucks]
unit = "truck"
tonnes-per-unit = 24
whole = true

[node.west]
lat = 50.0
grade = "C"
yard.boxes = { train = "60 TEU", max-wait = "1 d" }

[node.port]
facility.customs = { kind = "customs", servers = 3, time = { dist = "uniform", low = "2 h", high = "6 h" }, share = "80 %", advance = "10 %" }
facility.crane = { kind = "crane", servers = 2, rate = "20 TEU/h", spread = { dist = "lognormal", cv = 0.2 }, tariff = [{ charge = "60 USD/TEU", service = "parcel" }, "1 USD/t"], operator = "Port" }
storage.boxes = { capacity = "500 TEU", cargo = ["boxes"] }
grade = "C"

[node.haven]
[node.bay]

[pool.wagons]
size = 90
per = "3 TEU"
turnaround = "24 h"
grade = "C"

[link.line]
from = "west"
to = "port"
mode = "rail"
length = "320 km"
speed = { wagon-group = "30 km/h", block-train = "40 km/h" }
paths-per-day = 12
other-trains = 11
carries = ["boxes", "oil", "trucks"]
grade = "C"
why.other-trains = { grade = "A" }

[link.sea]
from = "port"
to = "haven"
mode = "sea"
length = "400 km"
grade = "A"

[link.second]
from = "port"
to = "bay"
mode = "sea"
time = "20 h"
carries = ["boxes", "oil"]

[link.coast]
from = "bay"
to = "haven"
mode = "rail"
time = "5 h"

[fleet.ferry]
ports = ["port", "haven"]
vessels = 2
capacity = "20 truck"
carries = { trucks = "1 truck", boxes = "0.5 truck", oil = "0.05 truck" }
load-limit = "95 %"
sailing = "20 h"
timetable.port = { every = "2 d" }
grade = "C"
why.sailing = { grade = "B", range = ["19 h", "22 h"] }

[flow.boxes]
cargo = "boxes"
from = "west"
to = "haven"
volume = "9000 TEU/yr"
shipment = "2 TEU"
growth = "-3 %"
deadline = "10 d"
season = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2]
grade = "B"
route.sea = { via = ["port"], share = "70 %" }
route.coast = { via = ["port", "bay"], share = "30 %" }

[flow.oil]
cargo = "oil"
from = "port"
to = "haven"
volume = "9000 t/yr"
shipment = "30 t"
vary-with = "demand"
grade = "A"
why.shipment = { range = ["20 t", "50 t"] }

[flow.trucks]
cargo = "trucks"
from = "port"
to = "haven"
volume = "900 truck/yr"
shipment = "18 truck"
vary-with = "demand"
grade = "C"

[closure.wind]
of = "node.port"
stops = "sailings"
closed = { dist = "lognormal", mean = "50 h", cv = 0.6 }
share = ["60 %", 0.5, "10 %", "10 %", "10 %", "10 %", "10 %", "10 %", "10 %", "0 %", "10 %", "70 %"]
grade = "C"

[ban.full]
watch = "node.port.storage.boxes"
on = "400 TEU"
off = "390 TEU"
flows = "boxes"
grade = "C"

[water.sea]
level = "-29 m"
grade = "A"

[section.all]
from = "west"
to = "haven"
deadline = "9 d"
grade = "C"

[timeline.faster]
on = "2024-06-01"
set = { "fleet.ferry.sailing" = "18 h", "link.line.*-d*y" = 20, "node.port.facility.customs.time" = "3 h" }
"#;

fn load(text: &str) -> Reading {
    let reading = Contents::parse(text, "inputs");
    assert!(!reading.diagnostics.has_errors(), "{}", reading.rendered());
    reading
}

fn paths(inputs: &Inputs) -> Vec<&str> {
    inputs.all().iter().map(|input| input.path.as_str()).collect()
}

fn factor(inputs: &Inputs, path: &str, draw: u64) -> f64 {
    let position = paths(inputs).iter().position(|known| *known == path).unwrap_or_else(|| panic!("{path}"));
    inputs.factors(SEED, draw)[position]
}

fn draw(inputs: &Inputs, draw: u64) -> Contents {
    inputs.draw(SEED, draw).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn figures_are_drawn_and_counts_settings_and_shapes_are_not() {
    let expected = [
        "ban.full.off",
        "ban.full.on",
        "cargo.boxes.tonnes-per-unit",
        "cargo.oil.value",
        "closure.wind.closed",
        "closure.wind.share",
        "fleet.ferry.capacity",
        "fleet.ferry.carries.boxes",
        "fleet.ferry.carries.oil",
        "fleet.ferry.carries.trucks",
        "fleet.ferry.load-limit",
        "fleet.ferry.sailing",
        "flow.boxes.growth",
        "flow.boxes.route.coast.share",
        "flow.boxes.route.sea.share",
        "flow.boxes.volume",
        "flow.oil.shipment",
        "flow.oil.volume",
        "flow.trucks.volume",
        "link.line.length",
        "link.line.other-trains",
        "link.line.paths-per-day",
        "link.line.speed.block-train",
        "link.line.speed.wagon-group",
        "link.sea.length",
        "node.port.facility.crane.rate",
        "node.port.facility.crane.tariff",
        "node.port.facility.customs.advance",
        "node.port.facility.customs.share",
        "node.port.facility.customs.time",
        "node.port.storage.boxes.capacity",
        "node.west.yard.boxes.max-wait",
        "pool.wagons.turnaround",
    ];
    assert_eq!(paths(&load(TEXT).inputs()), expected);
}

#[test]
fn a_ship_is_larger_in_deck_and_deadweight_at_once() {
    let text = TEXT.replace(
        "load-limit = \"95 %\"",
        "load-limit = \"95 %\"\ndeadweight = \"480 t\"\ndraught = { water = \"sea\", shares = [[\"-40 m\", \"90 %\"]] }",
    );
    let reading = load(&text);
    let (inputs, written) = (reading.inputs(), reading.scenario.as_ref().unwrap());
    assert!(!paths(&inputs).contains(&"fleet.ferry.load-limit"));
    let (drawn, written) = (&draw(&inputs, 7).fleet["ferry"], &written.fleet["ferry"]);
    let deck = drawn.capacity.amount / written.capacity.amount;
    let mass = drawn.deadweight.unwrap().tonnes() / written.deadweight.unwrap().tonnes();
    assert!((deck - mass).abs() < 1e-5 && (deck - 1.0).abs() > 1e-3, "{deck} {mass}");
}

#[test]
fn a_draw_multiplies_each_input_by_its_factor() {
    let reading = load(TEXT);
    let inputs = reading.inputs();
    let (before, after) = (reading.scenario.as_ref().unwrap(), draw(&inputs, 3));
    let close = |drawn: f64, written: f64, path: &str| {
        assert!((drawn / written - factor(&inputs, path, 3)).abs() < 1e-9, "{path}: {drawn} of {written}");
    };
    let yearly = |scenario: &Contents| match scenario.flow["trucks"].volume {
        Volume::PerYear(units) => units,
        ref other => panic!("{other:?}"),
    };
    close(yearly(&after), yearly(before), "flow.trucks.volume");
    close(after.flow["boxes"].growth, -0.03, "flow.boxes.growth");
    close(after.link["line"].length.unwrap().get(), 320.0, "link.line.length");
    let port = |scenario: &Contents| scenario.node["port"].clone();
    let FacilityTime::Time(time) = &port(&after).facility["customs"].time else { panic!("a time") };
    close(time.mean(), 4.0 * 3.6e6, "node.port.facility.customs.time");
    let charges = |scenario: &Contents| {
        port(scenario).facility["crane"].tariff.iter().map(|line| line.price.get()).collect::<Vec<_>>()
    };
    close(charges(&after)[0], 60.0, "node.port.facility.crane.tariff");
    close(charges(&after)[1], 1.0, "node.port.facility.crane.tariff");
    let Clock::Share { closed, .. } = &after.closure["wind"].clock else { panic!("a share") };
    close(closed.month(0).mean(), 50.0 * 3.6e6, "closure.wind.closed");
    // What is no input stays.
    assert_eq!(after.fleet["ferry"].vessels, 2);
    assert_eq!(after.flow["boxes"].shipment, before.flow["boxes"].shipment);
    assert_eq!(after.node["west"].yard["boxes"].train, before.node["west"].yard["boxes"].train);
}

#[test]
fn the_timeline_sets_values_that_are_wrong_as_before() {
    let inputs = load(TEXT).inputs();
    let drawn = draw(&inputs, 11);
    let then = &drawn.epochs[0].scenario;
    let sailing = |scenario: &Contents| scenario.fleet["ferry"].sailing.as_ref().unwrap().mean() / 3.6e6;
    assert!((sailing(&drawn) / 20.0 - sailing(then) / 18.0).abs() < 1e-9);
    let paths = |scenario: &Contents| scenario.link["line"].paths_per_day.unwrap();
    assert!((paths(&drawn) / 12.0 - paths(then) / 20.0).abs() < 1e-9);
    let FacilityTime::Time(time) = &then.node["port"].facility["customs"].time else { panic!("a time") };
    assert!((time.mean() / 10.8e6 - factor(&inputs, "node.port.facility.customs.time", 11)).abs() < 1e-9);
}

/// Over 4000 draws: means within four standard errors of 1, standard deviations within a tenth of those of the grades.
#[test]
fn factors_have_mean_one_and_the_spread_of_their_grade() {
    let inputs = load(TEXT).inputs();
    let draws: Vec<Vec<f64>> = (0..4000).map(|draw| inputs.factors(SEED, draw)).collect();
    for (at, input) in inputs.all().iter().enumerate() {
        let values = || draws.iter().map(|factors| factors[at]);
        let mean = values().sum::<f64>() / 4000.0;
        let sd = libm::sqrt(values().map(|value| (value - mean) * (value - mean)).sum::<f64>() / 3999.0);
        assert!((mean - 1.0).abs() < 4.0 * sd / libm::sqrt(4000.0), "{mean} of {}", input.path);
        let expected = input.grade.map(Grade::spread).unwrap();
        match input.spread {
            Spread::Free { .. } => assert!((sd / expected - 1.0).abs() < 0.1, "{sd} of {}", input.path),
            Spread::Within { low, high, .. } => {
                assert!(values().all(|value| low <= value && value <= high));
                assert!(sd < 1.02 * expected);
            }
        }
    }
}

#[test]
fn values_that_vary_together_share_a_draw_and_others_do_not() {
    let inputs = load(TEXT).inputs();
    let group = |path: &str| inputs.all().iter().find(|input| input.path == path).unwrap().group.clone();
    assert_eq!(group("flow.oil.volume"), "demand");
    assert_eq!(group("flow.boxes.volume"), "flow.boxes.volume");
    let at = inputs.groups().position(|name| name == "demand").unwrap();
    for draw in 0..50 {
        let deviate = inputs.deviates(SEED, draw)[at];
        for (path, grade) in [("flow.oil.volume", Grade::A), ("flow.trucks.volume", Grade::C)] {
            let sigma = libm::sqrt(libm::log1p(grade.spread() * grade.spread()));
            let expected = libm::exp(sigma * deviate - 0.5 * sigma * sigma);
            assert!((factor(&inputs, path, draw) - expected).abs() < 1e-12);
        }
    }
    assert_ne!(factor(&inputs, "flow.boxes.volume", 0), factor(&inputs, "flow.boxes.volume", 1));
    assert_ne!(factor(&inputs, "link.line.length", 0), factor(&inputs, "flow.trucks.volume", 0));
    assert_ne!(inputs.factors(SEED, 0), inputs.factors(SEED + 1, 0));
}

#[test]
fn a_what_if_differs_from_its_base_in_the_change_alone() {
    let base = load(TEXT);
    let inputs = base.inputs();
    // A longer crossing out of its old range and better known, a limit as by default, and a new value.
    let text = TEXT
        .replace("sailing = \"20 h\"", "sailing = \"40 h\"")
        .replace("why.sailing = { grade = \"B\", range", "why.sailing = { grade = \"A\", range")
        .replace("load-limit = \"95 %\"", "load-limit = 1.0")
        .replace("vessels = 2", "vessels = 2\nmax-wait = \"12 h\"");
    let beside = load(&text).inputs_beside(&inputs);
    for draw in 0..20 {
        for (input, factor_of_base) in inputs.all().iter().zip(inputs.factors(SEED, draw)) {
            assert_eq!(factor(&beside, &input.path, draw), factor_of_base, "{}", input.path);
        }
    }
    assert_eq!(beside.all().len(), inputs.all().len() + 1);
    let (one, other) = (draw(&inputs, 5), draw(&beside, 5));
    let sailing = |scenario: &Contents| scenario.fleet["ferry"].sailing.as_ref().unwrap().mean();
    assert!((sailing(&other) / sailing(&one) - 2.0).abs() < 1e-9);
    assert_eq!(one.flow, other.flow);
    assert_eq!(one.link, other.link);
    // By itself it is known better, and its value is not in its range.
    let alone = load(&text).inputs();
    assert_ne!(factor(&alone, "fleet.ferry.sailing", 5), factor(&beside, "fleet.ferry.sailing", 5));
}

#[test]
fn the_order_of_tables_and_the_files_do_not_matter() {
    let reading = load(TEXT);
    let (head, rest) = TEXT.split_once("\n[").unwrap();
    let mut parts: Vec<&str> = rest.split("\n[").collect();
    parts.reverse();
    let turned = load(&format!("{head}\n[{}\n", parts.join("\n[")));
    let resolved = load(&reading.resolved_toml());
    let inputs = reading.inputs();
    for other in [turned.inputs(), resolved.inputs()] {
        assert_eq!(paths(&inputs), paths(&other));
        assert_eq!(inputs.factors(SEED, 7), other.factors(SEED, 7));
    }
    assert_eq!(draw(&inputs, 7), draw(&resolved.inputs(), 7));
}

#[test]
fn what_must_hold_holds_in_every_draw() {
    let inputs = load(TEXT).inputs();
    for number in 0..500 {
        let drawn = draw(&inputs, number);
        for scenario in [&drawn, &drawn.epochs[0].scenario] {
            let routes: f64 = scenario.flow["boxes"].route.values().map(|route| route.share).sum();
            assert!((routes - 1.0).abs() < 1e-9);
            let link = &scenario.link["line"];
            assert!(link.paths_per_day.unwrap() > link.other_trains);
            assert!(scenario.ban["full"].on > scenario.ban["full"].off);
            let Clock::Share { share, .. } = &scenario.closure["wind"].clock else { panic!("a share") };
            assert!(share.0.iter().all(|share| (0.0..1.0).contains(share)) && share.0[9] == 0.0);
            let ferry = &scenario.fleet["ferry"];
            assert!(ferry.load_limit <= 1.0);
            let (size, room) = (scenario.flow["trucks"].shipment.mean(), ferry.carries["trucks"]);
            assert!(size * room <= ferry.capacity.amount * ferry.load_limit + 1e-9);
            assert!((20.0..=50.0).contains(&scenario.flow["oil"].shipment.mean()));
            assert!(scenario.node["port"].facility["customs"].share <= 1.0);
        }
    }
}

#[test]
fn without_grades_nothing_is_drawn() {
    let text: String = TEXT
        .lines()
        .filter(|line| !line.starts_with("grade") && !line.starts_with("why"))
        .fold(String::new(), |text, line| text + line + "\n");
    let reading = load(&text);
    let inputs = reading.inputs();
    assert!(inputs.all().is_empty() && inputs.groups().len() == 0);
    let plain = |scenario: &Contents| {
        let mut scenario = scenario.clone();
        scenario.provenance.clear();
        scenario.epochs.iter_mut().for_each(|epoch| epoch.scenario.provenance.clear());
        scenario
    };
    assert_eq!(draw(&inputs, 0), plain(reading.scenario.as_ref().unwrap()));
}

#[test]
fn a_value_beside_a_range_that_it_is_not_in_is_pointed_at() {
    let text = TEXT.replace("range = [\"19 h\", \"22 h\"]", "range = [\"21 h\", \"22 h\"]");
    let reading = load(&text);
    assert!(reading.rendered().contains("warning[range]: `fleet.ferry.sailing` is not within its range"));
    let inputs = reading.inputs();
    let sailing = inputs.all().iter().find(|input| input.path == "fleet.ferry.sailing").unwrap();
    assert_eq!(sailing.spread, Spread::free(Grade::B.spread()));
    assert!(load(TEXT).diagnostics.is_empty(), "{}", load(TEXT).rendered());
}

#[test]
fn a_draw_that_leaves_nothing_is_an_error_and_no_panic() {
    let text = TEXT.replace("capacity = \"500 TEU\"", "capacity = \"0.0005 TEU\"");
    let inputs = load(&text).inputs();
    let errors: Vec<DrawError> = (0..50).filter_map(|number| inputs.draw(SEED, number).err()).collect();
    assert!(!errors.is_empty());
    assert!(errors[0].to_string().contains("node.port.storage.boxes.capacity"), "{}", errors[0]);
}

#[test]
fn every_word_of_the_format_can_be_drawn() {
    let inputs = load(include_str!("../../../tests/data/every-word.toml")).inputs();
    assert!(inputs.all().len() >= 3);
    for number in 0..100 {
        draw(&inputs, number);
    }
}

#[test]
fn counted_amounts_are_drawn_as_the_volume_that_they_are() {
    let alone = TEXT.replace("vary-with = \"demand\"\n", "");
    let written = "volume = \"900 truck/yr\"";
    assert!(alone.contains(written));
    let series = alone.replace(written, "volumes = { \"2024-01\" = \"310 truck\", \"2024-Q2\" = \"910 truck\" }");
    let (given, counted) = (load(&alone).inputs(), load(&series).inputs());
    let group = |inputs: &Inputs, path: &str| {
        inputs.all().iter().find(|input| input.path == path).map(|input| input.group.clone()).unwrap()
    };
    assert_eq!(group(&given, "flow.trucks.volume"), group(&counted, "flow.trucks.volumes"));
    let Volume::Counted(counts) = draw(&counted, 5).flow["trucks"].volume.clone() else { panic!("counted") };
    let factor = factor(&counted, "flow.trucks.volumes", 5);
    assert!((counts[0].units - 310.0 * factor).abs() < 1e-6 && (counts[1].units - 910.0 * factor).abs() < 1e-6);
    assert_eq!(factor, super::tests::factor(&given, "flow.trucks.volume", 5));
    assert!((factor - 1.0).abs() > 1e-6);
}
