//! The table of trials: hostile runs of the program by kind, and what became of them.
//!
//! ```text
//! MIDCOR_TRIALS=1000 cargo test --release --test it trials -- --ignored --nocapture
//! ```
//!
//! makes so many of each kind (200 if not said). A run is refused if it ends with status 2 and a message, and done if it
//! ends with 0 or, when it was stopped, with 1. It is wrong if it panics, takes longer than it may, is refused without a
//! word, reads what it must not, or gives other numbers than the whole folder did.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::fuzz::mutation::{Dice, mutate};

const BASE: &str = include_str!("../../fuzz/base.toml");
/// What a run may take, on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

/// What became of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Done,
    Refused,
    Wrong,
}

/// Runs the program until it ends or has taken too long.
fn run(place: &Path, call: &[&str]) -> Option<Output> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_midcor"));
    command.current_dir(place).args(call).stdin(Stdio::null());
    let (out, err) = (place.join("stdout"), place.join("stderr"));
    command.stdout(fs::File::create(&out).unwrap()).stderr(fs::File::create(&err).unwrap());
    let mut child = command.spawn().unwrap();
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > LONGEST {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    Some(Output { status, stdout: fs::read(out).unwrap(), stderr: fs::read(err).unwrap() })
}

fn end(output: Option<&Output>) -> End {
    let Some(output) = output else { return End::Wrong };
    let said = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        _ if said.contains("panicked") || said.contains("do not balance") => End::Wrong,
        Some(0) => End::Done,
        // A standstill, say: the run failed, and it is said why.
        Some(1 | 2) if said.contains("error") => End::Refused,
        _ => End::Wrong,
    }
}

/// A text with a few things in it changed.
fn changed(text: &str, dice: &mut Dice) -> String {
    let mut text = text.to_owned();
    for _ in 0..=dice.below(3) {
        mutate(&mut text, BASE, dice);
    }
    text
}

fn with_base(dice: &mut Dice, file: &str, text: &str) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("base.toml"), BASE).unwrap();
    fs::write(place.path().join(file), changed(text, dice)).unwrap();
    place
}

fn scenario(dice: &mut Dice) -> End {
    let place = with_base(dice, "s.toml", BASE);
    end(run(place.path(), &["run", "s.toml", "--replications", "1", "--quiet", "--memory", "500MB"]).as_ref())
}

const OVERLAY: &str = "extends = \"base.toml\"\ntitle = \"More\"\n[fleet.ferry]\nvessels = 3\n\
[[change]]\npath = \"flow.*.volume\"\nmultiply = 1.2\n[timeline.fewer]\non = \"2024-01-10\"\nset = { \"fleet.ferry.vessels\" = 1 }\n";

fn overlay(dice: &mut Dice) -> End {
    let place = with_base(dice, "o.toml", OVERLAY);
    end(run(place.path(), &["compare", "base.toml", "o.toml", "--replications", "2", "--inputs", "fixed"]).as_ref())
}

fn setting(dice: &mut Dice) -> End {
    let known = [
        "node.port.facility.crane.servers = 3",
        "fleet.ferry.vessels += 2",
        "flow.*.volume *= 1.4",
        "run.horizon = \"20 d\"",
        "node.west.facility.border.time = { dist = \"gamma\", mean = \"2 h\", cv = 0.4 }",
    ];
    let text = changed(dice.of(&known), dice).replace('\0', " ");
    let place = with_base(dice, "unused.toml", "");
    end(run(place.path(), &["run", "base.toml", "--replications", "1", "--set", &text, "--memory", "500MB"]).as_ref())
}

const FIGURES: &str = "measure,subject,period,value,unit,low,high,class,source\n\
section_time,section.whole,horizon,5.2,d,4,6,tested,a paper\nthroughput,corridor,horizon,200000,t/yr,,,input,a table\n";

fn table(dice: &mut Dice) -> End {
    let place = with_base(dice, "t.csv", FIGURES);
    end(run(place.path(), &["validate", "base.toml", "--against", "t.csv", "--replications", "1"]).as_ref())
}

fn mix(dice: &mut Dice) -> End {
    let place = with_base(dice, "m.toml", "[cargo]\nboxes = 1\n[flow]\ngrain = 2.5\n");
    let call = ["capacity", "base.toml", "--mix", "m.toml", "--replications", "1", "--set", "run.horizon=10d"];
    end(run(place.path(), &call).as_ref())
}

const PRICED: &str = "[measure.crane]\ntitle = \"A crane\"\nset = [\"node.port.facility.crane.servers += 1\"]\n\
capex = \"6 MUSD\"\nopex = \"1 MUSD/yr\"\nlife = \"25 yr\"\n";

fn measures(dice: &mut Dice) -> End {
    let place = with_base(dice, "m.toml", PRICED);
    let call = ["capacity", "base.toml", "--relieve", "m.toml", "--replications", "1", "--set", "run.horizon=10d"];
    end(run(place.path(), &call).as_ref())
}

/// A bit of a results folder flipped: refused, or the same numbers.
fn results(dice: &mut Dice) -> End {
    let place = with_base(dice, "unused.toml", "");
    let whole =
        run(place.path(), &["run", "base.toml", "--replications", "2", "--out", "r", "--format", "json"]).unwrap();
    let files: Vec<_> = fs::read_dir(place.path().join("r")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mut files: Vec<_> = files.into_iter().filter(|path| path.is_file()).collect();
    files.sort();
    let path = &files[dice.below(files.len())];
    let mut bytes = fs::read(path).unwrap();
    let at = dice.below(bytes.len());
    bytes[at] ^= 1 << dice.below(8);
    fs::write(path, bytes).unwrap();
    let merged = run(place.path(), &["merge", "r", "--out", "m", "--format", "json"]);
    match end(merged.as_ref()) {
        End::Done if merged.as_ref().unwrap().stdout != whole.stdout => End::Wrong,
        end => end,
    }
}

/// Files that include each other, the outside, devices and pipes.
fn includes(dice: &mut Dice) -> End {
    let place = tempfile::tempdir().unwrap();
    let inner = place.path().join("in");
    fs::create_dir_all(inner.join("sub")).unwrap();
    fs::write(place.path().join("outside.toml"), "[node.secret]\n").unwrap();
    fs::write(inner.join("base.toml"), BASE).unwrap();
    symlink("/dev/zero", inner.join("zero.toml")).unwrap();
    symlink("../outside.toml", inner.join("link.toml")).unwrap();
    symlink("..", inner.join("sub/up")).unwrap();
    let offered = [
        "0.toml",
        "1.toml",
        "./2.toml",
        "sub/../3.toml",
        "../outside.toml",
        "link.toml",
        "sub/up/../outside.toml",
        "zero.toml",
        "/dev/zero",
        "sub",
        "../in/4.toml",
        "sub/up/5.toml",
        "nothing.toml",
    ];
    for number in 0..6 {
        let named: Vec<String> = (0..dice.below(4)).map(|_| format!("{:?}", dice.of(&offered))).collect();
        let text = format!("include = [{}]\n[node.n{number}]\n", named.join(", "));
        fs::write(inner.join(format!("{number}.toml")), text).unwrap();
    }
    fs::write(inner.join("s.toml"), format!("include = [\"0.toml\"]\n{BASE}")).unwrap();
    let (from, call) = *dice.of(&[&(&inner, "s.toml"), &(&inner, "./s.toml"), &(&inner, "../in/s.toml")]);
    let checked = run(from, &["show", call]);
    match end(checked.as_ref()) {
        End::Done if String::from_utf8_lossy(&checked.as_ref().unwrap().stdout).contains("secret") => End::Wrong,
        end => end,
    }
}

/// Calls that are stopped, each with the milliseconds within which; `r` is what they write.
const STOPPED: [(&str, usize); 6] = [
    ("run base.toml --replications 100000 --out r --quiet", 400),
    ("run base.toml --replication 3 --trace r --set run.horizon=3000d", 200),
    ("merge whole --out r", 40),
    ("init r", 40),
    ("chart whole", 100),
    ("routes base.toml --from west --to east --out r", 40),
];

/// Stopped at some moment by some signal: whole results of what was finished, or none, and nothing hidden beside them.
fn signals(dice: &mut Dice) -> End {
    let (call, within) = *dice.of(&STOPPED.each_ref());
    let place = with_base(dice, "unused.toml", "");
    if call.contains("whole") {
        run(place.path(), &["run", "base.toml", "--replications", "2", "--out", "whole"]).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_midcor"));
    command.current_dir(place.path()).args(call.split(' '));
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(dice.below(within) as u64));
    let signal = dice.of(&["-INT", "-TERM", "-HUP"]);
    Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    let sent = Instant::now();
    let status = child.wait().unwrap();
    let written = place.path().join("r");
    let is_folder_of_results = !call.starts_with("init") && written.is_dir();
    let is_whole =
        !is_folder_of_results || ["summary.json", "routes.json"].iter().any(|mark| written.join(mark).exists());
    // Before anything is claimed a signal ends it as any program; what is short may have ended before the signal.
    let has_ended = matches!(status.code(), None | Some(0 | 1));
    let is_tidy = hidden(place.path()).is_empty();
    if is_whole && has_ended && is_tidy && sent.elapsed() < LONGEST { End::Done } else { End::Wrong }
}

/// What a writer keeps hidden while it is at work.
fn hidden(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let is_hidden = |path: &Path| path.file_name().unwrap().to_string_lossy().starts_with(".midcor");
    let within = |path: &Path| if path.is_dir() { hidden(path) } else { Vec::new() };
    entries.iter().flat_map(|path| if is_hidden(path) { vec![path.clone()] } else { within(path) }).collect()
}

type Kind = (&'static str, fn(&mut Dice) -> End);

const KINDS: [Kind; 9] = [
    ("scenario", scenario),
    ("overlay", overlay),
    ("setting", setting),
    ("table of figures", table),
    ("mix of traffic", mix),
    ("priced measures", measures),
    ("results, a bit flipped", results),
    ("includes", includes),
    ("signals", signals),
];

fn trials(each: u64, kinds: &[Kind]) -> Vec<String> {
    let mut wrong = Vec::new();
    eprintln!("{:<24}{:>8}{:>8}{:>9}{:>8}", "kind", "runs", "done", "refused", "wrong");
    for (place, (name, trial)) in kinds.iter().enumerate() {
        let mut ends: BTreeMap<End, u64> = BTreeMap::new();
        for number in 0..each {
            let number = 1_000_000 * (place as u64 + 1) + number;
            let end = trial(&mut Dice::new(number));
            *ends.entry(end).or_default() += 1;
            if end == End::Wrong {
                wrong.push(format!("{name}, trial {number}"));
            }
        }
        let of = |end: End| ends.get(&end).copied().unwrap_or(0);
        eprintln!("{name:<24}{each:>8}{:>8}{:>9}{:>8}", of(End::Done), of(End::Refused), of(End::Wrong));
    }
    wrong
}

#[test]
#[ignore = "minutes; see the head of the file"]
fn table_of_trials() {
    let each = std::env::var("MIDCOR_TRIALS").ok().and_then(|text| text.parse().ok()).unwrap_or(200);
    let wrong = trials(each, &KINDS);
    assert!(wrong.is_empty(), "wrong: {}", wrong.join("; "));
}

/// A few of most kinds with every test run; each of results simulates first.
#[test]
fn no_trial_goes_wrong() {
    let kinds: Vec<Kind> = KINDS.into_iter().filter(|kind| !kind.0.starts_with("results")).collect();
    let wrong = trials(4, &kinds);
    assert!(wrong.is_empty(), "wrong: {}", wrong.join("; "));
}
