//! The library as others use it: through the front door, and without a file where they want none.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use midcor::analysis::stress::Closing;
use midcor::analysis::sweep::Vary;
use midcor::experiment::{Remark, Running};
use midcor::questions::{CapacityTerms, Compare, CompareTerms, Ran, RouteEnds, RouteTerms, StressTerms};
use midcor::report::{Screen, Values, answer_files};
use midcor::results::Space;
use midcor::tables::RawTable;
use midcor::units::Duration;
use midcor::words::Measure;
use midcor::{
    Answer, Lab, Progress, Question as _, QuestionError, Results, Scenario, Years, bottlenecks, capacity, compare,
    routes, run, stress, sweep, validate, warm_up,
};

fn lab(years: u64) -> Lab<'static> {
    Lab::new(Years::Fixed(0..years), 7)
}

fn scenario() -> Scenario {
    Scenario::open("tutorial").unwrap().set("run.horizon", "60 d").unwrap()
}

#[test]
fn results_and_pictures_go_through_memory_and_back() {
    let scenario = scenario();
    let ran = run(&scenario, &lab(3)).unwrap();
    let files = answer_files(&ran, &scenario.resolved_toml()).unwrap();
    let read = Results::from_files(files.clone()).unwrap();
    let again = Ran::of_results(read, None).unwrap();
    assert!(answer_files(&again, &scenario.resolved_toml()).unwrap() == files);
    assert!(files["charts/traffic.svg"].starts_with(b"<svg") && files["charts/traffic.png"].starts_with(b"\x89PNG"));
    for name in ["summary.json", "replications.parquet"] {
        let mut damaged = files.clone();
        damaged.get_mut(name).unwrap()[40] ^= 1;
        assert!(Results::from_files(damaged).unwrap_err().to_string().contains("damaged"), "{name}");
        let mut torn = files.clone();
        torn.remove(name);
        assert!(Results::from_files(torn).is_err(), "{name}");
    }
    assert!(Results::from_files(BTreeMap::new()).unwrap_err().to_string().contains("no results"));
}

#[test]
fn files_in_memory_are_those_of_the_folder() {
    let scenario = scenario();
    let found = bottlenecks(&scenario, &lab(2)).unwrap();
    let toml = scenario.resolved_toml();
    let files = answer_files(&found, &toml).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let place =
        midcor::report::Place::begin(folder.path(), midcor::report::Study::BOTTLENECKS, midcor::report::Claim::Own);
    midcor::report::write_answer(place.unwrap(), &found, &toml).unwrap();
    for (name, bytes) in &files {
        assert!(&fs::read(folder.path().join(name)).unwrap() == bytes, "{name}");
    }
    let written = fs::read_to_string(folder.path().join("files.txt")).unwrap();
    assert_eq!(written.lines().skip(1).count(), files.len());
}

#[test]
fn columns_say_what_the_file_says() {
    let ran = run(&scenario(), &lab(2)).unwrap();
    let sheet = &ran.sheets()[0];
    let columns = sheet.series();
    let named = |name: &str| &columns.iter().find(|column| column.name == name).unwrap().values;
    let row =
        ran.summary.rows.iter().position(|row| row.key.measure == Measure::Throughput && row.mean.is_some()).unwrap();
    assert_eq!(named("measure").texts().unwrap()[row], "throughput");
    assert_eq!(named("mean").numbers().unwrap()[row].to_bits(), ran.summary.rows[row].mean.unwrap().to_bits());
    assert_eq!(named("n").wholes().unwrap()[row], Some(2));
    assert!(columns.iter().all(|column| column.values.len() == ran.summary.rows.len() && !column.meaning.is_empty()));
    assert!(!columns.iter().any(|column| matches!(column.values, Values::Flags(_))));
}

fn shown(answer: &dyn Answer, width: usize, in_detail: bool) -> String {
    let mut text = Vec::new();
    answer.write_table(&mut Screen::new(&mut text, width), in_detail).unwrap();
    String::from_utf8(text).unwrap()
}

/// An answer whose table begins with its headline and whose document holds it, in memory and in its folder alike.
fn begins_with_its_headline(answer: &dyn Answer) {
    let headline = answer.headline();
    assert!(headline.about.len() >= 2 && !headline.found.is_empty(), "{headline:?}");
    let (title, how) = headline.about.split_at(1);
    assert!(headline.found.len() <= 5, "{headline:?}");
    let lines = title.iter().chain(&headline.found).cloned().chain([String::new()]).chain(how.iter().cloned());
    let text = shown(answer, 10_000, false);
    assert!(text.starts_with(&lines.collect::<Vec<_>>().join("\n")), "{headline:?}: {text}");
    for width in [80, 120] {
        let text = shown(answer, width, true);
        let wide: Vec<&str> = text.lines().filter(|line| line.chars().count() > width).collect();
        assert!(wide.is_empty(), "{width}: {wide:#?}");
    }
    let files = answer_files(answer, "").unwrap();
    let document: serde_json::Value =
        serde_json::from_slice(&files[answer.document().unwrap_or("summary.json")]).unwrap();
    assert_eq!(document["headline"], serde_json::to_value(&headline).unwrap());
}

#[test]
fn every_answer_begins_with_its_headline() {
    let (base, lab) = (scenario(), lab(2));
    let more = base.set("fleet.ferry.vessels", 3).unwrap();
    begins_with_its_headline(&run(&base, &lab).unwrap());
    begins_with_its_headline(&compare(&base, [("more", more)], &lab).unwrap());
    begins_with_its_headline(&sweep(&base, &[Vary::parse("fleet.ferry.vessels=1,2").unwrap()], &lab).unwrap());
    begins_with_its_headline(&bottlenecks(&base, &lab).unwrap());
    let rows = "measure,subject,value,unit,class\nthroughput,corridor,1000,t/yr,tested\n";
    let observed = RawTable::csv("seen.csv", rows);
    begins_with_its_headline(&validate(&base, &observed, &lab).unwrap());
    let closing = Closing { of: vec!["fleet.ferry".to_owned()], stops: Vec::new(), length: Duration::from_days(2.0) };
    let from = Some(base.contents().run.start);
    let terms = StressTerms { closing, from, each_month: false, follow: Duration::from_days(10.0) };
    begins_with_its_headline(&stress(&base, &terms, &lab).unwrap());
    let terms = CapacityTerms { mix: None, services: Vec::new(), tolerance: 0.2, relief: None, interest: 0.06 };
    begins_with_its_headline(&capacity(&base, &terms, &lab).unwrap());
    begins_with_its_headline(&warm_up(&base, &lab).unwrap());
    let ends = RouteEnds::OfFlow(base.contents().flow.keys().next().unwrap().clone());
    let terms = RouteTerms { ends, via: Vec::new(), avoid: Vec::new(), number: 2, pay: false };
    begins_with_its_headline(&routes(&base, &terms).unwrap());
}

/// Keeps all that it is told.
#[derive(Default)]
struct Listener {
    stages: Mutex<Vec<String>>,
    estimates: Mutex<Vec<Running>>,
    remarks: Mutex<Vec<Remark>>,
    done: AtomicU64,
}

impl Progress for Listener {
    fn done(&self, done: u64, _: u64) {
        self.done.fetch_max(done, Ordering::Relaxed);
    }

    fn stage(&self, name: &str) {
        self.stages.lock().unwrap().push(name.to_owned());
    }

    fn estimate(&self, so_far: &Running) {
        self.estimates.lock().unwrap().push(so_far.clone());
    }

    fn remark(&self, remark: &Remark) {
        self.remarks.lock().unwrap().push(remark.clone());
    }
}

#[test]
fn whoever_watches_is_told_stages_estimates_and_remarks() {
    let (base, listener) = (scenario(), Listener::default());
    let same = base.set("title", "\"Another title\"").unwrap();
    let more = base.change("fleet.ferry.vessels += 1").unwrap();
    let lab = lab(4);
    let what_ifs = vec![("same".to_owned(), same), ("more".to_owned(), more)];
    let question = Compare::of(&base, what_ifs, CompareTerms::default()).unwrap();
    assert!(matches!(question.remarks(), [Remark::Warning(text)] if text.contains("same: it changes nothing")));
    let answer = question.ask(&lab.telling(&listener)).unwrap();
    assert_eq!(*listener.stages.lock().unwrap(), ["base", "same", "more"]);
    let estimates = listener.estimates.lock().unwrap();
    assert_eq!(estimates.iter().map(|so_far| so_far.n).collect::<Vec<_>>(), [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4]);
    // The last estimate of the base is its mean.
    let of_base = run(&base, &lab).unwrap();
    let last = &estimates[3];
    let row = of_base.summary.row(last.measure, &last.subject).unwrap();
    assert!((last.mean - row.mean.unwrap()).abs() <= 1e-9 * last.mean && last.half_width().is_some());
    assert!(answer.comparison.what_ifs[0].differences.iter().all(|row| row.difference == 0.0));
}

#[test]
fn a_comparison_with_what_cannot_be_compared_is_refused() {
    let base = scenario();
    let longer = base.set("run.horizon", "90 d").unwrap();
    let refused = compare(&base, [("longer", longer)], &lab(2)).unwrap_err();
    assert!(matches!(&refused, QuestionError::Wrong(why) if why.contains("`longer` cannot be compared")), "{refused}");
    assert!(matches!(compare(&base, [], &lab(2)), Err(QuestionError::Wrong(_))));
    let twins = ["a b", "a-b"].map(|name| (name, base.set("run.replications", 3).unwrap()));
    assert!(compare(&base, twins, &lab(2)).unwrap_err().to_string().contains("would have one folder"));
}

#[test]
fn drawn_inputs_are_drawn_without_further_word() {
    // Only what has a grade or a range may be wrong.
    let text = include_str!("../../scenarios/smallest.toml");
    let graded = text.replace("[flow.demo]", "[flow.demo]\nsource = \"a guess\"\ngrade = \"C\"");
    let scenario = Scenario::parse(&graded, "graded").unwrap().set("run.horizon", "20 d").unwrap();
    let drawn = Lab::new(Years::Drawn { draws: 0..3, years: 1 }, 7);
    let ran = run(&scenario, &drawn).unwrap();
    let fixed = run(&scenario, &lab(3)).unwrap();
    let means = |ran: &Ran| ran.summary.rows.iter().map(|row| row.mean.map(f64::to_bits)).collect::<Vec<_>>();
    assert!(means(&ran) != means(&fixed), "inputs were not drawn");
    assert_eq!(ran.summary.manifest.run.years_per_draw, Some(1));
    let vary = [Vary::parse("node.east.facility.crane.servers=1,2").unwrap()];
    assert!(matches!(sweep(&scenario, &vary, &drawn), Err(QuestionError::Wrong(_))));
}

#[test]
fn a_stop_leaves_an_answer_that_says_what_it_lacks() {
    struct Stopper(midcor::Cancel);
    impl Progress for Stopper {
        fn done(&self, done: u64, _: u64) {
            if done >= 2 {
                self.0.request();
            }
        }
    }
    let cancel = midcor::Cancel::default();
    let stopper = Stopper(cancel.clone());
    let lab = Lab { threads: 1, ..lab(50) };
    let ran = run(&scenario(), &lab.watched(&stopper, &cancel)).unwrap();
    let finished = ran.results().unwrap().records.len();
    let told = ran.shortfall().unwrap().to_string();
    assert!(finished < 50 && told.contains(&format!("{finished} simulated years")), "{told}");
}

/// Years in a scratch file make the bytes of years in memory; where no scratch file can be, the study ends with word of it.
#[test]
fn memory_that_is_short_changes_no_figure() {
    let place = tempfile::tempdir().unwrap();
    let scenario = scenario();
    let files = |space| {
        let ran = run(&scenario, &Lab { space, ..lab(5) })?;
        Ok::<_, QuestionError>(answer_files(&ran, &scenario.resolved_toml()).unwrap())
    };
    let short = |folder: &str| Space::of(0, Some(place.path().join(folder)));
    assert!(files(short("")).unwrap() == files(Space::default()).unwrap());
    let error = files(short("none")).unwrap_err().to_string();
    assert!(error.contains("cannot write the scratch file in") && error.contains("none"), "{error}");
}

/// Files of the library that may name the file system, each behind the feature `disk` or only in tests.
const WITH_FILES: [&str; 7] = [
    "src/cli/",
    "src/files.rs",
    "src/report/folder/",
    "src/results/read/place.rs",
    "src/results/read/stored.rs",
    "src/results/records/scratch.rs",
    "src/scenario/reading/files.rs",
];

#[test]
fn nothing_touches_files_without_the_feature_for_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src")];
    let mut wrong = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap();
            let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let names_files = ["std::fs", "fs::", "tempfile::", "current_dir"];
            let may = name.ends_with("tests.rs") || WITH_FILES.iter().any(|known| name.starts_with(known));
            if !may && names_files.iter().any(|word| program.contains(word)) {
                wrong.push(name);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    let gate = "#[cfg(feature = \"disk\")]\n";
    for (file, item) in [
        ("src/lib.rs", "mod files;"),
        ("src/report/mod.rs", "mod folder;"),
        ("src/results/read/place.rs", "use crate::files;"),
        ("src/results/read/stored.rs", "use std::fs::File;"),
        ("src/results/records/mod.rs", "mod scratch;"),
        ("src/scenario/reading/files.rs", "impl Files for Disk"),
    ] {
        let text = fs::read_to_string(root.join(file)).unwrap();
        assert!(text.contains(&format!("{gate}{item}")), "{item} of {file} is not behind the feature");
    }
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("cli = [\"disk\","), "the program reads files");
}
