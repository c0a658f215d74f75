//! A simulated year that is replayed on the map of a page.

use std::fs;

use serde_json::json;

use super::driver::Browser;
use crate::page::SCENARIO;
use crate::program::{place_with, printed};

/// Shut for two days of the second week.
const CLOSURE: &str = r#"
[closure.works]
of = "node.east.facility.crane"
stops = "handling"
window = ["2024-01-08", "2024-01-10"]
"#;

fn time(browser: &mut Browser) -> f64 {
    browser.value("Number(document.getElementById('replay-time').value)").as_f64().unwrap()
}

fn now(browser: &mut Browser) -> String {
    browser.value("document.getElementById('replay-now').textContent").as_str().unwrap().to_owned()
}

/// Days after the first of January, in ticks.
const DAY: f64 = 96.0;

#[test]
fn a_year_is_replayed_with_the_keyboard_alone() {
    let place = place_with("crane.toml", &format!("{SCENARIO}{CLOSURE}"));
    let Some(mut browser) = Browser::start(&place.path().join("profile")) else { return };
    printed(place.path(), &["run", "crane.toml", "--out", "one"]);
    printed(place.path(), &["report", "one"]);
    browser.open(&format!("file://{}", place.path().join("one/report.html").display()));
    browser.wait("document.querySelectorAll('.lane').length === 2");
    assert_eq!(browser.value("document.querySelectorAll('.shut').length"), 1, "the closure stands on the bar");
    browser.value("document.getElementById('replay-time').focus()");
    // Page down goes back a week and stays at the beginning; then eight days on.
    browser.press("PageDown", 34);
    browser.press("PageUp", 33);
    browser.press("ArrowRight", 39);
    browser.wait("document.getElementById('replay-now').textContent.includes('January 9')");
    assert!((time(&mut browser) - 8.0 * DAY).abs() < 1.0);
    let told = now(&mut browser);
    assert!(told.to_lowercase().contains("closed: east"), "{told}");
    assert_eq!(browser.value("document.querySelectorAll('.moving [data-sign=closed]:not([style])').length > 0"), true);
    browser.press(" ", 32);
    browser.wait("Number(document.getElementById('replay-time').value) > 96 * 10");
    browser.press(" ", 32);
    let stopped = time(&mut browser);
    let told = now(&mut browser);
    assert!(told.contains("tonnes waiting") && told.contains("closed: nothing"), "{told}");
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!((time(&mut browser) - stopped).abs() < 1e-9, "it is paused");
    browser.call("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    let seen = "[...document.querySelectorAll('.replay, .replay + .script, .moving')].map((one) => getComputedStyle(one).display)";
    let seen = browser.value(seen);
    assert!(seen.as_array().unwrap().iter().all(|display| display == "none"), "paper does not move: {seen}");
    browser.call("Emulation.setEmulatedMedia", &json!({ "media": "" }));
    browser.value("document.getElementById('replay-leave').focus()");
    browser.press("Enter", 13);
    assert_eq!(browser.value("document.querySelector('.replaying') === null"), true);
    assert!(browser.complaints.is_empty(), "{:?}", browser.complaints);
}

#[test]
fn a_page_without_years_to_replay_has_nothing_of_them() {
    let place = place_with("crane.toml", SCENARIO);
    printed(place.path(), &["run", "crane.toml", "--out", "one"]);
    let of = |replay: &str| {
        printed(place.path(), &["report", "one", "--replay", replay, "--out", "page.html"]);
        let page = fs::read_to_string(place.path().join("page.html")).unwrap();
        page.matches("id=\"replay-").count() - page.matches("id=\"replay-\"").count()
    };
    assert_eq!(of("none"), 0);
    assert_eq!(of("both"), of("worst") + 1);
    assert_eq!(of("median"), of("worst"));
}
