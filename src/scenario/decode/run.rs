//! `[run]`, periods, sources, provenance.

use indexmap::IndexMap;
use jiff::ToSpan;
use jiff::civil::{DateTime, date};

use super::fields::Fields;
use super::read;
use crate::scenario::format::{Format, Keys, Kind, SCENARIO};
use crate::scenario::quantity::Dimension;
use crate::scenario::shape::choose;
use crate::scenario::tree::{Node, Value};
use crate::scenario::types::{Grade, Period, Provenance, Run, Source, Why};
use crate::scenario::when;
use crate::units::Duration;

pub(super) fn run(fields: &Fields<'_>) -> Option<Run> {
    let start = fields.need("start", when::moment)?;
    Some(Run {
        start,
        warm_up: fields.need("warm-up", read::duration)?,
        horizon: horizon(fields, start)?,
        drain: fields.need("drain", read::duration)?,
        replications: fields.need("replications", read::whole)?,
        seed: fields.need("seed", read::whole)?,
        level: fields.need("level", read::share)?,
        precision: fields.may("precision", read::share)?,
    })
}

/// As written, until `end`, or until the same date a year later.
fn horizon(fields: &Fields<'_>, start: DateTime) -> Option<Duration> {
    let until = |end: DateTime| Duration::from_ms(end.duration_since(start).as_millis() as i64);
    match fields.may("end", when::moment)? {
        Some(end) => Some(until(end)),
        None => Some(fields.may("horizon", read::duration)?.unwrap_or_else(|| until(start.saturating_add(1.year())))),
    }
}

/// Stands in for a `[run]` with mistakes, so that the other checks can go on.
pub(super) fn standard() -> Run {
    Run {
        start: date(2024, 1, 1).at(0, 0, 0, 0),
        warm_up: Duration::ZERO,
        horizon: Duration::from_days(366.0),
        drain: Duration::from_days(60.0),
        replications: 20,
        seed: 20_260_101,
        level: 0.95,
        precision: None,
    }
}

pub(super) fn period(fields: &Fields<'_>) -> Option<Period> {
    Some(Period { months: fields.each("months", read::whole)? })
}

pub(super) fn source(fields: &Fields<'_>) -> Option<Source> {
    Some(Source {
        title: fields.need("title", read::text)?,
        publisher: fields.may("publisher", read::text)?,
        year: fields.may("year", |node| Some(node.text().map_or_else(|| node.to_string(), str::to_owned)))?,
        url: fields.may("url", read::text)?,
    })
}

/// All that tables say of where their values come from, by path.
pub(super) fn provenance(root: &Node) -> IndexMap<String, Provenance> {
    let mut found = IndexMap::new();
    collect(root, &SCENARIO, "", &mut found);
    found
}

fn collect(node: &Node, format: &'static Format, path: &str, found: &mut IndexMap<String, Provenance>) {
    let said = of_table(node, format);
    if said != Provenance::default() {
        found.insert(path.to_owned(), said);
    }
    for (key, entry) in node.table().into_iter().flatten() {
        if let Some(field) = format.field(key) {
            collect_value(entry, &field.kind, &joined(path, key), found);
        }
    }
}

fn collect_value(node: &Node, kind: &'static Kind, path: &str, found: &mut IndexMap<String, Provenance>) {
    match choose(kind, node) {
        Kind::Table(format) => collect(node, format, path, found),
        Kind::Random(..) => collect(node, &LAW, path, found),
        Kind::Things(_, format) => {
            for (id, entry) in node.table().into_iter().flatten() {
                collect(entry, format, &joined(path, id), found);
            }
        }
        Kind::Map(Keys::Of(_), of) => {
            for (id, entry) in node.table().into_iter().flatten() {
                collect_value(entry, of, &joined(path, id), found);
            }
        }
        _ => {}
    }
}

/// A distribution has no tables within.
static LAW: Format = Format { name: "law", doc: "", fields: &[] };

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn of_table(node: &Node, format: &'static Format) -> Provenance {
    let get = |key: &str| if format.field(key).is_some() { None } else { node.get(key) };
    let why = get("why").and_then(Node::table).into_iter().flatten();
    Provenance {
        source: get("source").and_then(read::text),
        grade: get("grade").and_then(grade),
        note: get("note").and_then(read::text),
        vary_with: get("vary-with").and_then(read::text),
        why: why.map(|(key, entry)| (key.clone(), reason(entry, format.field(key).map(|field| &field.kind)))).collect(),
    }
}

fn grade(node: &Node) -> Option<Grade> {
    read::word(&[("A", Grade::A), ("B", Grade::B), ("C", Grade::C)])(node)
}

fn reason(node: &Node, kind: Option<&'static Kind>) -> Why {
    let get = |key: &str| node.get(key);
    Why {
        source: get("source").and_then(read::text),
        grade: get("grade").and_then(grade),
        note: get("note").and_then(read::text),
        range: get("range").and_then(|range| ends(range, kind?)),
    }
}

fn ends(range: &Node, kind: &'static Kind) -> Option<(f64, f64)> {
    let [low, high] = range.list()? else { return None };
    let end = |node: &Node| match &node.value {
        Value::Text(_) => inner(node, kind),
        _ => node.number(),
    };
    Some((end(low)?, end(high)?))
}

/// In the value's inner unit; the units of flows' volumes are a year in the types, not an hour.
fn inner(node: &Node, kind: &'static Kind) -> Option<f64> {
    match crate::scenario::validate::ranged(kind) {
        Some(Dimension::Rate) => Some(read::rate(node)?.per_hour),
        Some(dimension) => read::quantity(node, dimension).map(|quantity| quantity.value),
        None => read::share(node),
    }
}
