//! Sheet `Answer`: what people read first, and which sheet has what.

use rust_xlsxwriter::{Color, Format, Url};

use super::book::{Book, XlsxError};
use super::exported::Exported;
use crate::report::comparison::headline as comparison_headline;
use crate::report::{Headline, run_headline};
use crate::words::Period;

/// The other sheets, in their order, with what each has.
const SHEETS: [(&str, &str); 8] = [
    ("Sections", "days from one place to another: median, P90, P95, on time"),
    ("Traffic", "tonnes and units offered, carried and turned away, by cargo"),
    ("Days by cause", "where the days of each section go"),
    ("Places", "use, queues and hours waited of each place"),
    ("Comparison", "what each what-if changes, on the figure of the answer"),
    ("Differences", "every measure that was compared"),
    ("Assumptions", "the figures that the scenario stands on, weakest first"),
    ("Run", "version, seed, hash and the command that simulates the same again"),
];

pub(super) fn write(book: &mut Book, exported: &Exported) -> Result<(), XlsxError> {
    let sheet = book.page("Answer", "Answer")?;
    sheet.set_column_width(0, 22)?.set_column_width(1, 110)?;
    let (bold, grey) = (Format::new().set_bold(), Format::new().set_font_color(Color::RGB(0x59_59_59)));
    let mut row = 2;
    for (title, found, how) in answers(exported) {
        sheet.write_with_format(row, 0, &title, &bold)?;
        row += 1;
        for line in &found {
            sheet.write_string(row, 0, line)?;
            row += 1;
        }
        for line in &how {
            sheet.write_with_format(row, 0, line, &grey)?;
            row += 1;
        }
        row += 1;
    }
    sheet.write_with_format(row, 0, "Sheets", &bold)?;
    let has_comparison = !exported.comparisons.is_empty();
    let there = SHEETS.iter().filter(|(name, _)| has_comparison || !matches!(*name, "Comparison" | "Differences"));
    for (name, what) in there {
        row += 1;
        let link = Url::new(format!("internal:'{name}'!A1")).set_text(*name);
        sheet.write_url(row, 0, link)?.write_string(row, 1, *what)?;
    }
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Title, sentences and how they were found: of each comparison, and of scenarios where none is compared.
fn answers(exported: &Exported) -> Vec<(String, Vec<String>, Vec<String>)> {
    let split = |headline: Headline| {
        let mut about = headline.about.into_iter();
        (about.next().unwrap_or_default(), headline.found, about.collect())
    };
    let compared = exported.comparisons.iter().map(|one| comparison_headline(one, &Period::Horizon));
    let alone = exported.scenarios.iter().filter(|_| exported.comparisons.is_empty());
    let alone = alone.map(|of| run_headline(&of.summary, &Period::Horizon));
    compared.chain(alone).map(split).collect()
}
