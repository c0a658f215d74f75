//! The live page: sliders are moved, years are simulated by the page, and figures are those of the program.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::driver::Browser;
use crate::page::SCENARIO;
use crate::program::printed;

const SLIDERS: &str = r#"
[slider.cranes]
name = "Cranes"
names.ru = "Краны"
path = "node.east.facility.crane.servers"
range = [1, 4]
step = 1

[slider.demand]
name = "Demand"
path = "flow.demo.volume"
factor = true
range = ["50 %", "150 %"]
step = "10 %"
"#;

/// The module of the engine, built by `web/build`; `None` where the target is not installed.
fn module() -> Option<PathBuf> {
    let done = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/web/build")).output().ok()?;
    if done.status.code() == Some(3) {
        eprintln!("skipped: {}", String::from_utf8_lossy(&done.stderr).lines().next().unwrap_or_default());
        return None;
    }
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(String::from_utf8(done.stdout).unwrap().trim());
    Some(path)
}

/// A folder with a scenario that has sliders.
pub(super) fn scenario(folder: &Path) {
    fs::write(folder.join("crane.toml"), format!("{SCENARIO}{SLIDERS}")).unwrap();
}

/// Moves the sliders with the keyboard alone and waits for the last year: three cranes, and four tenths more demand.
fn move_and_wait(browser: &mut Browser) {
    browser.wait("document.getElementById('live').dataset.years === '20'");
    browser.value("document.getElementById('slide-cranes').focus()");
    browser.press("ArrowRight", 39);
    browser.press("ArrowRight", 39);
    browser.value("document.getElementById('slide-demand').focus()");
    (0..4).for_each(|_| browser.press("ArrowRight", 39));
    browser.wait("document.getElementById('live-command').textContent.includes('*= 1.4')");
    browser.wait("document.getElementById('live').dataset.years === '20'");
}

/// The command that the page tells is given to the program: differences and half-widths are the same to the last digit.
fn are_those_of_the_program(browser: &mut Browser, folder: &Path) {
    let command = browser.value("document.querySelector('#live-command code').textContent");
    let command = command.as_str().unwrap();
    let (words, what_if) = command.split_once(" --what-if '").unwrap();
    let (what_if, rest) = what_if.split_once("' ").unwrap();
    let arguments: Vec<&str> = words.split(' ').skip(1).chain(["--what-if", what_if]).chain(rest.split(' ')).collect();
    let told = printed(folder, &[&arguments[..], &["--format", "json", "--out", "again"]].concat());
    let told: Value = serde_json::from_str(&told).unwrap();
    let cells = "[...document.querySelectorAll('.options td')].map((cell) => [cell.dataset.difference, cell.dataset.halfWidth])";
    let cells = browser.value(cells);
    let cells = cells.as_array().unwrap();
    assert!(cells.len() >= 3, "{cells:?}");
    let number = |value: &Value| value.as_str().and_then(|text| text.parse::<f64>().ok());
    let rows = told["differences"].as_array().unwrap();
    for cell in cells {
        let is_it = |row: &&Value| {
            row["difference"].as_f64() == number(&cell[0]) && row["half_width"].as_f64() == number(&cell[1])
        };
        assert!(rows.iter().any(|row| is_it(&row)), "{cell}");
    }
}

#[test]
fn a_live_page_simulates_by_itself_what_the_program_does() {
    let place = tempfile::tempdir().unwrap();
    let Some(mut browser) = Browser::start(&place.path().join("profile")) else { return };
    let Some(module) = module() else { return };
    scenario(place.path());
    printed(place.path(), &["run", "crane.toml", "--out", "one"]);
    let module = module.to_string_lossy();
    printed(place.path(), &["report", "one", "--live", &module, "--out", "live.html"]);
    browser.open(&format!("file://{}", place.path().join("live.html").display()));
    browser.value("document.getElementById('live-years').value = '20'; document.getElementById('live-years').dispatchEvent(new Event('change'))");
    move_and_wait(&mut browser);
    are_those_of_the_program(&mut browser, place.path());
    assert!(browser.complaints.is_empty(), "{:?}", browser.complaints);
}

/// `midcor serve`, ended when it goes.
pub(super) struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(super) fn serve(folder: &Path, language: &str) -> (Served, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_midcor"));
    command.current_dir(folder).args(["serve", "crane.toml", "--no-open", "--replications", "3", "--quiet"]);
    command.args(["--lang", language]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut address = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
    (Served(child), address.trim().to_owned())
}

/// A served page answers with the figures of the program, whatever is done to it before its sliders are moved.
fn is_served(before: &str) {
    let place = tempfile::tempdir().unwrap();
    let Some(mut browser) = Browser::start(&place.path().join("profile")) else { return };
    scenario(place.path());
    let (_served, address) = serve(place.path(), "en");
    browser.open(&address);
    browser.value("document.getElementById('live-years').value = '20'; document.getElementById('live-years').dispatchEvent(new Event('change'))");
    browser.wait("document.getElementById('live').dataset.years === '20'");
    browser.value(before);
    move_and_wait(&mut browser);
    are_those_of_the_program(&mut browser, place.path());
    assert!(browser.complaints.is_empty(), "{:?}", browser.complaints);
}

#[test]
fn a_served_page_has_the_program_simulate() {
    is_served("");
}

/// Every other request for options is sent half a second late, and all others take their time, so that it comes while they do.
const LATE: &str = "{ const sent = fetch; let loads = 0; window.fetch = async (address, asked) => { \
     const isLoad = asked?.body?.includes('load'); \
     const late = isLoad ? ((loads += 1) % 2) * 500 : 60; \
     await new Promise((done) => setTimeout(done, late)); \
     return sent(address, asked); }; }";

#[test]
fn a_question_that_is_late_takes_no_newer_ones_place() {
    is_served(LATE);
}
