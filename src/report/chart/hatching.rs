//! Areas in black and white: a pattern a hue.

use std::fmt::Write;

use super::theme::{Colour, Hue};

/// The hues that areas have, each with its pattern: side of the tile in pixels, whether the tile is turned by 45 degrees, and
/// what is drawn on it.
const PATTERNS: [(Hue, u32, bool, &str); 9] = [
    (Hue::Blue, 4, false, r##"<rect width="4" height="4" fill="#303030"/>"##),
    (Hue::Sky, 8, true, r#"<rect width="3" height="8"/>"#),
    (Hue::Green, 8, false, r#"<rect width="8" height="3"/>"#),
    (Hue::Yellow, 10, false, r#"<circle cx="5" cy="5" r="1.6"/>"#),
    (Hue::Orange, 8, false, r#"<rect width="2" height="8"/>"#),
    (Hue::Vermillion, 7, true, r#"<rect width="7" height="3"/><rect width="2" height="7"/>"#),
    (Hue::Purple, 10, true, r#"<rect width="10" height="2"/>"#),
    (Hue::Dark, 4, false, r##"<rect width="4" height="4" fill="#707070"/>"##),
    (Hue::Grey, 4, false, r##"<rect width="4" height="4" fill="#c8c8c8"/>"##),
];

/// The colour that stands for the pattern of a full hue until [`fill`] puts the pattern in its place; pale forms and the hues
/// of paper and ink have none.
pub(super) fn placeholder(colour: Colour) -> Option<[u8; 3]> {
    let place = PATTERNS.iter().position(|(hue, ..)| *hue == colour.hue)?;
    // No theme has a colour of this kind.
    (colour.strength == 100).then_some([1, 0, place as u8])
}

/// Puts patterns in the place of their placeholders; `name` makes their names unlike those of other pictures on a page.
pub(super) fn fill(shapes: &str, name: &str) -> (String, String) {
    let (mut shapes, mut definitions) = (shapes.to_owned(), String::new());
    for (place, (_, side, is_turned, drawn)) in PATTERNS.iter().enumerate() {
        let solid = format!("fill=\"#0100{place:02X}\" stroke=\"none\"");
        if !shapes.contains(&solid) {
            continue;
        }
        let id = format!("{name}-h{place}");
        shapes = shapes.replace(&solid, &format!("fill=\"url(#{id})\" stroke=\"#000000\" stroke-width=\"0.8\""));
        let turn = if *is_turned { " patternTransform=\"rotate(45)\"" } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(
            definitions,
            "<pattern id=\"{id}\" width=\"{side}\" height=\"{side}\" patternUnits=\"userSpaceOnUse\"{turn}><rect width=\"{side}\" \
             height=\"{side}\" fill=\"#ffffff\"/>{drawn}</pattern>"
        );
    }
    (shapes, definitions)
}

#[cfg(test)]
mod tests {
    use super::super::theme::{BLUE, INK, SKY};
    use super::*;

    #[test]
    fn areas_of_a_hue_get_its_pattern_and_others_stay() {
        assert_eq!((placeholder(INK), placeholder(BLUE.tint())), (None, None));
        assert_eq!(placeholder(SKY), Some([1, 0, 1]));
        let (shapes, definitions) =
            fill("<rect fill=\"#010001\" stroke=\"none\"/><rect fill=\"#000000\" stroke=\"none\"/>", "a");
        assert!(shapes.contains("fill=\"url(#a-h1)\"") && shapes.contains("fill=\"#000000\" stroke=\"none\""));
        assert_eq!(definitions.matches("<pattern").count(), 1);
    }
}
