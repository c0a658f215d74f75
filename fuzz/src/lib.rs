//! What a trial of the fuzzer does with its bytes, and what must never come of it. The same functions repeat found inputs
//! among the tests of midcor.

use std::path::Path;

use midcor::arithmetic::loads;
use midcor::engine::{Cancel, Limits, Silent, simulate};
use midcor::experiment::Quiet;
use midcor::plan::Plan;
use midcor::random::{Domain, Draws};
use midcor::report::{Claim, Place, Study, write_folder, write_json, write_table};
use midcor::results::{Layout, Record, Results};
use midcor::scenario::{InMemory, Loaded, Loader, Setting};
use midcor::study::{self, Setup, World, Years};

/// Events of a simulation: enough to enter every part of the engine.
const EVENTS: u64 = 20_000;
/// Bytes that its state may take.
const MEMORY: u64 = 200_000_000;
/// What overlays and settings change.
const BASE: &str = include_str!("../base.toml");

/// A scenario file: read, checked, compiled, simulated for a while. Errors are shown.
pub fn scenario(bytes: &[u8]) {
    let mut files = InMemory::default();
    files.insert("s.toml", bytes.to_vec());
    files.insert("part.toml", b"[node.part]\n".to_vec());
    carry_through(&Loader::new(files).load("s.toml", &[]));
}

/// A file that is laid over another.
pub fn overlay(bytes: &[u8]) {
    let mut files = InMemory::new([("base.toml", BASE)]);
    files.insert("over.toml", [b"extends = \"base.toml\"\n", bytes].concat());
    let loader = Loader::new(files);
    carry_through(&loader.load("over.toml", &[]));
    loader.load_overlaid("base.toml", &["over.toml"], &[]).rendered();
}

/// Settings of the command line, one a line.
pub fn setting(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let settings: Vec<Setting> = text.lines().take(8).filter_map(|line| Setting::parse(line).ok()).collect();
    carry_through(&Loader::new(InMemory::new([("base.toml", BASE)])).load("base.toml", &settings));
}

/// Files of a results folder that are read.
const FILES: [&str; 4] = ["summary.json", "replications.parquet", "histograms.parquet", "scenario.toml"];

/// Writes the results of two replications into a folder.
pub fn write_whole(folder: &Path) {
    let loaded = Loader::new(InMemory::new([("base.toml", BASE)])).load("base.toml", &[]);
    let toml = loaded.resolved_toml();
    let scenario = loaded.scenario.clone().expect("the base can run");
    let world = World::of(&loaded, scenario).expect("the base compiles");
    let setup = Setup { years: Years::Fixed(0..2), seed: 1, domain: Domain::Tests, threads: 1, memory: None };
    let results = study::simulate(&world, &setup, &Quiet, &Cancel::default()).expect("the base runs").results;
    let place = Place::begin(folder, Study::Run, Claim::Own).expect("a temporary folder can be written");
    write_folder(place, (&results, &results.summary()), &toml).expect("a temporary folder can be written");
}

/// Writes each file of a whole folder as an input of [`results`].
pub fn write_seeds(whole: &Path, corpus: &Path) {
    for (which, file) in FILES.iter().enumerate() {
        let content = std::fs::read(whole.join(file)).expect("the folder is whole");
        std::fs::write(corpus.join(file), [&[which as u8], content.as_slice()].concat())
            .expect("the corpus can be written");
    }
}

/// A file of a results folder, the others being whole: the first byte says which.
pub fn results(bytes: &[u8], whole: &Path, place: &Path) {
    let Some((which, content)) = bytes.split_first() else { return };
    let damaged = FILES[usize::from(*which) % FILES.len()];
    for file in FILES {
        let path = place.join(file);
        let written = if file == damaged {
            std::fs::write(path, content)
        } else {
            std::fs::copy(whole.join(file), path).map(drop)
        };
        written.expect("the folder of a trial can be written");
    }
    if let Ok(results) = Results::read(place) {
        let summary = results.summary();
        write_table(&summary, "horizon", &mut Vec::new()).expect("memory can be written");
        write_json(&summary, &mut Vec::new()).expect("memory can be written");
        let _ = Results::merge(vec![results.clone(), results]);
    }
}

fn carry_through(loaded: &Loaded) {
    loaded.rendered();
    let Some(scenario) = &loaded.scenario else {
        assert!(loaded.diagnostics.has_errors(), "refused without a word");
        return;
    };
    loaded.resolved_toml();
    loaded.assumptions();
    let Ok(plan) = Plan::of(scenario) else { return };
    drop(loads(&plan));
    let limits = Limits { events: EVENTS, memory: Some(MEMORY), ..Limits::default() };
    match simulate(&plan, Draws::new(1, 0, Domain::Tests), limits, &mut Silent) {
        Ok(outcome) => drop(Record::of(&Layout::of(&plan), 0, &outcome)),
        Err(error) => assert!(!error.to_string().contains("books"), "{error}"),
    }
}
