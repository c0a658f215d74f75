//! A table that is being read, key by key.
#![expect(clippy::option_option, reason = "a value may be there, be absent, or be there and not read")]

use indexmap::IndexMap;

use super::value;
use crate::scenario::format::{Field, Format, Kind};
use crate::scenario::index::Index;
use crate::scenario::tree::Node;

/// What reading a value may need to know of the rest.
pub(in crate::scenario) struct Context<'a> {
    pub(in crate::scenario) root: &'a Node,
    pub(in crate::scenario) index: &'a Index,
    /// Kilograms of a unit by cargo id.
    pub(in crate::scenario) units: &'a IndexMap<String, f64>,
}

/// A table, its format, and the rest of the scenario.
pub(in crate::scenario) struct Fields<'a> {
    pub(in crate::scenario) node: &'a Node,
    format: &'static Format,
    pub(in crate::scenario) context: &'a Context<'a>,
}

impl<'a> Fields<'a> {
    pub(in crate::scenario) const fn new(node: &'a Node, format: &'static Format, context: &'a Context<'a>) -> Self {
        Self { node, format, context }
    }

    /// The value of a key.
    pub(in crate::scenario) fn get(&self, key: &str) -> Option<&'a Node> {
        #[cfg(test)]
        asked::note(self.format.name, key);
        self.node.get(key)
    }

    /// A value that must be there.
    pub(in crate::scenario) fn need<T>(&self, key: &str, read: impl Fn(&Node) -> Option<T>) -> Option<T> {
        read(self.get(key)?)
    }

    /// A value that may be absent; nothing only if it is there and does not read.
    pub(in crate::scenario) fn may<T>(&self, key: &str, read: impl Fn(&Node) -> Option<T>) -> Option<Option<T>> {
        self.get(key).map_or(Some(None), |node| read(node).map(Some))
    }

    /// A value that may be absent, which is the default of its type.
    pub(in crate::scenario) fn or_default<T: Default>(
        &self,
        key: &str,
        read: impl Fn(&Node) -> Option<T>,
    ) -> Option<T> {
        Some(self.may(key, read)?.unwrap_or_default())
    }

    /// One value or a list of them; absent is empty.
    pub(in crate::scenario) fn each<T>(&self, key: &str, read: impl Fn(&Node) -> Option<T>) -> Option<Vec<T>> {
        self.get(key).map_or(Some(Vec::new()), |node| node.items().iter().map(read).collect())
    }

    /// One value or a list of them that must be there.
    pub(in crate::scenario) fn some<T>(&self, key: &str, read: impl Fn(&Node) -> Option<T>) -> Option<Vec<T>> {
        self.get(key)?.items().iter().map(read).collect()
    }

    /// A table with free keys; absent is empty.
    pub(in crate::scenario) fn map<T>(
        &self,
        key: &str,
        read: impl Fn(&Node) -> Option<T>,
    ) -> Option<IndexMap<String, T>> {
        let Some(node) = self.get(key) else { return Some(IndexMap::new()) };
        node.table()?.iter().map(|(key, entry)| Some((key.clone(), read(entry)?))).collect()
    }

    /// Cargo ids, units expanded, each once.
    pub(in crate::scenario) fn cargoes(&self, key: &str) -> Option<Option<Vec<String>>> {
        self.expanded(key, |word| self.context.index.cargoes(word))
    }

    /// Flow ids, patterns expanded, each once.
    pub(in crate::scenario) fn flows(&self, key: &str) -> Option<Option<Vec<String>>> {
        self.expanded(key, |word| self.context.index.flows(word))
    }

    fn expanded(&self, key: &str, expand: impl Fn(&str) -> Vec<String>) -> Option<Option<Vec<String>>> {
        let Some(words) = self.may(key, |node| node.items().iter().map(value::text).collect::<Option<Vec<_>>>())?
        else {
            return Some(None);
        };
        let all: indexmap::IndexSet<String> = words.iter().flat_map(|word| expand(word)).collect();
        Some(Some(all.into_iter().collect()))
    }

    /// How many units of a cargo an amount of a unit is: through tonnes where it is not counted in it.
    pub(in crate::scenario) fn units_of(&self, cargo: &str, unit: &str) -> Option<f64> {
        let own = self.context.root.at(&["cargo", cargo, "unit"])?.text()?;
        if unit == own {
            return Some(1.0);
        }
        let kilograms = self.context.units.get(cargo).copied().filter(|kilograms| *kilograms > 0.0)?;
        (unit == "t").then_some(1000.0 / kilograms)
    }

    /// A table within this one.
    pub(in crate::scenario) fn table<T>(&self, key: &str, read: fn(&Fields<'_>) -> Option<T>) -> Option<T> {
        let format = table_format(&self.format.field(key)?.kind)?;
        read(&Fields::new(self.get(key)?, format, self.context))
    }

    /// The things of a keyed table; what does not read is left out and named.
    pub(in crate::scenario) fn things<T>(
        &self,
        key: &str,
        read: fn(&Fields<'_>) -> Option<T>,
        unread: &mut Vec<String>,
    ) -> IndexMap<String, T> {
        let Some(Field { kind: Kind::Things(_, format), .. }) = self.format.field(key) else { return IndexMap::new() };
        let mut things = IndexMap::new();
        for (id, entry) in self.get(key).and_then(Node::table).into_iter().flatten() {
            match read(&Fields::new(entry, format, self.context)) {
                Some(thing) => drop(things.insert(id.clone(), thing)),
                None => unread.push(format!("{key}.{id}")),
            }
        }
        things
    }

    /// The things within a thing; if one does not read, the whole does not.
    pub(in crate::scenario) fn parts<T>(
        &self,
        key: &str,
        read: fn(&Fields<'_>) -> Option<T>,
    ) -> Option<IndexMap<String, T>> {
        let mut unread = Vec::new();
        let parts = self.things(key, read, &mut unread);
        unread.is_empty().then_some(parts)
    }

    /// Fields of a small table within a value; it has no things of its own.
    pub(in crate::scenario) const fn inner<'n>(&self, node: &'n Node, format: &'static Format) -> Fields<'n>
    where
        'a: 'n,
    {
        Fields { node, format, context: self.context }
    }

    /// A value that must be there and is read with a view to the rest.
    pub(in crate::scenario) fn need_with<T>(&self, key: &str, read: fn(&Self, &Node) -> Option<T>) -> Option<T> {
        read(self, self.get(key)?)
    }

    /// A value that may be absent, read with a view to the rest.
    pub(in crate::scenario) fn may_with<T>(&self, key: &str, read: fn(&Self, &Node) -> Option<T>) -> Option<Option<T>> {
        self.may(key, |node| read(self, node))
    }

    /// A table with free keys whose values are read with a view to the rest; absent is empty.
    pub(in crate::scenario) fn map_with<T>(
        &self,
        key: &str,
        read: fn(&Self, &Node) -> Option<T>,
    ) -> Option<IndexMap<String, T>> {
        self.map(key, |node| read(self, node))
    }

    /// A small table that may be absent.
    pub(in crate::scenario) fn may_table<T>(
        &self,
        key: &str,
        format: &'static Format,
        read: fn(&Fields<'_>) -> Option<T>,
    ) -> Option<Option<T>> {
        self.may(key, |node| read(&self.inner(node, format)))
    }

    /// One small table or a list of them; absent is empty.
    pub(in crate::scenario) fn each_table<T>(
        &self,
        key: &str,
        format: &'static Format,
        read: fn(&Fields<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.each(key, |node| read(&self.inner(node, format)))
    }

    /// One value or a list of them; absent is none.
    pub(in crate::scenario) fn may_each<T>(&self, key: &str, read: fn(&Node) -> Option<T>) -> Option<Option<Vec<T>>> {
        self.may(key, |node| node.items().iter().map(read).collect())
    }

    /// Flow ids that must be there, patterns expanded, each once.
    pub(in crate::scenario) fn all_flows(&self, key: &str) -> Option<Vec<String>> {
        self.flows(key)?
    }
}

fn table_format(kind: &'static Kind) -> Option<&'static Format> {
    if let Kind::Table(format) = kind { Some(format) } else { None }
}

/// Which keys readers ask for, so that a key that is declared and forgotten by its reader is noticed.
#[cfg(test)]
pub(in crate::scenario) mod asked {
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    thread_local! {
        static ASKED: RefCell<BTreeSet<(&'static str, String)>> = const { RefCell::new(BTreeSet::new()) };
    }

    pub(in crate::scenario) fn note(table: &'static str, key: &str) {
        ASKED.with_borrow_mut(|asked| asked.insert((table, key.to_owned())));
    }

    /// Table and key of all that was asked for on this thread.
    pub(in crate::scenario) fn all() -> BTreeSet<(&'static str, String)> {
        ASKED.with_borrow(Clone::clone)
    }
}
