//! A simulated year that is replayed on the map.

use maud::{Markup, PreEscaped, html};
use serde_json::json;

use super::contents::Page;
use super::replayed::{ReplayPart, ReplayedYear};
use crate::report::phrases::ReplayPhrases;
use crate::report::rounding::round_to;
use crate::words::Measure;

/// Days a second.
const SPEEDS: [&str; 5] = ["0.5", "1", "2", "5", "10"];
const USUAL: &str = "1";

/// The controls below the map, and the blocks of the years. Without scripts nothing of it is seen.
pub(super) fn below_map(page: &Page<'_>) -> Markup {
    let Some(replay) = &page.replay else { return html! {} };
    let phrases = &page.phrases().replay;
    let is_time = replay.by == Measure::SectionTime;
    let main = page.summary.network.main_section().map(|section| page.summary.network.section_name(&section.subject()));
    let section = main.filter(|_| is_time);
    html! {
        div class="replay script" id="replay" role="group" aria-labelledby="replay-heading" data-replay=(data(page)) {
            h3 id="replay-heading" { (phrases.heading) }
            (controls(page, replay))
            p id="replay-now" class="now" { ((phrases.chosen)(&replay.of.to_string(), section.as_deref())) }
            div id="replay-bar" class="timebar" {
                input type="range" id="replay-time" min="0" value="0" aria-label=(phrases.time) autocomplete="off" {}
            }
            (signs(phrases))
        }
        div class="script" { p class="how" { (phrases.drawn) } }
        @for year in replay.years { script type="application/gzip" id=(year.id()) { (PreEscaped(&year.packed)) } }
    }
}

fn controls(page: &Page<'_>, replay: &ReplayPart<'_>) -> Markup {
    let phrases = &page.phrases().replay;
    html! {
        div class="controls" {
            button type="button" class="plain" id="replay-play" { (phrases.play) }
            button type="button" class="plain" id="replay-leave" hidden { (phrases.leave) }
            fieldset class="choice" {
                legend { (phrases.year) }
                @for (at, year) in replay.years.iter().enumerate() {
                    label { input type="radio" name="replay-year" value=(year.id()) checked[at == 0] autocomplete="off"; " " (named(page, replay, year)) }
                }
            }
            label { (phrases.speed) " " select id="replay-speed" autocomplete="off" {
                @for speed in SPEEDS { option value=(speed) selected[speed == USUAL] { (page.phrases().number(speed)) } }
            } }
        }
    }
}

/// What a year is called.
fn named(page: &Page<'_>, replay: &ReplayPart<'_>, year: &ReplayedYear) -> String {
    let phrases = &page.phrases().replay;
    let unit = if replay.by == Measure::SectionTime { phrases.days } else { phrases.tonnes };
    let value = format!("{} {unit}", page.phrases().number(&round_to(year.value, None).to_string()));
    let name = if year.is_worst { phrases.worst } else { phrases.median };
    name(&year.replication.to_string(), &value)
}

/// What the signs on the map mean.
fn signs(phrases: &ReplayPhrases) -> Markup {
    let signs = [
        ("train", phrases.train),
        ("ship", phrases.ship),
        ("moored", phrases.moored),
        ("lorry", phrases.lorry),
        ("waits", phrases.waiting),
        ("closed", phrases.closed),
    ];
    html! {
        ul class="signs" {
            @for (sign, word) in signs {
                li { svg viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true" { path data-sign=(sign) {} } " " (word) }
            }
        }
    }
}

/// What the script goes by: the calendar, names of nodes, modes of links, words.
fn data(page: &Page<'_>) -> String {
    let (phrases, network) = (&page.phrases().replay, &page.summary.network);
    let names: Vec<&str> = network.nodes.iter().map(|node| node.name.as_str()).collect();
    let links: Vec<_> = network.links.iter().map(|link| json!([link.mode, link.from, link.to])).collect();
    let words = json!({
        "play": phrases.play, "pause": phrases.pause, "trains": phrases.trains, "lorries": phrases.lorries,
        "sea": phrases.at_sea, "port": phrases.in_port, "waits": phrases.waits, "closed": phrases.closed,
        "nothing": phrases.nothing,
    });
    let start = &page.summary.manifest.run.window.start;
    json!({ "start": start, "language": page.language.to_string(), "nodes": names, "links": links, "words": words })
        .to_string()
}
