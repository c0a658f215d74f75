//! What changes over time: closures, bans, water, timelines, hours; and what an overlay changes.

use indexmap::IndexMap;
use jiff::civil::DateTime;

use crate::random::Distribution;
use crate::scenario::declare::fields::Fields;
use crate::scenario::declare::{table, value, words};
use crate::scenario::format::Kind::{
    Date, Either, Exactly, List, OneOrMore, PathOf, Quantity, Random, Settings, Share, Text, Word,
};
use crate::scenario::format::{Allowed, FLOWS, Kind, Thing};
use crate::scenario::quantity::Dimension::{Amount, Level, Time};
use crate::scenario::tree::{Node, keys};
use crate::scenario::when;
use crate::units::Duration;

table! {
    /// What shuts things: storms, works, a strike.
    pub Closure "closure" {
        /// Paths of what is shut: node.N, link.L, fleet.F, node.N.facility.F.
        "of" needed(OneOrMore(&STOPPABLE)) => of: Vec<String> = some(value::text);
        /// What does not start.
        "stops" or(OneOrMore(&Word(STOPS)), "\"all\"");
        /// What does not start.
        stops: Vec<Stops> = stops;
        /// From and until, once or several times.
        "window" may(WINDOWS);
        /// With `window`.
        "every" may(Word(YEARLY));
        /// Length of closed spells, or 12 by month.
        "closed" may(SPELLS);
        /// Length of open spells, or 12 by month.
        "open" may(SPELLS);
        /// Share of the time closed, or 12 by month; instead of `open`.
        "share" may(SHARES);
        /// When.
        clock: Clock = clock;
        /// With `window`: how long before it begins it is known; default 0 h.
        "announced" may(Quantity(Time)) => announced: Duration = or_default(value::duration);
        /// Members of one group share one sequence of storms.
        "group" may(Text) => group: Option<String> = may(value::text);
        shared key;
    }
}

const STOPPABLE: Kind = PathOf(&[Thing::Node, Thing::Link, Thing::Fleet, Thing::Facility]);
const WATCHABLE: Kind = PathOf(&[Thing::Node, Thing::Storage, Thing::Facility]);
const SPELLS: Kind = Either(&[Exactly(12, &Random(Time, "constant")), Random(Time, "constant")]);
const SHARES: Kind = Either(&[Exactly(12, &Share(0.0, 1.0)), Share(0.0, 1.0)]);
const WINDOWS: Kind = Either(&[List(&Exactly(2, &Date)), Exactly(2, &Date)]);
const YEARLY: &[Allowed] = &[Allowed::new("year", "The window recurs on the same dates of every year.")];
const STOPS: &[Allowed] =
    &[Allowed::new("all", "All that follows."), Stops::WORDS[0], Stops::WORDS[1], Stops::WORDS[2], Stops::WORDS[3]];

words! {
    /// `stops` of a closure.
    pub Stops {
        /// Sailings from the port, on the link, of the fleet.
        Sailings "sailings",
        /// Vessels going alongside: services of facilities that are for vessels, cranes apart.
        Berthing "berthing",
        /// Services of the other facilities, and of cranes.
        Handling "handling",
        /// Trains setting out.
        Trains "trains",
    }
}

fn stops(fields: &Fields<'_>) -> Option<Vec<Stops>> {
    const ALL: [Stops; 4] = [Stops::Sailings, Stops::Berthing, Stops::Handling, Stops::Trains];
    let each =
        |node: &Node| if node.text() == Some("all") { Some(ALL.to_vec()) } else { Some(vec![Stops::read(node)?]) };
    let given: Vec<Stops> = fields.each("stops", each)?.concat();
    Some(ALL.into_iter().filter(|stops| given.contains(stops)).collect())
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

fn clock(fields: &Fields<'_>) -> Option<Clock> {
    if let Some(window) = fields.get("window") {
        return windows(window).map(|windows| Clock::Windows { windows, yearly: fields.get("every").is_some() });
    }
    let closed = by_month(fields.get("closed")?, value::time_law)?;
    if let Some(share) = fields.may("share", |node| by_month(node, value::share))? {
        return Some(Clock::Share { closed, share });
    }
    Some(Clock::Renewal { closed, open: by_month(fields.get("open")?, value::time_law)? })
}

fn by_month<T>(node: &Node, read: impl Fn(&Node) -> Option<T>) -> Option<ByMonth<T>> {
    let months: Vec<T> = node.items().iter().map(read).collect::<Option<_>>()?;
    matches!(months.len(), 1 | 12).then_some(ByMonth(months))
}

fn windows(node: &Node) -> Option<Vec<Window>> {
    let items = node.list()?;
    if items.is_empty() {
        return Some(Vec::new());
    }
    if items.iter().any(|item| item.list().is_some()) {
        items.iter().map(window).collect()
    } else {
        Some(vec![window(node)?])
    }
}

fn window(node: &Node) -> Option<Window> {
    let [from, until] = node.list()? else { return None };
    Some(Window { from: when::moment(from)?, until: when::moment(until)? })
}

table! {
    /// A loading ban while a port is full.
    pub Ban "ban" {
        /// The queue that is watched: node.N, node.N.storage.S, node.N.facility.F.
        "watch" needed(WATCHABLE) => watch: BanWatch = need(BanWatch::read);
        /// The ban begins when the queue is at least this.
        "on" needed(Quantity(Amount)) => on: f64 = need(number);
        /// It ends when the queue is at most this.
        "off" needed(Quantity(Amount)) => off: f64 = need(number);
        /// The unit of both.
        unit: String = unit;
        /// From crossing a threshold until it takes effect.
        "delay" or(Quantity(Time), "\"0 h\"") => delay: Duration = need(value::duration);
        /// Flows that load nothing.
        "flows" needed(FLOWS) => flows: Vec<String> = all_flows();
    }
}

fn number(node: &Node) -> Option<f64> {
    Some(value::amount(node)?.value)
}

fn unit(fields: &Fields<'_>) -> Option<String> {
    Some(fields.need("on", value::amount)?.unit)
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

impl BanWatch {
    fn read(node: &Node) -> Option<Self> {
        let keys = keys(node.text()?);
        match keys.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["node", node] => Some(Self::Node(node.to_owned())),
            ["node", node, "storage", storage] => Some(Self::Storage(node.to_owned(), storage.to_owned())),
            ["node", node, "facility", facility] => Some(Self::Facility(node.to_owned(), facility.to_owned())),
            _ => None,
        }
    }
}

table! {
    /// A level that limits draught.
    pub Water "water" {
        /// Metres.
        "level" needed(Quantity(Level)) => level: f64 = need(value::level);
    }
}

table! {
    /// What changes on a date.
    pub Timeline "timeline" {
        /// The day.
        "on" needed(Date) => on: DateTime = need(when::moment);
        /// Parameter paths and their values from then on.
        "set" needed(Settings) => set: IndexMap<String, String> = map(|node| Some(node.to_string()));
    }
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
