//! The whole document: head, landmarks, style and script.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use super::contents::Page;
use super::part::Part;
use super::{answer, assumptions, charts, days, live, map, method, places, repeat, sections, trust};

const STYLE: &str = concat!(
    include_str!("../../../web/page/page.css"),
    include_str!("../../../web/replay/replay.css"),
    include_str!("../../../web/live/live.css"),
);
/// The scripts of every page, those of one with years to replay, and those of a live one.
const SCRIPT: &str = concat!(
    include_str!("../../../web/page/common.js"),
    include_str!("../../../web/page/tables.js"),
    include_str!("../../../web/page/commands.js"),
    include_str!("../../../web/page/map.js"),
);
const REPLAY_SCRIPT: &str = concat!(
    include_str!("../../../web/replay/year.js"),
    include_str!("../../../web/replay/stage.js"),
    include_str!("../../../web/replay/bar.js"),
    include_str!("../../../web/replay/play.js"),
);
const LIVE_SCRIPT: &str = concat!(
    include_str!("../../../web/live/engine.js"),
    include_str!("../../../web/live/sliders.js"),
    include_str!("../../../web/live/address.js"),
    include_str!("../../../web/live/years.js"),
    include_str!("../../../web/live/panel.js"),
);

impl Page<'_> {
    /// The page as HTML.
    pub fn html(&self) -> String {
        document(self, &parts(self)).into_string()
    }
}

/// The parts that have something to say.
fn parts(page: &Page<'_>) -> Vec<Part> {
    let map = if page.live.is_none() { Some(map::part(page)) } else { None };
    let rest = [
        days::part(page),
        sections::part(page),
        places::part(page),
        charts::part(page),
        trust::part(page),
        assumptions::part(page),
        method::part(page),
        repeat::part(page),
    ];
    map.into_iter().chain(rest).filter(|part| !part.body.0.is_empty()).collect()
}

fn document(page: &Page<'_>, parts: &[Part]) -> Markup {
    let (phrases, title) = (page.phrases(), &page.summary.manifest.scenario.title);
    html! {
        (DOCTYPE)
        html lang=(page.language) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(page));
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " – midcor" }
                style { (PreEscaped(STYLE)) }
            }
            body data-words=(words(page)) {
                a class="skip" href="#main" { (phrases.to_content) }
                header { (answer::heading(page)) }
                nav aria-label=(phrases.contents) {
                    ul {
                        @if page.live.is_some() { li { a href="#live" { (phrases.live.heading) } } }
                        @for part in parts { li { a href={ "#" (part.id) } { (part.heading) } } }
                    }
                }
                main id="main" {
                    @if let Some(live) = &page.live { (live::section(page, live)) }
                    (answer::part(page))
                    @for part in parts {
                        section id=(part.id) aria-labelledby={ (part.id) "-heading" } {
                            h2 id={ (part.id) "-heading" } { (part.heading) }
                            (part.body)
                        }
                    }
                }
                footer { p { "midcor " (page.summary.manifest.run.midcor) } }
                @if let Some(live) = &page.live { (live::blocks(live)) }
                script { (PreEscaped(script(page))) }
            }
        }
    }
}

/// Words that the script shows.
fn words(page: &Page<'_>) -> String {
    let phrases = page.phrases();
    let words = [
        ("larger", phrases.larger),
        ("smaller", phrases.smaller),
        ("whole", phrases.whole),
        ("copied", phrases.copied),
        ("copy", phrases.copy),
    ];
    let words = words.map(|(key, word)| (key.to_owned(), serde_json::Value::from(word)));
    serde_json::Value::Object(words.into_iter().collect()).to_string()
}

/// The script of a page.
fn script(page: &Page<'_>) -> String {
    let replay = page.replay.as_ref().map_or("", |_| REPLAY_SCRIPT);
    let live = page.live.as_ref().map_or("", |_| LIVE_SCRIPT);
    [SCRIPT, replay, live].concat()
}

/// What the page may do: use the style and the script that are in it, and nothing from anywhere.
fn policy(page: &Page<'_>) -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    let engine = page.live.as_ref().map(|live| &live.engine);
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'{}; img-src data:; base-uri 'none'; \
         form-action 'none'{}",
        hash(STYLE),
        hash(&script(page)),
        engine.map_or("", |engine| engine.allowed_to_scripts()),
        engine.map_or("", |engine| engine.allowed()),
    )
}
