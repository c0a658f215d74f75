//! `midcor report`, as people call it.

use std::fs;
use std::path::Path;

use crate::program::{midcor, printed};

pub(crate) const SCENARIO: &str = r#"
schema = 1
title = "<script>alert('title')</script>"
description = "A crane <b>between</b> two places."

[run]
horizon = "60 d"
replications = 3

[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 14

[node.west]
name = "<img src=x>"
lat = 41.0
lon = 44.0

[node.east]
lat = 41.5
lon = 47.0
facility.crane = { kind = "crane", servers = 1, time = { dist = "exponential", mean = "1 h" }, when = "destination" }

[link.line]
from = "west"
to = "east"
mode = "rail"
time = "10 h"

[flow.demo]
cargo = "boxes"
from = "west"
to = "east"
volume = "7884 TEU/yr"
shipment = "1 TEU"

[section.whole]
from = "west"
to = "east"
"#;

fn page(folder: &Path, arguments: &[&str]) -> String {
    let written = printed(folder, arguments);
    fs::read_to_string(folder.join(written.trim())).unwrap()
}

#[test]
fn a_run_and_a_comparison_have_a_page_in_each_language() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    fs::write(folder.join("crane.toml"), SCENARIO).unwrap();
    printed(folder, &["run", "crane.toml", "--out", "one"]);
    let run = page(folder, &["report", "one"]);
    assert_eq!(run.matches("<script>").count(), 1, "only the page's own");
    assert!(run.contains("A crane &lt;b&gt;between") && run.contains("node.east.facility.crane.servers"));
    assert!(fs::read_to_string(folder.join("one/charts/map.svg")).unwrap().contains("&lt;img src=x&gt;"));
    assert!(run.contains("--seed 20260101 --replications 3"));

    let two = "two cranes: node.east.facility.crane.servers = 2";
    printed(folder, &["compare", "crane.toml", "--what-if", two, "--out", "both"]);
    let english = page(folder, &["report", "both", "--out", "english.html"]);
    let told = printed(folder, &["compare", "crane.toml", "--what-if", two, "--out", "again"]);
    // The first line of the option's sentence; the program folds it, the page does not.
    let sentence = told.lines().find(|line| line.contains("two cranes:") || line.starts_with("Two cranes")).unwrap();
    assert!(english.contains(sentence.trim()), "{sentence}");
    let russian = page(folder, &["report", "both", "--lang", "ru", "--out", "russian.html"]);
    assert!(russian.contains("lang=\"ru\"") && russian.contains("two cranes: на"));
    assert_eq!(russian.matches("<script>").count(), 1);
}

#[test]
fn a_page_goes_with_the_results_that_it_is_of() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    fs::write(folder.join("crane.toml"), SCENARIO).unwrap();
    printed(folder, &["run", "crane.toml", "--out", "one"]);
    page(folder, &["report", "one"]);
    printed(folder, &["run", "crane.toml", "--seed", "7", "--out", "one"]);
    assert!(!folder.join("one/report.html").exists(), "it would be of other years");
    fs::write(folder.join("one/report.html"), "mine").unwrap();
    midcor(folder, "report one").code(2);
    assert_eq!(fs::read_to_string(folder.join("one/report.html")).unwrap(), "mine");
}

#[test]
fn the_command_of_the_page_gives_the_same_figures() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    fs::write(folder.join("crane.toml"), SCENARIO).unwrap();
    printed(folder, &["run", "crane.toml", "--set", "node.east.facility.crane.servers=2", "--out", "one"]);
    let run = page(folder, &["report", "one"]);
    let command = run.split("<code>midcor ").nth(1).and_then(|rest| rest.split("</code>").next()).unwrap();
    let mut arguments: Vec<&str> = command.split(' ').collect();
    arguments.extend(["--out", "again"]);
    printed(folder, &arguments);
    let measures = |name: &str| fs::read(folder.join(name).join("measures.csv")).unwrap();
    assert_eq!(measures("one"), measures("again"));
}

#[test]
fn a_page_has_the_charts_that_are_named() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    fs::write(folder.join("crane.toml"), SCENARIO).unwrap();
    printed(folder, &["run", "crane.toml", "--out", "one"]);
    let charts = |names: &str| {
        page(folder, &["report", "one", "--charts", names, "--out", "page.html"]).matches("class=\"chart\"").count()
    };
    assert_eq!((charts("causes,places"), charts("causes"), charts("none")), (2, 1, 0));
    let done = midcor(folder, "report one --charts cause").code(2);
    let told = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
    assert!(told.contains("no chart `cause`") && told.contains("section-time, causes"), "{told}");
}

#[test]
fn what_is_no_folder_of_results_is_an_error_and_writes_nothing() {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("empty")).unwrap();
    let done = midcor(place.path(), "report empty").code(2);
    assert!(!done.get_output().stderr.is_empty() && !place.path().join("empty/report.html").exists());
}

/// Of the page that README's reader sees its scripts and styles are compared: its figures change with every scenario.
#[test]
fn the_page_among_the_documents_is_of_the_scripts_as_they_are() {
    let at = |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let page = at("docs/page.html");
    for folder in ["web/page", "web/replay"] {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            assert!(page.contains(text.trim()), "{} has changed: make docs/page.html again", path.display());
        }
    }
}
