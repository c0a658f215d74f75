//! Batch carriers: vessels that circle between ports, load what waits for the leg, sail and unload.
//!
//! A call: the vessel passes stations, takes a berth, unloads, loads, is ready, frees the berth, waits for repair
//! and for open gates, and sails. Its cargo shares its time: the vessel keeps a ledger from which each part takes
//! what passed since it boarded, or was booked to last.

mod call;
mod crane;
mod depart;
mod load;
mod visit;

use super::lane::{LaneQueue, Waiter};
use super::observer::Carrier;
use super::outcome::Segment;
use crate::ids::{CellId, FleetId, StationId};
use crate::model::{Call, Fleet, Leg, Plan};
use crate::units::{Duration, Load, Mass, SimTime, Size};

/// Shipments that wait for vessels on a leg, and the vessels that load there.
#[derive(Debug)]
pub(super) struct LegState {
    /// By waiting line.
    pub(super) lines: Vec<LaneQueue>,
    /// Parts that wait.
    waiting: usize,
    /// Vessels that are open for cargo, in order of coming.
    pub(super) open: Vec<u32>,
    pub(super) touched: SimTime,
}

impl LegState {
    pub(super) fn new(model: &Leg) -> Self {
        let lines = (0..model.lines).map(|_| LaneQueue::default()).collect();
        Self { lines, waiting: 0, open: Vec::new(), touched: SimTime::ZERO }
    }

    /// Parts that wait.
    pub(super) const fn waiting(&self) -> usize {
        self.waiting
    }

    #[inline]
    fn push(&mut self, line: u8, waiter: Waiter) {
        self.waiting += 1;
        self.lines[line as usize].push(waiter);
    }

    #[inline]
    fn pop(&mut self, line: u8) {
        self.waiting -= usize::from(self.lines[line as usize].pop().is_some());
    }

    /// A part that waits in a line does so no more.
    pub(super) fn remove(&mut self, line: u8, shipment: u32) {
        let line = &mut self.lines[line as usize];
        let before = line.len();
        line.remove(shipment);
        self.waiting -= before - line.len();
    }
}

/// What the vessels of a fleet share.
#[derive(Debug)]
pub(super) struct FleetState {
    /// Index of its first vessel in the world's table.
    pub(super) first: u32,
    /// By call: gates over sailings that are closed.
    pub(super) shut: Vec<u32>,
    /// By call: vessels that are ready and wait for open gates.
    pub(super) held: Vec<Vec<u32>>,
    /// By call: timetabled departures so far.
    pub(super) departures: Vec<u64>,
    /// By call: the next timetabled departure.
    pub(super) due: Vec<SimTime>,
    pub(super) sailings: u64,
    /// Ships from outside that have left: their places are taken again.
    pub(super) left: Vec<u32>,
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

/// What the model has of a vessel and of the port at which it is: looked up once, and used while it does something there.
#[derive(Clone, Copy)]
pub(super) struct Here<'p> {
    fleet: &'p Fleet,
    call: &'p Call,
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
pub(super) struct Aboard {
    pub(super) shipment: u32,
    pub(super) since: SimTime,
    /// The step of its program that is the boarding.
    pub(super) step: u32,
}

/// The state of a vessel.
#[derive(Debug)]
pub(super) struct VesselState {
    pub(super) fleet: FleetId,
    pub(super) trade: Trade,
    pub(super) ordinal: u32,
    /// The call at which it is, or to which it sails.
    pub(super) call: usize,
    pub(super) phase: Phase,
    pub(super) cargo: Vec<Aboard>,
    pub(super) room: i64,
    pub(super) mass: Mass,
    pub(super) size: Size,
    pub(super) voyage: u64,
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
    /// The next moment that is scheduled.
    due: Option<SimTime>,
    /// Cells in which time of the cargo passed that is not booked to it: (cell, until).
    pub(super) log: Vec<(CellId, SimTime)>,
    pub(super) failures: u64,
    pub(super) next_failure: SimTime,
    pub(super) set_sail: SimTime,
    pub(super) phase_since: SimTime,
    /// When its call began.
    pub(super) called: SimTime,
}

impl VesselState {
    pub(super) const fn load(&self) -> Load {
        Load { size: self.size, mass: self.mass }
    }

    /// No moment that is scheduled counts any more.
    pub(super) fn expect_nothing(&mut self) {
        self.generation += 1;
        self.due = None;
    }

    /// Closes the present stretch of the ledger: up to `now`, time passed in `cell`, where there is cargo whose time it is.
    #[inline]
    pub(super) fn passed(&mut self, cell: CellId, now: SimTime) {
        if self.cargo.is_empty() {
            return;
        }
        match self.log.last_mut() {
            Some(last) if last.1 >= now => {}
            // One entry however many board meanwhile.
            Some(last) if last.0 == cell => last.1 = now,
            _ => self.log.push((cell, now)),
        }
    }

    /// Adds to a shipment's ledger what passed since a moment, a segment a cell: nobody asks for the order, and thousands
    /// aboard that each kept thousands of segments would fill the memory.
    #[inline]
    pub(super) fn stretch(&self, from: SimTime, segments: &mut Vec<Segment>) {
        let mut at = from;
        let first = segments.len();
        for &(cell, end) in &self.log {
            if end > at {
                let time = end.since(at);
                match segments[first..].iter_mut().find(|segment| segment.cell == cell) {
                    Some(segment) => segment.time += time,
                    None => segments.push(Segment { cell, time }),
                }
                at = end;
            }
        }
    }
}

impl FleetState {
    /// States of all fleets and of their vessels, with as many places as the largest parameter set needs.
    pub(super) fn all(plan: &Plan) -> (Vec<Self>, Vec<VesselState>) {
        let mut vessels = Vec::new();
        let mut fleets = Vec::new();
        for (index, first) in plan.epochs[0].1.carriers().enumerate() {
            let is_fleet = index < plan.epochs[0].1.fleets.len();
            let sizes = plan.epochs.iter().filter(|_| is_fleet).map(|(_, model)| model.fleets[index].vessels.len());
            let (most, calls) = (sizes.max().unwrap_or(0), first.calls.len());
            fleets.push(Self {
                first: vessels.len() as u32,
                shut: vec![0; calls],
                held: vec![Vec::new(); calls],
                departures: vec![0; calls],
                due: vec![SimTime::MAX; calls],
                sailings: 0,
                left: Vec::new(),
            });
            let vessel = |ordinal| VesselState::new(FleetId::new(index), Trade::Carries, ordinal as u32);
            vessels.extend((0..most).map(vessel));
        }
        (fleets, vessels)
    }
}

impl VesselState {
    const fn new(fleet: FleetId, trade: Trade, ordinal: u32) -> Self {
        Self {
            fleet,
            trade,
            ordinal,
            call: 0,
            phase: Phase::Laid,
            cargo: Vec::new(),
            room: 0,
            mass: Mass::ZERO,
            size: Size::ZERO,
            voyage: 0,
            berth: None,
            moored: SimTime::ZERO,
            load_end: SimTime::ZERO,
            to_lift: Load { size: Size::ZERO, mass: Mass::ZERO },
            is_at_crane: false,
            lifts: 0,
            deadline: SimTime::MAX,
            full: false,
            generation: 0,
            due: None,
            log: Vec::new(),
            failures: 0,
            next_failure: SimTime::MAX,
            set_sail: SimTime::ZERO,
            phase_since: SimTime::ZERO,
            called: SimTime::ZERO,
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_passes_for_cargo_alone_and_each_part_takes_what_passed_since_it_boarded() {
        let (at, cell) = (SimTime::from_ms, CellId::new);
        let mut vessel = VesselState::new(FleetId::new(0), Trade::Carries, 0);
        vessel.passed(cell(0), at(5));
        assert!(vessel.log.is_empty());
        vessel.cargo.push(Aboard { shipment: 0, since: at(6), step: 0 });
        for (which, until) in [(0, 7), (1, 8), (0, 10), (1, 9)] {
            vessel.passed(cell(which), at(until));
        }
        let mut segments = Vec::new();
        vessel.stretch(at(6), &mut segments);
        let times: Vec<_> = segments.iter().map(|segment| (segment.cell, segment.time.ms())).collect();
        assert_eq!(times, [(cell(0), 3), (cell(1), 1)]);
    }

    #[test]
    fn a_leg_knows_how_many_wait_in_all_its_lines() {
        let lines = vec![LaneQueue::default(), LaneQueue::default()];
        let mut leg = LegState { lines, waiting: 0, open: Vec::new(), touched: SimTime::ZERO };
        for id in 0..4 {
            leg.push((id % 2) as u8, Waiter { priority: 1, turn: 0, sequence: u64::from(id), id });
        }
        leg.remove(0, 2);
        leg.remove(0, 2);
        leg.pop(1);
        assert_eq!(leg.waiting(), 2);
        leg.pop(0);
        leg.pop(0);
        assert_eq!((leg.waiting(), leg.lines[1].len()), (1, 1));
    }
}
