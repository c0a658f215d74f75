//! Letters as outlines: every viewer shows the same ones, with the distances that the font wants.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::OnceLock;

use deunicode::deunicode;
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use rustybuzz::{Face, UnicodeBuffer};

/// Noto Sans, SIL Open Font License 1.1: Latin, Greek, Cyrillic, Georgian, Armenian and signs (assets/NOTICE.md).
const FONT: &[u8] = include_bytes!("../../../assets/midcor-sans.ttf");

/// A text that is laid out, in units of the font.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lettering {
    /// The letters that are drawn, and where each begins.
    letters: Vec<(GlyphId, i32)>,
    width: i32,
}

impl Lettering {
    /// Lays a text out.
    ///
    /// # Errors
    /// If the embedded font cannot be read.
    pub(super) fn of(text: &str) -> Result<Self, String> {
        let mut buffer = UnicodeBuffer::new();
        let face = face()?;
        buffer.push_str(&written(text, face));
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(face, &[], buffer);
        let (mut letters, mut at) = (Vec::new(), 0);
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            // The shaper numbers letters by 32 bits; a font has 16.
            let letter = GlyphId(info.glyph_id as u16);
            // A blank is nothing to draw.
            if face.glyph_bounding_box(letter).is_some() {
                letters.push((letter, at + position.x_offset));
            }
            at += position.x_advance;
        }
        Ok(Self { letters, width: at })
    }

    /// Its width in pixels in letters of a size.
    pub(super) fn width(&self, size: i32) -> Result<f64, String> {
        Ok(f64::from(self.width) * f64::from(size) / f64::from(units()?))
    }

    /// The letters as uses of [`definitions`] under a name; in units of the font, upside down as fonts are.
    pub(super) fn uses(&self, name: &str) -> String {
        let mut out = String::new();
        for (letter, x) in &self.letters {
            // Writing to a string cannot fail.
            let _ = match x {
                0 => write!(out, "<use href=\"#{name}-{}\"/>", letter.0),
                x => write!(out, "<use href=\"#{name}-{}\" x=\"{x}\"/>", letter.0),
            };
        }
        out
    }

    pub(super) fn letters(&self) -> impl Iterator<Item = u16> {
        self.letters.iter().map(|letter| letter.0.0)
    }
}

/// A text in letters that the font has: those of other scripts, such as Chinese, are written in Latin ones.
fn written<'t>(text: &'t str, face: &Face<'_>) -> Cow<'t, str> {
    let has = |letter: char| face.glyph_index(letter).is_some();
    if text.chars().all(has) {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len());
    let mut lacking = String::new();
    for letter in text.chars() {
        if has(letter) {
            written.push_str(deunicode(&std::mem::take(&mut lacking)).trim_end());
            written.push(letter);
        } else {
            lacking.push(letter);
        }
    }
    written.push_str(deunicode(&lacking).trim_end());
    Cow::Owned(written)
}

/// The outlines of letters, each once.
///
/// # Errors
/// If the embedded font cannot be read.
pub(super) fn definitions(letters: &BTreeSet<u16>, name: &str) -> Result<String, String> {
    let mut out = String::new();
    for &letter in letters {
        let mut outline = Outline(String::new());
        face()?.outline_glyph(GlyphId(letter), &mut outline);
        let _ = write!(out, "<path id=\"{name}-{letter}\" d=\"{}\"/>", outline.0);
    }
    Ok(out)
}

/// Units of the font in the height of its letters.
///
/// # Errors
/// If the embedded font cannot be read.
pub(super) fn units() -> Result<i32, String> {
    Ok(face()?.units_per_em())
}

fn face() -> Result<&'static Face<'static>, String> {
    static FACE: OnceLock<Option<Face<'static>>> = OnceLock::new();
    FACE.get_or_init(|| Face::from_slice(FONT, 0)).as_ref().ok_or_else(|| "the embedded font cannot be read".to_owned())
}

/// An outline in the language of SVG's paths. The font's points are whole numbers.
struct Outline(String);

impl Outline {
    fn add(&mut self, command: char, numbers: &[f32]) {
        self.0.push(command);
        for (place, number) in numbers.iter().enumerate() {
            let between = if place > 0 && *number >= 0.0 { " " } else { "" };
            let _ = write!(self.0, "{between}{}", number.round());
        }
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('M', &[x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add('L', &[x, y]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.add('Q', &[x1, y1, x, y]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.add('C', &[x1, y1, x2, y2, x, y]);
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(text: &str) -> Option<char> {
        text.chars().find(|letter| face().unwrap().glyph_index(*letter).is_none())
    }

    #[test]
    fn the_font_has_the_letters_of_the_corridor() {
        for text in [
            "Latin Türkçe: ğışçöü Azərbaycan: ə Ə",
            "Русский Қазақ: әғқңөұүһі ӘҒҚҢӨҰҮҺІ Українська: їєґ",
            "საქართველო",
            "Հայաստան",
            "− ± × · ≤ ≥ ≈ → ← ↑ ↓ – — … € ₸ ₾ ₼ ₺ ₽ № ° µ ² ³",
        ] {
            assert_eq!(missing(text), None, "in {text}");
        }
        assert_eq!(missing("漢"), Some('漢'));
    }

    #[test]
    fn what_the_font_lacks_is_written_in_latin_letters() {
        assert_eq!(written("Ақтау → 阿拉山口, 港", face().unwrap()), "Ақтау → A La Shan Kou, Gang");
        assert_eq!(Lettering::of("阿拉山口").unwrap(), Lettering::of("A La Shan Kou").unwrap());
    }

    #[test]
    fn letters_stand_as_the_font_wants_them() {
        let width = |text: &str| Lettering::of(text).unwrap().width(1000).unwrap();
        // The pair is kerned: closer than each by itself.
        assert!(width("AV") < width("A") + width("V"));
        assert!((width("11") - 2.0 * width("1")).abs() < 1e-9);
        assert!(width("") == 0.0);
    }

    #[test]
    fn outlines_are_paths() {
        let text = Lettering::of("ii").unwrap();
        let letters: BTreeSet<u16> = text.letters().collect();
        assert_eq!(letters.len(), 1);
        let defined = definitions(&letters, "x").unwrap();
        assert!(defined.starts_with("<path id=\"x-") && defined.contains("d=\"M") && defined.ends_with("Z\"/>"));
        assert_eq!(text.uses("x").matches("<use href=\"#x-").count(), 2);
    }
}
