//! `[run]`, provenance, named periods.

use jiff::civil::DateTime;
use jiff::{SignedDuration, ToSpan};

use crate::units::Duration;

/// `[run]`: the window, the seed, how many simulated years.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Beginning of the horizon. Default 2024-01-01.
    pub start: DateTime,
    /// Time simulated before the horizon. Default 0 d.
    pub warm_up: Duration,
    /// Time over which volumes, queues and use are counted: as written, until `end`, or until the same date a year
    /// later.
    pub horizon: Duration,
    /// Time after the horizon in which slow shipments may still arrive. Default 60 d.
    pub drain: Duration,
    /// Simulated years. Default 20.
    pub replications: u32,
    /// Master seed. Default 20260101.
    pub seed: u64,
    /// Level of intervals, a share. Default 0.95.
    pub level: f64,
    /// Relative half-width of the headline measures at which a run stops, a share; absent: fixed replications.
    pub precision: Option<f64>,
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

/// How well a value is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// An official page or report.
    A,
    /// Press that quotes officials or companies.
    B,
    /// Inference.
    C,
}

/// Where the values of a table come from: `source`, `grade`, `note`, `why.KEY` in that table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Provenance {
    /// Source ids or free texts that hold for all values of the table.
    pub source: Option<String>,
    /// Grade that holds for all values of the table.
    pub grade: Option<Grade>,
    /// Note on the table.
    pub note: Option<String>,
    /// `vary-with`: values with this name are wrong together.
    pub vary_with: Option<String>,
    /// By key: what differs from the table.
    pub why: Vec<(String, Why)>,
}

/// `why.KEY`: where one value comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Why {
    /// Source id or free text.
    pub source: Option<String>,
    /// Grade of this value.
    pub grade: Option<Grade>,
    /// Note on this value.
    pub note: Option<String>,
    /// Lowest and highest plausible value as written (two quantities of the value's dimension), in the value's
    /// inner unit.
    pub range: Option<(f64, f64)>,
}

/// `[source.ID]`: a publication.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: Option<String>,
    /// Year, as text.
    pub year: Option<String>,
    /// Address.
    pub url: Option<String>,
}

/// `[period.ID]`: months (1 to 12) that make a named part of the year.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// Months, 1 to 12.
    pub months: Vec<u8>,
}
