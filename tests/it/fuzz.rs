//! Hostile scenarios: the shipped ones with their texts mutated. Whatever a file says, loading, checking, compiling and a
//! short simulation end in a result or a message, never in a panic, and within bounds of time and memory.
//!
//! A few hundred run with every `cargo test`; more with
//!
//! ```text
//! MIDCOR_FUZZ=100000 cargo test --test it fuzz::long -- --ignored --nocapture
//! ```
//!
//! (`MIDCOR_FUZZ_FROM=N` begins at mutation N.) A failure names the number of the mutation and leaves its text in the
//! temporary folder.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use midcor::engine::{Limits, Silent, simulate};
use midcor::plan::Plan;
use midcor::plan::load::loads;
use midcor::random::{Domain, Draws, Entity, StreamId};
use midcor::results::{Layout, Record};
use midcor::scenario::{Loader, Setting, embedded};

/// Events of a simulation; what needs more is cut off, which is a clean end too.
const EVENTS: u64 = 50_000;
/// What one mutation may take, on a slow machine in a debug build.
const LONGEST: Duration = Duration::from_secs(20);

/// Choices of one mutation: the same number, the same choices.
struct Dice {
    draws: Draws,
    entity: Entity,
    next: u64,
}

impl Dice {
    fn new(number: u64) -> Self {
        Self { draws: Draws::new(20_260_101, 0, Domain::Tests), entity: Entity::ordinal(number), next: 0 }
    }

    fn below(&mut self, most: usize) -> usize {
        self.next += 1;
        let u = self.draws.uniform(StreamId::of("tests/fuzz"), self.entity, self.next);
        ((u * most as f64) as usize).min(most.saturating_sub(1))
    }

    fn of<'a, T: ?Sized>(&mut self, words: &[&'a T]) -> &'a T {
        words[self.below(words.len())]
    }
}

/// Numbers and words that break things.
const NUMBERS: [&str; 30] = [
    "0",
    "-1",
    "1",
    "2",
    "1e18",
    "1e-18",
    "1e300",
    "-1e300",
    "1e-320",
    "9223372036854775807",
    "-9223372036854775808",
    "4294967295",
    "4294967296",
    "0.0001",
    "1000000",
    "99999",
    "nan",
    "inf",
    "-inf",
    "0.5",
    "1.0000001",
    "100",
    "365",
    "12",
    "13",
    "0.999",
    "3.15e13",
    "1e9",
    "+7",
    "0x7fffffffffffffff",
];
const UNITS: [&str; 32] = [
    "h", "d", "wk", "yr", "ms", "s", "min", "km", "m", "nmi", "km/h", "kn", "t", "kt", "Mt", "kg", "TEU", "wagon",
    "truck", "TEU/h", "TEU/yr", "Mt/yr", "wagon/d", "USD", "MUSD", "USD/t", "USD/tkm", "USD/TEU", "%", "g/tkm", "",
    "USD/t/d",
];
const WORDS: [&str; 30] = [
    "\"unlimited\"",
    "\"origin\"",
    "\"destination\"",
    "\"transit\"",
    "\"enters\"",
    "\"leaves\"",
    "\"unit\"",
    "\"shipment\"",
    "\"train\"",
    "\"hold\"",
    "\"divert\"",
    "\"vessel\"",
    "\"rail\"",
    "\"sea\"",
    "\"road\"",
    "\"pipeline\"",
    "\"block-train\"",
    "\"vehicle\"",
    "\"empty\"",
    "\"spread\"",
    "\"regular\"",
    "true",
    "false",
    "[]",
    "{}",
    "2024-02-30",
    "\"0001-01-01\"",
    "\"9999-12-31\"",
    "\"22:00-06:00\"",
    "\"*\"",
];
/// Lines that make a thing of another kind where they fit.
const LINES: [&str; 30] = [
    "per = \"unit\"",
    "per = \"shipment\"",
    "servers = 1",
    "servers = 0",
    "room = 1",
    "when-full = \"divert\"",
    "whole = true",
    "batch = 1000000",
    "priority = 1",
    "tonnes-per-unit = 0",
    "vessels = 0",
    "vessels = 1000",
    "share = 0",
    "share = \"99.99 %\"",
    "advance = 1",
    "min-load = 0",
    "max-idle = \"0 d\"",
    "max-wait = \"0 d\"",
    "sailing = \"0 h\"",
    "time = \"0 h\"",
    "mtbf = \"1 ms\"\nmttr = \"1 ms\"",
    "open = \"1 ms\"",
    "closed = \"0 h\"",
    "size = 1",
    "trains-at-once = 1",
    "one-way = true",
    "arrivals = { every = \"1 min\" }",
    "timetable.port = { every = \"1 ms\" }",
    "hours = \"00:00-00:01\"",
    "growth = 10.0",
];

/// Stretches of a text that satisfy a condition.
fn runs(text: &str, fits: impl Fn(char) -> bool) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| fits(*letter)) {
        match runs.last_mut().filter(|run| run.1 == at) {
            Some(run) => run.1 = at + letter.len_utf8(),
            None => runs.push((at, at + letter.len_utf8())),
        }
    }
    runs
}

fn put(text: &mut String, runs: &[(usize, usize)], dice: &mut Dice, with: &str) {
    if !runs.is_empty() {
        let (from, until) = runs[dice.below(runs.len())];
        text.replace_range(from..until, with);
    }
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn mutate(text: &mut String, other: &str, dice: &mut Dice) {
    let digits = |letter: char| letter.is_ascii_digit() || letter == '.';
    match dice.below(16) {
        0..=3 => {
            let with = dice.of(&NUMBERS);
            put(text, &runs(text, digits), dice, with);
        }
        4 => {
            let numbers = runs(text, digits);
            if let Some(&(from, until)) = numbers.get(dice.below(numbers.len().max(1))) {
                let with = text[from..until].to_owned();
                put(text, &numbers, dice, &with);
            }
        }
        5 => {
            let with = format!("{} {}", dice.of(&NUMBERS), dice.of(&UNITS));
            put(text, &quoted(text), dice, &with);
        }
        6 => {
            let with = dice.of(&UNITS);
            put(text, &units(text), dice, with);
        }
        7 => {
            let with = dice.of(&WORDS);
            put(text, &values(text), dice, with);
        }
        8 => {
            let with = dice.of(&LINES);
            insert_line(text, with, dice);
        }
        9 => on_lines(text, |lines| drop((!lines.is_empty()).then(|| lines.remove(dice.below(lines.len()))))),
        10 => on_lines(text, |lines| {
            let line = lines[dice.below(lines.len())].clone();
            lines.insert(dice.below(lines.len()), line);
        }),
        11 => on_lines(text, |lines| {
            let (one, two) = (dice.below(lines.len()), dice.below(lines.len()));
            lines.swap(one, two);
        }),
        12 => {
            let names = quoted(text);
            if let Some(&(from, until)) = names.get(dice.below(names.len().max(1))) {
                let with = text[from..until].to_owned();
                put(text, &names, dice, &with);
            }
        }
        13 => {
            let at = boundary(text, dice.below(text.len() + 1));
            text.insert_str(
                at,
                dice.of(&["\"", "[", "]", "{", "}", "=", "\u{0}", "\u{202e}", "ж", ".", ",", "\n", "*"]),
            );
        }
        14 => text.truncate(boundary(text, dice.below(text.len() + 1))),
        _ => {
            let from = boundary(other, dice.below(other.len() + 1));
            let until = boundary(other, (from + dice.below(400)).min(other.len()));
            let at = boundary(text, dice.below(text.len() + 1));
            text.insert_str(at, &other[from..until.max(from)]);
        }
    }
}

fn on_lines(text: &mut String, change: impl FnOnce(&mut Vec<String>)) {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if !lines.is_empty() {
        change(&mut lines);
    }
    *text = lines.join("\n");
}

fn insert_line(text: &mut String, line: &str, dice: &mut Dice) {
    on_lines(text, |lines| lines.insert(dice.below(lines.len()), line.to_owned()));
}

/// What stands between quotes.
fn quoted(text: &str) -> Vec<(usize, usize)> {
    let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at + 1).collect();
    quotes.chunks_exact(2).map(|pair| (pair[0], pair[1] - 1)).collect()
}

/// The units of quoted quantities.
fn units(text: &str) -> Vec<(usize, usize)> {
    let with_unit = |&(from, until): &(usize, usize)| {
        let (number, unit) = text[from..until].split_once(' ')?;
        number.parse::<f64>().ok().map(|_| (until - unit.len(), until))
    };
    quoted(text).iter().filter_map(with_unit).collect()
}

/// What stands after `=`.
fn values(text: &str) -> Vec<(usize, usize)> {
    let ends = |at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end);
    text.match_indices(" = ").map(|(at, _)| (at + 3, ends(at + 3))).collect()
}

/// All that a text may start from: each shipped scenario with its parts in one text, and one with every word.
fn seeds() -> Vec<String> {
    let files = embedded();
    let parts: String = files
        .iter()
        .filter(|file| !file.is_scenario())
        .map(|file| file.text.lines().filter(|line| !line.starts_with("include")).collect::<Vec<_>>().join("\n") + "\n")
        .collect();
    let scenarios = files.iter().filter(|file| file.is_scenario());
    let mut seeds: Vec<String> = scenarios.map(|file| file.text.to_owned()).collect();
    let small: Vec<String> = files
        .iter()
        .filter(|file| ["smallest", "tutorial", "w3-benchmark"].contains(&file.name()))
        .map(|file| file.text.to_owned())
        .collect();
    // The small ones reach deep more often, and faster.
    seeds.extend(small.iter().cycle().take(9).cloned());
    seeds.extend(std::iter::repeat_n(include_str!("../data/every-word.toml").to_owned(), 4));
    seeds.push(parts);
    seeds
}

fn text_of(number: u64, seeds: &[String]) -> String {
    let mut dice = Dice::new(number);
    let mut text = seeds[dice.below(seeds.len())].clone();
    let other = &seeds[dice.below(seeds.len())];
    for _ in 0..=dice.below(2) {
        mutate(&mut text, other, &mut dice);
    }
    text
}

/// What became of a mutation.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    refused: u64,
    not_compiled: u64,
    failed: u64,
    simulated: u64,
}

/// A few days are enough to enter every part of the engine.
fn short() -> Vec<Setting> {
    let settings = ["run.horizon=20d", "run.warm-up=3d", "run.drain=10d", "run.replications=1"];
    settings.iter().map(|text| Setting::parse(text).unwrap()).collect()
}

fn carry_through(text: &str, tally: &mut Tally) -> Result<(), String> {
    let loader = Loader::default();
    // As it stands first: the settings must not hide what the clock of the text does.
    let whole = loader.load_text(text, "fuzz", &[]);
    whole.rendered();
    if let Some(scenario) = &whole.scenario {
        drop(Plan::of(scenario));
        whole.resolved_toml();
    }
    let brief = loader.load_text(text, "fuzz", &short());
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
    drop(loads(&plan));
    let draws = Draws::new(1, 0, Domain::Tests);
    match simulate(&plan, draws, Limits { events: EVENTS }, &mut Silent) {
        Ok(outcome) => {
            tally.simulated += 1;
            let layout = Layout::of(&plan);
            drop(Record::of(&layout, 0, &outcome));
            Ok(())
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
            if times > 120 {
                eprintln!("mutation {now} does not end");
                std::process::abort();
            }
            std::thread::sleep(Duration::from_secs(1));
        }
    });
}

fn fuzz(numbers: std::ops::Range<u64>) {
    let seeds = seeds();
    let (mut tally, mut broken) = (Tally::default(), Vec::new());
    let current = Arc::new(AtomicU64::new(numbers.start));
    watch(&current);
    for number in numbers {
        current.store(number, Ordering::Relaxed);
        let text = text_of(number, &seeds);
        let started = Instant::now();
        let ended = catch_unwind(AssertUnwindSafe(|| carry_through(&text, &mut tally)));
        let took = started.elapsed();
        let what = match ended {
            Err(panic) => Some(format!("panicked: {}", message(&panic))),
            Ok(Err(what)) => Some(what),
            Ok(Ok(())) if took > LONGEST => Some(format!("took {took:?}")),
            Ok(Ok(())) => None,
        };
        if let Some(what) = what {
            let path = std::env::temp_dir().join(format!("midcor-fuzz-{number}.toml"));
            let _ = std::fs::write(&path, &text);
            eprintln!("mutation {number} ({}): {what}", path.display());
            broken.push(format!("mutation {number} ({}): {what}", path.display()));
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
#[ignore = "takes hours; see the head of the file"]
fn long() {
    let from = number("MIDCOR_FUZZ_FROM").unwrap_or(0);
    fuzz(from..from + number("MIDCOR_FUZZ").unwrap_or(100_000));
}
