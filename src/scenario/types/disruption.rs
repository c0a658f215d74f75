//! What changes over time: closures, bans, water, timelines, hours; and what an overlay changes.

use indexmap::IndexMap;
use jiff::civil::DateTime;

use crate::random::Distribution;
use crate::units::Duration;

/// `hours = "06:00-18:00"`, UTC; may cross midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoursOfDay {
    /// Opens, after midnight.
    pub opens: Duration,
    /// Closes, after midnight; before `opens` where the hours cross midnight.
    pub closes: Duration,
}

/// `[closure.ID]`: what shuts things.
#[derive(Clone, Debug, PartialEq)]
pub struct Closure {
    /// Paths of things: `node.aktau`, `link.aktau-alat`, `fleet.F`, `node.N.facility.F`.
    pub of: Vec<String>,
    /// What does not start. Default all.
    pub stops: Vec<Stops>,
    /// When.
    pub clock: Clock,
    /// How long before each window begins it is known.
    pub announced: Duration,
    /// Members of one group share one sequence of storms.
    pub group: Option<String>,
    /// Identity for draws where it differs from the id.
    pub key: Option<String>,
}

/// `stops`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stops {
    /// Sailings from the port, on the link, of the fleet.
    Sailings,
    /// Vessels going alongside (services of `for = "vessel"` facilities).
    Berthing,
    /// Services of the other facilities.
    Handling,
    /// Trains setting out.
    Trains,
}

/// When a closure holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Clock {
    /// `window = ["2025-08-01", "2025-09-13"]`, one or several.
    Windows {
        /// As they are written.
        windows: Vec<Window>,
        /// `every = "year"`: they recur on the same dates of every year.
        yearly: bool,
    },
    /// `closed`, `open`: an alternating renewal that starts open. A closed spell has the law of the month in which it
    /// begins, as has an open one, unless its law is exponential: then it follows the month that it is in. ms.
    Renewal {
        /// Length of closed spells by month.
        closed: ByMonth<Distribution>,
        /// Length of open spells by month.
        open: ByMonth<Distribution>,
    },
    /// `closed`, `share`: open spells exponential, with the mean that gives the share closed in the month they are in.
    Share {
        /// Length of closed spells by month.
        closed: ByMonth<Distribution>,
        /// Share of the time closed by month, 0 up to but not 1.
        share: ByMonth<f64>,
    },
}

/// A value for all months, or 12.
#[derive(Clone, Debug, PartialEq)]
pub struct ByMonth<T>(
    /// January first; one element where all months are alike.
    pub Vec<T>,
);

impl<T> ByMonth<T> {
    /// The value of a month.
    ///
    /// # Panics
    /// If the table is empty, which the reader of scenarios excludes.
    pub fn month(&self, month0: usize) -> &T {
        &self.0[if self.0.len() == 1 { 0 } else { month0 }]
    }
}

/// A window of dates, end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Closed from.
    pub from: DateTime,
    /// Open again at.
    pub until: DateTime,
}

/// `[ban.ID]`: a loading ban while a port is full.
#[derive(Clone, Debug, PartialEq)]
pub struct Ban {
    /// The queue that is watched.
    pub watch: BanWatch,
    /// The ban begins when the queue is at least this many units of `unit`. Key `on = "700 wagon"`.
    pub on: f64,
    /// It ends when the queue is at most this.
    pub off: f64,
    /// The unit of both.
    pub unit: String,
    /// From crossing a threshold until it takes effect. Default 0.
    pub delay: Duration,
    /// Flow ids that load nothing (patterns expanded).
    pub flows: Vec<String>,
}

/// `watch` of a ban. Counted are shipments of cargoes in the ban's unit.
#[derive(Clone, Debug, PartialEq)]
pub enum BanWatch {
    /// `"node.aktau"`: all that waits at the node for space, trains or vessels.
    Node(String),
    /// `"node.aktau.storage.wagon-yard"`: what stands in the storage and outside it.
    Storage(String, String),
    /// `"node.altynkol.facility.customs"`: the queue of a facility.
    Facility(String, String),
}

/// `[water.ID]`: a level that limits draught.
#[derive(Clone, Debug, PartialEq)]
pub struct Water {
    /// Metres, `"-29.1 m"`.
    pub level: f64,
}

/// `[timeline.ID] on = date, set = { path = value }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// The day.
    pub on: DateTime,
    /// Path and value as written (already checked against the path's type).
    pub set: IndexMap<String, String>,
}

/// One `[[change]]` or `--set`.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Write a value (TOML text).
    Set(String, String),
    /// Multiply numbers.
    Multiply(String, f64),
    /// Add a quantity (TOML text).
    Add(String, String),
    /// Remove a thing or an optional key.
    Remove(String),
}
