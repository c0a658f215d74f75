//! Where results go: whose a folder is, what stays in it, and that its faults are found before anything is simulated.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::program::called;

/// So many simulated years take hours: what is found nevertheless was found before them.
const FOR_EVER: &str = "--replications 10000000";

fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::copy("scenarios/smallest.toml", place.path().join("one.toml")).unwrap();
    place
}

fn call(place: &Path, args: &str) -> Output {
    called(place, &args.split_whitespace().collect::<Vec<_>>())
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn done(place: &Path, args: &str) -> String {
    let output = call(place, args);
    assert_eq!(output.status.code(), Some(0), "{args}: {}", said(&output));
    said(&output)
}

fn refused(place: &Path, args: &str, words: &str) {
    let output = call(place, args);
    assert_eq!(output.status.code(), Some(2), "{args}: {}", said(&output));
    assert!(said(&output).contains(words), "{args}: {}", said(&output));
}

/// Studies of the smallest scenario that take a moment, and the file that says that each is whole.
const STUDIES: [(&str, &str); 10] = [
    ("run one.toml --replications 2", "summary.json"),
    ("validate one.toml --against figures.csv --replications 2", "summary.json"),
    ("bottlenecks one.toml --replications 2 --top 0", "summary.json"),
    ("capacity one.toml --replications 2 --tolerance 20%", "summary.json"),
    ("sweep one.toml --replications 2 --vary flow.demo.volume*=0.5,1", "sweep.json"),
    ("stress one.toml --replications 2 --close node.east --from 2024-02-01 --for 1d", "stress.json"),
    ("compare one.toml --replications 2 --inputs fixed --what-if a:flow.demo.volume*=0.5", "comparison.json"),
    ("routes one.toml --from west --to east", "routes.json"),
    ("warm-up one.toml --replications 2", "warm-up.json"),
    ("match one.toml --against figures.csv --over flow.demo.volume*=0.5..1 --points 2 --replications 2", "match.json"),
];
const FIGURES: &str = "\
scenario,measure,subject,period,value,unit,low,high,class,source,grade,note
one,carried,corridor,horizon,100000,t/yr,,,tested,,,
one,throughput,corridor,horizon,100000,t/yr,,,input,,,
";

#[test]
fn every_study_leaves_what_the_user_put_into_its_folder() {
    let place = place();
    fs::write(place.path().join("figures.csv"), FIGURES).unwrap();
    for (study, summary) in STUDIES {
        let name = study.split(' ').next().unwrap();
        let out = format!("{study} --out {name}");
        done(place.path(), &out);
        let folder = place.path().join(name);
        fs::write(folder.join("notes.txt"), "mine").unwrap();
        assert!(done(place.path(), &out).contains("in place of the earlier ones"), "{name}");
        assert!(folder.join(summary).is_file() && folder.join("notes.txt").is_file(), "{name}");
        // Another scenario, and a study of another kind, want a word.
        refused(place.path(), &format!("{out} --set flow.demo.volume*=0.9"), "results of another scenario");
        let other = if name == "run" { STUDIES[4].0 } else { STUDIES[0].0 };
        if name == "validate" {
            // The same results and more.
            done(place.path(), &format!("{other} --out {name}"));
            assert!(!folder.join("validation.csv").exists());
            continue;
        }
        refused(place.path(), &format!("{other} --out {name}"), "holds the results of a");
        done(place.path(), &format!("{other} --out {name} --replace"));
        let stays = name != "run" && summary == "summary.json";
        assert!(folder.join("notes.txt").is_file() && folder.join(summary).is_file() == stays, "{name}");
    }
}

#[test]
fn seed_and_years_make_no_other_scenario() {
    let place = place();
    done(place.path(), "run one.toml --replications 2 --out here");
    done(place.path(), "run one.toml --replications 3 --seed 7 --out here");
    done(place.path(), "run one.toml --set run.seed=8 --set run.replications=2 --out here");
    refused(place.path(), &format!("run one.toml --set run.horizon=30d --out here {FOR_EVER}"), "another scenario");
}

#[test]
fn a_scenario_with_settings_has_a_default_folder_of_its_own() {
    let place = place();
    done(place.path(), "run one.toml --replications 2");
    let plain = fs::read(place.path().join("results/one/summary.json")).unwrap();
    for name in ["", "-sweep"] {
        let study = if name.is_empty() { STUDIES[0].0 } else { STUDIES[4].0 };
        done(place.path(), &format!("{study} --set flow.demo.volume*=0.9"));
    }
    assert_eq!(fs::read(place.path().join("results/one/summary.json")).unwrap(), plain);
    let mut names: Vec<String> = fs::read_dir(place.path().join("results"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let [one, with, sweep] = &names[..] else { panic!("{names:?}") };
    assert!(one == "one" && with.starts_with("one+") && with.len() == 12, "{names:?}");
    assert!(sweep.starts_with("one-sweep+"), "{names:?}");
}

#[test]
fn a_default_folder_is_taken_over_and_what_else_is_there_stays() {
    let place = place();
    fs::create_dir_all(place.path().join("results/one")).unwrap();
    fs::write(place.path().join("results/one/thesis.txt"), "years of work").unwrap();
    done(place.path(), "run one.toml --replications 2");
    assert!(place.path().join("results/one/thesis.txt").is_file());
    // A file of a name that the run needs is nobody else's to overwrite.
    fs::create_dir_all(place.path().join("results/one-sweep")).unwrap();
    fs::write(place.path().join("results/one-sweep/sweep.csv"), "mine").unwrap();
    refused(place.path(), STUDIES[4].0, "sweep.csv is not of midcor");
    assert_eq!(fs::read_to_string(place.path().join("results/one-sweep/sweep.csv")).unwrap(), "mine");
}

#[test]
fn the_folder_one_is_in_takes_results_too() {
    let place = place();
    let empty = place.path().join("empty");
    fs::create_dir(&empty).unwrap();
    for out in [".", "../empty/.", "./"] {
        done(&empty, &format!("run ../one.toml --replications 2 --out {out}"));
        assert!(empty.join("summary.json").is_file() && empty.join("charts/causes.svg").is_file());
    }
    // One that holds the scenario wants a word; a scenario of the name of ours is not overwritten even so.
    refused(place.path(), &format!("run one.toml {FOR_EVER} --out ."), "it is left as it is");
    done(place.path(), "run one.toml --replications 2 --out . --replace");
    let own = tempfile::tempdir().unwrap();
    fs::copy("scenarios/smallest.toml", own.path().join("scenario.toml")).unwrap();
    refused(own.path(), &format!("run scenario.toml {FOR_EVER} --out . --replace"), "scenario.toml is not of midcor");
}

#[cfg(unix)]
#[test]
fn a_link_to_another_device_is_followed() {
    use std::os::unix::fs::{MetadataExt, symlink};
    let place = place();
    let device = |path: &Path| fs::metadata(path).map(|about| about.dev()).ok();
    let shared = Path::new("/dev/shm");
    if device(shared).is_none() || device(shared) == device(place.path()) {
        eprintln!("skipped: there is no second device");
        return;
    }
    let other = tempfile::tempdir_in(shared).unwrap();
    symlink(other.path(), place.path().join("here")).unwrap();
    done(place.path(), "run one.toml --replications 2 --out here");
    assert!(other.path().join("summary.json").is_file() && place.path().join("here").is_symlink());
    // As a volume that is mounted within a folder: one folder of the results is on another device.
    fs::create_dir(place.path().join("there")).unwrap();
    fs::create_dir(other.path().join("pictures")).unwrap();
    symlink(other.path().join("pictures"), place.path().join("there/charts")).unwrap();
    done(place.path(), "run one.toml --replications 2 --out there --replace");
    assert!(other.path().join("pictures/causes.png").is_file() && place.path().join("there/charts").is_symlink());
}

#[test]
fn names_of_what_ifs_are_no_paths() {
    let place = place();
    let long = format!("{}: flow.demo.volume *= 0.5", "long ".repeat(60));
    let args = ["compare", "one.toml", "--replications", "2", "--inputs", "fixed", "--out", "here"];
    let named = ["..: flow.demo.volume *= 0.9", "../../up: flow.demo.volume *= 0.8", &long];
    let what_ifs: Vec<&str> = named.iter().flat_map(|what_if| ["--what-if", what_if]).collect();
    let output = called(place.path(), &[args.as_slice(), &what_ifs].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(!place.path().join("summary.json").exists());
    let folders = fs::read_dir(place.path().join("here")).unwrap().map(|entry| entry.unwrap().path());
    assert_eq!(folders.filter(|path| path.join("summary.json").is_file()).count(), 4);
    for taken in ["base", "Charts"] {
        let what_if = format!("{taken}: flow.demo.volume *= 0.9");
        let output = called(place.path(), &[args.as_slice(), &["--what-if", &what_if]].concat());
        assert!(
            output.status.code() == Some(2) && said(&output).contains("would have one folder"),
            "{}",
            said(&output)
        );
    }
}

#[test]
fn of_two_runs_into_one_folder_the_later_one_is_told() {
    let place = place();
    let mut command = Command::new(env!("CARGO_BIN_EXE_midcor"));
    let args = format!("run one.toml {FOR_EVER} --out here");
    let mut first = command.current_dir(place.path()).args(args.split(' ')).stderr(Stdio::null()).spawn().unwrap();
    while !place.path().join("here/.midcor-writing/lock").exists() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    std::thread::sleep(std::time::Duration::from_millis(100));
    let second = call(place.path(), "run one.toml --replications 2 --out here");
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(second.status.code() == Some(1) && said(&second).contains("another run is writing"), "{}", said(&second));
    // Of the first, which was killed, nothing is left.
    done(place.path(), "run one.toml --replications 2 --out here");
    assert!(!place.path().join("here/.midcor-writing").exists());
}

#[test]
fn a_trace_overwrites_nothing_but_a_trace() {
    let place = place();
    let trace = "run one.toml --replication 0 --set run.horizon=10d --set run.drain=1d --trace";
    fs::write(place.path().join("thesis.csv"), "years,of,work\n").unwrap();
    refused(place.path(), &format!("{trace} thesis.csv"), "another file stands there");
    refused(place.path(), &format!("{trace} one.toml"), "another file stands there");
    assert_eq!(fs::read_to_string(place.path().join("thesis.csv")).unwrap(), "years,of,work\n");
    done(place.path(), &format!("{trace} events.csv"));
    let first = fs::read(place.path().join("events.csv")).unwrap();
    done(place.path(), &format!("{trace} events.csv --seed 5"));
    assert!(fs::read(place.path().join("events.csv")).unwrap() != first);
    assert_eq!(call(place.path(), &format!("{trace} nowhere/events.csv")).status.code(), Some(1));
    let names = fs::read_dir(place.path()).unwrap().count();
    assert_eq!(names, 3, "nothing is left beside it");
}

#[cfg(unix)]
#[test]
fn a_trace_is_written_into_what_is_no_plain_file() {
    let place = place();
    let trace = "run one.toml --replication 0 --set run.horizon=10d --set run.drain=1d --trace";
    done(place.path(), &format!("{trace} /dev/null"));
    let output = call(place.path(), &format!("{trace} /dev/stdout"));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("days,utc,fact"), "{}", said(&output));
    fs::write(place.path().join("events.csv"), "").unwrap();
    std::os::unix::fs::symlink("events.csv", place.path().join("link.csv")).unwrap();
    done(place.path(), &format!("{trace} link.csv"));
    assert!(place.path().join("link.csv").is_symlink());
    assert!(fs::metadata(place.path().join("events.csv")).unwrap().len() > 100);
}

#[cfg(all(feature = "charts", feature = "parquet"))]
#[test]
fn charts_drawn_again_are_whole_and_overwrite_nothing_else() {
    let place = place();
    done(place.path(), "run one.toml --replications 2 --out here");
    let charts = place.path().join("here/charts");
    let before = fs::read(charts.join("causes.svg")).unwrap();
    fs::write(charts.join("causes.svg"), "").unwrap();
    fs::write(charts.join("mine.svg"), "mine").unwrap();
    done(place.path(), "chart here");
    assert_eq!(fs::read(charts.join("causes.svg")).unwrap(), before);
    assert_eq!(fs::read_to_string(charts.join("mine.svg")).unwrap(), "mine");
    assert!(!place.path().join("here/.midcor-writing").exists());
}

#[test]
fn init_copies_all_or_nothing() {
    let place = place();
    fs::create_dir(place.path().join("mine")).unwrap();
    fs::write(place.path().join("mine/smallest.toml"), "my own").unwrap();
    refused(place.path(), "init mine", "nothing is overwritten");
    assert_eq!(fs::read_dir(place.path().join("mine")).unwrap().count(), 1);
    done(place.path(), "init other");
    assert!(place.path().join("other/smallest.toml").is_file() && !place.path().join("other/files.txt").exists());
    assert!(!place.path().join("other/.midcor-writing").exists());
}
