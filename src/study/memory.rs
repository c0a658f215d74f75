//! How much memory a replication will take, by arithmetic before it is simulated.

use crate::arithmetic::{Load, loads};
use crate::engine::{WAITING_SHIPMENT, gone_shipment};
use crate::model::{Arrivals, Flow, Plan};
use crate::units::SimTime;
use crate::words::{Subject, SubjectKind};

/// Days that a shipment is under way where nothing grows: as long as some of the corridor's are.
const DAYS_UNDER_WAY: f64 = 60.0;

/// What a replication is expected to take.
#[derive(Clone, Debug, PartialEq)]
pub struct MemoryNeed {
    /// Bytes.
    pub bytes: f64,
    /// Shipments under way at the end of the clock, most of them waiting.
    pub waiting: f64,
    /// Where a queue grows that makes the most of them wait, as its parameter path.
    pub queue: Option<Subject>,
}

/// What a replication of a plan will take by arithmetic: of the shipments that come, those for which a capacity has no room
/// wait until the end, and the others leave their journeys.
pub fn memory_need(plan: &Plan) -> MemoryNeed {
    let growing: Vec<Load> = loads(plan).into_iter().filter(Load::is_over).collect();
    let flows = plan.epochs[0].1.flows.iter().zip(&plan.labels.flows);
    let days = plan.clock.end.since(SimTime::ZERO).days().max(1.0);
    let (mut bytes, mut waiting) = (0.0, 0.0);
    for (flow, label) in flows {
        let shipments = shipments(flow, plan.clock.end);
        let routes = label.routes.iter().map(|route| &plan.labels.routes[route.index()]);
        let nodes = routes.map(|route| route.nodes.len()).max().unwrap_or(0);
        // The highest load comes first.
        let excess =
            growing.iter().find(|load| touches(plan, load, label)).map_or(0.0, |load| 1.0 - 1.0 / load.ratio());
        let still = shipments * excess.max((DAYS_UNDER_WAY / days).min(1.0));
        waiting += still;
        bytes += still * WAITING_SHIPMENT as f64 + shipments * gone_shipment(plan.labels.sections.len(), nodes) as f64;
    }
    MemoryNeed { bytes, waiting, queue: growing.first().map(|load| load.path.clone()) }
}

/// Whether a flow passes a thing; of fleets and pools it is not asked.
fn touches(plan: &Plan, load: &Load, flow: &crate::model::FlowLabel) -> bool {
    let labels = &plan.labels;
    let routes = || flow.routes.iter().map(|route| &labels.routes[route.index()]);
    match (load.path.kind(), load.path.owner()) {
        (SubjectKind::Node, Some(id)) => {
            routes().any(|route| route.nodes.iter().any(|node| labels.nodes[node.index()] == id))
        }
        (SubjectKind::Link, Some(id)) => {
            routes().any(|route| route.links.iter().any(|link| labels.links[link.index()].id == id))
        }
        _ => true,
    }
}

/// Shipments that are expected until a moment.
fn shipments(flow: &Flow, end: SimTime) -> f64 {
    let arrivals = match &flow.arrivals {
        Arrivals::None => 0.0,
        Arrivals::Times(times) => times.iter().filter(|occasion| occasion.time < end).count() as f64,
        Arrivals::Poisson | Arrivals::Regular | Arrivals::Renewal(_) => {
            let piece = flow.rate.iter().rev().find(|piece| piece.start < end);
            piece.map_or(0.0, |piece| piece.before + end.since(piece.start).ms() as f64 * piece.per_ms)
        }
    };
    arrivals * f64::from(flow.batch) * flow.volume.factor
}
