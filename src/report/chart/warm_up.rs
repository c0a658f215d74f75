//! A figure by day from the empty start on, and where it settles.

use super::canvas::{Canvas, MARGIN};
use super::geometry::{Extent, Pixel};
use super::scale::{Plane, Scale};
use super::style::{KeyEntry, Stroke};
use super::theme::{BLUE, Colour, GREEN, INK, VERMILLION};
use crate::analysis::warm_up::{Series, WarmUp};
use crate::report::warm_up::series_name;

const LEFT: i32 = 170;
const TOP: i32 = 150;
/// Room for the axis below the plot.
const BELOW: i32 = 120;

/// A series of a scenario.
pub(super) struct Settling<'a> {
    pub(super) found: &'a WarmUp,
    pub(super) series: &'a Series,
}

/// A day of the series that has a name.
struct Mark {
    day: f64,
    text: String,
    colour: Colour,
}

impl super::Plot for Settling<'_> {
    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        let how = "by day from the empty start; pale line: each day; line: moving average";
        canvas.heading_of(&self.found.manifest, &series_name(self.found, self.series), how)?;
        let values = || self.series.days.iter().flatten().copied();
        if values().next().is_none() {
            return canvas.nothing("no day has a value");
        }
        let days = self.series.days.len().max(1) as f64;
        let marks = self.marks();
        let lines =
            [("moving average", BLUE), ("each day", BLUE.tint())].map(|(text, colour)| KeyEntry { text, colour });
        let entries = marks.iter().map(|mark| KeyEntry { text: &mark.text, colour: mark.colour });
        let key: Vec<KeyEntry<'_>> = lines.into_iter().chain(entries).collect();
        let key_width = canvas.key_width(key.iter().map(|entry| entry.text));
        let (right, bottom) = (canvas.right(MARGIN + key_width + 30), canvas.bottom(BELOW));
        let across = Scale::new(Extent::new(LEFT, right), days);
        let up = Scale::between(Extent::new(bottom, TOP), values().fold(0.0, f64::min), values().fold(0.0, f64::max));
        canvas.vertical_axis(&up, Extent::new(LEFT, right), &self.series.unit)?;
        canvas.horizontal_axis(&across, Extent::new(bottom, bottom), "Days since the empty start")?;
        let plane = Plane { across, up };
        curve(canvas, &plane, &self.series.days, Stroke::new(2, BLUE.tint()))?;
        curve(canvas, &plane, &self.series.moving_average(), Stroke::new(4, BLUE))?;
        for mark in marks.iter().filter(|mark| across.holds(mark.day)) {
            let x = across.at(mark.day);
            canvas.line(Pixel::new(x, TOP), Pixel::new(x, bottom), Stroke::new(3, mark.colour))?;
        }
        canvas.key(Pixel::new(right + 30, TOP + 20), key_width, key.into_iter())
    }
}

impl Settling<'_> {
    /// Upright lines where the series settles, where the proposal lies and where the warm-up of the scenario ends.
    fn marks(&self) -> Vec<Mark> {
        let settled = self.series.cut.day().map(|day| (day as f64, "settled after", VERMILLION));
        let proposed = self.found.proposal().ok().map(|proposal| (proposal.days() as f64, "proposed", GREEN));
        let present = Some((self.found.present_d(), "warm-up of the scenario", INK));
        let mark = |(day, what, colour): (f64, &str, Colour)| Mark { day, text: format!("{what}: {day} d"), colour };
        [settled, proposed, present].into_iter().flatten().map(mark).collect()
    }
}

/// A line through the days that have a value.
fn curve(canvas: &Canvas<'_>, plane: &Plane, days: &[Option<f64>], stroke: Stroke) -> Result<(), String> {
    // The figure of a day stands in its middle.
    let points: Vec<Pixel> =
        days.iter().enumerate().filter_map(|(day, value)| Some(plane.at(day as f64 + 0.5, (*value)?))).collect();
    points.windows(2).try_for_each(|pair| canvas.line(pair[0], pair[1], stroke))
}
