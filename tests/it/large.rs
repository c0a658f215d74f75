//! What is large must not be slow: thousands of things at once, within a time that any machine keeps if no step of the
//! engine looks at all of them again and again.
#![expect(clippy::float_cmp, reason = "whole servers for a whole day")]

use std::time::{Duration, Instant};

use crate::lab::Lab;

/// Generous: what goes wrong takes minutes.
const LONGEST: Duration = Duration::from_secs(20);

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

fn in_time(text: &str) -> midcor::engine::Outcome {
    let started = Instant::now();
    let outcome = Lab::new(text).outcome(0);
    assert!(started.elapsed() < LONGEST, "{:?}", started.elapsed());
    outcome
}

#[test]
fn half_a_million_servers_that_fail() {
    let text = format!(
        "{}[node.east.facility.crane]\nkind = \"crane\"\nservers = 500000\ntime = \"1 h\"\nmtbf = \"10 d\"\nmttr = \"1 d\"\n\
         [flow.demo]\ncargo = \"boxes\"\nfrom = \"west\"\nto = \"east\"\nvolume = \"5000 TEU/yr\"\nshipment = \"1 TEU\"\n",
        LINE.replace("30 d", "1 d")
    );
    let outcome = in_time(&text);
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
    let outcome = in_time(&text);
    let delivered = outcome.flows[0].delivered.size.units();
    assert!((700.0..=720.0).contains(&delivered), "{delivered}");
}
