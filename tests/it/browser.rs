//! The page in a real browser: Chromium without a window and without a network. Where it is not installed these tests say so
//! and pass.

mod access;
mod driver;
mod live;
mod replay;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::page::SCENARIO;
use crate::program::printed;

/// Runs Chromium on a page; `None` where there is none.
fn chromium(folder: &Path, page: &Path, arguments: &[&str]) -> Option<Output> {
    let profile = folder.join("profile");
    let mut command = Command::new("chromium");
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]);
    command.args(["--disable-background-networking", "--disable-component-update", "--disable-sync"]);
    command.args(["--proxy-server=127.0.0.1:9", "--enable-logging=stderr", "--virtual-time-budget=5000"]);
    command.arg(format!("--user-data-dir={}", profile.display())).args(arguments);
    let done = command.arg(format!("file://{}", page.display())).output();
    if done.is_err() {
        eprintln!("skipped: Chromium is not installed");
    }
    done.ok()
}

/// A page of a comparison.
fn page(folder: &Path, language: &str) -> PathBuf {
    fs::write(folder.join("crane.toml"), SCENARIO).unwrap();
    let two = "two cranes: node.east.facility.crane.servers = 2";
    printed(folder, &["compare", "crane.toml", "--what-if", two, "--out", "both", "--replace"]);
    printed(folder, &["report", "both", "--lang", language, "--out", "page.html"]);
    folder.join("page.html")
}

#[test]
fn the_page_opens_from_a_file_and_its_script_runs_under_its_policy() {
    let place = tempfile::tempdir().unwrap();
    for language in ["en", "ru"] {
        let page = page(place.path(), language);
        let Some(done) = chromium(place.path(), &page, &["--dump-dom"]) else { return };
        let (dom, log) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(!log.contains("CONSOLE") && !log.contains("Content Security Policy"), "{log}");
        assert!(dom.contains("class=\"has-script\""), "the script ran");
        assert!(dom.contains("<th scope=\"col\" class=\"number\"><button"), "headings of tables can be pressed");
        assert!(dom.contains("tabindex=\"0\""), "the map can be reached by keyboard");
    }
}

#[test]
fn the_page_prints_on_a4() {
    let place = tempfile::tempdir().unwrap();
    let page = page(place.path(), "en");
    let pdf = place.path().join("page.pdf");
    let print = format!("--print-to-pdf={}", pdf.display());
    if chromium(place.path(), &page, &[&print, "--no-pdf-header-footer"]).is_none() {
        return;
    }
    let pdf = fs::read(pdf).unwrap();
    let text = String::from_utf8_lossy(&pdf);
    let size = text.split("/MediaBox [").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    let size: Vec<f64> = size.split_whitespace().map(|number| number.parse().unwrap()).collect();
    assert!((size[2] - 595.0).abs() < 2.0 && (size[3] - 842.0).abs() < 2.0, "{size:?}");
}
