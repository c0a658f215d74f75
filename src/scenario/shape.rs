//! Which alternative of the format a value takes.

use super::format::Kind;
use super::quantity::{Dimension, split};
use super::tree::{Node, Value};

/// The kind that a value is to be read as: of alternatives the first that fits, else the last of the same shape.
pub(super) fn choose(kind: &'static Kind, node: &Node) -> &'static Kind {
    let Kind::Either(alternatives) = kind else { return kind };
    let fitting = alternatives.iter().find(|kind| fits(kind, node));
    let shaped = || alternatives.iter().rev().find(|kind| has_shape(kind, node));
    fitting.or_else(shaped).map_or(kind, |kind| choose(kind, node))
}

/// Whether the value is surely meant to be of the kind.
fn fits(kind: &'static Kind, node: &Node) -> bool {
    has_shape(kind, node)
        && match kind {
            Kind::Word(words) => node.text().is_some_and(|text| words.iter().any(|allowed| allowed.word == text)),
            Kind::Quantity(Dimension::Rate) => node.text().is_some_and(|text| text.contains('/')),
            Kind::Quantity(dimension) => node.text().is_some_and(|text| dimension.parse(text).is_ok()),
            Kind::Share(..) => node.text().is_none_or(|text| split(text).is_ok_and(|(_, unit)| unit == "%")),
            Kind::Table(format) => node.keys().any(|key| format.field(key).is_some()),
            Kind::Random(..) => node.table().is_none_or(|table| table.contains_key("dist")),
            Kind::List(of) => node.list().is_some_and(|items| items.iter().all(|item| has_shape(of, item))),
            Kind::Exactly(count, of) => {
                node.list().is_some_and(|items| items.len() == *count && items.iter().all(|item| has_shape(of, item)))
            }
            Kind::Either(alternatives) => alternatives.iter().any(|kind| fits(kind, node)),
            _ => true,
        }
}

/// Whether a value has the outer form of the kind: text, number, list, table.
fn has_shape(kind: &'static Kind, node: &Node) -> bool {
    use Kind as K;
    match kind {
        K::Flag => matches!(node.value, Value::Flag(_)),
        K::Whole(..) => matches!(node.value, Value::Whole(_)),
        K::Number(..) => node.number().is_some(),
        K::Share(..) => node.number().is_some() || node.text().is_some(),
        K::Date => node.text().is_some() || matches!(node.value, Value::Date(_)),
        K::Random(..) => node.text().is_some() || node.table().is_some(),
        K::List(_) | K::Exactly(..) => node.list().is_some(),
        K::OneOrMore(of) => node.list().is_some() || has_shape(of, node),
        K::Either(alternatives) => alternatives.iter().any(|kind| has_shape(kind, node)),
        K::Map(..) | K::Table(_) | K::Things(..) | K::Settings | K::Series => node.table().is_some(),
        K::Other => true,
        _ => node.text().is_some(),
    }
}
