//! Entries of the scenario's tables.

use indexmap::IndexMap;

/// An entry of a table of the scenario, such as a flow of `[flow]`.
#[derive(Debug)]
pub(super) struct Entry<'a, T> {
    /// Its place in the table.
    pub(super) index: usize,
    pub(super) id: &'a str,
    pub(super) spec: &'a T,
}

impl<T> Clone for Entry<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Entry<'_, T> {}

impl<'a, T> Entry<'a, T> {
    /// The entry at a place of a table.
    pub(super) fn at(table: &'a IndexMap<String, T>, index: usize) -> Option<Self> {
        table.get_index(index).map(|(id, spec)| Self { index, id, spec })
    }
}

/// The entries of a table in their order.
pub(super) fn entries<T>(table: &IndexMap<String, T>) -> impl Iterator<Item = Entry<'_, T>> {
    table.iter().enumerate().map(|(index, (id, spec))| Entry { index, id, spec })
}
