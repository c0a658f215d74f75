//! Where the days go, by cause, for each section.

use crate::words::{Cause, CauseGroup, Language, Measure, name};
use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Canvas};
use super::geometry::{Band, Extent, Pixel};
use super::scale::Scale;
use super::section_time::{BOTTOM, LEFT, TOP, bands, is_by_section, rows};
use super::style::{KeyEntry, TextStyle};
use super::theme::{BLUE, DARK, GREEN, GREY, INK, ORANGE, PURPLE, SKY, VERMILLION, YELLOW};
use crate::report::round_to;
use crate::results::{Summary, SummaryRow};

const RIGHT: i32 = 1180;

/// Its colour.
const fn colour(group: CauseGroup) -> RGBColor {
    match group {
        CauseGroup::Running => BLUE,
        CauseGroup::Sailing => SKY,
        CauseGroup::Handling => GREEN,
        CauseGroup::Border => YELLOW,
        CauseGroup::WaitLand => ORANGE,
        CauseGroup::WaitSea => VERMILLION,
        CauseGroup::WaitPlace => PURPLE,
        CauseGroup::Shut => DARK,
        CauseGroup::Unexplained => GREY,
    }
}

pub(super) fn plot<B: DrawingBackend>(canvas: &Canvas<'_, B>, summary: &Summary) -> Result<(), String> {
    let what = if is_by_section(summary) { "by section" } else { "by flow" };
    let how = "mean days of a shipment by weight; the total with its LEVEL interval";
    canvas.heading(summary, &format!("Where the days go, {what}"), how)?;
    let rows = rows(summary);
    let Some(most) = rows.iter().filter_map(|row| row.mean).reduce(f64::max) else {
        return canvas.nothing("no shipment arrived");
    };
    // Room at the right of the longest bar for its total.
    let scale = Scale::new(Extent::new(LEFT, RIGHT), most * 1.16, 8.0);
    canvas.horizontal_axis(&scale, Extent::new(TOP, BOTTOM), "Days")?;
    for (row, band) in rows.iter().zip(bands(rows.len())) {
        let name = summary.network.subject_name(&row.key.subject);
        canvas.text(
            Pixel::new(LEFT - 16, band.middle),
            &canvas.fitted(&name, 20, LEFT - 40),
            TextStyle::new(20, INK),
            Align::Right,
        )?;
        bar(canvas, &scale, &days(summary, row), band)?;
        let total = round_to(row.mean.unwrap_or(0.0), row.half_width).to_string();
        canvas.text(
            Pixel::new(scale.at(row.mean.unwrap_or(0.0)) + 12, band.middle),
            &total,
            TextStyle::new(20, INK),
            Align::Left,
        )?;
    }
    let has_any = |place: usize| rows.iter().any(|row| days(summary, row)[place] > 0.0);
    let shown = CauseGroup::ALL.into_iter().enumerate().filter(|&(place, _)| has_any(place));
    let entry = |(_, group)| KeyEntry { text: name(group, Language::English), colour: colour(group) };
    canvas.key(Pixel::new(RIGHT + 50, TOP + 20), 340, shown.map(entry))
}

/// Mean days by group of causes.
fn days(summary: &Summary, row: &SummaryRow) -> [f64; CauseGroup::ALL.len()] {
    CauseGroup::ALL.map(|group| {
        let of = summary.of(Measure::Time).filter(|time| time.key.subject == row.key.subject);
        of.filter(|time| time.key.cause.map(Cause::group) == Some(group)).filter_map(|time| time.mean).sum()
    })
}

fn bar<B: DrawingBackend>(canvas: &Canvas<'_, B>, scale: &Scale, days: &[f64], band: Band) -> Result<(), String> {
    let mut before = 0.0;
    for (days, group) in days.iter().zip(CauseGroup::ALL) {
        let (from, to) = (scale.at(before), scale.at(before + days));
        if to > from {
            canvas.bar(Extent::new(from, to), band, colour(group))?;
        }
        before += days;
    }
    Ok(())
}
