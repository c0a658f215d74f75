//! How the time of a section is distributed over shipments: density and, above it, how many have arrived.

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Extent, Pixel};
use super::picture::Plot;
use super::scale::{Plane, Scale};
use super::style::{KeyEntry, Stroke, TextStyle};
use super::theme::{BLUE, INK, ORANGE, PALE_INK, SKY};
use crate::report::round_to;
use crate::results::{Results, Slice, Summary, SummaryRow};
use crate::words::Measure;

const LEFT: i32 = 150;
const TOP: i32 = 190;
/// Room below the plot for the axis and the key.
const BELOW: i32 = 150;
/// Room at the right for the marks of the second axis and its name.
const RIGHT: i32 = 110;
/// Columns of the density.
const COLUMNS: usize = 80;
/// What is slower than this part is left out, so that a few do not press the others together.
const SHOWN: f64 = 0.995;

/// The distribution of one row.
pub(super) struct Distribution<'a> {
    summary: &'a Summary,
    row: &'a SummaryRow,
    slices: Vec<Slice>,
}

impl<'a> Distribution<'a> {
    /// That of the section that the headline is about, else of the first; `None` where no section has shipments.
    pub(super) fn of(results: &Results, summary: &'a Summary) -> Option<Self> {
        let row = summary.row(Measure::SectionTime, &summary.network.main_section()?.subject())?;
        let slices = results.distribution(&row.key).filter(|slices| !slices.is_empty())?;
        Some(Self { summary, row, slices })
    }

    /// The slowest time that is shown.
    fn end(&self) -> f64 {
        let mut below = 0.0;
        let shown = self.slices.iter().take_while(|slice| {
            let is_shown = below < SHOWN;
            below += slice.share;
            is_shown
        });
        shown.last().map_or(1.0, |slice| slice.high)
    }

    /// The part of the weight in each column of a scale, slices cut where a column ends.
    fn columns(&self, scale: &Scale) -> Vec<f64> {
        let width = scale.most / COLUMNS as f64;
        let mut columns = vec![0.0; COLUMNS];
        for slice in &self.slices {
            let (first, last) = ((slice.low / width) as usize, (slice.high / width) as usize);
            for (place, column) in columns.iter_mut().enumerate().take(last + 1).skip(first) {
                let (from, to) = (place as f64 * width, (place + 1) as f64 * width);
                let within = (slice.high.min(to) - slice.low.max(from)).max(0.0);
                *column += slice.share * within / (slice.high - slice.low).max(f64::MIN_POSITIVE);
            }
        }
        columns
    }

    /// The share that has arrived, by time.
    fn arrived(&self, plane: &Plane) -> Vec<Pixel> {
        let mut below = 0.0;
        let mut line = vec![plane.at(self.slices[0].low, 0.0)];
        for slice in self.slices.iter().take_while(|slice| slice.high <= plane.across.most) {
            below += 100.0 * slice.share;
            line.push(plane.at(slice.high, below));
        }
        line
    }
}

impl Plot for Distribution<'_> {
    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        let name = self.summary.network.subject_name(&self.row.key.subject);
        let how = canvas.phrases().distribution_how;
        canvas.heading(self.summary, &format!("{}, {name}", canvas.phrases().how_long), how)?;
        let (right, bottom) = (canvas.right(MARGIN + RIGHT), canvas.bottom(BELOW));
        let level = Extent::new(LEFT, right);
        let across = Scale::new(level, self.end());
        let columns = self.columns(&across);
        let highest = columns.iter().copied().fold(0.0, f64::max) * 100.0;
        let density = Scale::new(Extent::new(bottom, TOP), highest);
        canvas.vertical_axis(&density, level, canvas.phrases().by_weight)?;
        canvas.horizontal_axis(&across, Extent::new(bottom, bottom), canvas.phrases().days)?;
        for (place, share) in columns.iter().enumerate() {
            let ends = [place, place + 1].map(|place| across.at(place as f64 * across.most / COLUMNS as f64));
            let (from, to) = (Pixel::new(ends[0] + 1, density.at(100.0 * share)), Pixel::new(ends[1], bottom));
            if from.y < to.y {
                canvas.rectangle(from, to, SKY)?;
            }
        }
        let plane = Plane { across, up: Scale::new(Extent::new(bottom, TOP), 100.0) };
        Self::second_axis(canvas, &plane, right)?;
        let line = self.arrived(&plane);
        line.windows(2).try_for_each(|pair| canvas.line(pair[0], pair[1], Stroke::new(4, BLUE)))?;
        self.percentiles(canvas, &plane)?;
        let key = [(canvas.phrases().key_density, SKY), (canvas.phrases().key_arrived, BLUE)];
        canvas.key_row(Pixel::new(MARGIN, canvas.bottom(32)), key.map(|(text, colour)| KeyEntry { text, colour }))
    }
}

impl Distribution<'_> {
    fn second_axis(canvas: &Canvas<'_>, plane: &Plane, right: i32) -> Result<(), String> {
        for (value, text) in plane.up.marks() {
            let at = Pixel::new(right + 12, plane.up.at(value));
            canvas.text(at, &text, TextStyle::new(20, INK), Align::Left)?;
        }
        canvas.upright(Pixel::new(canvas.right(MARGIN), plane.up.ends.middle()), canvas.phrases().arrived_percent)
    }

    /// Upright lines with their names above the plot; those that would touch stand higher.
    fn percentiles(&self, canvas: &Canvas<'_>, plane: &Plane) -> Result<(), String> {
        let row = self.row;
        let marks = [
            ("P50", row.p50, row.p50_half_width),
            ("P90", row.p90, row.p90_half_width),
            ("P95", row.p95, row.p95_half_width),
        ];
        let mut free = [i32::MIN; 2];
        for (name, value, half_width) in marks {
            let Some(value) = value.filter(|value| plane.across.holds(*value)) else { continue };
            let x = plane.across.at(value);
            canvas.line(Pixel::new(x, TOP - 8), Pixel::new(x, plane.up.ends.from), Stroke::new(2, ORANGE))?;
            if let Some(width) = half_width {
                let ends = [value - width, value + width].map(|value| plane.across.at(value));
                canvas.level_interval(Extent::new(ends[0], ends[1]), TOP + 6)?;
            }
            let text = format!("{name} {}", round_to(value, half_width));
            let half = canvas.width(&text, 20) / 2;
            let Some(row) = free.iter().position(|&free| free < x - half) else { continue };
            free[row] = x + half + 14;
            let at = Pixel::new(x, TOP - 22 - 26 * row as i32);
            canvas.text(at, &text, TextStyle::new(20, if row == 0 { INK } else { PALE_INK }), Align::Centre)?;
        }
        Ok(())
    }
}
