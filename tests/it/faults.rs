//! Faults of the place the program runs in: folders, pipes, disks, signals. Results are whole, or they have no summary.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// A place with a scenario that runs at once.
fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::copy("scenarios/smallest.toml", place.path().join("one.toml")).unwrap();
    place
}

fn command(place: &Path, args: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_midcor"));
    command.current_dir(place).env("NO_COLOR", "1").args(args.split_whitespace());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(place: &Path, args: &str) -> Output {
    command(place, args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The summary of a folder that has all files; none where the folder is not there or incomplete.
fn whole(folder: &Path) -> Option<Value> {
    if !folder.join("summary.json").exists() {
        return None;
    }
    for file in ["measures.csv", "scenario.toml", "network.geojson"] {
        assert!(folder.join(file).is_file(), "{file} is missing in {}", folder.display());
    }
    Some(serde_json::from_slice(&fs::read(folder.join("summary.json")).unwrap()).unwrap())
}

fn leftovers(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with('.')).collect()
}

#[test]
fn results_replace_results() {
    let place = place();
    assert_eq!(run(place.path(), "run one.toml --replications 2 --out here").status.code(), Some(0));
    fs::write(place.path().join("here/note.txt"), "of the first run").unwrap();
    let again = run(place.path(), "run one.toml --replications 3 --out here");
    assert!(said(&again).contains("results are in here, in place of the earlier ones"), "{}", said(&again));
    assert_eq!(whole(&place.path().join("here")).unwrap()["run"]["replications"], 3);
    assert!(place.path().join("here/note.txt").exists(), "what the user put there stays");
    assert_eq!(leftovers(&place.path().join("here")), Vec::<String>::new());
    assert_eq!(leftovers(place.path()), Vec::<String>::new());
}

#[test]
fn what_is_not_results_is_refused_before_the_run() {
    let place = place();
    fs::create_dir(place.path().join("thesis")).unwrap();
    fs::write(place.path().join("thesis/summary.json"), "{\"chapters\": 7}").unwrap();
    fs::write(place.path().join("file"), "text").unwrap();
    for out in ["thesis", "file", "."] {
        let output = run(place.path(), &format!("run one.toml --replications 2 --out {out}"));
        assert_eq!(output.status.code(), Some(2), "{out}: {}", said(&output));
        assert!(said(&output).contains("left as it is"), "{}", said(&output));
        assert!(output.stdout.is_empty());
    }
    assert_eq!(fs::read_to_string(place.path().join("thesis/summary.json")).unwrap(), "{\"chapters\": 7}");
    assert_eq!(fs::read_to_string(place.path().join("file")).unwrap(), "text");
}

#[test]
fn a_place_that_cannot_be_written_is_found_before_the_run() {
    let place = place();
    fs::write(place.path().join("file"), "text").unwrap();
    // So many simulated years would take hours.
    let output = run(place.path(), "run one.toml --replications 10000000 --out file/results");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("cannot write file/results"), "{}", said(&output));
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_found_before_the_run() {
    use std::os::unix::fs::PermissionsExt;
    let place = place();
    let locked = place.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    // The superuser writes everywhere, except where the system itself writes nothing.
    let out =
        if fs::write(locked.join("try"), "").is_ok() { Path::new("/proc/results") } else { &locked.join("results") };
    let output = run(place.path(), &format!("run one.toml --replications 10000000 --out {}", out.display()));
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("cannot write"), "{}", said(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_standard_output_is_told() {
    let place = place();
    for call in ["run one.toml --replications 2", "check one.toml", "show one.toml", "schema"] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = command(place.path(), call).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{call}: {}", said(&output));
        assert!(said(&output).contains("cannot write to standard output"), "{call}: {}", said(&output));
    }
    // The results themselves were written before.
    assert!(whole(&place.path().join("results/one")).is_some());
}

/// A limit on the size of files, met with an error, is a disk on which there is no room: what was there stays.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_without_room_keeps_the_older_results() {
    let place = place();
    let without_room = |call: &str| {
        let shell = format!("trap '' XFSZ; ulimit -f 8; exec {} {call}", env!("CARGO_BIN_EXE_midcor"));
        Command::new("sh").current_dir(place.path()).env("NO_COLOR", "1").args(["-c", &shell]).output().unwrap()
    };
    let call = "run one.toml --replications 2 --out here";
    for is_older_there in [false, true] {
        let older = is_older_there.then(|| {
            assert_eq!(run(place.path(), call).status.code(), Some(0));
            whole(&place.path().join("here")).unwrap()
        });
        let output = without_room(call);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains("cannot write"), "{}", said(&output));
        assert_eq!(whole(&place.path().join("here")), older);
        let left = fs::read_dir(place.path())
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".midcor"));
        assert_eq!(left.count(), 0, "scratch folders are removed");
        assert!(!place.path().join("here/.midcor-writing").exists() && !place.path().join("here-kept-1").exists());
    }
}

#[test]
fn a_reader_who_has_read_enough_is_no_fault() {
    let place = place();
    for call in ["run one.toml --replications 2 --format csv", "check one.toml", "show one.toml", "schema", "--help"] {
        let mut child = command(place.path(), call).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{call}: {}", said(&output));
        assert!(!said(&output).contains("error"), "{call}: {}", said(&output));
    }
    assert!(whole(&place.path().join("results/one")).is_some());
}

#[test]
fn killed_at_any_moment_the_folder_is_whole_or_absent() {
    let place = place();
    let folder = place.path().join("here");
    let call = "run one.toml --replications 40 --threads 1 --out here";
    let started = std::time::Instant::now();
    assert_eq!(run(place.path(), call).status.code(), Some(0));
    let takes = started.elapsed();
    let mut killed = 0;
    for attempt in 0..24_u32 {
        let mut child = command(place.path(), call).spawn().unwrap();
        // From the start of the process to a little beyond its usual end, most often near the end, where files are written.
        let share = f64::from(attempt % 12) / 11.0;
        sleep(takes.mul_f64(1.05 * (1.0 - (1.0 - share).powi(2))));
        killed += u32::from(child.kill().is_ok());
        child.wait().unwrap();
        // While files are moved there is no summary; never is it beside a part of them.
        whole(&folder);
        assert_eq!(leftovers(place.path()), Vec::<String>::new());
    }
    assert!(killed > 0);
    assert_eq!(run(place.path(), call).status.code(), Some(0));
    assert!(whole(&folder).is_some());
    assert_eq!(leftovers(&folder), Vec::<String>::new());
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(status.success());
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_what_is_finished_and_says_so() {
    let place = place();
    let child = command(place.path(), "run one.toml --replications 1000000 --out here --format json").spawn().unwrap();
    sleep(Duration::from_secs(3));
    interrupt(&child);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("simulated years that were finished"), "{}", said(&output));
    let summary = whole(&place.path().join("here")).unwrap();
    let finished = summary["run"]["replications"].as_u64().unwrap();
    assert!((1..1_000_000).contains(&finished), "{finished}");
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed["run"]["replications"], finished);
}

#[test]
fn absurd_flags_end_in_a_message() {
    let place = place();
    for call in [
        "run one.toml --seed -1",
        "run one.toml --seed 99999999999999999999",
        "run one.toml --replications 5..5",
        "run one.toml --replications 9..3",
        "run one.toml --replications 99999999999999999999",
        "run one.toml --precision nan",
        "run one.toml --precision 0",
        "run one.toml --set =",
        "run one.toml --set run.horizon=1e18yr",
        "run one.toml --set *=1",
        "run one.toml --set flow.demo.volume*=nan",
        "run one.toml --set flow.demo.volume*=1e300",
        "run one.toml --set flow.demo.shipment=1e-9TEU --set flow.demo.volume=1e6TEU/h",
        "show one.toml ....",
        "show one.toml *",
    ] {
        let output = run(place.path(), call);
        assert_eq!(output.status.code(), Some(2), "{call}: {}", said(&output));
        assert!(!said(&output).contains("panicked") && !said(&output).is_empty(), "{call}: {}", said(&output));
    }
}
