//! The format as a reference for people: every table and key with kind of value, default and meaning.

use super::format::{Allowed, Field, Format, Keys, Kind};
use super::law::{FAMILIES, Family};
use super::quantity::Dimension;
use super::types::{PROVENANCE, SCENARIO};

/// A table of the format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatTable {
    /// Its name: `fleet`, `facility`, `tariff`.
    pub name: &'static str,
    /// Where it stands: `fleet.ID`, `node.ID.facility.ID`; empty of the keys at the top of a file.
    pub places: Vec<String>,
    /// What it is, in a sentence.
    pub meaning: &'static str,
    /// Its keys in the order of the format.
    pub keys: Vec<FormatKey>,
}

/// A key of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatKey {
    /// The key.
    pub key: &'static str,
    /// What its value may be, in words.
    pub value: String,
    /// Whether it must be there.
    pub is_needed: bool,
    /// What it is where it is absent, as TOML; `None` where absence itself means something.
    pub default: Option<&'static str>,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// The words that it may have, with what they mean.
    pub words: Vec<Allowed>,
    /// What it may look like, as TOML; `None` where the kind of value says it all.
    pub example: Option<String>,
}

/// A family of random values: `{ dist = "lognormal", mean = "9 h", cv = 0.6 }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatFamily {
    /// The value of `dist`.
    pub name: &'static str,
    /// Parameters that must be there.
    pub needed: &'static [&'static str],
    /// Parameters that may be there.
    pub optional: &'static [&'static str],
}

/// A kind of quantity with its units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatUnit {
    /// What it measures: `a length`.
    pub of: &'static str,
    /// Its units, and an example.
    pub units: &'static str,
}

/// All of the format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatReference {
    /// Tables, each once, in the order in which a reader meets them.
    pub tables: Vec<FormatTable>,
    /// Families of random values.
    pub families: Vec<FormatFamily>,
    /// Quantities.
    pub units: Vec<FormatUnit>,
}

/// The reference of the format, made from the tables that the reader of scenario files uses.
pub fn reference() -> FormatReference {
    let mut tables = Vec::new();
    visit(SCENARIO, String::new(), &mut tables);
    visit(PROVENANCE, "any table".to_owned(), &mut tables);
    let family = |family: &Family| FormatFamily { name: family.name, needed: family.needed, optional: family.optional };
    let unit = |dimension: Dimension| FormatUnit { of: dimension.name(), units: dimension.would_fit() };
    FormatReference {
        tables,
        families: FAMILIES.iter().map(family).collect(),
        units: Dimension::ALL.into_iter().map(unit).collect(),
    }
}

/// Adds a table and those within it; one that is there already gets a further place, and is not entered again.
fn visit(format: &'static Format, place: String, tables: &mut Vec<FormatTable>) {
    let known = tables.iter_mut().find(|table| table.name == format.name && table.meaning == format.doc);
    if let Some(known) = known {
        known.places.push(place);
        return;
    }
    tables.push(FormatTable {
        name: format.name,
        places: vec![place.clone()],
        meaning: format.doc,
        keys: format.fields.iter().map(key).collect(),
    });
    for field in format.fields {
        let path = if place.is_empty() { field.key.to_owned() } else { format!("{place}.{}", field.key) };
        within(&field.kind, &path, tables);
    }
}

/// Visits the tables that a value may be.
fn within(kind: &'static Kind, path: &str, tables: &mut Vec<FormatTable>) {
    match kind {
        Kind::Table(format) => visit(format, path.to_owned(), tables),
        Kind::Things(_, format) => visit(format, format!("{path}.ID"), tables),
        Kind::Map(keys, of) => within(of, &format!("{path}.{}", placeholder(*keys)), tables),
        Kind::List(of) | Kind::OneOrMore(of) | Kind::Exactly(_, of) => within(of, path, tables),
        Kind::Either(kinds) => kinds.iter().for_each(|kind| within(kind, path, tables)),
        _ => {}
    }
}

const fn placeholder(keys: Keys) -> &'static str {
    match keys {
        Keys::Any => "NAME",
        Keys::Of(_) => "ID",
        Keys::CargoOrUnit => "CARGO",
        Keys::Words(_) => "WORD",
    }
}

fn key(field: &'static Field) -> FormatKey {
    FormatKey {
        key: field.key,
        value: words(&field.kind),
        is_needed: field.required,
        default: field.default,
        meaning: field.doc,
        words: allowed(&field.kind),
        example: example(&field.kind),
    }
}

/// The words of a value, in whatever it stands.
fn allowed(kind: &Kind) -> Vec<Allowed> {
    match kind {
        Kind::Word(words) | Kind::Map(Keys::Words(words), _) => words.to_vec(),
        Kind::List(of) | Kind::OneOrMore(of) | Kind::Exactly(_, of) => allowed(of),
        Kind::Either(kinds) => kinds.iter().flat_map(allowed).collect(),
        _ => Vec::new(),
    }
}

/// A value as TOML, where the kind alone does not show what it looks like.
fn example(kind: &Kind) -> Option<String> {
    let text = match kind {
        Kind::Share(..) => "\"20 %\"".to_owned(),
        Kind::Date => "2024-01-31".to_owned(),
        Kind::Hours => "\"Mon-Fri 09:00-18:00\"".to_owned(),
        Kind::Holidays => "[\"01-01\", \"2024-03-21..2024-03-25\"]".to_owned(),
        Kind::Zone => "\"Asia/Almaty\"".to_owned(),
        Kind::TimeOfDay => "\"06:00\"".to_owned(),
        Kind::Quantity(dimension) => format!("{:?}", dimension.example()),
        Kind::Random(Dimension::Factor, _) => "{ dist = \"lognormal\", cv = 0.2 }".to_owned(),
        Kind::Random(dimension, _) => format!("{{ dist = \"lognormal\", mean = {:?}, cv = 0.6 }}", dimension.example()),
        Kind::CargoOrUnit => "\"TEU\"".to_owned(),
        Kind::NodeOrLink => "\"aktau\"".to_owned(),
        Kind::FlowPattern => "\"cn-*\"".to_owned(),
        Kind::FacilityOfNode => "\"altynkol.customs\"".to_owned(),
        Kind::PathOf(_) => "\"node.aktau\"".to_owned(),
        Kind::Series => "{ 2024-01 = \"2100 TEU\" }".to_owned(),
        Kind::Settings => "{ \"fleet.feeder.vessels\" = 3 }".to_owned(),
        Kind::List(of) => format!("[{}]", example(of)?),
        Kind::OneOrMore(of) => example(of)?,
        Kind::Exactly(count, of) if *count <= 2 => format!("[{}]", vec![example(of)?; *count].join(", ")),
        Kind::Exactly(_, of) => format!("[{}, …]", example(of)?),
        Kind::Map(keys, of) => format!("{{ {} = {} }}", placeholder(*keys), example(of)?),
        Kind::Either(kinds) => kinds.iter().find_map(example)?,
        _ => return None,
    };
    Some(text)
}

/// What a value may be.
fn words(kind: &Kind) -> String {
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Whole(i64::MIN, i64::MAX) => "whole number".to_owned(),
        Kind::Whole(least, most) if *most == i64::MAX => format!("whole number from {least}"),
        Kind::Whole(least, most) => format!("whole number, {least} to {most}"),
        Kind::Number(least, most) => format!("number, {}", bounds(*least, *most)),
        Kind::Share(least, most) => format!("share such as `\"20 %\"`, {}", bounds(*least, *most)),
        Kind::Date => "date, perhaps with a time".to_owned(),
        Kind::Hours => "hours such as `\"06:00-18:00\"`, perhaps with days of the week".to_owned(),
        Kind::Holidays => "month and day, date, or two dates".to_owned(),
        Kind::Zone => "offset from UTC, or name of a time zone".to_owned(),
        Kind::TimeOfDay => "time of day such as `\"06:00\"`".to_owned(),
        Kind::Quantity(dimension) => dimension.name().to_owned(),
        Kind::Random(dimension, _) => format!("{}, or a random one", dimension.name()),
        Kind::Word(words) => alternatives(words),
        Kind::Id(thing) => format!("id of {}", with_article(thing.word())),
        Kind::NodeOrLink => "id of a node or a link".to_owned(),
        Kind::CargoOrUnit => "id of a cargo, or a unit".to_owned(),
        Kind::FlowPattern => "id of a flow, in which `*` stands for any letters".to_owned(),
        Kind::FacilityOfNode => "`\"node.facility\"`".to_owned(),
        Kind::PathOf(things) => {
            let things: Vec<&str> = things.iter().map(|thing| thing.word()).collect();
            format!("path of {}", with_article(&things.join(" or ")))
        }
        Kind::Series => "amounts by month, quarter or year".to_owned(),
        Kind::Settings => "parameter paths with values".to_owned(),
        Kind::Other => "see its meaning".to_owned(),
        Kind::Table(format) => format!("table `{}`", format.name),
        Kind::Things(thing, format) => format!("tables `{}` by id of {}", format.name, with_article(thing.word())),
        many => words_of_many(many),
    }
}

/// The same of what holds several values.
fn words_of_many(kind: &Kind) -> String {
    match kind {
        Kind::List(of) => format!("list of: {}", words(of)),
        Kind::OneOrMore(of) => format!("{}; or a list of such", words(of)),
        Kind::Exactly(count, of) => format!("list of {count}: {}", words(of)),
        Kind::Map(keys, of) => format!("table by {}: {}", keys_in_words(*keys), words(of)),
        Kind::Either(kinds) => {
            let mut all: Vec<String> = Vec::new();
            for kind in kinds.iter().map(words) {
                if !all.contains(&kind) {
                    all.push(kind);
                }
            }
            all.join("; or ")
        }
        _ => String::new(),
    }
}

fn keys_in_words(keys: Keys) -> String {
    match keys {
        Keys::Any => "name".to_owned(),
        Keys::Of(thing) => format!("id of {}", with_article(thing.word())),
        Keys::CargoOrUnit => "id of a cargo, or unit".to_owned(),
        Keys::Words(words) => alternatives(words),
    }
}

fn with_article(word: &str) -> String {
    format!("{} {word}", if word.starts_with('o') { "an" } else { "a" })
}

fn alternatives(words: &[Allowed]) -> String {
    let quoted: Vec<String> = words.iter().map(|allowed| format!("`{}`", allowed.word)).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// Numbers beyond which nothing is forbidden are left out.
fn bounds(least: f64, most: f64) -> String {
    const FREE: f64 = 1e9;
    if most >= FREE { format!("at least {least}") } else { format!("{least} to {most}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str) -> FormatTable {
        reference().tables.into_iter().find(|table| table.name == name).unwrap()
    }

    #[test]
    fn each_table_is_told_once_with_all_its_places() {
        let all = reference().tables;
        let mut names: Vec<&str> = all.iter().map(|table| table.name).collect();
        let many = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), many);
        assert_eq!(table("facility").places, ["node.ID.facility.ID"]);
        assert!(table("charge").places.len() > 1);
        assert!(all.iter().flat_map(|table| &table.keys).all(|key| !key.value.is_empty() && !key.meaning.is_empty()));
    }

    #[test]
    fn values_are_told_in_words() {
        let of = |name: &str, key: &str| {
            let table = table(name);
            table.keys.into_iter().find(|entry| entry.key == key).unwrap()
        };
        assert_eq!(of("fleet", "vessels").value, "whole number, 0 to 1000");
        assert_eq!(of("fleet", "max-wait").value, "a duration");
        assert_eq!(of("fleet", "start-at").value, "`spread`; or id of a node");
        assert!(of("facility", "kind").value.contains("`customs`"));
        assert!(of("fleet", "ports").is_needed && of("fleet", "vessels").default == Some("0"));
    }
}
