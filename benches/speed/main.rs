//! The engine beside loops written by hand for one workload each, in CPU time, taken in pairs.
//!
//! - `cargo bench --bench speed` prints how many times the time of the bare loop the engine takes for a model event, the
//!   years of `baseline-2024` a CPU-second, and what an event costs as demand grows.
//! - `cargo bench --bench speed -- w3` simulates one workload alone and prints its events: what `benches/instructions.sh`
//!   counts instructions of. `w1`, `w2`, `w3`, `baseline`, `baseline-3` with three
//!   times the demand; `bare-w1` … for the loops.
//!
//! Machines are shared: compare only ratios taken in one run. CPU time is read from Linux' `/proc`; elsewhere it is the time
//! on the wall.

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a command that measures time and prints it")]

mod bare;
mod corridor;
mod digests;
mod workloads;

use std::ops::Range;
use std::time::Instant;

use midcor::engine::{Outcome, Workspace};
use midcor::model::Plan;
use midcor::scenario::Setting;
use workloads::{events_of_tandem, replication, shipped, tandem};

const PAIRS: u64 = 5;
/// Years of each demand.
const YEARS: u64 = 3;
/// Customers of the bare loops of W1 and W2, about as many as the engine's horizon brings.
const CUSTOMERS: [u64; 2] = [43_200, 7_680];

/// Seconds of CPU time of this thread.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ns = stat.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    ns.map_or_else(|| START.with(|start| start.elapsed().as_secs_f64()), |ns| ns / 1e9)
}

thread_local! {
    static START: Instant = Instant::now();
}

/// Events of something, and seconds for each.
fn timed(act: impl FnOnce() -> u64) -> (u64, f64) {
    let before = cpu_seconds();
    let events = act();
    (events, (cpu_seconds() - before) / events as f64)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn bare(workload: usize, seeds: Range<u64>) -> u64 {
    let run = |seed| match workload {
        0 => bare::tandem(1, 1, 0.9, CUSTOMERS[0], seed),
        1 => bare::tandem(12, 2, 1.6, CUSTOMERS[1], seed),
        _ => corridor::year(seed),
    };
    seeds.map(|seed| std::hint::black_box(run(seed)).events).sum()
}

fn plans() -> [Plan; 3] {
    [tandem(1, 1, 0.9, 2000), tandem(12, 2, 0.8, 200), shipped("w3-benchmark", &[])]
}

/// Model events of the engine; of W3 as many as the bare loop has in as many years, as both simulate the same corridor.
fn engine(plan: &Plan, workload: usize, seeds: Range<u64>) -> u64 {
    let mut workspace = Workspace::default();
    let count = |outcome: &Outcome| if workload < 2 { events_of_tandem(outcome) } else { W3_EVENTS_A_YEAR };
    seeds.map(|seed| std::hint::black_box(replication(&mut workspace, plan, seed, count))).sum()
}

/// Mean of the bare loop over 1,000 years.
const W3_EVENTS_A_YEAR: u64 = 3_830;
/// Replications of each workload in a pair: enough for the clock of CPU time, which goes on by milliseconds.
const REPLICATIONS: [u64; 3] = [20, 20, 400];

fn ratios() {
    println!("workload     bare ns    engine ns   engine ÷ bare (least–most of {PAIRS} pairs)");
    for (workload, plan) in plans().iter().enumerate() {
        let pairs: Vec<(f64, f64)> = (0..PAIRS)
            .map(|pair| {
                let seeds = pair * REPLICATIONS[workload]..(pair + 1) * REPLICATIONS[workload];
                (timed(|| bare(workload, seeds.clone())).1, timed(|| engine(plan, workload, seeds)).1)
            })
            .collect();
        let mut ratios: Vec<f64> = pairs.iter().map(|(bare, engine)| engine / bare).collect();
        ratios.sort_by(f64::total_cmp);
        let [bare, engine] = [pairs.iter().map(|pair| pair.0).collect(), pairs.iter().map(|pair| pair.1).collect()]
            .map(|values| median(values) * 1e9);
        println!(
            "W{}         {bare:9.1} {engine:12.1}   {:.2} ({:.2}–{:.2})",
            workload + 1,
            ratios[ratios.len() / 2],
            ratios[0],
            ratios[ratios.len() - 1]
        );
    }
}

/// The shipped baseline with so many times the demand.
fn baseline(factor: u32) -> Plan {
    let settings: Vec<Setting> = if factor == 1 {
        Vec::new()
    } else {
        vec![Setting::parse(&format!("flow.*.volume*={factor}")).expect("a change of demand can be read")]
    };
    shipped("baseline-2024", &settings)
}

fn demand() {
    println!("baseline-2024, demand ×   events a year   ns an event   years a CPU-second");
    for factor in [1, 3, 10, 30] {
        let (plan, mut workspace) = (baseline(factor), Workspace::default());
        let mut year = |seed| timed(|| replication(&mut workspace, &plan, seed, |outcome| outcome.events));
        // What the first asks the system for, the others have.
        year(YEARS);
        let runs: Vec<(u64, f64)> = (0..YEARS).map(year).collect();
        let events = runs.iter().map(|run| run.0).sum::<u64>() / YEARS;
        let each = median(runs.iter().map(|run| run.1).collect());
        println!("{factor:23} {events:15} {:13.1} {:20.2}", each * 1e9, 1.0 / (each * events as f64));
    }
}

/// Replications of which instructions are counted: those of W3 are short.
const fn counted(workload: usize) -> u64 {
    if workload == 2 { 40 } else { 1 }
}

fn one(name: &str) -> Option<u64> {
    let place = |name: &str| ["w1", "w2", "w3"].iter().position(|known| *known == name);
    if let Some(workload) = name.strip_prefix("bare-").and_then(place) {
        return Some(bare(workload, 1..1 + counted(workload)));
    }
    if let Some(workload) = place(name) {
        return Some(engine(&plans()[workload], workload, 1..1 + counted(workload)));
    }
    let factor = name.strip_prefix("baseline")?.trim_start_matches('-');
    let factor = if factor.is_empty() { 1 } else { factor.parse().ok()? };
    Some(replication(&mut Workspace::default(), &baseline(factor), 1, |outcome| outcome.events))
}

fn main() {
    let name = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    match name.as_deref().map(|name| (name, one(name))) {
        Some(("digests", _)) => digests::print(),
        Some((name, Some(events))) => println!("{name}: {events} events"),
        Some((name, None)) => println!("no workload is called {name}"),
        None => {
            ratios();
            demand();
        }
    }
}
