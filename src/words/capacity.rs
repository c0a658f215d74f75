//! What can hold a corridor up.

use super::word::words;

words! {
    /// A kind of thing that there can be more of.
    CapacityKind "kind of capacity":
    Facility "facility" "Servers of a facility.";
    Berth "berth" "Berths of a port.";
    Storage "storage" "Space of a storage.";
    Fleet "fleet" "Vessels of a fleet.";
    Pool "pool" "Locomotives, wagons and other things of a pool.";
    Line "line" "Paths of a line, or places on it.";
}
