//! The event list, ordered by time and then by place ([`Event::place`]): a calendar queue (Brown, "Calendar queues: a fast O(1)
//! priority queue implementation for the simulation event set problem", Communications of the ACM 31, 1988) with a heap for what
//! is next.
//!
//! Nearly all events are later than the next few. They are put into the bucket of their time in no order. Buckets are so narrow that
//! most hold one event, which is taken from there; the events of one that holds several come into a heap when it is their turn, and
//! so does what is scheduled for the present bucket. What is later than all buckets is in a heap, too. So hardly an event is
//! compared with any other, however much is under way, if buckets have the right width: it is fitted to what happens.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::num::NonZeroU64;

use super::event::{Event, Place};
use crate::units::SimTime;

/// A bucket is 2 to the power of this wide to begin with, in milliseconds: about two minutes, and all buckets six days.
const WIDTH: u32 = 17;
/// The present bucket and those ahead.
const BUCKETS: usize = BITS * BITS;
/// Bits of a word, and words for the bits of all buckets.
const BITS: usize = u64::BITS as usize;
/// The width is reviewed after so many events that were beyond all buckets or shared one; later if more is under way.
const LOOK: usize = 1024;
/// Buckets become narrower if more than so many events shared one for each that was beyond all, and wider if more were beyond
/// all than shared one. In between the width stays, so that it does not swing.
const NARROW: usize = 32;
/// No entry.
const NONE: u32 = u32::MAX;
/// The place of the entry that was last taken out of a heap, so that whoever asks for the next one finds each in its place.
const TAKEN: u32 = 0;
/// What is there before.
const NOTHING: Entry = Entry { time: SimTime::ZERO, place: 0, event: Event::Stop, next: NONE };

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
}

impl Ord for Entry {
    /// The earliest is the greatest, as a heap has the greatest at its top.
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        other.key().cmp(&self.key())
    }
}

impl PartialOrd for Entry {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Entry {}

/// The event list.
#[derive(Debug)]
pub(super) struct EventList {
    /// What is in the present bucket or before it.
    near: BinaryHeap<Entry>,
    /// A bucket is 2 to the power of this wide.
    width: u32,
    /// The number of the present bucket.
    present: u64,
    /// The first entry of each bucket ahead; that of bucket n is in slot n modulo [`BUCKETS`].
    first: Box<[u32; BUCKETS]>,
    /// A bit for each slot in which something is.
    occupied: [u64; BITS],
    /// A bit for each of these words that is not 0.
    words: u64,
    /// Entries of the buckets, after that at [`TAKEN`].
    ahead: Vec<Entry>,
    /// The first place among them that is free; places that are free are linked as those of a bucket are.
    free: u32,
    /// What is later than all buckets.
    beyond: BinaryHeap<Entry>,
    /// The present bucket from which on the first of that is no later than all buckets.
    reach: u64,
    /// Events that were put there, and those that were not alone in their bucket, since the width was looked at.
    far: usize,
    shared: usize,
    scheduled: u64,
}

impl Default for EventList {
    fn default() -> Self {
        Self {
            near: BinaryHeap::new(),
            width: WIDTH,
            present: 0,
            first: Box::new([NONE; BUCKETS]),
            occupied: [0; BITS],
            words: 0,
            ahead: vec![NOTHING],
            free: NONE,
            beyond: BinaryHeap::new(),
            reach: u64::MAX,
            far: 0,
            shared: 0,
            scheduled: 0,
        }
    }
}

impl EventList {
    /// Forgets all events; the memory stays.
    pub(super) fn clear(&mut self) {
        self.near.clear();
        self.beyond.clear();
        self.ahead.truncate(1);
        while let Some(slot) = self.take_slot() {
            self.first[slot] = NONE;
        }
        (self.width, self.present, self.free, self.reach) = (WIDTH, 0, NONE, u64::MAX);
        (self.far, self.shared, self.scheduled) = (0, 0, 0);
    }

    /// Schedules an event, unless it is never to happen; events of one instant and rank keep the order of scheduling.
    #[inline]
    pub(super) fn schedule(&mut self, time: SimTime, event: Event) {
        if time != SimTime::MAX {
            self.scheduled += 1;
            self.put(time, event.place(self.scheduled), event);
        }
    }

    #[inline]
    const fn bucket(&self, time: SimTime) -> u64 {
        time.ms() as u64 >> self.width
    }

    /// Puts an event where it belongs by its bucket.
    #[inline(never)]
    fn put(&mut self, time: SimTime, place: Place, event: Event) {
        let bucket = self.bucket(time);
        // An earlier bucket than the present one wraps round to a number that is far too great.
        if !(1..BUCKETS as u64).contains(&bucket.wrapping_sub(self.present)) {
            return self.put_in_heap(time, place, event);
        }
        let slot = bucket as usize % BUCKETS;
        self.occupied[slot / BITS] |= 1 << (slot % BITS);
        self.words |= 1 << (slot / BITS);
        let Some(free) = self.ahead.get_mut(self.free as usize) else {
            return self.enlarge(slot, time, place, event);
        };
        let at = std::mem::replace(&mut self.free, free.next);
        let next = std::mem::replace(&mut self.first[slot], at);
        *free = Entry { time, place, event, next };
    }

    // Rare cases are functions of their own here and below, so that the path of most events stays short.
    #[inline(never)]
    fn put_in_heap(&mut self, time: SimTime, place: Place, event: Event) {
        let entry = Entry { time, place, event, next: NONE };
        if self.bucket(time) <= self.present {
            self.near.push(entry);
            self.shared += 1;
        } else {
            self.beyond.push(entry);
            self.find_reach();
            self.far += 1;
        }
    }

    /// Finds out when the first of what is later than all buckets will be so no more.
    fn find_reach(&mut self) {
        let first = self.beyond.peek().map(|entry| self.bucket(entry.time));
        self.reach = first.map_or(u64::MAX, |bucket| (bucket + 1).saturating_sub(BUCKETS as u64));
    }

    #[cold]
    #[inline(never)]
    fn enlarge(&mut self, slot: usize, time: SimTime, place: Place, event: Event) {
        let next = std::mem::replace(&mut self.first[slot], self.ahead.len() as u32);
        self.ahead.push(Entry { time, place, event, next });
    }

    /// Takes out the earliest event.
    #[expect(
        clippy::inline_always,
        reason = "called by the loop alone, where the event then need not go through memory"
    )]
    #[inline(always)]
    pub(super) fn next(&mut self) -> Option<(SimTime, Event)> {
        let place = if self.near.is_empty() { self.turn_page() } else { self.take_near() };
        self.ahead.get(place as usize).map(|entry| (entry.time, entry.event))
    }

    /// Takes the earliest event out of the heap. This and what follows return the place where it is.
    #[inline(never)]
    fn take_near(&mut self) -> u32 {
        let Some(entry) = self.near.pop() else { return NONE };
        self.ahead[TAKEN as usize] = entry;
        TAKEN
    }

    /// Goes on to the next bucket in which something is, and takes out its earliest event.
    #[expect(clippy::inline_always, reason = "a part of the above")]
    #[inline(always)]
    fn turn_page(&mut self) -> u32 {
        let Some(slot) = self.take_slot() else { return self.leap() };
        let first = std::mem::replace(&mut self.first[slot], NONE);
        let Some(entry) = self.ahead.get_mut(first as usize) else { return NONE };
        self.present = entry.time.ms() as u64 >> self.width;
        if entry.next != NONE || self.present >= self.reach {
            return self.open(first);
        }
        // Free from now on, but nobody puts another event there before this one was read.
        entry.next = std::mem::replace(&mut self.free, first);
        first
    }

    /// The next slot in which something is; from now on it counts as empty.
    #[inline]
    fn take_slot(&mut self) -> Option<usize> {
        let start = self.present as usize % BUCKETS;
        let mut word = start / BITS;
        let bits = if let Some(bits) = NonZeroU64::new(self.occupied[word] & !0 << (start % BITS)) {
            bits
        } else {
            // Round once: the word in which the search began comes last, with its earlier bits.
            let later = NonZeroU64::new(self.words.rotate_right(word as u32 + 1))?;
            word = (word + 1 + later.trailing_zeros() as usize) % BITS;
            NonZeroU64::new(self.occupied[word])?
        };
        let bit = bits.trailing_zeros() as usize;
        let others = self.occupied[word] & !(1 << bit);
        self.occupied[word] = others;
        if others == 0 {
            self.words &= !(1 << word);
        }
        Some((word * BITS + bit) % BUCKETS)
    }

    /// Goes on to the first event that is later than all buckets.
    #[cold]
    #[inline(never)]
    fn leap(&mut self) -> u32 {
        let Some(earliest) = self.beyond.peek() else { return NONE };
        self.present = self.bucket(earliest.time);
        self.open(NONE)
    }

    /// Opens the present bucket, of which this is the first entry, and takes out the earliest event.
    #[inline(never)]
    fn open(&mut self, first: u32) -> u32 {
        if let Some(earlier) = self.open_pair(first) {
            return earlier;
        }
        self.gather(first);
        if self.near.len() > 1 {
            self.shared += self.near.len();
        }
        while self.present >= self.reach {
            if let Some(Entry { time, place, event, .. }) = self.beyond.pop() {
                self.put(time, place, event);
            }
            self.find_reach();
        }
        if self.is_ill_fitting() {
            self.fit_width();
        }
        self.take_near()
    }

    /// The same where the bucket holds two events, as most do that hold several: they are compared without the heap. Nothing where
    /// it holds another number of them, or something else is to be done.
    fn open_pair(&mut self, first: u32) -> Option<u32> {
        let one = *self.ahead.get(first as usize)?;
        let other = *self.ahead.get(one.next as usize)?;
        if other.next != NONE || self.present >= self.reach || self.is_ill_fitting() {
            return None;
        }
        self.ahead[one.next as usize].next = std::mem::replace(&mut self.free, first);
        self.shared += 2;
        let (earlier, later) = if one.key() < other.key() { (first, other) } else { (one.next, one) };
        self.near.push(later);
        Some(earlier)
    }

    /// Have enough events been beyond all buckets, or shared one, for the width to be looked at?
    #[inline]
    const fn is_ill_fitting(&self) -> bool {
        self.far + self.shared > LOOK + self.ahead.len()
    }

    /// Brings the entries of a bucket, of which this is the first, into the heap.
    fn gather(&mut self, first: u32) {
        let mut at = first;
        while let Some(entry) = self.ahead.get_mut(at as usize) {
            self.near.push(*entry);
            let next = std::mem::replace(&mut entry.next, self.free);
            self.free = std::mem::replace(&mut at, next);
        }
    }

    /// Makes buckets wider where more events were beyond all than shared one, and narrower where hardly any were.
    #[cold]
    #[inline(never)]
    fn fit_width(&mut self) {
        if self.far > self.shared {
            self.change_width(self.width + 1);
        } else if self.far * NARROW < self.shared && self.width > 0 {
            self.change_width(self.width - 1);
        }
        (self.far, self.shared) = (0, 0);
    }

    /// Puts all events into buckets of another width. The present one is that of the earliest, which stays in the heap.
    fn change_width(&mut self, width: u32) {
        while let Some(slot) = self.take_slot() {
            let first = std::mem::replace(&mut self.first[slot], NONE);
            self.gather(first);
        }
        self.near.append(&mut self.beyond);
        self.reach = u64::MAX;
        let Some(earliest) = self.near.peek() else { return };
        (self.width, self.present) = (width, earliest.time.ms() as u64 >> width);
        for Entry { time, place, event, .. } in std::mem::take(&mut self.near) {
            self.put(time, place, event);
        }
    }

    /// Bytes of what is in it.
    pub(super) fn bytes(&self) -> usize {
        let entries = self.near.len() + self.ahead.len() + self.beyond.len();
        entries * size_of::<Entry>() + self.first.len() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random_bits(state: &mut u64) -> u64 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *state >> 31
    }

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
        let mut state = 1;
        let mut ahead = || {
            let bits = random_bits(&mut state);
            bits as i64 >> (state >> 20 & 31)
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

    /// Else a replication would depend on which one had the list before it.
    #[test]
    fn a_list_that_was_cleared_is_as_new() {
        let order = |queue: &mut EventList| {
            for (body, days) in (0..).zip([0, 0, 1, 1, 1, 40, 3, 0]) {
                queue.schedule(SimTime::from_ms(days * 86_400_000), Event::RunEnd { body });
            }
            std::array::from_fn::<_, 6, _>(|_| queue.next())
        };
        let mut queue = EventList::default();
        let first = order(&mut queue);
        queue.clear();
        assert_eq!(order(&mut queue), first);
        queue.clear();
        assert_eq!(queue.next(), None);
    }

    /// The width of buckets after many events, each of which has scheduled another within so many milliseconds.
    fn width_after_events_within(longest: u64) -> u32 {
        let (mut queue, mut state, mut last) = (EventList::default(), 1, None);
        let mut schedule = |queue: &mut EventList, now: i64, body| {
            let ahead = random_bits(&mut state) % longest;
            queue.schedule(SimTime::from_ms(now + ahead as i64), Event::RunEnd { body });
        };
        (0..50).for_each(|body| schedule(&mut queue, 0, body));
        for scheduled in 50..20_000 {
            let Some((time, Event::RunEnd { body })) = queue.next() else { unreachable!("there are always 50 ahead") };
            assert!(last < Some((time, body)), "{body} at {time:?} after {last:?}");
            last = Some((time, body));
            schedule(&mut queue, time.ms(), scheduled);
        }
        assert_eq!(std::iter::from_fn(|| queue.next()).count(), 50);
        queue.width
    }

    #[test]
    fn buckets_become_narrow_where_events_are_near_and_wide_where_they_are_far() {
        assert!(width_after_events_within(100_000) < WIDTH - 5);
        assert!(width_after_events_within(1 << 33) > WIDTH + 2);
        // All at one instant, which no width can part.
        assert_eq!(width_after_events_within(1), WIDTH);
    }
}
