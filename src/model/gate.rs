//! What shuts and opens: closures, storms, loading bans.

use crate::ids::{FleetId, GateId, LineId, NodeId, StationId, StorageId};
use crate::random::{Distribution, StreamId};
use crate::units::{Duration, Size, Spell};

/// Something that closes and opens.
#[derive(Clone, Debug)]
pub struct Gate {
    /// When.
    pub clock: GateClock,
    /// Stations that start no service.
    pub stations: Vec<StationId>,
    /// Lines and directions from which nothing sets out.
    pub lines: Vec<(LineId, u8)>,
    /// Fleets and calls from which nothing sails.
    pub sailings: Vec<(FleetId, u32)>,
    /// Kinds of ships from outside that may not leave: positions in [`Model::visiting`](super::Model).
    pub visiting: Vec<u32>,
    /// Named source of spells (entity: the spell's ordinal; draw blocks 0 open, 1 closed).
    pub stream: StreamId,
}

/// When a gate is closed.
#[derive(Clone, Debug)]
pub enum GateClock {
    /// Known spells, rising, not overlapping.
    Windows(Vec<Spell>),
    /// Own renewal by month.
    Renewal {
        /// 12 open spells.
        open: Vec<OpenSpell>,
        /// 12 laws of closed spells, each of the month in which the spell begins, milliseconds.
        closed: Vec<Distribution>,
    },
    /// Member of a group of storms.
    Member,
}

/// What ends an open spell in a month.
#[derive(Clone, Debug)]
pub enum OpenSpell {
    /// Closings a millisecond of open time; 0: nothing closes. A spell that begins in such a month spends one
    /// unit-exponential draw at the rate of each month that it passes through.
    Rate(f64),
    /// A spell that begins in such a month has this length in milliseconds, whatever month it ends in.
    Law(Distribution),
}

impl OpenSpell {
    /// Closings a millisecond of open time.
    pub fn rate(&self) -> f64 {
        match self {
            Self::Rate(rate) => *rate,
            Self::Law(law) => 1.0 / law.mean(),
        }
    }
}

/// Storms that several gates share.
#[derive(Clone, Debug)]
pub struct StormGroup {
    /// Members with the share closed by month.
    pub members: Vec<(GateId, Vec<f64>)>,
    /// Open spells by month, of the member with the greatest share.
    pub open: Vec<OpenSpell>,
    /// Storms by month (of that member), milliseconds.
    pub closed: Vec<Distribution>,
    /// Named source: entity = ordinal of the storm, blocks 0 open, 1 closed, 2 the u of members.
    pub stream: StreamId,
}

/// A loading ban.
#[derive(Clone, Debug)]
pub struct Ban {
    /// What is watched.
    pub watch: Watch,
    /// Begins at this many.
    pub on: Size,
    /// Ends at this many.
    pub off: Size,
    /// From crossing to effect.
    pub delay: Duration,
    /// By cargo: counted or not.
    pub counts: Vec<bool>,
}

/// What a ban watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    /// All that is at a node.
    Node(NodeId),
    /// What stands in a storage and outside it.
    Storage(StorageId),
    /// The queue of a station.
    Station(StationId),
}
