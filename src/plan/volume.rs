//! Other volumes than those given, from the same shipments.

use super::Plan;
use super::bounds::too_many_shipments;
use super::error::{PlanError, Problem};
use crate::plan::model::Flow;
use crate::random::{Entity, StreamId};

/// Most times the given volume.
const MOST_TIMES: u64 = 1000;
/// An ordinal of a copy holds the number of the copy from this bit on; no flow makes so many shipments.
const COPY_BIT: u32 = 40;

/// How much of a flow comes, against what is given; the same in each epoch.
///
/// Below 1, each shipment comes or stays away by a draw of its own, so that those that come at a lesser factor all come
/// at a greater one. Above 1, copies of the flow come beside it, with draws of their own, the last of them thinned in the
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

impl Flow {
    /// Identity of the `n`th shipment of a copy; copy 0 is the flow as given.
    pub fn shipment(&self, copy: u32, n: u64) -> Entity {
        let key = if copy == 0 { self.key } else { self.volume.gained_key };
        Entity::shipment(key, Volume::ordinal(copy, n))
    }
}

impl Plan {
    /// The same plan where the nth flow of its labels has `factors[n]` times the volume that is given; flows beyond
    /// the end of `factors` have what is given. What a pool makes to bring its things home has no volume of its own and
    /// follows the rest.
    ///
    /// Results of plans that differ in factors only have the same rows. With all factors 1 the outcomes are those of
    /// this plan to the bit; with others, shipments that come in both have the same size, route and moment.
    ///
    /// # Errors
    /// Factors that are negative, no number, or ask for more shipments than can be carried through.
    pub fn with_volume_factors(&self, factors: &[f64]) -> Result<Self, Vec<PlanError>> {
        let mut plan = self.clone();
        for (_, model) in &mut plan.epochs {
            for (flow, &factor) in model.flows.iter_mut().zip(factors) {
                flow.volume.factor = factor;
            }
        }
        let problem =
            |flow: &Flow| out_of_range(flow.volume.factor).or_else(|| too_many_shipments(flow, plan.clock.end));
        let flows = plan.epochs.iter().flat_map(|(_, model)| model.flows.iter().zip(&plan.labels.flows));
        let errors = flows
            .filter_map(|(flow, label)| Some(PlanError::new(format!("flow.{}.response", label.id), problem(flow)?)));
        let mut errors: Vec<PlanError> = errors.collect();
        errors.dedup();
        if errors.is_empty() { Ok(plan) } else { Err(errors) }
    }
}

fn out_of_range(factor: f64) -> Option<Problem> {
    let what = "the volume as a multiple of what is given";
    match factor {
        factor if factor.is_nan() || factor < 0.0 => Some(Problem::Negative { what, value: factor }),
        factor if factor > MOST_TIMES as f64 => Some(Problem::Excess { what, value: factor, most: MOST_TIMES }),
        _ => None,
    }
}
