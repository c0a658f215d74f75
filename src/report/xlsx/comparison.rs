//! Sheet `Comparison`: what each what-if changes, on the figures that the answer is about.

use super::book::{Book, Look, Table, Value, XlsxError, column};
use super::charts::{Bars, Series};
use super::exported::{ComparisonDocument, ExportedScenario, Outcome};

use crate::comparison::Difference;
use crate::words::{Measure, Statistic, Subject};

const SHEET: &str = "Comparison";
const CHARTED: u32 = 40;

pub(super) fn write(
    book: &mut Book,
    comparisons: &[ComparisonDocument],
    scenarios: &[ExportedScenario],
) -> Result<(), XlsxError> {
    let days = |name: String| column(name, 18.0, Look::Decimals(2));
    let whole = |name: &'static str| column(name, 13.0, Look::Whole);
    let outcome = comparisons.iter().find_map(|one| one.outcome.as_ref());
    let figure = outcome.map_or_else(|| "Difference".to_owned(), |outcome| told(outcome, scenarios));
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
        column("In words", 90.0, Look::Text),
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
    let chart = Bars { title: "What each what-if changes", axis: &figure, names, series, is_stacked: false };
    book.chart(SHEET, all.place_of_chart(13), &chart.chart())
}

/// The figure in words: `Altynkol–Poti, median, d`.
fn told(outcome: &Outcome, scenarios: &[ExportedScenario]) -> String {
    let statistic = match outcome.statistic {
        Statistic::P50 => "median",
        Statistic::Mean => "mean",
        other => other.word(),
    };
    let subject = scenarios.first().map(|of| of.summary.network.subject_name(&outcome.subject));
    let unit = if outcome.measure == Measure::SectionTime { "d" } else { "t a year" };
    format!("{}, {statistic}, {unit}", subject.unwrap_or_else(|| outcome.subject.to_string()))
}

fn lines(document: &ComparisonDocument) -> Vec<Vec<Value<'_>>> {
    document.what_ifs.iter().map(|what_if| line(document, &what_if.name, &what_if.verdict)).collect()
}

fn line<'a>(document: &'a ComparisonDocument, name: &'a str, verdict: &'a str) -> Vec<Value<'a>> {
    let of = |measure: Measure, subject: &Subject, statistic: Statistic| {
        document.differences.iter().find(|one| {
            one.what_if == name
                && one.measure == measure
                && one.subject == *subject
                && one.statistic == statistic
                && one.period.is_horizon()
        })
    };
    let outcome = document.outcome.as_ref();
    let main = outcome.and_then(|outcome| of(outcome.measure, &outcome.subject, outcome.statistic));
    let slow = outcome.and_then(|outcome| of(outcome.measure, &outcome.subject, Statistic::P95));
    let corridor = Subject::corridor();
    let [tonnes, teu] =
        [Measure::Throughput, Measure::ThroughputTeu].map(|measure| of(measure, &corridor, Statistic::Mean));
    let pair = |one: Option<&Difference>| [one.map(|one| one.difference), one.and_then(|one| one.half_width)];
    let mut cells: Vec<Value<'_>> = vec![document.scenario.name.as_str().into(), name.into()];
    cells.extend(pair(main).map(Value::from));
    cells.push(main.and_then(|one| one.p_value).into());
    cells.extend([slow, tonnes, teu].into_iter().flat_map(pair).map(Value::from));
    cells.push(verdict.into());
    cells
}
