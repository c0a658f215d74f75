//! A value times a factor, and the figures that a factor would act on.

use crate::scenario::format::{Format, Kind};
use crate::scenario::law;
use crate::scenario::quantity::{Dimension, share, split};
use crate::scenario::series::CalendarPeriod;
use crate::scenario::shape::choose;
use crate::scenario::tree::{Node, Value};

/// Where a multiplied share ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cap {
    /// At the end of what the format lets it be: 100 %.
    Bound,
    /// Half-way between what it was and that end, which it must not reach: what is always closed never opens.
    HalfWay,
}

/// Parameters of a law that are multiplied: the mean or, where there is none, each value.
const MEAN: &[&str] = &["mean"];
const VALUES: &[&str] = &["low", "mode", "high", "values"];

/// Multiplies a quantity, number or share, the mean of a distribution (where it has none, each of its values), each
/// element of a list; a number or share stays within the bounds of its kind.
pub(super) fn scale(node: &mut Node, kind: &'static Kind, factor: f64, cap: Cap) {
    match choose(kind, node) {
        Kind::Quantity(_) => written(node, &|number, _| number * factor),
        Kind::Number(least, most) => written(node, &|number, _| (number * factor).clamp(*least, *most)),
        Kind::Share(least, most) => written(node, &|number, unit| {
            let whole = if unit == "%" { 100.0 } else { 1.0 };
            let most = if cap == Cap::HalfWay { f64::midpoint(number / whole, *most) } else { *most };
            (number * factor).clamp(least * whole, most * whole)
        }),
        Kind::Random(..) => law(node, factor),
        Kind::Series => {
            let amounts = node.table_mut().into_iter().flatten();
            amounts.for_each(|(_, amount)| written(amount, &|number, _| number * factor));
        }
        Kind::List(of) | Kind::Exactly(_, of) | Kind::OneOrMore(of) => match &mut node.value {
            Value::List(items) => items.iter_mut().for_each(|item| scale(item, of, factor, cap)),
            _ => scale(node, of, factor, cap),
        },
        Kind::Table(format) => {
            for (key, entry) in node.table_mut().into_iter().flatten() {
                if let Some(kind) = figure(format, key) {
                    scale(entry, kind, factor, cap);
                }
            }
        }
        _ => {}
    }
}

/// The kind of a key of a line of a tariff or of emissions, if it is what the line is about.
fn figure(format: &'static Format, key: &str) -> Option<&'static Kind> {
    format.field(key).map(|field| &field.kind).filter(|kind| matches!(kind, Kind::Quantity(_)))
}

fn law(node: &mut Node, factor: f64) {
    let Some(entries) = node.table_mut() else { return };
    let keys = if entries.contains_key("mean") { MEAN } else { VALUES };
    for (_, entry) in entries.iter_mut().filter(|(key, _)| keys.contains(&key.as_str())) {
        match &mut entry.value {
            Value::List(items) => items.iter_mut().for_each(|item| written(item, &|number, _| number * factor)),
            _ => written(entry, &|number, _| number * factor),
        }
    }
}

/// Acts on a number as it is written, with its unit.
fn written(node: &mut Node, act: &dyn Fn(f64, &str) -> f64) {
    match &mut node.value {
        Value::Whole(whole) => node.value = Value::Number(act(*whole as f64, "")),
        Value::Number(number) => *number = act(*number, ""),
        Value::Text(text) => {
            if let Ok((number, unit)) = split(text) {
                *text = format!("{} {unit}", act(number, unit));
            }
        }
        _ => {}
    }
}

/// A figure in the inner unit of its dimension, with the word of its unit where that is free.
pub(super) type Figure = (f64, String);

/// The figures that [`scale`] multiplies, laws by their means.
pub(super) fn figures(node: &Node, kind: &'static Kind) -> Vec<Figure> {
    match choose(kind, node) {
        Kind::Quantity(dimension) => quantity(node, *dimension).into_iter().collect(),
        Kind::Number(..) => node.number().map(plain).into_iter().collect(),
        Kind::Share(..) => as_share(node).map(plain).into_iter().collect(),
        // The mean of a factor is 1.
        Kind::Random(Dimension::Factor, _) => Vec::new(),
        Kind::Random(dimension, _) => mean(node, *dimension).into_iter().collect(),
        Kind::Series => mean_rate(node).into_iter().collect(),
        Kind::List(of) | Kind::Exactly(_, of) | Kind::OneOrMore(of) => {
            node.items().iter().flat_map(|item| figures(item, of)).collect()
        }
        Kind::Table(format) => {
            let entries = node.table().into_iter().flatten();
            let lines = entries.filter_map(|(key, entry)| Some((entry, figure(format, key)?)));
            lines.flat_map(|(entry, kind)| figures(entry, kind)).collect()
        }
        _ => Vec::new(),
    }
}

fn plain(number: f64) -> Figure {
    (number, String::new())
}

fn quantity(node: &Node, dimension: Dimension) -> Option<Figure> {
    dimension.parse(node.text()?).ok().map(|quantity| (quantity.value, free(quantity.unit, dimension)))
}

/// Units of other dimensions than these convert into each other.
fn free(unit: String, dimension: Dimension) -> String {
    let is_free = matches!(dimension, Dimension::Amount | Dimension::Rate | Dimension::Price | Dimension::Tariff);
    if is_free { unit } else { String::new() }
}

fn as_share(node: &Node) -> Option<f64> {
    node.text().map_or_else(|| node.number(), |text| share(text).ok())
}

fn mean(node: &Node, dimension: Dimension) -> Option<Figure> {
    let made = law::build(node, dimension, &|_| Some(1.0))?.ok()?;
    let unit = ["mean", "low", "values"].into_iter().find_map(|key| node.get(key)?.items().first());
    let unit = unit.and_then(|first| law::value(first, dimension)).map(|(_, unit)| unit);
    Some((made.mean(), free(unit.unwrap_or_default(), dimension)))
}

/// The mean rate of counted amounts.
fn mean_rate(node: &Node) -> Option<Figure> {
    let (mut amount, mut hours, mut unit) = (0.0, 0.0, String::new());
    for (key, entry) in node.table()? {
        let (units, word) = quantity(entry, Dimension::Amount)?;
        let days: f64 = CalendarPeriod::parse(key)?.days_of_months().map(|(_, days)| days).sum();
        (amount, hours, unit) = (amount + units, hours + 24.0 * days, word);
    }
    (hours > 0.0).then_some((amount / hours, unit))
}

/// One end of a range, as the kind of the value that it is about reads it.
pub(super) fn end(node: &Node, kind: &'static Kind) -> Option<Figure> {
    match crate::scenario::validate::ranged(kind) {
        Some(dimension) => quantity(node, dimension),
        None => as_share(node).map(plain),
    }
}
