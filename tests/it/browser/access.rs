//! The page as people meet it who have a phone, a keyboard alone, or a screen reader.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::driver::Browser;
use super::live::{Served, scenario, serve};
use super::page;
use crate::program::printed;

/// Whoever has it: `.ci/run` fetches axe-core there.
fn axe() -> Option<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().map(|target| target.join("axe"));
    let text = folder.and_then(|folder| fs::read_to_string(folder.join("axe.min.js")).ok());
    if text.is_none() {
        eprintln!("skipped: axe-core is not in target/axe");
    }
    text
}

/// A page to look at, and the server that must stay as long.
type Opened = (String, Option<Served>);

/// The static page of a run and of a comparison, and the live page.
fn pages(folder: &Path, language: &str) -> Vec<Opened> {
    let of_comparison = page(folder, language);
    scenario(folder);
    printed(folder, &["run", "crane.toml", "--out", "one"]);
    printed(folder, &["report", "one", "--lang", language, "--out", "run.html"]);
    let file = |path: &Path| (format!("file://{}", path.display()), None);
    let (served, address) = serve(folder, language);
    vec![file(&of_comparison), file(&folder.join("run.html")), (address, Some(served))]
}

fn open(browser: &mut Browser, (address, served): &Opened) {
    browser.open(address);
    if served.is_some() {
        browser.wait("Number(document.getElementById('live').dataset.years) > 0");
    } else if address.ends_with("run.html") {
        browser.wait("document.querySelectorAll('.lane').length > 0");
    }
}

#[test]
fn axe_finds_nothing_against_the_rules_of_access() {
    let place = tempfile::tempdir().unwrap();
    let Some(mut browser) = Browser::start(&place.path().join("profile")) else { return };
    let Some(axe) = axe() else { return };
    for language in ["en", "ru"] {
        for page in pages(place.path(), language) {
            open(&mut browser, &page);
            browser.value(&format!("{axe}; 1"));
            let found = "axe.run().then((all) => all.violations.map((one) => [one.impact, one.id, one.nodes[0].html]))";
            assert_eq!(browser.value(found), json!([]), "{language} {}", page.0);
        }
    }
}

#[test]
fn on_a_phone_nothing_is_wider_than_its_screen() {
    let place = tempfile::tempdir().unwrap();
    let Some(mut browser) = Browser::start(&place.path().join("profile")) else { return };
    for language in ["en", "ru"] {
        for page in pages(place.path(), language) {
            for width in [360, 400] {
                browser.widen(width);
                open(&mut browser, &page);
                assert_eq!(browser.value("document.documentElement.scrollWidth"), width, "{language} {}", page.0);
            }
        }
    }
}

/// What has the focus, and whether that is seen.
fn focus(browser: &mut Browser) -> (String, bool) {
    let told = "(() => { const on = document.activeElement; \
                return [`${on.tagName} ${on.id} ${on.getAttribute('class') ?? ''} ${on.textContent.trim().slice(0, 30)}`, \
                getComputedStyle(on).outlineStyle !== 'none']; })()";
    let Value::Array(told) = browser.value(told) else { panic!("a pair") };
    (told[0].as_str().unwrap().to_owned(), told[1] == json!(true))
}

/// Goes on with Tab until something has the focus, through what is all seen to have it.
fn tab_to(browser: &mut Browser, name: &str) {
    for _ in 0..200 {
        browser.press("Tab", 9);
        let (on, is_seen) = focus(browser);
        assert!(is_seen, "nobody sees that {on} has the focus");
        if on.contains(name) {
            return;
        }
    }
    panic!("the keyboard does not reach {name}");
}

#[test]
fn the_keyboard_alone_reaches_and_does_everything() {
    let place = tempfile::tempdir().unwrap();
    let Some(mut browser) = Browser::start(&place.path().join("profile")) else { return };
    let all = pages(place.path(), "en");
    open(&mut browser, &all[1]);
    tab_to(&mut browser, "Skip to the content");
    browser.press("Enter", 13);
    let view = "document.querySelector('.frame.main').getAttribute('viewBox')";
    tab_to(&mut browser, "frame main");
    let before = browser.value(view);
    browser.press("+", 187);
    assert_ne!(browser.value(view), before, "the map is larger");
    tab_to(&mut browser, "replay-play");
    tab_to(&mut browser, "replay-time");
    tab_to(&mut browser, "BUTTON   days");
    browser.press("Enter", 13);
    assert_eq!(browser.value("document.activeElement.parentElement.ariaSort"), "descending", "the table is sorted");
    open(&mut browser, &all[2]);
    for control in ["slide-cranes", "slide-demand", "live-reset", "live-years", "live-stop", "live-link"] {
        tab_to(&mut browser, control);
    }
    tab_to(&mut browser, "SUMMARY");
    let is_open = "document.activeElement.parentElement.open";
    let before = browser.value(is_open);
    browser.press("Enter", 13);
    assert_ne!(browser.value(is_open), before, "the box of assumptions opens and closes");
}
