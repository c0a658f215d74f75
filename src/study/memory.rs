//! How much memory replications will take, by arithmetic before they are simulated.

use crate::arithmetic::{Utilisation, utilisations};
use crate::engine::{WAITING_SHIPMENT, gone_shipment};
use crate::model::{Arrivals, Flow};
use crate::model::{FlowLabel, Labels, Plan, RouteLabel, SectionLabel};
use crate::results::{Catalogue, Own, Space};
use crate::units::{MS_PER_DAY, SimTime};
use crate::words::{Subject, SubjectKind};

/// Where nothing grows a shipment is under way this many times as long as it would be without any waiting.
const WITH_WAITING: f64 = 2.0;

/// Bytes of a row in the summary and while it is written: its key, its figures, its text.
const SUMMARISED_ROW: usize = 1500;
/// Bytes that a shipment leaves in the histograms of its replication, of which most hold it alone: bin, gap and mass.
const IN_HISTOGRAMS: f64 = 8.0;

/// What replications are expected to take.
#[derive(Clone, Debug, PartialEq)]
pub struct MemoryNeed {
    /// Bytes of a replication under way.
    pub bytes: f64,
    /// Bytes that are kept of a replication when it is over, in memory as far as a [`Space`] has room.
    pub kept: f64,
    /// Bytes of what is made of all of them in the end.
    pub summary: f64,
    /// Shipments under way at the end of the clock, most of them waiting.
    pub waiting: f64,
    /// Where a queue grows that makes the most of them wait, as its parameter path.
    pub queue: Option<Subject>,
}

impl MemoryNeed {
    /// Bytes of so many replications, so many of them at once, beyond what the scenario takes.
    pub fn of_all(&self, number: u64, at_once: u64) -> f64 {
        let kept = (self.kept * number as f64).min(Space::default().bound() as f64);
        self.bytes * at_once as f64 + kept + self.summary
    }
}

/// What replications of a plan will take by arithmetic, with rows as in a frame: of the shipments that come, those for which a
/// capacity has no room wait until the end, and the others leave their journeys.
pub fn memory_need(plan: &Plan, catalogue: &Catalogue) -> MemoryNeed {
    let growing: Vec<Utilisation> = utilisations(plan).into_iter().filter(Utilisation::is_over).collect();
    let flows = plan.epochs[0].1.flows.iter().zip(&plan.labels.flows);
    let days = plan.clock.end.since(SimTime::ZERO).days().max(1.0);
    let (mut bytes, mut waiting, mut made) = (0.0, 0.0, 0.0);
    for (flow, label) in flows {
        let shipments = shipments(flow, plan.clock.end);
        let Way { nodes, sections, duration } = Way::of(&plan.labels, label);
        // The highest utilisation comes first.
        let excess = growing
            .iter()
            .find(|utilisation| touches(plan, utilisation, label))
            .map_or(0.0, |utilisation| 1.0 - 1.0 / utilisation.ratio());
        let still = shipments * excess.max((duration / days).min(1.0));
        waiting += still;
        made += shipments;
        bytes += still * WAITING_SHIPMENT as f64 + shipments * gone_shipment(sections, nodes) as f64;
    }
    let rows = catalogue.rows.len() * size_of::<f64>() + catalogue.pooled.len() * size_of::<Own>();
    MemoryNeed {
        bytes,
        kept: rows as f64 + made * IN_HISTOGRAMS,
        summary: (catalogue.rows.len() * SUMMARISED_ROW) as f64,
        waiting,
        queue: growing.first().map(|utilisation| utilisation.path.clone()),
    }
}

/// What a shipment of a flow passes at most.
struct Way {
    nodes: usize,
    sections: usize,
    /// Days.
    duration: f64,
}

impl Way {
    fn of(labels: &Labels, flow: &FlowLabel) -> Self {
        let routes: Vec<&RouteLabel> = flow.routes.iter().map(|route| &labels.routes[route.index()]).collect();
        let passes = |section: &&SectionLabel| {
            let (from, to) = section.ends;
            routes.iter().any(|route| route.nodes.contains(&from) && route.nodes.contains(&to))
        };
        let free = routes.iter().map(|route| route.free_flow_ms).fold(0.0, f64::max);
        Self {
            nodes: routes.iter().map(|route| route.nodes.len()).max().unwrap_or(0),
            sections: labels.sections.iter().filter(passes).count(),
            duration: WITH_WAITING * free / MS_PER_DAY as f64,
        }
    }
}

/// Whether a flow passes a thing; of fleets and pools it is not asked.
fn touches(plan: &Plan, utilisation: &Utilisation, flow: &FlowLabel) -> bool {
    let labels = &plan.labels;
    let routes = || flow.routes.iter().map(|route| &labels.routes[route.index()]);
    match (utilisation.path.kind(), utilisation.path.owner()) {
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
