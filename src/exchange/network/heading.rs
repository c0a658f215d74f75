//! The name of a column: a key of the format, and perhaps the unit of its numbers.

use super::family::Family;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, did_you_mean};
use crate::scenario::format::{Format, Kind};
use crate::scenario::quantity::Dimension;
use crate::scenario::types::PROVENANCE;
use crate::tables::Cell;

/// What a column holds.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) role: Role,
    /// Unit of its numbers, as in `length, km`.
    pub(super) unit: Option<String>,
    pub(super) span: Span,
}

#[derive(Clone, Debug)]
pub(super) enum Role {
    /// The id of the thing.
    Id,
    /// The id of what it is in, by place among the parents.
    Parent(usize),
    /// A value, by the keys that lead to it.
    Value(Vec<String>, &'static Kind),
}

/// Other words for keys, as maps and planners write them.
const SYNONYMS: [(&str, &str); 9] = [
    ("latitude", "lat"),
    ("longitude", "lon"),
    ("lng", "lon"),
    ("un/locode", "locode"),
    ("un-locode", "locode"),
    ("unlocode", "locode"),
    ("origin", "from"),
    ("destination", "to"),
    ("distance", "length"),
];

/// A number within no bounds: a parameter of a distribution.
static NUMBER: Kind = Kind::Number(f64::NEG_INFINITY, f64::INFINITY);
static TEXT: Kind = Kind::Text;
static OTHER: Kind = Kind::Other;
static AMOUNT: Kind = Kind::Quantity(Dimension::Amount);

/// What a cell of the first line says; `None` of an empty one and of one that is wrong.
pub(super) fn heading(cell: &Cell, family: &Family, found: &mut Diagnostics) -> Option<Heading> {
    if cell.is_empty() {
        return None;
    }
    let (name, unit) = with_unit(&cell.text);
    let role = role(name, family);
    if role.is_none() {
        found.push(unknown(cell, name, family));
    }
    Some(Heading { role: role?, unit: unit.map(str::to_owned), span: cell.span })
}

/// `length, km`, `length (km)`, `length [km]`.
fn with_unit(text: &str) -> (&str, Option<&str>) {
    let ends = [('(', ')'), ('[', ']')];
    let bracketed = ends.into_iter().find_map(|(open, close)| text.strip_suffix(close)?.rsplit_once(open));
    let (name, unit) =
        bracketed.or_else(|| text.rsplit_once(',')).map_or((text, None), |(name, unit)| (name, Some(unit)));
    (name.trim(), unit.map(str::trim).filter(|unit| !unit.is_empty()))
}

/// Whether a word is a key of a kind of thing.
pub(super) fn is_key(name: &str, family: &Family) -> bool {
    role(name, family).is_some()
}

fn role(name: &str, family: &Family) -> Option<Role> {
    let plain = name.to_lowercase().replace([' ', '_'], "-");
    if plain == "id" {
        return Some(Role::Id);
    }
    if let Some(place) = family.parents.iter().position(|parent| *parent == plain) {
        return Some(Role::Parent(place));
    }
    let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
    let first = first.to_lowercase().replace([' ', '_'], "-");
    let first = SYNONYMS.iter().find(|(word, _)| *word == first).map_or(first, |(_, key)| (*key).to_owned());
    let mut keys = vec![first];
    keys.extend(rest.into_iter().flat_map(|rest| rest.split('.')).map(|key| key.trim().to_owned()));
    let kind = kind_at(family.format, &keys)?;
    Some(Role::Value(keys, kind))
}

/// What the format lets stand at a path.
fn kind_at(format: &'static Format, keys: &[String]) -> Option<&'static Kind> {
    let (first, rest) = keys.split_first()?;
    if let Some(field) = format.field(first) {
        return below(&field.kind, rest);
    }
    let field = PROVENANCE.field(first)?;
    match (first.as_str(), rest) {
        ("why", [_, last]) if last == "range" => Some(&OTHER),
        ("why", [_, _]) => Some(&TEXT),
        ("why", _) => None,
        _ => below(&field.kind, rest),
    }
}

fn below(kind: &'static Kind, keys: &[String]) -> Option<&'static Kind> {
    let Some((first, rest)) = keys.split_first() else {
        return if matches!(kind, Kind::Things(..)) { None } else { Some(kind) };
    };
    match kind {
        Kind::Table(format) => kind_at(format, keys),
        Kind::Map(_, of) => below(of, rest),
        Kind::Series => Some(&AMOUNT),
        Kind::Either(kinds) => kinds.iter().find_map(|kind| below(kind, keys)),
        Kind::Random(..) => match first.as_str() {
            "dist" | "source" | "grade" | "note" | "vary-with" => Some(&TEXT),
            "mean" | "low" | "mode" | "high" => Some(kind),
            "cv" | "k" => Some(&NUMBER),
            _ => None,
        },
        _ => None,
    }
}

fn unknown(cell: &Cell, name: &str, family: &Family) -> Diagnostic {
    let own =
        family.format.fields.iter().filter(|field| !matches!(field.kind, Kind::Things(..))).map(|field| field.key);
    let known: Vec<&str> = ["id"].into_iter().chain(family.parents.iter().copied()).chain(own).collect();
    let all = || format!("the columns are {}", known.join(", "));
    let help = did_you_mean(name, known.iter().copied()).unwrap_or_else(all);
    let message = format!("a {} has no key `{name}`", family.key);
    Diagnostic::error("unknown-column", message, Some(cell.span)).help(help)
}

#[cfg(test)]
mod tests {
    use super::super::family::families;
    use super::*;

    fn of(family: &str, text: &str) -> Result<Heading, String> {
        let family = families().into_iter().find(|one| one.key == family).unwrap();
        let mut found = Diagnostics::default();
        let cell = Cell { text: text.to_owned(), span: Span::default() };
        heading(&cell, &family, &mut found).ok_or_else(|| format!("{found:?}"))
    }

    #[test]
    fn columns_are_keys_with_units_and_the_words_of_planners() {
        for (family, text, keys, unit) in [
            ("link", "length, km", "length", Some("km")),
            ("link", "Length (km)", "length", Some("km")),
            ("node", "Latitude", "lat", None),
            ("node", "UN/LOCODE", "locode", None),
            ("cargo", "Value of time [USD/t/d]", "value-of-time", Some("USD/t/d")),
            ("flow", "tags.group", "tags.group", None),
            ("link", "why.length.source", "why.length.source", None),
            ("facility", "time.cv", "time.cv", None),
        ] {
            let heading = of(family, text).unwrap();
            let Role::Value(found, _) = heading.role else { panic!("{text}") };
            assert_eq!((found.join(".").as_str(), heading.unit.as_deref()), (keys, unit), "{text}");
        }
        assert!(matches!(of("facility", "Node").unwrap().role, Role::Parent(0)));
        let error = of("link", "lenght").unwrap_err();
        assert!(error.contains("did you mean `length`?"), "{error}");
        assert!(of("node", "facility").is_err() && of("link", "why.length").is_err());
    }
}
