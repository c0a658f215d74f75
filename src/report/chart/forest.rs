//! What each what-if changes, with its interval: a panel a measure, a row a what-if.

use super::picture::Plot;
use crate::words::{Measure, Statistic, Subject};
use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Canvas};
use super::geometry::{Band, Extent, Pixel};
use super::scale::Scale;
use super::style::{Stroke, TextStyle};
use super::theme::{BAND, BLUE, GREY, INK, ORANGE, PALE_INK};
use crate::comparison::{Comparison, Difference, WhatIf};
use crate::report::comparison::{main_section, named};
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

/// A panel: a measure in the unit that it is shown in.
struct Panel {
    title: String,
    measure: Measure,
    subject: Subject,
    statistic: Statistic,
    scale: f64,
    /// More is better.
    is_gain: bool,
}

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
    let panels = panels(comparison);
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
        plot_panel(canvas, panel, what_ifs, Extent::new(left, left + width), &rows)?;
    }
    key(canvas)
}

/// The title of a what-if that is a scenario, the name of one that was written in the call.
fn label(what_if: &WhatIf) -> String {
    let scenario = &what_if.manifest.scenario;
    if scenario.name == what_if.name && what_if.against.is_none() { scenario.title.clone() } else { named(what_if) }
}

/// Traffic, then the median and the 95th percentile of the section that speaks for all.
fn panels(comparison: &Comparison) -> Vec<Panel> {
    let traffic = |title: &str, measure, scale| Panel {
        title: title.to_owned(),
        measure,
        subject: Subject::corridor(),
        statistic: Statistic::Mean,
        scale,
        is_gain: true,
    };
    let mut panels = vec![
        traffic("carried, thousand t a year", Measure::Throughput, 1000.0),
        traffic("carried, thousand TEU a year", Measure::ThroughputTeu, 1000.0),
    ];
    if let Some(subject) = main_section(comparison) {
        let name = comparison.network.section_name(subject);
        panels.extend([Statistic::P50, Statistic::P95].map(|statistic| Panel {
            title: format!("{name}, {}, days", statistic.word()),
            measure: Measure::SectionTime,
            subject: subject.clone(),
            statistic,
            scale: 1.0,
            is_gain: false,
        }));
    }
    let has = |panel: &Panel| comparison.what_ifs.iter().any(|what_if| row(what_if, panel).is_some());
    panels.retain(has);
    panels
}

fn row<'a>(what_if: &'a WhatIf, panel: &Panel) -> Option<&'a Difference> {
    what_if.difference(panel.measure, &panel.subject, panel.statistic)
}

fn plot_panel<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    panel: &Panel,
    what_ifs: &[WhatIf],
    across: Extent,
    rows: &Rows,
) -> Result<(), String> {
    let ends = |row: &Difference| {
        let width = row.half_width.unwrap_or(0.0);
        let values = [Some(row.difference - width), Some(row.difference + width), row.low, row.high];
        values.into_iter().flatten().map(|value| value / panel.scale).collect::<Vec<f64>>()
    };
    let values: Vec<f64> = what_ifs.iter().filter_map(|what_if| row(what_if, panel)).flat_map(ends).collect();
    let least = -reach(values.iter().map(|value| -value));
    let most = reach(values.into_iter());
    let scale = Scale::between(Extent::new(across.from, across.to - NUMBERS), least, most, MARKS);
    canvas.text(
        Pixel::new(across.middle(), TOP - 26),
        &canvas.fitted(&panel.title, 20, across.to - across.from),
        TextStyle::new(20, INK),
        Align::Centre,
    )?;
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
    panel: &Panel,
    what_if: &WhatIf,
    scale: &Scale,
    end: Pixel,
) -> Result<(), String> {
    let Some(row) = row(what_if, panel) else { return Ok(()) };
    let y = end.y;
    let at = |value: f64| scale.at(value / panel.scale);
    if let (Some(low), Some(high)) = (row.low, row.high) {
        canvas.bar(Extent::new(at(low), at(high).max(at(low) + 1)), Band { middle: y, half: 8 }, BAND)?;
    }
    if let Some(width) = row.half_width.filter(|width| *width > 0.0) {
        canvas.level_interval(Extent::new(at(row.difference - width), at(row.difference + width)), y)?;
    }
    let colour = colour(panel, row, what_if.manifest.run.level);
    let mark = Pixel::new(at(row.difference), y);
    if scale.holds(row.difference / panel.scale) {
        canvas.diamond(mark, 8, colour)?;
    } else {
        beyond(canvas, mark, row.difference > 0.0, colour)?;
    }
    let text = signed(row.difference / panel.scale, row.half_width.map(|width| width / panel.scale)).value;
    canvas.text(end, &text, TextStyle::new(18, if colour == GREY { PALE_INK } else { INK }), Align::Right)
}

/// Better, worse, or not significant.
fn colour(panel: &Panel, row: &Difference, level: f64) -> RGBColor {
    if !row.is_significant(level) {
        GREY
    } else if (row.difference > 0.0) == panel.is_gain {
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
