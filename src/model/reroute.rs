//! Switching shipments that are under way: where they may leave their route, for which other, and what that costs.
//!
//! A shipment switches at a *switching point*: the step of a node behind which nothing of the next leg has been taken yet, and
//! all work of the arrival is done. What it then goes on by is a program of its own, a *detour*, which has the steps of the
//! old route up to that point and from there on what the new route asks of cargo that stands there. So whatever a shipment
//! holds (room in a storage, wagons) is what its new program thinks that it holds.

use crate::ids::{GateId, NodeId, ProgramId};
use crate::random::{Distribution, StreamId};
use crate::units::Duration;

/// All that switching needs; empty where nobody may switch.
#[derive(Clone, Debug, Default)]
pub struct Reroutes {
    /// By flow: how its shipments decide; `None` where they do not.
    pub rules: Vec<Option<Rule>>,
    /// By program: its switching points, in order of their steps.
    pub switches: Vec<Vec<Switch>>,
    /// By gate: how long before a dated spell begins it is known. What opens or closes by the scenario's own dates is
    /// always known.
    pub announced: Vec<Duration>,
    /// Gates over stations, by station.
    pub over_stations: Vec<Vec<GateId>>,
    /// Gates over lines, by line and direction.
    pub over_lines: Vec<[Vec<GateId>; 2]>,
    /// Gates over sailings, by fleet and call.
    pub over_sailings: Vec<Vec<Vec<GateId>>>,
    /// How often those who wait look again; each with the flows for which it holds.
    pub reviews: Vec<Duration>,
}

impl Reroutes {
    /// Whether nobody may switch.
    pub fn is_empty(&self) -> bool {
        self.reviews.is_empty()
    }

    /// The switching point at a step of a program.
    pub fn switch_at(&self, program: ProgramId, step: u32) -> Option<&Switch> {
        self.switches.get(program.index())?.iter().find(|switch| switch.step == step)
    }

    /// The last switching point at or before a step of a program.
    pub fn switch_before(&self, program: ProgramId, step: u32) -> Option<&Switch> {
        self.switches.get(program.index())?.iter().rfind(|switch| switch.step <= step)
    }
}

/// How the shipments of a flow decide.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Share of those who decide at all.
    pub informed: f64,
    /// Named source of who they are (entity: the shipment).
    pub informed_stream: StreamId,
    /// Value of a day of a unit of cargo, dollars; of a flow that chooses, that of its choice.
    pub value_of_time: Distribution,
    /// Named source of it (entity: the shipment).
    pub value_stream: StreamId,
    /// From a closure, an opening or a ban until it is known.
    pub delay: Duration,
    /// How often those who wait look again: an index into [`Reroutes::reviews`].
    pub review: usize,
    /// Least gain, dollars a unit.
    pub threshold: f64,
    /// What switching costs, dollars a unit.
    pub switching_cost: f64,
    /// Least gain as a share of the cost that is left.
    pub hysteresis: f64,
    /// How often a shipment may switch.
    pub most: u8,
}

impl Rule {
    /// Whether `other` is so much cheaper than `own`, both generalised costs of the way that is left, that one switches.
    pub fn switches(&self, own: f64, other: f64) -> bool {
        let other = other + self.switching_cost;
        other < own * (1.0 - self.hysteresis) && own - other > self.threshold
    }
}

/// A step at which a shipment may go on by another route.
#[derive(Clone, Debug, PartialEq)]
pub struct Switch {
    /// Index of the step.
    pub step: u32,
    /// Where.
    pub node: NodeId,
    /// Dollars a unit still to be paid on the own route.
    pub usd: f64,
    /// Milliseconds of the own route without any waiting.
    pub free_flow_ms: f64,
    /// The other routes.
    pub onwards: Vec<Onward>,
}

/// Another route from a switching point.
#[derive(Clone, Debug, PartialEq)]
pub struct Onward {
    /// Its program, the same up to the switching point.
    pub program: ProgramId,
    /// Dollars a unit still to be paid on it.
    pub usd: f64,
    /// Milliseconds of it, from the origin on, without any waiting.
    pub free_flow_ms: f64,
    /// Its place among [`super::Labels::switches`].
    pub label: u32,
}

/// A switch for results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwitchLabel {
    /// The flow.
    pub flow: crate::ids::FlowId,
    /// The route that is left.
    pub from: String,
    /// Where.
    pub node: NodeId,
    /// The route that is taken.
    pub to: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gain_must_be_above_the_threshold_and_above_its_share_of_what_is_left() {
        let law = || Distribution::constant(60.0).unwrap();
        let rule = |threshold, hysteresis| Rule {
            informed: 1.0,
            informed_stream: StreamId::of("informed"),
            value_of_time: law(),
            value_stream: StreamId::of("value"),
            delay: Duration::ZERO,
            review: 0,
            threshold,
            switching_cost: 50.0,
            hysteresis,
            most: 2,
        };
        assert!(!rule(0.0, 0.0).switches(1000.0, 950.0) && rule(0.0, 0.0).switches(1000.0, 949.0));
        assert!(!rule(0.0, 0.1).switches(1000.0, 850.0) && rule(0.0, 0.1).switches(1000.0, 849.0));
        assert!(!rule(150.0, 0.1).switches(1000.0, 800.0) && rule(150.0, 0.1).switches(1000.0, 799.0));
    }
}
