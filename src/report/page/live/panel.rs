//! The section of the page in which sliders are moved, as it stands before anything is.

use maud::{Markup, PreEscaped, html};
use serde_json::json;

use super::{EngineOfPage, LivePart, assumed, controls};
use crate::report::page::contents::Page;

/// Years that are simulated unless a reader wants more.
const YEARS: [u32; 4] = [20, 40, 100, 400];
const USUAL: u32 = 40;
/// What a worker of the page runs.
const WORKER: &str = include_str!("../../../../web/live/worker.js");

/// The section with sliders, answer and what it rests on.
pub(in crate::report::page) fn section(page: &Page<'_>, live: &LivePart<'_>) -> Markup {
    let phrases = &page.phrases().live;
    html! {
        section id="live" class="live" aria-labelledby="live-heading" data-live=(data(page, live)) {
            h2 id="live-heading" { (phrases.heading) }
            p class="how" { (phrases.intro) }
            noscript { p class="warning" { (phrases.wants_script) } }
            div class="bench" {
                div class="moving" { (controls::form(page, live.movables)) }
                div class="found" id="live-found" { (found(page)) }
                (assumed::aside(page))
            }
        }
    }
}

fn found(page: &Page<'_>) -> Markup {
    let phrases = &page.phrases().live;
    html! {
        div class="state" {
            p id="live-state" role="status" { (phrases.starting) }
            progress id="live-progress" max=(USUAL) value="0" aria-label=(phrases.years) {}
            label { (phrases.years) " " select id="live-years" {
                @for years in YEARS { option value=(years) selected[years == USUAL] { (years) } }
            } }
            button type="button" class="plain" id="live-stop" { (phrases.stop) }
        }
        div id="live-answer" aria-live="polite" {}
        ul id="live-kept" class="kept" aria-label=(phrases.kept) {}
        div class="after" {
            button type="button" class="plain" id="live-keep" { (phrases.keep) }
            button type="button" class="plain" id="live-link" { (phrases.link) }
            button type="button" class="plain" id="live-save" { (phrases.save) }
        }
        p class="how" { (phrases.repeat) }
        pre class="command" id="live-command" { code {} }
        div id="live-map" {}
        div id="live-days" {}
    }
}

/// What the script goes by.
fn data(page: &Page<'_>, live: &LivePart<'_>) -> String {
    let [name, source] = live.scenario;
    let phrases = &page.phrases().live;
    let words = json!({
        "starting": phrases.starting, "ready": phrases.ready, "simulating": phrases.simulating, "done": phrases.done,
        "stopped": phrases.stopped, "failed": phrases.failed, "stop": phrases.stop, "go": phrases.go, "of": phrases.of,
        "years": phrases.years, "remove": phrases.remove, "on": phrases.on, "today": phrases.as_today,
        "link": phrases.link, "copied": page.phrases().copied,
    });
    let engine = live.engine.word();
    let language = page.language.to_string();
    let seats = live.engine.seats();
    json!({ "engine": engine, "seats": seats, "name": name, "source": source, "language": language, "words": words })
        .to_string()
}

/// What the page holds for its engine; no browser runs or shows it by itself.
pub(in crate::report::page) fn blocks(live: &LivePart<'_>) -> Markup {
    let EngineOfPage::Module { module, scenario } = &live.engine else { return html! {} };
    html! {
        script type="application/gzip" id="engine-module" { (PreEscaped(module)) }
        script type="application/gzip" id="engine-scenario" { (PreEscaped(scenario)) }
        script type="text/plain" id="engine-worker" { (PreEscaped(WORKER)) }
    }
}
