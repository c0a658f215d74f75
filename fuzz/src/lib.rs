//! What a trial of the fuzzer does with its bytes, and what must never come of it. The same functions repeat found inputs
//! among the tests of midcor.

use midcor::words::Period;
use std::fs::File;
use std::path::Path;

use midcor::arithmetic::utilisations;
use midcor::engine::{Limits, Silent, simulate};

use midcor::model::Plan;
use midcor::random::{Domain, RandomNumbers};
use midcor::report::{Claim, Place, Screen, Study, write_folder, write_json, write_table};
use midcor::results::files::{Digests, digest_of, seal};
use midcor::results::{Layout, Record, Results};
use midcor::scenario::{InMemory, Reading, ScenarioReader, Setting};
use midcor::study::{Lab, Prepared, Years};

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
    carry_through(&ScenarioReader::new(files).read("s.toml", &[]));
}

/// A file that is laid over another.
pub fn overlay(bytes: &[u8]) {
    let mut files = InMemory::new([("base.toml", BASE)]);
    files.insert("over.toml", [b"extends = \"base.toml\"\n", bytes].concat());
    let reader = ScenarioReader::new(files);
    carry_through(&reader.read("over.toml", &[]));
    reader.read_overlaid("base.toml", &["over.toml"], &[]).rendered();
}

/// Settings of the command line, one a line.
pub fn setting(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let settings: Vec<Setting> = text.lines().take(8).filter_map(|line| Setting::parse(line).ok()).collect();
    carry_through(&ScenarioReader::new(InMemory::new([("base.toml", BASE)])).read("base.toml", &settings));
}

/// Files of a results folder that are read.
pub const FILES: [&str; 5] =
    ["summary.json", "replications.parquet", "histograms.parquet", "bins.parquet", "scenario.toml"];
/// In the first byte of a trial: all digests are made right after the damage.
pub const SEALED: u8 = 0x80;

/// Writes the results of two replications into a folder.
pub fn write_whole(folder: &Path) {
    let reading = ScenarioReader::new(InMemory::new([("base.toml", BASE)])).read("base.toml", &[]);
    let toml = reading.resolved_toml();
    let scenario = reading.scenario.clone().expect("the base can run");
    let prepared = Prepared::of(&reading, scenario).expect("the base compiles");
    let lab = Lab { threads: 1, ..Lab::new(Years::Fixed(0..2), 1) }.drawing_for(Domain::Tests);
    let results = lab.simulate(&prepared).expect("the base runs").results;
    let place = Place::begin(folder, Study::RUN, Claim::Own).expect("a temporary folder can be written");
    write_folder(place, &results, &results.summary(), &toml).expect("a temporary folder can be written");
}

/// Makes all digests of a folder right, as one would who wants damage not to be noticed.
pub fn seal_anew(folder: &Path) {
    let path = folder.join(FILES[0]);
    let text = std::fs::read(&path).expect("the summary is there");
    let key = b",\n\"files\":";
    let Some(end) = text.windows(key.len()).rposition(|part| part == key) else { return };
    let names = std::fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it is there"));
    let names = names.filter(|entry| entry.path().is_file()).map(|entry| entry.file_name());
    let names = names.map(|name| name.into_string().expect("our names are text"));
    let digests: Digests = names
        .filter(|name| name != FILES[0] && name != "files.txt")
        .map(|name| (name.clone(), digest_of(File::open(folder.join(name)).expect("it is there")).expect("it is read")))
        .collect();
    let digests = serde_json::to_vec(&digests).expect("memory can be written");
    let text = [&text[..end], key, &digests, b",\n"].concat();
    let last = seal(&digest_of(text.as_slice()).expect("memory can be read"));
    std::fs::write(path, [&text, last.as_bytes()].concat()).expect("the folder of a trial can be written");
}

/// A results folder of which a file is damaged. The first byte says which, and whether the digests are made right again;
/// then come positions in three bytes, each with the byte that stands there now.
pub fn results(bytes: &[u8], whole: &Path, place: &Path) {
    let Some((which, patches)) = bytes.split_first() else { return };
    let damaged = FILES[usize::from(which & !SEALED) % FILES.len()];
    for entry in std::fs::read_dir(whole).expect("the folder is whole") {
        let path = entry.expect("the folder is whole").path();
        if path.is_file() {
            let name = path.file_name().expect("a file has a name");
            std::fs::copy(&path, place.join(name)).expect("the folder of a trial can be written");
        }
    }
    let mut content = std::fs::read(whole.join(damaged)).expect("the folder is whole");
    let length = content.len();
    for patch in patches.chunks_exact(4) {
        content[u32::from_le_bytes([patch[0], patch[1], patch[2], 0]) as usize % length] = patch[3];
    }
    std::fs::write(place.join(damaged), &content).expect("the folder of a trial can be written");
    if which & SEALED != 0 {
        seal_anew(place);
    }
    read_through(place);
}

/// Reads a folder and, where it can be read, shows what it holds.
pub fn read_through(folder: &Path) -> bool {
    let Ok(results) = Results::read(folder) else { return false };
    let summary = results.summary();
    write_table(&summary, &Period::Horizon, &mut Screen::usual(&mut Vec::new())).expect("memory can be written");
    write_json(&summary, &mut Vec::new()).expect("memory can be written");
    let _ = Results::merge(vec![results.clone(), results]);
    true
}

fn carry_through(reading: &Reading) {
    reading.rendered();
    let Some(scenario) = &reading.scenario else {
        assert!(reading.diagnostics.has_errors(), "refused without a word");
        return;
    };
    reading.resolved_toml();
    reading.assumptions();
    let Ok(plan) = Plan::of(scenario) else { return };
    drop(utilisations(&plan));
    let limits = Limits { events: EVENTS, memory: Some(MEMORY), ..Limits::default() };
    match simulate(&plan, RandomNumbers::new(1, 0, Domain::Tests), limits, &mut Silent) {
        Ok(outcome) => drop(Record::of(&Layout::of(&plan), 0, &outcome)),
        Err(error) => assert!(!error.to_string().contains("books"), "{error}"),
    }
}
