//! The search for practical capacity: what each traffic carried, and whether it held.

use plotters::backend::DrawingBackend;

use super::canvas::{Align, Canvas};
use super::scale::Scale;
use super::theme::{BAND, BLUE, INK, PALE_INK, VERMILLION};
use crate::analysis::{Found, Step};
use crate::report::capacity_report::CapacityReport;

const LEFT: i32 = 150;
const RIGHT: i32 = 1500;
const TOP: i32 = 150;
const BOTTOM: i32 = 760;
const PER_MILLION: f64 = 1e6;

pub(super) fn draw<B: DrawingBackend>(canvas: &Canvas<'_, B>, report: &CapacityReport) -> Result<(), String> {
    let capacity = &report.capacity;
    let how = "each mark one traffic, with its LEVEL interval; diamond: in fresh numbers";
    canvas.heading_of(&capacity.base.manifest, "Practical capacity", how)?;
    let fresh = capacity.fresh.as_ref();
    let all: Vec<&Step> = capacity.steps.iter().chain(fresh).filter(|step| step.tonnes.is_some()).collect();
    if all.is_empty() {
        return canvas.nothing("no traffic was simulated");
    }
    let factors = all.iter().map(|step| step.factor);
    let (least, most) = (factors.clone().fold(f64::INFINITY, f64::min), factors.fold(0.0, f64::max));
    let margin = 0.05 * (most - least).max(0.1);
    let across = Scale::between((LEFT, RIGHT), ((least - margin).max(0.0), most + margin), 8.0);
    let highest = all.iter().map(|step| ends(step).1).fold(0.0, f64::max);
    let upwards = Scale::new((BOTTOM, TOP), highest * 1.05, 6.0);
    canvas.vertical_axis(&upwards, (LEFT, RIGHT), "Carried, Mt/yr")?;
    canvas.horizontal_axis(&across, (TOP, BOTTOM), "Traffic, times that of the scenario")?;
    limit(canvas, &across, capacity.found)?;
    for step in &capacity.steps {
        let colour = if step.holds() { BLUE } else { VERMILLION };
        let at = mark(canvas, (&across, &upwards), step)?;
        let corners = if step.holds() { SQUARE } else { DOWNWARDS };
        canvas.polygon(corners.iter().map(|(x, y)| (at.0 + x, at.1 + y)).collect(), colour)?;
    }
    if let Some(step) = fresh {
        let at = mark(canvas, (&across, &upwards), step)?;
        canvas.polygon(DIAMOND.iter().map(|(x, y)| (at.0 + x, at.1 + y)).collect(), INK)?;
    }
    key(canvas)
}

const SQUARE: &[(i32, i32)] = &[(-7, -7), (7, -7), (7, 7), (-7, 7)];
/// A triangle that points down.
const DOWNWARDS: &[(i32, i32)] = &[(-10, -8), (10, -8), (0, 10)];
const DIAMOND: &[(i32, i32)] = &[(0, -13), (13, 0), (0, 13), (-13, 0)];

fn ends(step: &Step) -> (f64, f64) {
    step.tonnes.map_or((0.0, 0.0), |tonnes| {
        let half_width = tonnes.half_width.unwrap_or(0.0);
        ((tonnes.mean - half_width) / PER_MILLION, (tonnes.mean + half_width) / PER_MILLION)
    })
}

/// The interval of a step, and where its mark belongs.
fn mark<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    (across, upwards): (&Scale, &Scale),
    step: &Step,
) -> Result<(i32, i32), String> {
    let (low, high) = ends(step);
    let x = across.at(step.factor);
    canvas.upright_interval(x, (upwards.at(low), upwards.at(high)))?;
    Ok((x, upwards.at(0.5 * (low + high))))
}

/// A band from the traffic that holds to the one that does not.
fn limit<B: DrawingBackend>(canvas: &Canvas<'_, B>, across: &Scale, found: Found) -> Result<(), String> {
    let Found::Between(holds, broken) = found else { return Ok(()) };
    canvas.rectangle((across.at(holds), TOP), (across.at(broken).max(across.at(holds) + 2), BOTTOM), BAND)?;
    let text = format!("capacity {holds:.2} ×");
    canvas.text((across.at(holds) - 12, TOP + 14), &text, (20, PALE_INK), Align::Right)
}

fn key<B: DrawingBackend>(canvas: &Canvas<'_, B>) -> Result<(), String> {
    let y = BOTTOM + 104;
    let mut x = LEFT;
    for (corners, colour, text) in
        [(SQUARE, BLUE, "holds"), (DOWNWARDS, VERMILLION, "does not hold"), (DIAMOND, INK, "capacity in fresh numbers")]
    {
        canvas.polygon(corners.iter().map(|(dx, dy)| (x + dx, y + dy)).collect(), colour)?;
        canvas.text((x + 22, y), text, (20, INK), Align::Left)?;
        x += 70 + canvas.width(text, 20);
    }
    Ok(())
}
