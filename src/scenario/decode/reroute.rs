//! Switching shipments that are under way.

use super::fields::Fields;
use super::money::price;
use super::read;
use crate::scenario::types::Reroute;

pub(super) fn reroute(fields: &Fields<'_>) -> Option<Reroute> {
    let charge = |key| fields.need(key, |node| price(node).map(|(charge, _)| charge));
    Some(Reroute {
        flows: fields.flows("flows")?.unwrap_or_default(),
        at: fields.each("at", read::text)?,
        informed: fields.need("informed", read::share)?,
        delay: fields.need("delay", read::duration)?,
        review: fields.need("review", read::duration)?,
        threshold: charge("threshold")?,
        switching_cost: charge("switching-cost")?,
        hysteresis: fields.need("hysteresis", read::share)?,
        switches: fields.need("switches", read::whole)?,
        key: fields.may("key", read::text)?,
    })
}
