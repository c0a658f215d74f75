//! Cargoes, flows, their routes and seasons, sections.

use indexmap::IndexMap;
use jiff::civil::DateTime;

use crate::random::Distribution;
use crate::scenario::declare::fields::Fields;
use crate::scenario::declare::{table, value, words};
use crate::scenario::format::Kind::{
    Date, Either, Flag, Id, Map, Number, OneOrMore, Quantity, Random, Series, Share, Table, Text, Things, TimeOfDay,
    Whole, Word,
};
use crate::scenario::format::{Allowed, CARGOES, FLOWS, Keys, Kind, NODES_OR_LINKS, TWELVE_FACTORS, Thing};
use crate::scenario::law;
use crate::scenario::quantity::Dimension::{Amount, Factor, Time, Worth, WorthOfTime};
use crate::scenario::quantity::{Dimension, Rate};
use crate::scenario::series::{CalendarPeriod, YearMonth};
use crate::scenario::tree::Node;
use crate::scenario::when;
use crate::units::{DAYS_PER_YEAR, Duration, Mass, Size, Usd, days_in_year};

table! {
    /// A kind of goods.
    pub Cargo "cargo" {
        /// What it is counted in: a free word (TEU, wagon, truck, t).
        "unit" needed(Text) => unit: String = need(value::text);
        /// Tonnes of one unit; may be 0. What is counted in t has 1 without being told.
        "tonnes-per-unit" needed(Number(0.0, 1e5)) => mass_per_unit: Mass = need(tonnes);
        /// Worth of a tonne.
        "value" or(Quantity(Worth), "\"0 USD/t\"") => value: Usd = need(worth);
        /// Worth of a tonne's day.
        "value-of-time" or(Quantity(WorthOfTime), "\"0 USD/t/d\"") => value_of_time: Usd = need(worth_of_time);
        /// Not to be split.
        "whole" or(Flag, "false") => whole: bool = need(value::flag);
        /// What a vehicle takes of it on a road, where neither flow nor link says so.
        "vehicle" may(Quantity(Amount)) => vehicle: Option<Vehicle> = may(Vehicle::read);
        shared key;
    }
}

fn tonnes(node: &Node) -> Option<Mass> {
    Some(Mass::from_kg((value::number(node)? * 1000.0).round() as i64))
}

fn worth(node: &Node) -> Option<Usd> {
    value::dollars(node, Worth)
}

/// The value of a tonne's day.
pub(in crate::scenario) fn worth_of_time(node: &Node) -> Option<Usd> {
    value::dollars(node, WorthOfTime)
}

table! {
    /// Demand: cargo from node to node.
    pub Flow "flow" {
        /// What is carried.
        "cargo" needed(Id(Thing::Cargo)) => cargo: String = need(value::text);
        /// Where it begins.
        "from" needed(Id(Thing::Node)) => from: String = need(value::text);
        /// Where it ends.
        "to" needed(Id(Thing::Node)) => to: String = need(value::text);
        /// Units or tonnes; a year's amount is that of each calendar year.
        "volume" needed(Quantity(Dimension::Rate));
        /// Amounts of months, quarters or years as counted, in place of volume and growth.
        "volumes" may(Series);
        /// How much comes, in units of the cargo.
        volume: Volume = volume;
        /// Size of one shipment.
        "shipment" needed(Random(Amount, "constant")) => shipment: Distribution = need_with(shipment);
        /// Twelve month factors, or the id of a season.
        "season" may(Either(&[TWELVE_FACTORS, Id(Thing::Season)]));
        /// Month factors.
        season: Season = season_of;
        /// Growth a year, in steps on 1 January.
        "growth" or(Share(-0.99, 10.0), "\"0 %\"") => growth: f64 = or_default(value::share);
        /// How shipments come.
        "arrivals" or(ARRIVALS, "\"poisson\"") => arrivals: Arrivals = need_with(arrivals);
        /// Shipments at each arrival.
        "batch" or(Whole(1, 1_000_000), "1") => batch: u32 = need(value::whole);
        /// How a shipment moves.
        "service" or(Word(Service::WORDS), "\"wagon-group\"") => service: Service = need(Service::read);
        /// What a vehicle takes where the cargo goes on by a road; absent: what the link says, then the cargo.
        "vehicle" may(Quantity(Amount)) => vehicle: Option<Vehicle> = may(Vehicle::read);
        /// Nodes and links to pass, in order; ends implied. A link: its id, or "link.ID".
        "via" or(NODES_OR_LINKS, "[]") => via: Vec<String> = each(value::text);
        /// Nodes and links that no route of the flow passes.
        "avoid" or(NODES_OR_LINKS, "[]") => avoid: Vec<String> = each(value::text);
        /// Several routes with shares.
        "route" or(Things(Thing::Route, Route::FORMAT), "{}") => route: IndexMap<String, Route> = parts(Route::read);
        /// Free labels.
        "tags" or(Map(Keys::Any, &Text), "{}") => tags: IndexMap<String, String> = map(value::text);
        /// Whether it is traffic of the corridor.
        "counted" or(Flag, "true") => counted: bool = need(value::flag);
        /// A stock that waits on purpose, so that there is always something to load: it is in no total and not counted, and until
        /// it sets out its wait is in no hours waited and no growth of queues.
        "stock" or(Flag, "false") => stock: bool = need(value::flag);
        /// Time after which a shipment is late.
        "deadline" may(Quantity(Time)) => deadline: Option<Duration> = may(value::duration);
        /// 1 is served first.
        "priority" or(Whole(1, 9), "2") => priority: u8 = need(value::whole);
        /// How long shipments wait at the origin under a ban; absent: without end.
        "patience" may(Quantity(Time)) => patience: Option<Duration> = may(value::duration);
        /// First day of the flow.
        "from-date" may(Date) => from_date: Option<DateTime> = may(when::moment);
        /// Day after the last of the flow.
        "until-date" may(Date) => until_date: Option<DateTime> = may(when::moment);
        /// The route that the cargo has outside the corridor.
        "outside" may(Id(Thing::Outside)) => outside: Option<String> = may(value::text);
        /// How volume answers to time and cost; for what-ifs.
        "response" may(Table(Response::FORMAT))
            => response: Option<Response> = may_table(Response::FORMAT, Response::read);
        shared key;
    }
}

/// `vehicle = "2 TEU"`: what a vehicle takes on a road.
#[derive(Clone, Debug, PartialEq)]
pub struct Vehicle {
    /// How much.
    pub amount: f64,
    /// Of what: the unit of a cargo, or `t`.
    pub unit: String,
}

impl Vehicle {
    pub(in crate::scenario) fn read(node: &Node) -> Option<Self> {
        value::amount(node).map(|amount| Self { amount: amount.value, unit: amount.unit })
    }

    /// How many units of a cargo it takes, in thousandths, whole ones of what is not split and one at least; `None` where
    /// its unit does not say.
    pub fn takes(&self, cargo: &Cargo) -> Option<Size> {
        let tonnes = cargo.mass_per_unit.tonnes();
        let units = match self.unit.as_str() {
            unit if unit == cargo.unit => self.amount,
            "t" if tonnes > 0.0 => self.amount / tonnes,
            _ => return None,
        };
        let milli = if cargo.whole { units.floor().max(1.0) * 1000.0 } else { (units * 1000.0).round().max(1.0) };
        Some(Size::from_milli(milli as i64))
    }
}

const ARRIVALS: Kind = Either(&[Word(ARRIVAL_WORDS), Table(Renewal::FORMAT), TIMETABLE]);
const ARRIVAL_WORDS: &[Allowed] = &[
    Allowed::new("poisson", "At random, at the rate of the month."),
    Allowed::new("regular", "At equal gaps in the clock of the rate, the first after a full one."),
];

/// `{ every, first }` or `{ days, at }`.
pub(in crate::scenario) const TIMETABLE: Kind = Either(&[Table(Every::FORMAT), Table(Weekly::FORMAT)]);

table! {
    /// Independent gaps whose mean follows from the volume.
    Renewal "renewal" {
        /// Law of the gaps, without a mean.
        "gap" needed(Random(Factor, "constant")) => gap: Distribution = need(value::factor_law);
    }
}

table! {
    /// Fixed times with a gap.
    Every "every" {
        /// Gap between two times.
        "every" needed(Random(Time, "constant")) => every: Distribution = need(value::time_law);
        /// The first time: a date, or how long after the start of the clock.
        "first" or(Either(&[Quantity(Time), Date]), "\"0 h\"") => first: First = or_default(First::read);
    }
}

table! {
    /// Fixed times of the week, UTC.
    Weekly "weekly" {
        /// Days of the week.
        "days" needed(OneOrMore(&Word(Weekday::WORDS)));
        /// Days of the week, Monday 0.
        days: Vec<u8> = weekdays;
        /// Times of the day, UTC.
        "at" needed(OneOrMore(&TimeOfDay)) => at: Vec<Duration> = some(when::time_of_day);
    }
}

words! {
    /// A day of the week.
    Weekday {
        /// Monday.
        Monday "mon",
        /// Tuesday.
        Tuesday "tue",
        /// Wednesday.
        Wednesday "wed",
        /// Thursday.
        Thursday "thu",
        /// Friday.
        Friday "fri",
        /// Saturday.
        Saturday "sat",
        /// Sunday.
        Sunday "sun",
    }
}

fn weekdays(fields: &Fields<'_>) -> Option<Vec<u8>> {
    fields.some("days", |day| Weekday::read(day).map(|day| day as u8))
}

/// Kilograms of a unit of every cargo.
pub(in crate::scenario) fn unit_masses(root: &Node) -> IndexMap<String, f64> {
    let cargoes = root.get("cargo").and_then(Node::table).into_iter().flatten();
    cargoes.filter_map(|(id, cargo)| Some((id.clone(), cargo.get("tonnes-per-unit")?.number()? * 1000.0))).collect()
}

fn volume(fields: &Fields<'_>) -> Option<Volume> {
    let cargo = fields.need("cargo", value::text)?;
    if let Some(volumes) = fields.get("volumes") {
        return counted(fields, &cargo, volumes).map(Volume::Counted);
    }
    let rate = fields.need("volume", |node| Rate::parse(node.text()?))?;
    let units = rate.amount * fields.units_of(&cargo, &rate.unit)?;
    Some(match rate.hours {
        Some(hours) => Volume::PerDay(24.0 * units / hours),
        None => Volume::PerYear(units),
    })
}

/// Amounts by period, in order of time.
fn counted(fields: &Fields<'_>, cargo: &str, volumes: &Node) -> Option<Vec<Count>> {
    let count = |(key, node): (&String, &Node)| {
        let amount = value::amount(node)?;
        let units = amount.value * fields.units_of(cargo, &amount.unit)?;
        Some(Count { period: CalendarPeriod::parse(key)?, units })
    };
    let mut counts: Vec<Count> = volumes.table()?.iter().map(count).collect::<Option<_>>()?;
    counts.sort_by_key(|count| count.period);
    (!counts.is_empty()).then_some(counts)
}

fn shipment(fields: &Fields<'_>, node: &Node) -> Option<Distribution> {
    let cargo = fields.need("cargo", value::text)?;
    law::build(node, Amount, &|unit| fields.units_of(&cargo, unit))?.ok()
}

fn season_of(fields: &Fields<'_>) -> Option<Season> {
    let Some(node) = fields.get("season") else { return Some(Season { factors: [1.0; 12] }) };
    let factors = match node.text() {
        Some(id) => factors(fields.context.root.at(&["season", id, "factors"])?),
        None => factors(node),
    };
    Some(Season { factors: factors? })
}

fn factors(node: &Node) -> Option<[f64; 12]> {
    let all: Vec<f64> = node.list()?.iter().map(value::number).collect::<Option<_>>()?;
    all.try_into().ok()
}

fn arrivals(fields: &Fields<'_>, node: &Node) -> Option<Arrivals> {
    match node.text() {
        Some("poisson") => Some(Arrivals::Poisson),
        Some("regular") => Some(Arrivals::Regular),
        Some(_) => None,
        None if node.get("gap").is_some() => {
            Renewal::read(&fields.inner(node, Renewal::FORMAT)).map(|renewal| Arrivals::Renewal(renewal.gap))
        }
        None => timetable(fields, node).map(Arrivals::Timetable),
    }
}

/// A timetable, of either kind.
pub(in crate::scenario) fn timetable(fields: &Fields<'_>, node: &Node) -> Option<TimetableRule> {
    if node.get("every").is_some() {
        let Every { every, first } = Every::read(&fields.inner(node, Every::FORMAT))?;
        return Some(TimetableRule::Every { every, first });
    }
    let Weekly { days, at } = Weekly::read(&fields.inner(node, Weekly::FORMAT))?;
    Some(TimetableRule::Weekly { days, at })
}

/// `volume` or `volumes`.
#[derive(Clone, Debug, PartialEq)]
pub enum Volume {
    /// `volume = "84 kt/yr"`: units of each calendar year, whatever its length.
    PerYear(f64),
    /// `volume = "3 TEU/d"` (or an hour, or a week): units a day.
    PerDay(f64),
    /// `volumes = { "2024-01" = "2100 TEU", … }`: as counted, one period after the other.
    Counted(Vec<Count>),
}

/// What was counted in a month, a quarter or a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Count {
    /// When.
    pub period: CalendarPeriod,
    /// Units.
    pub units: f64,
}

impl Volume {
    /// Multiplies all of it.
    pub fn scale(&mut self, factor: f64) {
        match self {
            Self::PerYear(units) | Self::PerDay(units) => *units *= factor,
            Self::Counted(counts) => counts.iter_mut().for_each(|count| count.units *= factor),
        }
    }

    /// Units of a year of 365 d at the mean rate.
    pub fn a_year(&self) -> f64 {
        match self {
            Self::PerYear(units) => *units,
            Self::PerDay(units) => units * DAYS_PER_YEAR as f64,
            Self::Counted(counts) => {
                let days = |count: &Count| count.period.days_of_months().map(|(_, days)| days).sum::<f64>();
                let units: f64 = counts.iter().map(|count| count.units).sum();
                units / counts.iter().map(days).sum::<f64>() * DAYS_PER_YEAR as f64
            }
        }
    }

    /// Units of a calendar year at the mean rate of what was counted. `None` of a volume that was not counted.
    pub fn mean_year(&self) -> Option<f64> {
        let Self::Counted(counts) = self else { return None };
        let years = |count: &Count| -> f64 {
            count.period.days_of_months().map(|(month, days)| days / days_in_year(month.year) as f64).sum()
        };
        Some(counts.iter().map(|count| count.units).sum::<f64>() / counts.iter().map(years).sum::<f64>())
    }

    /// The count that holds in a month: that of its period, or of the last before it; the first for what lies
    /// before all.
    pub fn count_of(counts: &[Count], month: YearMonth) -> Option<&Count> {
        let is_later = |count: &Count| YearMonth::of(count.period.first) > month;
        let later = counts.iter().position(is_later).unwrap_or(counts.len());
        counts.get(later.saturating_sub(1))
    }
}

/// `arrivals = "poisson"`, `"regular"`, `{ gap = { dist, cv } }` or a timetable.
#[derive(Clone, Debug, PartialEq)]
pub enum Arrivals {
    /// Poisson, with the rate of the month.
    Poisson,
    /// Equal gaps (in the clock of the rate), beginning with a full one.
    Regular,
    /// Independent gaps: a law of mean 1, stretched to the rate.
    Renewal(Distribution),
    /// At fixed times; the shipment's size is then the volume's share of the occasion (sizes are still drawn).
    Timetable(TimetableRule),
}

/// `first` of a timetable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// `"6 h"` after the clock's zero, the start of the warm-up.
    After(Duration),
    /// A date.
    On(DateTime),
}

impl Default for First {
    fn default() -> Self {
        Self::After(Duration::ZERO)
    }
}

impl First {
    fn read(node: &Node) -> Option<Self> {
        value::duration(node).map(Self::After).or_else(|| when::moment(node).map(Self::On))
    }
}

/// `{ every, first }` or `{ days, at }`.
#[derive(Clone, Debug, PartialEq)]
pub enum TimetableRule {
    /// `every = "7 d"`, `first = "0 h"` after the start of the clock (warm-up included). `every` may be a
    /// distribution (headways vary); then gaps are drawn one by one from `first` on.
    Every {
        /// Gap between two times, milliseconds.
        every: Distribution,
        /// A time of it; there is none before.
        first: First,
    },
    /// `days = ["mon", "thu"]` (0 = Monday), `at = "06:00"` (UTC, one time or several).
    Weekly {
        /// Days of the week, Monday 0.
        days: Vec<u8>,
        /// Times of the day.
        at: Vec<Duration>,
    },
}

words! {
    /// `service` of a flow.
    pub Service {
        /// A shipment is a train.
        BlockTrain "block-train",
        /// A group of wagons.
        WagonGroup "wagon-group",
        /// A vehicle.
        Vehicle "vehicle",
        /// A parcel.
        Parcel "parcel",
    }
}

table! {
    /// How volume answers to time and cost.
    pub Response "response" {
        /// Change of volume for one day more.
        "day" or(Share(-1.0, 1.0), "\"0 %\"") => day: f64 = need(value::share);
        /// Elasticity to cost.
        "cost" or(Number(-100.0, 100.0), "0.0") => cost: f64 = need(value::number);
    }
}

table! {
    /// One route of a flow.
    pub Route "route" {
        /// Nodes and links to pass, in order; ends implied. A link: its id, or "link.ID".
        "via" needed(NODES_OR_LINKS) => via: Vec<String> = each(value::text);
        /// Nodes and links that it does not pass, besides those of the flow.
        "avoid" or(NODES_OR_LINKS, "[]") => avoid: Vec<String> = each(value::text);
        /// Share of the shipments; the shares of a flow sum to 1.
        "share" needed(Share(0.0, 1.0)) => share: f64 = need(value::share);
    }
}

table! {
    /// Month factors of demand.
    pub Season "season" {
        /// January first.
        "factors" needed(TWELVE_FACTORS) => factors: [f64; 12] = need(factors);
    }
}

table! {
    /// Two places between which time, cost and reliability are reported.
    pub Section "section" {
        /// Name for people; default its ends.
        "name" may(Text) => name: Option<String> = may(value::text);
        /// Where the clock starts.
        "from" needed(Id(Thing::Node)) => from: String = need(value::text);
        /// Where it stops.
        "to" needed(Id(Thing::Node)) => to: String = need(value::text);
        /// When it stops.
        "until" or(Word(Until::WORDS), "\"arrives\"") => until: Until = need(Until::read);
        /// Cargoes, if not all.
        "cargo" may(CARGOES) => cargo: Option<Vec<String>> = cargoes();
        /// Flows, if not all.
        "flows" may(FLOWS) => flows: Option<Vec<String>> = flows();
        /// Time after which a passage is late.
        "deadline" may(Quantity(Time)) => deadline: Option<Duration> = may(value::duration);
    }
}

words! {
    /// `until` of a section.
    pub Until {
        /// On arrival.
        Arrives "arrives",
        /// On setting out from there.
        Leaves "leaves",
    }
}
