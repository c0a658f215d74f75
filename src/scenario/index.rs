//! Which ids a scenario has, before it has types.

use indexmap::IndexMap;

use super::format::Thing;
use super::tree::Node;

/// The ids of a tree.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    ids: IndexMap<&'static str, Vec<String>>,
    units: IndexMap<String, Vec<String>>,
}

const TOP: [Thing; 10] = [
    Thing::Cargo,
    Thing::Node,
    Thing::Link,
    Thing::Fleet,
    Thing::Pool,
    Thing::Flow,
    Thing::Water,
    Thing::Season,
    Thing::Outside,
    Thing::Source,
];

impl Index {
    pub(super) fn of(root: &Node) -> Self {
        let keys = |thing: Thing| {
            root.get(thing.word()).map(|table| table.keys().map(str::to_owned).collect()).unwrap_or_default()
        };
        let ids = TOP.into_iter().map(|thing| (thing.word(), keys(thing))).collect();
        let mut units: IndexMap<String, Vec<String>> = IndexMap::new();
        for (id, cargo) in root.get("cargo").and_then(Node::table).into_iter().flatten() {
            if let Some(unit) = cargo.get("unit").and_then(Node::text) {
                units.entry(unit.to_owned()).or_default().push(id.clone());
            }
        }
        Self { ids, units }
    }

    /// The ids of the things that have a table of their own at the top.
    pub(super) fn ids(&self, thing: Thing) -> &[String] {
        self.ids.get(thing.word()).map_or(&[], Vec::as_slice)
    }

    pub(super) fn has(&self, thing: Thing, id: &str) -> bool {
        self.ids(thing).iter().any(|known| known == id)
    }

    /// The units of cargo.
    pub(super) fn units(&self) -> impl Iterator<Item = &str> {
        self.units.keys().map(String::as_str)
    }

    /// The cargoes that a cargo id or a unit stands for; an id goes before a unit of the same word.
    pub(super) fn cargoes(&self, word: &str) -> Vec<String> {
        if self.has(Thing::Cargo, word) {
            vec![word.to_owned()]
        } else {
            self.units.get(word).cloned().unwrap_or_default()
        }
    }

    /// The cargoes counted in a unit.
    pub(super) fn counted_in(&self, unit: &str) -> Vec<String> {
        self.units.get(unit).cloned().unwrap_or_default()
    }

    /// The flows whose id fits a pattern.
    pub(super) fn flows(&self, pattern: &str) -> Vec<String> {
        self.ids(Thing::Flow).iter().filter(|id| fits(pattern, id)).cloned().collect()
    }
}

/// Whether a word fits a pattern in which `*` stands for any run of characters.
pub(super) fn fits(pattern: &str, word: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else { return pattern == word };
    let Some(tail) = word.strip_prefix(head) else { return false };
    (0..=tail.len()).filter(|at| tail.is_char_boundary(*at)).any(|at| fits(rest, &tail[at..]))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_run() {
        assert!(fits("cn-*-box", "cn-az-box") && fits("*", "") && fits("a*b*c", "axxbyyc"));
        assert!(!fits("cn-*-box", "cn-az-bo") && !fits("a", "ab"));
    }
}
