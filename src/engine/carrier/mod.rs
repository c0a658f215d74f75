//! Batch carriers: vessels that circle between ports, load what waits for the leg, sail and unload.
//!
//! A call: the vessel passes stations, takes a berth, unloads, loads, is ready, frees the berth, waits for repair
//! and for open gates, and sails. Its cargo shares its time: the vessel keeps a ledger from which each part takes
//! what passed since it boarded, or was booked to last.

mod call;
mod crane;
mod depart;
mod ledger;
mod load;
mod visit;

use self::ledger::Ledger;
use super::lane::{LaneQueue, Waiter};
use super::observer::Carrier;
use super::outcome::FleetTally;
use super::state::customer::StayAt;
use super::state::level::Level;
use crate::ids::{CellId, FleetId, LegId, StationId};
use crate::model::{Call, Fleet, Leg, Model, Plan, Vessel};
use crate::random::Entity;
use crate::units::{Duration, Load, Mass, SimTime, Size};

/// Shipments that wait for vessels on a leg, and the vessels that load there.
#[derive(Debug)]
pub(super) struct LegState {
    /// By waiting line.
    pub(super) lines: Vec<LaneQueue>,
    /// Parts that wait.
    waiting: Level,
    /// Vessels that are open for cargo, in order of coming.
    pub(super) open: Vec<u32>,
}

impl LegState {
    pub(super) fn new(model: &Leg) -> Self {
        let lines = (0..model.lines).map(|_| LaneQueue::default()).collect();
        Self { lines, waiting: Level::default(), open: Vec::new() }
    }

    /// Parts that wait.
    pub(super) const fn waiting(&self) -> usize {
        self.waiting.number() as usize
    }

    #[inline]
    fn push(&mut self, line: u8, waiter: Waiter, now: SimTime) {
        self.waiting.rise(now);
        self.lines[line as usize].push(waiter);
    }

    #[inline]
    fn pop(&mut self, line: u8, now: SimTime) {
        if self.lines[line as usize].pop().is_some() {
            self.waiting.fall(now);
        }
    }

    /// A part that waits in a line does so no more.
    pub(super) fn remove(&mut self, line: u8, shipment: u32, now: SimTime) {
        let line = &mut self.lines[line as usize];
        let before = line.len();
        line.remove(shipment);
        if line.len() < before {
            self.waiting.fall(now);
        }
    }

    /// Whether nobody waits, and no other vessel is open than perhaps one.
    #[inline]
    fn is_only_about(&self, vessel: u32) -> bool {
        let is_alone = match self.open[..] {
            [] => true,
            [only] => only == vessel,
            _ => false,
        };
        is_alone && self.waiting() == 0
    }

    /// A vessel is open for cargo no more.
    #[inline]
    fn close(&mut self, vessel: u32) {
        match self.open[..] {
            // Most often it is the only one.
            [only] if only == vessel => self.open.clear(),
            _ => self.open.retain(|&other| other != vessel),
        }
    }
}

/// What the vessels of a fleet share.
#[derive(Debug)]
pub(super) struct FleetState {
    /// Index of its first vessel in the world's table.
    pub(super) first: u32,
    calls: Vec<CallState>,
    pub(super) sailings: u64,
    /// Ships from outside that have left: their places are taken again.
    left: Vec<u32>,
}

/// What the vessels of a fleet share at one of its calls.
#[derive(Clone, Debug)]
struct CallState {
    /// Gates over sailings that are closed.
    shut: u32,
    /// Vessels that are ready and wait for open gates.
    held: Vec<u32>,
    /// Timetabled departures so far.
    departures: u64,
    /// The next timetabled departure.
    due: SimTime,
}

/// Where a vessel stands in its circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Not in service.
    Laid,
    /// Passing the stations of a call; so many are behind it.
    Calling(u32),
    /// Waiting for or mooring at a berth.
    Berthing,
    /// At its berth, passing the stations that bring it in; so many are behind it.
    Mooring(u32),
    Unloading,
    /// Open for cargo.
    Loading,
    /// At its berth, passing the stations of its departure; so many are behind it.
    Leaving(u32),
    /// Under repair, with what it has loaded.
    Down,
    /// Ready, sailings are stopped.
    Held,
    Sailing,
}

/// What the model has of a vessel and of the port at which it is, or to which it sails: looked up once a call, and again when a
/// parameter set begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Here<'p> {
    fleet: &'p Fleet,
    call: &'p Call,
    /// None of a vessel that the parameter set does not have, which is out of service.
    hull: Option<&'p Vessel>,
}

impl<'p> Here<'p> {
    fn new(fleet: &'p Fleet, call: usize, ordinal: u32) -> Self {
        Self { fleet, call: &fleet.calls[call], hull: fleet.vessels.get(ordinal as usize) }
    }
}

/// Why a vessel is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trade {
    /// It carries cargo round the ports of its fleet.
    Carries,
    /// It comes from outside, lies at a berth for a time of its own and leaves for good.
    Visits,
}

/// A part aboard, with the moment up to which its time is booked.
#[derive(Clone, Copy, Debug)]
struct Aboard {
    shipment: u32,
    since: SimTime,
    /// The step of its program that is the boarding.
    step: u32,
    /// On which it is carried.
    leg: LegId,
}

/// The state of a vessel.
#[derive(Debug)]
pub(super) struct VesselState<'p> {
    pub(super) fleet: FleetId,
    here: Here<'p>,
    pub(super) trade: Trade,
    pub(super) ordinal: u32,
    /// The call at which it is, or to which it sails.
    call: usize,
    pub(super) phase: Phase,
    cargo: Vec<Aboard>,
    pub(super) room: i64,
    pub(super) mass: Mass,
    pub(super) size: Size,
    /// Number and identity of the present voyage.
    voyage: u64,
    identity: Entity,
    pub(super) berth: Option<(StationId, u32)>,
    /// Since when it has it.
    pub(super) moored: SimTime,
    /// When loading ends with what has boarded; at cranes, when they were last through with what had.
    pub(super) load_end: SimTime,
    /// What has boarded and no crane has begun to load.
    pub(super) to_lift: Load,
    /// Cranes load, or are waited for.
    pub(super) is_at_crane: bool,
    /// How often cranes were asked to load on this voyage.
    pub(super) lifts: u64,
    /// When its patience ends: after the first boarding, or of an empty vessel.
    pub(super) deadline: SimTime,
    /// No further cargo fits.
    pub(super) full: bool,
    generation: u32,
    /// The next moment that is scheduled; never, where none is.
    due: SimTime,
    ledger: Ledger,
    pub(super) failures: u64,
    pub(super) next_failure: SimTime,
    pub(super) set_sail: SimTime,
    pub(super) phase_since: SimTime,
    /// When its call began.
    pub(super) called: SimTime,
    /// As the customer of a station: its stay there, and the amount for which it is served.
    pub(super) stay: StayAt,
    pub(super) handled: Load,
}

impl<'p> VesselState<'p> {
    /// 1 first, where vessels wait for a station.
    pub(super) const fn priority(&self) -> u8 {
        self.here.fleet.priority
    }

    pub(super) const fn load(&self) -> Load {
        Load { size: self.size, mass: self.mass }
    }

    /// It is at a call from now on.
    fn turn_to(&mut self, call: usize, model: &'p Model) {
        self.call = call;
        self.look_up(model);
    }

    /// Looks up what the present parameter set has of it and its call.
    fn look_up(&mut self, model: &'p Model) {
        let fleet = model.carrier(self.fleet);
        self.here = Here::new(fleet, self.call, self.ordinal);
    }

    /// It sails to the port after the one at which it was. Its fleet is known, as it is looked up anew when a parameter set begins.
    fn turn_to_next(&mut self) {
        let calls = &self.here.fleet.calls;
        let next = self.call + 1;
        self.call = if next < calls.len() { next } else { 0 };
        self.here.call = &calls[self.call];
    }

    #[inline]
    fn hull(&self) -> &'p Vessel {
        self.here.hull.expect("a vessel in service has a hull")
    }

    #[inline]
    fn begin_voyage(&mut self, number: u64) {
        self.voyage = number;
        self.identity = self.hull().entity.voyage(number);
    }

    /// No moment that is scheduled counts any more.
    const fn expect_nothing(&mut self) {
        self.generation += 1;
        self.due = SimTime::MAX;
    }

    /// Up to `now`, time passed in `cell`, where there is cargo whose time it is.
    #[inline]
    fn passed(&mut self, cell: CellId, now: SimTime) {
        if !self.cargo.is_empty() {
            self.ledger.pass(cell, now);
        }
    }
}

impl FleetState {
    /// States of all fleets and of their vessels, with as many places as the largest parameter set needs.
    pub(super) fn all(plan: &Plan) -> (Vec<Self>, Vec<VesselState<'_>>) {
        let mut vessels = Vec::new();
        let mut fleets = Vec::new();
        let model = &plan.epochs[0].1;
        for (index, first) in model.carriers().enumerate() {
            let is_fleet = index < model.fleets.len();
            let sizes = plan.epochs.iter().filter(|_| is_fleet).map(|(_, model)| model.fleets[index].vessels.len());
            let (most, calls) = (sizes.max().unwrap_or(0), first.calls.len());
            let call = CallState { shut: 0, held: Vec::new(), departures: 0, due: SimTime::MAX };
            let first = vessels.len() as u32;
            fleets.push(Self { first, calls: vec![call; calls], sailings: 0, left: Vec::new() });
            let vessel = |ordinal| VesselState::new(model, FleetId::new(index), Trade::Carries, ordinal as u32);
            vessels.extend((0..most).map(vessel));
        }
        (fleets, vessels)
    }
}

impl<'p> VesselState<'p> {
    fn new(model: &'p Model, fleet: FleetId, trade: Trade, ordinal: u32) -> Self {
        Self {
            fleet,
            here: Here::new(model.carrier(fleet), 0, ordinal),
            trade,
            ordinal,
            call: 0,
            phase: Phase::Laid,
            cargo: Vec::new(),
            room: 0,
            mass: Mass::ZERO,
            size: Size::ZERO,
            voyage: 0,
            identity: Entity::ordinal(0),
            berth: None,
            moored: SimTime::ZERO,
            load_end: SimTime::ZERO,
            to_lift: Load { size: Size::ZERO, mass: Mass::ZERO },
            is_at_crane: false,
            lifts: 0,
            deadline: SimTime::MAX,
            full: false,
            generation: 0,
            due: SimTime::MAX,
            ledger: Ledger::default(),
            failures: 0,
            next_failure: SimTime::MAX,
            set_sail: SimTime::ZERO,
            phase_since: SimTime::ZERO,
            called: SimTime::ZERO,
            stay: StayAt::default(),
            handled: Load { size: Size::ZERO, mass: Mass::ZERO },
        }
    }

    /// What it is called where facts are told.
    pub(super) const fn name(&self) -> Carrier {
        let number = match self.trade {
            Trade::Carries => self.ordinal,
            Trade::Visits => self.voyage as u32,
        };
        Carrier::Vessel(self.fleet, number)
    }

    /// Time in the present phase so far.
    pub(super) const fn in_phase(&self, now: SimTime) -> Duration {
        now.since(self.phase_since)
    }

    /// The part of it, of a vessel that is open for cargo, in which it is loaded: time that was not counted before anything
    /// else boarded or a crane was asked for.
    fn loading(&self, now: SimTime) -> Duration {
        if self.is_at_crane {
            self.in_phase(now)
        } else {
            self.load_end.clamp(self.phase_since, now).since(self.phase_since)
        }
    }

    /// Changes phase; the time in the last one is counted.
    #[inline]
    fn enter(&mut self, phase: Phase, now: SimTime, tallies: &mut [FleetTally]) {
        self.count_phase(now, tallies);
        self.phase = phase;
    }

    /// The same, where the tally of its fleet is at hand.
    #[inline]
    fn enter_in(&mut self, phase: Phase, now: SimTime, tally: &mut FleetTally) {
        if self.phase_since != now {
            self.count_time_in_phase(now, tally);
        }
        self.phase = phase;
    }

    /// Counts the time in the present phase up to now.
    #[inline]
    fn count_phase(&mut self, now: SimTime, tallies: &mut [FleetTally]) {
        // Most phases end when they begin.
        if self.phase_since != now {
            self.count_time_in_phase(now, &mut tallies[self.fleet.index()]);
        }
    }

    // Seldom needed. Not inlined, so that the test before it can be.
    #[inline(never)]
    fn count_time_in_phase(&mut self, now: SimTime, tally: &mut FleetTally) {
        let time = self.in_phase(now);
        match self.phase {
            Phase::Sailing => tally.at_sea += time,
            Phase::Calling(_) | Phase::Berthing => tally.waiting += time,
            Phase::Mooring(_) | Phase::Unloading | Phase::Leaving(_) => tally.at_berth += time,
            Phase::Loading => {
                let loading = self.loading(now);
                tally.at_berth += time;
                tally.loading += loading;
                tally.for_cargo += time - loading;
            }
            Phase::Held => tally.held += time,
            Phase::Down => tally.down += time,
            Phase::Laid => {}
        }
        self.phase_since = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leg_knows_how_many_wait_in_all_its_lines() {
        let lines = vec![LaneQueue::default(), LaneQueue::default()];
        let mut leg = LegState { lines, waiting: Level::default(), open: Vec::new() };
        let now = SimTime::ZERO;
        for id in 0..4 {
            leg.push((id % 2) as u8, Waiter { priority: 1, turn: 0, sequence: u64::from(id), id }, now);
        }
        leg.remove(0, 2, now);
        leg.remove(0, 2, now);
        leg.pop(1, now);
        assert_eq!(leg.waiting(), 2);
        leg.pop(0, now);
        leg.pop(0, now);
        assert_eq!((leg.waiting(), leg.lines[1].len()), (1, 1));
    }
}
