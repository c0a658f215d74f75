//! The worth of one more of each capacity: hours and tonnes side by side, a row a step.

use super::picture::Plot;
use crate::words::FixedUnit;
use plotters::backend::DrawingBackend;

use super::canvas::{Align, Canvas};
use super::geometry::{Band, Extent, Pixel};
use super::scale::Scale;
use super::section_time::bands_between;
use super::style::{Stroke, TextStyle};
use super::theme::{BLUE, GREY, INK, PALE_INK, SKY, VERMILLION};
use crate::analysis::{Bottlenecks, Effect, Gain, Row};
use crate::report::bottlenecks::{Tried, by_hours, signed};

const NAMES: i32 = 520;
const HOURS: Extent = Extent::new(560, 960);
const TONNES: Extent = Extent::new(1110, 1430);
const TOP: i32 = 150;
const BOTTOM: i32 = 790;
/// Most rows that can be read.
const MOST: usize = 20;

impl Plot for Bottlenecks {
    fn plot_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String> {
        plot(canvas, self)
    }
}

fn plot<B: DrawingBackend>(canvas: &Canvas<'_, B>, found: &Bottlenecks) -> Result<(), String> {
    let how = "one more of each with the same random numbers; black: LEVEL intervals";
    canvas.heading_of(&found.base.manifest, "What one more is worth", how)?;
    let rows = by_hours(&found.rows);
    if rows.is_empty() {
        return canvas.nothing("no step was tried");
    }
    let shown = &chosen(&rows);
    let scale = |ends: Extent, of: fn(&Gain) -> &Effect, factor: f64| {
        let difference = |gain: &Gain| of(gain).difference;
        let ends_of =
            |gain: &Gain| (difference(gain).interval().low / factor, difference(gain).interval().high / factor);
        let least = shown.iter().map(|step| ends_of(step.gain).0).fold(0.0, f64::min);
        let most = shown.iter().map(|step| ends_of(step.gain).1).fold(0.0, f64::max);
        Scale::between(ends, least, most, 4.0)
    };
    let hours = scale(HOURS, |gain| &gain.hours, 1.0);
    let tonnes = scale(TONNES, |gain| &gain.tonnes, 1e3);
    canvas.horizontal_axis(&hours, Extent::new(TOP, BOTTOM), "Mean transit time, hours")?;
    canvas.horizontal_axis(&tonnes, Extent::new(TOP, BOTTOM), "Carried, kt/yr")?;
    for (step, band) in shown.iter().zip(bands_between(Extent::new(TOP, BOTTOM), shown.len())) {
        name(canvas, step.row, band.middle)?;
        bar(canvas, &hours, &step.gain.hours, 1.0, band)?;
        bar(canvas, &tonnes, &step.gain.tonnes, 1e3, band)?;
    }
    for scale in [&hours, &tonnes] {
        canvas.line(Pixel::new(scale.at(0.0), TOP), Pixel::new(scale.at(0.0), BOTTOM), Stroke::new(2, INK))?;
    }
    if rows.len() > shown.len() {
        let text = format!("and {} more in bottlenecks.csv", rows.len() - shown.len());
        canvas.text(Pixel::new(40, BOTTOM + 56), &text, TextStyle::new(20, PALE_INK), Align::Left)?;
    }
    key(canvas)
}

/// As many as can be read, those with something to tell before the others, in the order of all.
fn chosen<'a>(rows: &[Tried<'a>]) -> Vec<Tried<'a>> {
    let tells = |gain: &Gain| gain.hours.is_perhaps() || gain.tonnes.is_perhaps();
    let others = MOST.saturating_sub(rows.iter().filter(|step| tells(step.gain)).count());
    let mut left = others;
    let is_shown = |step: &&Tried<'_>| {
        let is_shown = tells(step.gain) || left > 0;
        left -= usize::from(!tells(step.gain) && left > 0);
        is_shown
    };
    rows.iter().filter(is_shown).copied().take(MOST).collect()
}

/// What the colours mean.
fn key<B: DrawingBackend>(canvas: &Canvas<'_, B>) -> Result<(), String> {
    let (y, mut x) = (BOTTOM + 94, 560);
    for (colour, text) in [(BLUE, "a gain"), (SKY, "perhaps"), (VERMILLION, "harm"), (GREY, "its interval holds 0")] {
        canvas.bar(Extent::new(x, x + 20), Band { middle: y, half: 9 }, colour)?;
        canvas.text(Pixel::new(x + 30, y), text, TextStyle::new(20, INK), Align::Left)?;
        x += 80 + canvas.width(text, 20);
    }
    Ok(())
}

fn name<B: DrawingBackend>(canvas: &Canvas<'_, B>, row: &Row, y: i32) -> Result<(), String> {
    let text = canvas.fitted(&short(&row.change), 19, NAMES - 30);
    canvas.text(Pixel::new(NAMES, y), &text, TextStyle::new(19, INK), Align::Right)
}

/// A step without the words that every path has.
fn short(change: &str) -> String {
    let mut text = change.to_owned();
    for (long, short) in
        [(".facility.", " "), (".storage.", " "), ("node.", ""), ("fleet.", ""), ("pool.", ""), ("link.", "")]
    {
        text = text.replacen(long, short, 1);
    }
    text
}

/// A bar from 0 with its interval, and the number beyond it.
fn bar<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    scale: &Scale,
    effect: &Effect,
    factor: f64,
    band: Band,
) -> Result<(), String> {
    let mut difference = effect.difference;
    (difference.mean, difference.half_width) = (difference.mean / factor, difference.half_width / factor);
    let is_gain = (effect.of.unit == FixedUnit::Hours) == (difference.mean < 0.0);
    let colour = match (effect.is_significant(), effect.is_perhaps(), is_gain) {
        (true, _, true) => BLUE,
        (true, _, false) => VERMILLION,
        (false, true, _) => SKY,
        (false, false, _) => GREY,
    };
    canvas.bar(Extent::new(scale.at(0.0), scale.at(difference.mean)), band, colour)?;
    let interval = difference.interval();
    if difference.half_width > 0.0 {
        canvas.level_interval(Extent::new(scale.at(interval.low), scale.at(interval.high)), band.middle)?;
    }
    let ink = if effect.is_significant() || effect.is_perhaps() { INK } else { PALE_INK };
    canvas.text(Pixel::new(scale.ends.to + 12, band.middle), &signed(&difference), TextStyle::new(18, ink), Align::Left)
}
