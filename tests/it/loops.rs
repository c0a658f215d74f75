//! Loops of wagons, yards and ships that are asked for more than they can carry: they keep the rate of their bottleneck.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::lab::Lab;
use crate::program::{midcor, out};
use midcor::words::{Measure, Unit};

/// A line, a yard and a ship that both directions share, with wagons.
#[derive(Clone, Debug)]
struct Loop {
    wagons: u32,
    /// TEU that a wagon takes.
    per: u32,
    yard: u32,
    stabling: Option<u32>,
    ship: u32,
    vessels: u32,
    hours: u32,
    crane: Option<u32>,
    returns: &'static str,
    /// TEU a day out and back at the first demand.
    volumes: (u32, u32),
    trains: (u32, u32),
}

fn any_loop() -> impl Strategy<Value = Loop> {
    let wagons = (40..200_u32, 1..4_u32, prop_oneof![Just("none"), Just("empty"), Just("cargo")]);
    let yard = (40..200_u32, proptest::option::of(60..300_u32), proptest::option::of(4..20_u32));
    let ship = (20..80_u32, 1..3_u32, 6..60_u32);
    let demand = ((5..60_u32, 5..60_u32), (5..25_u32, 5..25_u32));
    (wagons, yard, ship, demand).prop_map(|(wagons, yard, ship, demand)| Loop {
        wagons: wagons.0,
        per: wagons.1,
        yard: yard.0,
        stabling: yard.1,
        ship: ship.0,
        vessels: ship.1,
        hours: ship.2,
        crane: yard.2,
        returns: wagons.2,
        volumes: demand.0,
        trains: demand.1,
    })
}

impl Loop {
    fn text(&self, factor: f64) -> String {
        let Self { wagons, per, yard, ship, vessels, hours, .. } = self;
        let mut text = format!(
            "schema = 1\ntitle = \"Loop\"\n[run]\nwarm-up = \"60 d\"\nhorizon = \"240 d\"\ndrain = \"0 d\"\n\
             [cargo.boxes]\nunit = \"TEU\"\ntonnes-per-unit = 10\n[cargo.empties]\nunit = \"wagon\"\ntonnes-per-unit = 0\n\
             [node.inland]\n[node.port]\n[node.overseas]\n\
             [link.line]\nfrom = \"inland\"\nto = \"port\"\nmode = \"rail\"\ntime = \"{hours} h\"\npools = [\"wagons\"]\n\
             [link.sea]\nfrom = \"port\"\nto = \"overseas\"\nmode = \"sea\"\ntime = \"20 h\"\n\
             [pool.wagons]\nsize = {wagons}\nper = \"{per} TEU\"\ncargo = [\"boxes\"]\n\
             [fleet.ship]\nports = [\"port\", \"overseas\"]\ncarries = [\"TEU\"]\ncapacity = \"{ship} TEU\"\n\
             vessels = {vessels}\nmax-wait = \"12 h\"\nmax-idle = \"12 h\"\nload = \"4 h\"\nunload = \"4 h\"\n"
        );
        match self.returns {
            "empty" => text = text.replace("[fleet.ship]", "returns = \"empty\"\nreturn-time = \"20 h\"\n[fleet.ship]"),
            "cargo" => text = text.replace("[fleet.ship]", "return-as = \"empties\"\n[fleet.ship]"),
            _ => {}
        }
        let stabling = self.stabling.map_or(String::new(), |amount| format!("stabling = \"{amount} TEU\"\n"));
        let _ = write!(text, "[node.port.storage.yard]\ncapacity = \"{yard} TEU\"\n{stabling}");
        if let Some(rate) = self.crane {
            let _ = write!(
                text,
                "[node.port.facility.crane]\nkind = \"crane\"\nservers = 1\nrate = \"{rate} TEU/h\"\nat = \"train\"\nwhen = {{ cargo = \"boxes\" }}\n"
            );
        }
        let flows = [("out", "inland", "overseas"), ("back", "overseas", "inland")];
        let figures = [(self.volumes.0, self.trains.0), (self.volumes.1, self.trains.1)];
        for ((id, from, to), (volume, train)) in flows.into_iter().zip(figures) {
            let volume = f64::from(volume) * factor;
            let _ = write!(
                text,
                "[flow.{id}]\ncargo = \"boxes\"\nfrom = \"{from}\"\nto = \"{to}\"\nvolume = \"{volume} TEU/d\"\n\
                 shipment = \"{train} TEU\"\nservice = \"block-train\"\n"
            );
        }
        text
    }

    /// TEU carried a year, the mean of a few years.
    fn carried(&self, factor: f64) -> f64 {
        let lab = Lab::new(&self.text(factor));
        let sizes = (0..3).flat_map(|number| lab.outcome(number).flows.into_iter().map(|flow| flow.delivered));
        let units: f64 = sizes.filter(|amount| amount.mass.kg() > 0).map(|amount| amount.size.units()).sum();
        units / 3.0 * 365.0 / 240.0
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_260_101),
        max_shrink_iters: 30,
        ..ProptestConfig::default()
    })]

    #[test]
    fn more_demand_carries_no_less(one in any_loop()) {
        let mut most: f64 = 0.0;
        for factor in [0.5, 1.0, 1.6, 2.5, 5.0] {
            let carried = one.carried(factor);
            // Which ship of a year is the last one is chance.
            let noise = 0.03 * most + f64::from(3 * one.ship);
            prop_assert!(carried >= most - noise, "{carried} TEU at {factor} times the demand, {most} before");
            most = most.max(carried);
        }
    }
}

/// A port with a yard of 20 TEU between a line and a ship that is always there; trains of 20 TEU, one a day each way.
fn port(pool: &str, flows: &[(&str, &str, &str)]) -> String {
    let mut text = format!(
        "schema = 1\ntitle = \"Port\"\n[run]\nwarm-up = \"20 d\"\nhorizon = \"100 d\"\ndrain = \"0 d\"\n\
         [cargo.boxes]\nunit = \"TEU\"\ntonnes-per-unit = 10\n[cargo.empties]\nunit = \"wagon\"\ntonnes-per-unit = 0\n\
         [node.inland]\n[node.port]\nstorage.yard = {{ capacity = \"20 TEU\" }}\n[node.overseas]\n\
         [link.line]\nfrom = \"inland\"\nto = \"port\"\nmode = \"rail\"\ntime = \"12 h\"\npools = [\"wagons\", \"engines\"]\n\
         [link.sea]\nfrom = \"port\"\nto = \"overseas\"\nmode = \"sea\"\ntime = \"1 h\"\n\
         [pool.wagons]\nper = \"1 TEU\"\ncargo = [\"boxes\"]\n{pool}\n[pool.engines]\nsize = 4\ncargo = [\"boxes\"]\n\
         [fleet.ship]\nports = [\"port\", \"overseas\"]\ncarries = [\"TEU\"]\ncapacity = \"20 TEU\"\nvessels = 4\n\
         max-idle = \"1 h\"\nmax-wait = \"1 h\"\n"
    );
    for (id, from, to) in flows {
        let _ = write!(
            text,
            "[flow.{id}]\ncargo = \"boxes\"\nfrom = \"{from}\"\nto = \"{to}\"\nvolume = \"20 TEU/d\"\nshipment = \"20 TEU\"\n\
             arrivals = \"regular\"\nservice = \"block-train\"\n"
        );
    }
    text
}

/// Wagons that went home empty: those of the flow that the pool makes, which comes after the others.
fn went_home(text: &str) -> f64 {
    let lab = Lab::new(text);
    lab.outcome(0).flows.last().map_or(0.0, |flow| flow.offered.size.units())
}

#[test]
fn wagons_that_would_go_home_empty_are_reloaded_by_who_waits_in_the_yard() {
    let (out, back) = (("out", "inland", "overseas"), ("back", "overseas", "inland"));
    // With twenty wagons the boxes from overseas wait in the yard until those that brought others are given back there.
    let pool = "size = 20\nreturn-as = \"empties\"";
    let (alone, both) = (went_home(&port(pool, &[out])), went_home(&port(pool, &[out, back])));
    assert!(alone > 1500.0, "{alone} wagons went home from the port, where nobody waits");
    // Each trip that brings boxes to the port takes others back; from inland the wagons owe nothing.
    assert!(both < 0.1 * alone, "{both} of {alone}");
}

/// Two yards on one line, filled by lorries that need no wagons.
const FACING: &str = r#"
schema = 1
title = "Two yards that face each other"
[run]
warm-up = "0 d"
horizon = "200 d"
drain = "0 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10
vehicle = "10 TEU"
[node.mill]
[node.west]
storage.yard = { capacity = "40 TEU" }
[node.east]
storage.yard = { capacity = "40 TEU" }
[node.town]
[link.mill-street]
from = "mill"
to = "west"
mode = "road"
time = "1 h"
carries = ["boxes"]
[link.line]
from = "west"
to = "east"
mode = "rail"
time = "12 h"
pools = ["wagons"]
[link.town-street]
from = "east"
to = "town"
mode = "road"
time = "1 h"
carries = ["boxes"]
[pool.wagons]
size = 40
per = "1 TEU"
[flow.to-town]
cargo = "boxes"
from = "mill"
to = "town"
volume = "200 TEU/d"
shipment = "10 TEU"
[flow.to-mill]
cargo = "boxes"
from = "town"
to = "mill"
volume = "200 TEU/d"
shipment = "10 TEU"
"#;

#[test]
fn yards_that_hold_each_other_back_are_found_and_named() {
    let plan = crate::lab::plan(FACING);
    let random = midcor::random::RandomNumbers::new(1, 0, midcor::random::Domain::Production);
    let limits = midcor::engine::Limits::default();
    let error = midcor::engine::simulate(&plan, random, limits, &mut midcor::engine::Silent).unwrap_err().to_string();
    for part in ["standstill", "node.west.storage.yard", "node.east.storage.yard"] {
        assert!(error.contains(part), "{error}");
    }
    // Where nobody is held back they go on, as the wagons of those outside are at hand: the wagons make eight trips of 10 TEU
    // a day, but of every six that come to a yard, and come in in this order, five are lorries. A fifth of the trips arrives.
    let open = FACING.replace("capacity = \"40 TEU\"", "capacity = \"40 TEU\", stabling = \"unlimited\"");
    let delivered = Lab::new(&open).outcome(0).flows.into_iter().map(|flow| flow.delivered.size.units());
    let share = delivered.sum::<f64>() / (200.0 * 80.0);
    assert!((share - 0.2).abs() < 0.02, "{share}");
}

#[test]
fn traffic_that_falls_as_demand_grows_is_told_with_what_is_spent_on_it() {
    let open = FACING.replace("capacity = \"40 TEU\"", "capacity = \"40 TEU\", stabling = \"unlimited\"");
    let burden = |volume: u32| {
        let text = open.replace("200 TEU/d", &format!("{volume} TEU/d"));
        midcor::results::Burden::of(&Lab::new(&text).results(0..3, 1))
    };
    let (less, more) = (burden(25), burden(200));
    let fall = more.falls_from(&less).unwrap();
    assert!(fall.after < 0.6 * fall.before, "{fall:?}");
    assert!(fall.spent.as_ref().is_some_and(|spent| spent.subject.as_str().ends_with("storage.yard")), "{fall:?}");
    assert!(less.falls_from(&more).is_none());
}

#[test]
fn traffic_that_falls_is_in_the_files_of_every_study_that_tells_it() {
    let place = tempfile::tempdir().unwrap();
    let open = FACING.replace("capacity = \"40 TEU\"", "capacity = \"40 TEU\", stabling = \"unlimited\"");
    std::fs::write(place.path().join("facing.toml"), open.replace("200 TEU/d", "25 TEU/d")).unwrap();
    let json = |call: &str| -> serde_json::Value {
        let args = format!("{call} --replications 3 --seed 1 --format json");
        serde_json::from_str(&out(&midcor(place.path(), &args).success())).unwrap()
    };
    let is_fall = |fall: &serde_json::Value| {
        let (before, after) = (fall["before"].as_f64().unwrap(), fall["after"].as_f64().unwrap());
        after < 0.6 * before
            && fall["spent"]["subject"].as_str().is_some_and(|subject| subject.ends_with("storage.yard"))
    };
    let sweep = json("sweep facing.toml --vary flow.*.volume*=1,8");
    assert!(is_fall(&sweep["falls"][0]["fall"]), "{}", sweep["falls"]);
    assert_eq!(sweep["points"][0]["circles"], serde_json::json!([]));
    let compared = json("compare facing.toml --what-if more:flow.*.volume*=8 --inputs fixed");
    assert!(is_fall(&compared["what_ifs"][0]["fall"]), "{}", compared["what_ifs"][0]);
    assert_eq!(compared["circles"], serde_json::json!([]));
}

#[test]
fn the_corridor_carries_no_fewer_boxes_when_more_are_asked_for() {
    let carried = |factor: f64| -> Vec<f64> {
        let setting = midcor::scenario::Setting::parse(&format!("flow.*-box*.volume*={factor}")).unwrap();
        let scenario =
            midcor::scenario::ScenarioReader::default().read("baseline-2024", &[setting]).into_contents().unwrap();
        let results = Lab::of_plan(midcor::model::Plan::of(&scenario).unwrap()).results(0..4, 1);
        let is = |key: &midcor::results::RowKey| {
            key.measure == Measure::Carried
                && key.subject.is_corridor()
                && key.is_whole()
                && key.unit == Unit::teu_per_year()
        };
        let row = results.catalogue.rows.iter().position(is).unwrap();
        results.records.column(row)
    };
    let all: Vec<Vec<f64>> = [1.0, 1.7, 2.36].into_iter().map(carried).collect();
    for pair in all.windows(2) {
        let difference = midcor::stats::Paired::of(&pair[1], &pair[0], 0.95).unwrap();
        assert!(difference.mean + difference.half_width > 0.0, "{all:?}");
    }
    // Two fifths more than the ships carry today, when nearly all of them sail full.
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    assert!(mean(&all[2]) > 1.15 * mean(&all[0]), "{all:?}");
}

#[test]
fn who_is_held_back_waits_for_space_and_not_for_wagons() {
    // A ship takes a train's boxes in ten days, and a train comes every five: they are held back inland once one waits outside.
    let text = port("size = 400", &[("out", "inland", "overseas")])
        .replace("max-idle = \"1 h\"", "max-idle = \"14 d\"\nload = \"10 d\"")
        .replace("vessels = 4", "vessels = 1")
        .replace("warm-up = \"20 d\"", "warm-up = \"0 d\"")
        .replace("volume = \"20 TEU/d\"", "volume = \"4 TEU/d\"");
    let results = Lab::new(&text).results(0..1, 1);
    let value = |measure: &str, subject: &str, cause: &str| {
        let rows = results.catalogue.rows.iter();
        let fits = |key: &midcor::results::RowKey| {
            key.measure.word() == measure
                && key.subject.as_str() == subject
                && key.cause_text() == cause
                && key.period.is_horizon()
        };
        let row = rows.enumerate().filter(|(_, key)| fits(key)).map(|(row, _)| row).next().unwrap();
        results.records.column(row)[0]
    };
    let (yard, wagons) = ("node.port.storage.yard", "pool.wagons");
    // As many as there are engines set out at once where the way is free again.
    assert!(value("queue_max", yard, "") <= 4.0, "{} stand outside", value("queue_max", yard, ""));
    assert!(value("held_back", yard, "") > 1.0, "{}", value("held_back", yard, ""));
    assert!(value("queue_length", wagons, "") < 0.1, "{}", value("queue_length", wagons, ""));
    assert!(value("acceptance_wait", "flow.out", "") > 1.0, "{}", value("acceptance_wait", "flow.out", ""));
}

#[test]
fn stabling_is_an_amount_of_what_the_storage_holds() {
    let text = |stabling: &str| {
        let storage = format!("capacity = \"20 TEU\", stabling = {stabling}");
        port("size = 20", &[]).replace("capacity = \"20 TEU\" }", &format!("{storage} }}"))
    };
    for (stabling, part) in
        [("\"0 TEU\"", "above zero"), ("\"5 wagon\"", "counted in wagon"), ("\"often\"", "stabling")]
    {
        let findings = midcor::scenario::Contents::parse(&text(stabling), "made-up").rendered();
        assert!(findings.contains("error") && findings.contains(part), "{stabling}: {findings}");
    }
    let findings = midcor::scenario::Contents::parse(&text("\"unlimited\""), "made-up").rendered();
    assert!(!findings.contains("error"), "{findings}");
}

#[test]
fn a_yard_that_is_small_for_its_line_is_noted() {
    let noted = |text: &str| midcor::arithmetic::fillings(&crate::lab::plan(text));
    let near = port("size = 400", &[("out", "inland", "overseas")]);
    assert_eq!(noted(&near), []);
    // Twenty TEU a day come in five days; the yard holds 20, and 20 may stand outside.
    let far = near.replace("time = \"12 h\"", "time = \"5 d\"");
    let found = noted(&far);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].path.as_str(), found[0].unit.as_str()), ("node.port.storage.yard", "TEU"));
    assert!((found[0].on_the_way - 100.0).abs() < 1.0 && (found[0].days - 5.0).abs() < 1e-9, "{found:?}");
    assert!((found[0].capacity - 20.0).abs() < 1e-9 && (found[0].stabling - 20.0).abs() < 1e-9, "{found:?}");
    for stabling in ["\"unlimited\"", "\"90 TEU\""] {
        let enough =
            far.replace("capacity = \"20 TEU\" }", &format!("capacity = \"20 TEU\", stabling = {stabling} }}"));
        assert_eq!(noted(&enough), []);
    }
}

#[test]
fn what_is_held_by_those_who_wait_is_counted_by_what_they_wait_for() {
    let file = midcor::scenario::embedded().iter().find(|file| file.name() == "verify/lop-01-loop").unwrap();
    let summary = Lab::new(file.text).results(0..3, 1).summary();
    let share = |subject: &str, place: &str| {
        let mut rows = summary.of(Measure::HeldWaiting);
        rows.find(|row| row.key.subject.as_str() == subject && row.key.place_text() == place).and_then(|row| row.mean)
    };
    let (yard, flats) = ("node.harbour.storage.quay", "pool.flats");
    // The ship is the bottleneck: what waits for it fills the yard, and one train in three stands before it.
    assert!(share(yard, "node.harbour").is_some_and(|share| share > 0.9 && share < 1.1));
    assert!(share(flats, yard).is_some_and(|share| share > 0.3 && share < 0.5));
    // Boxes in the yard find wagons outside it: nothing waits in a circle.
    assert_eq!(share(yard, flats), None);
    assert_eq!(summary.circles(), Vec::<midcor::results::Circle>::new());
}
