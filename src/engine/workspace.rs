//! Memory that one replication leaves for the next.

use super::event_list::EventList;
use super::outcome::{Journey, Outcome, Passage, Stay};
use super::slab::Slab;
use super::state::body::{Body, Original};
use super::state::customer::{Join, Token};
use crate::ids::FlowId;
use crate::units::{Duration, Mass, Size};

/// Tables and lists of a replication that is over, for the next one on the same thread: where much is under way, to ask the
/// system for all that memory again takes a third of the time. What was in them is never looked at, so that a replication does not
/// depend on which one was before it.
#[derive(Debug, Default)]
pub struct Workspace {
    /// None where nothing was simulated yet, as an empty list is already large.
    pub(super) events: Option<EventList>,
    pub(super) originals: Slab<Original>,
    pub(super) bodies: Slab<Body>,
    pub(super) tokens: Slab<Token>,
    pub(super) joins: Slab<Join>,
    pub(super) journeys: Vec<Journey>,
    pub(super) passages: Vec<Passage>,
    pub(super) stays: Vec<Stay>,
    pub(super) completions: Vec<(FlowId, Duration, Mass)>,
    /// By station.
    pub(super) waits: Vec<Vec<Duration>>,
    /// By leg.
    pub(super) crossings: Vec<Vec<(FlowId, Duration, Mass, Size)>>,
}

impl Workspace {
    /// Keeps the lists of an outcome that nobody needs any more.
    pub fn take_back(&mut self, outcome: Outcome) {
        self.journeys = emptied(outcome.journeys);
        self.passages = emptied(outcome.passages);
        self.stays = emptied(outcome.stays);
        self.completions = emptied(outcome.completions);
        self.waits = outcome.stations.into_iter().map(|station| emptied(station.waits)).collect();
        self.crossings = outcome.legs.into_iter().map(|leg| emptied(leg.crossings)).collect();
    }

    /// Gives an outcome these lists.
    pub(super) fn furnish(&mut self, outcome: &mut Outcome) {
        outcome.journeys = std::mem::take(&mut self.journeys);
        outcome.passages = std::mem::take(&mut self.passages);
        outcome.stays = std::mem::take(&mut self.stays);
        outcome.completions = std::mem::take(&mut self.completions);
        for (station, waits) in outcome.stations.iter_mut().zip(self.waits.drain(..)) {
            station.waits = waits;
        }
        for (leg, crossings) in outcome.legs.iter_mut().zip(self.crossings.drain(..)) {
            leg.crossings = crossings;
        }
    }

    /// Empties the tables.
    pub(super) fn clear(&mut self) {
        self.events.iter_mut().for_each(EventList::clear);
        self.originals.clear();
        self.bodies.clear();
        self.tokens.clear();
        self.joins.clear();
    }
}

fn emptied<T>(mut list: Vec<T>) -> Vec<T> {
    list.clear();
    list
}
