//! Other volumes than those given, from the same shipments.

use super::bounds::too_many_shipments;
use super::error::{PlanError, Problem};
use crate::model::{Flow, Plan};

/// Most times the given volume.
const MOST_TIMES: u64 = 1000;
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
