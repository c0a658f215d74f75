//! Allocations of the engine's loop: `cargo bench --bench allocations` prints how many more pieces of memory a clock of two
//! horizons asks for than one of one, and for how many more events.
//!
//! What a replication keeps of every shipment (its journey, its passages) lies in tables that double as they grow, which is
//! a handful of allocations however long the clock runs. What is above that is asked for again and again in the loop.

#![expect(clippy::print_stdout, reason = "a command that counts and prints")]

#[path = "speed/workloads.rs"]
#[expect(dead_code, reason = "the events of a row of stations are counted by the other bench alone")]
mod workloads;

use allocation_counter::measure;
use midcor::engine::Workspace;
use midcor::model::Plan;
use midcor::scenario::Setting;
use workloads::{replication, shipped, tandem};

/// Allocations and events of a replication.
fn counted(plan: &Plan) -> (u64, u64) {
    let mut events = 0;
    let info = measure(|| events = replication(&mut Workspace::default(), plan, 1, |outcome| outcome.events));
    (info.count_total, events)
}

/// A shipped scenario with a horizon of so many days.
fn over(name: &str, days: u32) -> Plan {
    let horizon = Setting::parse(&format!("run.horizon=\"{days} d\"")).expect("a horizon can be set");
    shipped(name, &[horizon])
}

fn main() {
    println!("workload   allocations of one horizon   more of the second   events of the second   more an event");
    let rows = [
        ("W1", tandem(1, 1, 0.9, 2000), tandem(1, 1, 0.9, 4000)),
        ("W2", tandem(12, 2, 0.8, 200), tandem(12, 2, 0.8, 400)),
        ("W3", over("w3-benchmark", 3650), over("w3-benchmark", 7300)),
        ("baseline", over("baseline-2024", 365), over("baseline-2024", 730)),
    ];
    for (name, one, two) in &rows {
        let ((first, events), (both, all)) = (counted(one), counted(two));
        let (more, of) = (both.saturating_sub(first), all - events);
        println!("{name:10} {first:26} {more:20} {of:22} {:15.4}", more as f64 / of as f64);
    }
}
