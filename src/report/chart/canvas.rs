//! Drawing in pixels: what the charts share.

use std::cell::RefCell;

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{PathElement, Polygon, Rectangle};
use plotters::style::{Color, RGBColor};

use super::geometry::{Band, Extent, Pixel};
use super::hatching::placeholder;
use super::lettering::Lettering;
use super::placed::{Placed, Texts};
use super::scale::Scale;
use super::style::{KeyEntry, Stroke, TextStyle};
use super::theme::{Colour, GRID, INK, PALE_INK, PAPER, Theme};
use crate::report::phrases::{ChartPhrases, phrases};
use crate::results::{Manifest, Summary};
use crate::text::visible_line;
use crate::words::{Language, Named, name};

/// Where a text stands against its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// The paper: its sides in pixels, its colours and its language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) theme: Theme,
    pub(super) language: Language,
}

/// A picture that is being plotted.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    frame: Frame,
    texts: RefCell<Texts>,
}

type Plotted = Result<(), String>;

/// The line of an interval.
const INTERVAL: Stroke = Stroke::new(2, INK);
/// How much of what lies below a band is hidden.
const BAND_OPACITY: f64 = 0.28;
/// Between the edge of the paper and everything.
pub(super) const MARGIN: i32 = 40;
/// The part of the width that names at the left may take.
const NAMES: f64 = 0.36;
/// Between names and what they name.
const GAP: i32 = 16;
/// Height of a line of the heading.
const LINE: i32 = 30;

impl<'a> Canvas<'a> {
    /// An empty paper whose shapes are written to `shapes`.
    pub(super) fn new(shapes: &'a mut String, frame: Frame) -> Result<Self, String> {
        let sides = (frame.width.cast_unsigned(), frame.height.cast_unsigned());
        let area = SVGBackend::with_string(shapes, sides).into_drawing_area();
        let canvas = Self { area, frame, texts: RefCell::default() };
        canvas.area.fill(&canvas.solid(PAPER)).map_err(|error| error.to_string())?;
        Ok(canvas)
    }

    /// Ends the drawing; the texts are still to be laid over the shapes.
    pub(super) fn finish(self) -> Result<Texts, String> {
        self.area.present().map_err(|error| error.to_string())?;
        Ok(self.texts.into_inner())
    }

    /// What charts say in the language of the picture.
    pub(super) const fn phrases(&self) -> &'static ChartPhrases {
        &phrases(self.frame.language).on_charts
    }

    /// The language of the picture.
    pub(super) const fn language(&self) -> Language {
        self.frame.language
    }

    /// A word in the language of the picture.
    pub(super) fn word(&self, word: impl Named) -> &'static str {
        name(word, self.frame.language)
    }

    /// So many pixels from the right edge.
    pub(super) const fn right(&self, pixels: i32) -> i32 {
        self.frame.width - pixels
    }

    /// So many pixels from the bottom.
    pub(super) const fn bottom(&self, pixels: i32) -> i32 {
        self.frame.height - pixels
    }

    /// The colour of lines, marks and letters.
    fn solid(&self, colour: Colour) -> RGBColor {
        let [red, green, blue] = self.frame.theme.rgb(colour);
        RGBColor(red, green, blue)
    }

    /// The colour of an area, or what stands for its pattern.
    fn fill_of(&self, colour: Colour) -> RGBColor {
        let pattern = if self.frame.theme == Theme::Print { placeholder(colour) } else { None };
        pattern.map_or_else(|| self.solid(colour), |[red, green, blue]| RGBColor(red, green, blue))
    }

    /// A text at its vertical middle.
    pub(super) fn text(&self, at: Pixel, text: &str, style: TextStyle, align: Align) -> Plotted {
        self.place(at, text, style, align, false)
    }

    /// A text that reads upwards, around its middle.
    pub(super) fn upright(&self, at: Pixel, text: &str) -> Plotted {
        self.place(at, text, TextStyle::new(22, INK), Align::Centre, true)
    }

    fn place(&self, at: Pixel, text: &str, style: TextStyle, align: Align, is_upright: bool) -> Plotted {
        let text = with_minus_signs(&visible_line(text));
        let lettering = Lettering::of(&text)?;
        let width = lettering.width(style.size)?.round() as i32;
        let before = match align {
            Align::Left => 0,
            Align::Centre => width / 2,
            Align::Right => width,
        };
        // Capital letters and digits are about 0.72 of the size high.
        let below = (0.36 * f64::from(style.size)).round() as i32;
        let at = at + if is_upright { Pixel::new(below, before) } else { Pixel::new(-before, below) };
        self.texts.borrow_mut().0.push(Placed { text, at, style, is_upright, lettering });
        Ok(())
    }

    pub(super) fn rectangle(&self, from: Pixel, to: Pixel, colour: Colour) -> Plotted {
        let corners = [(from.x.min(to.x), from.y.min(to.y)), (from.x.max(to.x), from.y.max(to.y))];
        self.area.draw(&Rectangle::new(corners, self.fill_of(colour).filled())).map_err(|error| error.to_string())
    }

    /// A level bar in its band.
    pub(super) fn bar(&self, across: Extent, band: Band, colour: Colour) -> Plotted {
        let (top, bottom) = (band.middle - band.half, band.middle + band.half);
        self.rectangle(Pixel::new(across.from, top), Pixel::new(across.to, bottom), colour)
    }

    pub(super) fn polygon(&self, corners: impl IntoIterator<Item = Pixel>, colour: Colour) -> Plotted {
        self.filled(corners, self.fill_of(colour))
    }

    /// A band around a line; what lies below it is seen through it.
    pub(super) fn band(&self, corners: impl IntoIterator<Item = Pixel>, colour: Colour) -> Plotted {
        let corners: Vec<(i32, i32)> = corners.into_iter().map(Into::into).collect();
        let fill = self.solid(colour).mix(BAND_OPACITY).filled();
        self.area.draw(&Polygon::new(corners, fill)).map_err(|error| error.to_string())
    }

    fn filled(&self, corners: impl IntoIterator<Item = Pixel>, colour: RGBColor) -> Plotted {
        let corners: Vec<(i32, i32)> = corners.into_iter().map(Into::into).collect();
        self.area.draw(&Polygon::new(corners, colour.filled())).map_err(|error| error.to_string())
    }

    /// A mark at a point, from which its corners are counted.
    pub(super) fn mark(&self, at: Pixel, corners: &[Pixel], colour: Colour) -> Plotted {
        self.filled(corners.iter().map(|&corner| at + corner), self.solid(colour))
    }

    /// A square on its corner.
    pub(super) fn diamond(&self, at: Pixel, half: i32, colour: Colour) -> Plotted {
        let corners = [(0, -half), (half, 0), (0, half), (-half, 0)].map(|(x, y)| Pixel::new(x, y));
        self.mark(at, &corners, colour)
    }

    pub(super) fn line(&self, from: Pixel, to: Pixel, stroke: Stroke) -> Plotted {
        let path = PathElement::new(vec![from.into(), to.into()], self.solid(stroke.colour).stroke_width(stroke.width));
        self.area.draw(&path).map_err(|error| error.to_string())
    }

    /// A square on its corner that is empty: a mark of what is not significant.
    pub(super) fn hollow_diamond(&self, at: Pixel, half: i32, colour: Colour) -> Plotted {
        self.diamond(at, half, colour)?;
        self.diamond(at, half - 3, PAPER)
    }

    /// The width of a text in pixels.
    #[expect(clippy::unused_self, reason = "charts ask the canvas for everything about its letters")]
    pub(super) fn width(&self, text: &str, size: i32) -> i32 {
        let width = Lettering::of(&with_minus_signs(text)).and_then(|lettering| lettering.width(size));
        width.map_or(0, |width| width.ceil() as i32)
    }

    /// The width of the widest of some texts.
    pub(super) fn widest<'t>(&self, texts: impl IntoIterator<Item = &'t str>, size: i32) -> i32 {
        texts.into_iter().map(|text| self.width(text, size)).max().unwrap_or(0)
    }

    /// Where a plot begins whose names stand at its left: they have the room that they need, up to a part of the width.
    pub(super) fn left_of<'t>(&self, names: impl IntoIterator<Item = &'t str>, size: i32) -> i32 {
        let most = (NAMES * f64::from(self.frame.width)) as i32;
        MARGIN + self.widest(names, size).min(most) + GAP
    }

    /// A name at the left of a plot that begins at `left`, beside its bar: in several lines, together half as high again as the bar
    /// at most, where it is too long for one.
    pub(super) fn name(&self, left: i32, row: Band, name: &str, size: i32) -> Plotted {
        let width = left - GAP - MARGIN;
        let pitch = size + 4;
        let lines = self.broken(name, size, width, (3 * row.half / pitch).clamp(1, 3) as usize);
        let top = row.middle - pitch * (lines.len() as i32 - 1) / 2;
        let mut lines = lines.iter().enumerate();
        lines.try_for_each(|(place, line)| {
            let at = Pixel::new(left - GAP, top + place as i32 * pitch);
            self.text(at, line, TextStyle::new(size, INK), Align::Right)
        })
    }

    /// A text cut to a width, with an ellipsis.
    pub(super) fn fitted(&self, text: &str, size: i32, width: i32) -> String {
        let mut short: Vec<char> = text.chars().collect();
        let whole = |short: &[char]| short.iter().collect::<String>();
        if self.width(text, size) <= width {
            return text.to_owned();
        }
        while short.len() > 1 && self.width(&format!("{}…", whole(&short)), size) > width {
            short.pop();
        }
        format!("{}…", whole(&short).trim_end())
    }

    /// The title with scenario and number of replications, and a line that says how to read the chart.
    pub(super) fn heading(&self, summary: &Summary, title: &str, how: &str) -> Plotted {
        self.heading_of(&summary.manifest, title, how)
    }

    /// The same for what has no summary.
    pub(super) fn heading_of(&self, manifest: &Manifest, title: &str, how: &str) -> Plotted {
        let (scenario, run) = (&manifest.scenario, &manifest.run);
        let level = format!("{} %", run.level * 100.0);
        let phrases = self.phrases();
        let years = if run.replications == 1 { phrases.replication } else { phrases.replications };
        let how = format!("{}, n = {} {years}; {}", scenario.name, run.replications, how.replace("LEVEL", &level));
        self.heading_lines(&format!("{title} – {}", scenario.title), &how)
    }

    /// A title in the largest letters in which it fits, and below it what explains the chart, in two lines at most.
    pub(super) fn heading_lines(&self, title: &str, how: &str) -> Plotted {
        let room = self.right(2 * MARGIN);
        let size = (24..=34).rev().find(|size| self.width(title, *size) <= room).unwrap_or(24);
        let title = self.fitted(title, size, room);
        self.text(Pixel::new(MARGIN, 44), &title, TextStyle::new(size, INK), Align::Left)?;
        let size = if self.width(how, 22) <= room { 22 } else { 20 };
        for (place, line) in self.broken(how, size, room, 2).iter().enumerate() {
            let y = 84 + place as i32 * (LINE - 4);
            self.text(Pixel::new(MARGIN, y), line, TextStyle::new(size, PALE_INK), Align::Left)?;
        }
        Ok(())
    }

    /// A text broken at blanks into lines of a width; what does not fit into so many lines ends with an ellipsis.
    pub(super) fn broken(&self, text: &str, size: i32, width: i32, most: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut rest = text;
        while lines.len() + 1 < most && self.width(rest, size) > width {
            let blanks = rest.match_indices(' ').map(|(at, _)| at);
            let Some(at) = blanks.take_while(|&at| self.width(&rest[..at], size) <= width).last() else { break };
            lines.push(rest[..at].to_owned());
            rest = rest[at..].trim_start();
        }
        lines.push(self.fitted(rest, size, width));
        lines
    }

    /// What stands in place of a chart that has nothing to show.
    pub(super) fn nothing(&self, why: &str) -> Plotted {
        let middle = Pixel::new(self.frame.width / 2, self.frame.height / 2);
        self.text(middle, why, TextStyle::new(26, PALE_INK), Align::Centre)
    }

    /// Vertical grid lines with marks below, and the name of the axis.
    pub(super) fn horizontal_axis(&self, scale: &Scale, upright: Extent, name: &str) -> Plotted {
        for (value, text) in scale.marks() {
            let x = scale.at(value);
            self.line(Pixel::new(x, upright.from), Pixel::new(x, upright.to), Stroke::new(1, GRID))?;
            self.text(Pixel::new(x, upright.to + 20), &text, TextStyle::new(20, INK), Align::Centre)?;
        }
        self.text(Pixel::new(scale.ends.middle(), upright.to + 56), name, TextStyle::new(22, INK), Align::Centre)
    }

    /// Horizontal grid lines with marks to the left, and the name of the axis.
    pub(super) fn vertical_axis(&self, scale: &Scale, level: Extent, name: &str) -> Plotted {
        for (value, text) in scale.marks() {
            let y = scale.at(value);
            self.line(Pixel::new(level.from, y), Pixel::new(level.to, y), Stroke::new(1, GRID))?;
            self.text(Pixel::new(level.from - 12, y), &text, TextStyle::new(20, INK), Align::Right)?;
        }
        self.upright(Pixel::new(40, scale.ends.middle()), name)
    }

    /// The width of a key with these texts, up to three tenths of the paper.
    pub(super) fn key_width<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> i32 {
        (30 + self.widest(texts, 20)).min(3 * self.frame.width / 10)
    }

    /// A key in a row, from the left; entries that do not fit into a line begin another one.
    pub(super) fn key_row<'t>(&self, at: Pixel, entries: impl IntoIterator<Item = KeyEntry<'t>>) -> Plotted {
        let mut next = at;
        for entry in entries {
            let width = 30 + self.width(entry.text, 20);
            if next.x > at.x && next.x + width > self.right(MARGIN) {
                next = Pixel::new(at.x, next.y + 32);
            }
            self.key(next, width, std::iter::once(entry))?;
            next.x += width + 40;
        }
        Ok(())
    }

    /// A key in a column, from the top.
    pub(super) fn key<'t>(&self, at: Pixel, width: i32, entries: impl Iterator<Item = KeyEntry<'t>>) -> Plotted {
        for (row, entry) in entries.enumerate() {
            let band = Band { middle: at.y + row as i32 * 36, half: 10 };
            self.bar(Extent::new(at.x, at.x + 20), band, entry.colour)?;
            self.text(
                Pixel::new(at.x + 30, band.middle),
                &self.fitted(entry.text, 20, width - 30),
                TextStyle::new(20, INK),
                Align::Left,
            )?;
        }
        Ok(())
    }

    /// An interval as a line with ends, upright.
    pub(super) fn upright_interval(&self, x: i32, ends: Extent) -> Plotted {
        self.line(Pixel::new(x, ends.from), Pixel::new(x, ends.to), INTERVAL)?;
        self.line(Pixel::new(x - 6, ends.from), Pixel::new(x + 6, ends.from), INTERVAL)?;
        self.line(Pixel::new(x - 6, ends.to), Pixel::new(x + 6, ends.to), INTERVAL)
    }

    /// An interval as a line with ends, level.
    pub(super) fn level_interval(&self, ends: Extent, y: i32) -> Plotted {
        self.line(Pixel::new(ends.from, y), Pixel::new(ends.to, y), INTERVAL)?;
        self.line(Pixel::new(ends.from, y - 7), Pixel::new(ends.from, y + 7), INTERVAL)?;
        self.line(Pixel::new(ends.to, y - 7), Pixel::new(ends.to, y + 7), INTERVAL)
    }
}

/// The signs of negative numbers as they are printed: a hyphen before a digit that follows no letter or digit.
fn with_minus_signs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let is_sign = letter == '-' && !before.is_alphanumeric() && letters.peek().is_some_and(char::is_ascii_digit);
        out.push(if is_sign { '−' } else { letter });
        before = letter;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_before_numbers_are_signs_and_others_are_not() {
        assert_eq!(
            with_minus_signs("-0.9 (-1.5 to -0.2), 2024-12, Xi-2, a -b"),
            "−0.9 (−1.5 to −0.2), 2024-12, Xi-2, a -b"
        );
    }
}
