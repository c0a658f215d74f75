//! What ends a run before its clock does: too many events, a clock that stands still, too much memory, a stop.

use super::event::Event;
use super::limits::{Guard, Limits};
use super::observer::Observer;
use super::state::customer::Owner;
use super::world::{EngineError, World};
use crate::units::SimTime;

/// Events between two looks at the bounds.
const BETWEEN_LOOKS: u64 = 1024;
/// Looks between two at the memory, which cost more.
const BETWEEN_WEIGHINGS: u64 = 16;
/// Events at one instant that any scenario may have.
const AT_ONE_INSTANT: u64 = 10_000;
/// More of them for each thing that is there, as for each that was made.
const FOR_EACH_THING: u64 = 64;
/// Events by which whatever keeps the clock from going on is told.
const TO_NAME: u64 = 2_000;

impl<O: Observer> World<'_, O> {
    /// Looks at all bounds before an event is handled.
    #[cold]
    pub(super) fn look_at_bounds(&self, guard: &mut Guard, event: &Event) -> Result<(), EngineError> {
        let Limits { events, memory, ref cancel } = guard.limits;
        guard.next_look = (self.handled + BETWEEN_LOOKS).min(events.saturating_add(1));
        if cancel.is_requested() {
            return Err(EngineError::Stopped);
        }
        if self.handled > events {
            return Err(self.runaway(events));
        }
        self.clock_goes_on(guard, event)?;
        match memory {
            Some(most) if (self.handled / BETWEEN_LOOKS).is_multiple_of(BETWEEN_WEIGHINGS) => self.fits_into(most),
            _ => Ok(()),
        }
    }

    /// Fails where events follow each other without time passing, after it has seen who makes them.
    fn clock_goes_on(&self, guard: &mut Guard, event: &Event) -> Result<(), EngineError> {
        if guard.at_instant <= self.most_at_one_instant() && guard.arrivals <= self.most_arrivals() {
            guard.culprits.clear();
            return Ok(());
        }
        *guard.culprits.entry(self.maker(event)).or_insert(0) += 1;
        guard.next_look = self.handled + 1;
        if guard.culprits.values().sum::<u64>() < TO_NAME {
            return Ok(());
        }
        let culprit = guard.culprits.iter().max_by_key(|(_, count)| **count);
        let culprit = culprit.map_or_else(String::new, |(name, _)| name.clone());
        Err(EngineError::Still { time: self.now.since(SimTime::ZERO), events: guard.at_instant, culprit })
    }

    /// Many flows may begin at one instant, and thousands of bodies may pass steps that take no time.
    fn most_at_one_instant(&self) -> u64 {
        let programs = self.model.programs.iter().map(|program| program.steps.len() as u64);
        let each = FOR_EACH_THING + programs.max().unwrap_or(0);
        let fixed = self.vessels.len() + self.stations.len() + self.gates.len() + self.sources.len();
        AT_ONE_INSTANT + each * (fixed + self.bodies.most()) as u64
    }

    fn most_arrivals(&self) -> u64 {
        AT_ONE_INSTANT + FOR_EACH_THING * self.sources.len() as u64
    }

    /// What makes an event, as its parameter path.
    fn maker(&self, event: &Event) -> String {
        let labels = &self.plan.labels;
        let flow = |flow: usize| format!("flow.{}", labels.flows[flow].id);
        let fleet = |fleet: usize| match labels.fleets.get(fleet) {
            Some(label) => format!("fleet.{}", label.id),
            None => labels.visiting[fleet - labels.fleets.len()].0.to_string(),
        };
        let station = |station: usize| labels.stations[station].path.to_string();
        match *event {
            Event::Arrival { source, .. } => flow(self.sources[source as usize].flow),
            Event::RunEnd { body } | Event::Patience { body, .. } => flow(self.bodies[body].flow.index()),
            Event::LineWake { line, .. } => {
                format!("link.{}", labels.links[labels.lines[line as usize].index()].id)
            }
            Event::ServiceEnd { customer, .. } => match self.owner_of(customer) {
                Owner::Vessel(vessel) => fleet(self.vessels[vessel as usize].fleet.index()),
                Owner::Body(_) => station(self.stay_of(customer).station.index()),
            },
            Event::Hours { station: at } | Event::Fail { station: at, .. } | Event::Repair { station: at, .. } => {
                station(at as usize)
            }
            Event::PoolFree { pool, .. } => format!("pool.{}", labels.pools[pool as usize].id),
            Event::FormTimeout { .. } => "a yard where trains are formed".to_owned(),
            Event::Vessel { vessel, .. } => fleet(self.vessels[vessel as usize].fleet.index()),
            Event::Departure { fleet: of, .. } => fleet(of as usize),
            Event::Ship { visit } => {
                let kind = self.model.visits[visit as usize].kinds[0].1 as usize;
                labels.visiting[kind].1.to_string()
            }
            Event::Gate { gate } => labels.gates[gate as usize].to_string(),
            Event::Storm { .. } => "a closure by weather".to_owned(),
            Event::Ban { ban } => format!("ban.{}", labels.bans[ban as usize]),
            Event::Review { .. } => "those who look again at their route".to_owned(),
            Event::Epoch { .. }
            | Event::MonthEnd
            | Event::HorizonStart
            | Event::HorizonEnd
            | Event::Standstill
            | Event::Stop => "the clock".to_owned(),
        }
    }
}
