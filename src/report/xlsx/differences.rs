//! Sheet `Differences`: every measure that was compared.

use super::book::{Book, Look, Table, Value, XlsxError, column};
use crate::comparison::{Comparison, Difference};

pub(super) fn write(book: &mut Book, comparisons: &[Comparison]) -> Result<(), XlsxError> {
    let number = |name: &'static str| column(name, 13.0, Look::Plain);
    let columns = vec![
        column("Base", 20.0, Look::Text),
        column("What-if", 26.0, Look::Text),
        column("Measure", 24.0, Look::Text),
        column("Of", 36.0, Look::Text),
        column("Period", 12.0, Look::Text),
        column("Statistic", 10.0, Look::Text),
        column("Unit", 10.0, Look::Text),
        number("In the base"),
        number("In the what-if"),
        number("Difference"),
        number("±"),
        column("Of the base", 11.0, Look::Percent),
        column("p-value", 10.0, Look::Decimals(4)),
        column("Significant", 11.0, Look::Text),
        number("Simulated"),
        number("Assumed"),
        number("5 % of draws"),
        number("95 % of draws"),
    ];
    let rows = comparisons.iter().flat_map(lines).collect();
    let note = "The what-if less its base. Significant: the p-value, corrected for the number of what-ifs, is below 1 less the level of the run. \
                Assumed: from changing a calibrated delay without a mechanism.";
    book.table(&Table { sheet: "Differences", title: "All differences", note, columns, rows })?;
    Ok(())
}

fn lines(comparison: &Comparison) -> impl Iterator<Item = Vec<Value<'_>>> {
    let all = comparison.what_ifs.iter().flat_map(|what_if| &what_if.differences);
    all.map(|one| line(comparison, one))
}

fn line<'a>(comparison: &'a Comparison, one: &'a Difference) -> Vec<Value<'a>> {
    vec![
        comparison.base.scenario.name.as_str().into(),
        one.what_if.as_str().into(),
        one.measure.word().into(),
        one.subject.as_str().into(),
        one.period.text().into_owned().into(),
        one.statistic.word().into(),
        one.unit.to_string().into(),
        one.base.into(),
        one.what_if_value.into(),
        one.difference.into(),
        one.half_width.into(),
        one.relative.into(),
        one.p_value.into(),
        if one.is_significant(comparison.base.run.level) { "yes" } else { "" }.into(),
        one.simulated.into(),
        one.assumed.into(),
        one.low.into(),
        one.high.into(),
    ]
}
