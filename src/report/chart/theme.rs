//! Colours by what they are for, and how each theme shows them.

/// How pictures are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// On white. The colours are those of Okabe and Ito, "Color Universal Design" (2008), which people who confuse red and
    /// green can tell apart.
    #[default]
    Light,
    /// On black, for dark slides.
    Dark,
    /// In black and white: areas are told apart by hatching, which a grey print keeps.
    Print,
}

impl Theme {
    /// All themes.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Print];

    /// Its name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Print => "print",
        }
    }

    /// Red, green and blue of a colour.
    pub(super) fn rgb(self, colour: Colour) -> [u8; 3] {
        let (paper, hue) = (self.hue(Hue::Paper), self.hue(colour.hue));
        let strength = u32::from(colour.strength);
        let mix =
            |paper: u8, hue: u8| ((u32::from(paper) * (100 - strength) + u32::from(hue) * strength + 50) / 100) as u8;
        [0, 1, 2].map(|part| mix(paper[part], hue[part]))
    }

    const fn hue(self, hue: Hue) -> [u8; 3] {
        match self {
            Self::Light => light(hue),
            Self::Dark => dark(hue),
            Self::Print => print(hue),
        }
    }
}

const fn light(hue: Hue) -> [u8; 3] {
    match hue {
        Hue::Ink => [34, 34, 34],
        Hue::PaleInk => [95, 95, 95],
        Hue::Grid => [222, 222, 222],
        Hue::Paper => [255, 255, 255],
        Hue::Band => [208, 212, 216],
        Hue::Blue => [0, 114, 178],
        Hue::Sky => [86, 180, 233],
        Hue::Green => [0, 158, 115],
        Hue::Yellow => [240, 228, 66],
        Hue::Orange => [230, 159, 0],
        Hue::Vermillion => [213, 94, 0],
        Hue::Purple => [204, 121, 167],
        Hue::Dark => [70, 70, 70],
        Hue::Grey => [178, 178, 178],
    }
}

/// The darkest of the colours are lifted, so that they stand out from black.
const fn dark(hue: Hue) -> [u8; 3] {
    match hue {
        Hue::Ink => [236, 236, 236],
        Hue::PaleInk => [176, 180, 184],
        Hue::Grid => [66, 70, 74],
        Hue::Paper => [22, 25, 29],
        Hue::Band => [84, 90, 96],
        Hue::Blue => [51, 153, 221],
        Hue::Sky => [134, 206, 250],
        Hue::Green => [38, 190, 147],
        Hue::Dark => [206, 206, 206],
        Hue::Grey => [132, 136, 140],
        other => light(other),
    }
}

/// Lines and marks are black; areas are hatched, and these greys stand in for hatching where it is too small to be seen.
const fn print(hue: Hue) -> [u8; 3] {
    match hue {
        Hue::Ink => [0, 0, 0],
        Hue::PaleInk => [70, 70, 70],
        Hue::Grid => [214, 214, 214],
        Hue::Paper => [255, 255, 255],
        Hue::Band => [212, 212, 212],
        Hue::Blue | Hue::Dark => [40, 40, 40],
        Hue::Vermillion | Hue::Green => [90, 90, 90],
        Hue::Purple | Hue::Orange => [130, 130, 130],
        Hue::Sky | Hue::Grey => [170, 170, 170],
        Hue::Yellow => [215, 215, 215],
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hue {
    Ink,
    PaleInk,
    Grid,
    Paper,
    Band,
    Blue,
    Sky,
    Green,
    Yellow,
    Orange,
    Vermillion,
    Purple,
    Dark,
    Grey,
}

/// A colour of every theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour {
    pub(super) hue: Hue,
    /// From 0, the paper, to 100, the hue itself.
    pub(super) strength: u8,
}

impl Colour {
    const fn full(hue: Hue) -> Self {
        Self { hue, strength: 100 }
    }

    /// The same, mixed with the paper; `strength` from 0 to 100.
    pub(super) const fn at(self, strength: u8) -> Self {
        Self { hue: self.hue, strength }
    }

    /// A pale form, for bands around lines.
    pub(super) const fn tint(self) -> Self {
        self.at(28)
    }
}

/// Text and axes.
pub(super) const INK: Colour = Colour::full(Hue::Ink);
/// Less important text.
pub(super) const PALE_INK: Colour = Colour::full(Hue::PaleInk);
/// Grid lines.
pub(super) const GRID: Colour = Colour::full(Hue::Grid);
/// Behind everything.
pub(super) const PAPER: Colour = Colour::full(Hue::Paper);
/// Behind marks.
pub(super) const BAND: Colour = Colour::full(Hue::Band);
pub(super) const BLUE: Colour = Colour::full(Hue::Blue);
pub(super) const SKY: Colour = Colour::full(Hue::Sky);
pub(super) const GREEN: Colour = Colour::full(Hue::Green);
pub(super) const YELLOW: Colour = Colour::full(Hue::Yellow);
pub(super) const ORANGE: Colour = Colour::full(Hue::Orange);
pub(super) const VERMILLION: Colour = Colour::full(Hue::Vermillion);
pub(super) const PURPLE: Colour = Colour::full(Hue::Purple);
pub(super) const DARK: Colour = Colour::full(Hue::Dark);
pub(super) const GREY: Colour = Colour::full(Hue::Grey);

/// Colours of unlike things, in the order in which they are given out.
pub(super) const SERIES: [Colour; 8] = [BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILLION, YELLOW, DARK];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pale_form_lies_between_hue_and_paper() {
        assert_eq!(Theme::Light.rgb(BLUE), [0, 114, 178]);
        assert_eq!(Theme::Light.rgb(BLUE.at(0)), Theme::Light.rgb(PAPER));
        assert_eq!(Theme::Light.rgb(INK.at(50)), [145, 145, 145]);
        assert_eq!(Theme::Dark.rgb(ORANGE), Theme::Light.rgb(ORANGE));
    }
}
