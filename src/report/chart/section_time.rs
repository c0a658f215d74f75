//! Time by section: from P5 to P95, with the median and its interval.

use crate::words::{Measure, SubjectKind};

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Band, Extent, Pixel};
use super::picture::Plot;
use super::scale::Scale;
use super::style::TextStyle;
use super::theme::{BLUE, INK, PAPER, SKY};
use crate::report::round_to;
use crate::results::{Summary, SummaryRow};

/// Most bars in a chart.
pub(super) const MOST: usize = 18;
/// Most sections in a chart: whoever defines them wants to see all.
const MOST_SECTIONS: usize = 30;
/// Upper edge of a plot, and the room below it for the axis.
pub(super) const TOP: i32 = 160;
pub(super) const BELOW: i32 = 96;
/// Room for the letters of a row and some paper between rows, where the picture is as high as its rows need.
const PITCH: i32 = 52;
/// Least height of a picture.
const LEAST: i32 = 560;
/// Width of a column of numbers.
const COLUMN: i32 = 150;

/// Percentiles of sections.
pub(super) struct SectionTimes<'a>(pub(super) &'a Summary);

impl Plot for SectionTimes<'_> {
    fn height(&self) -> i32 {
        height_of(rows(self.0).len())
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        plot(canvas, self.0)
    }
}

/// The height of a picture with so many rows.
pub(super) fn height_of(rows: usize) -> i32 {
    (TOP + PITCH * rows as i32 + BELOW).max(LEAST)
}

fn plot(canvas: &Canvas<'_>, summary: &Summary) -> Result<(), String> {
    let rows = rows(summary);
    let of = if is_by_section(summary) { canvas.phrases().time_by_section } else { canvas.phrases().time_by_flow };
    canvas.heading(summary, of, canvas.phrases().time_how)?;
    let Some(most) = rows.iter().filter_map(|row| row.p95).reduce(f64::max) else {
        return canvas.nothing(canvas.phrases().nobody_arrived);
    };
    let names: Vec<String> = rows.iter().map(|row| summary.network.subject_name(&row.key.subject)).collect();
    let left = canvas.left_of(names.iter().map(String::as_str), 20);
    let columns = [canvas.right(MARGIN + COLUMN), canvas.right(MARGIN)];
    let upright = Extent::new(TOP, canvas.bottom(BELOW));
    let scale = Scale::new(Extent::new(left, columns[0] - COLUMN), most);
    canvas.horizontal_axis(&scale, upright, canvas.phrases().days)?;
    for (x, name) in
        columns.into_iter().zip(["P50", "P95"].map(|name| format!("{name}, {}", canvas.phrases().column_days)))
    {
        canvas.text(Pixel::new(x, TOP - 18), &name, TextStyle::new(20, INK), Align::Right)?;
    }
    for ((row, name), band) in rows.iter().zip(&names).zip(bands_between(upright, rows.len())) {
        canvas.name(left, band, name, 20)?;
        bar(canvas, &scale, row, band, columns)?;
    }
    Ok(())
}

fn bar(canvas: &Canvas<'_>, scale: &Scale, row: &SummaryRow, band: Band, columns: [i32; 2]) -> Result<(), String> {
    let y = band.middle;
    let (Some(p5), Some(p50)) = (row.p5, row.p50) else {
        let at = Pixel::new(scale.ends.from + 16, y);
        return canvas.text(at, canvas.phrases().not_known, TextStyle::new(20, INK), Align::Left);
    };
    // With the 95th percentile among the unfinished, the bar runs to the edge.
    let p95 = row.p95.unwrap_or(scale.most);
    let colour = if row.p95.is_some() { SKY } else { BLUE };
    canvas.bar(Extent::new(scale.at(p5), scale.at(p95)), band, colour)?;
    let x = scale.at(p50);
    canvas.bar(Extent::new(x - 3, x + 3), band, PAPER)?;
    if let Some(width) = row.p50_half_width {
        canvas.level_interval(Extent::new(scale.at(p50 - width), scale.at(p50 + width)), y)?;
    }
    let text = |value: Option<f64>, width| {
        value.map_or_else(|| canvas.phrases().unfinished.to_owned(), |value| round_to(value, width).to_string())
    };
    let texts = [text(row.p50, row.p50_half_width), text(row.p95, row.p95_half_width)];
    let mut written = columns.into_iter().zip(texts);
    written.try_for_each(|(x, text)| canvas.text(Pixel::new(x, y), &text, TextStyle::new(20, INK), Align::Right))
}

/// Whether there are sections; else flows are shown.
pub(super) fn is_by_section(summary: &Summary) -> bool {
    summary.of(Measure::SectionTime).next().is_some()
}

/// The rows shown: sections, or flows by number of shipments.
pub(super) fn rows(summary: &Summary) -> Vec<&SummaryRow> {
    if is_by_section(summary) {
        return summary.of(Measure::SectionTime).filter(|row| row.count > Some(0)).take(MOST_SECTIONS).collect();
    }
    let mut flows: Vec<&SummaryRow> =
        summary.of(Measure::TransitTime).filter(|row| row.key.subject.is(SubjectKind::Flow)).collect();
    flows.retain(|row| row.count > Some(0));
    flows.sort_by_key(|row| std::cmp::Reverse(row.count));
    flows.truncate(MOST);
    flows
}

/// The rooms of some bars between two edges.
pub(super) fn bands_between(upright: Extent, number: usize) -> impl Iterator<Item = Band> {
    let pitch = f64::from(upright.to - upright.from) / number.max(1) as f64;
    let half = (pitch * 0.34).min(26.0) as i32;
    let middle = move |place: usize| upright.from + ((place as f64 + 0.5) * pitch) as i32;
    (0..number).map(move |place| Band { middle: middle(place), half })
}
