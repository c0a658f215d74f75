//! No file is read or written: a text becomes a scenario, its results become bytes and are read back.
//!
//! `cargo run --release --example in_memory`

use std::error::Error;
use std::io::{Write as _, stdout};

use midcor::report::answer_files;
use midcor::{Answer as _, Lab, Progress, Results, Scenario, Years, run};

const ONE_CRANE: &str = include_str!("../scenarios/smallest.toml");

/// Writes what is known so far.
struct Watcher;

impl Progress for Watcher {
    fn done(&self, _: u64, _: u64) {}

    fn estimate(&self, so_far: &midcor::experiment::Running) {
        let _ = writeln!(stdout(), "after {} years: {:.0} {}", so_far.n, so_far.mean, so_far.unit);
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let scenario = Scenario::parse(ONE_CRANE, "one-crane")?.set("run.horizon", "100 d")?;
    let ran = run(&scenario, &Lab::new(Years::Fixed(0..5), 1).telling(&Watcher))?;
    for column in ran.sheets()[0].series().iter().filter(|column| column.name == "mean") {
        writeln!(stdout(), "{} measures", column.values.len())?;
    }
    let files = answer_files(&ran, &scenario.resolved_toml())?;
    for (name, bytes) in &files {
        writeln!(stdout(), "{:>8} bytes {name}", bytes.len())?;
    }
    let read = Results::from_files(files)?;
    writeln!(stdout(), "{} replications read back", read.records.len())?;
    Ok(())
}
