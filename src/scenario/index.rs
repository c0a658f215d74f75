//! Which ids a scenario has, before it has types.

use indexmap::{IndexMap, IndexSet};

use super::format::Thing;
use super::tree::Node;

/// The ids of a tree.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    ids: IndexMap<&'static str, IndexSet<String>>,
    units: IndexMap<String, Vec<String>>,
}

const TOP: [Thing; 11] = [
    Thing::Cargo,
    Thing::Node,
    Thing::Link,
    Thing::Fleet,
    Thing::Pool,
    Thing::Flow,
    Thing::Water,
    Thing::Season,
    Thing::Section,
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
    pub(super) fn ids(&self, thing: Thing) -> impl Iterator<Item = &String> {
        self.ids.get(thing.word()).into_iter().flatten()
    }

    pub(super) fn has(&self, thing: Thing, id: &str) -> bool {
        self.ids.get(thing.word()).is_some_and(|known| known.contains(id))
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
        self.ids(Thing::Flow).filter(|id| fits(pattern, id)).cloned().collect()
    }
}

/// Whether a word fits a pattern in which `*` stands for any run of characters. Each piece between stars is taken where it
/// comes first, which leaves the most for those after it: no piece is tried twice.
pub(super) fn fits(pattern: &str, word: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = word.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_run() {
        assert!(fits("cn-*-box", "cn-az-box") && fits("*", "") && fits("a*b*c", "axxbyyc"));
        assert!(!fits("cn-*-box", "cn-az-bo") && !fits("a", "ab"));
        assert!(fits("a*a", "aa") && !fits("a*a", "a") && fits("a**b", "ab") && fits("*ä*", "bäck"));
    }

    /// With a try for every place of every star this takes longer than anybody lives.
    #[test]
    fn many_stars_are_tried_once() {
        let pattern = "c*a**a*".repeat(200) + "b";
        assert!(!fits(&pattern, &"ca".repeat(20_000)));
        assert!(fits(&pattern, &("ca".repeat(20_000) + "b")));
    }

    /// Against the definition, by trying everything.
    #[test]
    fn it_is_what_the_definition_says() {
        fn by_trying(pattern: &[u8], word: &[u8]) -> bool {
            match pattern.split_first() {
                None => word.is_empty(),
                Some((b'*', rest)) => (0..=word.len()).any(|at| by_trying(rest, &word[at..])),
                Some((letter, rest)) => word.first() == Some(letter) && by_trying(rest, &word[1..]),
            }
        }
        let texts = |letters: &[char], most: u32| -> Vec<String> {
            let mut all = vec![String::new()];
            for length in 0..most {
                let longer = all.iter().filter(|text| text.len() == length as usize);
                let longer: Vec<String> =
                    longer.flat_map(|text| letters.iter().map(move |letter| format!("{text}{letter}"))).collect();
                all.extend(longer);
            }
            all
        };
        for pattern in texts(&['a', 'b', '*'], 5) {
            for word in texts(&['a', 'b'], 5) {
                assert_eq!(fits(&pattern, &word), by_trying(pattern.as_bytes(), word.as_bytes()), "{pattern} {word}");
            }
        }
    }
}
