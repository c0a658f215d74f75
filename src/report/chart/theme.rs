//! Font and colours.

use std::sync::OnceLock;

use plotters::style::{FontStyle, RGBColor, register_font};

/// The family under which the font is registered. In SVG the viewer's own takes its place.
pub(super) const FAMILY: &str = "sans-serif";
/// Noto Sans, SIL Open Font License 1.1 (assets/OFL.txt).
const FONT: &[u8] = include_bytes!("../../../assets/NotoSans-Regular.ttf");

/// Text and axes.
pub(super) const INK: RGBColor = RGBColor(34, 34, 34);
/// Less important text.
pub(super) const PALE_INK: RGBColor = RGBColor(95, 95, 95);
/// Grid lines.
pub(super) const GRID: RGBColor = RGBColor(222, 222, 222);
/// Behind everything.
pub(super) const PAPER: RGBColor = RGBColor(255, 255, 255);

/// Okabe and Ito, "Color Universal Design" (2008), without black.
pub(super) const BLUE: RGBColor = RGBColor(0, 114, 178);
pub(super) const SKY: RGBColor = RGBColor(86, 180, 233);
pub(super) const GREEN: RGBColor = RGBColor(0, 158, 115);
pub(super) const YELLOW: RGBColor = RGBColor(240, 228, 66);
pub(super) const ORANGE: RGBColor = RGBColor(230, 159, 0);
pub(super) const VERMILLION: RGBColor = RGBColor(213, 94, 0);
pub(super) const PURPLE: RGBColor = RGBColor(204, 121, 167);
pub(super) const DARK: RGBColor = RGBColor(70, 70, 70);
pub(super) const GREY: RGBColor = RGBColor(178, 178, 178);
/// Behind marks.
pub(super) const BAND: RGBColor = RGBColor(208, 212, 216);

/// Colours of unlike things, in the order in which they are given out.
pub(super) const SERIES: [RGBColor; 8] = [BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILLION, YELLOW, DARK];

/// A pale form of a colour.
pub(super) fn tint(colour: RGBColor) -> RGBColor {
    let mix = |part: u8| (255.0 - 0.28 * (255.0 - f64::from(part))).round() as u8;
    RGBColor(mix(colour.0), mix(colour.1), mix(colour.2))
}

/// Registers the font once.
pub(super) fn register() -> Result<(), String> {
    static IS_REGISTERED: OnceLock<bool> = OnceLock::new();
    let registered = IS_REGISTERED.get_or_init(|| register_font(FAMILY, FontStyle::Normal, FONT).is_ok());
    if *registered { Ok(()) } else { Err("the embedded font cannot be read".to_owned()) }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use ab_glyph::{Font, FontRef};

    use super::FONT;

    /// What stands between quotes in the code of a line.
    fn quoted(line: &str) -> impl Iterator<Item = &str> {
        line.split('"').skip(1).step_by(2)
    }

    #[test]
    fn the_font_has_every_letter_that_charts_write() {
        let font = FontRef::try_from_slice(FONT).unwrap();
        let missing = |letter: &char| font.glyph_id(*letter).0 == 0;
        assert!(['≥', '→'].iter().all(missing) && !['–', '±', 'ə', 'ж'].iter().any(missing));
        let mut texts = 0;
        for file in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/chart")).unwrap() {
            let code = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let code = code.split("mod tests").next().unwrap();
            for text in code.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(quoted) {
                texts += 1;
                assert_eq!(text.chars().find(missing), None, "in `{text}`");
            }
        }
        assert!(texts > 100, "{texts} texts");
    }
}
