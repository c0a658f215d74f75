//! Use against waiting by place: the places where most hours are waited, with how much of each is in use.

use crate::words::{FixedUnit, Measure, Subject};
use plotters::backend::DrawingBackend;

use super::canvas::{Align, Canvas};
use super::scale::Scale;
use super::section_time::{BOTTOM, LEFT, MOST, TOP, bands};
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

pub(super) fn draw<B: DrawingBackend>(canvas: &Canvas<'_, B>, summary: &Summary) -> Result<(), String> {
    let how = "the places where most hours are waited, by background traffic too; “at least”: nobody was served; black: LEVEL intervals";
    canvas.heading(summary, "Use and waiting by place", how)?;
    let places = places(summary);
    if places.is_empty() {
        return canvas.nothing("nobody waited anywhere");
    }
    let use_scale = Scale::new((LEFT, USE_RIGHT), 100.0, 5.0);
    let upper = |row: &SummaryRow| row.mean.unwrap_or(0.0) + row.half_width.unwrap_or(0.0);
    let waits = places.iter().filter_map(|place| place.wait);
    let wait_scale = Scale::new((WAIT_LEFT, WAIT_RIGHT), waits.map(|wait| upper(wait.row)).fold(0.0, f64::max), 5.0);
    canvas.horizontal_axis(&use_scale, (TOP, BOTTOM), "In use, % of the time (of paths, room, things)")?;
    canvas.horizontal_axis(&wait_scale, (TOP, BOTTOM), "Mean wait, hours")?;
    for (place, (y, half)) in places.iter().zip(bands(places.len())) {
        let name = summary.network.place_name(place.subject);
        canvas.text((LEFT - 16, y), &canvas.fitted(&name, 20, LEFT - 40), (20, INK), Align::Right)?;
        match place.used {
            Some(used) => bar(canvas, &use_scale, (used, ""), 100.0, (y, half))?,
            None => canvas.text((LEFT + 12, y), "its use is not counted", (20, GREY), Align::Left)?,
        }
        match place.wait {
            Some(Wait { row, is_least }) => {
                bar(canvas, &wait_scale, (row, if is_least { "at least " } else { "" }), 1.0, (y, half))?;
            }
            None => canvas.text((WAIT_LEFT + 12, y), "single waits are not counted", (20, GREY), Align::Left)?,
        }
    }
    Ok(())
}

/// A bar with its interval and its number behind it.
fn bar<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    scale: &Scale,
    (row, sign): (&SummaryRow, &str),
    factor: f64,
    (y, half): (i32, i32),
) -> Result<(), String> {
    let mean = row.mean.unwrap_or(0.0) * factor;
    let width = row.half_width.map(|width| width * factor);
    let colour = if row.key.unit == FixedUnit::Hours { VERMILLION } else { BLUE };
    canvas.rectangle((scale.from, y - half), (scale.at(mean), y + half), colour)?;
    if let Some(width) = width {
        canvas.level_interval((scale.at(mean - width), scale.at(mean + width)), y)?;
    }
    let end = scale.at(mean + width.unwrap_or(0.0));
    canvas.text((end + 12, y), &format!("{sign}{}", round_to(mean, width)), (20, INK), Align::Left)
}

/// Those where somebody waited, the most hours first.
fn places(summary: &Summary) -> Vec<Place<'_>> {
    let waited = most_waited(summary).into_iter().take(MOST).map(|row| &row.key.subject);
    let place =
        |subject| Place { subject, used: summary.row(Measure::Utilisation, subject), wait: Wait::at(summary, subject) };
    waited.map(place).collect()
}
