//! Other volumes than those given, from the same shipments, and what calls them forth.

use crate::random::StreamId;

/// An ordinal of a copy holds the number of the copy from this bit on; no flow makes so many shipments.
const COPY_BIT: u32 = 40;

/// How volumes answer to time and cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Response {
    /// Change of volume for one day more, a share.
    pub day: f64,
    /// Elasticity to cost.
    pub cost: f64,
}

/// How much of a flow comes, against what is given; the same in each epoch.
///
/// Below 1, each shipment comes or stays away by a draw of its own, so that those that come at a lesser factor all come
/// at a greater one. Above 1, copies of the flow come beside it, with random numbers of their own, the last of them thinned in the
/// same way: 2.3 is the flow as given, one whole copy, and three tenths of another.
#[derive(Clone, Debug)]
pub struct Volume {
    /// Volume ÷ given volume, 0 or more; 1 is as given.
    pub factor: f64,
    /// Named source of staying away (entity: the shipment).
    pub stream: StreamId,
    /// Identity of copies: their shipments are (this, ordinal).
    pub gained_key: StreamId,
    /// Named source of the gaps of copies (entity: the ordinal of the arrival).
    pub gained_gap_stream: StreamId,
}

impl Volume {
    /// Copies that come beside the flow as given.
    pub fn copies(&self) -> u32 {
        (self.factor.ceil() as u32).saturating_sub(1)
    }

    /// The share of a copy's shipments that come, 0 to 1; copy 0 is the flow as given.
    pub fn share(&self, copy: u32) -> f64 {
        (self.factor - f64::from(copy)).clamp(0.0, 1.0)
    }

    /// The ordinal by which the `n`th of a copy draws; the flow as given and its first copy count from 0.
    pub const fn ordinal(copy: u32, n: u64) -> u64 {
        n + ((copy.saturating_sub(1) as u64) << COPY_BIT)
    }
}
