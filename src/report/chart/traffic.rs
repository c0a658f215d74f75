//! Traffic carried by month, stacked by cargo.

use crate::words::{FixedUnit, Measure, Subject, SubjectKind};

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Band, Extent, Pixel};
use super::picture::Plot;
use super::scale::Scale;
use super::section_time::{BELOW, TOP};
use super::style::{KeyEntry, TextStyle};
use super::theme::{Colour, GREY, INK, SERIES};
use crate::results::{Summary, SummaryRow};

const LEFT: i32 = 150;

/// Traffic by month.
pub(super) struct Traffic<'a>(pub(super) &'a Summary);

impl Plot for Traffic<'_> {
    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        plot(canvas, self.0)
    }
}

/// A cargo, by month in tonnes a year.
struct Layer {
    name: String,
    by_month: Vec<f64>,
}

fn plot(canvas: &Canvas<'_>, summary: &Summary) -> Result<(), String> {
    canvas.heading(summary, canvas.phrases().traffic_by_month, canvas.phrases().traffic_how)?;
    let corridor = Subject::corridor();
    let totals: Vec<&SummaryRow> = monthly(summary, &corridor).collect();
    if totals.is_empty() {
        return canvas.nothing(canvas.phrases().no_whole_month);
    }
    let highest = totals.iter().map(|row| row.mean.unwrap_or(0.0) + row.half_width.unwrap_or(0.0));
    let highest = highest.fold(0.0, f64::max);
    let (divisor, unit) = if highest >= 1e6 { (1e6, "Mt/yr") } else { (1e3, "kt/yr") };
    let layers = layers(summary, totals.len(), canvas.phrases().others);
    let key_width = canvas.key_width(layers.iter().map(|layer| &*layer.name));
    let right = canvas.right(MARGIN + key_width + 40);
    let bottom = canvas.bottom(BELOW);
    let scale = Scale::new(Extent::new(bottom, TOP), highest / divisor);
    canvas.vertical_axis(&scale, Extent::new(LEFT, right), &format!("{}, {unit}", canvas.phrases().carried_rate))?;
    let width = f64::from(right - LEFT) / totals.len() as f64;
    for (month, total) in totals.iter().enumerate() {
        let band = Band { middle: LEFT + ((month as f64 + 0.5) * width) as i32, half: (width * 0.36) as i32 };
        stack(canvas, &scale, band, layers.iter().map(|layer| layer.by_month[month] / divisor))?;
        if let (Some(mean), Some(half)) = (total.mean, total.half_width) {
            let ends = [mean - half, mean + half].map(|value| scale.at(value / divisor));
            canvas.upright_interval(band.middle, Extent::new(ends[0], ends[1]))?;
        }
    }
    month_names(canvas, &totals, width, bottom)?;
    let entries = layers.iter().enumerate().rev();
    let entries = entries.map(|(place, layer)| KeyEntry { text: &layer.name, colour: colour(place) });
    canvas.key(Pixel::new(right + 40, TOP + 20), key_width, entries)
}

fn stack(canvas: &Canvas<'_>, scale: &Scale, band: Band, heights: impl Iterator<Item = f64>) -> Result<(), String> {
    let mut below = 0.0;
    for (place, height) in heights.enumerate() {
        let (from, to) = (scale.at(below), scale.at(below + height));
        if from > to {
            let (left, right) = (band.middle - band.half, band.middle + band.half);
            canvas.rectangle(Pixel::new(left, from), Pixel::new(right, to), colour(place))?;
        }
        below += height;
    }
    Ok(())
}

/// The largest cargoes, the first lowest, and the rest as one.
fn layers(summary: &Summary, months: usize, others: &str) -> Vec<Layer> {
    let mut layers: Vec<Layer> = Vec::new();
    for row in summary.of(Measure::Carried).filter(|row| row.key.unit == FixedUnit::TonnesPerYear) {
        if let Some(name) = row.key.subject.id_of(SubjectKind::Cargo) {
            let by_month: Vec<f64> = monthly(summary, &row.key.subject).map(|row| row.mean.unwrap_or(0.0)).collect();
            layers.push(Layer { name: name.replace('-', " "), by_month });
        }
    }
    layers.retain(|layer| layer.by_month.len() == months && layer.by_month.iter().any(|&tonnes| tonnes > 0.0));
    let total = |layer: &Layer| layer.by_month.iter().sum::<f64>();
    layers.sort_by(|one, other| total(other).total_cmp(&total(one)));
    if layers.len() > SERIES.len() {
        let rest = layers.split_off(SERIES.len() - 1);
        let sum = |month: usize| rest.iter().map(|layer| layer.by_month[month]).sum();
        layers.push(Layer { name: format!("{} {others}", rest.len()), by_month: (0..months).map(sum).collect() });
    }
    layers
}

fn colour(place: usize) -> Colour {
    SERIES.get(place).copied().unwrap_or(GREY)
}

/// The rows of a subject by month.
fn monthly<'a>(summary: &'a Summary, subject: &'a Subject) -> impl Iterator<Item = &'a SummaryRow> {
    summary.rows.iter().filter(move |row| {
        let key = &row.key;
        key.measure == Measure::Carried && key.subject == *subject && key.period.is_month()
    })
}

/// As many names as there is room for.
fn month_names(canvas: &Canvas<'_>, totals: &[&SummaryRow], width: f64, bottom: i32) -> Result<(), String> {
    let every = (f64::from(canvas.width("2024-12", 20)) * 1.15 / width).ceil().max(1.0) as usize;
    for (month, row) in totals.iter().enumerate().step_by(every) {
        let x = LEFT + ((month as f64 + 0.5) * width) as i32;
        canvas.text(Pixel::new(x, bottom + 24), &row.key.period.text(), TextStyle::new(20, INK), Align::Centre)?;
    }
    Ok(())
}
