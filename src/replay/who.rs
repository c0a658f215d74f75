//! Who moves.

use crate::engine::{Carrier, Note, ShipmentName};

/// A body that moves by itself: a train, or a shipment or part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Train(u32),
    Shipment(ShipmentName),
}

impl Who {
    /// Who a note is about; of a vessel with nothing aboard none.
    pub(super) fn of(note: &Note) -> Option<Self> {
        match note.carrier {
            Some(Carrier::Train(number)) => Some(Self::Train(number)),
            _ => note.shipment.map(Self::Shipment),
        }
    }
}
