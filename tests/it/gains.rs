//! Who gains where shippers choose their routes: tables, JSON and CSV of `midcor compare --routes free`.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{called, place_with, printed};

/// Two roads of one length, each with its operator and country, and the sea.
const MARKET: &str = r#"
schema = 1
title = "Two roads and the sea"
[run]
start = "2025-01-01"
horizon = "120 d"
drain = "30 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10
[node.west]
country = "WW"
[node.north]
country = "NN"
[node.south]
country = "SS"
[node.east]
country = "EE"
[link.wn]
from = "west"
to = "north"
mode = "rail"
length = "1000 km"
time = "100 h"
operator = "northern"
country = "NN"
tariff = "0.05 USD/tkm"
emission = "20 g/tkm"
[link.ne]
from = "north"
to = "east"
mode = "rail"
length = "1000 km"
time = "100 h"
operator = "northern"
country = "NN"
tariff = "0.05 USD/tkm"
emission = "20 g/tkm"
[link.ws]
from = "west"
to = "south"
mode = "rail"
length = "1000 km"
time = "100 h"
operator = "southern"
country = "SS"
tariff = "0.05 USD/tkm"
emission = "10 g/tkm"
[link.se]
from = "south"
to = "east"
mode = "rail"
length = "1000 km"
time = "100 h"
operator = "southern"
country = "SS"
tariff = "0.05 USD/tkm"
emission = "10 g/tkm"
[link.ns]
from = "north"
to = "south"
mode = "rail"
length = "10 km"
time = "30 h"
[outside.sea]
cost = "800 USD/TEU"
time = "30 d"
length = "20000 km"
emission = "5 g/tkm"
[outside.air]
cost = "8000 USD/TEU"
time = "3 d"
[flow.boxes]
cargo = "boxes"
from = "west"
to = "east"
volume = "20000 TEU/yr"
shipment = "1 TEU"
route.north = { via = ["north"], share = "60 %" }
route.south = { via = ["south"], share = "40 %" }
[choice.boxes]
flows = ["boxes"]
outside = { sea = "50 %" }
"#;

fn place() -> TempDir {
    place_with("market.toml", MARKET)
}

/// The market and what-ifs, with the results of a comparison.
fn compared(place: &TempDir, what_if: &str, more: &[&str]) -> (String, String) {
    let args = ["compare", "market.toml", "--what-if", what_if, "--replications", "3", "--out", "compared"];
    let call = called(place.path(), &[&args[..], more].concat());
    let [text, said] = [call.stdout, call.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert!(call.status.success(), "{said}");
    (text, said)
}

const DEARER: &str = "dear north: link.wn.tariff = 0.10 USD/tkm";

#[test]
fn who_pays_more_moves_and_who_is_left_loses() {
    let place = place();
    let (text, _) = compared(&place, DEARER, &["--routes", "free", "--format", "json"]);
    let value: Value = serde_json::from_str(&text).unwrap();
    let choice = &value["routes"][0]["choices"][0];
    // 500 dollars a TEU on 30 % of the market: odds times exp(−0.425).
    let north = 0.3 * (-0.425_f64).exp();
    let share = |place: usize| choice["alternatives"][place]["share"][1].as_f64().unwrap();
    assert!((share(0) - north / (north + 0.7)).abs() < 1e-6, "{}", share(0));
    assert_eq!(choice["market_per_year"], 40_000.0);
    let gain = (north + 0.7).ln() / 0.00085;
    assert!((choice["gain_usd"].as_f64().unwrap() - gain).abs() < 0.5, "{} and not {gain}", choice["gain_usd"]);
    let per_year = choice["gain_usd_per_year"].as_f64().unwrap();
    assert!((per_year / choice["gain_usd"].as_f64().unwrap() - 40_000.0).abs() < 1e-6);
    let shippers = choice["shippers"].as_array().unwrap();
    let of = |who: &str| shippers.iter().find(|one| one["who"] == who).unwrap();
    assert!((shippers.iter().map(|one| one["share"].as_f64().unwrap()).sum::<f64>() - 1.0).abs() < 1e-9);
    assert_eq!(of("come")["share"], 0.0);
    assert!(of("come")["days"].is_null(), "nobody leaves the sea for what grew dear");
    let leave = of("leave");
    assert!((leave["usd"][0].as_f64().unwrap() - 1000.0).abs() < 1e-6, "they paid for the north");
    assert!((leave["usd"][1].as_f64().unwrap() - 800.0).abs() < 1e-6 && leave["days"][1] == 30.0, "{leave}");
    let gains = value["gains"].as_array().unwrap();
    let change = |who: &str, measure: &str| {
        let gain = gains.iter().find(|gain| gain["who"] == who).unwrap_or_else(|| panic!("{who}"));
        gain[measure]["difference"].as_f64().unwrap()
    };
    for who in ["operator.northern", "country.NN"] {
        assert!(change(who, "tonne_km") < 0.0 && change(who, "emissions") < 0.0);
    }
    for who in ["operator.southern", "country.SS", "outside.sea"] {
        assert!(change(who, "revenue") > 0.0 && change(who, "tonne_km") > 0.0 && change(who, "emissions") > 0.0);
    }
    let south = gains.iter().find(|gain| gain["who"] == "operator.southern").unwrap();
    assert!(south["revenue"]["half_width"].as_f64().unwrap() > 0.0, "{south}");
    // A tonne-kilometre costs 0.05 dollars and emits 10 grams there.
    assert!((change("operator.southern", "revenue") / change("operator.southern", "tonne_km") - 0.05).abs() < 1e-9);
    assert!((change("country.SS", "emissions") / change("country.SS", "tonne_km") - 10e-6).abs() < 1e-12);
}

#[test]
fn the_table_and_the_files_say_the_same() {
    let place = place();
    let (table, _) = compared(&place, DEARER, &["--routes", "free"]);
    for part in ["Who gains in dear north", "leave the corridor", "Shippers lose", "million USD/yr", "southern"] {
        assert!(table.contains(part), "{part} in\n{table}");
    }
    let place_of = |words: &str| table.find(words).unwrap_or_else(|| panic!("{words} is missing in\n{table}"));
    assert!(place_of("boxes from west to east") < place_of("Who gains in"));
    assert!(place_of("Who gains in") < place_of("what each what-if adds"), "who gains comes before the differences");
    insta::assert_snapshot!("gains-table", table);
    let file = |name: &str| fs::read_to_string(place.path().join("compared").join(name)).unwrap();
    let (routes, shippers, gains) = (file("routes.csv"), file("shippers.csv"), file("gains.csv"));
    assert_eq!((routes.lines().count(), shippers.lines().count()), (4, 6));
    for text in [&routes, &shippers, &gains] {
        let columns = text.lines().next().unwrap().split(',').count();
        assert!(text.lines().all(|line| line.split(',').count() == columns), "{text}");
    }
    assert!(
        gains.contains("dear north,outside.sea,emissions,t/yr,")
            && routes.contains("dear north,boxes,sea,true,TEU,0.5,")
    );
}

#[test]
fn a_what_if_to_which_nothing_reacts_is_told() {
    let place = place();
    for (what_if, routes, words) in [
        ("cheap sea: outside.sea.cost = 400 USD/TEU", "given", "--routes free lets shippers choose"),
        ("cheap air: outside.air.cost = 400 USD/TEU", "free", "no choice goes by (outside.air.cost)"),
        ("other words: title = Another", "given", "it changes nothing that is simulated"),
        ("idle: link.ns.time = 40 h", "given", "no figure differs from the base: nothing reacts to link.ns.time"),
    ] {
        let (_, said) = compared(&place, what_if, &["--routes", routes]);
        assert!(said.contains("warning") && said.contains(words), "{what_if}: {said}");
    }
    for (what_if, routes) in [
        ("cheap sea: outside.sea.cost = 400 USD/TEU", "free"),
        ("no sea: outside.sea.open = false", "given"),
        (DEARER, "given"),
    ] {
        let (_, said) = compared(&place, what_if, &["--routes", routes]);
        assert!(!said.contains("nothing reacts"), "{what_if}: {said}");
    }
}

/// Output and errors of a call of `midcor routes`.
fn routes(args: &[&str]) -> (String, String) {
    let place = place();
    let output = called(place.path(), &[&["routes"], args].concat());
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn routes_of_a_flow_keep_to_what_is_to_be_passed_and_avoided() {
    let (all, _) = routes(&["market.toml", "--flow", "boxes", "--format", "csv"]);
    assert!(all.contains("link.wn,") && all.contains("link.ws,"), "{all}");
    for narrowed in [["--avoid", "north"], ["--avoid", "link.wn"], ["--via", "link.ws"]] {
        let call = ["market.toml", "--flow", "boxes", "--format", "csv"];
        let (some, said) = routes(&[&call[..], &narrowed[..]].concat());
        assert!(some.contains("link.ws,") && !some.contains("link.wn,"), "{narrowed:?}: {some}{said}");
    }
}

/// Behind Poti is the sea only: who is to pass Constanta would come back by Poti.
#[test]
fn a_place_that_can_only_be_passed_and_left_the_same_way_is_told_with_what_to_ask() {
    let (_, said) = routes(&["baseline-2024", "--from", "altynkol", "--to", "poti", "--via", "constanta"]);
    for part in ["passes `poti` twice", "take `constanta` from `--via`", "`--to constanta`"] {
        assert!(said.contains(part), "{part} in {said}");
    }
}

/// What is known of two roads without simulating; how well it is known is told elsewhere.
#[test]
fn routes_are_told_with_what_a_charge_does_by_the_scale_of_the_choice() {
    let place = place();
    let call =
        |more: &[&str]| printed(place.path(), &[&["routes", "market.toml", "--flow", "boxes", "--pay"], more].concat());
    let table = call(&["--set", "choice.boxes.scale=0.002", "--set", "cargo.boxes.value-of-time=6 USD/t/d"]);
    let figures = table.split_once("\n\n").map(|(_, figures)| figures).unwrap();
    assert!(figures.contains("0.002 per USD and TEU, as in choice.boxes"), "{figures}");
    insta::assert_snapshot!("routes-table", figures);
    // Half of a share of 60 %: its odds fall from 1.5 to 3/7, at 0.002 for 626 dollars.
    let value: Value = serde_json::from_str(&call(&["--set", "choice.boxes.scale=0.002", "--format", "json"])).unwrap();
    let margins = value["pay"]["margins"].as_array().unwrap();
    let found = margins
        .iter()
        .map(|margin| margin["charge_at_half"].as_f64().unwrap() - margin["freight_charge"].as_f64().unwrap());
    let half = (1.5_f64 / (3.0 / 7.0)).ln() / 0.002;
    assert!(found.into_iter().any(|found| (found - half).abs() < 1e-6), "{margins:?}");
}
