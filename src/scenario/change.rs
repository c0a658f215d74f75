//! Changes of parameters: `[[change]]` of an overlay, `--set` of the command line.
//!
//! All paths are found before anything is changed, so that a change never depends on those before it having made
//! its target, and one that touches nothing is an error.

use thiserror::Error;

use super::format::Kind;
use super::path;
use super::quantity::{Dimension, Rate, split};
use super::read;
use super::series::CalendarPeriod;
use super::tree::{Entries, Keyed, Node, Value, keys, quoted};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFiles, SourceKind, Span, did_you_mean};

/// What a change touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeReport {
    /// The path as written.
    pub path: String,
    /// Number of parameters that it touched.
    pub touched: usize,
    /// Where the change was written.
    pub span: Span,
}

/// A change that is not yet applied.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    path: String,
    action: Action,
    span: Span,
}

#[derive(Clone, Debug)]
enum Action {
    Set(Node),
    Multiply(Node),
    Add(Node),
    Remove,
}

/// A setting of the command line: `PATH=VALUE`, `PATH+=X`, `PATH*=X`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    text: String,
    path: String,
    sign: Option<char>,
    value: String,
    start: usize,
    /// Where it was written, if not in the command line.
    place: Option<String>,
}

/// Why a text is no setting.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "`{0}` is no setting: it wants PATH=VALUE, PATH+=VALUE or PATH*=VALUE, such as fleet.aktau-alat-feeder.vessels+=2"
)]
pub struct SettingError(String);

impl Setting {
    /// Reads a setting.
    ///
    /// # Errors
    /// The text has no `=`, no path or no value.
    pub fn parse(text: &str) -> Result<Self, SettingError> {
        let at = text.find('=').ok_or_else(|| SettingError(text.to_owned()))?;
        let sign = text[..at].chars().next_back().filter(|sign| matches!(sign, '+' | '*'));
        // A pattern may end in `*`; a sign stands apart from it or after it.
        let path = text[..at - usize::from(sign.is_some())].trim();
        let value = text[at + 1..].trim();
        if path.is_empty() || value.is_empty() {
            return Err(SettingError(text.to_owned()));
        }
        let start = at + 1 + (text[at + 1..].len() - text[at + 1..].trim_start().len());
        Ok(Self { text: text.to_owned(), path: path.to_owned(), sign, value: value.to_owned(), start, place: None })
    }

    /// The setting that gives a parameter a value.
    ///
    /// # Errors
    /// The path or the value is empty, or the path is none.
    pub fn new(path: &str, value: impl std::fmt::Display) -> Result<Self, SettingError> {
        let text = format!("{path}={value}");
        let setting = Self::parse(&text)?;
        if setting.sign.is_none() && setting.path == path.trim() { Ok(setting) } else { Err(SettingError(text)) }
    }

    /// The same, told in findings as what stands at a place, such as the cell of a sheet.
    #[must_use]
    pub fn written_at(self, place: impl Into<String>) -> Self {
        Self { place: Some(place.into()), ..self }
    }

    /// The setting as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The parameter path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What it does, as a line of a `[[change]]`.
    pub fn as_change(&self) -> String {
        let action = match self.sign {
            Some('+') => "add",
            Some(_) => "multiply",
            None => "set",
        };
        let is_written = toml::de::DeValue::parse(&self.value).is_ok();
        format!("{action} = {}", if is_written { self.value.clone() } else { quoted(&self.value) })
    }

    /// Keeps the text among the sources, so that values know that it set them.
    pub(super) fn edit(&self, sources: &mut SourceFiles, found: &mut Diagnostics) -> Option<Edit> {
        let name = self.place.clone().unwrap_or_else(|| format!("--set {}", self.text));
        let file = sources.add(name, &self.text, SourceKind::Setting);
        let span = Span { file, start: self.start, end: self.start + self.value.len() };
        let bare = || Node::new(Value::Text(self.value.clone()), span);
        let value = read::parse_value(&self.value, file, self.start, found).unwrap_or_else(bare);
        let action = match self.sign {
            Some('+') => Action::Add(value),
            Some(_) => Action::Multiply(value),
            None => Action::Set(value),
        };
        let span = Span { file, start: 0, end: self.path.len() };
        let edit = Edit { path: self.path.clone(), action, span };
        well_formed(edit, found)
    }
}

/// Reads the `[[change]]` tables of an overlay.
pub(super) fn read_changes(changes: &Node, found: &mut Diagnostics) -> Vec<Edit> {
    changes.items().iter().filter_map(|change| read_change(change, found)).collect()
}

const KEYS: [&str; 7] = ["path", "set", "multiply", "add", "remove", "note", "source"];

fn read_change(change: &Node, found: &mut Diagnostics) -> Option<Edit> {
    let Some(entries) = change.table() else {
        found.push(
            Diagnostic::error("change", "a change is a table", Some(change.span))
                .help("write it as [[change]] with `path` and `set`"),
        );
        return None;
    };
    for (key, entry) in entries.iter().filter(|(key, _)| !KEYS.contains(&key.as_str())) {
        let near = did_you_mean(key, KEYS)
            .unwrap_or_else(|| "a change has path and one of set, multiply, add, remove".to_owned());
        found.push(
            Diagnostic::error("unknown-key", format!("unknown key `{key}` in a change"), Some(entry.key_span()))
                .help(near),
        );
    }
    let Some(path) = change.get("path").filter(|path| path.text().is_some()) else {
        found.push(
            Diagnostic::error("change", "a change has no `path`", Some(change.span)).help("path = \"fleet.F.vessels\""),
        );
        return None;
    };
    let actions: Vec<Action> = entries.iter().filter_map(|(key, node)| action(key, node)).collect();
    let [action] = &actions[..] else {
        let message = "a change wants exactly one of `set`, `multiply`, `add`, `remove = true`";
        found.push(Diagnostic::error("change", message, Some(path.span)));
        return None;
    };
    well_formed(Edit { path: path.text()?.to_owned(), action: action.clone(), span: path.span }, found)
}

fn action(key: &str, node: &Node) -> Option<Action> {
    match key {
        "set" => Some(Action::Set(node.clone())),
        "multiply" => Some(Action::Multiply(node.clone())),
        "add" => Some(Action::Add(node.clone())),
        "remove" if node.value == Value::Flag(true) => Some(Action::Remove),
        _ => None,
    }
}

fn well_formed(edit: Edit, found: &mut Diagnostics) -> Option<Edit> {
    if let Action::Multiply(by) = &edit.action
        && by.number().is_none()
    {
        found.push(Diagnostic::error("change", format!("{by} is no number to multiply by"), Some(by.span)));
        return None;
    }
    Some(edit)
}

/// Applies changes in order; all their paths are found first.
pub(super) fn apply(tree: &mut Node, edits: Vec<Edit>, found: &mut Diagnostics) -> Vec<ChangeReport> {
    let targets: Vec<(Edit, Vec<Keyed>)> = edits
        .into_iter()
        .map(|edit| {
            let targets = targets(tree, &edit, found);
            (edit, targets)
        })
        .collect();
    targets.into_iter().map(|(edit, paths)| apply_one(tree, edit, &paths, found)).collect()
}

fn targets(tree: &Node, edit: &Edit, found: &mut Diagnostics) -> Vec<Keyed> {
    let keys = keys(&edit.path);
    let is_set = matches!(edit.action, Action::Set(_));
    let mut targets = path::matches(tree, &keys, is_set);
    if !is_set
        && let [flow, id, last] = &keys[..]
        && last == "volume"
    {
        // Where a flow has counted amounts, they are its volume.
        targets.extend(path::matches(tree, &[flow.clone(), id.clone(), "volumes".to_owned()], false));
    }
    if targets.is_empty() {
        let message = format!("`{}` leads to no parameter", edit.path);
        found.push(
            Diagnostic::error("unknown-path", message, Some(edit.span)).maybe_help(path::suggestion(tree, &keys)),
        );
    }
    targets
}

fn apply_one(tree: &mut Node, edit: Edit, paths: &[Keyed], found: &mut Diagnostics) -> ChangeReport {
    let mut touched = 0;
    for path in paths {
        match act(tree, path, &edit) {
            Ok(()) => touched += 1,
            // A pattern means what is there.
            Err(Unfit::Removed) if edit.path.contains('*') => {}
            Err(unfit) => {
                let message = format!("`{}` {unfit}", path.join("."));
                found.push(Diagnostic::error("change", message, Some(edit.span)));
            }
        }
    }
    ChangeReport { path: edit.path, touched, span: edit.span }
}

/// Why a change cannot be made at a path.
#[derive(Debug, Error)]
enum Unfit {
    #[error("was removed by an earlier change")]
    Removed,
    #[error("{0}")]
    Other(String),
}

impl From<String> for Unfit {
    fn from(message: String) -> Self {
        Self::Other(message)
    }
}

fn act(tree: &mut Node, path: &[String], Edit { action, span, .. }: &Edit) -> Result<(), Unfit> {
    match action {
        Action::Set(value) => {
            let is_things = matches!(path::place(path, Some(tree)), Some(path::Place::Things(_)));
            if is_things {
                return Err("holds things; set their parameters".to_owned().into());
            }
            write(tree, path, Node { key: Some(*span), ..value.clone() }).ok_or(Unfit::Removed)
        }
        Action::Remove => remove(tree, path),
        Action::Multiply(by) => {
            let factor = by.number().unwrap_or(1.0);
            let is_series = is_series(tree, path);
            let node = tree.at_mut(path).ok_or(Unfit::Removed)?;
            node.key = Some(*span);
            let multiplied = match node.table_mut().filter(|_| is_series) {
                Some(entries) => entries
                    .values_mut()
                    .try_for_each(|entry| on_numbers(entry, by.span, &|number, _| Ok(number * factor))),
                None => on_numbers(node, by.span, &|number, _| Ok(number * factor)),
            };
            Ok(multiplied?)
        }
        Action::Add(more) => {
            let (dimension, is_series) = (dimension_of(tree, path), is_series(tree, path));
            let node = tree.at_mut(path).ok_or(Unfit::Removed)?;
            node.key = Some(*span);
            let added = match node.table_mut().filter(|_| is_series) {
                Some(entries) => entries.iter_mut().try_for_each(|(key, entry)| add_to_count(key, entry, more)),
                None => on_numbers(node, more.span, &|number, unit| Ok(number + addend(more, unit, dimension)?)),
            };
            Ok(added?)
        }
    }
}

/// Whether a path leads to counted amounts.
fn is_series(tree: &Node, path: &[String]) -> bool {
    matches!(path::place(path, Some(tree)), Some(path::Place::Value(Kind::Series)))
}

/// Adds an amount to the amount of a period; of a rate what comes in the period.
fn add_to_count(key: &str, entry: &mut Node, more: &Node) -> Result<(), String> {
    let rate = more.text().and_then(Rate::parse);
    let (Some(rate), Some(period)) = (rate, CalendarPeriod::parse(key)) else {
        return on_numbers(entry, more.span, &|number, unit| Ok(number + addend(more, unit, Some(Dimension::Amount))?));
    };
    let amount = Node::new(Value::Text(format!("{} {}", rate.within(&period), rate.unit)), more.span);
    let added = |number, unit: &str| Ok(number + addend(&amount, unit, Some(Dimension::Amount))?);
    on_numbers(entry, more.span, &added)
}

/// Writes a value at a path whose parent is a table; `None` if there is no such table.
pub(super) fn write(tree: &mut Node, path: &[String], value: Node) -> Option<()> {
    let (last, parent) = path.split_last()?;
    let replaced = match path::place(parent, Some(tree)) {
        Some(path::Place::Fields(format)) => format.replaced_by(last),
        _ => &[],
    };
    if path::is_absent_table(tree, parent) {
        let (table, owner) = parent.split_last()?;
        let own =
            Node { key: value.key.or(Some(value.span)), ..Node::new(Value::Table(Entries::default()), value.span) };
        tree.at_mut(owner).and_then(Node::table_mut)?.insert(table.clone(), own);
    }
    let entries = tree.at_mut(parent).and_then(Node::table_mut)?;
    entries.retain(|key, _| !replaced.contains(&key.as_str()));
    let key = value.key.or(Some(value.span));
    entries.insert(last.clone(), Node { key, ..value });
    Some(())
}

fn remove(tree: &mut Node, path: &[String]) -> Result<(), Unfit> {
    let (last, parent) = path.split_last().ok_or_else(|| "cannot be removed".to_owned())?;
    if let Some(path::Place::Fields(format)) = path::place(parent, Some(tree))
        && format.field(last).is_some_and(|field| field.required)
    {
        return Err("cannot be removed: it must be there".to_owned().into());
    }
    let entries = tree.at_mut(parent).and_then(Node::table_mut).ok_or(Unfit::Removed)?;
    entries.shift_remove(last).map(drop).ok_or(Unfit::Removed)
}

type OnNumber<'a> = &'a dyn Fn(f64, &str) -> Result<f64, String>;

/// Acts on a number, a quantity, each element of a list, the mean of a distribution or, where it has none, each of
/// its values.
fn on_numbers(node: &mut Node, span: Span, act: OnNumber<'_>) -> Result<(), String> {
    match &mut node.value {
        Value::Whole(whole) => node.value = numbered(act(*whole as f64, "")?),
        Value::Number(number) => *number = rounded(act(*number, "")?),
        Value::Text(text) => {
            let (number, unit) = split(text).map_err(|_| format!("is {text:?}, which is not a number"))?;
            let number = rounded(act(number, unit)?);
            *text = if unit.is_empty() { number.to_string() } else { format!("{number} {unit}") };
        }
        Value::List(items) => return items.iter_mut().try_for_each(|item| on_numbers(item, span, act)),
        Value::Table(entries) if entries.contains_key("dist") => {
            let keys: &[&str] =
                if entries.contains_key("mean") { &["mean"] } else { &["low", "mode", "high", "values"] };
            for (_, entry) in entries.iter_mut().filter(|(key, _)| keys.contains(&key.as_str())) {
                on_numbers(entry, span, act)?;
            }
            return Ok(());
        }
        other => return Err(format!("is {}, which is not a number", other.what())),
    }
    node.span = span;
    Ok(())
}

/// Whole where it is whole: counts stay counts.
fn numbered(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9e15 {
        Value::Whole(number as i64)
    } else {
        Value::Number(rounded(number))
    }
}

/// To 15 digits: 9 × 1.4 is 12.6, not 12.599999999999998.
fn rounded(number: f64) -> f64 {
    format!("{number:.14e}").parse().unwrap_or(number)
}

fn dimension_of(tree: &Node, path: &[String]) -> Option<Dimension> {
    match path::place(path, Some(tree))? {
        path::Place::Parameter(dimension) => Some(dimension),
        path::Place::Value(kind) => super::validate::ranged(kind),
        _ => None,
    }
}

/// What is added, in the unit of what it is added to.
fn addend(more: &Node, unit: &str, dimension: Option<Dimension>) -> Result<f64, String> {
    let misfit =
        || format!("is counted in {}, to which {more} does not add", if unit.is_empty() { "no unit" } else { unit });
    let Some(text) = more.text() else {
        return more.number().filter(|_| unit.is_empty()).ok_or_else(misfit);
    };
    let (number, own) = split(text).map_err(|_| misfit())?;
    if own == unit {
        return Ok(number);
    }
    let dimension = dimension.ok_or_else(misfit)?;
    let (from, word) = dimension.unit(own).ok_or_else(misfit)?;
    let (to, onto) = dimension.unit(unit).ok_or_else(misfit)?;
    // Free units do not convert into each other; fixed ones do.
    let is_free = matches!(dimension, Dimension::Amount | Dimension::Rate | Dimension::Price | Dimension::Tariff);
    if is_free && word != onto { Err(misfit()) } else { Ok(number * from / to) }
}
