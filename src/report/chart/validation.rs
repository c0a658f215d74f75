//! Observed and simulated side by side, a row a figure, as percent of the observed value.

use super::picture::Plot;

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Band, Extent, Pixel};
use super::scale::Scale;
use super::section_time::bands_between;
use super::style::{Stroke, TextStyle};
use super::theme::{BAND, BLUE, Colour, GREEN, INK, PALE_INK, VERMILLION};
use crate::report::round_to;
use crate::report::validation::{signed_percent, written};
use crate::validation::{Class, ValidatedFigure, Validation};
use crate::words::{self, Language};

const TOP: i32 = 176;
/// Room below the plot for the axis and the key.
const BELOW: i32 = 140;
/// Between the middles of two rows where the picture is as high as they need.
const PITCH: i32 = 44;
/// Room between columns.
const GAP: i32 = 20;
/// Most rows that can be read.
const MOST: usize = 22;
/// Width of a mark.
const MARK: i32 = 24;
/// What lies beyond is plotted at the edge: one figure that is far out must not flatten all others.
const MOST_PERCENT: f64 = 250.0;

/// Parts of subjects that only say what follows.
const KINDS: [&str; 4] = ["cargo", "direction", "facility", "storage"];

const fn colour(class: Class) -> Colour {
    match class {
        Class::Input => BLUE,
        Class::Tuned => GREEN,
        Class::Tested => VERMILLION,
    }
}

impl Plot for Validation {
    fn height(&self) -> i32 {
        let figures = self.figures.iter().filter(|figure| figure.observed != 0.0).count();
        TOP + PITCH * figures.clamp(6, MOST) as i32 + BELOW
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        plot(canvas, self)
    }
}

/// A figure with what is written of it, and the columns in which that stands.
struct Row<'a> {
    figure: &'a ValidatedFigure,
    name: String,
    observed: String,
    simulated: String,
    error: String,
}

impl<'a> Row<'a> {
    fn of(figure: &'a ValidatedFigure) -> Self {
        let simulated = figure.simulated.map(|simulated| round_to(simulated, figure.half_width).to_string());
        Self {
            figure,
            name: name(figure),
            observed: format!("{} {}", written(figure.observed), figure.unit),
            simulated: simulated.unwrap_or_else(|| "none".to_owned()),
            error: figure.relative_error.map(signed_percent).unwrap_or_default(),
        }
    }
}

/// Right ends of the columns of numbers.
struct Columns {
    observed: i32,
    simulated: i32,
    error: i32,
}

impl Columns {
    fn of(canvas: &Canvas<'_>, rows: &[Row<'_>]) -> Self {
        let width = |of: for<'r> fn(&'r Row<'_>) -> &'r str, head| canvas.widest(rows.iter().map(of).chain([head]), 20);
        let error = canvas.right(MARGIN);
        let simulated = error - width(|row| &row.error, "error") - GAP;
        let observed = simulated - width(|row| &row.simulated, "simulated") - GAP;
        Self { observed, simulated, error }
    }

    /// Where the plot ends.
    fn left(&self, canvas: &Canvas<'_>, rows: &[Row<'_>]) -> i32 {
        let observed = rows.iter().map(|row| &*row.observed).chain(["observed"]);
        self.observed - canvas.widest(observed, 20) - 2 * GAP
    }
}

fn plot(canvas: &Canvas<'_>, validation: &Validation) -> Result<(), String> {
    let how = "bar: observed band; upright line: observed value; mark: simulated mean with its LEVEL interval";
    canvas.heading_of(&validation.manifest, "Observed and simulated", how)?;
    // A figure that was observed to be 0 has no percent.
    let figures: Vec<&ValidatedFigure> = validation.figures.iter().filter(|figure| figure.observed != 0.0).collect();
    if figures.is_empty() {
        return canvas.nothing("no figure has a value to be held against");
    }
    let shown = &figures[..figures.len().min(MOST)];
    let rows: Vec<Row<'_>> = shown.iter().map(|figure| Row::of(figure)).collect();
    let columns = Columns::of(canvas, &rows);
    let values: Vec<f64> = shown.iter().flat_map(|figure| extent(figure)).collect();
    let (least, most) = (values.iter().copied().fold(90.0, f64::min), values.into_iter().fold(110.0, f64::max));
    let left = canvas.left_of(rows.iter().map(|row| &*row.name), 20);
    let across = Extent::new(left, columns.left(canvas, &rows));
    let upright = Extent::new(TOP, canvas.bottom(BELOW));
    let scale = Scale::between(across, least.max(0.0), most.min(MOST_PERCENT));
    canvas.horizontal_axis(&scale, upright, "% of the observed value")?;
    for (x, text) in [(columns.observed, "observed"), (columns.simulated, "simulated"), (columns.error, "error")] {
        canvas.text(Pixel::new(x, TOP - 22), text, TextStyle::new(20, PALE_INK), Align::Right)?;
    }
    let bands = || bands_between(upright, rows.len());
    for (row, band) in rows.iter().zip(bands()) {
        plot_row(canvas, &scale, row, &columns, Band { middle: band.middle, half: band.half.min(16) })?;
    }
    let x = scale.at(100.0);
    canvas.line(Pixel::new(x, TOP), Pixel::new(x, upright.to), Stroke::new(2, INK))?;
    for (row, band) in rows.iter().zip(bands()) {
        marks(canvas, &scale, row.figure, band.middle)?;
    }
    key(canvas, shown, figures.len() - shown.len())
}

/// Percent of the observed value.
fn relative(figure: &ValidatedFigure, value: f64) -> f64 {
    100.0 + 100.0 * (value - figure.observed) / figure.observed.abs()
}

/// The percentages that a row needs.
fn extent(figure: &ValidatedFigure) -> Vec<f64> {
    let width = figure.half_width.unwrap_or(0.0);
    let ends = figure.simulated.map(|simulated| [simulated - width, simulated + width]);
    let values = [figure.low, figure.high].into_iter().chain(ends.into_iter().flatten().map(Some)).flatten();
    values.map(|value| relative(figure, value)).collect()
}

/// Name, band and numbers.
fn plot_row(canvas: &Canvas<'_>, scale: &Scale, row: &Row<'_>, columns: &Columns, band: Band) -> Result<(), String> {
    let (y, figure) = (band.middle, row.figure);
    canvas.name(scale.ends.from, band, &row.name, 20)?;
    if let (Some(low), Some(high)) = (figure.low, figure.high) {
        let ends = [low, high].map(|value| scale.at(relative(figure, value)));
        canvas.bar(Extent::new(ends[0], ends[1]), band, BAND)?;
    }
    let write =
        |x: i32, text: &str, colour| canvas.text(Pixel::new(x, y), text, TextStyle::new(20, colour), Align::Right);
    write(columns.observed, &row.observed, INK)?;
    write(columns.simulated, &row.simulated, colour(figure.class))?;
    write(columns.error, &row.error, INK)
}

/// The simulated mean with its interval; an arrow where it lies beyond the edge.
fn marks(canvas: &Canvas<'_>, scale: &Scale, figure: &ValidatedFigure, y: i32) -> Result<(), String> {
    let Some(simulated) = figure.simulated else { return Ok(()) };
    let percent = relative(figure, simulated);
    if percent > scale.most {
        let arrow = [Pixel::new(-18, -11), Pixel::new(0, 0), Pixel::new(-18, 11)];
        return canvas.mark(Pixel::new(scale.ends.to, y), &arrow, colour(figure.class));
    }
    if let Some(width) = figure.half_width {
        let ends = [simulated - width, simulated + width].map(|value| scale.at(relative(figure, value)));
        // A mark hides a narrower interval.
        if ends[1] - ends[0] > MARK {
            canvas.level_interval(Extent::new(ends[0], ends[1]), y)?;
        }
    }
    mark(canvas, figure.class, Pixel::new(scale.at(percent), y))
}

/// Each class has its own form as well as its own colour.
fn mark(canvas: &Canvas<'_>, class: Class, at: Pixel) -> Result<(), String> {
    let colour = colour(class);
    match class {
        Class::Input => {
            let square = [(-8, -8), (8, -8), (8, 8), (-8, 8)].map(|(x, y)| Pixel::new(x, y));
            canvas.mark(at, &square, colour)
        }
        Class::Tuned => canvas.mark(at, &[Pixel::new(0, -11), Pixel::new(10, 8), Pixel::new(-10, 8)], colour),
        Class::Tested => canvas.diamond(at, 12, colour),
    }
}

/// A measure and its subject in words; the period where it is not the whole horizon.
fn name(figure: &ValidatedFigure) -> String {
    let parts = figure.subject.as_str().split('.').enumerate();
    // The first part says of what kind the subject is, some of the others what the next one is.
    let is_said = |&(place, part): &(usize, &str)| place > 0 && !KINDS.contains(&part);
    let parts: Vec<&str> = parts.filter(is_said).map(|(_, part)| part).collect();
    let subject = if parts.is_empty() { figure.subject.to_string() } else { parts.join(", ") };
    let measure = words::name(figure.measure, Language::English);
    let period = if figure.period.is_horizon() { String::new() } else { format!(", {}", figure.period) };
    format!("{measure} {subject}{period}")
}

fn key(canvas: &Canvas<'_>, shown: &[&ValidatedFigure], left_out: usize) -> Result<(), String> {
    let (y, mut x) = (canvas.bottom(36), MARGIN + 12);
    for class in Class::ALL {
        if !shown.iter().any(|figure| figure.class == class) {
            continue;
        }
        let text = match class {
            Class::Input => "input: the scenario was made from it",
            Class::Tuned => "tuned: fitted to it",
            Class::Tested => "tested: held out",
        };
        mark(canvas, class, Pixel::new(x, y))?;
        canvas.text(Pixel::new(x + 22, y), text, TextStyle::new(20, INK), Align::Left)?;
        x += 70 + canvas.width(text, 20);
    }
    if left_out > 0 {
        let text = format!("and {left_out} more in validation.csv");
        canvas.text(Pixel::new(canvas.right(MARGIN), y), &text, TextStyle::new(20, PALE_INK), Align::Right)?;
    }
    Ok(())
}
