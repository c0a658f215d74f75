//! The event list: a heap ordered by time, at one instant by rank, and then by the order of scheduling.
//!
//! At one instant the clock comes first (the ends of the horizon, new parameters), then what closes and opens, then
//! arrivals by the priority of their flow and its place in the file, then the ends of services, runs and sailings.

use crate::units::SimTime;

/// What happens. Indices are those of the model or of the world's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// The next arrival of a source.
    Arrival { source: u32 },
    /// A body's plain run ends.
    RunEnd { body: u32 },
    /// A body's run on a line ends.
    LineEnd { body: u32 },
    /// A line may start the next train of a direction.
    LineWake { line: u32, direction: u8 },
    /// A service ends, unless the token was interrupted since.
    ServiceEnd { token: u32, generation: u32 },
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
type Place = u64;

/// What has passed is counted to its month before new parameters hold.
const MONTHS: Place = 0;
const CLOCK: Place = 1 << 61;
const OPENINGS: Place = 1 << 62;
const ARRIVALS: Place = 2 << 62;
/// Ends of services, runs and sailings, and whatever else takes its time.
const ENDS: Place = 3 << 62;

impl Event {
    const fn rank(self) -> Place {
        match self {
            Self::MonthEnd => MONTHS,
            Self::HorizonStart | Self::HorizonEnd | Self::Stop | Self::Standstill | Self::Epoch { .. } => CLOCK,
            Self::Gate { .. } | Self::Storm { .. } | Self::Hours { .. } | Self::Ban { .. } => OPENINGS,
            _ => ENDS,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// The time, which is never before 0, and below it the place: one comparison.
    key: u128,
    event: Event,
}

impl Entry {
    #[inline]
    const fn new(time: SimTime, place: Place, event: Event) -> Self {
        Self { key: (time.ms() as u128) << 64 | place as u128, event }
    }

    #[inline]
    const fn time(&self) -> SimTime {
        SimTime::from_ms((self.key >> 64) as i64)
    }
}

/// The event list: a binary heap. Most events schedule one other, so what is taken out leaves a hole at the top into which
/// the next one falls: one walk through the heap and not two.
#[derive(Debug, Default)]
pub(super) struct EventQueue {
    heap: Vec<Entry>,
    /// The top has been taken out.
    has_hole: bool,
    scheduled: u64,
}

impl EventQueue {
    /// Schedules an event; events of one instant and rank keep the order of scheduling.
    #[inline]
    pub(super) fn schedule(&mut self, time: SimTime, event: Event) {
        self.scheduled += 1;
        let place = event.rank() | self.scheduled;
        self.push(time, Entry::new(time, place, event));
    }

    /// Schedules the next arrival of a source; at one instant those of the first priority come first.
    #[inline]
    pub(super) fn schedule_arrival(&mut self, time: SimTime, source: u32, priority: u8) {
        let place = ARRIVALS | Place::from(priority) << 32 | Place::from(source);
        self.push(time, Entry::new(time, place, Event::Arrival { source }));
    }

    #[inline]
    fn push(&mut self, time: SimTime, entry: Entry) {
        if time == SimTime::MAX {
            return;
        }
        if std::mem::replace(&mut self.has_hole, false) {
            self.fill_hole(entry);
        } else {
            self.heap.push(entry);
            self.rise(entry, self.heap.len() - 1);
        }
    }

    /// Fills the hole at the top. What comes late belongs near the bottom, as nearly all that is new does: so the hole sinks
    /// all the way first, at one comparison a level, and the entry rises from there.
    fn fill_hole(&mut self, entry: Entry) {
        let heap = &mut self.heap[..];
        let mut at = 0;
        while let [Some(left), right] = [heap.get(2 * at + 1), heap.get(2 * at + 2)] {
            let goes_right = right.is_some_and(|right| right.key < left.key);
            let child = 2 * at + 1 + usize::from(goes_right);
            heap[at] = heap[child];
            at = child;
        }
        self.rise(entry, at);
    }

    /// Lets an entry rise from a place that is free.
    #[inline]
    fn rise(&mut self, entry: Entry, mut at: usize) {
        while at > 0 {
            let above = (at - 1) / 2;
            if self.heap[above].key < entry.key {
                break;
            }
            self.heap[at] = self.heap[above];
            at = above;
        }
        self.heap[at] = entry;
    }

    /// Bytes that it takes.
    pub(super) fn bytes(&self) -> usize {
        self.heap.capacity() * size_of::<Entry>()
    }

    /// The earliest event.
    #[inline]
    pub(super) fn next(&mut self) -> Option<(SimTime, Event)> {
        if std::mem::replace(&mut self.has_hole, true) {
            let last = self.heap.pop()?;
            if !self.heap.is_empty() {
                self.fill_hole(last);
            }
        }
        self.heap.first().map(|entry| (entry.time(), entry.event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_times_keep_the_order_of_scheduling() {
        let mut queue = EventQueue::default();
        for body in 0..5 {
            queue.schedule(SimTime::from_ms(10 - i64::from(body % 2)), Event::RunEnd { body });
        }
        let order: Vec<u32> = std::iter::from_fn(|| queue.next())
            .map(|(_, event)| match event {
                Event::RunEnd { body } => body,
                _ => unreachable!("only ends of runs were scheduled"),
            })
            .collect();
        assert_eq!(order, [1, 3, 0, 2, 4]);
    }

    #[test]
    fn one_instant_has_an_order_of_its_own() {
        let (mut queue, noon) = (EventQueue::default(), SimTime::from_ms(43_200_000));
        queue.schedule(noon, Event::RunEnd { body: 0 });
        queue.schedule_arrival(noon, 0, 9);
        queue.schedule_arrival(noon, 2, 1);
        queue.schedule_arrival(noon, 1, 1);
        queue.schedule(noon, Event::Gate { gate: 0 });
        queue.schedule(noon, Event::Hours { station: 0 });
        queue.schedule(noon, Event::HorizonEnd);
        let order: Vec<Event> = std::iter::from_fn(|| queue.next()).map(|(_, event)| event).collect();
        let expected = [
            Event::HorizonEnd,
            Event::Gate { gate: 0 },
            Event::Hours { station: 0 },
            Event::Arrival { source: 1 },
            Event::Arrival { source: 2 },
            Event::Arrival { source: 0 },
            Event::RunEnd { body: 0 },
        ];
        assert_eq!(order, expected);
    }
}
