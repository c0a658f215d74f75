//! Sheet `Sections`: how long shipments take from one place to another.

use super::book::{Book, Look, Table, Value, XlsxError, column};
use super::charts::{Bars, Series};
use super::exported::ExportedScenario;
use crate::results::{Summary, SummaryRow};
use crate::words::Measure;

const SHEET: &str = "Sections";
/// Rows that the chart shows.
const CHARTED: u32 = 30;

pub(super) fn write(book: &mut Book, scenarios: &[ExportedScenario]) -> Result<(), XlsxError> {
    let days = |name: &'static str| column(name, 10.0, Look::Decimals(2));
    let columns = vec![
        column("Scenario", 22.0, Look::Text),
        column("Section", 28.0, Look::Text),
        column("Id", 24.0, Look::Text),
        column("Shipments", 12.0, Look::Whole),
        days("Mean, d"),
        days("Mean ±"),
        days("Median, d"),
        days("Median ±"),
        days("P90, d"),
        days("P90 ±"),
        days("P95, d"),
        days("P95 ±"),
        column("On time", 10.0, Look::Percent),
        column("Unexplained", 12.0, Look::Percent),
    ];
    let rows: Vec<_> = scenarios.iter().flat_map(rows).collect();
    let note = "Days between two places, of all shipments of all simulated years; P90: nine in ten are faster. ± is half the width of the \
                interval at the level of the run. On time: within the deadline. Unexplained: the calibrated share without a mechanism.";
    let table = Table { sheet: SHEET, title: "Time by section", note, columns, rows };
    let all = book.table(&table)?;
    let rows = all.first(CHARTED);
    if rows.count == 0 {
        return Ok(());
    }
    // With one scenario its name need not stand beside each section.
    let names = rows.cells(SHEET, u16::from(scenarios.len() == 1), 1);
    let series = |name, value, colour| Series {
        name,
        values: rows.cells(SHEET, value, value),
        half_widths: Some(rows.cells(SHEET, value + 1, value + 1)),
        colour,
    };
    let series = vec![series("Median", 6, 0), series("P95", 10, 5)];
    let chart = Bars {
        title: "Time by section: median and slowest twentieth",
        axis: "Days",
        names,
        series,
        is_stacked: false,
        is_of_amounts: true,
    };
    book.chart(SHEET, all.place_of_chart(15), &chart.chart())
}

fn rows(of: &ExportedScenario) -> Vec<Vec<Value<'_>>> {
    let summary = &of.summary;
    times(summary).into_iter().map(|row| line(of, row)).collect()
}

/// The times that tables begin with: of sections, or where there are none of flows.
pub(super) fn times(summary: &Summary) -> Vec<&SummaryRow> {
    let sections: Vec<&SummaryRow> = summary.of(Measure::SectionTime).collect();
    if sections.is_empty() {
        summary.of(Measure::TransitTime).filter(|row| row.count > Some(0)).collect()
    } else {
        sections
    }
}

fn line<'a>(of: &'a ExportedScenario, row: &'a SummaryRow) -> Vec<Value<'a>> {
    let subject = &row.key.subject;
    let share = |measure| of.summary.row(measure, subject).and_then(|row| row.mean);
    vec![
        of.name.as_str().into(),
        of.summary.network.subject_name(subject).into(),
        subject.as_str().into(),
        row.count.map(|count| count as f64).into(),
        row.mean.into(),
        row.half_width.into(),
        row.p50.into(),
        row.p50_half_width.into(),
        row.p90.into(),
        row.p90_half_width.into(),
        row.p95.into(),
        row.p95_half_width.into(),
        share(Measure::OnTimeShare).into(),
        share(Measure::UnexplainedShare).into(),
    ]
}
