//! How queues choose who is next.

use crate::scenario::declare::{table, value};
use crate::scenario::format::Kind::Quantity;
use crate::scenario::quantity::Dimension::Time;
use crate::units::Duration;

table! {
    /// How queues choose who is next: trains at stations, on lines and for locomotives and wagons, cargo for ships.
    pub default Dispatch "dispatch" {
        /// What a priority is worth: who waits is overtaken by the next higher priority only if that comes less than so much
        /// later, by the one above that less than twice as much. Absent: by every one that comes before he is served.
        "priority-step" may(Quantity(Time)) => priority_step: Option<Duration> = may(value::duration);
    }
}
