//! How texts and lines look.

use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, IntoFont, RGBColor};

use super::theme::FAMILY;

/// Size of the letters in pixels, and their colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextStyle {
    pub(super) size: i32,
    pub(super) colour: RGBColor,
}

impl TextStyle {
    pub(super) const fn new(size: i32, colour: RGBColor) -> Self {
        Self { size, colour }
    }

    /// The same for the library, which is told where the text stands against its point.
    pub(super) fn anchored(self, horizontal: HPos) -> plotters::style::TextStyle<'static> {
        plotters::style::TextStyle {
            font: (FAMILY, self.size).into_font(),
            color: self.colour.to_backend_color(),
            pos: Pos::new(horizontal, VPos::Center),
        }
    }
}

/// Width of a line in pixels, and its colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub(super) width: u32,
    pub(super) colour: RGBColor,
}

impl Stroke {
    pub(super) const fn new(width: u32, colour: RGBColor) -> Self {
        Self { width, colour }
    }
}

/// What a colour stands for, in a key.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeyEntry<'a> {
    pub(super) text: &'a str,
    pub(super) colour: RGBColor,
}
