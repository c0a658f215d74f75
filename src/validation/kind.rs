//! What sort of evidence an observed figure is.

use serde::{Deserialize, Serialize};

/// What sort of evidence an observed figure is: sorts differ in the same direction every time, so each is scored by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A statistic of cargo, ships or queues.
    Count,
    /// A mean over trains or ships that ran.
    OperatorMean,
    /// A range that a market agency has seen.
    PriceReporter,
    /// A sample of shipments.
    Survey,
    /// What is announced or offered: mostly a best case.
    Timetable,
    /// What was said in a speech or at a ceremony: mostly a best case.
    OfficialStatement,
}

impl Kind {
    /// All kinds, those that say most first.
    pub const ALL: [Self; 6] =
        [Self::Count, Self::OperatorMean, Self::PriceReporter, Self::Survey, Self::Timetable, Self::OfficialStatement];

    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::OperatorMean => "operator-mean",
            Self::PriceReporter => "price-reporter",
            Self::Survey => "survey",
            Self::Timetable => "timetable",
            Self::OfficialStatement => "official-statement",
        }
    }
}
