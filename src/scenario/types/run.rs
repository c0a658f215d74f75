//! `[run]`, periods, sources.

use jiff::civil::{DateTime, date};
use jiff::{SignedDuration, ToSpan};

use crate::scenario::declare::fields::Fields;
use crate::scenario::declare::{table, value, words};
use crate::scenario::format::Kind::{Date, Either, Id, List, Quantity, Share, Table, Text, Whole, Word};
use crate::scenario::format::Thing;
use crate::scenario::quantity::Dimension::Time;
use crate::scenario::tree::Node;
use crate::scenario::when;
use crate::units::{Duration, LEVELS};

table! {
    /// The window, the seed, the number of simulated years.
    pub Run "run" {
        /// Beginning of the horizon.
        "start" or(Date, "2024-01-01") => start: DateTime = need(when::moment);
        /// Time simulated before the horizon.
        "warm-up" or(Quantity(Time), "\"0 d\"") => warm_up: Duration = need(value::duration);
        /// Time over which volumes, queues and use are counted. Default until the same date a year later.
        "horizon" may(Quantity(Time));
        /// Date on which the horizon ends, in place of its length.
        "end" may(Date);
        /// Time over which volumes, queues and use are counted.
        horizon: Duration = horizon;
        /// Time after the horizon for slow shipments to arrive.
        "drain" or(Quantity(Time), "\"60 d\"") => drain: Duration = need(value::duration);
        /// Simulated years.
        "replications" or(Whole(1, 1_000_000), "20") => replications: u32 = need(value::whole);
        /// Master seed of all random numbers.
        "seed" or(Whole(0, i64::MAX), "20260101") => seed: u64 = need(value::whole);
        /// Level of intervals.
        "level" or(Share(LEVELS.0, LEVELS.1), "\"95 %\"") => level: f64 = need(value::share);
        /// Relative half-width at which the run stops; absent: fixed replications.
        "precision" may(Share(0.0001, 1.0)) => precision: Option<f64> = may(value::share);
        /// Figure on which what-ifs are compared first. Default the median of the first section.
        "headline" may(Table(HeadlineFigure::FORMAT)) => headline: Option<HeadlineFigure> = may_table(HeadlineFigure::FORMAT, HeadlineFigure::read);
        /// From when on a difference is worth naming.
        "materiality" may(Table(Materiality::FORMAT)) => materiality: Option<Materiality> = may_table(Materiality::FORMAT, Materiality::read);
    }
}

table! {
    /// Differences that are worth naming in the answer of a comparison, if they are statistically significant besides.
    pub Materiality "materiality" {
        /// Of times: so much at least.
        "time" or(Quantity(Time), "\"0.05 d\"") => time: Duration = need(value::duration);
        /// Of traffic and money: at least this share of the base.
        "share" or(Share(0.0, 1.0), "\"0.1 %\"") => share: f64 = need(value::share);
    }
}

table! {
    /// The figure on which what-ifs are compared first.
    pub HeadlineFigure "headline" {
        /// The section. Default the first one of the file.
        "section" may(Id(Thing::Section)) => section: Option<String> = may(value::text);
        /// Which number of it.
        "statistic" or(Word(HeadlineStatistic::WORDS), "\"P50\"") => statistic: HeadlineStatistic = need(HeadlineStatistic::read);
    }
}

words! {
    /// Which number a comparison begins with.
    pub HeadlineStatistic {
        /// The mean time of the section.
        Mean "mean",
        /// The median time.
        P50 "P50",
        /// The time that one in ten exceeds.
        P90 "P90",
        /// The time that one in twenty exceeds.
        P95 "P95",
        /// Tonnes that the corridor carries, whatever the section.
        Carried "carried",
    }
}

/// As written, until `end`, or until the same date a year later.
fn horizon(fields: &Fields<'_>) -> Option<Duration> {
    let start = fields.need("start", when::moment)?;
    let until = |end: DateTime| Duration::from_ms(end.duration_since(start).as_millis() as i64);
    match fields.may("end", when::moment)? {
        Some(end) => Some(until(end)),
        None => Some(fields.may("horizon", value::duration)?.unwrap_or_else(|| until(start.saturating_add(1.year())))),
    }
}

impl Run {
    /// The end of the horizon.
    pub fn end(&self) -> DateTime {
        self.start.saturating_add(SignedDuration::from_millis(self.horizon.ms()))
    }

    /// Whether the horizon ends on the date of its beginning, some years later.
    pub fn is_of_whole_years(&self) -> bool {
        let years = self.end().year() - self.start.year();
        years > 0 && self.start.saturating_add(years.years()) == self.end()
    }
}

impl Run {
    /// Stands in for a `[run]` with mistakes, so that the other checks can go on.
    pub(in crate::scenario) fn standard() -> Self {
        Self {
            start: date(2024, 1, 1).at(0, 0, 0, 0),
            warm_up: Duration::ZERO,
            horizon: Duration::from_days(366.0),
            drain: Duration::from_days(60.0),
            replications: 20,
            seed: 20_260_101,
            level: 0.95,
            precision: None,
            headline: None,
            materiality: None,
        }
    }
}

table! {
    /// A publication that values are taken from.
    pub default Source "source" {
        /// Title.
        "title" needed(Text) => title: String = need(value::text);
        /// Publisher.
        "publisher" may(Text) => publisher: Option<String> = may(value::text);
        /// Year.
        "year" may(Either(&[Whole(0, 9999), Text])) => year: Option<String> = may(|node| Some(year(node)));
        /// Address.
        "url" may(Text) => url: Option<String> = may(value::text);
    }
}

/// A number or a text, as a text.
fn year(node: &Node) -> String {
    node.text().map_or_else(|| node.to_string(), str::to_owned)
}

table! {
    /// A named set of months for results.
    pub Period "period" {
        /// Months, 1 to 12.
        "months" needed(List(&Whole(1, 12))) => months: Vec<u8> = each(value::whole);
    }
}
