//! What bodies do on their routes.

use super::{CROSSING, ONE_CRANE, model, plan, words};

#[test]
fn the_smallest_scenario() {
    let plan = plan(ONE_CRANE);
    let words = words(&plan, &model(&plan).programs[0]);
    assert_eq!(words, ["arrive west", "run link.line running", "arrive east", "serve east.crane", "deliver"]);
}

#[test]
fn a_crossing_with_trains_pools_and_storages() {
    let plan = plan(CROSSING);
    let expected = [
        "arrive inland",
        "form 0",
        "take locomotives wagons",
        "line steppe 0",
        "arrive port",
        "enter port.boxes",
        "serve port.weighing",
        "give locomotives wagons home 1",
        "break",
        "serve port.customs",
        "board sea at port",
        "arrive haven",
        "enter-over haven.boxes",
        "take locomotives",
        "serve haven.crane",
        "leave haven.boxes",
        "run link.valley running",
        "arrive city",
        "give locomotives",
        "serve city.border",
        "deliver",
    ];
    assert_eq!(words(&plan, &model(&plan).programs[0]), expected);
    // From after Form up to Break.
    assert_eq!(model(&plan).formers[0].length, 7);
}

#[test]
fn things_of_a_pool_go_home_over_the_real_route() {
    let plan = plan(CROSSING);
    let home = &model(&plan).programs[1];
    assert_eq!(words(&plan, home), ["arrive port", "line steppe 1", "arrive inland", "deliver"]);
    let flow = &model(&plan).flows[home.flow.index()];
    assert_eq!(plan.labels.flows[home.flow.index()].id, "pool.wagons.return");
    assert!(flow.fills.is_some());
}

#[test]
fn wagons_cross_with_their_cargo_and_come_home_by_sea() {
    let text = CROSSING
        .replace("length = \"400 km\"\n\n[link.valley]", "length = \"400 km\"\npools = [\"wagons\"]\n\n[link.valley]")
        .replace("carries = [\"boxes\"]", "carries = { boxes = \"1 TEU\", empties = \"2 TEU\" }")
        .replace("load = \"25 TEU/h\"", "load = { TEU = \"25 TEU/h\", wagon = \"2 h\" }");
    let plan = plan(&text);
    let there = words(&plan, &model(&plan).programs[0]);
    assert!(there.contains(&"give locomotives".to_owned()), "{there:?}");
    assert!(there.contains(&"give wagons home 1".to_owned()), "{there:?}");
    let home = words(&plan, &model(&plan).programs[1]);
    assert_eq!(
        home,
        ["arrive haven", "board sea at haven", "arrive port", "line steppe 1", "arrive inland", "deliver"]
    );
    assert!(model(&plan).fleets[0].calls[1].ever_loads);
}

#[test]
fn things_without_a_way_home_are_an_error() {
    let text = CROSSING
        .replace("length = \"400 km\"\n\n[link.valley]", "length = \"400 km\"\npools = [\"wagons\"]\n\n[link.valley]");
    let errors = super::errors(&text);
    assert_eq!(errors[0].path, "pool.wagons.return-as");
}

#[test]
fn what_is_taken_is_given_back() {
    use crate::model::{Program, Step};
    let plan = plan(CROSSING);
    let count = |program: &Program, of: fn(&Step) -> usize| program.steps.iter().map(of).sum::<usize>();
    for program in &model(&plan).programs {
        let taken = count(program, |step| if let Step::Take(needs) = step { needs.len() } else { 0 });
        let given = count(program, |step| if let Step::Give(givings) = step { givings.len() } else { 0 });
        assert_eq!(taken, given);
        let entered = count(program, |step| usize::from(matches!(step, Step::Enter(_) | Step::EnterOver(_))));
        let left = count(program, |step| usize::from(matches!(step, Step::Leave(_) | Step::Board(_))));
        assert!(entered <= left);
        let formed = count(program, |step| usize::from(matches!(step, Step::Form(_))));
        let broken = count(program, |step| usize::from(matches!(step, Step::Break)));
        assert_eq!(formed, broken);
    }
}

#[test]
fn sections_start_and_stop() {
    let plan = plan(CROSSING);
    let marks: Vec<(u32, usize, bool)> =
        model(&plan).programs[0].marks.iter().map(|mark| (mark.step, mark.section.index(), mark.starts)).collect();
    // `crossing` from the arrival at the port until setting out from the haven, `all` until delivery.
    assert_eq!(marks, [(0, 1, true), (4, 0, true), (16, 0, false), (20, 1, false)]);
}

/// Trains from `a` over `b` to the yard at `c`, and on to `d`.
const TWO_YARDS: &str = r#"
schema = 1
title = "Two lines"
[cargo.grain]
unit = "wagon"
tonnes-per-unit = 60
[node.a]
country = "KZ"
yard.y = { train = "50 wagon" }
[node.b]
country = "KZ"
facility.inspection = { kind = "inspection", servers = 1, time = "1 h", together = "border" }
facility.customs = { kind = "customs", servers = 1, time = "1 h", together = "border" }
facility.late = { kind = "documents", servers = 1, time = "1 h", order = 0 }
[node.c]
country = "UZ"
yard.y = { train = "40 wagon" }
[node.d]
country = "UZ"
[pool.locos]
size = 3
[link.ab]
from = "a"
to = "b"
mode = "rail"
time = "5 h"
pools = ["locos"]
[link.bc]
from = "b"
to = "c"
mode = "rail"
time = "5 h"
pools = ["locos"]
[link.cd]
from = "c"
to = "d"
mode = "rail"
time = "5 h"
[flow.f]
cargo = "grain"
from = "a"
to = "d"
volume = "1000 wagon/yr"
shipment = "1 wagon"
[flow.g]
cargo = "grain"
from = "a"
to = "c"
volume = "1000 wagon/yr"
shipment = "1 wagon"
[flow.h]
cargo = "grain"
from = "a"
to = "c"
volume = "1000 wagon/yr"
shipment = "50 wagon"
service = "block-train"
"#;

#[test]
fn a_pool_named_by_neighbours_is_held_and_yards_break_trains() {
    let plan = plan(TWO_YARDS);
    let expected = [
        "arrive a",
        "form 0",
        "take locos",
        "run link.ab running",
        "arrive b",
        "serve b.late",
        "together b.inspection b.customs",
        "run link.bc running",
        "arrive c",
        "give locos",
        "break",
        "form 1",
        "run link.cd running",
        "arrive d",
        "break",
        "deliver",
    ];
    assert_eq!(words(&plan, &model(&plan).programs[0]), expected);
    // Both flows share their route up to the yard at c, so they share trains.
    assert_eq!(words(&plan, &model(&plan).programs[1])[1], "form 0");
    assert_eq!(model(&plan).formers.len(), 2);
    // A block train passes yards.
    assert!(words(&plan, &model(&plan).programs[2]).iter().all(|word| !word.starts_with("form") && word != "break"));
}

#[test]
fn a_node_visited_twice_has_numbered_visits() {
    let text = ONE_CRANE.replace("[flow.demo]", "[flow.demo]\nvia = [\"east\", \"west\"]");
    let plan = plan(&text);
    let words = words(&plan, &model(&plan).programs[0]);
    assert_eq!(words[4], "arrive west again 1");
    assert_eq!(words[6], "arrive east again 1");
}

#[test]
fn labels_carry_prices_and_times() {
    let plan = plan(CROSSING);
    let route = &plan.labels.routes[0];
    assert_eq!(route.id, "inland-port-haven-city");
    // 14 t over 400 km at 0.03 USD/tkm; empties weigh nothing, so their way home costs nothing.
    assert!((plan.labels.prices[0].routes[0][0].usd_per_unit - 168.0).abs() < 1e-9);
    assert_eq!(plan.labels.prices[0].routes[0][0].operator.as_deref(), Some("KTZ"));
    assert!((plan.labels.prices[0].fleets[0].usd_per_unit[0][0] - 300.0).abs() < 1e-9);
    // 10 h + 20 min + 4 h + loading 2/25 h + 20 h + crane 2/10 h + 20 h + 3 h.
    let hours = 10.0 + 1.0 / 3.0 + 4.0 + 0.08 + 20.0 + 0.2 + 20.0 + 3.0;
    assert!((route.free_flow_ms / 3_600_000.0 - hours).abs() < 1e-6, "{}", route.free_flow_ms / 3_600_000.0);
}
