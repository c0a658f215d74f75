//! Relief: capacity against what is invested, a stair a measure.

use plotters::backend::DrawingBackend;

use super::canvas::{Align, Canvas};
use super::scale::Scale;
use super::theme::{BLUE, INK, PALE_INK};
use crate::analysis::{Relief, Stair};
use crate::report::capacity::binds;
use crate::report::capacity_report::CapacityReport;

const LEFT: i32 = 150;
const RIGHT: i32 = 1540;
const TOP: i32 = 150;
const BOTTOM: i32 = 770;
const PER_MILLION: f64 = 1e6;

pub(super) fn draw<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    report: &CapacityReport,
    relief: &Relief,
) -> Result<(), String> {
    let how = "each stair the cheapest measure that lifts what binds; LEVEL intervals, fresh numbers";
    canvas.heading_of(&report.capacity.base.manifest, "Capacity against investment", how)?;
    let stairs: Vec<(&Stair, f64, f64, f64)> = relief.stairs.iter().filter_map(numbers).collect();
    let Some(last) = stairs.last() else { return canvas.nothing("no capacity was found") };
    let highest = stairs.iter().map(|stair| stair.2 + stair.3).fold(0.0, f64::max);
    // Room at the right for the last tread, and above for the names.
    let across = Scale::new((LEFT, RIGHT), if last.1 > 0.0 { last.1 * 1.3 } else { 1.0 }, 8.0);
    let upwards = Scale::new((BOTTOM, TOP), highest * 1.15, 6.0);
    canvas.vertical_axis(&upwards, (LEFT, RIGHT), "Practical capacity, Mt/yr")?;
    canvas.horizontal_axis(&across, (TOP, BOTTOM), "Invested, million USD")?;
    for (place, &(stair, invested, carried, half_width)) in stairs.iter().enumerate() {
        let (x, y) = (across.at(invested), upwards.at(carried));
        let end = stairs.get(place + 1).map_or(RIGHT, |next| across.at(next.1));
        canvas.line((x, y), (end, y), (4, BLUE))?;
        if let Some(next) = stairs.get(place + 1) {
            canvas.line((end, y), (end, upwards.at(next.2)), (4, BLUE))?;
        }
        canvas.upright_interval(x + 8, (upwards.at(carried - half_width), upwards.at(carried + half_width)))?;
        names(canvas, stair, (x + 20, y), place)?;
    }
    Ok(())
}

/// A stair with millions invested, Mt a year, and half the width of its interval.
fn numbers(stair: &Stair) -> Option<(&Stair, f64, f64, f64)> {
    let tonnes = stair.capacity.tonnes?;
    let half_width = tonnes.half_width.unwrap_or(0.0);
    Some((stair, stair.invested / PER_MILLION, tonnes.mean / PER_MILLION, half_width / PER_MILLION))
}

/// What leads to a stair above it, what binds there below it.
fn names<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    stair: &Stair,
    (x, y): (i32, i32),
    place: usize,
) -> Result<(), String> {
    let title = stair.title();
    let width = RIGHT - x;
    let numbered = format!("{place}  {title}");
    canvas.text((x, y - 20), &canvas.fitted(&numbered, 20, width), (20, INK), Align::Left)?;
    let next = stair.binding.as_ref().map(binds);
    let text = next.map_or_else(|| "nothing binds".to_owned(), |next| format!("then binds {next}"));
    canvas.text((x, y + 20), &canvas.fitted(&text, 17, width), (17, PALE_INK), Align::Left)
}
