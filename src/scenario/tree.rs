//! A scenario as a tree of values that know where they were set, before it has types.
//!
//! Includes, overlays, changes and settings all work on it. A value's origin is the span it was read from: of a
//! file, of a `--set` text, or of the format's defaults.

use std::fmt::{self, Write as _};

use indexmap::IndexMap;

use crate::diagnostic::Span;

/// A table in the order in which its keys were set.
pub type Entries = IndexMap<String, Node>;

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it says.
    pub value: Value,
    /// Where the value stands.
    pub span: Span,
    /// Where its key stands, if it has one.
    pub key: Option<Span>,
}

/// A value of TOML; dates stay texts until their meaning is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A real number.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// A date or a time.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Entries),
}

/// Equal in content: places do not count.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Node {
    /// A value without a key.
    pub const fn new(value: Value, span: Span) -> Self {
        Self { value, span, key: None }
    }

    /// Where to point when the key is meant.
    pub fn key_span(&self) -> Span {
        self.key.unwrap_or(self.span)
    }

    /// The entries, if it is a table.
    pub const fn table(&self) -> Option<&Entries> {
        if let Value::Table(entries) = &self.value { Some(entries) } else { None }
    }

    /// The entries, if it is a table.
    pub const fn table_mut(&mut self) -> Option<&mut Entries> {
        if let Value::Table(entries) = &mut self.value { Some(entries) } else { None }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The elements, if it is a list.
    pub fn list(&self) -> Option<&[Self]> {
        if let Value::List(items) = &self.value { Some(items) } else { None }
    }

    /// The elements of a list, or the value itself as the only one.
    pub fn items(&self) -> &[Self] {
        self.list().unwrap_or(std::slice::from_ref(self))
    }

    /// The number, whole or not.
    pub const fn number(&self) -> Option<f64> {
        match self.value {
            Value::Whole(whole) => Some(whole as f64),
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The entry of a table.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.table()?.get(key)
    }

    /// What a path of keys leads to.
    pub fn at<S: AsRef<str>>(&self, path: &[S]) -> Option<&Self> {
        path.iter().try_fold(self, |node, key| node.get(key.as_ref()))
    }

    /// What a path of keys leads to.
    pub fn at_mut<S: AsRef<str>>(&mut self, path: &[S]) -> Option<&mut Self> {
        path.iter().try_fold(self, |node, key| node.table_mut()?.get_mut(key.as_ref()))
    }

    /// The keys, if it is a table.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.table().into_iter().flat_map(|entries| entries.keys().map(String::as_str))
    }
}

impl Value {
    /// What it is, in words for messages.
    pub const fn what(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Whole(_) => "a whole number",
            Self::Number(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// As TOML writes it, tables in line.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Value::Text(text) => f.write_str(&quoted(text)),
            Value::Whole(whole) => write!(f, "{whole}"),
            Value::Number(number) => f.write_str(&number_text(*number)),
            Value::Flag(flag) => write!(f, "{flag}"),
            Value::Date(date) => f.write_str(date),
            Value::List(items) => write!(f, "[{}]", joined(items.iter().map(ToString::to_string))),
            Value::Table(entries) if entries.is_empty() => f.write_str("{}"),
            Value::Table(entries) => {
                write!(f, "{{ {} }}", joined(entries.iter().map(|(key, node)| format!("{} = {node}", key_text(key)))))
            }
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn number_text(number: f64) -> String {
    if number.is_nan() {
        "nan".to_owned()
    } else if number.is_infinite() {
        (if number > 0.0 { "inf" } else { "-inf" }).to_owned()
    } else {
        // The shortest digits that read back as the same number, always with a point or an exponent.
        format!("{number:?}")
    }
}

/// A key as TOML writes it: bare where that is allowed.
pub fn key_text(key: &str) -> String {
    if is_bare(key) { key.to_owned() } else { quoted(key) }
}

/// Whether a key needs no quotes: letters, digits, `-` and `_`.
pub fn is_bare(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    text.chars().for_each(|letter| push_escaped(&mut out, letter));
    out.push('"');
    out
}

fn push_escaped(out: &mut String, letter: char) {
    match letter {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        letter if letter.is_control() => drop(write!(out, "\\u{:04X}", u32::from(letter))),
        letter => out.push(letter),
    }
}

/// A parameter path, as its keys.
pub(super) type Keyed = Vec<String>;

/// Splits a path at its dots.
pub(super) fn keys(path: &str) -> Keyed {
    path.split('.').map(|key| key.trim().trim_matches('"').to_owned()).collect()
}
