//! Texts as cells of CSV.

use crate::text::visible;

/// With what a cell begins that a spreadsheet takes for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A text as a cell. An apostrophe goes before what a spreadsheet would take for a formula; numbers are numbers.
pub fn quoted(text: &str) -> String {
    let is_formula = text.starts_with(FORMULA) && text.parse::<f64>().is_err();
    let text = format!("{}{}", if is_formula { "'" } else { "" }, visible(text));
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_quotes_are_quoted() {
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
    }

    #[test]
    fn no_text_is_a_formula_and_numbers_stay_numbers() {
        assert_eq!(quoted("=HYPERLINK(\"evil\")"), "\"'=HYPERLINK(\"\"evil\"\")\"");
        for text in ["+10 % ships", "-x", "@SUM(A1)", "\tcmd", "\rcmd"] {
            assert!(quoted(text).starts_with('\''), "{text}: {}", quoted(text));
        }
        for plain in ["-5", "+2.5e3", "a=b", "10 - 5", ""] {
            assert_eq!(quoted(plain), plain);
        }
    }
}
