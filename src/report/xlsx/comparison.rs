//! Sheet `Comparison`: what each what-if changes, on the figures that the answer is about.

use super::book::{Book, Look, Table, Value, XlsxError, column};
use super::charts::{Bars, Series};
use crate::comparison::{Comparison, Difference, Outcome, WhatIf};
use crate::report::comparison::sentence;
use crate::report::figure_name::figure_name;
use crate::words::{Measure, Statistic, Subject};

const SHEET: &str = "Comparison";
const CHARTED: u32 = 40;

pub(super) fn write(book: &mut Book, comparisons: &[Comparison]) -> Result<(), XlsxError> {
    let days = |name: String| column(name, 18.0, Look::Decimals(2));
    let whole = |name: &'static str| column(name, 13.0, Look::Whole);
    let figure = comparisons.iter().find_map(|one| Some(told(one, one.outcome.as_ref()?)));
    let figure = figure.unwrap_or_else(|| "Difference".to_owned());
    let columns = vec![
        column("Base", 20.0, Look::Text),
        column("What-if", 28.0, Look::Text),
        days(figure.clone()),
        days("±".to_owned()),
        column("p-value", 10.0, Look::Decimals(4)),
        days("P95, d".to_owned()),
        days("P95 ±".to_owned()),
        whole("t a year"),
        whole("t ±"),
        whole("TEU a year"),
        whole("TEU ±"),
        column("In words", 90.0, Look::Prose),
    ];
    let rows: Vec<_> = comparisons.iter().flat_map(lines).collect();
    let note = "The what-if less its base, year by year on the same shipments and storms; days below 0 are shorter. ± is half the width of the interval.";
    let table = Table { sheet: SHEET, title: "What each what-if changes", note, columns, rows };
    let all = book.table(&table)?;
    let rows = all.first(CHARTED);
    if rows.count == 0 {
        return Ok(());
    }
    let series = vec![Series {
        name: "Difference",
        values: rows.cells(SHEET, 2, 2),
        half_widths: Some(rows.cells(SHEET, 3, 3)),
        colour: 0,
    }];
    let names = rows.cells(SHEET, 1, 1);
    let chart = Bars {
        title: "What each what-if changes",
        axis: &figure,
        names,
        series,
        is_stacked: false,
        is_of_amounts: false,
    };
    book.chart(SHEET, all.place_of_chart(13), &chart.chart())
}

/// The figure in words: `Altynkol–Poti, median, d`.
fn told(comparison: &Comparison, outcome: &Outcome) -> String {
    let unit = if outcome.figure.key.measure == Measure::SectionTime { "d" } else { "t a year" };
    format!("{}, {unit}", figure_name(&outcome.figure, &comparison.network))
}

fn lines(comparison: &Comparison) -> Vec<Vec<Value<'_>>> {
    comparison.what_ifs.iter().map(|what_if| line(comparison, what_if)).collect()
}

fn line<'a>(comparison: &'a Comparison, what_if: &'a WhatIf) -> Vec<Value<'a>> {
    let key = comparison.outcome.as_ref().map(|outcome| &outcome.figure.key);
    let of_figure = |statistic| key.and_then(|key| what_if.difference(key.measure, &key.subject, statistic));
    let main = comparison.outcome.as_ref().and_then(|outcome| of_figure(outcome.figure.statistic));
    let slow = of_figure(Statistic::P95);
    let traffic = |measure| what_if.difference(measure, &Subject::corridor(), Statistic::Mean);
    let [tonnes, teu] = [Measure::Throughput, Measure::ThroughputTeu].map(traffic);
    let pair = |one: Option<&Difference>| [one.map(|one| one.difference), one.and_then(|one| one.half_width)];
    let mut cells: Vec<Value<'_>> = vec![comparison.base.scenario.name.as_str().into(), what_if.name.as_str().into()];
    cells.extend(pair(main).map(Value::from));
    cells.push(main.and_then(|one| one.p_value).into());
    cells.extend([slow, tonnes, teu].into_iter().flat_map(pair).map(Value::from));
    cells.push(sentence(comparison, what_if).into());
    cells
}
