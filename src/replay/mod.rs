//! A simulated year to be looked at: what moves when, how much waits where, and what is closed.
//!
//! A [`Recorder`] listens to one replication and makes a [`Replay`] of it, which [`packed`](Replay::packed) writes in few bytes for
//! a page. [`Years`] says which replications are worth looking at. Moments are whole [`TICK`]s from the beginning of the horizon.

mod packed;
mod recorder;
mod tape;
mod waiting;
mod who;
mod years;

use crate::ids::{LinkId, NodeId};
use crate::units::{Duration, SimTime};

pub use recorder::Recorder;
pub use years::{Chosen, Years};

/// The shortest time that is told: on a map of a year nobody sees less than a quarter of an hour.
pub const TICK: Duration = Duration::from_ms(15 * 60 * 1000);
/// Ticks from one look at who waits to the next.
pub const LOOK: i64 = 24;

/// A simulated year to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// Ticks of the horizon.
    pub ticks: i64,
    /// Runs of trains, lorries and pipes and voyages of vessels, by link, each list by its beginnings.
    pub runs: Vec<(LinkId, Vec<Run>)>,
    /// Calls of vessels, by port, each list by its beginnings.
    pub calls: Vec<(NodeId, Vec<Spell>)>,
    /// By node at which any waits: kilograms that wait there at each look.
    pub waiting: Vec<(NodeId, Vec<i64>)>,
    /// What was closed for a part of the horizon, and when.
    pub closures: Vec<(Closed, Vec<Spell>)>,
}

/// From when to when, in ticks; what began before the horizon begins below 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spell {
    /// The beginning.
    pub from: i64,
    /// The end.
    pub until: i64,
}

/// One way over a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// When.
    pub spell: Spell,
    /// From the first end of the link to the second.
    pub is_forward: bool,
}

/// What a closure closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closed {
    /// A node, or facilities or ships there.
    Node(NodeId),
    /// A link.
    Link(LinkId),
}

/// The clock of a replay.
#[derive(Clone, Copy, Debug)]
struct Clock {
    start: SimTime,
    ticks: i64,
}

impl Clock {
    /// The tick that is nearest to a moment.
    const fn tick(self, time: SimTime) -> i64 {
        let half = TICK.ms() / 2;
        (time.since(self.start).ms() + half).div_euclid(TICK.ms())
    }

    /// What of a spell can be seen: `None` where it lies outside of the horizon.
    fn spell(self, from: SimTime, until: SimTime) -> Option<Spell> {
        let (from, until) = (self.tick(from), self.tick(until));
        (until > 0 && from < self.ticks && until > from).then_some(Spell { from, until })
    }
}
