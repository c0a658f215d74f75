//! Kinds of things that have tables.

use crate::scenario::format::{Format, Kind};
use crate::scenario::types::SCENARIO;

/// A kind of thing with a table of its own.
#[derive(Clone, Debug)]
pub(super) struct Family {
    /// The key of its table in the format, such as `facility`.
    pub(super) key: &'static str,
    /// The keys of what it is in, outermost first: of a facility `node`.
    pub(super) parents: Vec<&'static str>,
    /// Its keys.
    pub(super) format: &'static Format,
}

impl Family {
    /// Its name as that of a table: `nodes`, `facilities`; with what it is in where two kinds have one name.
    pub(super) fn plural(&self) -> String {
        match self.key {
            key if key.ends_with('y') && !key.ends_with("ey") => format!("{}ies", &key[..key.len() - 1]),
            key if key.ends_with(['s', 'o']) => format!("{key}es"),
            key => format!("{key}s"),
        }
    }

    /// Whether a table of this name has its things.
    pub(super) fn is_named(&self, name: &str) -> bool {
        let name = name.trim().to_lowercase();
        name == self.key || name == self.plural() || (self.key == "cargo" && name == "cargos")
    }
}

/// All kinds, those in others behind them.
pub(super) fn families() -> Vec<Family> {
    let mut all = Vec::new();
    collect(SCENARIO, &[], &mut all);
    all
}

fn collect(format: &'static Format, parents: &[&'static str], all: &mut Vec<Family>) {
    for field in format.fields {
        if let Kind::Things(_, inner) = field.kind {
            all.push(Family { key: field.key, parents: parents.to_vec(), format: inner });
            collect(inner, &[parents, &[field.key]].concat(), all);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        let mut names: Vec<String> = families().iter().map(Family::plural).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count, "{names:?}");
        for name in ["nodes", "facilities", "cargoes", "routes", "vessels"] {
            assert!(names.iter().any(|known| known == name), "{name}: {names:?}");
        }
    }
}
