//! Scenarios whose inputs were drawn.

use super::{ONE_CRANE, scenario};
use crate::compile::Problem;
use crate::model::Plan;

#[test]
fn cargo_keeps_its_way_whatever_times_are_drawn() {
    let text = format!("{ONE_CRANE}\n[link.other]\nfrom = \"west\"\nto = \"east\"\nmode = \"rail\"\ntime = \"11 h\"\n");
    let loaded = scenario(&text);
    let mut drawn = loaded.clone();
    drawn.link["line"].time = loaded.link["line"].time.as_ref().map(|time| time.scaled(1.2));
    let links = |plan: Result<Plan, _>| plan.map(|plan| plan.labels.routes[0].links.clone()).unwrap();
    let route = links(Plan::of(&loaded));
    assert_eq!(links(Plan::of_draw(&drawn, &loaded)), route);
    // By its own times it would change over.
    assert_ne!(links(Plan::of(&drawn)), route);
}

#[test]
fn the_draw_of_another_scenario_is_refused() {
    let loaded = scenario(ONE_CRANE);
    let mut drawn = loaded.clone();
    drawn.node.shift_remove("east");
    let errors = Plan::of_draw(&drawn, &loaded).expect_err("has other nodes");
    assert!(errors.iter().any(|error| error.problem == Problem::Shape { what: "the nodes" }), "{errors:?}");
}
