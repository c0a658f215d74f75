//! The search for practical capacity: what each traffic carried, and whether it held.

use super::picture::Plot;

use super::canvas::{Align, Canvas};
use super::geometry::{Extent, Pixel};
use super::scale::{Plane, Scale};
use super::style::TextStyle;
use super::theme::{BAND, BLUE, INK, PALE_INK, VERMILLION};
use crate::analysis::{Found, Step};
use crate::report::capacity::CapacityReport;

const LEFT: i32 = 150;
const TOP: i32 = 150;
/// Room below the plot for the axis and the key.
const BELOW: i32 = 150;
const PER_MILLION: f64 = 1e6;

impl Plot for CapacityReport {
    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        plot(canvas, self)
    }
}

fn plot(canvas: &Canvas<'_>, report: &CapacityReport) -> Result<(), String> {
    let capacity = &report.capacity;
    let phrases = canvas.phrases();
    canvas.heading_of(&capacity.base.manifest, phrases.practical_capacity, phrases.capacity_how)?;
    let fresh = capacity.fresh.as_ref();
    let all: Vec<&Step> = capacity.steps.iter().chain(fresh).filter(|step| step.tonnes.is_some()).collect();
    if all.is_empty() {
        return canvas.nothing(phrases.no_traffic);
    }
    let factors = all.iter().map(|step| step.factor);
    let (least, most) = (factors.clone().fold(f64::INFINITY, f64::min), factors.fold(0.0, f64::max));
    let margin = 0.05 * (most - least).max(0.1);
    let (right, bottom) = (canvas.right(100), canvas.bottom(BELOW));
    let across = Scale::between(Extent::new(LEFT, right), (least - margin).max(0.0), most + margin);
    let highest = all.iter().map(|step| ends(step).1).fold(0.0, f64::max);
    let upwards = Scale::new(Extent::new(bottom, TOP), highest * 1.05);
    canvas.vertical_axis(&upwards, Extent::new(LEFT, right), phrases.carried_millions)?;
    canvas.horizontal_axis(&across, Extent::new(TOP, bottom), phrases.traffic_factor)?;
    let plane = Plane { across, up: upwards };
    limit(canvas, &across, capacity.found)?;
    for step in &capacity.steps {
        let colour = if step.holds() { BLUE } else { VERMILLION };
        let at = mark(canvas, &plane, step)?;
        canvas.mark(at, if step.holds() { SQUARE } else { DOWNWARDS }, colour)?;
    }
    if let Some(step) = fresh {
        let at = mark(canvas, &plane, step)?;
        canvas.mark(at, DIAMOND, INK)?;
    }
    key(canvas)
}

const SQUARE: &[Pixel] = &[Pixel::new(-7, -7), Pixel::new(7, -7), Pixel::new(7, 7), Pixel::new(-7, 7)];
/// A triangle that points down.
const DOWNWARDS: &[Pixel] = &[Pixel::new(-10, -8), Pixel::new(10, -8), Pixel::new(0, 10)];
const DIAMOND: &[Pixel] = &[Pixel::new(0, -13), Pixel::new(13, 0), Pixel::new(0, 13), Pixel::new(-13, 0)];

fn ends(step: &Step) -> (f64, f64) {
    step.tonnes.map_or((0.0, 0.0), |tonnes| {
        let half_width = tonnes.half_width.unwrap_or(0.0);
        ((tonnes.mean - half_width) / PER_MILLION, (tonnes.mean + half_width) / PER_MILLION)
    })
}

/// The interval of a step, and where its mark belongs.
fn mark(canvas: &Canvas<'_>, plane: &Plane, step: &Step) -> Result<Pixel, String> {
    let (low, high) = ends(step);
    let middle = plane.at(step.factor, 0.5 * (low + high));
    canvas.upright_interval(middle.x, Extent::new(plane.up.at(low), plane.up.at(high)))?;
    Ok(middle)
}

/// A band from the traffic that holds to the one that does not.
fn limit(canvas: &Canvas<'_>, across: &Scale, found: Found) -> Result<(), String> {
    let Found::Between(holds, broken) = found else { return Ok(()) };
    canvas.rectangle(
        Pixel::new(across.at(holds), TOP),
        Pixel::new(across.at(broken).max(across.at(holds) + 2), canvas.bottom(BELOW)),
        BAND,
    )?;
    let text = format!("{} {holds:.2} ×", canvas.phrases().capacity_at);
    canvas.text(Pixel::new(across.at(holds) - 12, TOP + 14), &text, TextStyle::new(20, PALE_INK), Align::Right)
}

fn key(canvas: &Canvas<'_>) -> Result<(), String> {
    let y = canvas.bottom(36);
    let mut x = LEFT;
    let phrases = canvas.phrases();
    let marks = [
        (SQUARE, BLUE, phrases.key_holds),
        (DOWNWARDS, VERMILLION, phrases.key_does_not_hold),
        (DIAMOND, INK, phrases.key_fresh),
    ];
    for (corners, colour, text) in marks {
        canvas.mark(Pixel::new(x, y), corners, colour)?;
        canvas.text(Pixel::new(x + 22, y), text, TextStyle::new(20, INK), Align::Left)?;
        x += 70 + canvas.width(text, 20);
    }
    Ok(())
}
