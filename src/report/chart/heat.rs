//! A heat map with the values printed in its cells.

use super::Plot;
use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Band, Pixel};
use super::style::TextStyle;
use super::theme::{BLUE, Colour, GRID, INK, PALE_INK, PAPER};
use crate::results::Manifest;

const TOP: i32 = 176;
/// Room below the cells for the names of columns.
const BELOW: i32 = 90;
/// Tallest cell: a map of few rows need not fill the picture.
const TALLEST: i32 = 150;
/// Largest and smallest letters in cells.
const LARGEST: i32 = 26;
const SMALLEST: i32 = 11;

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    /// From 0, pale, to 1, dark.
    pub(super) shade: f64,
    /// What is printed.
    pub(super) text: String,
}

/// A heat map.
pub(super) struct Heat {
    pub(super) manifest: Manifest,
    pub(super) title: String,
    pub(super) how: String,
    /// What rows and columns are.
    pub(super) names: (String, String),
    pub(super) rows: Vec<String>,
    pub(super) columns: Vec<String>,
    /// By row and column; a value that is not known has none.
    pub(super) cells: Vec<Vec<Option<Cell>>>,
}

/// Where each value stands between the least and the greatest; in the middle where all are one.
pub(super) fn shades(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let known = || values.iter().flatten().copied();
    let (least, most) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let shade = |value: f64| if most > least { (value - least) / (most - least) } else { 0.0 };
    values.iter().map(|value| value.map(shade)).collect()
}

/// The height of a map of so many rows.
pub(super) fn height_of(rows: usize) -> i32 {
    TOP + (TALLEST * rows as i32).min(634) + BELOW
}

fn colour(shade: f64) -> Colour {
    // Not quite paper, so that the least value is still a cell; not quite the hue itself, which has a pattern in print.
    BLUE.at((6.0 + 93.0 * shade.clamp(0.0, 1.0)).round() as u8)
}

impl Plot for Heat {
    fn height(&self) -> i32 {
        height_of(self.rows.len())
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        canvas.heading_of(&self.manifest, &self.title, &self.how)?;
        if self.rows.is_empty() || self.columns.is_empty() {
            return canvas.nothing(canvas.phrases().nothing_to_show);
        }
        let left = canvas.left_of(self.rows.iter().map(|name| &**name), 20);
        let right = canvas.right(MARGIN);
        let width = f64::from(right - left) / self.columns.len() as f64;
        let height = (f64::from(canvas.bottom(BELOW) - TOP) / self.rows.len() as f64).min(f64::from(TALLEST));
        let size = self.letters(canvas, width, height);
        for (row, name) in self.rows.iter().enumerate() {
            let y = TOP + (row as f64 * height) as i32;
            let until = TOP + ((row + 1) as f64 * height) as i32;
            let band = Band { middle: i32::midpoint(y, until), half: (until - y) / 3 };
            canvas.name(left, band, name, 20)?;
            for column in 0..self.columns.len() {
                let x = left + (column as f64 * width) as i32;
                let to = left + ((column + 1) as f64 * width) as i32;
                let (from, to) = (Pixel::new(x + 1, y + 1), Pixel::new(to - 1, until - 1));
                cell(canvas, self.cells[row][column].as_ref(), from, to, size)?;
            }
        }
        let bottom = TOP + (self.rows.len() as f64 * height) as i32;
        let fits = |size: &i32| self.columns.iter().all(|name| canvas.width(name, *size) <= width as i32 - 12);
        let small = (SMALLEST..=20).rev().find(fits).unwrap_or(SMALLEST);
        for (column, name) in self.columns.iter().enumerate() {
            let x = left + ((column as f64 + 0.5) * width) as i32;
            canvas.text(
                Pixel::new(x, bottom + 24),
                &canvas.fitted(name, small, width as i32 - 12),
                TextStyle::new(small, INK),
                Align::Centre,
            )?;
        }
        canvas.text(
            Pixel::new(i32::midpoint(left, right), bottom + 62),
            &canvas.fitted(&self.names.1, 22, right - left),
            TextStyle::new(22, INK),
            Align::Centre,
        )?;
        canvas.text(
            Pixel::new(MARGIN, TOP - 24),
            &canvas.fitted(&self.names.0, 20, canvas.right(2 * MARGIN)),
            TextStyle::new(20, PALE_INK),
            Align::Left,
        )
    }
}

impl Heat {
    /// The largest letters in which every text fits its cell.
    fn letters(&self, canvas: &Canvas<'_>, width: f64, height: f64) -> i32 {
        let texts = || self.cells.iter().flatten().flatten().map(|cell| cell.text.as_str());
        let fits = |size: &i32| {
            f64::from(*size) * 1.3 <= height && texts().all(|text| f64::from(canvas.width(text, *size) + 8) <= width)
        };
        (SMALLEST..=LARGEST).rev().find(fits).unwrap_or(SMALLEST)
    }
}

fn cell(canvas: &Canvas<'_>, cell: Option<&Cell>, from: Pixel, to: Pixel, size: i32) -> Result<(), String> {
    let middle = Pixel::new(i32::midpoint(from.x, to.x), i32::midpoint(from.y, to.y));
    let Some(cell) = cell else {
        canvas.rectangle(from, to, GRID)?;
        return canvas.text(middle, "–", TextStyle::new(size, PALE_INK), Align::Centre);
    };
    canvas.rectangle(from, to, colour(cell.shade))?;
    let ink = if cell.shade > 0.55 { PAPER } else { INK };
    canvas.text(middle, &cell.text, TextStyle::new(size, ink), Align::Centre)
}
