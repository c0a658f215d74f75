//! What each what-if changes, with its interval: a panel a measure, a row a what-if.

use super::picture::Plot;
use crate::words::{Measure, Period};
use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Canvas};
use super::geometry::{Band, Extent, Pixel};
use super::scale::Scale;
use super::style::{Stroke, TextStyle};
use super::theme::{BAND, BLUE, GREY, INK, ORANGE, PALE_INK};
use crate::comparison::{Comparison, Difference, WhatIf};
use crate::report::comparison::{Figure, figures, named};
use crate::report::rounding::signed;

const TOP: i32 = 190;
const BOTTOM: i32 = 772;
/// Left end of the names.
const LEFT: i32 = 40;
/// Room for names at most.
const NAMES: i32 = 500;
/// Right end of all panels.
const RIGHT: i32 = 1568;
/// Between panels.
const GAP: i32 = 30;
/// Room for the numbers at the right of a panel.
const NUMBERS: i32 = 90;
/// About how many marks an axis has: more would touch.
const MARKS: f64 = 2.0;
/// Rows are no further apart than this.
const MOST_PITCH: f64 = 140.0;
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

    fn bottom(&self) -> i32 {
        TOP + (self.pitch * self.number as f64) as i32
    }
}

impl Plot for Comparison {
    fn plot_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String> {
        plot(canvas, self)
    }
}

fn plot<B: DrawingBackend>(canvas: &Canvas<'_, B>, comparison: &Comparison) -> Result<(), String> {
    let how =
        "mark: difference to the base, arrow: beyond the axis; line: its LEVEL interval; grey bar: 5–95 % over draws";
    canvas.heading_of(&comparison.base, "What each what-if changes", how)?;
    if comparison.what_ifs.is_empty() {
        return canvas.nothing("there is no what-if");
    }
    let what_ifs = &comparison.what_ifs[..comparison.what_ifs.len().min(MOST)];
    let panels = figures(comparison, &Period::Horizon);
    let pitch = (f64::from(BOTTOM - TOP) / what_ifs.len() as f64).min(MOST_PITCH);
    let rows = Rows { pitch, number: what_ifs.len() };
    let size = if pitch < 24.0 { 17 } else { 20 };
    let names: Vec<String> = what_ifs.iter().map(|what_if| canvas.fitted(&label(what_if), size, NAMES)).collect();
    let start = LEFT + names.iter().map(|name| canvas.width(name, size)).max().unwrap_or(0) + 16;
    for (place, name) in names.iter().enumerate() {
        canvas.text(Pixel::new(start - 16, rows.middle(place)), name, TextStyle::new(size, INK), Align::Right)?;
    }
    let width = (RIGHT - start - GAP * (panels.len() as i32 - 1)) / panels.len().max(1) as i32;
    for (place, panel) in panels.iter().enumerate() {
        let left = start + place as i32 * (width + GAP);
        let across = Extent::new(left, left + width);
        let name = canvas.fitted(&title(comparison, panel), 20, width);
        canvas.text(Pixel::new(across.middle(), TOP - 26), &name, TextStyle::new(20, INK), Align::Centre)?;
        plot_panel(canvas, panel, what_ifs, across, &rows)?;
    }
    key(canvas)
}

/// The title of a what-if that is a scenario, the name of one that was written on the command line.
fn label(what_if: &WhatIf) -> String {
    let scenario = &what_if.manifest.scenario;
    if scenario.name == what_if.name && what_if.against.is_none() { scenario.title.clone() } else { named(what_if) }
}

/// What a panel shows.
fn title(comparison: &Comparison, figure: &Figure) -> String {
    match figure.measure {
        Measure::Throughput => "carried, thousand t a year".to_owned(),
        Measure::ThroughputTeu => "carried, thousand TEU a year".to_owned(),
        _ => format!("{}, {}, days", comparison.network.section_name(&figure.subject), figure.statistic),
    }
}

fn plot_panel<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    panel: &Figure,
    what_ifs: &[WhatIf],
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
    let scale = Scale::between(Extent::new(across.from, across.to - NUMBERS), least, most, MARKS);
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
fn beyond<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    at: Pixel,
    is_right: bool,
    colour: RGBColor,
) -> Result<(), String> {
    let tip = if is_right { 9 } else { -9 };
    canvas.mark(at, &[Pixel::new(-tip, -8), Pixel::new(tip, 0), Pixel::new(-tip, 8)], colour)
}

/// Interval, spread over draws, difference and, up to the right end, the number.
fn marks<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    panel: &Figure,
    what_if: &WhatIf,
    scale: &Scale,
    end: Pixel,
) -> Result<(), String> {
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
        canvas.diamond(mark, 8, colour)?;
    } else {
        beyond(canvas, mark, row.difference > 0.0, colour)?;
    }
    let text = signed(row.difference / panel.scale, panel.half_width(row)).value;
    canvas.text(end, &text, TextStyle::new(18, if colour == GREY { PALE_INK } else { INK }), Align::Right)
}

/// Better, worse, or not significant.
fn colour(row: &Difference, level: f64) -> RGBColor {
    if !row.is_significant(level) {
        GREY
    } else if row.measure.gain(row.difference) > 0.0 {
        BLUE
    } else {
        ORANGE
    }
}

fn key<B: DrawingBackend>(canvas: &Canvas<'_, B>) -> Result<(), String> {
    let mut x = 52;
    for (text, colour) in [("better", BLUE), ("worse", ORANGE), ("not significant", GREY)] {
        canvas.diamond(Pixel::new(x, 867), 9, colour)?;
        canvas.text(Pixel::new(x + 20, 867), text, TextStyle::new(20, INK), Align::Left)?;
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
