//! The scenario as a whole.

use indexmap::IndexMap;
use jiff::civil::DateTime;

use super::choice::Choice;
use super::demand::{Cargo, Flow, Season, Section};
use super::dispatch::Dispatch;
use super::disruption::{Ban, Closure, Timeline, Water};
use super::infrastructure::{Link, Node};
use super::money::{MeasureCost, Outside};
use super::provenance::Provenance;
use super::reroute::Reroute;
use super::run::{Period, Run, Source};
use super::slider::Slider;
use super::transport::{Fleet, Pool, Visit};
use crate::scenario::declare::fields::Fields;
use crate::scenario::declare::value;
use crate::scenario::format::Kind::{List, Other, Table as TableKind, Text, Things, Whole};
use crate::scenario::format::{Field, Format, Thing, sentence};

/// A keyed table in file order.
pub type Table<T> = IndexMap<String, T>;

/// The scenario with its keyed tables, each declared once: key, type, and the kind of its ids.
macro_rules! scenario {
    ($($(#[doc = $doc:literal])+ $key:ident: $type:ident of $thing:ident;)+) => {
        /// A whole scenario, resolved.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Contents {
            /// Short name: the file's stem or the embedded name.
            pub name: String,
            /// One line for headings.
            pub title: String,
            /// A paragraph for the reader.
            pub description: String,
            /// The window, the seed, the number of simulated years.
            pub run: Run,
            $($(#[doc = $doc])+ pub $key: Table<$type>,)+
            /// How queues choose who is next.
            pub dispatch: Dispatch,
            /// What this what-if costs and who acts.
            pub measure: Option<MeasureCost>,
            /// Where values come from, by the path of the table that says so.
            pub provenance: IndexMap<String, Provenance>,
            /// The scenario as it is from each date of the timeline on, dates rising; theirs are empty.
            pub epochs: Vec<Epoch>,
        }

        /// A whole scenario file.
        pub const SCENARIO: &Format = &Format {
            name: "scenario",
            doc: "A scenario of a freight corridor.",
            fields: &[
                Field::needed("schema", Whole(1, 1), "Version of the format: 1."),
                Field::needed("title", Text, "One line for headings."),
                Field::or("description", Text, "\"\"", "A paragraph for the reader."),
                Field::may("include", List(&Text), "Files that are parts of this scenario; each key is defined once."),
                Field::may("extends", Text, "The scenario that this one changes: a file or an embedded name."),
                Field::may("change", Other, "Changes applied in order after the overlay was merged."),
                Field::or("run", TableKind(Run::FORMAT), "{}", "The window, the seed, the number of simulated years."),
                $(Field::or(
                    stringify!($key),
                    Things(Thing::$thing, $type::FORMAT),
                    "{}",
                    sentence(concat!($($doc),+)),
                ),)+
                Field::or("dispatch", TableKind(Dispatch::FORMAT), "{}", "How queues choose who is next."),
                Field::may("measure", TableKind(MeasureCost::FORMAT), "What this what-if costs and who acts."),
            ],
        };

        impl Contents {
            /// Reads all tables; paths of what did not read are added to `unread`.
            pub(in crate::scenario) fn read(all: &Fields<'_>, unread: &mut Vec<String>) -> Self {
                Self {
                    name: String::new(),
                    title: all.need("title", value::text).unwrap_or_default(),
                    description: all.need("description", value::text).unwrap_or_default(),
                    run: all.table("run", Run::read).unwrap_or_else(|| missed("run", unread, Run::standard())),
                    $($key: all.things(stringify!($key), $type::read, unread),)+
                    dispatch: all.table("dispatch", Dispatch::read).unwrap_or_default(),
                    measure: all.table("measure", MeasureCost::read),
                    provenance: IndexMap::new(),
                    epochs: Vec::new(),
                }
            }
        }
    };
}

scenario! {
    /// Kinds of goods.
    cargo: Cargo of Cargo;
    /// Places.
    node: Node of Node;
    /// Lines between places.
    link: Link of Link;
    /// Vessels that circle between ports.
    fleet: Fleet of Fleet;
    /// Ships from outside at a port's berths.
    visit: Visit of Visit;
    /// Things taken and given back.
    pool: Pool of Pool;
    /// Demand from node to node.
    flow: Flow of Flow;
    /// Places between which time is reported.
    section: Section of Section;
    /// What shuts things.
    closure: Closure of Closure;
    /// Loading bans while a port is full.
    ban: Ban of Ban;
    /// Levels that limit draught.
    water: Water of Water;
    /// What changes on a date.
    timeline: Timeline of Timeline;
    /// Month factors of demand.
    season: Season of Season;
    /// Routes that are not simulated.
    outside: Outside of Outside;
    /// Choices among routes.
    choice: Choice of Choice;
    /// Who may switch routes while under way.
    reroute: Reroute of Reroute;
    /// Named sets of months for results.
    period: Period of Period;
    /// What readers of the live page may move.
    slider: Slider of Slider;
    /// Publications that values are taken from.
    source: Source of Source;
}

fn missed<T>(path: &str, unread: &mut Vec<String>, standard: T) -> T {
    unread.push(path.to_owned());
    standard
}

/// The whole scenario as it is from a day on.
#[derive(Clone, Debug, PartialEq)]
pub struct Epoch {
    /// The day.
    pub on: DateTime,
    /// The scenario with all settings up to and on that day.
    pub scenario: Contents,
}

impl Contents {
    /// The scenario from each date of the timeline on, dates rising.
    pub fn at_dates(&self) -> impl Iterator<Item = (DateTime, &Self)> {
        self.epochs.iter().map(|epoch| (epoch.on, &epoch.scenario))
    }
}
