//! What happens, and in which order what happens at one instant.
//!
//! At one instant the clock comes first (the ends of the horizon, new parameters), then what closes and opens, then
//! arrivals by the priority of their flow and its place in the file, then the ends of services, runs and sailings.

use super::state::customer::CustomerId;

/// What happens. Indices are those of the model or of the world's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// The next arrival of a source.
    Arrival {
        /// Which one.
        source: u32,
        /// Of its flow.
        priority: u8,
    },
    /// A body's run ends.
    RunEnd { body: u32 },
    /// A line may start the next train of a direction.
    LineWake { line: u32, direction: u8 },
    /// A service ends, unless it was interrupted since.
    ServiceEnd { customer: CustomerId, generation: u32 },
    /// A station opens or shuts for the day.
    Hours { station: u32 },
    /// A server fails.
    Fail { station: u32, server: u32 },
    /// A server is repaired.
    Repair { station: u32, server: u32 },
    /// Things of a pool are free again.
    PoolFree { pool: u32, count: u32 },
    /// A forming place's first shipment has waited long enough.
    FormTimeout { former: u32, generation: u32 },
    /// A vessel's next moment, unless it moved on since.
    Vessel { vessel: u32, generation: u32 },
    /// A ship from outside comes.
    Ship { visit: u32 },
    /// A timetabled departure.
    Departure { fleet: u32, call: u32 },
    /// A gate of its own clock changes.
    Gate { gate: u32 },
    /// A group of storms changes.
    Storm { group: u32 },
    /// A ban takes or loses effect.
    Ban { ban: u32 },
    /// Those who wait look again whether to switch.
    Review { review: u32 },
    /// A shipment's patience under a ban ends.
    Patience { body: u32, generation: u32 },
    /// The next parameter set holds.
    Epoch { index: u32 },
    /// A month within the horizon ends.
    MonthEnd,
    /// The horizon begins.
    HorizonStart,
    /// The horizon ends.
    HorizonEnd,
    /// Look for a cycle of waiters.
    Standstill,
    /// The simulation stops.
    Stop,
}

/// The place of an event among those of its instant: the upper bits are its rank, below it the order of scheduling, or for
/// arrivals, of which a source has one at a time, the priority and the source.
pub(super) type Place = u64;

/// What has passed is counted to its month before new parameters hold.
const MONTHS: Place = 0;
const CLOCK: Place = 1 << 61;
const OPENINGS: Place = 1 << 62;
const ARRIVALS: Place = 2 << 62;
/// Ends of services, runs and sailings, and whatever else takes its time.
const ENDS: Place = 3 << 62;

impl Event {
    /// The place of an event that is scheduled after so many others.
    #[inline]
    pub(super) const fn place(self, scheduled: u64) -> Place {
        if let Self::Arrival { source, priority } = self {
            return ARRIVALS | (priority as Place) << 32 | source as Place;
        }
        self.rank() | scheduled
    }

    #[inline]
    const fn rank(self) -> Place {
        match self {
            Self::MonthEnd => MONTHS,
            Self::HorizonStart | Self::HorizonEnd | Self::Stop | Self::Standstill | Self::Epoch { .. } => CLOCK,
            Self::Gate { .. } | Self::Storm { .. } | Self::Hours { .. } | Self::Ban { .. } => OPENINGS,
            _ => ENDS,
        }
    }
}
