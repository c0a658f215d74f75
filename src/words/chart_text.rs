//! What is written on the charts of a run.

/// A text of the charts of a run; its wording stands in the file of each language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChartText {
    /// Title of the traffic by month.
    TrafficByMonth,
    /// How to read it; LEVEL stands for the level.
    TrafficHow,
    /// Its axis, before the unit.
    CarriedRate,
    /// Cargoes that are shown together, after their number.
    Others,
    /// In place of the traffic.
    NoWholeMonth,
    /// Title of the times by section.
    TimeBySection,
    /// Title where there are no sections.
    TimeByFlow,
    /// How to read it.
    TimeHow,
    /// An axis.
    Days,
    /// After the name of a percentile.
    ColumnDays,
    /// In place of a bar.
    NotKnown,
    /// In place of a number.
    Unfinished,
    /// In place of a chart.
    NobodyArrived,
    /// Title of the days by cause.
    WhereDaysGoBySection,
    /// Title where there are no sections.
    WhereDaysGoByFlow,
    /// Title for one section, before its name.
    WhereDaysGo,
    /// How to read it.
    CausesHow,
    /// Title of the places.
    UseAndWaiting,
    /// How to read it.
    PlacesHow,
    /// In place of the chart.
    NobodyWaited,
    /// An axis.
    InUse,
    /// An axis.
    MeanWait,
    /// In place of a bar.
    UseNotCounted,
    /// In place of a bar.
    WaitsNotCounted,
    /// Title of the distribution, before the section.
    HowLong,
    /// How to read it.
    DistributionHow,
    /// An axis.
    ByWeight,
    /// An axis.
    ArrivedPercent,
    /// In the key of the distribution.
    KeyDensity,
    /// In the key of the distribution.
    KeyArrived,
    /// Title of a section by year, before its name.
    YearsOf,
    /// Title of the traffic by year.
    YearsOfTraffic,
    /// An axis.
    CarriedMillions,
    /// The name of a curve.
    CarriedCurve,
    /// How to read it.
    YearsHow,
    /// An axis.
    Year,
    /// After n = 1.
    Replication,
    /// After another n.
    Replications,
}

impl ChartText {
    /// All of them.
    pub const ALL: [Self; 38] = [
        Self::TrafficByMonth,
        Self::TrafficHow,
        Self::CarriedRate,
        Self::Others,
        Self::NoWholeMonth,
        Self::TimeBySection,
        Self::TimeByFlow,
        Self::TimeHow,
        Self::Days,
        Self::ColumnDays,
        Self::NotKnown,
        Self::Unfinished,
        Self::NobodyArrived,
        Self::WhereDaysGoBySection,
        Self::WhereDaysGoByFlow,
        Self::WhereDaysGo,
        Self::CausesHow,
        Self::UseAndWaiting,
        Self::PlacesHow,
        Self::NobodyWaited,
        Self::InUse,
        Self::MeanWait,
        Self::UseNotCounted,
        Self::WaitsNotCounted,
        Self::HowLong,
        Self::DistributionHow,
        Self::ByWeight,
        Self::ArrivedPercent,
        Self::KeyDensity,
        Self::KeyArrived,
        Self::YearsOf,
        Self::YearsOfTraffic,
        Self::CarriedMillions,
        Self::CarriedCurve,
        Self::YearsHow,
        Self::Year,
        Self::Replication,
        Self::Replications,
    ];
}
