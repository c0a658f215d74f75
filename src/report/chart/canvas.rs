//! Drawing in pixels: what the charts share.

use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontTransform, IntoFont, RGBColor, TextStyle};

use super::scale::Scale;
use super::theme::{FAMILY, GRID, INK, PALE_INK, PAPER};
use crate::results::{Manifest, Summary};
use crate::text::visible_line;

/// Where a text stands against its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// A picture that is being drawn.
pub(super) struct Canvas<'a, B: DrawingBackend>(&'a DrawingArea<B, Shift>);

type Plotted = Result<(), String>;

impl<'a, B: DrawingBackend> Canvas<'a, B> {
    pub(super) fn new(area: &'a DrawingArea<B, Shift>) -> Result<Self, String> {
        area.fill(&PAPER).map_err(|error| error.to_string())?;
        Ok(Self(area))
    }

    /// A text at its vertical middle.
    pub(super) fn text(&self, at: (i32, i32), text: &str, (size, colour): (i32, RGBColor), align: Align) -> Plotted {
        let horizontal = match align {
            Align::Left => HPos::Left,
            Align::Centre => HPos::Center,
            Align::Right => HPos::Right,
        };
        let style = style(size, colour).pos(Pos::new(horizontal, VPos::Center));
        // The middle of the line is above the middle of the letters.
        let at = (at.0, at.1 + size / 9);
        self.0.draw(&Text::new(visible_line(text), at, style)).map_err(|error| error.to_string())
    }

    /// A text that reads upwards, around its middle.
    pub(super) fn upright(&self, at: (i32, i32), text: &str) -> Plotted {
        let font = (FAMILY, 22).into_font().transform(FontTransform::Rotate270);
        let style = TextStyle::from(font).color(&INK).pos(Pos::new(HPos::Center, VPos::Center));
        self.0.draw(&Text::new(visible_line(text), at, style)).map_err(|error| error.to_string())
    }

    pub(super) fn rectangle(&self, (x, y): (i32, i32), (to_x, to_y): (i32, i32), colour: RGBColor) -> Plotted {
        let corners = [(x.min(to_x), y.min(to_y)), (x.max(to_x), y.max(to_y))];
        self.0.draw(&Rectangle::new(corners, colour.filled())).map_err(|error| error.to_string())
    }

    pub(super) fn polygon(&self, corners: Vec<(i32, i32)>, colour: RGBColor) -> Plotted {
        self.0.draw(&Polygon::new(corners, colour.filled())).map_err(|error| error.to_string())
    }

    pub(super) fn line(&self, from: (i32, i32), to: (i32, i32), (width, colour): (u32, RGBColor)) -> Plotted {
        let path = PathElement::new(vec![from, to], colour.stroke_width(width));
        self.0.draw(&path).map_err(|error| error.to_string())
    }

    /// The width of a text in pixels.
    pub(super) fn width(&self, text: &str, size: i32) -> i32 {
        let estimate = self.0.estimate_text_size(text, &style(size, INK));
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
        self.text((40, 44), &title, (34, INK), Align::Left)?;
        let level = format!("{} %", run.level * 100.0);
        let how = format!("{}, n = {} replications; {}", scenario.name, run.replications, how.replace("LEVEL", &level));
        self.text((40, 88), &self.fitted(&how, 22, 1520), (22, PALE_INK), Align::Left)
    }

    /// What stands in place of a chart that has nothing to show.
    pub(super) fn nothing(&self, why: &str) -> Plotted {
        self.text((800, 450), why, (26, PALE_INK), Align::Centre)
    }

    /// Vertical grid lines with marks below, and the name of the axis.
    pub(super) fn horizontal_axis(&self, scale: &Scale, (top, bottom): (i32, i32), name: &str) -> Plotted {
        for (value, text) in scale.marks() {
            let x = scale.at(value);
            self.line((x, top), (x, bottom), (1, GRID))?;
            self.text((x, bottom + 20), &text, (20, INK), Align::Centre)?;
        }
        self.text((i32::midpoint(scale.from, scale.to), bottom + 56), name, (22, INK), Align::Centre)
    }

    /// Horizontal grid lines with marks to the left, and the name of the axis.
    pub(super) fn vertical_axis(&self, scale: &Scale, (left, right): (i32, i32), name: &str) -> Plotted {
        for (value, text) in scale.marks() {
            let y = scale.at(value);
            self.line((left, y), (right, y), (1, GRID))?;
            self.text((left - 12, y), &text, (20, INK), Align::Right)?;
        }
        self.upright((40, i32::midpoint(scale.from, scale.to)), name)
    }

    /// A key in a column, from the top.
    pub(super) fn key<'t>(
        &self,
        (x, y): (i32, i32),
        width: i32,
        entries: impl Iterator<Item = (&'t str, RGBColor)>,
    ) -> Plotted {
        for (row, (text, colour)) in entries.enumerate() {
            let y = y + row as i32 * 36;
            self.rectangle((x, y - 10), (x + 20, y + 10), colour)?;
            self.text((x + 30, y), &self.fitted(text, 20, width - 30), (20, INK), Align::Left)?;
        }
        Ok(())
    }

    /// An interval as a line with ends, upright.
    pub(super) fn upright_interval(&self, x: i32, (from, to): (i32, i32)) -> Plotted {
        self.line((x, from), (x, to), (2, INK))?;
        self.line((x - 6, from), (x + 6, from), (2, INK))?;
        self.line((x - 6, to), (x + 6, to), (2, INK))
    }

    /// An interval as a line with ends, level.
    pub(super) fn level_interval(&self, (from, to): (i32, i32), y: i32) -> Plotted {
        self.line((from, y), (to, y), (2, INK))?;
        self.line((from, y - 7), (from, y + 7), (2, INK))?;
        self.line((to, y - 7), (to, y + 7), (2, INK))
    }
}

fn style(size: i32, colour: RGBColor) -> TextStyle<'static> {
    let font = (FAMILY, size).into_font();
    TextStyle { font, color: colour.to_backend_color(), pos: Pos::new(HPos::Left, VPos::Center) }
}
