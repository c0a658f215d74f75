//! How many wait by month at places that are asked for, else where most hours are waited. By month and not by week: a row a queue and
//! week would be half of all that a simulated year leaves.

use std::collections::{BTreeMap, BTreeSet};

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Extent, Pixel};
use super::picture::Plot;
use super::scale::Scale;
use super::style::{Stroke, TextStyle};
use super::theme::{BLUE, GRID, INK};
use crate::report::table::most_waited;
use crate::results::{Summary, SummaryRow};
use crate::units::days_in_year;
use crate::words::{Measure, Period, Subject};

/// Places that are shown.
const PLACES: usize = 4;
const LEFT: i32 = 150;
const TOP: i32 = 150;
/// Room below the last panel for the axis.
const BELOW: i32 = 60;
/// Height of a panel with its heading, where the picture is as high as they need.
const PANEL: i32 = 190;
/// Its part above the plot, for the name of the place.
const HEAD: i32 = 44;
/// Marks of a panel's vertical axis are at least so far apart.
const MARKS: f64 = 56.0;

/// The longest queues by month.
pub(super) struct Queues<'a> {
    summary: &'a Summary,
    panels: Vec<Panel>,
}

/// A place: its months.
struct Panel {
    name: String,
    months: Vec<Month>,
}

/// How many wait on average in a month, over replications.
struct Month {
    period: Period,
    mean: f64,
    /// In nine of ten simulated years.
    band: Option<(f64, f64)>,
}

impl<'a> Queues<'a> {
    /// `None` where nobody waits, or there are not two months.
    pub(super) fn of(summary: &'a Summary) -> Option<Self> {
        let places: Vec<&Subject> = most_waited(summary).into_iter().map(|row| &row.key.subject).take(PLACES).collect();
        let queues = Self::at(summary, &places)?;
        let panels: Vec<Panel> = queues.panels.into_iter().filter(|panel| panel.most() > 0.0).collect();
        (!panels.is_empty()).then_some(Self { summary, panels })
    }

    /// At these places; `None` where there are not two months.
    pub(super) fn at(summary: &'a Summary, places: &[&Subject]) -> Option<Self> {
        let months = months(summary);
        let panels = places.iter().map(|place| Panel::of(summary, place, &months)).collect();
        (months.len() > 1).then_some(Self { summary, panels })
    }
}

/// The months that results have, the first first.
fn months(summary: &Summary) -> BTreeSet<&Period> {
    summary.rows.iter().map(|row| &row.key.period).filter(|period| period.is_month()).collect()
}

impl Panel {
    /// Months in which nobody waited in any year have no row.
    fn of(summary: &Summary, place: &Subject, months: &BTreeSet<&Period>) -> Self {
        let rows =
            summary.rows.iter().filter(|row| row.key.measure == Measure::HoursWaited && row.key.subject == *place);
        let rows: BTreeMap<&Period, &SummaryRow> = rows.map(|row| (&row.key.period, row)).collect();
        let month = |period: &&Period| rows.get(period).map_or_else(|| Month::idle(period), |row| Month::of(row));
        Self { name: summary.network.place_name(place), months: months.iter().map(month).collect() }
    }

    fn most(&self) -> f64 {
        self.months.iter().map(|month| month.band.map_or(month.mean, |band| band.1.max(month.mean))).fold(0.0, f64::max)
    }
}

impl Month {
    fn idle(period: &Period) -> Self {
        Self { period: period.clone(), mean: 0.0, band: Some((0.0, 0.0)) }
    }

    /// Hours waited a year, over the hours of that year.
    fn of(row: &SummaryRow) -> Self {
        let days = if let Period::Month(year, _) = row.key.period { days_in_year(year) } else { 365 };
        let waiting = |hours: f64| hours / (24.0 * days as f64);
        let band = row.p5.zip(row.p95).filter(|_| row.n > 1);
        Self {
            period: row.key.period.clone(),
            mean: waiting(row.mean.unwrap_or(0.0)),
            band: band.map(|(low, high)| (waiting(low), waiting(high))),
        }
    }
}

impl Plot for Queues<'_> {
    fn height(&self) -> i32 {
        TOP + PANEL * self.panels.len() as i32 + BELOW
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        let phrases = canvas.phrases();
        canvas.heading(self.summary, phrases.queues_by_month, phrases.queues_how)?;
        let height = (canvas.bottom(BELOW) - TOP) / self.panels.len() as i32;
        for (place, panel) in self.panels.iter().enumerate() {
            let top = TOP + height * place as i32;
            panel.plot(canvas, Extent::new(top + height, top + HEAD))?;
        }
        self.panels.first().map_or(Ok(()), |panel| panel.month_names(canvas, canvas.bottom(BELOW)))
    }
}

impl Panel {
    /// Where a month stands.
    fn x(&self, canvas: &Canvas<'_>, month: usize) -> i32 {
        let width = f64::from(canvas.right(MARGIN) - LEFT) / self.months.len() as f64;
        LEFT + ((month as f64 + 0.5) * width) as i32
    }

    fn plot(&self, canvas: &Canvas<'_>, upright: Extent) -> Result<(), String> {
        let scale = Scale::with_marks(upright, self.most(), MARKS);
        for (value, text) in scale.marks() {
            let y = scale.at(value);
            canvas.line(Pixel::new(LEFT, y), Pixel::new(canvas.right(MARGIN), y), Stroke::new(1, GRID))?;
            canvas.text(Pixel::new(LEFT - 12, y), &text, TextStyle::new(18, INK), Align::Right)?;
        }
        let at = Pixel::new(LEFT, upright.to - HEAD / 2);
        let room = canvas.right(MARGIN) - LEFT;
        canvas.text(at, &canvas.fitted(&self.name, 20, room), TextStyle::new(20, INK), Align::Left)?;
        let points = |of: &dyn Fn(&Month) -> Option<f64>| -> Vec<Pixel> {
            let months = self.months.iter().enumerate();
            months.filter_map(|(at, month)| Some(Pixel::new(self.x(canvas, at), scale.at(of(month)?)))).collect()
        };
        let (low, high) = (points(&|month| Some(month.band?.0)), points(&|month| Some(month.band?.1)));
        if high.len() > 1 {
            canvas.band(high.into_iter().chain(low.into_iter().rev()), BLUE)?;
        }
        let mean = points(&|month| Some(month.mean));
        mean.windows(2).try_for_each(|pair| canvas.line(pair[0], pair[1], Stroke::new(4, BLUE)))
    }

    /// As many names as there is room for.
    fn month_names(&self, canvas: &Canvas<'_>, bottom: i32) -> Result<(), String> {
        let width = f64::from(canvas.right(MARGIN) - LEFT) / self.months.len() as f64;
        let every = (f64::from(canvas.width("2024-12", 20)) * 1.15 / width).ceil().max(1.0) as usize;
        for (place, month) in self.months.iter().enumerate().step_by(every) {
            let at = Pixel::new(self.x(canvas, place), bottom + 26);
            canvas.text(at, &month.period.text(), TextStyle::new(20, INK), Align::Centre)?;
        }
        Ok(())
    }
}
