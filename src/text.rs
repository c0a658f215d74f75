//! Texts that others wrote, made fit to be shown: what nobody sees must not act on a terminal, a picture or a reader.

use std::borrow::Cow;
use std::fmt::Display;

/// Most characters of a title, a name or another short text.
pub(crate) const MOST_LETTERS: usize = 400;

/// Whether a character is shown as itself; line feeds and tabs are.
///
/// Control characters act on terminals and break pictures. Marks that turn the direction of writing make a text look like
/// another one.
pub(crate) const fn is_shown(c: char) -> bool {
    matches!(c, '\n' | '\t') || !(c.is_ascii_control() || matches!(c, '\u{80}'..='\u{9f}') || turns_direction(c))
}

const fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text with a picture in place of each character that is not shown as itself.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_shown) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(picture).collect())
}

/// The same in one line.
pub(crate) fn visible_line(text: &str) -> Cow<'_, str> {
    match visible(text) {
        shown if shown.contains(['\n', '\t']) => Cow::Owned(shown.replace(['\n', '\t'], " ")),
        shown => shown,
    }
}

/// A number of things: `1 pool`, `2 pools`.
pub(crate) fn counted(number: impl Display, thing: &str) -> String {
    let number = number.to_string();
    let ending = if number == "1" { "" } else { "s" };
    format!("{number} {thing}{ending}")
}

/// The text with a capital at its beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn picture(c: char) -> char {
    /// Pictures of the control characters stand in their order from here.
    const PICTURES: u32 = 0x2400;
    match c {
        _ if is_shown(c) => c,
        '\u{7f}' => '\u{2421}',
        c if c.is_ascii_control() => char::from_u32(PICTURES + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_has_no_plural() {
        let counted = [0, 1, 2].map(|number| counted(number, "pool"));
        assert_eq!(counted, ["0 pools", "1 pool", "2 pools"]);
    }

    #[test]
    fn texts_begin_with_a_capital() {
        assert_eq!((capital("łódź").as_str(), capital("")), ("Łódź", String::new()));
    }

    #[test]
    fn nothing_that_acts_is_left_and_nothing_else_is_touched() {
        let plain = "Ақтау – Баку,\n\t„порт“ 阿拉山口 باكو";
        assert!(matches!(visible(plain), Cow::Borrowed(same) if same == plain));
        assert_eq!(visible("a\u{1b}[31m\0\r\u{7f}\u{9b}\u{202e}b"), "a␛[31m␀␍␡��b");
        assert_eq!(visible_line("a\nb\u{7}"), "a b␇");
        for c in (0..=0x10_ffff).filter_map(char::from_u32).filter(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            assert!(!is_shown(c) && is_shown(picture(c)), "{c:?}");
        }
    }
}
