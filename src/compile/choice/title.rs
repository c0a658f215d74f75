//! What alternatives are called where people read them: by the places that their routes name.

use std::collections::HashSet;

use crate::model::AlternativeLabel;
use crate::scenario::types::{Choice, Contents, Flow};

/// What a choice is made for: its cargo, and the ends of its flows by their names.
pub(super) fn title(scenario: &Contents, choice: &Choice) -> String {
    let Some(flow) = choice.flows.first().and_then(|id| scenario.flow.get(id)) else { return String::new() };
    let name = |id: &str| place(scenario, &format!("node.{id}"));
    format!("{} from {} to {}", in_words(&flow.cargo), name(&flow.from), name(&flow.to))
}

/// By alternative: the named places of its route that not all routes of the choice have, or all where nothing else is left;
/// outside the corridor its id in words.
pub(super) fn titles(scenario: &Contents, alternatives: &[AlternativeLabel]) -> Vec<String> {
    let named: Vec<Option<Vec<String>>> = alternatives.iter().map(|one| named(scenario, one)).collect();
    let common = common(&named);
    let title = |(one, places): (&AlternativeLabel, &Option<Vec<String>>)| {
        let Some(places) = places else { return in_words(&one.name) };
        let own: Vec<&str> = places.iter().map(String::as_str).filter(|place| !common.contains(place)).collect();
        let all: Vec<&str> = places.iter().map(String::as_str).collect();
        let shown = if own.is_empty() { all } else { own };
        if shown.is_empty() { in_words(&one.name) } else { format!("by {}", shown.join(" – ")) }
    };
    let found: Vec<String> = alternatives.iter().zip(&named).map(title).collect();
    let again = |text: &String| found.iter().filter(|other| *other == text).count() > 1;
    let told_apart = |(text, one): (&String, &AlternativeLabel)| {
        if again(text) { format!("{text} ({})", one.name) } else { text.clone() }
    };
    found.iter().zip(alternatives).map(told_apart).collect()
}

/// Names of the places that a route names in `via`; `None` outside the corridor.
fn named(scenario: &Contents, one: &AlternativeLabel) -> Option<Vec<String>> {
    let (id, flow) = scenario.flow.get_index(one.route?.0.index())?;
    let route = one.name.strip_prefix(id.as_str()).and_then(|rest| rest.strip_prefix('.'));
    Some(via(flow, route).iter().map(|word| place(scenario, word)).collect())
}

fn via<'f>(flow: &'f Flow, route: Option<&str>) -> &'f [String] {
    route.and_then(|route| flow.route.get(route)).map_or(&flow.via, |route| &route.via)
}

/// A node by its name, a link by those of its ends.
fn place(scenario: &Contents, word: &str) -> String {
    let node = |id: &str| {
        let name = scenario.node.get(id).map_or("", |node| node.name.as_str());
        if name.is_empty() { id.to_owned() } else { name.to_owned() }
    };
    let id = word.strip_prefix("link.").or_else(|| word.strip_prefix("node.")).unwrap_or(word);
    let link = scenario.link.get(id).filter(|_| !word.starts_with("node.") && !scenario.node.contains_key(id));
    link.map_or_else(|| node(id), |link| format!("{}–{}", node(&link.from), node(&link.to)))
}

/// What all routes name, where there are several.
fn common(named: &[Option<Vec<String>>]) -> HashSet<&str> {
    let mut routes = named.iter().flatten().map(|places| places.iter().map(String::as_str).collect::<HashSet<_>>());
    let first = routes.next().unwrap_or_default();
    let several = named.iter().flatten().count() > 1;
    if several { routes.fold(first, |common, places| &common & &places) } else { HashSet::new() }
}

fn in_words(id: &str) -> String {
    id.replace(['-', '_', '.'], " ")
}
