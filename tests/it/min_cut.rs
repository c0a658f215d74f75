//! Whatever the routes and their shares, no more is delivered than the least cut of the network lets through.
//!
//! Random networks of five layers, west – yards – ports ~ ports – east, with lines between every two neighbours, are used
//! by flows with several routes that share lines, cranes and ferries, mostly with far more demand than can be carried. All
//! times are constant, so that what each thing can do until the horizon ends is a whole number, the first and the last
//! train included: the bound needs no tolerance.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use petgraph::algo::dinics;
use petgraph::graph::DiGraph;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

use crate::lab::Lab;

/// Long, so that the days in which the first train has not yet come weigh little.
const HORIZON: u64 = 120 * 24;
/// Networks that are tried.
const NETWORKS: u32 = 144;
/// Hours of a train on any line.
const RUN: u64 = 9;
/// Hours of loading, of a crossing and of unloading.
const SHIP: [u64; 3] = [3, 14, 2];

/// What limits an arc.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Demand,
    Customs,
    Crane,
    Paths,
    Places,
    Engines,
    Ships,
}

const KINDS: [Kind; 7] =
    [Kind::Demand, Kind::Customs, Kind::Crane, Kind::Paths, Kind::Places, Kind::Engines, Kind::Ships];

/// A line: paths a day, trains on it at once, locomotives of its own with the hours after which they are free again.
#[derive(Clone, Debug)]
struct Line {
    paths: u64,
    at_once: Option<u64>,
    engines: Option<(u64, u64)>,
}

/// Yard, western and eastern port that a route passes.
type Route = [usize; 3];

#[derive(Clone, Debug)]
struct Network {
    size: u64,
    /// Servers and hours.
    customs: Vec<(u64, u64)>,
    cranes: Vec<(u64, u64)>,
    /// From the west to each yard, from each yard to each port, from each port to the east.
    first: Vec<Line>,
    middle: Vec<Line>,
    last: Vec<Line>,
    /// Ships and their decks, from each port to each.
    ferries: Vec<(u64, u64)>,
    /// Of the flow from the west, with weights of their shares.
    routes: Vec<(Route, u64)>,
    volume: u64,
    /// A flow from the yard of the first route, on its route: units a year.
    local: Option<u64>,
}

const YARDS: usize = 3;
const PORTS: usize = 2;

fn line() -> impl Strategy<Value = Line> {
    let engines = proptest::option::weighted(0.25, (1..4_u64, 1..30_u64));
    (1..9_u64, proptest::option::weighted(0.25, 1..4_u64), engines).prop_map(|(paths, at_once, engines)| Line {
        paths,
        at_once,
        engines,
    })
}

fn network() -> impl Strategy<Value = Network> {
    use proptest::collection::vec;
    let lines = (vec(line(), YARDS), vec(line(), YARDS * PORTS), vec(line(), PORTS));
    let places = (vec((1..4_u64, 2..24_u64), YARDS), vec((1..4_u64, 2..16_u64), PORTS));
    let ferries = vec((1..3_u64, 30..150_u64), PORTS * PORTS);
    let all: Vec<Route> = (0..YARDS * PORTS * PORTS).map(|route| [route / 4, route / 2 % 2, route % 2]).collect();
    let routes = (proptest::sample::subsequence(all, 2..=4), vec(1..10_u64, 4));
    let demand = (10_000..150_000_u64, proptest::option::of(5_000..60_000_u64));
    (20..60_u64, lines, places, ferries, routes, demand).prop_map(|(size, lines, places, ferries, routes, demand)| {
        Network {
            size,
            customs: places.0,
            cranes: places.1,
            first: lines.0,
            middle: lines.1,
            last: lines.2,
            ferries,
            routes: routes.0.into_iter().zip(routes.1).collect(),
            volume: demand.0,
            local: demand.1,
        }
    })
}

impl Network {
    fn text(&self) -> String {
        let mut text = format!(
            "schema = 1\ntitle = \"Routes\"\n[run]\nhorizon = \"{HORIZON} h\"\ndrain = \"1 d\"\n\
             [cargo.boxes]\nunit = \"TEU\"\ntonnes-per-unit = 14\n[node.west]\n[node.east]\n"
        );
        for (yard, (servers, hours)) in self.customs.iter().enumerate() {
            let _ = writeln!(
                text,
                "[node.a{yard}.facility.customs]\nkind = \"customs\"\nservers = {servers}\ntime = \"{hours} h\""
            );
            self.first[yard].write("west", &format!("a{yard}"), &mut text);
            for port in 0..PORTS {
                self.middle[yard * PORTS + port].write(&format!("a{yard}"), &format!("p{port}"), &mut text);
            }
        }
        for (port, (servers, hours)) in self.cranes.iter().enumerate() {
            let _ = writeln!(
                text,
                "[node.q{port}]\n[node.p{port}.facility.crane]\nkind = \"crane\"\nservers = {servers}\n\
                 time = \"{hours} h\"\nat = \"train\"\nwhen = {{ from = \"rail\", to = \"sea\" }}"
            );
            self.last[port].write(&format!("q{port}"), "east", &mut text);
        }
        for (place, (ships, deck)) in self.ferries.iter().enumerate() {
            let (from, to) = (format!("p{}", place / PORTS), format!("q{}", place % PORTS));
            let [load, sailing, unload] = SHIP;
            let _ = writeln!(
                text,
                "[link.{from}-{to}]\nfrom = \"{from}\"\nto = \"{to}\"\nmode = \"sea\"\nlength = \"300 km\"\n\
                 [fleet.{from}-{to}]\nports = [\"{from}\", \"{to}\"]\nvessels = {ships}\ncarries = [\"TEU\"]\n\
                 capacity = \"{deck} TEU\"\nload = \"{load} h\"\nunload = \"{unload} h\"\nsailing = \"{sailing} h\"\n\
                 max-wait = \"20 h\""
            );
        }
        self.write_demand(&mut text);
        text
    }

    fn write_demand(&self, text: &mut String) {
        let flow = |id: &str, from: &str, volume: u64| {
            format!(
                "[flow.{id}]\ncargo = \"boxes\"\nfrom = \"{from}\"\nto = \"east\"\nvolume = \"{volume} TEU/yr\"\n\
                 shipment = \"{} TEU\"\nservice = \"block-train\"\narrivals = \"regular\"\n",
                self.size
            )
        };
        text.push_str(&flow("long", "west", self.volume));
        let whole: u64 = self.routes.iter().map(|(_, weight)| weight).sum();
        for (place, ([yard, port, landing], weight)) in self.routes.iter().enumerate() {
            let share = *weight as f64 / whole as f64;
            let _ = writeln!(
                text,
                "route.w{place} = {{ via = [\"a{yard}\", \"p{port}\", \"q{landing}\"], share = {share} }}"
            );
        }
        if let Some(volume) = self.local {
            let [yard, port, landing] = self.routes[0].0;
            text.push_str(&flow("local", &format!("a{yard}"), volume));
            let _ = writeln!(text, "via = [\"p{port}\", \"q{landing}\"]");
        }
    }

    /// The arcs that some route uses, by their ends, with all that limits them, in units until the horizon ends.
    fn arcs(&self) -> BTreeMap<[String; 2], Vec<(Kind, u64)>> {
        let size = self.size;
        let offered = |volume: u64| vec![(Kind::Demand, (volume * HORIZON / 8784 / size + 1) * size)];
        let served = |kind: Kind, (servers, hours): (u64, u64)| vec![(kind, servers * (HORIZON / hours) * size)];
        let mut arcs = BTreeMap::new();
        let mut put = |from: String, to: String, limits| drop(arcs.insert([from, to], limits));
        put("all".to_owned(), "west".to_owned(), offered(self.volume));
        if let Some(volume) = self.local {
            put("all".to_owned(), format!("a{}", self.routes[0].0[0]), offered(volume));
        }
        for &([yard, port, landing], _) in &self.routes {
            put("west".to_owned(), format!("a{yard}"), self.first[yard].limits(size));
            put(format!("a{yard}"), format!("a{yard} cleared"), served(Kind::Customs, self.customs[yard]));
            put(format!("a{yard} cleared"), format!("p{port}"), self.middle[yard * PORTS + port].limits(size));
            put(format!("p{port}"), format!("p{port} quay"), served(Kind::Crane, self.cranes[port]));
            let (ships, deck) = self.ferries[port * PORTS + landing];
            let [load, sailing, unload] = SHIP;
            let (first, round) = (load + sailing + unload, load + 2 * sailing + unload);
            let voyages = ships * (1 + (HORIZON - first) / round);
            put(format!("p{port} quay"), format!("q{landing}"), vec![(Kind::Ships, voyages * deck)]);
            put(format!("q{landing}"), "east".to_owned(), self.last[landing].limits(size));
        }
        arcs
    }

    /// The most that can get to the east before the horizon ends; with a kind of thing weakened by a tenth, if asked.
    fn cut(&self, weak: Option<Kind>) -> u64 {
        let arcs = self.arcs();
        let names: BTreeSet<&String> = arcs.keys().flatten().collect();
        let mut graph = DiGraph::<&str, u64>::new();
        let nodes: BTreeMap<&str, _> = names.iter().map(|name| (name.as_str(), graph.add_node(name))).collect();
        for ([from, to], limits) in &arcs {
            let capacity = |&(kind, units): &(Kind, u64)| if weak == Some(kind) { units * 9 / 10 } else { units };
            let least = limits.iter().map(capacity).min().unwrap();
            graph.add_edge(nodes[from.as_str()], nodes[to.as_str()], least);
        }
        dinics(&graph, nodes["all"], nodes["east"]).0
    }

    fn delivered(&self) -> f64 {
        Lab::new(&self.text()).outcome(0).flows.iter().map(|flow| flow.delivered.size.units()).sum()
    }
}

impl Line {
    fn write(&self, from: &str, to: &str, text: &mut String) {
        if let Some((size, turnaround)) = self.engines {
            let _ = writeln!(text, "[pool.{from}-{to}]\nsize = {size}\nturnaround = \"{turnaround} h\"");
        }
        let _ = writeln!(
            text,
            "[link.{from}-{to}]\nfrom = \"{from}\"\nto = \"{to}\"\nmode = \"rail\"\ntime = \"{RUN} h\"\npaths-per-day = {}",
            self.paths
        );
        if let Some(trains) = self.at_once {
            let _ = writeln!(text, "trains-at-once = {trains}");
        }
        if self.engines.is_some() {
            let _ = writeln!(text, "pools = [\"{from}-{to}\"]");
        }
    }

    /// Trains that can be through before the horizon ends.
    fn limits(&self, size: u64) -> Vec<(Kind, u64)> {
        let mut limits = vec![(Kind::Paths, ((HORIZON - RUN) * self.paths / 24 + 1) * size)];
        limits.extend(self.at_once.map(|trains| (Kind::Places, trains * (HORIZON / RUN) * size)));
        let of_engines = |(engines, turnaround)| engines * (1 + (HORIZON - RUN) / (RUN + turnaround)) * size;
        limits.extend(self.engines.map(|engines| (Kind::Engines, of_engines(engines))));
        limits
    }
}

/// The bound is worth something only where it is nearly reached: that is counted, so that a bound too loose to fail fails.
#[test]
fn no_more_goes_through_than_the_least_cut_lets() {
    let config = ProptestConfig {
        cases: NETWORKS,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_260_101),
        max_shrink_iters: 60,
        ..ProptestConfig::default()
    };
    let (near, felt) = (RefCell::new(0), RefCell::new(BTreeMap::<Kind, u32>::new()));
    let looked_at = TestRunner::new(config).run(&network(), |network| {
        let (cut, delivered) = (network.cut(None), network.delivered());
        prop_assert!(delivered <= cut as f64, "{delivered} TEU of {cut}");
        *near.borrow_mut() += u32::from(delivered >= 0.95 * cut as f64);
        for kind in KINDS.into_iter().filter(|&kind| delivered > network.cut(Some(kind)) as f64) {
            *felt.borrow_mut().entry(kind).or_default() += 1;
        }
        Ok(())
    });
    looked_at.unwrap_or_else(|error| panic!("{error}"));
    let (near, felt) = (near.into_inner(), felt.into_inner());
    eprintln!("{near} of {NETWORKS} networks within 5 % of their cut; a tenth more would be seen of {felt:?}");
    assert!(near >= 30, "{near} networks came near their cut");
    assert!(KINDS.iter().all(|kind| felt.get(kind).is_some_and(|&cases| cases >= 2)), "{felt:?}");
}
