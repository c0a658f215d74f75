//! Cargoes, flows, their routes and seasons, sections.

use indexmap::IndexMap;
use jiff::civil::DateTime;

use crate::random::Distribution;
use crate::scenario::series::CalendarPeriod;
use crate::units::{DAYS_PER_YEAR, Duration, Mass, Usd, days_in_year};

/// `[cargo.ID]`: a kind of goods.
#[derive(Clone, Debug, PartialEq)]
pub struct Cargo {
    /// What it is counted in: a free word (`TEU`, `wagon`, `truck`, `t`).
    pub unit: String,
    /// Mass of one unit. Key `tonnes-per-unit`, a bare number of tonnes; may be 0.
    pub mass_per_unit: Mass,
    /// Worth of a tonne, `"2150 USD/t"`.
    pub value: Usd,
    /// Worth of a tonne's day, `"12.9 USD/t/d"`; dollars a tonne and day.
    pub value_of_time: Usd,
    /// Not to be split. Default false.
    pub whole: bool,
    /// Identity for draws where it differs from the id (after a renaming).
    pub key: Option<String>,
}

/// `[flow.ID]`: demand from node to node.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Cargo id.
    pub cargo: String,
    /// Node id.
    pub from: String,
    /// Node id.
    pub to: String,
    /// How much comes, in units of the cargo (a mass is divided by the cargo's unit mass).
    pub volume: Volume,
    /// Units of one shipment. Key `shipment`: a quantity (`"1 TEU"`) or a distribution.
    pub shipment: Distribution,
    /// Month factors: an array of 12 or the id of a `[season.ID]` (resolved here); default all 1.
    pub season: Season,
    /// Growth a year as a share (`"5 %"`), steps on 1 January. Default 0.
    pub growth: f64,
    /// How shipments come.
    pub arrivals: Arrivals,
    /// Shipments at each arrival. Default 1.
    pub batch: u32,
    /// How a shipment moves.
    pub service: Service,
    /// Nodes and links to pass, in order (`"aktau"`, `"link.beyneu-mangystau"`); used where no `[flow.F.route.ID]` is given.
    pub via: Vec<String>,
    /// Nodes and links that no route of the flow passes.
    pub avoid: Vec<String>,
    /// Routes with shares; empty: the one of `via`.
    pub route: IndexMap<String, Route>,
    /// Free labels: `tags = { direction = "westbound" }`.
    pub tags: IndexMap<String, String>,
    /// In subject `corridor`. Default true.
    pub counted: bool,
    /// Time after which a shipment is late.
    pub deadline: Option<Duration>,
    /// 1 is served first. Default 2.
    pub priority: u8,
    /// How long shipments wait at the origin under a ban. Default: without end.
    pub patience: Option<Duration>,
    /// First day of the flow, if not always.
    pub from_date: Option<DateTime>,
    /// Day after the last of the flow, if not always.
    pub until_date: Option<DateTime>,
    /// Id of a `[outside.ID]`, if the cargo has another route.
    pub outside: Option<String>,
    /// How volume answers to time and cost; only what-ifs use it.
    pub response: Option<Response>,
    /// Identity for draws where it differs from the id.
    pub key: Option<String>,
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
            count.period.days_of_months().map(|((year, _), days)| days / days_in_year(year) as f64).sum()
        };
        Some(counts.iter().map(|count| count.units).sum::<f64>() / counts.iter().map(years).sum::<f64>())
    }

    /// The count that holds in a month (January 0): that of its period, or of the last before it; the first for what lies
    /// before all.
    pub fn count_of(counts: &[Count], (year, month0): (i16, u8)) -> Option<&Count> {
        let is_later = |count: &&Count| {
            let first = count.period.first;
            (first.year(), first.month() as u8 - 1) > (year, month0)
        };
        let later = counts.iter().position(|count| is_later(&count)).unwrap_or(counts.len());
        counts.get(later.saturating_sub(1))
    }
}

/// `response = { day = "-5.2 %", cost = -0.6 }`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Response {
    /// Change of volume for one day more, a share.
    pub day: f64,
    /// Elasticity to cost.
    pub cost: f64,
}

/// `[flow.F.route.ID]`: one route of a flow.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Nodes and links to pass, in order, ends implied.
    pub via: Vec<String>,
    /// Nodes and links that it does not pass, besides those of the flow.
    pub avoid: Vec<String>,
    /// Share of the shipments, 0 to 1; the shares of a flow sum to 1.
    pub share: f64,
}

/// 12 factors of demand, January first, not yet normalised.
#[derive(Clone, Debug, PartialEq)]
pub struct Season {
    /// The factors.
    pub factors: [f64; 12],
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

/// `service`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// A shipment is a train.
    BlockTrain,
    /// A group of wagons (default).
    WagonGroup,
    /// A vehicle.
    Vehicle,
    /// A parcel.
    Parcel,
}

/// `[section.ID]`: two places between which time, cost and reliability are reported.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Node id.
    pub from: String,
    /// Node id.
    pub to: String,
    /// `until = "leaves"`: the clock stops when the shipment sets out from `to`, not when it arrives there.
    pub until_leaves: bool,
    /// Cargo ids (units already expanded), if not all.
    pub cargo: Option<Vec<String>>,
    /// Flow ids, if not all (patterns with `*` already expanded).
    pub flows: Option<Vec<String>>,
    /// Time after which a passage is late.
    pub deadline: Option<Duration>,
}
