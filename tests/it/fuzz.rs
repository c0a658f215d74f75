//! Hostile scenarios: the shipped ones with their texts mutated. Whatever a file says, loading, checking, compiling and a
//! short simulation end in a result or a message, never in a panic, and within bounds of time and memory.
//!
//! A few hundred run with every `cargo test`; all that the project asks for with
//!
//! ```text
//! MIDCOR_FUZZ=100000 cargo test --profile fuzz --test it fuzz::long -- --ignored --nocapture
//! ```
//!
//! in about ten minutes of one core. (The profile `fuzz` keeps overflow checks and assertions;
//! `MIDCOR_FUZZ_FROM=N` begins at mutation N.) A failure names the number of the mutation and leaves its text in the
//! temporary folder.

pub(crate) mod mutation;
#[cfg(feature = "parquet")]
mod results;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use midcor::arithmetic::utilisations;
use midcor::engine::{Limits, Silent, simulate};
use midcor::model::Plan;
use midcor::random::{Domain, RandomNumbers};
use midcor::report::{Screen, write_json, write_table};
use midcor::results::{Kept, Layout};
use midcor::scenario::{ScenarioReader, Setting};
use midcor::words::Period;

use crate::lab::as_run;
use mutation::{File, file_of, seeds};

/// Events of a simulation; what needs more is cut off, which is a clean end too.
const EVENTS: u64 = 30_000;
/// What one mutation may take, on a slow machine in a debug build.
const LONGEST: Duration = Duration::from_secs(20);

/// Most megabytes of the process at any time: what a scenario may ask for, and a wide margin.
const MOST_MB: u64 = 1500;

/// What Linux says of the memory of this process, in MB: `VmHWM` for the most, `VmRSS` for now. 0 elsewhere.
fn memory(key: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
    let kb = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kb.unwrap_or(0) / 1024
}

/// Forgets the most so far, so that each mutation has its own.
fn forget_most() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// What became of a mutation.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    refused: u64,
    not_compiled: u64,
    failed: u64,
    simulated: u64,
    /// The longest, in milliseconds, and its number.
    longest_ms: (u128, u64),
    /// The most memory in MB, and the number of its mutation.
    most_mb: (u64, u64),
}

/// A few days are enough to enter every part of the engine; some begin shortly before midsummer, so that things with a
/// date meet it.
fn short(file: &File, number: u64) -> Vec<Setting> {
    let days = match file {
        file if file.is_large() => ["6", "2", "3"],
        // Their servers have thousands of customers a day.
        file if file.is_textbook() => ["5", "1", "2"],
        _ => ["20", "3", "10"],
    };
    let keys = ["horizon", "warm-up", "drain"];
    let mut texts: Vec<String> = keys.iter().zip(days).map(|(key, days)| format!("run.{key}={days}d")).collect();
    texts.push("run.replications=1".to_owned());
    texts.extend(number.is_multiple_of(4).then(|| "run.start=2024-06-25".to_owned()));
    texts.iter().map(|text| Setting::parse(text).unwrap()).collect()
}

fn carry_through(file: &File, number: u64, tally: &mut Tally) -> Result<(), String> {
    let reader = ScenarioReader::new(file.clone());
    // As it stands first: the settings must not hide what the clock of the text does. For time not all, and few of the
    // large ones.
    if number % (if file.is_large() { 8 } else { 3 }) == 1 {
        let whole = reader.read(file.scenario(), &[]);
        whole.rendered();
        if let Some(scenario) = &whole.scenario {
            drop(Plan::of(scenario));
            whole.resolved_toml();
        }
    }
    let brief = reader.read(file.scenario(), &short(file, number));
    let Some(scenario) = &brief.scenario else {
        tally.refused += 1;
        return said(&brief.rendered());
    };
    let plan = match Plan::of(scenario) {
        Ok(plan) => plan,
        Err(errors) => {
            tally.not_compiled += 1;
            return said(
                &errors.iter().map(|error| brief.sources.render(&error.diagnostic(&brief.tree))).collect::<String>(),
            );
        }
    };
    drop(utilisations(&plan));
    let random = RandomNumbers::new(1, 0, Domain::Tests);
    match simulate(&plan, random, Limits { events: EVENTS, ..Limits::default() }, &mut Silent) {
        Ok(outcome) => {
            tally.simulated += 1;
            let layout = Layout::of(&plan);
            let kept = Kept::of(&layout, 0, &outcome);
            if !number.is_multiple_of(5) {
                return Ok(());
            }
            let summary = as_run(&layout, 1, 0, kept).summary();
            let mut shown = Vec::new();
            let written = write_table(&summary, &Period::Horizon, &mut Screen::usual(&mut shown))
                .and_then(|()| write_json(&summary, &mut shown));
            written.map_err(|error| error.to_string())
        }
        Err(error) => {
            tally.failed += 1;
            let text = error.to_string();
            if text.contains("books") { Err(text) } else { Ok(()) }
        }
    }
}

fn said(text: &str) -> Result<(), String> {
    if text.contains("error[") { Ok(()) } else { Err("refused without a word".to_owned()) }
}

/// Ends the process, with the number said, when one mutation goes on for ever.
fn watch(current: &Arc<AtomicU64>) {
    let current = Arc::downgrade(current);
    std::thread::spawn(move || {
        let (mut seen, mut times) = (None, 0);
        while let Some(now) = current.upgrade().map(|number| number.load(Ordering::Relaxed)) {
            times = if seen == Some(now) { times + 1 } else { 0 };
            seen = Some(now);
            if times > 240 {
                eprintln!("mutation {now} ({}) does not end", kept(now, &file_of(now, &seeds())).display());
                std::process::abort();
            }
            if memory("VmRSS") > 2 * MOST_MB {
                eprintln!("mutation {now} takes all memory");
                std::process::abort();
            }
            std::thread::sleep(Duration::from_millis(500));
        }
    });
}

/// Leaves the text of a mutation in the temporary folder.
fn kept(number: u64, file: &File) -> std::path::PathBuf {
    let path = std::env::temp_dir().join(format!("midcor-fuzz-{number}.toml"));
    let _ = std::fs::write(&path, &file.text);
    path
}

fn fuzz(numbers: std::ops::Range<u64>) {
    let seeds = seeds();
    let (mut tally, mut broken) = (Tally::default(), Vec::new());
    let current = Arc::new(AtomicU64::new(numbers.start));
    watch(&current);
    let is_single = numbers.end - numbers.start == 1;
    for number in numbers {
        current.store(number, Ordering::Relaxed);
        let file = file_of(number, &seeds);
        if is_single {
            eprintln!("{} from {}", kept(number, &file).display(), file.path);
        }
        forget_most();
        let started = Instant::now();
        let ended = catch_unwind(AssertUnwindSafe(|| carry_through(&file, number, &mut tally)));
        let took = started.elapsed();
        let most = memory("VmHWM");
        tally.longest_ms = tally.longest_ms.max((took.as_millis(), number));
        tally.most_mb = tally.most_mb.max((most, number));
        let what = match ended {
            Err(panic) => Some(format!("panicked: {}", message(&panic))),
            Ok(Err(what)) => Some(what),
            Ok(Ok(())) if took > LONGEST => Some(format!("took {took:?}")),
            Ok(Ok(())) if most > MOST_MB => Some(format!("took {most} MB")),
            Ok(Ok(())) => None,
        };
        if let Some(what) = what {
            let what = format!("mutation {number} of {} ({}): {what}", file.path, kept(number, &file).display());
            eprintln!("{what}");
            broken.push(what);
        }
        if number % 5000 == 4999 {
            eprintln!("up to {number}: {tally:?}");
        }
    }
    eprintln!("{tally:?}");
    assert!(broken.is_empty(), "{} of the mutations:\n{}", broken.len(), broken.join("\n"));
}

fn message(panic: &Box<dyn std::any::Any + Send>) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn no_mutation_of_a_scenario_panics() {
    fuzz(0..300);
}

#[test]
#[ignore = "minutes; see the head of the file"]
fn long() {
    let from = number("MIDCOR_FUZZ_FROM").unwrap_or(0);
    fuzz(from..from + number("MIDCOR_FUZZ").unwrap_or(100_000));
}
