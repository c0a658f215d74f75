//! The event list, ordered by time and then by place ([`Event::place`]): a calendar queue (Brown, "Calendar queues: a fast O(1)
//! priority queue implementation for the simulation event set problem", Communications of the ACM 31, 1988) with a heap for what
//! is next.
//!
//! Most events are hours or days ahead of those that are next. They are put into the bucket of their time in no order, and come
//! into the heap when it is the turn of their bucket; so the heap is small, however much is under way.

use super::event::{Event, Place};
use crate::units::SimTime;

/// A bucket is 2 to the power of this wide, in milliseconds: about nine minutes, in which a corridor has a handful of events.
const WIDTH: u32 = 19;
/// Buckets ahead of the present one: nearly 25 days. What is later is in a heap of its own.
const BUCKETS: usize = 1 << 12;
/// So many events are brought into the heap at a time, if there are so many.
const AT_HAND: usize = 8;
/// Bits of a word.
const BITS: usize = u64::BITS as usize;
/// No entry.
const NONE: u32 = u32::MAX;

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Never before 0.
    time: SimTime,
    place: Place,
    event: Event,
    /// In a bucket: the entry behind it.
    next: u32,
}

impl Entry {
    /// Time and place: one comparison.
    #[inline]
    const fn key(&self) -> u128 {
        (self.time.ms() as u128) << 64 | self.place as u128
    }

    #[inline]
    const fn bucket(&self) -> usize {
        (self.time.ms() >> WIDTH) as usize
    }
}

/// The event list.
#[derive(Debug)]
pub(super) struct EventList {
    /// What is in the present bucket or before it.
    near: Heap,
    /// The number of the present bucket.
    present: usize,
    /// The first entry of each bucket ahead; that of bucket n is at n modulo [`BUCKETS`].
    first: Box<[u32]>,
    /// A bit for each bucket in which something is.
    occupied: [u64; BUCKETS / BITS],
    /// Entries of the buckets.
    ahead: Vec<Entry>,
    /// The first place among them that is free; places that are free are linked as those of a bucket are.
    free: u32,
    /// What is later than all buckets.
    beyond: Heap,
    scheduled: u64,
}

impl Default for EventList {
    fn default() -> Self {
        Self {
            near: Heap::default(),
            present: 0,
            first: vec![NONE; BUCKETS].into_boxed_slice(),
            occupied: [0; BUCKETS / BITS],
            ahead: Vec::new(),
            free: NONE,
            beyond: Heap::default(),
            scheduled: 0,
        }
    }
}

impl EventList {
    /// Forgets all events; the memory stays.
    pub(super) fn clear(&mut self) {
        self.near.clear();
        self.beyond.clear();
        self.ahead.clear();
        self.first.fill(NONE);
        self.occupied.fill(0);
        (self.present, self.free, self.scheduled) = (0, NONE, 0);
    }

    /// Schedules an event, unless it is never to happen; events of one instant and rank keep the order of scheduling.
    #[inline]
    pub(super) fn schedule(&mut self, time: SimTime, event: Event) {
        if time == SimTime::MAX {
            return;
        }
        self.scheduled += 1;
        self.put(Entry { time, place: event.place(self.scheduled), event, next: NONE });
    }

    #[inline]
    fn put(&mut self, entry: Entry) {
        let bucket = entry.bucket();
        if bucket <= self.present {
            self.near.push(entry);
        } else if bucket - self.present < BUCKETS {
            self.put_ahead(entry, bucket % BUCKETS);
        } else {
            self.beyond.push(entry);
        }
    }

    #[inline]
    fn put_ahead(&mut self, mut entry: Entry, slot: usize) {
        entry.next = self.first[slot];
        if let Some(place) = self.ahead.get_mut(self.free as usize) {
            self.first[slot] = std::mem::replace(&mut self.free, place.next);
            *place = entry;
        } else {
            self.first[slot] = self.ahead.len() as u32;
            self.ahead.push(entry);
        }
        self.occupied[slot / BITS] |= 1 << (slot % BITS);
    }

    /// Takes out the earliest event.
    #[inline]
    pub(super) fn next(&mut self) -> Option<(SimTime, Event)> {
        if self.near.first().is_none() {
            self.fetch();
        }
        self.near.take().map(|entry| (entry.time, entry.event))
    }

    /// Goes on to as many buckets as it takes to have a few events at hand: where little is under way, to all.
    fn fetch(&mut self) {
        while self.near.entries.len() < AT_HAND && self.turn_page().is_some() {}
    }

    /// Goes on to the next bucket in which something is.
    fn turn_page(&mut self) -> Option<()> {
        self.present = match self.next_occupied() {
            Some(bucket) => bucket,
            None => self.beyond.first()?.bucket(),
        };
        while self.beyond.first().is_some_and(|entry| entry.bucket() - self.present < BUCKETS) {
            if let Some(entry) = self.beyond.take() {
                self.put(entry);
            }
        }
        let slot = self.present % BUCKETS;
        self.occupied[slot / BITS] &= !(1 << (slot % BITS));
        let mut at = std::mem::replace(&mut self.first[slot], NONE);
        while let Some(entry) = self.ahead.get_mut(at as usize) {
            self.near.push(*entry);
            let next = std::mem::replace(&mut entry.next, self.free);
            self.free = std::mem::replace(&mut at, next);
        }
        Some(())
    }

    /// The first bucket ahead in which something is.
    fn next_occupied(&self) -> Option<usize> {
        let start = (self.present + 1) % BUCKETS;
        let words = self.occupied.len();
        // The word in which the search begins comes twice: first its later bits, in the end its earlier ones.
        let found = (0..=words).find_map(|turn| {
            let word = (start / BITS + turn) % words;
            let is_wanted = match turn {
                0 => !0 << (start % BITS),
                turn if turn == words => !(!0 << (start % BITS)),
                _ => !0,
            };
            let bits = self.occupied[word] & is_wanted;
            (bits != 0).then(|| word * BITS + bits.trailing_zeros() as usize)
        })?;
        Some(self.present + 1 + (found + BUCKETS - start) % BUCKETS)
    }

    /// Bytes of what is in it.
    pub(super) fn bytes(&self) -> usize {
        let entries = self.near.entries.len() + self.ahead.len() + self.beyond.entries.len();
        entries * size_of::<Entry>() + self.first.len() * size_of::<u32>()
    }
}

/// A binary heap. Most events schedule one other, so what is taken out leaves a hole at the top into which the next one may
/// fall: one walk through the heap and not two.
#[derive(Debug, Default)]
struct Heap {
    entries: Vec<Entry>,
    /// The top has been taken out.
    has_hole: bool,
}

impl Heap {
    fn clear(&mut self) {
        self.entries.clear();
        self.has_hole = false;
    }

    #[inline]
    fn push(&mut self, entry: Entry) {
        if std::mem::replace(&mut self.has_hole, false) {
            self.fill_hole(entry);
        } else {
            self.entries.push(entry);
            self.rise(entry, self.entries.len() - 1);
        }
    }

    /// The earliest entry.
    #[inline]
    fn first(&mut self) -> Option<&Entry> {
        if std::mem::replace(&mut self.has_hole, false) {
            let last = self.entries.pop()?;
            if !self.entries.is_empty() {
                self.fill_hole(last);
            }
        }
        self.entries.first()
    }

    /// Takes out the earliest entry.
    #[inline]
    fn take(&mut self) -> Option<Entry> {
        let first = self.first().copied();
        self.has_hole = first.is_some();
        first
    }

    /// Fills the hole at the top. What comes late belongs near the bottom, as nearly all that is new does: so the hole sinks
    /// all the way first, at one comparison a level, and the entry rises from there.
    #[inline]
    fn fill_hole(&mut self, entry: Entry) {
        let entries = &mut self.entries[..];
        let mut at = 0;
        while let [Some(left), right] = [entries.get(2 * at + 1), entries.get(2 * at + 2)] {
            let goes_right = right.is_some_and(|right| right.key() < left.key());
            let child = 2 * at + 1 + usize::from(goes_right);
            entries[at] = entries[child];
            at = child;
        }
        self.rise(entry, at);
    }

    /// Lets an entry rise from a place that is free.
    #[inline]
    fn rise(&mut self, entry: Entry, mut at: usize) {
        while at > 0 {
            let above = (at - 1) / 2;
            if self.entries[above].key() < entry.key() {
                break;
            }
            self.entries[at] = self.entries[above];
            at = above;
        }
        self.entries[at] = entry;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_times_keep_the_order_of_scheduling() {
        let mut queue = EventList::default();
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
        let (mut queue, noon) = (EventList::default(), SimTime::from_ms(43_200_000));
        queue.schedule(noon, Event::RunEnd { body: 0 });
        queue.schedule(noon, Event::Arrival { source: 0, priority: 9 });
        queue.schedule(noon, Event::Arrival { source: 2, priority: 1 });
        queue.schedule(noon, Event::Arrival { source: 1, priority: 1 });
        queue.schedule(noon, Event::Gate { gate: 0 });
        queue.schedule(noon, Event::Hours { station: 0 });
        queue.schedule(noon, Event::HorizonEnd);
        let order: Vec<Event> = std::iter::from_fn(|| queue.next()).map(|(_, event)| event).collect();
        let expected = [
            Event::HorizonEnd,
            Event::Gate { gate: 0 },
            Event::Hours { station: 0 },
            Event::Arrival { source: 1, priority: 1 },
            Event::Arrival { source: 2, priority: 1 },
            Event::Arrival { source: 0, priority: 9 },
            Event::RunEnd { body: 0 },
        ];
        assert_eq!(order, expected);
    }

    #[test]
    fn near_and_far_come_in_their_order_whenever_they_are_scheduled() {
        // A year of moments without order, from one instant to months ahead, scheduled as others are taken out.
        let mut state = 1_u64;
        let mut ahead = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 31) as i64 >> (state >> 20 & 31)
        };
        let mut queue = EventList::default();
        let mut scheduled = 50;
        (0..scheduled).for_each(|body| queue.schedule(SimTime::from_ms(ahead()), Event::RunEnd { body }));
        let (mut taken, mut last) = (0, None);
        while let Some((time, Event::RunEnd { body })) = queue.next() {
            // Bodies are numbered as they were scheduled.
            assert!(last < Some((time, body)), "{body} at {time:?} after {last:?}");
            (last, taken) = (Some((time, body)), taken + 1);
            for _ in 0..if taken < 5_000 { 1 + ahead() % 2 } else { 0 } {
                queue.schedule(SimTime::from_ms(time.ms() + ahead()), Event::RunEnd { body: scheduled });
                scheduled += 1;
            }
        }
        assert!(taken == scheduled && scheduled > 1000, "{taken} of {scheduled}");
        assert!(queue.next().is_none());
    }

    #[test]
    fn what_is_years_ahead_comes_at_its_time() {
        let mut queue = EventList::default();
        let days = [4000, 30, 24, 25, 0, 1000, 24];
        for (body, days) in (0..).zip(days) {
            queue.schedule(SimTime::from_ms(days * 86_400_000), Event::RunEnd { body });
        }
        queue.schedule(SimTime::MAX, Event::Stop);
        let order: Vec<i64> = std::iter::from_fn(|| queue.next()).map(|(time, _)| time.ms() / 86_400_000).collect();
        assert_eq!(order, [0, 24, 24, 25, 30, 1000, 4000]);
    }
}
