//! What a what-if changes, and whether anything reacts to that.

use std::collections::{BTreeMap, BTreeSet};

use super::question::Routing;
use crate::scenario::types::{self, Choice, ChoiceModel};
use crate::study::Scenario;

/// Paths that are named in a message.
const MOST_PATHS: usize = 3;

/// Why nothing can react to what a what-if changes, if that is known without simulating.
pub(super) fn nothing_reacts(base: &Scenario, what_if: &Scenario, routing: Routing) -> Option<String> {
    let changed = changed(base, what_if);
    if changed.is_empty() {
        return Some("it changes nothing that is simulated".to_owned());
    }
    if changed.iter().any(|path| reacts(path, what_if.contents(), routing)) {
        return None;
    }
    let what = listed(&changed);
    Some(match routing {
        Routing::Given => format!(
            "it changes only what shippers choose by ({what}), and routes are given: nothing reacts; --routes free lets \
             shippers choose"
        ),
        Routing::Free => format!("it changes only what no choice goes by ({what}): nothing reacts"),
    })
}

/// The paths of parameters that a what-if has otherwise than its base; texts for the reader are none.
pub(super) fn changed(base: &Scenario, what_if: &Scenario) -> Vec<String> {
    let [before, after] = [base, what_if].map(|scenario| {
        let parameters = scenario.parameters("").into_iter();
        parameters.map(|parameter| (parameter.path, parameter.value)).collect::<BTreeMap<String, String>>()
    });
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let is_told = |path: &str| {
        let last = path.rsplit('.').next().unwrap_or(path);
        path.starts_with("measure.")
            || path.starts_with("source.")
            || path.starts_with("slider.")
            || matches!(last, "title" | "description" | "what" | "name")
    };
    let is_other = |path: &&String| before.get(*path) != after.get(*path) && !is_told(path);
    paths.into_iter().filter(is_other).cloned().collect()
}

/// Some of the paths.
pub(super) fn listed(paths: &[String]) -> String {
    let rest = paths.len().saturating_sub(MOST_PATHS);
    let named = paths.iter().take(MOST_PATHS).cloned().collect::<Vec<_>>().join(", ");
    if rest == 0 { named } else { format!("{named} and {rest} more") }
}

/// Whether anything but the reader takes notice of a parameter: charges and times of routes outside the corridor, and how
/// shippers weigh them, act through choices alone.
fn reacts(path: &str, scenario: &types::Contents, routing: Routing) -> bool {
    let keys: Vec<&str> = path.split('.').collect();
    let moves = |choice: &Choice| match choice.model {
        ChoiceModel::Fixed => false,
        // At given routes base shares hold whatever the costs.
        ChoiceModel::Pivot => routing == Routing::Free,
        ChoiceModel::Logit | ChoiceModel::PathSize => true,
    };
    match keys[..] {
        ["outside", id, "cost" | "costs" | "time" | "times", ..] => {
            scenario.choice.values().any(|choice| choice.outside.contains_key(id) && moves(choice))
        }
        ["choice", id, "scale" | "value-of-time" | "value-of-time-spread" | "constant", ..] => {
            scenario.choice.get(id).is_none_or(moves)
        }
        _ => true,
    }
}
