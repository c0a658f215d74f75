//! The compiler on small scenarios, one subject a file.

mod closures;
mod demand;
mod draws;
mod fleets;
mod hours;
mod programs;
mod roads;
mod streams;
mod timeline;
mod volume;

use super::PlanError;
use crate::model::Plan;
use crate::model::{Model, Program, Step};
use crate::scenario::Contents;

/// The smallest useful scenario.
pub(super) const ONE_CRANE: &str = include_str!("../../../scenarios/smallest.toml");

/// Rail to a port, a vessel across, rail on; wagons home again as cargo.
pub(super) const CROSSING: &str = r#"schema = 1
title = "A crossing"

[run]
warm-up = "31 d"

[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 14

[cargo.empties]
unit = "wagon"
tonnes-per-unit = 0

[node.inland]
country = "KZ"
yard.main = { train = "60 TEU", max-wait = "2 d" }

[node.port]
country = "KZ"
storage.boxes = { capacity = "600 TEU", cargo = ["boxes"] }
facility.weighing = { kind = "inspection", servers = 2, time = "20 min", when = { from = "rail" }, at = "in" }
facility.customs = { kind = "customs", servers = 2, time = "4 h", when = { from = "rail", to = "sea" } }
facility.pilot = { kind = "berth", servers = 1, time = "1 h", for = "vessel" }
facility.quay = { kind = "berth", servers = 2, time = "1 h", for = "vessel" }

[node.haven]
country = "AZ"
storage.boxes = { capacity = "500 TEU", cargo = ["boxes"] }
facility.crane = { kind = "crane", servers = 3, rate = "10 TEU/h", at = "train" }

[node.city]
country = "GE"
facility.border = { kind = "border", servers = 1, time = "3 h", when = "enters" }

[pool.wagons]
size = 100
cargo = ["boxes"]
per = "3 TEU"
return-as = "empties"

[pool.locomotives]
size = 20

[link.steppe]
from = "inland"
to = "port"
mode = "rail"
length = "400 km"
speed = "40 km/h"
paths-per-day = 12
other-trains = 4
pools = ["wagons", "locomotives"]
tariff = "0.03 USD/tkm"
operator = "KTZ"

[link.sea]
from = "port"
to = "haven"
mode = "sea"
length = "400 km"

[link.valley]
from = "haven"
to = "city"
mode = "rail"
time = "20 h"
pools = ["locomotives"]

[fleet.feeder]
ports = ["port", "haven"]
vessels = 2
capacity = "100 TEU"
load-limit = "90 %"
carries = ["boxes"]
calls.port = ["pilot"]
berths.port = ["quay"]
load = "25 TEU/h"
sailing = "20 h"
tariff = "300 USD/TEU"
operator = "Ferries"

[flow.west]
cargo = "boxes"
from = "inland"
to = "city"
volume = "20000 TEU/yr"
shipment = "2 TEU"

[section.crossing]
from = "port"
to = "haven"
until = "leaves"

[section.all]
from = "inland"
to = "city"
"#;

pub(super) fn scenario(text: &str) -> Contents {
    let loaded = Contents::parse(text, "test");
    let rendered = loaded.rendered();
    loaded.scenario.unwrap_or_else(|| panic!("{rendered}"))
}

pub(super) fn plan(text: &str) -> Plan {
    Plan::of(&scenario(text)).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

pub(super) fn errors(text: &str) -> Vec<PlanError> {
    Plan::of(&scenario(text)).expect_err("compiles")
}

pub(super) fn model(plan: &Plan) -> &Model {
    &plan.epochs[0].1
}

#[test]
fn every_word_of_the_format_compiles() {
    let text = include_str!("../../../tests/data/every-word.toml");
    let plan = plan(text);
    assert_eq!(plan.epochs.len(), 3);
}

#[test]
fn findings_are_placed_where_the_scenario_says_it() {
    let loaded = Contents::parse(CROSSING, "test");
    let errors = refusal(CROSSING, |scenario| scenario.link["steppe"].other_trains = 12.0);
    let diagnostic = errors[0].diagnostic(&loaded.tree);
    assert!(loaded.sources.render(&diagnostic).contains("paths-per-day = 12"));
}

/// What the compiler says of a scenario that is spoiled after it was checked.
pub(super) fn refusal(text: &str, spoil: impl FnOnce(&mut Contents)) -> Vec<PlanError> {
    let mut scenario = scenario(text);
    spoil(&mut scenario);
    Plan::of(&scenario).expect_err("compiles")
}

/// The steps of a program in words.
pub(super) fn words(plan: &Plan, program: &Program) -> Vec<String> {
    program.steps.iter().map(|step| word(plan, step)).collect()
}

fn word(plan: &Plan, step: &Step) -> String {
    let labels = &plan.labels;
    let station = |index: usize| labels.stations[index].path.as_str().replace("node.", "").replace(".facility", "");
    let storage = |index: usize| labels.storages[index].0.as_str().replace("node.", "").replace(".storage", "");
    let pool = |index: usize| labels.pools[index].id.clone();
    match step {
        Step::Arrive { node, visit: 0 } => format!("arrive {}", labels.nodes[node.index()]),
        Step::Arrive { node, visit } => format!("arrive {} again {visit}", labels.nodes[node.index()]),
        Step::Serve(visit) => format!("serve {}", station(visit.station.index())),
        Step::Together(visits) => {
            let all: Vec<_> = visits.iter().map(|visit| station(visit.station.index())).collect();
            format!("together {}", all.join(" "))
        }
        Step::Take(needs) => {
            format!("take {}", needs.iter().map(|need| pool(need.pool.index())).collect::<Vec<_>>().join(" "))
        }
        Step::Give(givings) => {
            let all = givings.iter().map(|giving| {
                let home = giving.home.map_or(String::new(), |home| format!(" home {}", home.index()));
                format!("{}{home}", pool(giving.pool.index()))
            });
            format!("give {}", all.collect::<Vec<_>>().join(" "))
        }
        Step::Enter(at) => format!("enter {}", storage(at.index())),
        Step::EnterOver(at) => format!("enter-over {}", storage(at.index())),
        Step::Leave(at) => format!("leave {}", storage(at.index())),
        Step::Form(former) => format!("form {}", former.index()),
        Step::FormParts(former) => format!("form parts {}", former.index()),
        Step::Break => "break".to_owned(),
        Step::Cut(most) => format!("cut {}", most.units()),
        Step::Switch => "switch".to_owned(),
        Step::Line { line, direction, .. } => {
            format!("line {} {direction}", labels.links[labels.lines[line.index()].index()].id)
        }
        Step::Run { cell, .. } => {
            let cell = labels.cells[cell.index()];
            format!("run {} {}", labels.places[cell.place.index()], cell.cause.word())
        }
        Step::Board(leg) => {
            let (link, from, _) = labels.legs[leg.index()];
            format!("board {} at {}", labels.links[link.index()].id, labels.nodes[from.index()])
        }
        Step::Deliver => "deliver".to_owned(),
    }
}
