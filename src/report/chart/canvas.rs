//! Drawing in pixels: what the charts share.

use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::HPos;
use plotters::style::{Color, FontTransform, RGBColor};

use super::geometry::{Band, Extent, Pixel};
use super::scale::Scale;
use super::style::{KeyEntry, Stroke, TextStyle};
use super::theme::{GRID, INK, PALE_INK, PAPER};
use crate::results::{Manifest, Summary};
use crate::text::visible_line;

/// Where a text stands against its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// A picture that is being plotted.
pub(super) struct Canvas<'a, B: DrawingBackend>(&'a DrawingArea<B, Shift>);

type Plotted = Result<(), String>;

/// The line of an interval.
const INTERVAL: Stroke = Stroke::new(2, INK);

impl<'a, B: DrawingBackend> Canvas<'a, B> {
    pub(super) fn new(area: &'a DrawingArea<B, Shift>) -> Result<Self, String> {
        area.fill(&PAPER).map_err(|error| error.to_string())?;
        Ok(Self(area))
    }

    /// A text at its vertical middle.
    pub(super) fn text(&self, at: Pixel, text: &str, style: TextStyle, align: Align) -> Plotted {
        let horizontal = match align {
            Align::Left => HPos::Left,
            Align::Centre => HPos::Center,
            Align::Right => HPos::Right,
        };
        // The middle of the line is above the middle of the letters.
        let at = Pixel::new(at.x, at.y + style.size / 9);
        let text = Text::new(visible_line(text), at.into(), style.anchored(horizontal));
        self.0.draw(&text).map_err(|error| error.to_string())
    }

    /// A text that reads upwards, around its middle.
    pub(super) fn upright(&self, at: Pixel, text: &str) -> Plotted {
        let style = TextStyle::new(22, INK).anchored(HPos::Center).transform(FontTransform::Rotate270);
        self.0.draw(&Text::new(visible_line(text), at.into(), style)).map_err(|error| error.to_string())
    }

    pub(super) fn rectangle(&self, from: Pixel, to: Pixel, colour: RGBColor) -> Plotted {
        let corners = [(from.x.min(to.x), from.y.min(to.y)), (from.x.max(to.x), from.y.max(to.y))];
        self.0.draw(&Rectangle::new(corners, colour.filled())).map_err(|error| error.to_string())
    }

    /// A level bar in its band.
    pub(super) fn bar(&self, across: Extent, band: Band, colour: RGBColor) -> Plotted {
        let (top, bottom) = (band.middle - band.half, band.middle + band.half);
        self.rectangle(Pixel::new(across.from, top), Pixel::new(across.to, bottom), colour)
    }

    pub(super) fn polygon(&self, corners: impl IntoIterator<Item = Pixel>, colour: RGBColor) -> Plotted {
        let corners: Vec<(i32, i32)> = corners.into_iter().map(Into::into).collect();
        self.0.draw(&Polygon::new(corners, colour.filled())).map_err(|error| error.to_string())
    }

    /// A mark at a point, from which its corners are counted.
    pub(super) fn mark(&self, at: Pixel, corners: &[Pixel], colour: RGBColor) -> Plotted {
        self.polygon(corners.iter().map(|&corner| at + corner), colour)
    }

    /// A square on its corner.
    pub(super) fn diamond(&self, at: Pixel, half: i32, colour: RGBColor) -> Plotted {
        let corners = [(0, -half), (half, 0), (0, half), (-half, 0)].map(|(x, y)| Pixel::new(x, y));
        self.mark(at, &corners, colour)
    }

    pub(super) fn line(&self, from: Pixel, to: Pixel, stroke: Stroke) -> Plotted {
        let path = PathElement::new(vec![from.into(), to.into()], stroke.colour.stroke_width(stroke.width));
        self.0.draw(&path).map_err(|error| error.to_string())
    }

    /// The width of a text in pixels.
    pub(super) fn width(&self, text: &str, size: i32) -> i32 {
        let estimate = self.0.estimate_text_size(text, &TextStyle::new(size, INK).anchored(HPos::Left));
        estimate.map_or(0, |(width, _)| width as i32)
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
        let title = self.fitted(&format!("{title} – {}", scenario.title), 34, 1520);
        self.text(Pixel::new(40, 44), &title, TextStyle::new(34, INK), Align::Left)?;
        let level = format!("{} %", run.level * 100.0);
        let how = format!("{}, n = {} replications; {}", scenario.name, run.replications, how.replace("LEVEL", &level));
        self.text(Pixel::new(40, 88), &self.fitted(&how, 22, 1520), TextStyle::new(22, PALE_INK), Align::Left)
    }

    /// What stands in place of a chart that has nothing to show.
    pub(super) fn nothing(&self, why: &str) -> Plotted {
        self.text(Pixel::new(800, 450), why, TextStyle::new(26, PALE_INK), Align::Centre)
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
