//! What each what-if changes, with its interval: a panel a measure, a row a what-if, the best first.

use super::picture::Plot;
use crate::words::{Measure, Period};

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Band, Extent, Pixel};
use super::scale::Scale;
use super::style::{Stroke, TextStyle};
use super::theme::{BAND, BLUE, Colour, GREY, INK, ORANGE, PALE_INK};
use crate::comparison::{Comparison, Difference, WhatIf};
use crate::report::comparison::{Figure, figures, label};
use crate::report::phrases::ChartPhrases;
use crate::report::rounding::signed;

const TOP: i32 = 200;
/// Room below the rows for marks of the axes and the key.
const BELOW: i32 = 110;
/// Between panels.
const GAP: i32 = 30;
/// Room for the numbers at the right of a panel.
const NUMBERS: i32 = 90;
/// Between the middles of two rows where the picture is as high as its rows need, and at most.
const PITCH: i32 = 84;
const MOST_PITCH: f64 = 140.0;
/// Highest picture of which nothing is said.
const HIGHEST: i32 = 1600;
/// Most rows that can be read.
const MOST: usize = 32;
/// A value so many times as far out as four fifths of the others is not what the axis is made for.
const MUCH: f64 = 4.0;
/// Fewer ends of intervals than this have an axis that holds them all.
const MANY: usize = 12;

/// Rows from the top, alike for all panels.
struct Rows {
    pitch: f64,
    number: usize,
}

impl Rows {
    fn middle(&self, place: usize) -> i32 {
        TOP + ((place as f64 + 0.5) * self.pitch) as i32
    }

    /// The room of a row, as that of a bar.
    fn band(&self, place: usize) -> Band {
        Band { middle: self.middle(place), half: (self.pitch / 3.0) as i32 }
    }

    fn bottom(&self) -> i32 {
        TOP + (self.pitch * self.number as f64) as i32
    }
}

impl Plot for Comparison {
    fn height(&self) -> i32 {
        let rows = self.what_ifs.len().clamp(2, MOST) as i32;
        (TOP + PITCH * rows + BELOW).min(HIGHEST)
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        plot(canvas, self)
    }
}

fn plot(canvas: &Canvas<'_>, comparison: &Comparison) -> Result<(), String> {
    let phrases = canvas.phrases();
    let drawn = if is_drawn(comparison) { phrases.over_draws_how } else { "" };
    let how = format!("{}{drawn}", phrases.what_ifs_change_how);
    canvas.heading_of(&comparison.base, phrases.what_ifs_change, &how)?;
    if comparison.what_ifs.is_empty() {
        return canvas.nothing(phrases.no_what_if);
    }
    let what_ifs = &ranked(comparison)[..];
    let panels = figures(comparison, &Period::Horizon);
    let pitch = (f64::from(canvas.bottom(BELOW) - TOP) / what_ifs.len() as f64).min(MOST_PITCH);
    let rows = Rows { pitch, number: what_ifs.len() };
    let size = if pitch < 24.0 { 17 } else { 20 };
    let names: Vec<String> = what_ifs.iter().map(|what_if| label(what_if)).collect();
    let start = canvas.left_of(names.iter().map(String::as_str), size);
    for (place, name) in names.iter().enumerate() {
        canvas.name(start, rows.band(place), name, size)?;
    }
    let width = (canvas.right(MARGIN) - start - GAP * (panels.len() as i32 - 1)) / panels.len().max(1) as i32;
    for (place, panel) in panels.iter().enumerate() {
        let left = start + place as i32 * (width + GAP);
        let across = Extent::new(left, left + width);
        panel_title(canvas, &title(comparison, panel, phrases), across)?;
        plot_panel(canvas, panel, what_ifs, across, &rows)?;
    }
    key(canvas)
}

/// As many what-ifs as can be read, the best first; those that cannot be ranked follow in their order.
fn ranked(comparison: &Comparison) -> Vec<&WhatIf> {
    let ranks = comparison.outcome.as_ref().map_or(&[][..], |outcome| &outcome.ranked);
    let others = (0..comparison.what_ifs.len()).filter(|place| !ranks.contains(place));
    ranks.iter().copied().chain(others).map(|place| &comparison.what_ifs[place]).take(MOST).collect()
}

/// Whether inputs are drawn, so that there is a spread over draws.
fn is_drawn(comparison: &Comparison) -> bool {
    comparison.what_ifs.iter().flat_map(|what_if| &what_if.differences).any(|row| row.low.is_some())
}

/// In two lines, where one is too long.
fn panel_title(canvas: &Canvas<'_>, title: &str, across: Extent) -> Result<(), String> {
    let lines = canvas.broken(title, 19, across.to - across.from, 2);
    let top = TOP - 4 - 26 * lines.len() as i32;
    let mut places = lines.iter().enumerate();
    places.try_for_each(|(place, line)| {
        let at = Pixel::new(across.middle(), top + 26 * place as i32);
        canvas.text(at, line, TextStyle::new(19, INK), Align::Centre)
    })
}

/// What a panel shows.
fn title(comparison: &Comparison, figure: &Figure, phrases: &ChartPhrases) -> String {
    match figure.measure {
        Measure::Throughput => phrases.carried_kt.to_owned(),
        Measure::ThroughputTeu => phrases.carried_kteu.to_owned(),
        _ => {
            let section = comparison.network.section_name(&figure.subject);
            format!("{section}, {}, {}", figure.statistic, phrases.column_days)
        }
    }
}

fn plot_panel(
    canvas: &Canvas<'_>,
    panel: &Figure,
    what_ifs: &[&WhatIf],
    across: Extent,
    rows: &Rows,
) -> Result<(), String> {
    let ends = |row: &Difference| {
        let width = row.half_width.unwrap_or(0.0);
        let values = [Some(row.difference - width), Some(row.difference + width), row.low, row.high];
        values.into_iter().flatten().map(|value| value / panel.scale).collect::<Vec<f64>>()
    };
    let values: Vec<f64> =
        what_ifs.iter().filter_map(|what_if| panel.of(what_if, &Period::Horizon)).flat_map(ends).collect();
    let least = -reach(values.iter().map(|value| -value));
    let most = reach(values.into_iter());
    let scale = Scale::between(Extent::new(across.from, across.to - NUMBERS), least, most);
    let bottom = rows.bottom();
    canvas.horizontal_axis(&scale, Extent::new(TOP, bottom), "")?;
    canvas.line(Pixel::new(scale.at(0.0), TOP), Pixel::new(scale.at(0.0), bottom), Stroke::new(2, INK))?;
    for (place, what_if) in what_ifs.iter().enumerate() {
        marks(canvas, panel, what_if, &scale, Pixel::new(across.to, rows.middle(place)))?;
    }
    Ok(())
}

/// How far an axis goes to one side: past all values, but for the few that would press many others together.
fn reach(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.filter(|value| *value > 0.0).collect();
    values.sort_by(f64::total_cmp);
    let Some(&most) = values.last() else { return 0.0 };
    let usual = MUCH * values[(values.len() - 1) * 4 / 5];
    if values.len() < MANY || most <= usual {
        return most;
    }
    values.into_iter().rfind(|value| *value <= usual).unwrap_or(most)
}

/// Marks of what lies beyond the axis stand at its end, as arrows.
fn beyond(canvas: &Canvas<'_>, at: Pixel, is_right: bool, colour: Colour) -> Result<(), String> {
    let tip = if is_right { 9 } else { -9 };
    canvas.mark(at, &[Pixel::new(-tip, -8), Pixel::new(tip, 0), Pixel::new(-tip, 8)], colour)
}

/// Interval, spread over draws, difference and, up to the right end, the number.
fn marks(canvas: &Canvas<'_>, panel: &Figure, what_if: &WhatIf, scale: &Scale, end: Pixel) -> Result<(), String> {
    let Some(row) = panel.of(what_if, &Period::Horizon) else { return Ok(()) };
    let y = end.y;
    let at = |value: f64| scale.at(value / panel.scale);
    if let (Some(low), Some(high)) = (row.low, row.high) {
        canvas.bar(Extent::new(at(low), at(high).max(at(low) + 1)), Band { middle: y, half: 8 }, BAND)?;
    }
    if let Some(width) = row.half_width.filter(|width| *width > 0.0) {
        canvas.level_interval(Extent::new(at(row.difference - width), at(row.difference + width)), y)?;
    }
    let colour = colour(row, what_if.manifest.run.level);
    let mark = Pixel::new(at(row.difference), y);
    if scale.holds(row.difference / panel.scale) {
        if colour == GREY { canvas.hollow_diamond(mark, 8, PALE_INK)? } else { canvas.diamond(mark, 8, colour)? }
    } else {
        beyond(canvas, mark, row.difference > 0.0, colour)?;
    }
    let text = signed(row.difference / panel.scale, panel.half_width(row)).value;
    canvas.text(end, &text, TextStyle::new(18, if colour == GREY { PALE_INK } else { INK }), Align::Right)
}

/// Better, worse, or not significant.
fn colour(row: &Difference, level: f64) -> Colour {
    if !row.is_significant(level) {
        GREY
    } else if row.measure.gain(row.difference) > 0.0 {
        BLUE
    } else {
        ORANGE
    }
}

fn key(canvas: &Canvas<'_>) -> Result<(), String> {
    let (mut x, y) = (MARGIN + 12, canvas.bottom(33));
    let phrases = canvas.phrases();
    let marks = [(phrases.key_better, BLUE), (phrases.key_worse, ORANGE), (phrases.key_not_significant, GREY)];
    for (text, colour) in marks {
        let at = Pixel::new(x, y);
        if colour == GREY {
            canvas.hollow_diamond(at, 9, PALE_INK)?;
        } else {
            canvas.diamond(at, 9, colour)?;
        }
        canvas.text(Pixel::new(x + 20, y), text, TextStyle::new(20, INK), Align::Left)?;
        x += 70 + canvas.width(text, 20);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_among_many_is_the_farthest_cut_off() {
        let with = |number: u32| reach((0..number).map(|n| 1.0 + f64::from(n) / 100.0).chain([50.0, -3.0]));
        assert_eq!((with(3), with(20)), (50.0, 1.19));
    }
}
