//! The worth of one more of each capacity: hours and tonnes side by side, a row a step.

use super::picture::Plot;
use crate::words::FixedUnit;

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Band, Extent, Pixel};
use super::scale::Scale;
use super::section_time::bands_between;
use super::style::{KeyEntry, Stroke, TextStyle};
use super::theme::{BLUE, GREY, INK, PALE_INK, SKY, VERMILLION};
use crate::analysis::{Bottlenecks, Effect, Gain};
use crate::report::bottlenecks::{Tried, by_hours, signed};

const TOP: i32 = 150;
/// Room below the plot for the axes and the key.
const BELOW: i32 = 130;
/// Room for the numbers at the right of the bars.
const NUMBERS: i32 = 140;
/// Most rows that can be read.
const MOST: usize = 20;

impl Plot for Bottlenecks {
    fn height(&self) -> i32 {
        TOP + 40 * by_hours(&self.rows).len().clamp(8, MOST) as i32 + BELOW
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        plot(canvas, self)
    }
}

fn plot(canvas: &Canvas<'_>, found: &Bottlenecks) -> Result<(), String> {
    let how = "one more of each with the same random numbers; line: LEVEL interval";
    canvas.heading_of(&found.base.manifest, "What one more is worth", how)?;
    let rows = by_hours(&found.rows);
    if rows.is_empty() {
        return canvas.nothing("no step was tried");
    }
    let shown = &chosen(&rows);
    let names: Vec<String> = shown.iter().map(|step| short(&step.row.change)).collect();
    let left = canvas.left_of(names.iter().map(String::as_str), 19);
    let half = (canvas.right(MARGIN + 2 * NUMBERS) - left) / 2;
    let upright = Extent::new(TOP, canvas.bottom(BELOW));
    let scale = |ends: Extent, of: fn(&Gain) -> &Effect, factor: f64| {
        let difference = |gain: &Gain| of(gain).difference;
        let ends_of =
            |gain: &Gain| (difference(gain).interval().low / factor, difference(gain).interval().high / factor);
        let least = shown.iter().map(|step| ends_of(step.gain).0).fold(0.0, f64::min);
        let most = shown.iter().map(|step| ends_of(step.gain).1).fold(0.0, f64::max);
        Scale::between(ends, least, most)
    };
    let hours = scale(Extent::new(left, left + half), |gain| &gain.hours, 1.0);
    let tonnes = scale(Extent::new(left + half + NUMBERS, left + 2 * half + NUMBERS), |gain| &gain.tonnes, 1e3);
    canvas.horizontal_axis(&hours, upright, "Mean transit time, hours")?;
    canvas.horizontal_axis(&tonnes, upright, "Carried, kt/yr")?;
    for ((step, name), band) in shown.iter().zip(&names).zip(bands_between(upright, shown.len())) {
        canvas.name(left, band, name, 19)?;
        bar(canvas, &hours, &step.gain.hours, 1.0, band)?;
        bar(canvas, &tonnes, &step.gain.tonnes, 1e3, band)?;
    }
    for scale in [&hours, &tonnes] {
        canvas.line(Pixel::new(scale.at(0.0), TOP), Pixel::new(scale.at(0.0), upright.to), Stroke::new(2, INK))?;
    }
    if rows.len() > shown.len() {
        let text = format!("and {} more in bottlenecks.csv", rows.len() - shown.len());
        let text = canvas.fitted(&text, 20, left - MARGIN);
        canvas.text(Pixel::new(MARGIN, upright.to + 56), &text, TextStyle::new(20, PALE_INK), Align::Left)?;
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
fn key(canvas: &Canvas<'_>) -> Result<(), String> {
    let entries = [("a gain", BLUE), ("perhaps", SKY), ("harm", VERMILLION), ("its interval holds 0", GREY)];
    let at = Pixel::new(MARGIN, canvas.bottom(28));
    canvas.key_row(at, entries.map(|(text, colour)| KeyEntry { text, colour }))
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
fn bar(canvas: &Canvas<'_>, scale: &Scale, effect: &Effect, factor: f64, band: Band) -> Result<(), String> {
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
