//! Names and figures that results need and the engine does not.

use super::{ChoiceLabel, Payee, Prices, Response, SwitchLabel};
use crate::ids::{CargoId, FleetId, FlowId, LinkId, NodeId, PlaceId, RouteId, SectionId};
use crate::units::{Duration, Kilometres};
use crate::words::{Cause, Statistic, Subject};

/// A cell of the time table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellLabel {
    /// Where.
    pub place: PlaceId,
    /// Why.
    pub cause: Cause,
}

/// Names by index, and figures that only results use.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// Places by [`PlaceId`]: parameter paths (`node.aktau`, `node.aktau.facility.crane`, `link.x`, `pool.y`).
    pub places: Vec<Subject>,
    /// Cells by [`crate::ids::CellId`].
    pub cells: Vec<CellLabel>,
    /// By cell: whether it is at a facility that does border work.
    pub border: Vec<bool>,
    /// Nodes: id.
    pub nodes: Vec<String>,
    /// Nodes: country, where known.
    pub countries: Vec<Option<String>>,
    /// Nodes: UN/LOCODE, where known.
    pub locodes: Vec<Option<String>>,
    /// Nodes: name for people.
    pub node_names: Vec<String>,
    /// Sections, fleets and pools that have a name for people.
    pub names: Vec<(Subject, String)>,
    /// Nodes: latitude and longitude, where known.
    pub positions: Vec<Option<(f64, f64)>>,
    /// Cargoes: id and unit.
    pub cargoes: Vec<(String, String)>,
    /// Cargoes: value in USD a tonne, value of time in USD a tonne and day.
    pub cargo_values: Vec<(f64, f64)>,
    /// Links.
    pub links: Vec<LinkLabel>,
    /// Flows, those of pools last.
    pub flows: Vec<FlowLabel>,
    /// Routes, flat over flows.
    pub routes: Vec<RouteLabel>,
    /// Choices among routes, in the order of the model.
    pub choices: Vec<ChoiceLabel>,
    /// Switches that shipments under way may make.
    pub switches: Vec<SwitchLabel>,
    /// Routes outside the corridor.
    pub outsides: Vec<OutsideLabel>,
    /// Sections.
    pub sections: Vec<SectionLabel>,
    /// The figure that answers begin with: a section, and which number of it; `None`: tonnes carried.
    pub headline: Option<(SectionId, Statistic)>,
    /// Stations.
    pub stations: Vec<StationLabel>,
    /// Lines: the link.
    pub lines: Vec<LinkId>,
    /// Pools.
    pub pools: Vec<PoolLabel>,
    /// Storages: path, capacity and unit.
    pub storages: Vec<(Subject, f64, String)>,
    /// Fleets.
    pub fleets: Vec<FleetLabel>,
    /// What is charged, from the beginning of the clock and from each moment on at which that changes; one at least.
    pub prices: Vec<Prices>,
    /// By meter: who is paid for what it reads.
    pub meters: Vec<Payee>,
    /// By due: who is paid by vessels.
    pub dues: Vec<Payee>,
    /// Kinds of ships from outside, in the order of the model: `visit.ID`, or `visit.ID.kind.KIND`; and the visit.
    pub visiting: Vec<(Subject, Subject)>,
    /// Legs: link, from node, to node.
    pub legs: Vec<(LinkId, NodeId, NodeId)>,
    /// Queues of stations, lines, pools, storages, legs, forming places and bans, one after another: the subject of their
    /// rows. Forming places of one yard share it.
    pub queues: Vec<Subject>,
    /// Gates: path of the closure (`closure.aktau-weather`).
    pub gates: Vec<Subject>,
    /// Bans: id.
    pub bans: Vec<String>,
    /// Named periods: id, months 1 to 12.
    pub periods: Vec<(String, Vec<u8>)>,
}

/// A route outside the corridor for results.
#[derive(Clone, Debug)]
pub struct OutsideLabel {
    /// Id.
    pub id: String,
    /// By cargo: dollars a unit.
    pub usd_per_unit: Vec<f64>,
    /// Length, where known.
    pub length: Option<Kilometres>,
    /// Grams of CO2 equivalent a tonne, where known.
    pub grams_per_tonne: Option<f64>,
}

/// A link for results.
#[derive(Clone, Debug)]
pub struct LinkLabel {
    /// Id.
    pub id: String,
    /// Ends.
    pub ends: (NodeId, NodeId),
    /// `rail`, `sea`, `road`, `pipeline`.
    pub mode: &'static str,
    /// Length where known.
    pub length: Option<Kilometres>,
    /// Longitude and latitude of points along it, from its first end; none where its shape is not known.
    pub shape: Vec<[f64; 2]>,
    /// Trains a day of one direction left to this traffic, where limited.
    pub paths_per_day: Option<f64>,
    /// Operator.
    pub operator: Option<String>,
}

/// A flow for results.
#[derive(Clone, Debug)]
pub struct FlowLabel {
    /// Id (`pool.P.return` for a flow that a pool makes).
    pub id: String,
    /// Its cargo.
    pub cargo: CargoId,
    /// Counted in subject `corridor`.
    pub counted: bool,
    /// Made by a pool.
    pub of_pool: bool,
    /// A stock that waits on purpose.
    pub stock: bool,
    /// Tags.
    pub tags: Vec<(String, String)>,
    /// Later than this is late.
    pub deadline: Option<Duration>,
    /// How its volume answers to time and cost, if it does.
    pub response: Option<Response>,
    /// Routes of it.
    pub routes: Vec<RouteId>,
}

/// A route for results.
#[derive(Clone, Debug)]
pub struct RouteLabel {
    /// Flow.
    pub flow: FlowId,
    /// `[flow.F.route.ID]` or the nodes joined by `-`.
    pub id: String,
    /// Nodes in order.
    pub nodes: Vec<NodeId>,
    /// Links in order.
    pub links: Vec<LinkId>,
    /// Places in `nodes` where border work is done on this route, rising.
    pub borders: Vec<usize>,
    /// What a unit pays in all as the clock begins: crossings at the mean of the fleets that may carry it, and what is
    /// charged by time as if it waited for nothing.
    pub usd_per_unit: f64,
    /// Grams of CO2 equivalent a unit as the clock begins, fleets included where the link says so.
    pub grams_per_unit: f64,
    /// Kilometres.
    pub length: Kilometres,
    /// Time on links and in services without any waiting, in milliseconds (the mean).
    pub free_flow_ms: f64,
}

/// A section for results.
#[derive(Clone, Debug)]
pub struct SectionLabel {
    /// Id.
    pub id: String,
    /// Ends.
    pub ends: (NodeId, NodeId),
    /// It ends when a shipment sets out from its second end, not when it arrives there.
    pub until_leaves: bool,
    /// Later than this is late.
    pub deadline: Option<Duration>,
    /// Its index among sections.
    pub index: SectionId,
}

/// A station for results.
#[derive(Clone, Debug)]
pub struct StationLabel {
    /// Path: `node.N.facility.F`.
    pub path: Subject,
    /// Node.
    pub node: NodeId,
    /// Word of its kind.
    pub kind: &'static str,
    /// Serves vessels.
    pub vessels: bool,
}

/// A pool for results.
#[derive(Clone, Debug)]
pub struct PoolLabel {
    /// Id.
    pub id: String,
}

/// A fleet for results.
#[derive(Clone, Debug)]
pub struct FleetLabel {
    /// Id.
    pub id: String,
    /// Its index.
    pub index: FleetId,
    /// Operator.
    pub operator: Option<String>,
    /// By call: the countries whose revenue the next leg makes, with their shares, which add up to 1.
    pub countries: Vec<Vec<(String, f64)>>,
    /// By cargo: room that a unit takes.
    pub room_per_unit: Vec<f64>,
    /// By call: kilometres of the next leg.
    pub kilometres: Vec<f64>,
    /// Usable load of the first vessel in the unit of its capacity, and that unit.
    pub capacity: (f64, String),
}
