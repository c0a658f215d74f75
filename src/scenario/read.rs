//! TOML text to [`Node`]s, with all its syntax errors.

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::tree::{Node, Value};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span};

/// Reads a text; what could not be read is left out of the tree and reported.
pub(super) fn read(text: &str, file: FileId, found: &mut Diagnostics) -> Node {
    if text.trim().is_empty() {
        let message = "the file is empty";
        found.push(
            Diagnostic::error("empty-file", message, Some(Span { file, start: 0, end: 0 }))
                .help("the smallest scenario begins with `schema = 1`"),
        );
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    report(&errors, text, file, found);
    let span = whole(file, text);
    let value = Reader { file, start: 0, found }.table(table.into_inner());
    Node::new(value, span)
}

/// Reads one value, as it stands after `=` from a place of a text; `None` if it is no value of TOML.
pub fn parse_value(text: &str, file: FileId, start: usize, found: &mut Diagnostics) -> Option<Node> {
    let value = DeValue::parse(text).ok()?;
    Some(Reader { file, start, found }.value(value))
}

fn whole(file: FileId, text: &str) -> Span {
    Span { file, start: 0, end: text.len() }
}

fn report(errors: &[toml::de::Error], text: &str, file: FileId, found: &mut Diagnostics) {
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let span = Span { file, start: range.start, end: range.end };
        let written = text.get(range).unwrap_or_default();
        found.push(Diagnostic::error("syntax", plain(error.message(), written), Some(span)));
    }
}

/// The reader's words in those of people who do not program.
fn plain(message: &str, written: &str) -> String {
    if message.contains("recurse") || message.contains("recursion") {
        return "tables are nested too deeply (80 levels at most)".to_owned();
    }
    match message {
        "duplicate key" => format!("`{written}` is defined twice"),
        "string values must be quoted, expected literal string" if written.trim().is_empty() => {
            "a value is missing after `=`".to_owned()
        }
        "string values must be quoted, expected literal string" => {
            format!("a text stands in quotes: \"{}\"", written.trim())
        }
        "invalid basic string, expected `\"`" => "the text does not end: a closing `\"` is missing".to_owned(),
        _ => message.to_owned(),
    }
}

struct Reader<'a> {
    file: FileId,
    /// Where in the file the text begins.
    start: usize,
    found: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn table(&mut self, table: DeTable<'_>) -> Value {
        let mut entries = IndexMap::with_capacity(table.len());
        for (key, value) in table {
            let key_span = self.span(key.span());
            let mut node = self.value(value);
            node.key = Some(key_span);
            entries.insert(key.into_inner().into_owned(), node);
        }
        Value::Table(entries)
    }

    fn value(&mut self, value: Spanned<DeValue<'_>>) -> Node {
        let span = self.span(value.span());
        let value = match value.into_inner() {
            DeValue::String(text) => Value::Text(text.into_owned()),
            DeValue::Integer(whole) => self.whole(whole.as_str(), whole.radix(), span),
            DeValue::Float(number) => self.number(number.as_str(), span),
            DeValue::Boolean(flag) => Value::Flag(flag),
            DeValue::Datetime(date) => Value::Date(date.to_string()),
            DeValue::Array(items) => Value::List(items.into_iter().map(|item| self.value(item)).collect()),
            DeValue::Table(table) => self.table(table),
        };
        Node::new(value, span)
    }

    fn whole(&mut self, digits: &str, radix: u32, span: Span) -> Value {
        Value::Whole(i64::from_str_radix(digits, radix).unwrap_or_else(|_| {
            let message = format!("the number {digits} is too large");
            let help = format!("whole numbers reach from {} to {}", i64::MIN, i64::MAX);
            self.found.push(Diagnostic::error("number", message, Some(span)).help(help));
            0
        }))
    }

    fn number(&mut self, digits: &str, span: Span) -> Value {
        let number: f64 = digits.parse().unwrap_or(f64::NAN);
        if !number.is_finite() {
            self.found.push(Diagnostic::error("number", format!("{digits} is not a finite number"), Some(span)));
        }
        Value::Number(number)
    }

    const fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span { file: self.file, start: self.start + range.start, end: self.start + range.end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_syntax_errors_are_reported_and_the_rest_is_read() {
        let mut found = Diagnostics::default();
        let tree = read("a = 1\nb = \nc = 3\nd = [1,, 2]\ne = 5\n", FileId::default(), &mut found);
        assert!(found.len() >= 2, "{found:?}");
        assert_eq!(tree.get("e").and_then(Node::number), Some(5.0));
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_overflow() {
        let mut found = Diagnostics::default();
        read(&format!("a = {}", "[".repeat(100_000)), FileId::default(), &mut found);
        assert!(found.iter().any(|one| one.message.contains("nested too deeply")), "{:?}", found.iter().next());
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        let mut found = Diagnostics::default();
        read("a = nan\nb = -inf\nc = 99999999999999999999\n", FileId::default(), &mut found);
        assert_eq!(found.len(), 3);
    }
}
