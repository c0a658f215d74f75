//! The figures by which what-ifs are shown at a glance, in the table and in the chart.

use super::sentences::named;
use crate::comparison::{Comparison, Difference, WhatIf};
use crate::words::{Measure, Period, Statistic, Subject};

/// A figure, in the unit that it is shown in.
#[derive(Clone, Debug)]
pub(in crate::report) struct Figure {
    pub(in crate::report) measure: Measure,
    pub(in crate::report) subject: Subject,
    pub(in crate::report) statistic: Statistic,
    /// How many of the unit of results are one of those that are shown.
    pub(in crate::report) scale: f64,
}

impl Figure {
    /// What a what-if changes of it.
    pub(in crate::report) fn of<'a>(&self, what_if: &'a WhatIf, period: &Period) -> Option<&'a Difference> {
        what_if.difference_during(period, self.measure, &self.subject, self.statistic)
    }

    /// Half the width of the interval of a difference, in the unit shown.
    pub(in crate::report) fn half_width(&self, row: &Difference) -> Option<f64> {
        row.half_width.map(|half_width| half_width / self.scale)
    }
}

/// The median and the 95th percentile of the section that the answer is about, then traffic; those that some what-if has.
pub(in crate::report) fn figures(comparison: &Comparison, period: &Period) -> Vec<Figure> {
    let of_section = |statistic| {
        let subject = main_section(comparison)?.clone();
        Some(Figure { measure: Measure::SectionTime, subject, statistic, scale: 1.0 })
    };
    let traffic = |measure, scale| Figure { measure, subject: Subject::corridor(), statistic: Statistic::Mean, scale };
    let sections = [Statistic::P50, Statistic::P95].into_iter().filter_map(of_section);
    let all = sections.chain([traffic(Measure::Throughput, 1000.0), traffic(Measure::ThroughputTeu, 1000.0)]);
    all.filter(|figure| comparison.what_ifs.iter().any(|what_if| figure.of(what_if, period).is_some())).collect()
}

/// The section that the answer is about.
pub(in crate::report) fn main_section(comparison: &Comparison) -> Option<&Subject> {
    let figure = &comparison.outcome.as_ref()?.figure;
    (figure.key.measure == Measure::SectionTime).then_some(&figure.key.subject)
}

/// The title of a what-if that is a scenario, the name of one that was written on the command line.
pub(in crate::report) fn label(what_if: &WhatIf) -> String {
    let scenario = &what_if.manifest.scenario;
    if scenario.name == what_if.name && what_if.against.is_none() { scenario.title.clone() } else { named(what_if) }
}
