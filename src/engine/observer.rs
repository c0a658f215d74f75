//! What happens, told to whoever wants to know.

use super::outcome::Segment;
use crate::ids::{CellId, FleetId, FlowId, GateId, LegId, LineId, NodeId, RouteId, StationId, StorageId};
use crate::units::{Duration, Mass, SimTime, Size};

/// Receives every fact of a replication in order.
pub trait Observer {
    /// Whether it wants to be told anything; what it would be told is not even made ready otherwise.
    const LISTENS: bool = true;

    /// Takes one fact.
    fn note(&mut self, note: Note);

    /// Takes the end of a part, and what its time was booked to. Every part of every shipment has an end: what is under way
    /// when the clock ends, then, with what was booked until it last moved on by itself.
    fn ended(&mut self, _: Ended, _: &[Segment]) {}
}

/// Wants to know nothing; costs nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Observer for Silent {
    const LISTENS: bool = false;

    #[inline]
    fn note(&mut self, _: Note) {}
}

/// How a part of a shipment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// When.
    pub time: SimTime,
    /// When the shipment was made.
    pub made: SimTime,
    /// How.
    pub how: End,
    /// Its flow.
    pub flow: FlowId,
    /// The route that it was on.
    pub route: RouteId,
    /// The identity of the shipment that it is, or is a part of: the same in every run that shares the random numbers.
    pub shipment: u64,
    /// Its mass.
    pub mass: Mass,
    /// Its size.
    pub size: Size,
}

/// Kinds of ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Delivered.
    Delivered,
    /// Given up under a ban.
    Refused,
    /// Diverted.
    Lost,
    /// Still under way when the clock ended.
    UnderWay,
}

/// By what a shipment is known: the same in every run that shares the random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShipmentName {
    /// Its flow.
    pub flow: FlowId,
    /// Its identity within the flow.
    pub identity: u64,
}

/// One fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub time: SimTime,
    /// What.
    pub fact: Fact,
    /// The (first) shipment that it concerns, if any.
    pub shipment: Option<ShipmentName>,
    /// The train or vessel that it concerns, if any.
    pub carrier: Option<Carrier>,
    /// Size of the body or load that it concerns.
    pub size: Size,
    /// Mass of the body; of all else nothing.
    pub mass: Mass,
}

/// What carries shipments together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Carrier {
    /// A train that was formed at a yard, by its number among all of the replication; the first is 1.
    Train(u32),
    /// A vessel, by its fleet or kind of visit and its number there; the first is 0.
    Vessel(FleetId, u32),
}

/// Kinds of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A shipment is made.
    Made,
    /// A body arrives at a node.
    Arrived(NodeId),
    /// A customer joins a queue.
    Queued(StationId),
    /// A service starts.
    Started(StationId),
    /// A service ends.
    Ended(StationId),
    /// A body sets out on a line.
    SetOut(LineId),
    /// A body sets out on a link without waiting; its time there is booked to this cell.
    Ran(CellId),
    /// A shipment joins a train that is being formed.
    Joined,
    /// A train is formed.
    Formed,
    /// Time that has passed is booked to a place and a cause.
    Booked(CellId, Duration),
    /// The clock ends, and a body waits still: for so long, which is not booked.
    Waits(Duration),
    /// A part boards a vessel.
    Boarded(LegId),
    /// A vessel sails from a call.
    Sailed(FleetId, u32),
    /// A vessel arrives at a call.
    Called(FleetId, u32),
    /// A vessel is unloaded.
    Unloaded(FleetId, u32),
    /// A timetabled departure had no vessel.
    Missed(FleetId),
    /// A gate closes.
    Closed(GateId),
    /// A gate opens.
    Opened(GateId),
    /// A body is stabled outside a full storage.
    Stabled(StorageId),
    /// A stabled body is let in.
    LetIn(StorageId),
    /// A shipment goes on by another route from a node.
    Switched(NodeId, RouteId),
    /// A shipment is delivered.
    Delivered,
    /// A shipment is given up under a ban.
    Refused,
    /// A body is diverted.
    Lost,
}
