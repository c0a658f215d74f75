//! Routes on small networks.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Hop, Itinerary, ItineraryWords, Network, Prices, RouteError, Traveller};
use crate::ids::{CargoId, NodeId};
use crate::scenario::Contents;
use crate::scenario::types::Service;

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
    let reading = Contents::parse(text, "diamond");
    let rendered = reading.rendered();
    Network::build(&reading.scenario.unwrap_or_else(|| panic!("{rendered}"))).unwrap()
}

fn of(cargo: usize) -> Traveller {
    Traveller { cargo: CargoId::new(cargo), service: Service::WagonGroup }
}

fn itinerary(network: &Network, stops: &[&str], avoid: &[&str]) -> Result<Itinerary, RouteError> {
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    let [from, via @ .., to] = stops else { panic!("a route has two ends") };
    network.itinerary("flow.f", ItineraryWords { from, to, via: &words(via), avoid: &words(avoid) })
}

fn nodes(network: &Network, stops: &[&str], cargo: usize) -> Result<Vec<usize>, RouteError> {
    nodes_without(network, stops, &[], cargo)
}

fn nodes_without(network: &Network, stops: &[&str], avoid: &[&str], cargo: usize) -> Result<Vec<usize>, RouteError> {
    let route = network.route("flow.f", &itinerary(network, stops, avoid)?, of(cargo))?;
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
    let itinerary = itinerary(&network, &["a", "d"], &[]).unwrap();
    let routes = network.routes(&itinerary, of(0), &network.times(of(0)), 5);
    let hours: Vec<i64> = routes.iter().map(|route| route.cost / 3_600_000).collect();
    assert_eq!(hours, [10, 10, 30]);
    assert_eq!(routes[0].route.nodes.len(), 3);
}

/// A second line from `a` to `b` that takes an hour longer.
fn with_two_lines() -> Network {
    network(&format!("{DIAMOND}[link.old-ab]\nfrom = \"b\"\nto = \"a\"\nmode = \"rail\"\ntime = \"6 h\"\n"))
}

fn links(network: &Network, stops: &[&str], avoid: &[&str]) -> Vec<String> {
    let route = network.route("flow.f", &itinerary(network, stops, avoid).unwrap(), of(0)).unwrap();
    route.hops.iter().map(|hop| network.link_id(hop.link).to_owned()).collect()
}

#[test]
fn one_of_two_parallel_links_can_be_named_or_avoided() {
    let network = with_two_lines();
    assert_eq!(links(&network, &["a", "b", "d"], &[]), ["ab", "bd"]);
    assert_eq!(links(&network, &["a", "link.old-ab", "d"], &[]), ["old-ab", "bd"]);
    assert_eq!(links(&network, &["a", "old-ab", "b", "d"], &[]), ["old-ab", "bd"]);
    assert_eq!(links(&network, &["d", "old-ab", "c"], &[]), ["bd", "old-ab", "a-c"]);
    assert_eq!(links(&network, &["a", "b", "d"], &["ab"]), ["old-ab", "bd"]);
    assert_eq!(links(&network, &["a", "d"], &["node.c"]), ["ab", "bd"]);
    let itinerary = itinerary(&network, &["a", "old-ab", "d"], &[]).unwrap();
    let routes = network.routes(&itinerary, of(0), &network.times(of(0)), 9);
    assert_eq!(routes.len(), 1, "{routes:?}");
}

#[test]
fn a_name_of_both_a_node_and_a_link_is_told_apart_by_its_table() {
    let text = DIAMOND.replace("[link.ab]", "[link.b]");
    let network = network(&text);
    let error = itinerary(&network, &["a", "b", "d"], &[]).unwrap_err();
    assert_eq!(error.message, "`b` is both a node and a link");
    assert_eq!(links(&network, &["a", "link.b", "d"], &[]), ["b", "bd"]);
    assert_eq!(links(&network, &["a", "node.b", "d"], &[]), ["b", "bd"]);
}

#[test]
fn a_dead_end_says_why_each_next_link_does_not_lead_on() {
    let second = "[link.old-de]\nfrom = \"e\"\nto = \"d\"\nmode = \"rail\"\none-way = true\ntime = \"6 h\"\n";
    let network = network(&format!("{DIAMOND}{second}"));
    let error = nodes(&network, &["a", "e"], 1).unwrap_err();
    assert_eq!(
        error.message,
        "no route from `a` to `e`: the route ends at `d`: link.de is served by fleets that do not carry it; \
         link.old-de is one-way the other way"
    );
    let error = nodes_without(&network, &["a", "e"], &["link.de"], 0).unwrap_err();
    assert!(error.message.contains("the route ends at `d`: link.de is to be avoided"), "{}", error.message);
    let error = nodes_without(&network, &["a", "d"], &["b", "c", "ad"], 0).unwrap_err();
    assert!(error.message.contains("the route ends at `a`: link.a-c is to be avoided"), "{}", error.message);
}

/// Costs of links and of passages of nodes, by index.
#[derive(Clone, Debug)]
struct Listed(Vec<i64>, BTreeMap<(usize, usize), i64>);

impl Prices for Listed {
    fn link(&self, hop: Hop) -> i64 {
        self.0[hop.link.index()]
    }

    fn node(&self, _: NodeId, before: Option<Hop>, after: Option<Hop>) -> i64 {
        let of = |hop: Option<Hop>| hop.map_or(usize::MAX, |hop| 2 * hop.link.index() + usize::from(hop.direction));
        self.1.get(&(of(before), of(after))).copied().unwrap_or(0)
    }
}

/// All routes that pass no node twice, by depth-first search, best first.
fn all_routes(network: &Network, prices: &Listed, from: usize, to: usize) -> Vec<(i64, usize, Vec<String>)> {
    let mut all = Vec::new();
    let mut open = vec![(vec![NodeId::new(from)], Vec::<Hop>::new())];
    while let Some((nodes, hops)) = open.pop() {
        let here = nodes[nodes.len() - 1];
        if here.index() == to {
            let mut cost = prices.node(here, hops.last().copied(), None);
            for (place, &hop) in hops.iter().enumerate() {
                let before = place.checked_sub(1).map(|before| hops[before]);
                cost += prices.link(hop) + prices.node(nodes[place], before, Some(hop));
            }
            let ids = hops.iter().map(|hop| network.link_id(hop.link).to_owned()).collect();
            all.push((cost, hops.len(), ids));
            continue;
        }
        for hop in network.hops_from(here) {
            let next = network.ends(hop).1;
            if network.mean_ms(hop, of(0)).is_ok() && !nodes.contains(&next) {
                open.push(([nodes.as_slice(), &[next]].concat(), [hops.as_slice(), &[hop]].concat()));
            }
        }
    }
    all.sort();
    all
}

const NODES: usize = 6;

fn random_network() -> impl Strategy<Value = (String, Listed)> {
    let link = (0..NODES, 1..NODES, any::<bool>(), 0..4_i64);
    let passage = (0..30_usize, 0..30_usize, 0..9_i64);
    let drawn = (prop::collection::vec(link, 4..14), prop::collection::vec(passage, 0..60));
    drawn.prop_map(|(links, passages)| {
        let nodes: Vec<String> = (0..NODES).map(|node| format!("[node.n{node}]")).collect();
        let text: Vec<String> = links.iter().enumerate().map(|(index, &(from, step, one_way, _))| {
            let to = (from + step) % NODES;
            format!("[link.l{index:02}]\nfrom = \"n{from}\"\nto = \"n{to}\"\nmode = \"rail\"\none-way = {one_way}\ntime = \"1 h\"\n")
        }).collect();
        let prices = Listed(
            links.iter().map(|link| link.3).collect(),
            passages.into_iter().map(|(before, after, cost)| ((before, after), cost)).collect(),
        );
        let head = "schema = 1\ntitle = \"Random\"\n[cargo.grain]\nunit = \"wagon\"\ntonnes-per-unit = 60\n";
        (format!("{head}{}\n{}", nodes.join("\n"), text.join("\n")), prices)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
    /// Yen's routes are the first of all routes, with passages of nodes that cost something and with many ties.
    #[test]
    fn the_best_routes_are_those_of_a_search_of_all((text, prices) in random_network(), k in 1..12_usize) {
        let network = network(&text);
        let all = all_routes(&network, &prices, 0, 3);
        let itinerary = itinerary(&network, &["n0", "n3"], &[]).unwrap();
        let found: Vec<_> = network.routes(&itinerary, of(0), &prices, k).into_iter().map(|found| {
            let ids: Vec<String> = found.route.hops.iter().map(|hop| network.link_id(hop.link).to_owned()).collect();
            (found.cost, ids.len(), ids)
        }).collect();
        prop_assert_eq!(&found[..], &all[..k.min(all.len())]);
    }
}
