//! Tonnes and other amounts as they are printed.

use crate::report::rounding::round_to;
use crate::stats::Estimate;

pub(super) const PER_MILLION: f64 = 1e6;

pub(super) fn millions(tonnes: Option<&Estimate>) -> String {
    let scaled = |tonnes: &Estimate| {
        round_to(tonnes.mean / PER_MILLION, tonnes.half_width.map(|width| width / PER_MILLION)).to_string()
    };
    tonnes.map_or_else(|| "–".to_owned(), scaled)
}

pub(super) fn estimate(estimate: Option<&Estimate>) -> String {
    estimate.map_or_else(|| "–".to_owned(), |estimate| round_to(estimate.mean, estimate.half_width).to_string())
}
