//! Tables as CSV.

use std::io::{self, Write};

use crate::text::visible;

/// With what a cell begins that a spreadsheet takes for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A writer of CSV (RFC 4180, line feeds alone), which quotes what needs quotation marks.
pub fn csv_writer<W: Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().has_headers(false).from_writer(out)
}

/// What went wrong below a writer of CSV: a pipe that nobody reads any more stays one.
pub fn below_csv(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A text as a cell. An apostrophe goes before what a spreadsheet would take for a formula; numbers are numbers.
pub fn harmless(text: &str) -> String {
    let is_formula = text.starts_with(FORMULA) && text.parse::<f64>().is_err();
    format!("{}{}", if is_formula { "'" } else { "" }, visible(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_a_line_feed_and_what_needs_quotation_marks_has_them() {
        let mut out = csv_writer(Vec::new());
        out.write_record(["a \"b\", c", "d", "", "e\nf", " g "]).unwrap();
        out.write_record(["1", "2", "3", "4", "5"]).unwrap();
        let text = String::from_utf8(out.into_inner().unwrap()).unwrap();
        assert_eq!(text, "\"a \"\"b\"\", c\",d,,\"e\nf\", g \n1,2,3,4,5\n");
    }

    #[test]
    fn a_closed_pipe_stays_one() {
        let error = csv::Error::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!(below_csv(error).kind(), io::ErrorKind::BrokenPipe);
    }

    #[test]
    fn no_text_is_a_formula_and_numbers_stay_numbers() {
        for text in ["=HYPERLINK(\"evil\")", "+10 % ships", "-x", "@SUM(A1)", "\tcmd", "\rcmd"] {
            assert!(harmless(text).starts_with('\''), "{text}: {}", harmless(text));
        }
        for plain in ["-5", "+2.5e3", "a=b", "10 - 5", ""] {
            assert_eq!(harmless(plain), plain);
        }
    }
}
