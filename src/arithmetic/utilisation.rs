//! What is asked of a thing against what it can do.

use crate::ids::NodeId;
use crate::model::Plan;
use crate::words::Subject;

/// Kinds of things that have a utilisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Utilised {
    /// Servers of a facility.
    Facility,
    /// Paths of one direction of a line.
    Paths,
    /// Trains on a line at once.
    Places,
    /// The vessels of a fleet on one of its legs.
    FleetLeg,
    /// Things of a pool.
    Pool,
}

/// What is asked of a thing, and what it can do, in the same unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Utilisation {
    /// Kind of thing.
    pub of: Utilised,
    /// Parameter path: `node.aktau.facility.crane`, `link.x`, `fleet.f`, `pool.p`.
    pub path: Subject,
    /// Direction, where the thing has one.
    pub direction: Option<(NodeId, NodeId)>,
    /// What is asked of it.
    pub offered: f64,
    /// What it can do while open and in order.
    pub capacity: f64,
    /// Bodies (trains, shipments, vehicles) that come to it a day; not of vessels at berths.
    pub bodies: Option<f64>,
    /// Unit of both: `servers`, `trains/d`, `trains`, `TEU/d`, `things`.
    pub unit: String,
}

/// Above this share a queue is long and slow to drain.
const TIGHT: f64 = 0.85;

impl Utilisation {
    /// The path, with the direction where there is one.
    pub fn name(&self, plan: &Plan) -> String {
        let node = |node: NodeId| plan.labels.nodes[node.index()].as_str();
        match self.direction {
            Some((from, to)) => format!("{} ({} → {})", self.path, node(from), node(to)),
            None => self.path.to_string(),
        }
    }

    /// Offered ÷ capacity; infinite where something is asked of what can do nothing.
    pub fn ratio(&self) -> f64 {
        if self.offered <= 0.0 { 0.0 } else { self.offered / self.capacity }
    }

    /// The ratio in words: `93 %`, or that there is nothing to do it with.
    pub fn in_percent(&self) -> String {
        let ratio = self.ratio();
        if ratio.is_finite() { format!("{:.0} %", ratio * 100.0) } else { "none".to_owned() }
    }

    /// What comes of it, in words; nothing where there is room.
    pub fn verdict(&self) -> &'static str {
        if self.capacity <= 0.0 {
            "nothing to do it with"
        } else if self.is_over() {
            "will queue without end"
        } else if self.is_tight() {
            "tight"
        } else {
            ""
        }
    }

    /// More is asked than it can do: the queue grows as long as the demand lasts.
    pub fn is_over(&self) -> bool {
        self.ratio() > 1.0
    }

    /// It can do what is asked, with little to spare.
    pub fn is_tight(&self) -> bool {
        self.ratio() > TIGHT && !self.is_over()
    }
}
