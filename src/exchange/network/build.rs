//! Tables as a scenario.

use indexmap::IndexMap;

use super::family::{Family, families};
use super::heading::{Heading, Role, heading};
use super::value::Habits;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, SourceFiles, Span, did_you_mean};
use crate::scenario::tree::{Entries, Node, Value};
use crate::scenario::{Reading, ScenarioReader, parse_value, tree_toml};
use crate::tables::{Cell, RawTable, decimal_mark};

/// A table with its name, which says of what it is.
#[derive(Clone, Debug)]
pub struct TableOf {
    /// `nodes`, `links`, `flows`, `scenario` …
    pub name: String,
    /// The table.
    pub table: RawTable,
}

/// The table of what belongs to no thing: title, run.
const SCENARIO_TABLE: &str = "scenario";

/// Whether a table of this name is one of a network.
pub fn is_table_name(name: &str) -> bool {
    name.eq_ignore_ascii_case(SCENARIO_TABLE) || families().iter().any(|family| family.is_named(name))
}

/// Reads tables as a scenario of this name and title, and gives it as TOML beside what came of reading it; the text is empty
/// where a table is wrong. A title in the table `scenario` goes before the one given.
pub fn read(tables: &[TableOf], reader: &ScenarioReader, name: &str, title: &str) -> (Reading, String) {
    let mut text = String::new();
    let reading = reader.read_built(name, |sources, found| {
        let tree = Builder::new(sources, found, title).build(tables);
        let tree = (!found.has_errors()).then_some(tree);
        text = tree.as_ref().map(tree_toml).unwrap_or_default();
        tree
    });
    (reading, text)
}

struct Builder<'a> {
    sources: &'a mut SourceFiles,
    found: &'a mut Diagnostics,
    families: Vec<Family>,
    root: Node,
}

impl<'a> Builder<'a> {
    fn new(sources: &'a mut SourceFiles, found: &'a mut Diagnostics, title: &str) -> Self {
        let file = sources.add("import", "", crate::diagnostic::SourceKind::Setting);
        let span = Span { file, start: 0, end: 0 };
        let text = |text: &str| Node::new(Value::Text(text.to_owned()), span);
        let entries = [("schema", Node::new(Value::Whole(1), span)), ("title", text(title))];
        let entries: Entries = entries.into_iter().map(|(key, node)| (key.to_owned(), node)).collect();
        Self { sources, found, families: families(), root: Node::new(Value::Table(entries), span) }
    }

    /// Things go in by kind, whatever the order of the tables: what others are in comes before them.
    fn build(mut self, tables: &[TableOf]) -> Node {
        for one in tables.iter().filter(|one| !is_table_name(&one.name)) {
            self.unknown_table(one);
        }
        for one in tables.iter().filter(|one| one.name.eq_ignore_ascii_case(SCENARIO_TABLE)) {
            self.settings(&one.table);
        }
        for family in self.families.clone() {
            for one in tables.iter().filter(|one| family.is_named(&one.name)) {
                self.things(&family, &one.table);
            }
        }
        self.root
    }

    fn unknown_table(&mut self, one: &TableOf) {
        let file = one.table.rows(self.sources).0;
        let names: Vec<String> = self.families.iter().map(Family::plural).chain([SCENARIO_TABLE.to_owned()]).collect();
        let all = || format!("there are tables of {}", names.join(", "));
        let help = did_you_mean(&one.name, names.iter().map(String::as_str)).unwrap_or_else(all);
        let message = format!("a table `{}` says nothing of a scenario", one.name);
        let span = Span { file, start: 0, end: 0 };
        self.found.push(Diagnostic::error("unknown-table", message, Some(span)).help(help));
    }

    fn rows(&mut self, table: &RawTable) -> (FileId, Vec<Vec<Cell>>) {
        let (file, rows) = table.rows(self.sources);
        let rows = rows.unwrap_or_else(|error| {
            self.found.push(error);
            Vec::new()
        });
        (file, rows)
    }

    /// A row each: the path of a value, and the value as TOML or as a text.
    fn settings(&mut self, table: &RawTable) {
        let (_, rows) = self.rows(table);
        let head = rows.iter().position(|row| row[0].text.eq_ignore_ascii_case("key"));
        for row in &rows[head.map_or(0, |head| head + 1)..] {
            let [key, value] = [0, 1].map(|place| row.get(place).filter(|cell| !cell.is_empty()));
            let (Some(key), Some(value)) = (key, value) else {
                let message = "a row of this table has a key and its value";
                let help = "such as run.horizon and 365 d";
                self.found.push(Diagnostic::error("row", message, row.first().map(|cell| cell.span)).help(help));
                continue;
            };
            let text = || Node::new(Value::Text(value.text.clone()), value.span);
            let mut ignored = Diagnostics::default();
            let parsed = parse_value(&value.text, value.span.file, value.span.start, &mut ignored);
            let node = parsed.filter(|node| !matches!(node.value, Value::Date(_))).unwrap_or_else(text);
            let keys: Vec<String> = key.text.split('.').map(|part| part.trim().to_owned()).collect();
            let node = Node { span: value.span, key: Some(key.span), ..node };
            put(&mut self.root, &keys, node);
        }
    }

    fn things(&mut self, family: &Family, table: &RawTable) {
        let (file, rows) = self.rows(table);
        let is_head = |row: &Vec<Cell>| row.iter().filter(|cell| !cell.is_empty()).count() > 1;
        let start = rows.iter().position(is_head).unwrap_or(0);
        let Some((head, rows)) = rows.get(start..).and_then(<[_]>::split_first) else { return };
        let headings: Vec<Option<Heading>> = head.iter().map(|cell| heading(cell, family, self.found)).collect();
        let has = |is: fn(&Role) -> bool| headings.iter().flatten().any(|heading| is(&heading.role));
        for (place, parent) in family.parents.iter().enumerate() {
            if !headings.iter().flatten().any(|heading| matches!(heading.role, Role::Parent(at) if at == place)) {
                self.lacks_column(parent, family, head, file);
            }
        }
        if !has(|role| matches!(role, Role::Id)) && id_from(family.key).is_empty() {
            self.lacks_column("id", family, head, file);
        }
        if self.found.has_errors() {
            return;
        }
        let decimal = decimal_mark(rows.iter().flatten().map(|cell| cell.text.as_str()));
        for row in rows {
            self.thing(family, &headings, row, Habits { decimal });
        }
    }

    fn lacks_column(&mut self, column: &str, family: &Family, head: &[Cell], file: FileId) {
        let span = head.first().zip(head.last()).map(|(first, last)| Span { end: last.span.end, ..first.span });
        let message = format!("the table of {} lacks the column `{column}`", family.plural());
        let span = span.or(Some(Span { file, start: 0, end: 0 }));
        self.found.push(Diagnostic::error("missing-column", message, span));
    }

    fn thing(&mut self, family: &Family, headings: &[Option<Heading>], row: &[Cell], habits: Habits) {
        let mut thing = Row::default();
        for (place, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let Some(heading) = headings.get(place).and_then(Option::as_ref) else {
                let message = format!("`{}` stands in a column without a name", cell.text);
                self.found.push(Diagnostic::error("no-column", message, Some(cell.span)));
                return;
            };
            match &heading.role {
                Role::Id => thing.id = Some(cell.clone()),
                Role::Parent(at) => drop(thing.parents.insert(*at, cell.clone())),
                Role::Value(keys, kind) => {
                    if let Some(node) = habits.value(cell, heading, kind, self.found) {
                        put(&mut thing.values, keys, Node { key: Some(heading.span), ..node });
                    }
                }
            }
        }
        let place = row.first().zip(row.last()).map(|(first, last)| Span { end: last.span.end, ..first.span });
        self.put_thing(family, thing, place.unwrap_or_default());
    }

    fn put_thing(&mut self, family: &Family, thing: Row, place: Span) {
        let mut path = Vec::new();
        for (at, parent) in family.parents.iter().enumerate() {
            let Some(cell) = thing.parents.get(&at) else {
                let message = format!("the row does not say of which {parent} it is");
                self.found.push(Diagnostic::error("empty", message, Some(place)));
                return;
            };
            path.extend([(*parent).to_owned(), cell.text.clone()]);
            if self.root.at(&path).is_none() {
                let known: Vec<&str> = self.root.at(&path[..path.len() - 1]).into_iter().flat_map(Node::keys).collect();
                let help = did_you_mean(&cell.text, known);
                let message = format!("there is no {parent} `{}`", cell.text);
                self.found.push(Diagnostic::error("unknown-id", message, Some(cell.span)).maybe_help(help));
                return;
            }
        }
        let Some((id, span)) = thing.id_of(family, place) else {
            let message = format!("the {} has no id", family.key);
            self.found.push(Diagnostic::error("empty", message, Some(place)).help("a short word, such as aktau"));
            return;
        };
        path.extend([family.key.to_owned(), id.clone()]);
        if let Some(first) = self.root.at(&path).map(Node::key_span) {
            let message = format!("`{id}` is there twice; the other is {}", self.sources.place(first));
            self.found.push(Diagnostic::error("twice", message, Some(span)));
            return;
        }
        put(&mut self.root, &path, Node { span: place, key: Some(span), ..thing.values });
    }
}

/// A row as it is read.
struct Row {
    id: Option<Cell>,
    parents: IndexMap<usize, Cell>,
    values: Node,
}

impl Default for Row {
    fn default() -> Self {
        let values = Node::new(Value::Table(Entries::new()), Span::default());
        Self { id: None, parents: IndexMap::new(), values }
    }
}

impl Row {
    /// The id, or one made of what the thing joins.
    fn id_of(&self, family: &Family, place: Span) -> Option<(String, Span)> {
        if let Some(cell) = &self.id {
            return Some((cell.text.clone(), cell.span));
        }
        let parts = id_from(family.key).iter().map(|key| self.values.get(key).and_then(Node::text));
        let parts: Option<Vec<&str>> = parts.collect();
        parts.filter(|parts| !parts.is_empty()).map(|parts| (parts.join("-"), place))
    }
}

/// The keys of which an id is made where the table gives none.
const fn id_from(family: &str) -> &'static [&'static str] {
    match family.as_bytes() {
        b"link" | b"section" => &["from", "to"],
        b"flow" => &["cargo", "from", "to"],
        _ => &[],
    }
}

/// Puts a value at a path, with the tables on the way to it.
fn put(root: &mut Node, keys: &[String], node: Node) {
    let Some((first, rest)) = keys.split_first() else { return };
    let (span, key) = (node.span, node.key);
    let Some(table) = root.table_mut() else { return };
    if rest.is_empty() {
        table.insert(first.clone(), node);
        return;
    }
    let empty = || Node { key, ..Node::new(Value::Table(Entries::new()), span) };
    put(table.entry(first.clone()).or_insert_with(empty), rest, node);
}
