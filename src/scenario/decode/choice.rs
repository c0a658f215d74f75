//! Choices among routes.

use super::fields::Fields;
use super::money::price;
use super::read;
use crate::scenario::quantity::Dimension;
use crate::scenario::types::{Choice, ChoiceModel};

pub(super) fn choice(fields: &Fields<'_>) -> Option<Choice> {
    Some(Choice {
        flows: fields.flows("flows")?.unwrap_or_default(),
        model: fields.need(
            "model",
            read::word(&[
                ("fixed", ChoiceModel::Fixed),
                ("pivot", ChoiceModel::Pivot),
                ("logit", ChoiceModel::Logit),
                ("path-size", ChoiceModel::PathSize),
            ]),
        )?,
        scale: fields.need("scale", read::number)?,
        value_of_time: fields.may("value-of-time", |node| read::dollars(node, Dimension::WorthOfTime))?,
        value_of_time_spread: fields.need("value-of-time-spread", read::number)?,
        outside: fields.map("outside", read::share)?,
        constant: fields.map("constant", |node| price(node).map(|(charge, _)| charge))?,
        key: fields.may("key", read::text)?,
    })
}
