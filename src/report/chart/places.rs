//! Use against waiting by place: the places where most hours are waited, with how much of each is in use.

use crate::words::{FixedUnit, Measure, Subject};
use plotters::backend::DrawingBackend;

use super::canvas::{Align, Canvas};
use super::geometry::{Band, Extent, Pixel};
use super::scale::Scale;
use super::section_time::{BOTTOM, LEFT, MOST, TOP, bands};
use super::style::TextStyle;
use super::theme::{BLUE, GREY, INK, VERMILLION};
use crate::report::round_to;
use crate::report::table::{Wait, most_waited};
use crate::results::{Summary, SummaryRow};

const USE_RIGHT: i32 = 760;
const WAIT_LEFT: i32 = 900;
const WAIT_RIGHT: i32 = 1400;

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

pub(super) fn plot<B: DrawingBackend>(canvas: &Canvas<'_, B>, summary: &Summary) -> Result<(), String> {
    let how = "the places where most hours are waited, by background traffic too; “at least”: nobody was served; black: LEVEL intervals";
    canvas.heading(summary, "Use and waiting by place", how)?;
    let places = places(summary);
    if places.is_empty() {
        return canvas.nothing("nobody waited anywhere");
    }
    let use_scale = Scale::new(Extent::new(LEFT, USE_RIGHT), 100.0, 5.0);
    let upper = |row: &SummaryRow| row.mean.unwrap_or(0.0) + row.half_width.unwrap_or(0.0);
    let waits = places.iter().filter_map(|place| place.wait);
    let wait_scale =
        Scale::new(Extent::new(WAIT_LEFT, WAIT_RIGHT), waits.map(|wait| upper(wait.row)).fold(0.0, f64::max), 5.0);
    canvas.horizontal_axis(&use_scale, Extent::new(TOP, BOTTOM), "In use, % of the time (of paths, room, things)")?;
    canvas.horizontal_axis(&wait_scale, Extent::new(TOP, BOTTOM), "Mean wait, hours")?;
    for (place, band) in places.iter().zip(bands(places.len())) {
        let name = summary.network.place_name(place.subject);
        canvas.text(
            Pixel::new(LEFT - 16, band.middle),
            &canvas.fitted(&name, 20, LEFT - 40),
            TextStyle::new(20, INK),
            Align::Right,
        )?;
        let beside = |x: i32| Pixel::new(x + 12, band.middle);
        match place.used {
            Some(used) => bar(canvas, &use_scale, &Bar { row: used, sign: "", factor: 100.0 }, band)?,
            None => canvas.text(beside(LEFT), "its use is not counted", TextStyle::new(20, GREY), Align::Left)?,
        }
        match place.wait {
            Some(Wait { row, is_least }) => {
                let sign = if is_least { "at least " } else { "" };
                bar(canvas, &wait_scale, &Bar { row, sign, factor: 1.0 }, band)?;
            }
            None => {
                canvas.text(
                    beside(WAIT_LEFT),
                    "single waits are not counted",
                    TextStyle::new(20, GREY),
                    Align::Left,
                )?;
            }
        }
    }
    Ok(())
}

/// A bar with its interval and its number behind it.
fn bar<B: DrawingBackend>(canvas: &Canvas<'_, B>, scale: &Scale, bar: &Bar<'_>, band: Band) -> Result<(), String> {
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
