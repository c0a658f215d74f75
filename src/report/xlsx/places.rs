//! Sheet `Places`: use, queues and waiting, the places with most hours waited first.

use super::book::{Book, Look, Table, Value, XlsxError, column};
use super::charts::{Bars, Series};
use super::exported::ExportedScenario;
use crate::report::table::most_waited;
use crate::results::SummaryRow;
use crate::words::Measure;

const SHEET: &str = "Places";
/// Rows that the chart shows.
const CHARTED: u32 = 15;

pub(super) fn write(book: &mut Book, scenarios: &[ExportedScenario]) -> Result<(), XlsxError> {
    let number = |name: &'static str| column(name, 13.0, Look::Decimals(1));
    let columns = vec![
        column("Scenario", 22.0, Look::Text),
        column("Place", 40.0, Look::Text),
        column("Id", 40.0, Look::Text),
        column("Hours waited a year", 15.0, Look::Whole),
        column("±", 12.0, Look::Whole),
        number("Mean wait, h"),
        number("Mean wait ±"),
        column("In use", 10.0, Look::Percent),
        number("Mean queue"),
        number("Longest queue"),
        number("Queue grows by"),
        column("Grows all the year", 12.0, Look::Text),
    ];
    let rows: Vec<_> = scenarios.iter().flat_map(rows).collect();
    let note = "Places where somebody waited, by background traffic too. In use: of the time of servers, of room, of things, of paths. A queue that \
                grows all the year makes the days behind it belong to the length of the run.";
    let table = Table { sheet: SHEET, title: "Use and waiting by place", note, columns, rows };
    let all = book.table(&table)?;
    let rows = all.first(CHARTED);
    if rows.count == 0 {
        return Ok(());
    }
    let names = rows.cells(SHEET, u16::from(scenarios.len() == 1), 1);
    let half_widths = Some(rows.cells(SHEET, 4, 4));
    let series = vec![Series { name: "Hours waited", values: rows.cells(SHEET, 3, 3), half_widths, colour: 5 }];
    let chart = Bars {
        title: "Where most hours are waited",
        axis: "Hours a year",
        names,
        series,
        is_stacked: false,
        is_of_amounts: true,
    };
    book.chart(SHEET, all.place_of_chart(13), &chart.chart())
}

fn rows(of: &ExportedScenario) -> Vec<Vec<Value<'_>>> {
    most_waited(&of.summary).into_iter().map(|row| line(of, row)).collect()
}

fn line<'a>(of: &'a ExportedScenario, waited: &'a SummaryRow) -> Vec<Value<'a>> {
    let subject = &waited.key.subject;
    let row = |measure| of.summary.row(measure, subject);
    let mean = |measure| row(measure).and_then(|row| row.mean);
    let grows = of.summary.growing.iter().any(|queue| queue.subject == *subject);
    vec![
        of.name.as_str().into(),
        of.summary.network.place_name(subject).into(),
        subject.as_str().into(),
        waited.mean.into(),
        waited.half_width.into(),
        mean(Measure::WaitingTime).into(),
        row(Measure::WaitingTime).and_then(|row| row.half_width).into(),
        mean(Measure::Utilisation).into(),
        mean(Measure::QueueLength).into(),
        mean(Measure::QueueMax).into(),
        mean(Measure::QueueGrowth).into(),
        if grows { "yes" } else { "" }.into(),
    ]
}
