//! A scenario as tables.

use indexmap::IndexMap;

use super::family::{Family, families};
use super::lists::joined;
use crate::scenario::tree::{Node, Value};
use crate::scenario::{Literal, Reading};

/// A table of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// `nodes`, `links`, `scenario` …
    pub name: String,
    /// Names of the columns.
    pub head: Vec<String>,
    /// A row each thing; empty where it has no such value.
    pub rows: Vec<Vec<String>>,
}

/// The tables of a scenario: one a kind of thing that it has, and one of title and run.
pub fn tables(reading: &Reading) -> Vec<Written> {
    let given = reading.given();
    let mut all = vec![settings(&given)];
    for family in families() {
        let mut things = Things { head: vec!["id".to_owned()], rows: Vec::new(), width: family.parents.len() };
        things.head.splice(0..0, family.parents.iter().map(|parent| (*parent).to_owned()));
        things.collect(&given, &family, &mut Vec::new());
        if !things.rows.is_empty() {
            all.push(things.table(&family));
        }
    }
    all
}

/// What is in no thing, by path.
fn settings(given: &Node) -> Written {
    let kinds: Vec<&str> =
        families().iter().filter(|family| family.parents.is_empty()).map(|family| family.key).collect();
    let mut cells = IndexMap::new();
    for (key, node) in given.table().into_iter().flatten() {
        if !kinds.contains(&key.as_str()) && key != "schema" {
            flatten(key, node, &[], &mut cells);
        }
    }
    let rows = cells.into_iter().map(|(key, value)| vec![key, value]).collect();
    Written { name: "scenario".to_owned(), head: vec!["key".to_owned(), "value".to_owned()], rows }
}

/// Things of a kind, each with the cells that it has.
struct Things {
    head: Vec<String>,
    rows: Vec<IndexMap<String, String>>,
    /// Number of columns that say what a thing is in.
    width: usize,
}

impl Things {
    fn collect(&mut self, node: &Node, family: &Family, at: &mut Vec<String>) {
        let Some(parent) = family.parents.get(at.len()) else {
            for (id, thing) in node.get(family.key).and_then(Node::table).into_iter().flatten() {
                self.add(id, thing, family, at);
            }
            return;
        };
        for (id, inner) in node.get(parent).and_then(Node::table).into_iter().flatten() {
            at.push(id.clone());
            self.collect(inner, family, at);
            at.pop();
        }
    }

    fn add(&mut self, id: &str, thing: &Node, family: &Family, at: &[String]) {
        let mut cells: IndexMap<String, String> =
            family.parents.iter().map(|key| (*key).to_owned()).zip(at.iter().cloned()).collect();
        cells.insert("id".to_owned(), id.to_owned());
        let inner: Vec<&str> =
            families().iter().filter(|one| one.parents.last() == Some(&family.key)).map(|one| one.key).collect();
        for (key, node) in thing.table().into_iter().flatten().filter(|(key, _)| !inner.contains(&key.as_str())) {
            flatten(key, node, &["why", "tags"], &mut cells);
        }
        for key in cells.keys().filter(|key| !self.head.contains(key)).cloned().collect::<Vec<_>>() {
            self.head.push(key);
        }
        self.rows.push(cells);
    }

    /// Columns in the order of the format, provenance last.
    fn table(mut self, family: &Family) -> Written {
        let rank = |name: &String| {
            let first = name.split('.').next().unwrap_or_default();
            family.format.fields.iter().position(|field| field.key == first).unwrap_or(usize::MAX)
        };
        self.head[self.width + 1..].sort_by_key(rank);
        let columns: Vec<Column> = self.head.iter().map(|name| Column::of(name, &self.rows)).collect();
        let rows = (0..self.rows.len()).map(|row| columns.iter().map(|column| column.cells[row].clone()).collect());
        Written {
            name: family.plural(),
            rows: rows.collect(),
            head: columns.into_iter().map(|column| column.name).collect(),
        }
    }
}

/// A column: where all its numbers have one unit, that stands in its name.
struct Column {
    name: String,
    cells: Vec<String>,
}

impl Column {
    fn of(name: &str, rows: &[IndexMap<String, String>]) -> Self {
        let cells: Vec<String> = rows.iter().map(|row| row.get(name).cloned().unwrap_or_default()).collect();
        let split = |cell: &String| match Literal::of(&format!("\"{cell}\"")) {
            // Read back the number is written as it is here, else the cell stays whole.
            Literal::Number { number, unit } if format!("{number} {unit}") == *cell => Some((number.to_string(), unit)),
            _ => None,
        };
        let parts: Option<Vec<(String, String)>> = cells.iter().filter(|cell| !cell.is_empty()).map(split).collect();
        let unit = parts.as_ref().and_then(|parts| parts.first()).map(|(_, unit)| unit.clone());
        let is_one = |unit: &String| parts.iter().flatten().all(|(_, other)| other == unit);
        let is_text = name == "id" || name.ends_with("name") || name.contains("note") || name.contains("source");
        match unit.filter(|unit| is_one(unit) && !is_text && !unit.contains([',', '(', '[', ';'])) {
            Some(unit) => {
                let number = |cell: String| split(&cell).map_or(String::new(), |(number, _)| number);
                Self { name: format!("{name}, {unit}"), cells: cells.into_iter().map(number).collect() }
            }
            None => Self { name: name.to_owned(), cells },
        }
    }
}

/// A value as a cell, or tables that are opened as cells with their paths.
fn flatten(path: &str, node: &Node, opened: &[&str], cells: &mut IndexMap<String, String>) {
    let first = path.split('.').next().unwrap_or_default();
    let depth = path.split('.').count();
    let is_opened = opened.is_empty() || opened.contains(&first) && depth <= 2;
    match node.table().filter(|table| is_opened && table.keys().all(|key| !key.contains('.'))) {
        Some(table) => {
            for (key, entry) in table {
                flatten(&format!("{path}.{key}"), entry, opened, cells);
            }
        }
        None => drop(cells.insert(path.to_owned(), free_text(path, node).unwrap_or_else(|| cell(node)))),
    }
}

/// A text that is no list whatever is in it: it needs no quotes.
fn free_text(path: &str, node: &Node) -> Option<String> {
    const FREE: [&str; 8] = ["title", "description", "name", "note", "source", "publisher", "url", "who"];
    let last = path.rsplit('.').next().unwrap_or_default();
    let text = node.text().filter(|text| FREE.contains(&last) && text.trim() == *text)?;
    (!text.is_empty() && !text.starts_with('"') && !text.contains(['\n', '\t'])).then(|| text.to_owned())
}

fn cell(node: &Node) -> String {
    match &node.value {
        Value::Text(text) if is_plain(text) => text.clone(),
        Value::List(items) if items.len() > 1 => {
            let texts: Option<Vec<&str>> = items.iter().map(Node::text).collect();
            texts.and_then(|texts| joined(&texts)).unwrap_or_else(|| node.to_string())
        }
        _ => node.to_string(),
    }
}

/// Whether a text is read back from a cell as itself.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.starts_with(['[', '{', '"']) && !text.contains([';', '\n', '\t'])
}
