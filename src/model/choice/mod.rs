//! Choices among routes: who chooses, among what, and with what weights.

mod label;
mod terms;
mod weights;

pub use label::{AlternativeLabel, ChoiceLabel, ChoiceModel};
pub use terms::RouteTerms;
pub use weights::{RouteLink, Weight, in_common, moves, path_sizes, shares};

use super::Plan;
use crate::ids::ProgramId;
use crate::random::{Distribution, StreamId};

/// A choice of every shipment of some flows.
///
/// What a shipment does at the base weights is given: the route that its flow, or the share of its flow's routes, says. Its
/// other alternatives get the times of an exponential race of which it is known who won it: T = E for the given one (all
/// weights sum to 1), T + E ÷ share for the others, with E a standard exponential keyed by the shipment and the alternative.
/// At weights w an alternative comes in at T × share ÷ w, and the first is taken. That is the multinomial logit at any
/// weights (Maddison, Tarlow, Minka, "A* sampling", 2014, in its exponential form), the given route at the base weights, and
/// nobody moves between two alternatives whose weights do not change.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Routes of the flows, in their order, then those outside the corridor.
    pub alternatives: Vec<Alternative>,
    /// Value of a day of a unit of cargo, dollars.
    pub value_of_time: Distribution,
    /// Named source of the value of time (entity: the shipment).
    pub value_stream: StreamId,
    /// Named source of the time at which the given alternative comes in (entity: the shipment).
    pub first_stream: StreamId,
    /// Whether the route at the base weights is given; otherwise all times are E ÷ w.
    pub is_given: bool,
}

impl Choice {
    /// Whether every shipment does what is given.
    pub fn is_at_base(&self) -> bool {
        self.is_given && self.alternatives.iter().all(Alternative::is_at_base)
    }
}

/// One of the things to choose.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// What is done.
    pub taken: Taken,
    /// Base share of the market; 0 for what nobody takes in the base.
    pub share: f64,
    /// Weight now.
    pub weight: Weight,
    /// Named source of its times (entity: the shipment).
    pub stream: StreamId,
}

impl Alternative {
    fn is_at_base(&self) -> bool {
        if self.share > 0.0 {
            self.weight.slope == 0.0 && self.weight.intercept.to_bits() == libm::log(self.share).to_bits()
        } else {
            self.weight.is_never()
        }
    }
}

/// What an alternative is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A route of a flow.
    Route(ProgramId),
    /// A route outside the corridor, by its place among them.
    Outside(u32),
}

/// How the shipments of a flow choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Chooses {
    /// The choice, by its place among choices.
    pub choice: u32,
    /// The alternative that is the flow's first route; its others follow.
    pub first: u32,
    /// Shippers of the market that are outside the corridor in the base.
    pub outsiders: Vec<Outsiders>,
}

/// Shipments that take a route outside the corridor at the base weights. They come as those of the flow do, so many times
/// as often, with random numbers of their own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outsiders {
    /// The alternative that they take.
    pub alternative: u32,
    /// Shipments for one of the flow.
    pub per_shipment: f64,
    /// Identity: shipments are (this, ordinal).
    pub key: StreamId,
    /// Named source of their gaps (entity: the ordinal of the arrival).
    pub gap_stream: StreamId,
}

impl Plan {
    /// The same plan with other weights, by choice and alternative.
    ///
    /// Results of plans that differ in weights only have the same rows. With the base weights the outcomes are those of the
    /// plan as compiled, to the bit.
    ///
    /// # Panics
    /// If there are not as many weights as alternatives.
    #[must_use]
    pub fn with_weights(&self, weights: &[Vec<Weight>]) -> Self {
        let mut plan = self.clone();
        for (_, model) in &mut plan.epochs {
            assert_eq!(model.choices.len(), weights.len(), "one list of weights a choice");
            for (choice, weights) in model.choices.iter_mut().zip(weights) {
                assert_eq!(choice.alternatives.len(), weights.len(), "one weight an alternative");
                for (alternative, weight) in choice.alternatives.iter_mut().zip(weights) {
                    alternative.weight = *weight;
                }
            }
        }
        plan
    }
}
