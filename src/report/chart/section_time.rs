//! Time by section: from P5 to P95, with the median and its interval.

use crate::words::{Measure, SubjectKind};
use plotters::backend::DrawingBackend;

use super::canvas::{Align, Canvas};
use super::geometry::{Band, Extent, Pixel};
use super::scale::Scale;
use super::style::TextStyle;
use super::theme::{BLUE, INK, PAPER, SKY};
use crate::report::round_to;
use crate::results::{Summary, SummaryRow};

/// Most bars in a chart.
pub(super) const MOST: usize = 18;
/// Where names end and bars begin.
pub(super) const LEFT: i32 = 380;
pub(super) const TOP: i32 = 140;
pub(super) const BOTTOM: i32 = 800;
const RIGHT: i32 = 1250;

pub(super) fn plot<B: DrawingBackend>(canvas: &Canvas<'_, B>, summary: &Summary) -> Result<(), String> {
    let rows = rows(summary);
    let of = if is_by_section(summary) { "Time by section" } else { "Transit time by flow" };
    canvas.heading(summary, of, "bar: P5 to P95 of shipments by weight; white: P50; black: its LEVEL interval")?;
    let Some(most) = rows.iter().filter_map(|row| row.p95).reduce(f64::max) else {
        return canvas.nothing("no shipment arrived");
    };
    let scale = Scale::new(Extent::new(LEFT, RIGHT), most, 8.0);
    canvas.horizontal_axis(&scale, Extent::new(TOP, BOTTOM), "Days")?;
    canvas.text(Pixel::new(RIGHT + 50, TOP - 14), "P50, days", TextStyle::new(20, INK), Align::Left)?;
    canvas.text(Pixel::new(RIGHT + 190, TOP - 14), "P95, days", TextStyle::new(20, INK), Align::Left)?;
    for (row, band) in rows.iter().zip(bands(rows.len())) {
        let name = summary.network.subject_name(&row.key.subject);
        canvas.text(
            Pixel::new(LEFT - 16, band.middle),
            &canvas.fitted(&name, 20, LEFT - 40),
            TextStyle::new(20, INK),
            Align::Right,
        )?;
        bar(canvas, &scale, row, band)?;
    }
    Ok(())
}

fn bar<B: DrawingBackend>(canvas: &Canvas<'_, B>, scale: &Scale, row: &SummaryRow, band: Band) -> Result<(), String> {
    let y = band.middle;
    let (Some(p5), Some(p50)) = (row.p5, row.p50) else {
        return canvas.text(
            Pixel::new(LEFT + 16, y),
            "not known: too many unfinished",
            TextStyle::new(20, INK),
            Align::Left,
        );
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
        value.map_or_else(|| "unfinished".to_owned(), |value| round_to(value, width).to_string())
    };
    canvas.text(Pixel::new(RIGHT + 50, y), &text(row.p50, row.p50_half_width), TextStyle::new(20, INK), Align::Left)?;
    canvas.text(Pixel::new(RIGHT + 190, y), &text(row.p95, row.p95_half_width), TextStyle::new(20, INK), Align::Left)
}

/// Whether there are sections; else flows are shown.
pub(super) fn is_by_section(summary: &Summary) -> bool {
    summary.of(Measure::SectionTime).next().is_some()
}

/// The rows shown: sections, or flows by number of shipments.
pub(super) fn rows(summary: &Summary) -> Vec<&SummaryRow> {
    let mut rows: Vec<&SummaryRow> = if is_by_section(summary) {
        summary.of(Measure::SectionTime).filter(|row| row.count > Some(0)).collect()
    } else {
        let mut flows: Vec<&SummaryRow> =
            summary.of(Measure::TransitTime).filter(|row| row.key.subject.is(SubjectKind::Flow)).collect();
        flows.retain(|row| row.count > Some(0));
        flows.sort_by_key(|row| std::cmp::Reverse(row.count));
        flows
    };
    rows.truncate(MOST);
    rows
}

/// The rooms of some bars between top and bottom.
pub(super) fn bands(number: usize) -> impl Iterator<Item = Band> {
    bands_between(Extent::new(TOP, BOTTOM), number)
}

/// The same between other edges.
pub(super) fn bands_between(upright: Extent, number: usize) -> impl Iterator<Item = Band> {
    let pitch = f64::from(upright.to - upright.from) / number.max(1) as f64;
    let half = (pitch * 0.34).min(26.0) as i32;
    let middle = move |place: usize| upright.from + ((place as f64 + 0.5) * pitch) as i32;
    (0..number).map(move |place| Band { middle: middle(place), half })
}
