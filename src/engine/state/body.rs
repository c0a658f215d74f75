//! Shipments, and the bodies in which they move.

use super::customer::StayAt;
use super::pool_queue::Want;
use crate::engine::outcome::Segment;
use crate::ids::{
    CargoId, CellId, FlowId, LineId, MeterId, PoolId, ProgramId, RouteId, SectionId, StationId, StorageId,
};
use crate::random::Entity;
use crate::units::{Duration, Load, Mass, SimTime, Size};

/// The clock of a section that a shipment is passing.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct SectionClock {
    pub(in crate::engine) section: SectionId,
    pub(in crate::engine) start: SimTime,
    /// Entries booked before it started, on its own tape and then on that of its train.
    pub(in crate::engine) booked: usize,
}

/// The shipments of a body, at least one. A lone one, as nearly all are, takes no memory of its own.
#[derive(Debug, Default)]
pub(in crate::engine) struct Members {
    pub(in crate::engine) lone: [u32; 1],
    pub(in crate::engine) several: Vec<u32>,
}

impl Members {
    pub(in crate::engine) const fn lone(shipment: u32) -> Self {
        Self { lone: [shipment], several: Vec::new() }
    }
}

impl std::ops::Deref for Members {
    type Target = [u32];
    #[inline]
    fn deref(&self) -> &[u32] {
        if self.several.is_empty() { &self.lone } else { &self.several }
    }
}

/// A shipment that was split.
#[derive(Debug)]
pub(in crate::engine) struct Original {
    pub(in crate::engine) entity: Entity,
    /// Parts made so far.
    pub(in crate::engine) parts: u64,
    /// Parts not yet delivered, refused or lost.
    pub(in crate::engine) left: u32,
    pub(in crate::engine) mass: Mass,
}

/// What a body keeps occupied behind it until it has found a place ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Hold {
    Nothing,
    Server(StationId, u32),
    Line(LineId),
}

/// What a body waits for (kept to find standstills).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum WaitsFor {
    Nothing,
    Pools,
    Room(StationId),
    Line(LineId, u8),
    Storage(StorageId),
    Ban,
}

impl WaitsFor {
    /// Whether it is for what other bodies hold.
    pub(in crate::engine) const fn for_others(self) -> bool {
        !matches!(self, Self::Nothing | Self::Ban)
    }
}

/// Things of a pool that a body holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) struct Held {
    pub(in crate::engine) pool: PoolId,
    pub(in crate::engine) count: u32,
    pub(in crate::engine) since: SimTime,
    /// Passed over from another body: they owe no way home.
    pub(in crate::engine) lent: bool,
}

/// Whatever moves: a shipment or a part of one, by itself or in a train, and a train.
///
/// A shipment by itself is its own body. One that rides in a train, waits for others, or is aboard a vessel keeps its record,
/// and who carries it has what passes meanwhile.
///
/// What nearly every step looks at stands together at the beginning, and what few bodies ever have stands apart: hundreds of
/// thousands may wait, and a record that was not looked at for long is fetched from memory line by line.
#[derive(Debug)]
#[repr(C)]
pub(in crate::engine) struct Body {
    pub(in crate::engine) program: ProgramId,
    /// The step of its program at which it is; of one that rides in a train, at which the train was formed.
    pub(in crate::engine) step: u32,
    /// Its number among trains that were formed at a yard and are to be broken up, from 1; of all else 0.
    pub(in crate::engine) train: u32,
    /// Of a train: the step of `program` at which it was formed.
    pub(in crate::engine) base: u32,
    pub(in crate::engine) flow: FlowId,
    pub(in crate::engine) cargo: CargoId,
    pub(in crate::engine) size: Size,
    /// Time is booked up to this moment.
    pub(in crate::engine) since: SimTime,
    /// What was booked; of a train, what was booked to all in it alike: once, however many they are.
    pub(in crate::engine) tape: Vec<Segment>,
    pub(in crate::engine) waits: WaitsFor,
    pub(in crate::engine) hold: Hold,
    /// Cell to which the present wait is booked, where it is one.
    pub(in crate::engine) cell: CellId,
    /// Those that ride in a train; of any other, itself.
    pub(in crate::engine) members: Members,
    pub(in crate::engine) pools: Vec<Held>,
    /// The storage in which it stands, and since when.
    pub(in crate::engine) inside: Option<StorageId>,
    pub(in crate::engine) entered: SimTime,
    /// When it joined the queue it is in, and what that queue's clock of hindrances (a line that is shut, a storage that
    /// holds back) showed then.
    pub(in crate::engine) joined: SimTime,
    pub(in crate::engine) closed_before: Duration,
    /// What it waits to take of pools.
    pub(in crate::engine) want: Want,
    /// When it came to the node at which it is.
    pub(in crate::engine) arrived: SimTime,
    pub(in crate::engine) made: SimTime,
    pub(in crate::engine) mass: Mass,
    pub(in crate::engine) entity: Entity,
    pub(in crate::engine) route: RouteId,
    /// Made within the horizon.
    pub(in crate::engine) in_cohort: bool,
    pub(in crate::engine) priority: u8,
    /// At a station of which it is a customer by itself.
    pub(in crate::engine) stay: StayAt,
    /// Section clocks that run.
    pub(in crate::engine) clocks: Vec<SectionClock>,
    /// Waiting for acceptance, once it has set out.
    pub(in crate::engine) acceptance: Option<Duration>,
    /// Stations passed, for recognition.
    pub(in crate::engine) passed: u64,
    /// Times that it gave pools back since it set out by itself.
    pub(in crate::engine) gives: u32,
    /// Invalidates events of a wait that ended; it goes on with whoever has the record next.
    pub(in crate::engine) generation: u32,
    rare: Option<Box<Rare>>,
}

/// What few bodies have.
#[derive(Debug, Default)]
struct Rare {
    original: Option<u32>,
    switched: Switched,
    pieces: u32,
    taken: Option<SimTime>,
    readings: Vec<Reading>,
}

impl Body {
    /// Whether it is a train that was formed at a yard.
    #[inline]
    pub(in crate::engine) const fn is_train(&self) -> bool {
        self.train > 0
    }

    /// Whether it may hold things or room: most that is by itself holds neither.
    #[inline]
    pub(in crate::engine) const fn may_hold(&self) -> bool {
        self.is_train() || self.inside.is_some() || !self.pools.is_empty()
    }

    /// Enters a time on its tape.
    #[inline]
    pub(in crate::engine) fn enter(&mut self, cell: CellId, time: Duration) {
        if time != Duration::ZERO {
            self.tape.push(Segment { cell, time });
        }
    }

    #[inline]
    pub(in crate::engine) const fn load(&self) -> Load {
        Load { size: self.size, mass: self.mass }
    }

    /// A record that nobody has.
    pub(in crate::engine) fn empty(place: u32) -> Self {
        Self {
            program: ProgramId::new(0),
            step: 0,
            base: 0,
            flow: FlowId::new(0),
            cargo: CargoId::new(0),
            route: RouteId::new(0),
            priority: 0,
            train: 0,
            in_cohort: false,
            entity: Entity::ordinal(0),
            size: Size::ZERO,
            mass: Mass::ZERO,
            made: SimTime::ZERO,
            since: SimTime::ZERO,
            tape: Vec::new(),
            arrived: SimTime::ZERO,
            clocks: Vec::new(),
            acceptance: None,
            passed: 0,
            inside: None,
            entered: SimTime::ZERO,
            rare: None,
            pools: Vec::new(),
            gives: 0,
            hold: Hold::Nothing,
            waits: WaitsFor::Nothing,
            want: Want::default(),
            joined: SimTime::ZERO,
            closed_before: Duration::ZERO,
            generation: 0,
            cell: CellId::new(0),
            stay: StayAt::default(),
            members: Members::lone(place),
        }
    }

    /// Forgets whoever had the record; what it kept lists in is used again.
    #[inline]
    pub(in crate::engine) fn clear(&mut self) {
        self.base = 0;
        self.train = 0;
        self.tape.clear();
        self.clocks.clear();
        self.acceptance = None;
        self.passed = 0;
        self.inside = None;
        if self.rare.is_some() {
            self.forget_what_is_rare();
        }
        self.pools.clear();
        self.hold = Hold::Nothing;
        self.waits = WaitsFor::Nothing;
        self.members.several.clear();
    }

    // Seldom needed. Not inlined, so that the test before it can be.
    #[inline(never)]
    fn forget_what_is_rare(&mut self) {
        self.rare = None;
    }

    /// Takes over all that a part has in common with the shipment that it is split off.
    pub(in crate::engine) fn be_part_of(&mut self, whole: &Self) {
        (self.program, self.step, self.route) = (whole.program, whole.step, whole.route);
        (self.flow, self.cargo, self.priority) = (whole.flow, whole.cargo, whole.priority);
        (self.made, self.since, self.in_cohort) = (whole.made, whole.since, whole.in_cohort);
        self.tape.extend_from_slice(&whole.tape);
        self.clocks.extend_from_slice(&whole.clocks);
        self.entered = whole.entered;
        (self.arrived, self.acceptance, self.passed) = (whole.arrived, whole.acceptance, whole.passed);
        self.inside = whole.inside;
        if let Some(Rare { switched, taken, readings, .. }) = whole.rare.as_deref() {
            let own = self.rare.get_or_insert_default();
            (own.switched, own.taken) = (*switched, *taken);
            own.readings.extend_from_slice(readings);
        }
    }
}

/// What a meter reads of a shipment, a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::engine) struct Reading {
    pub(in crate::engine) meter: MeterId,
    pub(in crate::engine) amount: f64,
}

impl Body {
    /// Adds to what a meter reads, where there is one.
    #[inline]
    pub(in crate::engine) fn read(&mut self, meter: Option<MeterId>, amount: f64) {
        let Some(meter) = meter else { return };
        let readings = &mut self.rare.get_or_insert_default().readings;
        match readings.iter_mut().find(|reading| reading.meter == meter) {
            Some(reading) => reading.amount += amount,
            None => readings.push(Reading { meter, amount }),
        }
    }

    /// What meters read of it, a unit; of a train, for all in it alike.
    #[inline]
    pub(in crate::engine) fn readings(&self) -> &[Reading] {
        self.rare.as_ref().map_or(&[], |rare| &rare.readings)
    }

    /// Bytes that it takes beside its record for what few bodies have.
    pub(in crate::engine) fn bytes_apart(&self) -> usize {
        let of = |rare: &Rare| size_of::<Rare>() + rare.readings.len() * size_of::<Reading>();
        self.rare.as_deref().map_or(0, of)
    }

    /// Set once it was split.
    #[inline]
    pub(in crate::engine) fn original(&self) -> Option<u32> {
        self.rare.as_ref()?.original
    }

    pub(in crate::engine) fn set_original(&mut self, original: u32) {
        self.rare.get_or_insert_default().original = Some(original);
    }

    #[inline]
    pub(in crate::engine) fn switched(&self) -> Switched {
        self.rare.as_ref().map_or_else(Switched::default, |rare| rare.switched)
    }

    pub(in crate::engine) fn set_switched(&mut self, switched: Switched) {
        self.rare.get_or_insert_default().switched = switched;
    }

    /// The number of the next piece that is cut off it for the road, where it is a part itself.
    pub(in crate::engine) fn next_piece(&mut self) -> u32 {
        let rare = self.rare.get_or_insert_default();
        rare.pieces += 1;
        rare.pieces
    }

    /// Of things that go home as cargo: since when they have been away.
    pub(in crate::engine) fn taken(&self) -> Option<SimTime> {
        self.rare.as_ref()?.taken
    }

    pub(in crate::engine) fn set_taken(&mut self, taken: SimTime) {
        self.rare.get_or_insert_default().taken = Some(taken);
    }
}

/// Moves from `pools` to `shares` what falls to `part` of `whole`, rounded down; the parts taken one after another from
/// what is left add up to all.
pub(in crate::engine) fn share_out(pools: &mut Vec<Held>, part: Size, whole: Size, shares: &mut Vec<Held>) {
    for held in pools.iter_mut() {
        let count = (i64::from(held.count) * part.milli() / whole.milli().max(1)) as u32;
        if count > 0 {
            held.count -= count;
            shares.push(Held { count, ..*held });
        }
    }
    pools.retain(|held| held.count > 0);
}

/// How often a shipment has switched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) struct Switched {
    pub(in crate::engine) times: u8,
    /// The step at which it did last.
    pub(in crate::engine) at: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Else the end of a patience that is still scheduled would refuse whoever has the record next.
    #[test]
    fn who_has_a_record_next_is_not_met_by_the_events_of_who_had_it_before() {
        let mut record = Body::empty(0);
        record.generation = 3;
        record.train = 7;
        record.waits = WaitsFor::Pools;
        record.tape.push(Segment { cell: CellId::new(1), time: Duration::from_ms(5) });
        record.members.several.extend([1, 2]);
        record.set_original(4);
        record.read(Some(MeterId::new(0)), 1.0);
        record.clear();
        assert_eq!((record.generation, &record.waits), (3, &WaitsFor::Nothing));
        assert!(!record.is_train() && record.tape.is_empty());
        assert_eq!(record.members[..], [0]);
        assert!(record.original().is_none() && record.readings().is_empty());
    }
}
