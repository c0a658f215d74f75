//! Curves of figures over a varied parameter, each with the band of its interval.

use super::Plot;
use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Extent, Pixel};
use super::scale::Scale;
use super::style::{Stroke, TextStyle};
use super::theme::{Colour, GRID, INK, SERIES};
use crate::report::round_to;
use crate::results::{Estimated, Manifest};

const LEFT: i32 = 170;
const TOP: i32 = 150;
/// Room for the axis below the plot.
const BELOW: i32 = 120;
/// The names of the curves stand at their right.
const NAMES: i32 = 22;
/// Most points whose values are written beside them.
const MOST_WRITTEN: usize = 12;

/// One curve.
pub(super) struct Curve {
    pub(super) name: String,
    /// By point.
    pub(super) figures: Vec<Option<Estimated>>,
    /// By point: half the width of the interval of its difference to a point of reference, where points share their random
    /// numbers; none where they do not.
    pub(super) paired: Vec<Option<f64>>,
}

impl Curve {
    /// Both ends of all intervals.
    fn ends(&self) -> impl Iterator<Item = f64> {
        let known = self.figures.iter().enumerate().filter_map(|(place, figure)| Some((place, (*figure)?)));
        known.flat_map(|(place, figure)| {
            let width = figure.half_width.unwrap_or(0.0).max(self.half_width(place).unwrap_or(0.0));
            [figure.value - width, figure.value + width]
        })
    }

    /// Half the width of the upright interval at a point: by pairs where there are such, else that of the figure itself.
    fn half_width(&self, place: usize) -> Option<f64> {
        match self.paired.get(place) {
            Some(paired) => *paired,
            None => self.figures[place]?.half_width,
        }
    }
}

/// Curves over the values of a parameter.
pub(super) struct Curves {
    pub(super) manifest: Manifest,
    pub(super) title: String,
    /// How to read it.
    pub(super) how: String,
    /// What the horizontal and the vertical axis show.
    pub(super) axes: (String, String),
    /// By point: where it stands, and its value as written.
    pub(super) points: Vec<(f64, String)>,
    pub(super) lines: Vec<Curve>,
}

impl Plot for Curves {
    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        canvas.heading_of(&self.manifest, &self.title, &self.how)?;
        let values = || self.lines.iter().flat_map(Curve::ends);
        let (least, most) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        if least > most {
            return canvas.nothing("no point has a value");
        }
        // Where all points are alike there is no spread to show; a twentieth of the value is room enough.
        let room = if most > least { 0.0 } else { 0.05 * most.abs().max(1.0) };
        let names = canvas.key_width(self.lines.iter().map(|curve| &*curve.name));
        let (right, bottom) = (canvas.right(MARGIN + names), canvas.bottom(BELOW));
        let up = Scale::between(Extent::new(bottom, TOP), least - room, most + room);
        let level = Extent::new(LEFT, right);
        canvas.vertical_axis(&up, level, &self.axes.1)?;
        let across = self.across(level);
        for (place, (_, text)) in self.points.iter().enumerate() {
            let x = across[place];
            canvas.line(Pixel::new(x, bottom), Pixel::new(x, bottom + 8), Stroke::new(1, GRID))?;
            let text = canvas.fitted(text, 20, (right - LEFT) / self.points.len().max(2) as i32 - 12);
            canvas.text(Pixel::new(x, bottom + 28), &text, TextStyle::new(20, INK), Align::Centre)?;
        }
        let name = canvas.fitted(&self.axes.0, 22, right - LEFT);
        canvas.text(Pixel::new(level.middle(), bottom + 70), &name, TextStyle::new(22, INK), Align::Centre)?;
        let grid = Grid { across, up };
        for (curve, colour) in self.lines.iter().zip(SERIES) {
            band(canvas, curve, &grid, colour)?;
        }
        for (curve, colour) in self.lines.iter().zip(SERIES) {
            line(canvas, curve, &grid, colour)?;
        }
        written(canvas, &self.lines, &grid, right)?;
        self.names(canvas, &grid, right)
    }
}

impl Curves {
    /// The name of each curve at its right end; those that would touch are moved down.
    fn names(&self, canvas: &Canvas<'_>, grid: &Grid, right: i32) -> Result<(), String> {
        let end = |curve: &Curve| {
            let last = curve.figures.iter().enumerate().rev().find_map(|(place, figure)| Some((place, (*figure)?)));
            last.map(|(place, figure)| grid.at(place, figure.value).y)
        };
        let mut ends: Vec<(i32, &Curve, Colour)> =
            self.lines.iter().zip(SERIES).filter_map(|(curve, colour)| Some((end(curve)?, curve, colour))).collect();
        ends.sort_by_key(|end| end.0);
        let mut free = 0;
        for (y, curve, colour) in ends {
            let y = y.max(free);
            free = y + NAMES + 6;
            let name = canvas.fitted(&curve.name, NAMES, canvas.right(MARGIN) - right + 14);
            canvas.text(Pixel::new(right + 8, y), &name, TextStyle::new(NAMES, colour), Align::Left)?;
        }
        Ok(())
    }

    /// The pixel of each point.
    fn across(&self, level: Extent) -> Vec<i32> {
        let at = || self.points.iter().map(|point| point.0);
        let (least, most) = (at().fold(f64::INFINITY, f64::min), at().fold(f64::NEG_INFINITY, f64::max));
        let share = |value: f64| if most > least { (value - least) / (most - least) } else { 0.5 };
        at().map(|value| level.from + 70 + (share(value) * f64::from(level.to - level.from - 140)) as i32).collect()
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
fn band(canvas: &Canvas<'_>, curve: &Curve, grid: &Grid, colour: Colour) -> Result<(), String> {
    for (place, pair) in curve.figures.windows(2).enumerate() {
        let [Some(one), Some(next)] = pair else { continue };
        let (Some(width), Some(next_width)) = (one.half_width, next.half_width) else { continue };
        let corners = [
            grid.at(place, one.value - width),
            grid.at(place, one.value + width),
            grid.at(place + 1, next.value + next_width),
            grid.at(place + 1, next.value - next_width),
        ];
        canvas.band(corners, colour)?;
    }
    Ok(())
}

fn line(canvas: &Canvas<'_>, curve: &Curve, grid: &Grid, colour: Colour) -> Result<(), String> {
    let known = || curve.figures.iter().enumerate().filter_map(|(place, figure)| Some((place, (*figure)?)));
    let places: Vec<Pixel> = known().map(|(place, figure)| grid.at(place, figure.value)).collect();
    for (place, pair) in curve.figures.windows(2).enumerate() {
        if let [Some(one), Some(next)] = pair {
            canvas.line(grid.at(place, one.value), grid.at(place + 1, next.value), Stroke::new(3, colour))?;
        }
    }
    for (&at, (place, figure)) in places.iter().zip(known()) {
        if let Some(width) = curve.half_width(place) {
            let ends = [figure.value - width, figure.value + width].map(|value| grid.up.at(value));
            canvas.upright_interval(at.x, Extent::new(ends[0], ends[1]))?;
        }
        canvas.diamond(at, 9, colour)?;
    }
    Ok(())
}

/// Values beside their points, where there is room: above or below, to the right or to the left.
fn written(canvas: &Canvas<'_>, curves: &[Curve], grid: &Grid, right: i32) -> Result<(), String> {
    const AROUND: [(Pixel, Align); 4] = [
        (Pixel::new(14, -20), Align::Left),
        (Pixel::new(14, 20), Align::Left),
        (Pixel::new(-14, -20), Align::Right),
        (Pixel::new(-14, 20), Align::Right),
    ];
    let mut taken: Vec<[i32; 4]> = Vec::new();
    for curve in curves.iter().filter(|curve| curve.figures.len() <= MOST_WRITTEN) {
        let known = curve.figures.iter().enumerate().filter_map(|(place, figure)| Some((place, (*figure)?)));
        for (place, figure) in known {
            let text = round_to(figure.value, figure.half_width).value;
            let (at, width) = (grid.at(place, figure.value), canvas.width(&text, 20));
            let spot = AROUND.into_iter().find_map(|(way, align)| {
                let at = at + way;
                let left = if align == Align::Right { at.x - width } else { at.x };
                let edges = [left, at.y - 11, left + width, at.y + 11];
                let is_apart = |other: &[i32; 4]| {
                    edges[2] < other[0] || edges[0] > other[2] || edges[3] < other[1] || edges[1] > other[3]
                };
                (left > LEFT && edges[2] < right && taken.iter().all(is_apart)).then_some((at, align, edges))
            });
            let Some((at, align, edges)) = spot else { continue };
            taken.push(edges);
            canvas.text(at, &text, TextStyle::new(20, INK), align)?;
        }
    }
    Ok(())
}
