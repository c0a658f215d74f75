//! Use against waiting by place: the places where most hours are waited, with how much of each is in use.

use crate::words::{FixedUnit, Measure, Subject};

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Band, Extent, Pixel};
use super::picture::Plot;
use super::scale::Scale;
use super::section_time::{BELOW, MOST, TOP, bands_between, height_of};
use super::style::TextStyle;
use super::theme::{BLUE, INK, PALE_INK, VERMILLION};
use crate::report::round_to;
use crate::report::table::{Wait, most_waited};
use crate::results::{Summary, SummaryRow};

/// Room for the numbers at the right of bars.
const NUMBERS: i32 = 130;
const LONG_NUMBERS: i32 = 190;

/// The places where most hours are waited.
pub(super) struct Places<'a>(pub(super) &'a Summary);

impl Plot for Places<'_> {
    fn height(&self) -> i32 {
        height_of(places(self.0).len())
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        plot(canvas, self.0)
    }
}

/// A place with its use, if it is limited, and its mean wait, if it is counted.
struct Place<'a> {
    subject: &'a Subject,
    used: Option<&'a SummaryRow>,
    wait: Option<Wait<'a>>,
}

/// What a bar shows: a row, times a factor, with a word before its number.
struct Bar<'a> {
    row: &'a SummaryRow,
    sign: &'static str,
    factor: f64,
}

fn plot(canvas: &Canvas<'_>, summary: &Summary) -> Result<(), String> {
    let how = canvas.phrases().places_how;
    canvas.heading(summary, canvas.phrases().use_and_waiting, how)?;
    let places = places(summary);
    if places.is_empty() {
        return canvas.nothing(canvas.phrases().nobody_waited);
    }
    let names: Vec<String> = places.iter().map(|place| summary.network.place_name(place.subject)).collect();
    let left = canvas.left_of(names.iter().map(String::as_str), 20);
    let half = (canvas.right(MARGIN + LONG_NUMBERS + NUMBERS) - left) / 2;
    let upright = Extent::new(TOP, canvas.bottom(BELOW));
    let use_scale = Scale::new(Extent::new(left, left + half), 100.0);
    let upper = |row: &SummaryRow| row.mean.unwrap_or(0.0) + row.half_width.unwrap_or(0.0);
    let most = places.iter().filter_map(|place| place.wait).map(|wait| upper(wait.row)).fold(0.0, f64::max);
    let wait_left = left + half + NUMBERS;
    let wait_scale = Scale::new(Extent::new(wait_left, wait_left + half), most);
    canvas.horizontal_axis(&use_scale, upright, canvas.phrases().in_use)?;
    canvas.horizontal_axis(&wait_scale, upright, canvas.phrases().mean_wait)?;
    for ((place, name), band) in places.iter().zip(&names).zip(bands_between(upright, places.len())) {
        canvas.name(left, band, name, 20)?;
        plot_use(canvas, &use_scale, place, band)?;
        plot_wait(canvas, &wait_scale, place, band)?;
    }
    Ok(())
}

fn plot_use(canvas: &Canvas<'_>, scale: &Scale, place: &Place<'_>, band: Band) -> Result<(), String> {
    match place.used {
        Some(used) => bar(canvas, scale, &Bar { row: used, sign: "", factor: 100.0 }, band),
        None => not_counted(canvas, scale, canvas.phrases().use_not_counted, band),
    }
}

fn plot_wait(canvas: &Canvas<'_>, scale: &Scale, place: &Place<'_>, band: Band) -> Result<(), String> {
    match place.wait {
        Some(Wait { row, is_least }) => {
            let sign = if is_least { "≥ " } else { "" };
            bar(canvas, scale, &Bar { row, sign, factor: 1.0 }, band)
        }
        None => not_counted(canvas, scale, canvas.phrases().waits_not_counted, band),
    }
}

fn not_counted(canvas: &Canvas<'_>, scale: &Scale, what: &str, band: Band) -> Result<(), String> {
    canvas.text(Pixel::new(scale.ends.from + 12, band.middle), what, TextStyle::new(20, PALE_INK), Align::Left)
}

/// A bar with its interval and its number behind it.
fn bar(canvas: &Canvas<'_>, scale: &Scale, bar: &Bar<'_>, band: Band) -> Result<(), String> {
    let Bar { row, sign, factor } = bar;
    let mean = row.mean.unwrap_or(0.0) * factor;
    let width = row.half_width.map(|width| width * factor);
    let colour = if row.key.unit == FixedUnit::Hours { VERMILLION } else { BLUE };
    canvas.bar(Extent::new(scale.ends.from, scale.at(mean)), band, colour)?;
    if let Some(width) = width {
        canvas.level_interval(Extent::new(scale.at(mean - width), scale.at(mean + width)), band.middle)?;
    }
    let end = scale.at(mean + width.unwrap_or(0.0));
    canvas.text(
        Pixel::new(end + 12, band.middle),
        &format!("{sign}{}", round_to(mean, width)),
        TextStyle::new(20, INK),
        Align::Left,
    )
}

/// Those where somebody waited, the most hours first.
fn places(summary: &Summary) -> Vec<Place<'_>> {
    let waited = most_waited(summary).into_iter().take(MOST).map(|row| &row.key.subject);
    let place =
        |subject| Place { subject, used: summary.row(Measure::Utilisation, subject), wait: Wait::at(summary, subject) };
    waited.map(place).collect()
}
