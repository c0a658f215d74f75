//! Texts where they stand in a picture.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::geometry::Pixel;
use super::lettering::{self, Lettering};
use super::style::TextStyle;
use super::theme::Theme;
use crate::text::escape_xml;

/// A text at its place.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) text: String,
    /// Where its line begins; upright ones read upwards from here.
    pub(super) at: Pixel,
    pub(super) style: TextStyle,
    pub(super) is_upright: bool,
    pub(super) lettering: Lettering,
}

impl Placed {
    fn svg(&self, name: &str, theme: Theme, out: &mut String) -> Result<(), String> {
        let scale = f64::from(self.style.size) / f64::from(lettering::units()?);
        let [red, green, blue] = theme.rgb(self.style.colour);
        let turn = if self.is_upright { " rotate(-90)" } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "<g aria-label=\"{}\" fill=\"#{red:02x}{green:02x}{blue:02x}\" transform=\"translate({} {}){turn} scale({scale} -{scale})\">",
            escape_xml(&self.text),
            self.at.x,
            self.at.y,
        );
        self.lettering.uses(name, out);
        out.push_str("</g>\n");
        Ok(())
    }
}

/// All texts of a picture.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts(pub(super) Vec<Placed>);

impl Texts {
    /// The first text.
    pub(super) fn title(&self) -> &str {
        self.0.first().map_or("", |first| &first.text)
    }

    /// The outlines of all letters.
    pub(super) fn definitions(&self, name: &str) -> Result<String, String> {
        let letters: BTreeSet<u16> = self.0.iter().flat_map(|placed| placed.lettering.letters()).collect();
        lettering::definitions(&letters, name)
    }

    pub(super) fn svg(&self, name: &str, theme: Theme) -> Result<String, String> {
        let mut out = String::new();
        self.0.iter().try_for_each(|placed| placed.svg(name, theme, &mut out))?;
        Ok(out)
    }
}
