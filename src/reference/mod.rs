//! What the words of scenario files and results mean, for people: searched, on the terminal, and as documents.

mod document;
mod text;

use std::collections::BTreeSet;

pub use document::{write_format, write_glossary, write_measures};
pub use text::{write_named, write_tables};

use crate::scenario::{FormatFamily, FormatKey, FormatReference, FormatTable, reference};
use crate::words::{Cause, Measure, TERMS, Term};

/// The words of the format and of results.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Of scenario files.
    pub format: FormatReference,
}

impl Default for Reference {
    fn default() -> Self {
        Self::new()
    }
}

/// What a word or a path names.
#[derive(Clone, Debug, PartialEq)]
pub enum Named<'r> {
    /// A table.
    Table(&'r FormatTable),
    /// A key of a table.
    Key(&'r FormatTable, &'r FormatKey),
    /// A family of random values.
    Family(&'r FormatFamily),
    /// A measure of the results.
    Measure(Measure),
    /// A cause of time.
    Cause(Cause),
    /// A term of the field.
    Term(&'static Term),
}

impl Reference {
    /// The reference of this program.
    pub fn new() -> Self {
        Self { format: reference() }
    }

    /// What a word names: tables, keys, families, measures, causes and terms of that name, or the key or table at a path such as
    /// `fleet.aktau-alat-feeder.vessels`, or the key of a table such as `facility.hours`. Empty if there is none.
    pub fn named(&self, word: &str) -> Vec<Named<'_>> {
        let keys = |table| with_keys(table).map(|(table, key)| Named::Key(table, key));
        if word.contains('.') {
            let at = self.format.tables.iter().filter(|table| stands_at(table, word)).map(Named::Table);
            let path = word.rsplit_once('.');
            let is_named = |table: &FormatTable, place: &str| table.name == place || stands_at(table, place);
            let of = self.format.tables.iter().filter(|table| path.is_some_and(|(place, _)| is_named(table, place)));
            let last = of.flat_map(keys).filter(|named| named.is_called(path.map_or("", |(_, key)| key)));
            return at.chain(last).collect();
        }
        let tables = self.format.tables.iter().map(Named::Table);
        let all = tables
            .chain(self.format.tables.iter().flat_map(keys))
            .chain(self.format.families.iter().map(Named::Family));
        let all = all.chain(Measure::ALL.into_iter().map(Named::Measure));
        let all = all.chain(Cause::ALL.into_iter().map(Named::Cause)).chain(TERMS.iter().map(Named::Term));
        all.filter(|named| named.is_called(word)).collect()
    }

    /// Every word that names something.
    pub fn words(&self) -> BTreeSet<&'static str> {
        let tables = self.format.tables.iter().map(|table| table.name);
        let keys = self.format.tables.iter().flat_map(|table| table.keys.iter().map(|key| key.key));
        let measures = Measure::ALL.map(Measure::word);
        let terms = Cause::ALL.into_iter().map(Cause::word).chain(TERMS.iter().map(|term| term.word));
        tables
            .chain(keys)
            .chain(self.format.families.iter().map(|family| family.name))
            .chain(measures)
            .chain(terms)
            .collect()
    }
}

impl Named<'_> {
    fn is_called(&self, word: &str) -> bool {
        match self {
            Self::Table(table) => table.name == word,
            Self::Key(_, key) => key.key == word,
            Self::Family(family) => family.name == word,
            Self::Measure(measure) => measure.word() == word,
            Self::Cause(cause) => cause.word() == word,
            Self::Term(term) => term.word == word,
        }
    }
}

fn with_keys(table: &FormatTable) -> impl Iterator<Item = (&FormatTable, &FormatKey)> {
    table.keys.iter().map(move |key| (table, key))
}

/// Whether a path leads to a table of this kind.
fn stands_at(table: &FormatTable, path: &str) -> bool {
    let is_place = |place: &String| {
        let (mut steps, mut wanted) = (path.split('.'), place.split('.'));
        wanted.by_ref().zip(steps.by_ref()).all(|(wanted, step)| is_free(wanted) || wanted == step)
            && place.split('.').count() == path.split('.').count()
    };
    table.places.iter().any(is_place)
}

/// Whether a step of a place stands for any word.
fn is_free(step: &str) -> bool {
    matches!(step, "ID" | "NAME" | "CARGO" | "WORD")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_or_a_path_names_what_is_called_so() {
        let all = Reference::new();
        assert!(matches!(all.named("fleet")[..], [Named::Table(fleet), ..] if fleet.name == "fleet"));
        let vessels = |named: &Named<'_>| matches!(named, Named::Key(table, key) if table.name == "fleet" && key.key == "vessels");
        assert!(all.named("vessels").iter().any(vessels));
        assert!(matches!(&all.named("fleet.feeder.vessels")[..], [one] if vessels(one)));
        let servers = all.named("node.aktau.facility.crane.servers");
        assert!(matches!(servers[..], [Named::Key(table, _)] if table.name == "facility"), "{servers:?}");
        assert!(matches!(all.named("node.aktau.facility.crane")[..], [Named::Table(_)]));
        assert!(matches!(&all.named("facility.servers")[..], [Named::Key(table, _)] if table.name == "facility"));
        assert!(matches!(all.named("lognormal")[..], [Named::Family(_)]));
        assert!(all.named("throughput").iter().any(|named| matches!(named, Named::Measure(_))));
        assert_eq!(all.named("vesels"), []);
        assert_eq!(all.named("fleet.feeder.vesels"), []);
    }
}
