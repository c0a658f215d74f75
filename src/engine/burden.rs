//! How much memory a replication takes, and what waits the most.

use std::mem::size_of;

use super::carrier::LegState;
use super::lane::Waiter;
use super::observer::Observer;
use super::outcome::{Amount, Journey, Passage, Segment, Stay};
use super::state::body::{Body, Held};
use super::state::customer::Token;
use super::world::{EngineError, World};
use crate::units::{Duration, Mass, SimTime};

/// Bytes of the allocator beside each piece of memory.
const PIECE: usize = 16;
/// Shipments that are looked at for the mean length of what they keep.
const LOOKED_AT: usize = 64;
/// Stretches of time that a shipment keeps where none is there to be looked at.
const USUAL_TAPE: usize = 24;

/// Bytes of a shipment that waits: itself, its tape, and its place in a queue.
pub const WAITING_SHIPMENT: usize =
    size_of::<Body>() + size_of::<Waiter>() + USUAL_TAPE * size_of::<Segment>() + size_of::<Held>() + 4 * PIECE;

/// Bytes that stay of a shipment when it is gone, in a scenario of so many sections and nodes on its way: its journey, its
/// completion, its passages and stays, each once more while they are sorted.
pub const fn gone_shipment(sections: usize, nodes: usize) -> usize {
    let samples = 4 + sections + nodes;
    size_of::<Journey>()
        + size_of::<(u32, Duration, Mass)>()
        + sections * size_of::<Passage>()
        + nodes * size_of::<Stay>()
        + samples * size_of::<(i64, i64)>()
}

impl<O: Observer> World<'_, O> {
    /// Fails where the state takes more than so many bytes.
    pub(super) fn fits_into(&self, most: u64) -> Result<(), EngineError> {
        let bytes = self.bytes() as u64;
        if bytes <= most {
            return Ok(());
        }
        let (queue, waiting) = self.longest_queue();
        Err(EngineError::Memory { time: self.now.since(SimTime::ZERO), most, bytes, queue, waiting })
    }

    /// Bytes of the state: of what is there and of what is kept for the outcome.
    fn bytes(&self) -> usize {
        let moving = self.bodies.most() * (size_of::<Body>() + size_of::<Waiter>() + 2 * PIECE)
            + self.tokens.most() * size_of::<Token>()
            + self.events.bytes();
        moving + self.lists() + self.kept()
    }

    /// Of what bodies keep beside their records, as of the first of them.
    fn lists(&self) -> usize {
        let looked_at = || self.bodies.iter().take(LOOKED_AT).map(|(_, body)| body);
        // By what is in them and not by their room, which may be left of a replication before this one.
        let taken = |body: &Body| {
            let apart = body.bytes_apart();
            let tape = body.tape.len().next_power_of_two() * size_of::<Segment>();
            tape + apart + if apart > 0 { 2 * PIECE } else { 0 }
        };
        let all: usize = looked_at().map(taken).sum();
        let mean = all.checked_div(looked_at().count()).unwrap_or(USUAL_TAPE * size_of::<Segment>());
        self.bodies.most() * (mean + PIECE)
    }

    fn kept(&self) -> usize {
        let outcome = &self.account.outcome;
        let closed = self.account.closed.iter().flat_map(|closed| &closed.stations);
        let waits: usize = outcome.stations.iter().chain(closed).map(|station| station.waits.len()).sum();
        let crossings: usize = outcome.legs.iter().map(|leg| leg.crossings.len()).sum();
        let months: usize = outcome.flows.iter().map(|flow| flow.offered_by_month.len()).sum();
        let cells: usize = outcome.time.iter().chain(&outcome.section_time).map(Vec::len).sum();
        let samples = 2 * outcome.journeys.len()
            + outcome.passages.len()
            + outcome.stays.len()
            + outcome.completions.len()
            + waits
            + crossings;
        outcome.journeys.len() * size_of::<Journey>()
            + outcome.passages.len() * size_of::<Passage>()
            + outcome.stays.len() * size_of::<Stay>()
            + (outcome.completions.len() + crossings) * 4 * size_of::<i64>()
            + waits * size_of::<Duration>()
            + 2 * months * size_of::<Amount>()
            + cells * size_of::<i128>()
            + samples * size_of::<(i64, i64)>()
    }

    /// The queue in which the most waits, as its parameter path, and how many.
    fn longest_queue(&self) -> (String, u64) {
        let labels = &self.plan.labels;
        let stations = self.stations.iter().zip(&labels.stations);
        let stations =
            stations.map(|(state, label)| (label.path.to_string(), state.queue.len() as usize + state.outside.len()));
        let lines =
            self.lines.iter().zip(&labels.lines).map(|(state, link)| {
                (format!("link.{}", labels.links[link.index()].id), state.waiting.number() as usize)
            });
        let pools = self.pools.iter().zip(&labels.pools);
        let pools = pools.map(|(state, label)| (format!("pool.{}", label.id), state.queue.len()));
        let storages = self.storages.iter().zip(&labels.storages);
        let storages = storages.map(|(state, label)| (label.0.to_string(), state.outside.len()));
        let legs = self.legs.iter().map(LegState::waiting).zip(&labels.legs).map(|(waiting, (link, from, _))| {
            (format!("link.{}.from.{}", labels.links[link.index()].id, labels.nodes[from.index()]), waiting)
        });
        let formers =
            self.formers.iter().map(|former| ("a yard where trains are formed".to_owned(), former.waiting().count()));
        let all = stations.chain(lines).chain(pools).chain(storages).chain(legs).chain(formers);
        let longest = all.max_by_key(|(_, waiting)| *waiting);
        longest.map_or_else(|| (String::new(), 0), |(name, waiting)| (name, waiting as u64))
    }
}
