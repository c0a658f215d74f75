//! Sheet `Days by cause`: where the mean days of each section go.

use super::book::{Book, Look, Table, Value, XlsxError, column};
use super::charts::{Bars, Series};
use super::exported::ExportedScenario;
use super::sections::times;
use crate::results::SummaryRow;
use crate::words::{CauseGroup, Language, name};

const SHEET: &str = "Days by cause";
const CHARTED: u32 = 30;
/// The column of the first cause.
const CAUSES: u16 = 4;

pub(super) fn write(book: &mut Book, scenarios: &[ExportedScenario]) -> Result<(), XlsxError> {
    let mut columns = vec![
        column("Scenario", 22.0, Look::Text),
        column("Section", 28.0, Look::Text),
        column("Id", 24.0, Look::Text),
        column("Mean, d", 10.0, Look::Decimals(2)),
    ];
    columns.extend(CauseGroup::ALL.map(|group| column(name(group, Language::English), 12.0, Look::Decimals(2))));
    let rows: Vec<_> = scenarios.iter().flat_map(rows).collect();
    let note =
        "Mean days of a shipment, weighted by mass, by what it did or waited for; the causes add up to the mean.";
    let table = Table { sheet: SHEET, title: "Where the days go", note, columns, rows };
    let has_any = |place: usize| table.rows.iter().any(|row| !matches!(row[place], Value::Number(0.0) | Value::Empty));
    let shown: Vec<usize> = (0..CauseGroup::ALL.len()).filter(|&group| has_any(usize::from(CAUSES) + group)).collect();
    let all = book.table(&table)?;
    let rows = all.first(CHARTED);
    if rows.count == 0 {
        return Ok(());
    }
    let names = rows.cells(SHEET, u16::from(scenarios.len() == 1), 1);
    let one = |group: usize| {
        let place = CAUSES + group as u16;
        let values = rows.cells(SHEET, place, place);
        Series { name: name(CauseGroup::ALL[group], Language::English), values, half_widths: None, colour: group }
    };
    let series = shown.into_iter().map(one).collect();
    let chart = Bars {
        title: "Where the days go",
        axis: "Mean days of a shipment",
        names,
        series,
        is_stacked: true,
        is_of_amounts: true,
    };
    book.chart(SHEET, all.place_of_chart(CAUSES + CauseGroup::ALL.len() as u16 + 1), &chart.chart())
}

fn rows(of: &ExportedScenario) -> Vec<Vec<Value<'_>>> {
    let line = |row: &&'_ SummaryRow| row.mean.is_some();
    times(&of.summary).into_iter().filter(line).map(|row| days(of, row)).collect()
}

fn days<'a>(of: &'a ExportedScenario, row: &'a SummaryRow) -> Vec<Value<'a>> {
    let subject = &row.key.subject;
    let mut cells = vec![
        of.name.as_str().into(),
        of.summary.network.subject_name(subject).into(),
        subject.as_str().into(),
        row.mean.into(),
    ];
    cells.extend(of.summary.days_by_group(subject).map(Value::from));
    cells
}
