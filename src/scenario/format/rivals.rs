//! Keys that say the same in two ways, of which one file may use one.

use super::kind::Format;

/// Table, key, and the keys in whose place it stands.
const RIVALS: [(&str, &str, &[&str]); 4] = [
    ("run", "end", &["horizon"]),
    ("run", "horizon", &["end"]),
    ("flow", "volume", &["volumes"]),
    ("flow", "volumes", &["volume", "growth"]),
];

impl Format {
    /// The keys in whose place a key stands: with it they are an error in one file, and what a later file or a setting
    /// takes out.
    pub fn replaced_by(&self, key: &str) -> &'static [&'static str] {
        let of = |rival: &&(&str, &str, &'static [&'static str])| rival.0 == self.name && rival.1 == key;
        RIVALS.iter().find(of).map_or(&[], |rival| rival.2)
    }

    /// The key that stands in the place of another, if one of those that are there does.
    pub fn stand_in<'k>(&self, key: &str, mut there: impl Iterator<Item = &'k str>) -> Option<&'k str> {
        there.find(|other| self.replaced_by(other).contains(&key))
    }
}
