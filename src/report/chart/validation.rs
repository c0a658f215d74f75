//! Observed and simulated side by side, a row a figure, as percent of the observed value.

use super::picture::Plot;
use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Canvas};
use super::geometry::{Band, Extent, Pixel};
use super::scale::Scale;
use super::style::{Stroke, TextStyle};
use super::theme::{BAND, BLUE, GREEN, INK, PALE_INK, VERMILLION};
use crate::report::round_to;
use crate::report::validation::{signed_percent, written};
use crate::validation::{Class, ValidatedFigure, Validation};
use crate::words::{self, Language};

const LEFT: i32 = 430;
const RIGHT: i32 = 1130;
const TOP: i32 = 176;
const BOTTOM: i32 = 760;
/// Right ends of the columns of numbers.
const OBSERVED: i32 = 1290;
const SIMULATED: i32 = 1480;
const ERROR: i32 = 1568;
/// Most rows that can be read.
const MOST: usize = 22;
/// Width of a mark.
const MARK: i32 = 24;
/// What lies beyond is plotted at the edge: one figure that is far out must not flatten all others.
const MOST_PERCENT: f64 = 250.0;

/// Parts of subjects that only say what follows.
const KINDS: [&str; 4] = ["cargo", "direction", "facility", "storage"];

const fn colour(class: Class) -> RGBColor {
    match class {
        Class::Input => BLUE,
        Class::Tuned => GREEN,
        Class::Tested => VERMILLION,
    }
}

impl Plot for Validation {
    fn plot_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String> {
        plot(canvas, self)
    }
}

fn plot<B: DrawingBackend>(canvas: &Canvas<'_, B>, validation: &Validation) -> Result<(), String> {
    let how = "bar: observed band; upright line: observed value; mark: simulated mean with its LEVEL interval";
    canvas.heading_of(&validation.manifest, "Observed and simulated", how)?;
    // A figure that was observed to be 0 has no percent.
    let figures: Vec<&ValidatedFigure> = validation.figures.iter().filter(|figure| figure.observed != 0.0).collect();
    if figures.is_empty() {
        return canvas.nothing("no figure has a value to be held against");
    }
    let shown = &figures[..figures.len().min(MOST)];
    let values: Vec<f64> = shown.iter().flat_map(|figure| extent(figure)).collect();
    let (least, most) = (values.iter().copied().fold(90.0, f64::min), values.into_iter().fold(110.0, f64::max));
    let scale = Scale::between(Extent::new(LEFT, RIGHT), least.max(0.0), most.min(MOST_PERCENT), 8.0);
    canvas.horizontal_axis(&scale, Extent::new(TOP, BOTTOM), "% of the observed value")?;
    for (x, text) in [(OBSERVED, "observed"), (SIMULATED, "simulated"), (ERROR, "error")] {
        canvas.text(Pixel::new(x, TOP - 22), text, TextStyle::new(20, PALE_INK), Align::Right)?;
    }
    let pitch = (f64::from(BOTTOM - TOP) / shown.len() as f64).min(90.0);
    for (place, figure) in shown.iter().enumerate() {
        let y = TOP + ((place as f64 + 0.5) * pitch) as i32;
        row(canvas, &scale, figure, Band { middle: y, half: (pitch * 0.3).min(16.0) as i32 })?;
    }
    let x = scale.at(100.0);
    canvas.line(Pixel::new(x, TOP), Pixel::new(x, BOTTOM), Stroke::new(2, INK))?;
    for (place, figure) in shown.iter().enumerate() {
        marks(canvas, &scale, figure, TOP + ((place as f64 + 0.5) * pitch) as i32)?;
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
fn row<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    scale: &Scale,
    figure: &ValidatedFigure,
    band: Band,
) -> Result<(), String> {
    let y = band.middle;
    let text = canvas.fitted(&name(figure), 20, LEFT - 60);
    canvas.text(Pixel::new(LEFT - 16, y), &text, TextStyle::new(20, INK), Align::Right)?;
    if let (Some(low), Some(high)) = (figure.low, figure.high) {
        let ends = [low, high].map(|value| scale.at(relative(figure, value)));
        canvas.bar(Extent::new(ends[0], ends[1]), band, BAND)?;
    }
    let observed = format!("{} {}", written(figure.observed), figure.unit);
    canvas.text(Pixel::new(OBSERVED, y), &observed, TextStyle::new(20, INK), Align::Right)?;
    let simulated = figure.simulated.map(|simulated| round_to(simulated, figure.half_width).to_string());
    let simulated = simulated.unwrap_or_else(|| "none".to_owned());
    canvas.text(Pixel::new(SIMULATED, y), &simulated, TextStyle::new(20, colour(figure.class)), Align::Right)?;
    let error = figure.relative_error.map(signed_percent).unwrap_or_default();
    canvas.text(Pixel::new(ERROR, y), &error, TextStyle::new(20, INK), Align::Right)
}

/// The simulated mean with its interval; an arrow where it lies beyond the edge.
fn marks<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    scale: &Scale,
    figure: &ValidatedFigure,
    y: i32,
) -> Result<(), String> {
    let Some(simulated) = figure.simulated else { return Ok(()) };
    let percent = relative(figure, simulated);
    if percent > scale.most {
        let arrow = vec![Pixel::new(RIGHT - 18, y - 11), Pixel::new(RIGHT, y), Pixel::new(RIGHT - 18, y + 11)];
        return canvas.polygon(arrow, colour(figure.class));
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
fn mark<B: DrawingBackend>(canvas: &Canvas<'_, B>, class: Class, at: Pixel) -> Result<(), String> {
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

fn key<B: DrawingBackend>(canvas: &Canvas<'_, B>, shown: &[&ValidatedFigure], left_out: usize) -> Result<(), String> {
    let (y, mut x) = (BOTTOM + 104, 52);
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
        canvas.text(Pixel::new(ERROR, y), &text, TextStyle::new(20, PALE_INK), Align::Right)?;
    }
    Ok(())
}
