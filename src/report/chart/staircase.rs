//! Relief: capacity against what is invested, a stair a measure.

use super::picture::Plot;

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Extent, Pixel};
use super::scale::Scale;
use super::style::{Stroke, TextStyle};
use super::theme::{BLUE, INK, PALE_INK};
use crate::analysis::{Relief, Stair};
use crate::report::capacity::CapacityReport;
use crate::report::capacity::binds;

const LEFT: i32 = 150;
const TOP: i32 = 150;
/// Room for the axis below the plot.
const BELOW: i32 = 130;
const PER_MILLION: f64 = 1e6;

/// Capacity against investment.
pub(super) struct Stairs<'a> {
    pub(super) report: &'a CapacityReport,
    pub(super) relief: &'a Relief,
}

impl Plot for Stairs<'_> {
    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        plot(canvas, self.report, self.relief)
    }
}

fn plot(canvas: &Canvas<'_>, report: &CapacityReport, relief: &Relief) -> Result<(), String> {
    let phrases = canvas.phrases();
    canvas.heading_of(&report.capacity.base.manifest, phrases.capacity_against_investment, phrases.relief_how)?;
    let stairs: Vec<Tread> = relief.stairs.iter().filter_map(Tread::of).collect();
    let Some(last) = stairs.last() else { return canvas.nothing(phrases.no_capacity) };
    let highest = stairs.iter().map(|stair| stair.carried + stair.half_width).fold(0.0, f64::max);
    // Room at the right for the last tread, and above for the names.
    let (right, bottom) = (canvas.right(MARGIN), canvas.bottom(BELOW));
    let across = Scale::new(Extent::new(LEFT, right), if last.invested > 0.0 { last.invested * 1.3 } else { 1.0 });
    let upwards = Scale::new(Extent::new(bottom, TOP), highest * 1.15);
    canvas.vertical_axis(&upwards, Extent::new(LEFT, right), phrases.practical_capacity_axis)?;
    canvas.horizontal_axis(&across, Extent::new(TOP, bottom), phrases.invested)?;
    for (place, tread) in stairs.iter().enumerate() {
        let (x, y) = (across.at(tread.invested), upwards.at(tread.carried));
        let end = stairs.get(place + 1).map_or(right, |next| across.at(next.invested));
        canvas.line(Pixel::new(x, y), Pixel::new(end, y), Stroke::new(4, BLUE))?;
        if let Some(next) = stairs.get(place + 1) {
            canvas.line(Pixel::new(end, y), Pixel::new(end, upwards.at(next.carried)), Stroke::new(4, BLUE))?;
        }
        let (low, high) = (tread.carried - tread.half_width, tread.carried + tread.half_width);
        canvas.upright_interval(x + 8, Extent::new(upwards.at(low), upwards.at(high)))?;
        names(canvas, tread.stair, Pixel::new(x + 20, y), place)?;
    }
    Ok(())
}

/// A stair in the units of the axes.
struct Tread<'a> {
    stair: &'a Stair,
    /// Millions.
    invested: f64,
    /// Mt a year, with half the width of its interval.
    carried: f64,
    half_width: f64,
}

impl<'a> Tread<'a> {
    fn of(stair: &'a Stair) -> Option<Self> {
        let tonnes = stair.capacity.tonnes?;
        Some(Self {
            stair,
            invested: stair.invested / PER_MILLION,
            carried: tonnes.mean / PER_MILLION,
            half_width: tonnes.half_width.unwrap_or(0.0) / PER_MILLION,
        })
    }
}

/// What leads to a stair above it, what binds there below it.
fn names(canvas: &Canvas<'_>, stair: &Stair, at: Pixel, place: usize) -> Result<(), String> {
    let (title, phrases) = (stair.title(), canvas.phrases());
    let width = canvas.right(MARGIN) - at.x;
    let numbered = format!("{place}  {title}");
    canvas.text(at + Pixel::new(0, -20), &canvas.fitted(&numbered, 20, width), TextStyle::new(20, INK), Align::Left)?;
    let next = stair.binding.as_ref().map(binds);
    let text = next.map_or_else(|| phrases.nothing_binds.to_owned(), |next| format!("{} {next}", phrases.then_binds));
    canvas.text(at + Pixel::new(0, 20), &canvas.fitted(&text, 17, width), TextStyle::new(17, PALE_INK), Align::Left)
}
