//! Where the days go, by cause, for each section.

use crate::words::{Cause, CauseGroup, ChartText, Measure};

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Band, Extent, Pixel};
use super::picture::Plot;
use super::scale::Scale;
use super::section_time::{BELOW, TOP, bands_between, height_of, is_by_section, rows};
use super::style::{KeyEntry, TextStyle};
use super::theme::{BLUE, Colour, DARK, GREEN, GREY, INK, ORANGE, PAPER, PURPLE, SKY, VERMILLION, YELLOW};
use crate::report::round_to;
use crate::results::{Summary, SummaryRow};

/// Room at the right of the longest bar for its total.
const TOTAL: i32 = 110;
/// Least room of a number in its bar.
const LABEL: i32 = 8;

/// Days by cause.
pub(super) struct Causes<'a>(pub(super) &'a Summary);

impl Plot for Causes<'_> {
    fn height(&self) -> i32 {
        height_of(rows(self.0).len())
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        plot(canvas, self.0)
    }
}

/// Its colour.
pub(super) const fn colour(group: CauseGroup) -> Colour {
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

fn plot(canvas: &Canvas<'_>, summary: &Summary) -> Result<(), String> {
    let title = if is_by_section(summary) { ChartText::WhereDaysGoBySection } else { ChartText::WhereDaysGoByFlow };
    let how = canvas.word(ChartText::CausesHow);
    canvas.heading(summary, canvas.word(title), how)?;
    let rows = rows(summary);
    let Some(most) = rows.iter().filter_map(|row| row.mean).reduce(f64::max) else {
        return canvas.nothing(canvas.word(ChartText::NobodyArrived));
    };
    let names: Vec<String> = rows.iter().map(|row| summary.network.subject_name(&row.key.subject)).collect();
    let left = canvas.left_of(names.iter().map(String::as_str), 20);
    let has_any = |place: usize| rows.iter().any(|row| days(summary, row)[place] > 0.0);
    let shown = CauseGroup::ALL.into_iter().enumerate().filter(|&(place, _)| has_any(place));
    let key: Vec<KeyEntry<'_>> =
        shown.map(|(_, group)| KeyEntry { text: canvas.word(group), colour: colour(group) }).collect();
    let key_width = canvas.key_width(key.iter().map(|entry| entry.text));
    let right = canvas.right(MARGIN + key_width);
    let upright = Extent::new(TOP, canvas.bottom(BELOW));
    let scale = Scale::new(Extent::new(left, right - TOTAL), most);
    canvas.horizontal_axis(&scale, upright, canvas.word(ChartText::Days))?;
    for ((row, name), band) in rows.iter().zip(&names).zip(bands_between(upright, rows.len())) {
        canvas.name(left, band.middle, name, 20)?;
        stack(canvas, &scale, &days(summary, row), band)?;
        let total = round_to(row.mean.unwrap_or(0.0), row.half_width).to_string();
        let at = Pixel::new(scale.at(row.mean.unwrap_or(0.0)) + 12, band.middle);
        canvas.text(at, &total, TextStyle::new(20, INK), Align::Left)?;
    }
    canvas.key(Pixel::new(right, TOP + 20), key_width, key.into_iter())
}

/// Mean days by group of causes.
fn days(summary: &Summary, row: &SummaryRow) -> [f64; CauseGroup::ALL.len()] {
    CauseGroup::ALL.map(|group| {
        let of = summary.of(Measure::Time).filter(|time| time.key.subject == row.key.subject);
        of.filter(|time| time.key.cause.map(Cause::group) == Some(group)).filter_map(|time| time.mean).sum()
    })
}

/// A bar of parts; the days stand in those that have room for them, so that parts can be told apart without colours.
pub(super) fn stack(canvas: &Canvas<'_>, scale: &Scale, days: &[f64], band: Band) -> Result<(), String> {
    let mut before = 0.0;
    for (&days, group) in days.iter().zip(CauseGroup::ALL) {
        let (from, to) = (scale.at(before), scale.at(before + days));
        if to > from {
            canvas.bar(Extent::new(from, to), band, colour(group))?;
            label(canvas, Extent::new(from, to), days, band)?;
        }
        before += days;
    }
    Ok(())
}

fn label(canvas: &Canvas<'_>, part: Extent, days: f64, band: Band) -> Result<(), String> {
    let text = format!("{days:.1}");
    let half = canvas.width(&text, 16) / 2 + 4;
    if part.to - part.from < 2 * half + LABEL || band.half < 12 {
        return Ok(());
    }
    canvas.bar(
        Extent::new(part.middle() - half, part.middle() + half),
        Band { middle: band.middle, half: 10 },
        PAPER,
    )?;
    canvas.text(Pixel::new(part.middle(), band.middle), &text, TextStyle::new(16, INK), Align::Centre)
}
