//! Choices among routes: who goes where, and that nobody moves without a reason.

use std::collections::BTreeMap;

use midcor::engine::{Ended, Limits, Note, Observer, simulate};
use midcor::experiment::{base_terms, by_alternative};
use midcor::model::{Plan, RouteTerms};
use midcor::random::{Domain, RandomNumbers};
use midcor::words::Unit;

use crate::lab::{Lab, plan};

/// Two routes of one flow, north and south, and a third that nobody takes in the base; the sea outside the corridor.
const MARKET: &str = r#"
schema = 1
title = "Three routes and the sea"
[run]
horizon = "366 d"
drain = "30 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 14
[node.west]
[node.north]
[node.south]
[node.middle]
[node.east]
[link.wn]
from = "west"
to = "north"
mode = "rail"
time = "100 h"
[link.ne]
from = "north"
to = "east"
mode = "rail"
time = "100 h"
[link.ws]
from = "west"
to = "south"
mode = "rail"
time = "120 h"
[link.se]
from = "south"
to = "east"
mode = "rail"
time = "120 h"
[link.wm]
from = "west"
to = "middle"
mode = "rail"
time = "110 h"
[link.me]
from = "middle"
to = "east"
mode = "rail"
time = "110 h"
[outside.sea]
cost = "1000 USD/TEU"
time = "30 d"
[flow.boxes]
cargo = "boxes"
from = "west"
to = "east"
volume = "40000 TEU/yr"
shipment = "1 TEU"
route.north = { via = ["north"], share = "60 %" }
route.south = { via = ["south"], share = "40 %" }
route.middle = { via = ["middle"], share = "0 %" }
"#;

const CHOICE: &str = r#"
[choice.boxes]
flows = ["boxes"]
outside = { sea = "50 %" }
"#;

/// By identity of a shipment: its route.
#[derive(Default)]
struct Routes(BTreeMap<u64, usize>);

impl Observer for Routes {
    fn note(&mut self, _: Note) {}
    fn ended(&mut self, ended: Ended, _: &[midcor::engine::outcome::Segment]) {
        self.0.insert(ended.shipment, ended.route.index());
    }
}

fn routes(plan: &Plan) -> BTreeMap<u64, usize> {
    let mut seen = Routes::default();
    simulate(plan, RandomNumbers::new(7, 0, Domain::Tests), Limits::default(), &mut seen).unwrap();
    seen.0
}

/// The plan where the base's terms are changed by `change`, by alternative: north, south, middle, sea.
fn changed(plan: &Plan, change: impl Fn(&mut [RouteTerms])) -> Plan {
    let label = &plan.labels.choices[0];
    let base: Vec<RouteTerms> = label.alternatives.iter().map(|one| one.terms).collect();
    let mut now = base.clone();
    change(&mut now);
    let mut weights = label.weights(&base, &now);
    // The middle route is not built unless the change says so.
    if now[2] == base[2] {
        weights[2] = midcor::model::Weight::NEVER;
    }
    plan.with_weights(&[weights])
}

#[test]
fn a_choice_at_base_costs_changes_no_shipment() {
    let (without, with) = (plan(MARKET), plan(&format!("{MARKET}{CHOICE}")));
    assert_eq!(routes(&without), routes(&with));
    assert_eq!(routes(&with), routes(&changed(&with, |_| ())));
}

#[test]
fn a_dearer_route_loses_and_nobody_moves_between_the_others() {
    let base = plan(&format!("{MARKET}{CHOICE}"));
    let now = changed(&base, |terms| terms[0].usd += 500.0);
    let (before, after) = (routes(&base), routes(&now));
    for (shipment, route) in &after {
        match before.get(shipment) {
            Some(0) | None => {}
            Some(from) => assert_eq!(from, route, "who was not on the dearer route stays"),
        }
    }
    // Nobody leaves the sea for a corridor that grew dearer.
    assert!(after.keys().all(|shipment| before.contains_key(shipment)));
    assert!(after.len() < before.len());
}

#[test]
fn a_new_route_takes_from_all_and_moves_nobody_between_old_ones() {
    let base = plan(&format!("{MARKET}{CHOICE}"));
    let now = changed(&base, |terms| terms[2].usd -= 100.0);
    let (before, after) = (routes(&base), routes(&now));
    let moved = after.iter().filter(|(shipment, route)| before.get(shipment).is_some_and(|from| from != *route));
    assert!(moved.clone().count() > 1000);
    assert!(moved.clone().all(|(_, route)| *route == 2), "only to the new route");
    let new = after.iter().filter(|(shipment, _)| !before.contains_key(shipment));
    assert!(
        new.clone().count() > 1000 && new.clone().all(|(_, route)| *route == 2),
        "the sea loses to the new route only"
    );
}

/// Shares in the simulation are those of the logit, over lognormal values of time.
#[test]
fn simulated_shares_are_those_of_the_logit() {
    let base = plan(&format!("{MARKET}{CHOICE}"));
    let terms = |terms: &mut [RouteTerms]| {
        terms[1].days -= 4.0;
        terms[3].usd *= 0.5;
    };
    let now = changed(&base, terms);
    let label = &base.labels.choices[0];
    let weights: Vec<_> = now.epochs[0].1.choices[0].alternatives.iter().map(|one| one.weight).collect();
    let expected = midcor::model::shares(&weights, &label.values_of_time);
    let results = Lab::of_plan(now).results(0..10, 2);
    let summary = results.summary();
    let of = |measure: &str, subject: &str| {
        let rows = summary.rows.iter().filter(|row| row.key.unit == Unit::teu_per_year());
        let is_row = |key: &midcor::results::RowKey| {
            key.measure.word() == measure && key.subject.as_str() == subject && key.period.is_horizon()
        };
        let row = rows.into_iter().find(|row| is_row(&row.key));
        row.and_then(|row| row.mean.zip(row.half_width)).unwrap()
    };
    let found = [
        of("carried", "route.boxes.north"),
        of("carried", "route.boxes.south"),
        of("carried", "route.boxes.middle"),
        of("outside", "outside.sea"),
    ];
    for ((found, half_width), expected) in found.iter().zip(&expected) {
        // 40,000 TEU are half of the market; 365 d are a year of rates.
        let expected = expected * 80_000.0;
        assert!(
            (found - expected).abs() <= 4.0 * half_width.max(1e-9) + 0.005 * expected,
            "{found} and not {expected}"
        );
    }
}

/// A what-if that names the one route of a flow, to set another beside it, finds the base's times of that route.
#[test]
fn a_route_that_a_what_if_names_has_the_times_of_the_base() {
    let queue = "[node.north.facility.customs]\nkind = \"customs\"\nservers = 1\n\
                 time = { dist = \"exponential\", mean = \"10 min\" }\n";
    let head = &MARKET[..MARKET.find("route.north").unwrap()];
    let of = |routes: &str| plan(&format!("{head}{routes}\n{queue}{CHOICE}"));
    let base = of("via = [\"north\"]");
    let what_if = of("route.north = { via = [\"north\"], share = \"100 %\" }\n\
                      route.middle = { via = [\"middle\"], share = \"0 %\" }");
    let (of_base, labels) = (base.labels.clone(), what_if.labels);
    let results = Lab::of_plan(base).results(0..1, 1);
    let terms = &base_terms(&results.catalogue, &results.records, &of_base, &labels)[0];
    let simulated = by_alternative(&results.catalogue, &results.records, &of_base)[0][0];
    assert!(simulated > of_base.choices[0].alternatives[0].terms.days + 0.01, "there is a queue: {simulated}");
    assert!((terms[0].days - simulated).abs() < 1e-12, "{} and not {simulated}", terms[0].days);
    assert!(terms[1].is_open, "the route through the middle is new");
}

/// A route that carries next to nothing of those who choose it is known to be slow, though nobody has come home by it.
#[test]
fn a_route_on_which_nobody_arrives_takes_at_least_the_time_so_far() {
    let locked = "[node.north.facility.customs]\nkind = \"customs\"\nservers = 1\ntime = \"400 d\"\n";
    let plan = plan(&format!("{MARKET}{locked}{CHOICE}"));
    let (labels, results) = (plan.labels.clone(), Lab::of_plan(plan).results(0..2, 1));
    let days = &by_alternative(&results.catalogue, &results.records, &labels)[0];
    // Half of the horizon in the mean, and the drain.
    assert!((days[0] - (366.0 / 2.0 + 30.0)).abs() < 3.0, "{days:?}");
    assert!((days[1] - 10.0).abs() < 1e-9, "{days:?}");
    assert!(days[2].is_nan() && days[3].is_nan(), "nobody sets out, and the sea is not simulated: {days:?}");
}
