//! A table that is being read, key by key.
#![expect(clippy::option_option, reason = "a value may be there, be absent, or be there and not read")]

use indexmap::IndexMap;

use super::read;
use crate::scenario::format::{Field, Format, Kind};
use crate::scenario::index::Index;
use crate::scenario::tree::Node;
use crate::scenario::types::Table;

/// What reading a value may need to know of the rest.
pub(super) struct Context<'a> {
    pub(super) root: &'a Node,
    pub(super) index: &'a Index,
    /// Kilograms of a unit by cargo id.
    pub(super) units: &'a IndexMap<String, f64>,
}

/// A table, its format, and the rest of the scenario.
pub(super) struct Fields<'a> {
    pub(super) node: &'a Node,
    format: &'static Format,
    /// The name of the table as it is declared.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests ask which keys are read of which table"))]
    name: &'static str,
    pub(super) context: &'a Context<'a>,
}

impl<'a> Fields<'a> {
    pub(super) const fn new(node: &'a Node, format: &'static Format, context: &'a Context<'a>) -> Self {
        Self { node, format, name: format.name, context }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'a Node> {
        #[cfg(test)]
        asked::note(self.name, key);
        self.node.get(key)
    }

    /// A value that must be there.
    pub(super) fn need<T>(&self, key: &str, read: impl Fn(&Node) -> Option<T>) -> Option<T> {
        read(self.get(key)?)
    }

    /// A value that may be absent; nothing only if it is there and does not read.
    pub(super) fn may<T>(&self, key: &str, read: impl Fn(&Node) -> Option<T>) -> Option<Option<T>> {
        self.get(key).map_or(Some(None), |node| read(node).map(Some))
    }

    /// One value or a list of them; absent is empty.
    pub(super) fn each<T>(&self, key: &str, read: impl Fn(&Node) -> Option<T>) -> Option<Vec<T>> {
        self.get(key).map_or(Some(Vec::new()), |node| node.items().iter().map(read).collect())
    }

    /// A table with free keys; absent is empty.
    pub(super) fn map<T>(&self, key: &str, read: impl Fn(&Node) -> Option<T>) -> Option<IndexMap<String, T>> {
        let Some(node) = self.get(key) else { return Some(IndexMap::new()) };
        node.table()?.iter().map(|(key, entry)| Some((key.clone(), read(entry)?))).collect()
    }

    /// Cargo ids, units expanded, each once.
    pub(super) fn cargoes(&self, key: &str) -> Option<Option<Vec<String>>> {
        self.expanded(key, |word| self.context.index.cargoes(word))
    }

    /// Flow ids, patterns expanded, each once.
    pub(super) fn flows(&self, key: &str) -> Option<Option<Vec<String>>> {
        self.expanded(key, |word| self.context.index.flows(word))
    }

    fn expanded(&self, key: &str, expand: impl Fn(&str) -> Vec<String>) -> Option<Option<Vec<String>>> {
        let Some(words) = self.may(key, |node| node.items().iter().map(read::text).collect::<Option<Vec<_>>>())? else {
            return Some(None);
        };
        let all: indexmap::IndexSet<String> = words.iter().flat_map(|word| expand(word)).collect();
        Some(Some(all.into_iter().collect()))
    }

    /// How many units of a cargo an amount of a unit is: through tonnes where it is not counted in it.
    pub(super) fn units_of(&self, cargo: &str, unit: &str) -> Option<f64> {
        let own = self.context.root.at(&["cargo", cargo, "unit"])?.text()?;
        if unit == own {
            return Some(1.0);
        }
        let kilograms = self.context.units.get(cargo).copied().filter(|kilograms| *kilograms > 0.0)?;
        (unit == "t").then_some(1000.0 / kilograms)
    }

    /// A table within this one.
    pub(super) fn table<T>(&self, key: &str, read: fn(&Fields<'_>) -> Option<T>) -> Option<T> {
        let format = table_format(&self.format.field(key)?.kind)?;
        read(&Fields::new(self.get(key)?, format, self.context))
    }

    /// The things of a keyed table; what does not read is left out and named.
    pub(super) fn things<T>(
        &self,
        key: &str,
        read: fn(&Fields<'_>) -> Option<T>,
        unread: &mut Vec<String>,
    ) -> Table<T> {
        let Some(Field { kind: Kind::Things(_, format), .. }) = self.format.field(key) else { return Table::new() };
        let mut things = Table::new();
        for (id, entry) in self.get(key).and_then(Node::table).into_iter().flatten() {
            match read(&Fields::new(entry, format, self.context)) {
                Some(thing) => drop(things.insert(id.clone(), thing)),
                None => unread.push(format!("{key}.{id}")),
            }
        }
        things
    }

    /// The things within a thing; if one does not read, the whole does not.
    pub(super) fn parts<T>(&self, key: &str, read: fn(&Fields<'_>) -> Option<T>) -> Option<Table<T>> {
        let mut unread = Vec::new();
        let parts = self.things(key, read, &mut unread);
        unread.is_empty().then_some(parts)
    }

    /// Fields of a small table within a value, by the name under which it is declared; it has no things of its own.
    pub(super) const fn inner<'n>(&self, node: &'n Node, name: &'static str) -> Fields<'n>
    where
        'a: 'n,
    {
        Fields { node, format: self.format, name, context: self.context }
    }
}

fn table_format(kind: &'static Kind) -> Option<&'static Format> {
    if let Kind::Table(format) = kind { Some(format) } else { None }
}

/// Which keys readers ask for, so that a key that is declared and forgotten by its reader is noticed.
#[cfg(test)]
pub(super) mod asked {
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    thread_local! {
        static ASKED: RefCell<BTreeSet<(&'static str, String)>> = const { RefCell::new(BTreeSet::new()) };
    }

    pub(in crate::scenario::decode) fn note(table: &'static str, key: &str) {
        ASKED.with_borrow_mut(|asked| asked.insert((table, key.to_owned())));
    }

    /// Table and key of all that was asked for on this thread.
    pub(in crate::scenario::decode) fn all() -> BTreeSet<(&'static str, String)> {
        ASKED.with_borrow(Clone::clone)
    }
}
