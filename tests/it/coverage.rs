//! Do the intervals hold the truth as often as they say? A thousand studies of twenty replications each:
//!
//! ```text
//! cargo test --release --test it -- --ignored coverage --nocapture
//! ```
//!
//! `docs/coverage.md` keeps the numbers.
#![expect(clippy::print_stdout, reason = "the test is run to read the numbers")]

use midcor::stats::{Estimate, Moments};

use crate::lab::Lab;

const STUDIES: u64 = 1000;
const REPLICATIONS: u64 = 20;

/// One exponential server, loaded to a half: the time in the system is exponential with mean 2 h.
const ONE_STATION: &str = r#"
schema = 1
title = "One station"

[run]
warm-up = "10 d"
horizon = "120 d"
drain = "10 d"

[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 14

[node.west]
[node.east]
facility.crane = { kind = "crane", servers = 1, time = { dist = "exponential", mean = "1 h" }, when = "destination" }

[link.line]
from = "west"
to = "east"
mode = "rail"
time = "1 ms"

[flow.demo]
cargo = "boxes"
from = "west"
to = "east"
volume = "4380 TEU/yr"
shipment = "1 TEU"
"#;

/// Two stations in a row with lognormal services, the second loaded more; no theory gives the percentile.
const TWO_STATIONS: &str = r#"
schema = 1
title = "Two stations"

[run]
warm-up = "10 d"
horizon = "90 d"
drain = "10 d"

[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 14

[node.west.facility.crane]
kind = "crane"
when = "origin"
servers = 1
time = { dist = "lognormal", mean = "50 min", cv = 0.8 }

[node.east.facility.customs]
kind = "customs"
when = "destination"
servers = 2
time = { dist = "lognormal", mean = "140 min", cv = 1.2 }

[link.line]
from = "west"
to = "east"
mode = "rail"
time = { dist = "lognormal", mean = "3 h", cv = 0.3 }

[flow.demo]
cargo = "boxes"
from = "west"
to = "east"
volume = "4380 TEU/yr"
shipment = "1 TEU"
"#;

/// Mean and 95th percentile in days.
#[derive(Clone, Copy, Debug)]
struct Truth {
    mean: f64,
    p95: f64,
}

/// From five hundred times as many replications as a study has, with a seed of their own.
fn long_run(text: &str) -> Truth {
    let mut lab = Lab::new(text);
    lab.seed = 77;
    let row = lab.results(0..500 * REPLICATIONS, 2).summary().row("transit_time", "corridor").unwrap().clone();
    Truth { mean: row.mean.unwrap(), p95: row.p95.unwrap() }
}

/// Shares of studies whose intervals of the mean and of the percentile hold the truth.
fn shares(name: &str, text: &str, truth: Truth) -> [f64; 2] {
    let mut lab = Lab::new(text);
    let (mut held, mut sums, mut widths) = ([0_u32; 2], [0.0; 2], [0.0; 2]);
    let (mut values, mut shifted) = (Vec::new(), 0_u32);
    for study in 0..STUDIES {
        lab.seed = 1_000_000 + study;
        let results = lab.results(0..REPLICATIONS, 2);
        let row = results.summary().row("transit_time", "corridor").unwrap().clone();
        let of_study = results.values(results.frame.rows.iter().position(|key| *key == row.key).unwrap());
        shifted += u32::from(Estimate::of(&of_study, 0.95).unwrap().interval().unwrap().contains(truth.mean));
        values.extend(of_study);
        let found = [(row.mean, row.half_width, truth.mean), (row.p95, row.p95_half_width, truth.p95)];
        for (place, (value, half_width, truth)) in found.into_iter().enumerate() {
            let (value, half_width) = (value.unwrap(), half_width.unwrap());
            held[place] += u32::from((value - truth).abs() <= half_width);
            sums[place] += value / STUDIES as f64;
            widths[place] += half_width / STUDIES as f64;
        }
    }
    println!(
        "{name}: skewness of the replications' means {:.2}; with Johnson's shift the mean is held in {:.1} %",
        Moments::of(&values).skewness().unwrap(),
        f64::from(shifted) * 100.0 / STUDIES as f64
    );
    let shares = held.map(|held| f64::from(held) / STUDIES as f64);
    for (place, what, truth) in [(0, "mean", truth.mean), (1, "P95", truth.p95)] {
        println!(
            "{name}, {what}: truth {:.4} h, mean of the estimates {:.4} h, half-width {:.4} h, held in {:.1} %",
            truth * 24.0,
            sums[place] * 24.0,
            widths[place] * 24.0,
            shares[place] * 100.0
        );
    }
    shares
}

fn assert_as_said(shares: [f64; 2]) {
    for share in shares {
        assert!((0.935..=0.965).contains(&share), "a 95 % interval held the truth in {share} of the studies");
    }
}

#[test]
#[ignore = "minutes; run it as docs/coverage.md says"]
fn coverage_of_one_station() {
    let truth = Truth { mean: 2.0 / 24.0, p95: 2.0 * 20.0_f64.ln() / 24.0 };
    assert_as_said(shares("one station", ONE_STATION, truth));
}

#[test]
#[ignore = "minutes; run it as docs/coverage.md says"]
fn coverage_of_two_stations() {
    let longer = TWO_STATIONS.replace("90 d", "180 d");
    assert_as_said(shares("two stations", &longer, long_run(&longer)));
}

/// Over a quarter the means of replications are skewed, and twenty of them are too few for a t interval; this is
/// known of it, and should not become worse.
#[test]
#[ignore = "minutes; run it as docs/coverage.md says"]
fn coverage_of_two_stations_over_a_quarter() {
    let shares = shares("two stations, a quarter", TWO_STATIONS, long_run(TWO_STATIONS));
    assert!(shares.iter().all(|share| (0.90..=0.965).contains(share)), "{shares:?}");
}
