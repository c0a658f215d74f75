//! What a scenario file says, as types: one struct a table of the format, in the format's own words.
//!
//! These are the *resolved* things: includes and overlays merged, changes applied, defaults filled in, texts
//! with units turned into quantities, distributions checked. Ids stay texts here; `network` and `compile` turn
//! them into indices. Tables keep the order of the file.

mod choice;
mod demand;
mod disruption;
mod infrastructure;
mod money;
mod reroute;
mod run;
mod transport;

use indexmap::IndexMap;
use jiff::civil::DateTime;

pub use choice::{Choice, ChoiceModel};
pub use demand::{
    Arrivals, Cargo, Count, First, Flow, Response, Route, Season, Section, Service, TimetableRule, Volume,
};
pub use disruption::{Ban, BanWatch, ByMonth, Change, Clock, Closure, HoursOfDay, Stops, Timeline, Water, Window};
pub use infrastructure::{
    At, Facility, FacilityKind, FacilityTime, Link, Mode, Movement, Node, Per, Rate, Stabling, Storage, VesselOrCargo,
    When, WhenFull, Yard,
};
pub use money::{Charge, ChargeBasis, Emission, MeasureCost, Outside, Tariff};
pub use reroute::Reroute;
pub use run::{Grade, Period, Provenance, Run, Source, Why};
pub use transport::{BerthTime, Capacity, Draught, Fleet, Pool, PoolPer, Returns, StartAt, Vessel};

/// A keyed table in file order.
pub type Table<T> = IndexMap<String, T>;

/// A whole scenario, resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Short name: the file's stem or the embedded name.
    pub name: String,
    /// One line for headings.
    pub title: String,
    /// A paragraph for the reader.
    pub description: String,
    /// Clock, seed, replications.
    pub run: Run,
    /// Kinds of goods.
    pub cargo: Table<Cargo>,
    /// Places.
    pub node: Table<Node>,
    /// Lines between places.
    pub link: Table<Link>,
    /// Vessels that circle.
    pub fleet: Table<Fleet>,
    /// Things taken and given back.
    pub pool: Table<Pool>,
    /// Demand.
    pub flow: Table<Flow>,
    /// Stretches over which time is reported.
    pub section: Table<Section>,
    /// What shuts things.
    pub closure: Table<Closure>,
    /// Loading bans.
    pub ban: Table<Ban>,
    /// Levels that limit draught.
    pub water: Table<Water>,
    /// What changes on a date.
    pub timeline: Table<Timeline>,
    /// Month factors of demand.
    pub season: Table<Season>,
    /// Routes that are not simulated.
    pub outside: Table<Outside>,
    /// Choices among routes.
    pub choice: Table<Choice>,
    /// Who may switch routes while under way.
    pub reroute: Table<Reroute>,
    /// Named sets of months for which results are shown.
    pub period: Table<Period>,
    /// Publications that values are taken from.
    pub source: Table<Source>,
    /// What an overlay costs as a measure, if it says so.
    pub measure: Option<MeasureCost>,
    /// Where values come from, by the path of the table that says so.
    pub provenance: IndexMap<String, Provenance>,
    /// The scenario as it is from each date of the timeline on, dates rising; theirs are empty.
    pub epochs: Vec<Epoch>,
}

/// The whole scenario as it is from a day on.
#[derive(Clone, Debug, PartialEq)]
pub struct Epoch {
    /// The day.
    pub on: DateTime,
    /// The scenario with all settings up to and on that day.
    pub scenario: Scenario,
}

impl Scenario {
    /// The scenario from each date of the timeline on, dates rising.
    pub fn at_dates(&self) -> impl Iterator<Item = (DateTime, &Self)> {
        self.epochs.iter().map(|epoch| (epoch.on, &epoch.scenario))
    }
}
