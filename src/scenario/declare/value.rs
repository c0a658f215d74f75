//! Readers of single values.

use crate::random::Distribution;
use crate::scenario::law;
use crate::scenario::quantity::{Dimension, Quantity, share as share_text};
use crate::scenario::tree::{Node, Value};
use crate::units::{Duration, Kilometres, KmPerHour, Mass, Usd};

pub(in crate::scenario) fn text(node: &Node) -> Option<String> {
    node.text().map(str::to_owned)
}

pub(in crate::scenario) const fn flag(node: &Node) -> Option<bool> {
    if let Value::Flag(flag) = node.value { Some(flag) } else { None }
}

/// A whole number that its type holds.
pub(in crate::scenario) fn whole<T: TryFrom<i64>>(node: &Node) -> Option<T> {
    if let Value::Whole(whole) = node.value { T::try_from(whole).ok() } else { None }
}

pub(in crate::scenario) fn number(node: &Node) -> Option<f64> {
    node.number().filter(|number| number.is_finite())
}

pub(in crate::scenario) fn share(node: &Node) -> Option<f64> {
    node.text().map_or_else(|| number(node), |text| share_text(text).ok())
}

pub(in crate::scenario) fn quantity(node: &Node, dimension: Dimension) -> Option<Quantity> {
    dimension.parse(node.text()?).ok()
}

fn inner(node: &Node, dimension: Dimension) -> Option<f64> {
    quantity(node, dimension).map(|quantity| quantity.value)
}

pub(in crate::scenario) fn duration(node: &Node) -> Option<Duration> {
    inner(node, Dimension::Time).map(Duration::from_real_ms)
}

pub(in crate::scenario) fn mass(node: &Node) -> Option<Mass> {
    inner(node, Dimension::Mass).map(|kilograms| Mass::from_kg(kilograms.round() as i64))
}

pub(in crate::scenario) fn length(node: &Node) -> Option<Kilometres> {
    inner(node, Dimension::Length).map(Kilometres::new)
}

pub(in crate::scenario) fn speed(node: &Node) -> Option<KmPerHour> {
    inner(node, Dimension::Speed).map(KmPerHour::new)
}

pub(in crate::scenario) fn level(node: &Node) -> Option<f64> {
    inner(node, Dimension::Level)
}

pub(in crate::scenario) fn dollars(node: &Node, dimension: Dimension) -> Option<Usd> {
    inner(node, dimension).map(Usd::new)
}

pub(in crate::scenario) fn years(node: &Node) -> Option<f64> {
    inner(node, Dimension::Age)
}

pub(in crate::scenario) fn amount(node: &Node) -> Option<Quantity> {
    quantity(node, Dimension::Amount)
}

pub(in crate::scenario) fn grams(node: &Node) -> Option<f64> {
    inner(node, Dimension::Emission)
}

/// A law of milliseconds.
pub(in crate::scenario) fn time_law(node: &Node) -> Option<Distribution> {
    law::build(node, Dimension::Time, &|_| Some(1.0))?.ok()
}

/// A law of mean 1.
pub(in crate::scenario) fn factor_law(node: &Node) -> Option<Distribution> {
    law::build(node, Dimension::Factor, &|_| Some(1.0))?.ok()
}
