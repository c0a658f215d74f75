//! Figures by calendar year, where the horizon has several.

use super::canvas::Canvas;
use super::curve::{Curve, Curves};
use super::picture::Plot;
use crate::results::{Estimated, Summary, SummaryRow};
use crate::words::{Measure, Period, Subject};

const MILLION: f64 = 1e6;

/// A figure by year.
pub(super) struct Years<'a> {
    summary: &'a Summary,
    rows: Vec<&'a SummaryRow>,
    /// The section; without it, traffic.
    section: Option<Subject>,
}

impl<'a> Years<'a> {
    /// The time of the headline section, its median and its 95th percentile; `None` where there are not two years.
    pub(super) fn of_time(summary: &'a Summary) -> Option<Self> {
        let section = summary.network.main_section()?.subject();
        Some(Self { summary, rows: by_year(summary, Measure::SectionTime, &section)?, section: Some(section) })
    }

    /// What is carried.
    pub(super) fn of_traffic(summary: &'a Summary) -> Option<Self> {
        Some(Self { summary, rows: by_year(summary, Measure::Throughput, &Subject::corridor())?, section: None })
    }

    fn curve(&self, name: &str, figure: fn(&SummaryRow) -> Option<Estimated>) -> Curve {
        Curve { name: name.to_owned(), figures: self.rows.iter().map(|row| figure(row)).collect(), paired: Vec::new() }
    }
}

impl Plot for Years<'_> {
    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        let phrases = canvas.phrases();
        let (title, axis, lines) = match &self.section {
            Some(section) => (
                format!("{} {}", phrases.years_of, self.summary.network.section_name(section)),
                phrases.days,
                vec![
                    self.curve("P50", |row| estimated(row.p50, row.p50_half_width, 1.0)),
                    self.curve("P95", |row| estimated(row.p95, row.p95_half_width, 1.0)),
                ],
            ),
            None => (
                phrases.years_of_traffic.to_owned(),
                phrases.carried_millions,
                vec![self.curve(phrases.carried_curve, |row| estimated(row.mean, row.half_width, MILLION))],
            ),
        };
        let years = self.rows.iter().enumerate();
        let curves = Curves {
            manifest: self.summary.manifest.clone(),
            title,
            how: phrases.years_how.to_owned(),
            axes: (phrases.year.to_owned(), axis.to_owned()),
            points: years.map(|(place, row)| (place as f64, row.key.period.to_string())).collect(),
            lines,
        };
        curves.plot_on(canvas)
    }
}

fn estimated(value: Option<f64>, half_width: Option<f64>, divisor: f64) -> Option<Estimated> {
    Some(Estimated { value: value? / divisor, half_width: half_width.map(|width| width / divisor) })
}

/// The rows of a measure by year, the first year first; none where there are fewer than two.
fn by_year<'a>(summary: &'a Summary, measure: Measure, subject: &Subject) -> Option<Vec<&'a SummaryRow>> {
    let is_yearly = |row: &&SummaryRow| {
        let key = &row.key;
        key.measure == measure
            && key.subject == *subject
            && matches!(key.period, Period::Year(_))
            && key.place.is_none()
    };
    let mut rows: Vec<&SummaryRow> = summary.rows.iter().filter(is_yearly).collect();
    rows.sort_by(|one, other| one.key.period.cmp(&other.key.period));
    (rows.len() >= 2).then_some(rows)
}
