//! A figure by day from the empty start on, and where it settles.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::Canvas;
use super::geometry::{Extent, Pixel};
use super::scale::{Plane, Scale};
use super::style::{KeyEntry, Stroke};
use super::theme::{BLUE, GREEN, INK, VERMILLION, tint};
use crate::analysis::warm_up::{Series, WarmUp};
use crate::report::warm_up::series_name;

const LEFT: i32 = 170;
const RIGHT: i32 = 1180;
const TOP: i32 = 150;
const BOTTOM: i32 = 780;
/// Where the key stands.
const KEY: Pixel = Pixel::new(1210, 170);
const WIDTH: i32 = 370;

/// A series of a scenario.
pub(super) struct Settling<'a> {
    pub(super) found: &'a WarmUp,
    pub(super) series: &'a Series,
}

/// A day of the series that has a name.
struct Mark {
    day: f64,
    text: String,
    colour: RGBColor,
}

impl super::Plot for Settling<'_> {
    fn plot_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String> {
        let how = "by day from the empty start; pale line: each day; line: moving average";
        canvas.heading_of(&self.found.manifest, &series_name(self.found, self.series), how)?;
        let values = || self.series.days.iter().flatten().copied();
        if values().next().is_none() {
            return canvas.nothing("no day has a value");
        }
        let days = self.series.days.len().max(1) as f64;
        let across = Scale::new(Extent::new(LEFT, RIGHT), days, 10.0);
        let up =
            Scale::between(Extent::new(BOTTOM, TOP), values().fold(0.0, f64::min), values().fold(0.0, f64::max), 6.0);
        canvas.vertical_axis(&up, Extent::new(LEFT, RIGHT), &self.series.unit)?;
        canvas.horizontal_axis(&across, Extent::new(BOTTOM, BOTTOM), "Days since the empty start")?;
        let plane = Plane { across, up };
        curve(canvas, &plane, &self.series.days, Stroke::new(2, tint(BLUE)))?;
        curve(canvas, &plane, &self.series.moving_average(), Stroke::new(4, BLUE))?;
        self.marks(canvas, &across)
    }
}

impl Settling<'_> {
    /// Upright lines where the series settles, where the proposal lies and where the warm-up of the scenario ends.
    fn marks<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>, across: &Scale) -> Result<(), String> {
        let settled = self.series.cut.day().map(|day| (day as f64, "settled after", VERMILLION));
        let proposed = self.found.proposal().ok().map(|proposal| (proposal.days() as f64, "proposed", GREEN));
        let present = Some((self.found.present_d(), "warm-up of the scenario", INK));
        let mark = |(day, what, colour): (f64, &str, RGBColor)| Mark { day, text: format!("{what}: {day} d"), colour };
        let marks: Vec<Mark> = [settled, proposed, present].into_iter().flatten().map(mark).collect();
        for mark in marks.iter().filter(|mark| across.holds(mark.day)) {
            let x = across.at(mark.day);
            canvas.line(Pixel::new(x, TOP), Pixel::new(x, BOTTOM), Stroke::new(3, mark.colour))?;
        }
        let lines =
            [("moving average", BLUE), ("each day", tint(BLUE))].map(|(text, colour)| KeyEntry { text, colour });
        let entries = marks.iter().map(|mark| KeyEntry { text: &mark.text, colour: mark.colour });
        canvas.key(KEY, WIDTH, lines.into_iter().chain(entries))
    }
}

/// A line through the days that have a value.
fn curve<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    plane: &Plane,
    days: &[Option<f64>],
    stroke: Stroke,
) -> Result<(), String> {
    // The figure of a day stands in its middle.
    let points: Vec<Pixel> =
        days.iter().enumerate().filter_map(|(day, value)| Some(plane.at(day as f64 + 0.5, (*value)?))).collect();
    points.windows(2).try_for_each(|pair| canvas.line(pair[0], pair[1], stroke))
}
