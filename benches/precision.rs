//! What pairs of years bring for the same work: `cargo bench --bench precision` prints, for each section's mean time and for the
//! tonnes carried, how many times the variance is that of as many independent years
//!
//! - of the mean of `baseline-2024` over antithetic pairs (every uniform u of one year is 1 - u in the other), and
//! - of the difference of a what-if from it in the same random numbers.
//!
//! `docs/coverage.md` keeps the numbers.

#![expect(clippy::print_stdout, reason = "a command that measures and prints")]

#[path = "speed/workloads.rs"]
#[expect(dead_code, reason = "rows of stations are the other benches'")]
mod workloads;

use std::collections::BTreeMap;
use std::thread;

use midcor::engine::{Limits, Silent, simulate};
use midcor::model::Plan;
use midcor::random::{Domain, RandomNumbers};
use midcor::results::{Kept, Layout};
use midcor::stats::Moments;
use workloads::shipped;

const SEED: u64 = 20_260_101;
/// Pairs of years.
const PAIRS: u64 = 200;
const WHAT_IFS: [&str; 4] =
    ["what-if/oil-2200-kt", "what-if/azerbaijani-ships", "what-if/one-stop", "what-if/cereals-azerbaijan"];

/// A value for each pair, by what it is of.
type Values = BTreeMap<String, Vec<f64>>;

/// What the years that are drawn from some random numbers leave, in order.
fn years(plan: &Plan, draws: impl Fn(u64) -> RandomNumbers + Sync) -> Values {
    let layout = Layout::of(plan);
    let catalogue = layout.catalogue();
    let rows = catalogue.rows.iter().enumerate().filter(|(_, key)| key.is_headline());
    let rows: Vec<(usize, String)> = rows.map(|(row, key)| (row, format!("{} {}", key.measure, key.subject))).collect();
    let year = |number| {
        let outcome = simulate(plan, draws(number), Limits::default(), &mut Silent).expect("the books balance");
        let kept = Kept::of(&layout, number as u32, &outcome);
        rows.iter().map(|(row, _)| kept.records.column(*row)[0]).collect::<Vec<f64>>()
    };
    let half = |numbers: std::ops::Range<u64>| numbers.map(year).collect::<Vec<_>>();
    let all = thread::scope(|scope| {
        let second = scope.spawn(|| half(PAIRS / 2..PAIRS));
        let mut all = half(0..PAIRS / 2);
        all.extend(second.join().expect("a year is simulated without panic"));
        all
    });
    rows.iter().enumerate().map(|(at, (_, name))| (name.clone(), all.iter().map(|year| year[at]).collect())).collect()
}

fn plain(number: u64) -> RandomNumbers {
    RandomNumbers::new(SEED, number, Domain::Production)
}

fn variance(values: impl Iterator<Item = f64>) -> f64 {
    Moments::of(&values.collect::<Vec<f64>>()).variance().unwrap_or(f64::NAN)
}

/// How many times the variance of independent years is that of pairs: by what it is of, and the geometric mean of the sections.
fn print(title: &str, gains: &BTreeMap<&str, f64>) {
    println!("\n{title}");
    for (name, gain) in gains {
        println!("  {gain:8.2}  {name}");
    }
    let logs: Vec<f64> = gains
        .iter()
        .filter(|(name, gain)| name.starts_with("section_time") && gain.is_finite())
        .map(|(_, gain)| libm::log(*gain))
        .collect();
    println!(
        "  {:8.2}  mean of {} sections (geometric)",
        libm::exp(logs.iter().sum::<f64>() / logs.len() as f64),
        logs.len()
    );
}

fn main() {
    let plan = shipped("baseline-2024", &[]);
    let base = years(&plan, plain);
    let twins = years(&plan, |number| plain(number).antithetic());
    let gain = |(name, values): &(&String, &Vec<f64>)| {
        let twin = &twins[*name];
        let alone = 0.5 * f64::midpoint(variance(values.iter().copied()), variance(twin.iter().copied()));
        alone / variance(values.iter().zip(twin).map(|(one, other)| f64::midpoint(*one, *other)))
    };
    let gains = base.iter().map(|of| (of.0.as_str(), gain(&of))).collect();
    print("antithetic pairs, for the same number of years", &gains);
    for name in WHAT_IFS {
        let changed = years(&shipped(name, &[]), plain);
        let both = base.iter().filter_map(|(of, values)| Some((of.as_str(), values, changed.get(of)?)));
        let gains = both.map(|(of, values, changed)| {
            let apart = variance(values.iter().copied()) + variance(changed.iter().copied());
            (of, apart / variance(values.iter().zip(changed).map(|(one, other)| other - one)))
        });
        print(&format!("{name}: common random numbers"), &gains.collect());
    }
}
