//! Where the days go, by cause, for each section.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Canvas};
use super::scale::Scale;
use super::section_time::{BOTTOM, LEFT, TOP, bands, is_by_section, name, rows};
use super::theme::{BLUE, DARK, GREEN, GREY, INK, ORANGE, PURPLE, SKY, VERMILLION, YELLOW};
use crate::report::round_to;
use crate::results::{Summary, SummaryRow};

const RIGHT: i32 = 1180;

/// Causes that are shown together, from moving to not explained.
const GROUPS: [(&str, RGBColor, &[&str]); 9] = [
    ("running", BLUE, &["running"]),
    ("sailing", SKY, &["sailing"]),
    ("handling", GREEN, &["handling"]),
    ("border, customs, gauge", YELLOW, &["border", "customs", "documents", "inspection", "gauge-change"]),
    ("waiting: path, train, wagons", ORANGE, &["wait-path", "wait-train", "wait-pool"]),
    ("waiting: vessel, berth", VERMILLION, &["wait-vessel", "wait-berth"]),
    ("waiting: server, space, hours", PURPLE, &["wait-server", "wait-space", "wait-hours"]),
    ("closed, down, ban", DARK, &["closed", "down", "ban"]),
    ("unexplained", GREY, &["unexplained"]),
];

pub(super) fn draw<B: DrawingBackend>(canvas: &Canvas<'_, B>, summary: &Summary) -> Result<(), String> {
    let what = if is_by_section(summary) { "by section" } else { "by flow" };
    let how = "mean days of a shipment by weight; the total with its LEVEL interval";
    canvas.heading(summary, &format!("Where the days go, {what}"), how)?;
    let rows = rows(summary);
    let Some(most) = rows.iter().filter_map(|row| row.mean).reduce(f64::max) else {
        return canvas.nothing("no shipment arrived");
    };
    // Room at the right of the longest bar for its total.
    let scale = Scale::new((LEFT, RIGHT), most * 1.16, 8.0);
    canvas.horizontal_axis(&scale, (TOP, BOTTOM), "Days")?;
    for (row, (y, half)) in rows.iter().zip(bands(rows.len())) {
        let name = name(&row.key.subject);
        canvas.text((LEFT - 16, y), &canvas.fitted(&name, 20, LEFT - 40), (20, INK), Align::Right)?;
        bar(canvas, &scale, &days(summary, row), (y, half))?;
        let total = round_to(row.mean.unwrap_or(0.0), row.half_width).to_string();
        canvas.text((scale.at(row.mean.unwrap_or(0.0)) + 12, y), &total, (20, INK), Align::Left)?;
    }
    let shown = GROUPS.iter().enumerate().filter(|&(group, _)| rows.iter().any(|row| days(summary, row)[group] > 0.0));
    canvas.key((RIGHT + 50, TOP + 20), 340, shown.map(|(_, &(name, colour, _))| (name, colour)))
}

/// Mean days by group of causes.
fn days(summary: &Summary, row: &SummaryRow) -> [f64; GROUPS.len()] {
    GROUPS.map(|(_, _, causes)| {
        let of = summary.of("time").filter(|time| time.key.subject == row.key.subject);
        of.filter(|time| causes.contains(&time.key.cause.as_str())).filter_map(|time| time.mean).sum()
    })
}

fn bar<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    scale: &Scale,
    days: &[f64],
    (y, half): (i32, i32),
) -> Result<(), String> {
    let mut before = 0.0;
    for (days, (_, colour, _)) in days.iter().zip(GROUPS) {
        let (from, to) = (scale.at(before), scale.at(before + days));
        if to > from {
            canvas.rectangle((from, y - half), (to, y + half), colour)?;
        }
        before += days;
    }
    Ok(())
}
