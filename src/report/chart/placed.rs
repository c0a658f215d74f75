//! Texts where they stand in a picture.

use std::collections::BTreeSet;

use maud::{Markup, PreEscaped, html};

use super::geometry::Pixel;
use super::lettering::{self, Lettering};
use super::style::TextStyle;
use super::theme::Theme;

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
    fn svg(&self, name: &str, theme: Theme) -> Result<Markup, String> {
        if self.text.is_empty() {
            return Ok(html! {});
        }
        let scale = f64::from(self.style.size) / f64::from(lettering::units()?);
        let [red, green, blue] = theme.rgb(self.style.colour);
        let turn = if self.is_upright { " rotate(-90)" } else { "" };
        let colour = format!("#{red:02x}{green:02x}{blue:02x}");
        let place = format!("translate({} {}){turn} scale({scale} -{scale})", self.at.x, self.at.y);
        let letters = PreEscaped(self.lettering.uses(name));
        Ok(html! { g role="img" aria-label=(self.text) fill=(colour) transform=(place) { (letters) } })
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
    pub(super) fn definitions(&self, name: &str) -> Result<Markup, String> {
        let letters: BTreeSet<u16> = self.0.iter().flat_map(|placed| placed.lettering.letters()).collect();
        lettering::definitions(&letters, name).map(PreEscaped)
    }

    pub(super) fn svg(&self, name: &str, theme: Theme) -> Result<Markup, String> {
        let texts = self.0.iter().map(|placed| placed.svg(name, theme)).collect::<Result<Vec<Markup>, String>>()?;
        Ok(html! { @for text in texts { (text) "\n" } })
    }
}
