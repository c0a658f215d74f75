//! Curves of figures over a varied parameter, each with the band of its interval.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::Plot;
use super::canvas::{Align, Canvas};
use super::geometry::{Extent, Pixel};
use super::scale::Scale;
use super::style::{Stroke, TextStyle};
use super::theme::{GRID, INK, SERIES, tint};
use crate::report::round_to;
use crate::results::{Estimated, Manifest};

const LEFT: i32 = 170;
const RIGHT: i32 = 1380;
const TOP: i32 = 150;
const BOTTOM: i32 = 780;
/// Most points whose values are written beside them.
const MOST_WRITTEN: usize = 12;

/// One curve.
pub(super) struct Curve {
    pub(super) name: String,
    /// By point.
    pub(super) figures: Vec<Option<Estimated>>,
}

/// Curves over the values of a parameter.
pub(super) struct Curves {
    pub(super) manifest: Manifest,
    pub(super) title: String,
    /// What the horizontal and the vertical axis show.
    pub(super) axes: (String, String),
    /// By point: where it stands, and its value as written.
    pub(super) points: Vec<(f64, String)>,
    pub(super) lines: Vec<Curve>,
}

impl Plot for Curves {
    fn plot_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String> {
        canvas.heading_of(
            &self.manifest,
            &self.title,
            "band: LEVEL interval; the vertical axis need not begin at 0",
        )?;
        let ends = |figure: &Estimated| {
            let width = figure.half_width.unwrap_or(0.0);
            [figure.value - width, figure.value + width]
        };
        let values = || self.lines.iter().flat_map(|curve| curve.figures.iter().flatten()).flat_map(ends);
        let (least, most) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        if least > most {
            return canvas.nothing("no point has a value");
        }
        // Where all points are alike there is no spread to show; a twentieth of the value is room enough.
        let room = if most > least { 0.0 } else { 0.05 * most.abs().max(1.0) };
        let up = Scale::between(Extent::new(BOTTOM, TOP), least - room, most + room, 6.0);
        canvas.vertical_axis(&up, Extent::new(LEFT, RIGHT), &self.axes.1)?;
        let across = self.across();
        for (place, (_, text)) in self.points.iter().enumerate() {
            canvas.line(
                Pixel::new(across[place], BOTTOM),
                Pixel::new(across[place], BOTTOM + 8),
                Stroke::new(1, GRID),
            )?;
            let room = (RIGHT - LEFT) / self.points.len().max(2) as i32;
            canvas.text(
                Pixel::new(across[place], BOTTOM + 28),
                &canvas.fitted(text, 20, room),
                TextStyle::new(20, INK),
                Align::Centre,
            )?;
        }
        canvas.text(
            Pixel::new(i32::midpoint(LEFT, RIGHT), BOTTOM + 70),
            &self.axes.0,
            TextStyle::new(22, INK),
            Align::Centre,
        )?;
        let grid = Grid { across, up };
        for (curve, colour) in self.lines.iter().zip(SERIES) {
            band(canvas, curve, &grid, tint(colour))?;
        }
        for (curve, colour) in self.lines.iter().zip(SERIES) {
            line(canvas, curve, &grid, colour)?;
        }
        Ok(())
    }
}

impl Curves {
    /// The pixel of each point.
    fn across(&self) -> Vec<i32> {
        let at = || self.points.iter().map(|point| point.0);
        let (least, most) = (at().fold(f64::INFINITY, f64::min), at().fold(f64::NEG_INFINITY, f64::max));
        let share = |value: f64| if most > least { (value - least) / (most - least) } else { 0.5 };
        at().map(|value| LEFT + 70 + (share(value) * f64::from(RIGHT - LEFT - 140)) as i32).collect()
    }
}

/// Where points and values stand.
struct Grid {
    /// By point.
    across: Vec<i32>,
    up: Scale,
}

impl Grid {
    fn at(&self, place: usize, value: f64) -> Pixel {
        Pixel::new(self.across[place], self.up.at(value))
    }
}

/// Between neighbouring points that are known.
fn band<B: DrawingBackend>(canvas: &Canvas<'_, B>, curve: &Curve, grid: &Grid, colour: RGBColor) -> Result<(), String> {
    for (place, pair) in curve.figures.windows(2).enumerate() {
        let [Some(one), Some(next)] = pair else { continue };
        let (Some(width), Some(next_width)) = (one.half_width, next.half_width) else { continue };
        let corners = [
            grid.at(place, one.value - width),
            grid.at(place, one.value + width),
            grid.at(place + 1, next.value + next_width),
            grid.at(place + 1, next.value - next_width),
        ];
        canvas.polygon(corners, colour)?;
    }
    Ok(())
}

fn line<B: DrawingBackend>(canvas: &Canvas<'_, B>, curve: &Curve, grid: &Grid, colour: RGBColor) -> Result<(), String> {
    let known = || curve.figures.iter().enumerate().filter_map(|(place, figure)| Some((place, (*figure)?)));
    let places: Vec<Pixel> = known().map(|(place, figure)| grid.at(place, figure.value)).collect();
    for (place, pair) in curve.figures.windows(2).enumerate() {
        if let [Some(one), Some(next)] = pair {
            canvas.line(grid.at(place, one.value), grid.at(place + 1, next.value), Stroke::new(3, colour))?;
        }
    }
    for (&at, (_, figure)) in places.iter().zip(known()) {
        if let Some(width) = figure.half_width {
            let ends = [figure.value - width, figure.value + width].map(|value| grid.up.at(value));
            canvas.upright_interval(at.x, Extent::new(ends[0], ends[1]))?;
        }
        canvas.diamond(at, 9, colour)?;
        if curve.figures.len() <= MOST_WRITTEN {
            let text = round_to(figure.value, figure.half_width).value;
            canvas.text(at + Pixel::new(14, -20), &text, TextStyle::new(20, INK), Align::Left)?;
        }
    }
    match places.last() {
        Some(at) => canvas.text(
            Pixel::new(RIGHT + 16, at.y),
            &canvas.fitted(&curve.name, 22, 1580 - RIGHT - 16),
            TextStyle::new(22, colour),
            Align::Left,
        ),
        None => Ok(()),
    }
}
