//! Sliders and switches.

use maud::{Markup, html};
use serde_json::json;

use crate::report::page::contents::Page;
use crate::report::phrases::LivePhrases;
use crate::scenario::Movable;
use crate::scenario::types::Grade;

/// All sliders of a scenario, each where the scenario stands.
pub(super) fn form(page: &Page<'_>, movables: &[Movable]) -> Markup {
    let phrases = &page.phrases().live;
    html! {
        form id="live-sliders" aria-label=(phrases.sliders) {
            @for movable in movables {
                @if movable.is_switch() { (switch(page, movable)) } @else { (slider(page, movable)) }
            }
            button type="reset" class="plain" id="live-reset" { (phrases.reset) }
        }
    }
}

fn slider(page: &Page<'_>, movable: &Movable) -> Markup {
    let phrases = page.phrases();
    let input = format!("slide-{}", movable.id);
    let number = |text: &str| phrases.number(text);
    let texts: Vec<String> = movable.positions.iter().map(|position| number(&position.text)).collect();
    let values: Vec<&str> = movable.positions.iter().map(|position| position.text.as_str()).collect();
    let last = texts.len() - 1;
    let (low, today, high) = (&texts[0], &texts[movable.today], &texts[last]);
    html! {
        div class="slider" data-id=(movable.id) data-today=(movable.today) data-texts=(json!(texts)) data-values=(json!(values)) {
            label for=(input) { (movable.name(&page.language.to_string())) }
            output for=(input) { (today) }
            input type="range" id=(input) min="0" max=(last) step="1" value=(movable.today) autocomplete="off"
                list={ (input) "-today" } aria-valuetext=(today) aria-describedby={ (input) "-known" } {}
            datalist id={ (input) "-today" } { option value=(movable.today) {} }
            span class="end" aria-hidden="true" { (low) }
            (known(&phrases.live, movable, &format!("{input}-known"), Some(today)))
            span class="end" aria-hidden="true" { (high) }
        }
    }
}

fn switch(page: &Page<'_>, movable: &Movable) -> Markup {
    let phrases = &page.phrases().live;
    let input = format!("slide-{}", movable.id);
    html! {
        div class="slider switch" data-id=(movable.id) data-today="0" {
            input type="checkbox" id=(input) autocomplete="off" aria-describedby={ (input) "-known" } {}
            label for=(input) { (movable.name(&page.language.to_string())) }
            (known(phrases, movable, &format!("{input}-known"), None))
        }
    }
}

/// Today's value, and how well it is known.
fn known(phrases: &LivePhrases, movable: &Movable, id: &str, today: Option<&str>) -> Markup {
    let grade = match movable.grade {
        Some(Grade::A) => phrases.grade_a,
        Some(Grade::B) => phrases.grade_b,
        Some(Grade::C) => phrases.grade_c,
        None => phrases.no_grade,
    };
    html! {
        small id=(id) {
            @if let Some(today) = today { (phrases.today) " " (today) " · " } @else { (phrases.off_today) " · " }
            span title=[movable.source.as_deref()] { (grade) }
        }
    }
}
