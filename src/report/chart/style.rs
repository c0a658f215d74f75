//! How texts and lines look.

use super::theme::{Colour, Theme};
use crate::words::Language;

/// Size of labels in the pixels that charts are laid out in; titles are larger in proportion.
pub(super) const LABELS: u32 = 20;

/// How pictures are made: their size, letters and colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureStyle {
    /// Width and height in pixels; without it 1600 pixels wide, and as high as what is shown needs.
    pub size: Option<(u32, u32)>,
    /// Height of the letters of labels in pixels.
    pub font: u32,
    /// Its colours.
    pub theme: Theme,
    /// In which charts of a run are written; names that a scenario gives stay as they are.
    pub language: Language,
}

impl Default for PictureStyle {
    fn default() -> Self {
        Self { size: None, font: LABELS, theme: Theme::Light, language: Language::English }
    }
}

impl PictureStyle {
    /// Width of a picture of which nothing is said.
    const WIDTH: u32 = 1600;
    /// The least width and height in which charts can be laid out, with labels of [`LABELS`].
    const LEAST: (u32, u32) = (1000, 560);
    /// The greatest side of a picture, in pixels.
    pub const MOST: u32 = 10_000;

    /// Whether charts can be laid out so.
    ///
    /// # Errors
    /// What is wrong with it, and what would fit.
    pub fn checked(self) -> Result<Self, String> {
        if self.font == 0 || self.font > 200 {
            return Err(format!("letters of {} pixels: from 1 to 200 can be drawn", self.font));
        }
        let (width, height) = self.size.unwrap_or((Self::WIDTH, Self::WIDTH));
        if width.max(height) > Self::MOST {
            return Err(format!("{width} × {height} pixels: no side may be longer than {}", Self::MOST));
        }
        let room = self.room();
        if room.0 < Self::LEAST.0 || room.1.is_some_and(|height| height < Self::LEAST.1) {
            let most = (width * LABELS / Self::LEAST.0).min(height * LABELS / Self::LEAST.1);
            return Err(format!(
                "letters of {} pixels are too large for {width} × {height}: at most {most} fit",
                self.font
            ));
        }
        Ok(self)
    }

    /// Width, and height if it is given, in the pixels that charts are laid out in.
    pub(super) fn room(self) -> (u32, Option<u32>) {
        let laid_out = |pixels: u32| (f64::from(pixels) / self.scale()).round() as u32;
        (laid_out(self.size.map_or(Self::WIDTH, |size| size.0)), self.size.map(|size| laid_out(size.1)))
    }

    /// Pixels of the picture by pixel of the layout.
    pub(super) fn scale(self) -> f64 {
        f64::from(self.font) / f64::from(LABELS)
    }
}

/// Size of the letters in pixels, and their colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextStyle {
    pub(super) size: i32,
    pub(super) colour: Colour,
}

impl TextStyle {
    pub(super) const fn new(size: i32, colour: Colour) -> Self {
        Self { size, colour }
    }
}

/// Width of a line in pixels, and its colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub(super) width: u32,
    pub(super) colour: Colour,
}

impl Stroke {
    pub(super) const fn new(width: u32, colour: Colour) -> Self {
        Self { width, colour }
    }
}

/// What a colour stands for, in a key.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeyEntry<'a> {
    pub(super) text: &'a str,
    pub(super) colour: Colour,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_too_large_for_the_size_are_refused_with_what_fits() {
        let style = |size, font| PictureStyle { size: Some(size), font, ..PictureStyle::default() }.checked();
        assert!(style((1200, 675), 20).is_ok());
        assert_eq!(
            style((600, 400), 20).unwrap_err(),
            "letters of 20 pixels are too large for 600 × 400: at most 12 fit"
        );
        assert!(style((600, 400), 12).is_ok() && style((600, 400), 0).is_err() && style((20_000, 400), 12).is_err());
        assert!(PictureStyle { font: 40, ..PictureStyle::default() }.checked().is_err());
    }
}
