//! Routes on small networks.

use super::{Network, RouteError, Traveller};
use crate::ids::{CargoId, NodeId};
use crate::scenario::Scenario;
use crate::scenario::spec::Service;

/// A diamond `a`-`b`-`d` (10 h), `a`-`c`-`d` (10 h), a long route `a`-`d` (30 h), and the sea from `d` to `e`.
const DIAMOND: &str = r#"schema = 1
title = "A diamond"
[cargo.grain]
unit = "wagon"
tonnes-per-unit = 60
[cargo.oil]
unit = "t"
tonnes-per-unit = 1
[node.a]
[node.b]
[node.c]
[node.d]
[node.e]
[link.ab]
from = "a"
to = "b"
mode = "rail"
time = "5 h"
[link.bd]
from = "b"
to = "d"
mode = "rail"
time = "5 h"
[link.a-c]
from = "a"
to = "c"
mode = "rail"
time = "5 h"
[link.cd]
from = "c"
to = "d"
mode = "rail"
time = "5 h"
[link.ad]
from = "a"
to = "d"
mode = "rail"
time = "30 h"
[link.de]
from = "d"
to = "e"
mode = "sea"
time = "20 h"
[fleet.ferry]
ports = ["d", "e"]
vessels = 1
capacity = "50 wagon"
carries = ["grain"]
"#;

fn network(text: &str) -> Network {
    let loaded = Scenario::parse(text, "diamond");
    let rendered = loaded.rendered();
    Network::build(&loaded.scenario.unwrap_or_else(|| panic!("{rendered}"))).unwrap()
}

fn of(cargo: usize) -> Traveller {
    Traveller { cargo: CargoId::new(cargo), service: Service::WagonGroup }
}

fn nodes(network: &Network, stops: &[&str], cargo: usize) -> Result<Vec<usize>, RouteError> {
    let stops: Vec<String> = stops.iter().map(|&stop| stop.to_owned()).collect();
    let route = network.route("flow.f", &stops, of(cargo))?;
    Ok(route.nodes.iter().map(|node| node.index()).collect())
}

#[test]
fn gaps_are_filled_by_least_time_then_by_ids() {
    let network = network(DIAMOND);
    // `a-c` comes before `ab` in the alphabet.
    assert_eq!(nodes(&network, &["a", "d"], 0), Ok(vec![0, 2, 3]));
    assert_eq!(nodes(&network, &["a", "b", "e"], 0), Ok(vec![0, 1, 3, 4]));
}

#[test]
fn ties_go_to_fewer_links() {
    let network = network(&DIAMOND.replace("time = \"30 h\"", "time = \"10 h\""));
    assert_eq!(nodes(&network, &["a", "d"], 0), Ok(vec![0, 3]));
}

#[test]
fn a_one_way_link_is_not_used_back() {
    let network = network(
        &DIAMOND.replace("mode = \"rail\"\ntime = \"30 h\"", "mode = \"rail\"\none-way = true\ntime = \"1 h\""),
    );
    assert_eq!(nodes(&network, &["a", "d"], 0), Ok(vec![0, 3]));
    assert_eq!(nodes(&network, &["d", "a"], 0), Ok(vec![3, 1, 0]));
}

#[test]
fn a_dead_end_says_where_the_way_ends() {
    let network = network(DIAMOND);
    let error = nodes(&network, &["a", "e"], 1).unwrap_err();
    assert_eq!(
        error.to_string(),
        "flow.f: no route from `a` to `e`: the route ends at `d`: link.de is served by fleets that do not carry it"
    );
    assert!(error.help.contains("`carries` of a fleet"));
}

#[test]
fn what_opens_late_fills_no_gap() {
    let late = DIAMOND.replace("[link.a-c]", "[link.a-c]\nopen-from = \"2024-06-01\"");
    assert_eq!(nodes(&network(&late), &["a", "d"], 0), Ok(vec![0, 1, 3]));
    // Named neighbours may use it.
    assert_eq!(nodes(&network(&late), &["a", "c", "d"], 0), Ok(vec![0, 2, 3]));
}

#[test]
fn routes_come_best_first() {
    let network = network(DIAMOND);
    let routes = network.routes(NodeId::new(0), NodeId::new(3), of(0), 5);
    let hours: Vec<i64> = routes.iter().map(|route| route.mean_ms / 3_600_000).collect();
    assert_eq!(hours, [10, 10, 30]);
    assert_eq!(routes[0].route.nodes.len(), 3);
}
