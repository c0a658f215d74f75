//! What was simulated and how, by the items of STRESS-DES.
//!
//! Monks, Currie, Onggo, Robinson, Kunc and Taylor, “Strengthening the reporting of empirical simulation studies: Introducing
//! the STRESS guidelines”, Journal of Simulation 13 (2019). What only a person can say is named as such.

use maud::html;

use super::contents::Page;
use super::part::Part;
use crate::comparison::WhatIf;

pub(super) fn part(page: &Page<'_>) -> Part {
    let (phrases, facts) = (page.phrases(), facts(page));
    let body = html! {
        p { (phrases.method_intro) }
        dl class="method" {
            @for item in &phrases.method {
                dt { (item.number) " " (item.name) }
                dd { (filled(item.told, &facts)) }
            }
        }
    };
    Part { id: "method", heading: phrases.method_heading.to_owned(), body }
}

/// What stands in braces in the items, with what takes its place.
fn facts(page: &Page<'_>) -> Vec<(&'static str, String)> {
    let (phrases, counts, run) = (page.phrases(), page.counts, &page.summary.manifest.run);
    let described = if page.description.is_empty() { phrases.left_to_people } else { page.description };
    let days = |days: f64| phrases.number(&format!("{days}"));
    let sourced = page.assumptions.iter().filter(|one| one.source.is_some()).count();
    let numbers = [
        ("{nodes}", counts.nodes),
        ("{links}", counts.links),
        ("{facilities}", counts.facilities),
        ("{storages}", counts.storages),
        ("{fleets}", counts.fleets),
        ("{pools}", counts.pools),
        ("{cargoes}", counts.cargoes),
        ("{flows}", counts.flows),
        ("{closures}", counts.closures),
        ("{inputs}", page.assumptions.len()),
        ("{sourced}", sourced),
    ];
    let texts = [
        ("{description}", described.to_owned()),
        ("{what-ifs}", what_ifs(page)),
        ("{sections}", page.summary.network.sections.len().to_string()),
        ("{start}", run.window.start.clone()),
        ("{warm-up}", days(run.window.warm_up_d)),
        ("{horizon}", days(run.window.horizon_d)),
        ("{drain}", days(run.window.drain_d)),
        ("{replications}", run.replications.to_string()),
        ("{level}", days(run.level * 100.0)),
        ("{seed}", run.seed.to_string()),
        ("{version}", run.midcor.clone()),
        ("{time-zones}", run.time_zones.clone()),
    ];
    numbers.into_iter().map(|(key, number)| (key, number.to_string())).chain(texts).collect()
}

/// The what-ifs with the hashes of their scenarios.
fn what_ifs(page: &Page<'_>) -> String {
    let Some(comparison) = page.comparison else { return page.phrases().no_what_ifs.to_owned() };
    let told = |what_if: &WhatIf| {
        let hash = what_if.manifest.scenario.hash.chars().take(12).collect::<String>();
        format!("{} ({hash})", what_if.name)
    };
    comparison.what_ifs.iter().map(told).collect::<Vec<_>>().join("; ")
}

/// A text with its braces filled, each once: what is filled in is not looked at again.
fn filled(text: &str, facts: &[(&str, String)]) -> String {
    let mut rest = text;
    let mut filled = String::new();
    while let Some(brace) = rest.find('{') {
        filled.push_str(&rest[..brace]);
        rest = &rest[brace..];
        let known = facts.iter().find(|(key, _)| rest.starts_with(key));
        let (key, value) = known.map_or(("{", "{"), |(key, value)| (*key, value.as_str()));
        filled.push_str(value);
        rest = &rest[key.len()..];
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::phrases::phrases;
    use crate::words::Language;

    #[test]
    fn braces_are_filled_once() {
        let facts = [("{a}", "{b}".to_owned()), ("{b}", "2".to_owned())];
        assert_eq!(filled("x {a} {b} { {c}", &facts), "x {b} 2 { {c}");
    }

    #[test]
    fn both_languages_ask_for_the_same_facts() {
        let keys = |language: Language| {
            let of = |text: &str| {
                text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0.to_owned())).collect::<Vec<_>>()
            };
            phrases(language).method.iter().map(|item| (item.number, of(item.told))).collect::<Vec<_>>()
        };
        assert_eq!(keys(Language::English), keys(Language::Russian));
        assert!(keys(Language::English).iter().flat_map(|item| &item.1).count() > 15);
    }
}
