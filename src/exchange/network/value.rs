//! Cells as values of the format.

use super::heading::Heading;
use super::lists::items;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::scenario::format::Kind;
use crate::scenario::parse_value;
use crate::scenario::tree::{Node, Value};
use crate::tables::{Cell, number};

/// How the cells of a table are read.
#[derive(Clone, Copy)]
pub(super) struct Habits {
    /// The mark before decimals, where the table shows it.
    pub(super) decimal: Option<char>,
}

impl Habits {
    /// The value of a cell under its heading; what does not fit the format is found by its checks, at this cell.
    pub(super) fn value(
        self,
        cell: &Cell,
        heading: &Heading,
        kind: &'static Kind,
        found: &mut Diagnostics,
    ) -> Option<Node> {
        if cell.is_failed_formula() {
            let message = format!("the formula has no value ({})", cell.text);
            found.push(
                Diagnostic::error("formula", message, Some(cell.span)).help("mend the formula, or write the value"),
            );
            return None;
        }
        if is_toml(&cell.text, kind) {
            let value = parse_value(&cell.text, cell.span.file, cell.span.start, found);
            if let Some(node) = value {
                return Some(Node { span: cell.span, ..node });
            }
            if !matches!(kind, Kind::Text) {
                let message = format!("`{}` is no list or table in the form of TOML", cell.text);
                let help = "items between semicolons, or such as [1, 2] and { mean = \"9 h\", dist = \"exponential\" }";
                found.push(Diagnostic::error("value", message, Some(cell.span)).help(help));
                return None;
            }
        }
        Some(self.of_text(&cell.text, heading.unit.as_deref(), kind, cell.span))
    }

    fn of_text(self, text: &str, unit: Option<&str>, kind: &'static Kind, span: Span) -> Node {
        if let Some(of) = items_of(kind)
            && (items(text).is_some() || !takes_one(kind))
        {
            let items = items(text).unwrap_or_else(|| vec![text]);
            let list = items.into_iter().map(|item| self.of_text(item, unit, of, span)).collect();
            return Node::new(Value::List(list), span);
        }
        Node::new(self.scalar(text, unit, kind), span)
    }

    fn scalar(self, text: &str, unit: Option<&str>, kind: &Kind) -> Value {
        let (is_number, is_quantity) = (takes_numbers(kind), takes_quantities(kind));
        if takes_flags(kind)
            && let Some(flag) = flag(text)
        {
            return Value::Flag(flag);
        }
        match number(text, self.decimal) {
            Ok(number) if is_quantity && unit.is_some() => {
                Value::Text(format!("{number} {}", unit.unwrap_or_default()))
            }
            Ok(number) if is_number => whole(number),
            _ if is_quantity || is_number => Value::Text(self.quantity(text)),
            _ => Value::Text(text.to_owned()),
        }
    }

    /// `1 485,5 t` as the format writes it: `1485.5 t`.
    fn quantity(self, text: &str) -> String {
        let Some(start) = text.find(|c: char| c.is_alphabetic() || c == '%') else { return text.to_owned() };
        let (figures, unit) = text.split_at(start);
        number(figures, self.decimal).map_or_else(|_| text.to_owned(), |number| format!("{number} {unit}"))
    }
}

/// Whether a cell is written as in a scenario file; free texts may begin with a bracket.
fn is_toml(text: &str, kind: &Kind) -> bool {
    text.starts_with('"') || text.starts_with(['[', '{']) && !matches!(kind, Kind::Text)
}

fn whole(number: f64) -> Value {
    /// Beyond it not every whole number is one of these.
    const MOST: f64 = 9e15;
    if number.fract() == 0.0 && number.abs() < MOST { Value::Whole(number as i64) } else { Value::Number(number) }
}

fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

/// Of what a list is.
fn items_of(kind: &'static Kind) -> Option<&'static Kind> {
    match kind {
        Kind::List(of) | Kind::OneOrMore(of) | Kind::Exactly(_, of) => Some(of),
        Kind::Either(kinds) => kinds.iter().find_map(|kind| items_of(kind)),
        _ => None,
    }
}

/// Whether a single item may stand there without a list.
fn takes_one(kind: &Kind) -> bool {
    matches!(kind, Kind::OneOrMore(_)) || matches!(kind, Kind::Either(_)) && takes_scalars(kind)
}

fn any(kind: &Kind, is: fn(&Kind) -> bool) -> bool {
    is(kind)
        || match kind {
            Kind::Either(kinds) => kinds.iter().any(|kind| any(kind, is)),
            Kind::OneOrMore(of) => any(of, is),
            _ => false,
        }
}

fn takes_scalars(kind: &Kind) -> bool {
    any(kind, |kind| {
        !matches!(
            kind,
            Kind::List(_) | Kind::OneOrMore(_) | Kind::Exactly(..) | Kind::Either(_) | Kind::Map(..) | Kind::Table(_)
        )
    })
}

fn takes_numbers(kind: &Kind) -> bool {
    any(kind, |kind| matches!(kind, Kind::Whole(..) | Kind::Number(..) | Kind::Share(..)))
}

fn takes_quantities(kind: &Kind) -> bool {
    any(kind, |kind| matches!(kind, Kind::Quantity(_) | Kind::Random(..) | Kind::Share(..)))
}

fn takes_flags(kind: &Kind) -> bool {
    any(kind, |kind| matches!(kind, Kind::Flag))
}
