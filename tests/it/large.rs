//! What is large must come to an end: thousands of things at once. A step of the engine that looked at all of them again
//! and again would take minutes here; nothing is timed, since machines differ.
#![expect(clippy::float_cmp, reason = "whole servers for a whole day")]

use crate::lab::Lab;

const LINE: &str = r#"
schema = 1
title = "Large"
[run]
horizon = "30 d"
drain = "1 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 14
[node.west]
[node.east]
[link.line]
from = "west"
to = "east"
mode = "rail"
time = "1 h"
"#;

fn carried_out(text: &str) -> midcor::engine::Outcome {
    Lab::new(text).outcome(0)
}

#[test]
fn half_a_million_servers_that_fail() {
    let text = format!(
        "{}[node.east.facility.crane]\nkind = \"crane\"\nservers = 500000\ntime = \"1 h\"\nmtbf = \"10 d\"\nmttr = \"1 d\"\n\
         [flow.demo]\ncargo = \"boxes\"\nfrom = \"west\"\nto = \"east\"\nvolume = \"5000 TEU/yr\"\nshipment = \"1 TEU\"\n",
        LINE.replace("30 d", "1 d")
    );
    let outcome = carried_out(&text);
    let tally = &outcome.stations[0];
    // They all begin in order: after t days 1/11 (1 - exp(-1.1 t)) of them are down, over the first day 0.0357.
    let down = tally.down.days() / 500_000.0;
    assert!((0.034..0.037).contains(&down), "{down}");
    let states = tally.busy + tally.blocked + tally.down + tally.closed + tally.idle;
    assert_eq!(states.days(), 500_000.0);
}

#[test]
fn sixty_thousand_trains_that_wait_for_one_engine() {
    let text = format!(
        "{LINE}pools = [\"engines\"]\n[pool.engines]\nsize = 1\n\
         [flow.demo]\ncargo = \"boxes\"\nfrom = \"west\"\nto = \"east\"\nvolume = \"730000 TEU/yr\"\nshipment = \"1 TEU\"\n\
         arrivals = \"regular\"\n"
    );
    let outcome = carried_out(&text);
    let delivered = outcome.flows[0].delivered.size.units();
    assert!((700.0..=720.0).contains(&delivered), "{delivered}");
}

#[test]
fn twenty_thousand_boxes_on_one_ship() {
    let sea =
        LINE.replace("30 d", "60 d").replace("mode = \"rail\"\ntime = \"1 h\"", "mode = \"sea\"\nlength = \"300 km\"");
    // A thousand boxes a day; each waits and is loaded in turn, so that the ship's log has an entry for each.
    let text = format!(
        "{sea}[fleet.ship]\nports = [\"west\", \"east\"]\nvessels = 1\ncarries = [\"TEU\"]\ncapacity = \"20000 TEU\"\n\
         load = \"1000 TEU/h\"\nunload = \"5 h\"\nsailing = \"14 h\"\n\
         [flow.demo]\ncargo = \"boxes\"\nfrom = \"west\"\nto = \"east\"\nvolume = \"365000 TEU/yr\"\nshipment = \"1 TEU\"\n\
         arrivals = \"regular\"\n"
    );
    let delivered = carried_out(&text).flows[0].delivered.size.units();
    assert_eq!(delivered, 40_000.0);
}
