//! Readers of single values.

use crate::random::Distribution;
use crate::scenario::law;
use crate::scenario::quantity::{Dimension, Quantity, share as share_text};
use crate::scenario::tree::{Node, Value};
use crate::scenario::types::Rate;
use crate::units::{Duration, Kilometres, KmPerHour, Mass, Usd};

pub(super) fn text(node: &Node) -> Option<String> {
    node.text().map(str::to_owned)
}

pub(super) const fn flag(node: &Node) -> Option<bool> {
    if let Value::Flag(flag) = node.value { Some(flag) } else { None }
}

/// A whole number that its type holds.
pub(super) fn whole<T: TryFrom<i64>>(node: &Node) -> Option<T> {
    if let Value::Whole(whole) = node.value { T::try_from(whole).ok() } else { None }
}

pub(super) fn number(node: &Node) -> Option<f64> {
    node.number().filter(|number| number.is_finite())
}

pub(super) fn share(node: &Node) -> Option<f64> {
    node.text().map_or_else(|| number(node), |text| share_text(text).ok())
}

pub(super) fn quantity(node: &Node, dimension: Dimension) -> Option<Quantity> {
    dimension.parse(node.text()?).ok()
}

fn inner(node: &Node, dimension: Dimension) -> Option<f64> {
    quantity(node, dimension).map(|quantity| quantity.value)
}

pub(super) fn duration(node: &Node) -> Option<Duration> {
    inner(node, Dimension::Time).map(Duration::from_real_ms)
}

pub(super) fn mass(node: &Node) -> Option<Mass> {
    inner(node, Dimension::Mass).map(|kilograms| Mass::from_kg(kilograms.round() as i64))
}

pub(super) fn length(node: &Node) -> Option<Kilometres> {
    inner(node, Dimension::Length).map(Kilometres::new)
}

pub(super) fn speed(node: &Node) -> Option<KmPerHour> {
    inner(node, Dimension::Speed).map(KmPerHour::new)
}

pub(super) fn level(node: &Node) -> Option<f64> {
    inner(node, Dimension::Level)
}

pub(super) fn dollars(node: &Node, dimension: Dimension) -> Option<Usd> {
    inner(node, dimension).map(Usd::new)
}

pub(super) fn years(node: &Node) -> Option<f64> {
    inner(node, Dimension::Age)
}

pub(super) fn amount(node: &Node) -> Option<Quantity> {
    quantity(node, Dimension::Amount)
}

pub(super) fn grams(node: &Node) -> Option<f64> {
    inner(node, Dimension::Emission)
}

/// A law of milliseconds.
pub(super) fn time_law(node: &Node) -> Option<Distribution> {
    law::build(node, Dimension::Time, &|_| Some(1.0))?.ok()
}

/// A law of mean 1.
pub(super) fn factor_law(node: &Node) -> Option<Distribution> {
    law::build(node, Dimension::Factor, &|_| Some(1.0))?.ok()
}

/// One of the words, as the value that stands beside it.
pub(super) fn word<T: Copy>(words: &'static [(&'static str, T)]) -> impl Fn(&Node) -> Option<T> {
    move |node| words.iter().find(|(word, _)| Some(*word) == node.text()).map(|(_, value)| *value)
}

/// A rate an hour.
pub(super) fn rate(node: &Node) -> Option<Rate> {
    quantity(node, Dimension::Rate).map(|rate| Rate { per_hour: rate.value, unit: rate.unit })
}
