//! Digests of what replications leave, by which a change for speed is seen to change nothing else.

use std::fmt::{Debug, Write};
use std::path::{Path, PathBuf};

use midcor::engine::{End, Ended, Limits, Note, Observer, Outcome, Silent, simulate};
use midcor::model::Plan;
use midcor::random::{Domain, RandomNumbers};
use midcor::scenario::ScenarioReader;

/// Listens to every fact and keeps a digest of them; who is under way at the end is told in no order of its own.
struct Facts {
    in_order: Fnv,
    under_way: u64,
}

impl Observer for Facts {
    fn note(&mut self, note: Note) {
        let _ = write!(self.in_order, "{note:?}");
    }

    fn ended(&mut self, ended: Ended, _: &[midcor::engine::outcome::Segment]) {
        if ended.how == End::UnderWay {
            self.under_way = self.under_way.wrapping_add(Fnv::of(&format!("{ended:?}")));
        } else {
            let _ = write!(self.in_order, "{ended:?}");
        }
    }
}

/// The 64-bit FNV-1a hash of what is written to it.
struct Fnv(u64);

impl Fnv {
    const EMPTY: Self = Self(0xCBF2_9CE4_8422_2325);

    fn of(text: &str) -> u64 {
        let mut hash = Self::EMPTY;
        let _ = hash.write_str(text);
        hash.0
    }
}

impl Write for Fnv {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
        Ok(())
    }
}

/// Scenario files in a folder, in order of their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("run this in the folder of the project").flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml") && !path.ends_with("index.toml"))
        .collect();
    files.sort();
    files
}

/// Without the number of events, which is the engine's own affair, and the order of what is kept one by one.
fn digest(mut outcome: Outcome) -> u64 {
    outcome.events = 0;
    outcome.queues.iter_mut().for_each(|queue| queue.standing.sort());
    let any_order = any_order(&std::mem::take(&mut outcome.journeys))
        ^ any_order(&std::mem::take(&mut outcome.passages))
        ^ any_order(&std::mem::take(&mut outcome.stays))
        ^ any_order(&std::mem::take(&mut outcome.completions));
    Fnv::of(&format!("{outcome:?}")).wrapping_add(any_order)
}

fn any_order<T: Debug>(items: &[T]) -> u64 {
    items.iter().map(|item| Fnv::of(&format!("{item:?}"))).fold(0, u64::wrapping_add)
}

pub(crate) fn print() {
    let folders = ["scenarios", "scenarios/verify", "scenarios/routing", "scenarios/what-if"];
    for path in folders.iter().flat_map(|folder| files(Path::new(folder))) {
        let Ok(scenario) = ScenarioReader::default().read(&path.to_string_lossy(), &[]).into_contents() else {
            continue;
        };
        let Ok(plan) = Plan::of(&scenario) else { continue };
        let year = |number| RandomNumbers::new(20_260_101, number, Domain::Production);
        let silent = simulate(&plan, year(0), Limits::default(), &mut Silent).map(digest);
        let mut facts = Facts { in_order: Fnv::EMPTY, under_way: 0 };
        let told = simulate(&plan, year(1), Limits::default(), &mut facts).map(digest);
        println!("{} {silent:x?} {told:x?} {:x} {:x}", path.display(), facts.in_order.0, facts.under_way);
    }
}
