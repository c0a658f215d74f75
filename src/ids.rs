//! Indices of things in the plan, each a type of its own, so that a node is never mistaken for a link.

use serde::Serialize;

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
            #[serde(transparent)]
            pub struct $name(u32);

            impl $name {
                /// The thing at `index` of its table.
                ///
                /// # Panics
                /// If a table had more than 2^32 entries.
                #[inline]
                pub fn new(index: usize) -> Self {
                    assert!(u32::try_from(index).is_ok(), "more than 2^32 things of one kind");
                    Self(index as u32)
                }

                /// The position in the table.
                #[inline]
                pub const fn index(self) -> usize {
                    self.0 as usize
                }
            }
        )*
    };
}

index!(
    /// A node of the network.
    NodeId,
    /// A link of the network.
    LinkId,
    /// A cargo.
    CargoId,
    /// A flow of demand.
    FlowId,
    /// A route of a flow (flat over all flows).
    RouteId,
    /// A section between two nodes.
    SectionId,
    /// A station: servers with one queue.
    StationId,
    /// A rail line: both directions of a link with paths and places for trains.
    LineId,
    /// A counted pool.
    PoolId,
    /// A storage.
    StorageId,
    /// A batch carrier: a fleet.
    FleetId,
    /// A leg: one direction of a sea link, on which shipments wait for vessels.
    LegId,
    /// A forming place: where shipments wait to be one body.
    FormerId,
    /// A gate: something that closes and opens.
    GateId,
    /// A loading ban.
    BanId,
    /// A place to which time is booked.
    PlaceId,
    /// A cell of the time table: a place with a cause.
    CellId,
    /// A program of steps.
    ProgramId,
    /// A meter: where a use is read that shipments pay for.
    MeterId,
    /// A due: a use that vessels pay for.
    DueId,
);

impl LegId {
    /// No leg: no table has so many.
    pub const NONE: Self = Self(u32::MAX);
}
