//! A what-if without what it assumes: its residual delays as in the base.

use super::{Reading, typed};
use crate::diagnostic::{Diagnostics, FileId, SourceFiles};
use crate::scenario::tree::{Node, Value};

impl Reading {
    /// This what-if with every residual delay as in its base: what is left of its effects is simulated, not assumed.
    ///
    /// A residual delay is a facility with `residual = true` in either of the two, at a node that both have. None where
    /// the what-if changes none of them. It is also none where the mixture cannot run, which only a what-if that gives
    /// the node other facilities of these ids could bring about.
    pub fn with_residual_delays_of(&self, base: &Self) -> Option<Self> {
        let mut tree = self.tree.clone();
        let paths = changed(&self.tree, &base.tree);
        if paths.is_empty() {
            return None;
        }
        for [node, facility] in &paths {
            let old = base.tree.at(&["node", node, "facility", facility]);
            let Some(facilities) = tree.at_mut(&["node", node, "facility"]).and_then(Node::table_mut) else { continue };
            match old {
                Some(old) => drop(facilities.insert(facility.clone(), old.clone())),
                None => drop(facilities.shift_remove(facility)),
            }
        }
        let mut diagnostics = Diagnostics::default();
        let scenario = typed(&tree, &self.name, FileId::default(), &mut diagnostics)?;
        let sources = SourceFiles::default();
        Some(Self {
            name: self.name.clone(),
            scenario: Some(scenario),
            diagnostics,
            sources,
            tree,
            changes: Vec::new(),
            extends: self.extends.clone(),
        })
    }
}

/// Node and id of each residual facility that is not the same in both.
fn changed(what_if: &Node, base: &Node) -> Vec<[String; 2]> {
    let mut found = Vec::new();
    for (id, node) in base.get("node").and_then(Node::table).into_iter().flatten() {
        let Some(twin) = what_if.at(&["node", id]) else { continue };
        let facilities = |node: &Node| node.get("facility").and_then(Node::table).cloned().unwrap_or_default();
        let (old, new) = (facilities(node), facilities(twin));
        let mut ids: Vec<&String> = old.keys().chain(new.keys().filter(|id| !old.contains_key(*id))).collect();
        ids.retain(|id| {
            let (old, new) = (old.get(*id), new.get(*id));
            (old.is_some_and(is_residual) || new.is_some_and(is_residual)) && old != new
        });
        found.extend(ids.into_iter().map(|facility| [id.clone(), facility.clone()]));
    }
    found
}

fn is_residual(facility: &Node) -> bool {
    facility.get("residual").is_some_and(|residual| residual.value == Value::Flag(true))
}

#[cfg(test)]
mod tests {
    use crate::scenario::{ScenarioReader, Setting};

    const HOLD: &str = "node.boyuk-kesik.facility.handover-hold";

    fn reading(settings: &[&str]) -> super::Reading {
        let settings: Vec<Setting> = settings.iter().map(|text| Setting::parse(text).unwrap()).collect();
        ScenarioReader::default().read("baseline-2024", &settings)
    }

    #[test]
    fn only_residual_delays_go_back_to_the_base() {
        let base = reading(&[]);
        let hold = format!("{HOLD}.time=1 h");
        let what_if = reading(&[&hold, "fleet.aktau-alat-feeder.vessels+=2"]);
        let simulated = what_if.with_residual_delays_of(&base).unwrap().scenario.unwrap();
        let of = |scenario: &crate::scenario::Contents| {
            format!("{:?}", scenario.node["boyuk-kesik"].facility["handover-hold"].time)
        };
        let (base, what_if) = (base.scenario.unwrap(), what_if.scenario.unwrap());
        assert_eq!(of(&simulated), of(&base));
        assert_ne!(of(&what_if), of(&base));
        let vessels = |scenario: &crate::scenario::Contents| scenario.fleet["aktau-alat-feeder"].vessels;
        assert_eq!(vessels(&simulated), vessels(&what_if));
        assert_ne!(vessels(&simulated), vessels(&base));
    }

    #[test]
    fn a_what_if_without_assumptions_has_no_other_half() {
        assert!(reading(&["fleet.aktau-alat-feeder.vessels+=2"]).with_residual_delays_of(&reading(&[])).is_none());
    }
}
