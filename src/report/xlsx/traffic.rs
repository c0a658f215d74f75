//! Sheet `Traffic`: what was offered, carried and turned away, by cargo.

use super::book::{Book, Look, Table, Value, XlsxError, column};
use super::charts::{Bars, Series};
use super::exported::ExportedScenario;
use crate::results::SummaryRow;
use crate::words::{FixedUnit, Measure, SubjectKind};

const SHEET: &str = "Traffic";
const CHARTED: u32 = 30;

pub(super) fn write(book: &mut Book, scenarios: &[ExportedScenario]) -> Result<(), XlsxError> {
    let amount = |name: &'static str| column(name, 13.0, Look::Whole);
    let columns = vec![
        column("Scenario", 22.0, Look::Text),
        column("Cargo", 24.0, Look::Text),
        column("Id", 22.0, Look::Text),
        column("Unit", 10.0, Look::Text),
        amount("Offered"),
        amount("Offered ±"),
        amount("Carried"),
        amount("Carried ±"),
        amount("Refused"),
        amount("Lost to outside"),
    ];
    // What the chart shows, cargoes in tonnes, stands first and together.
    let charted: Vec<_> = scenarios.iter().flat_map(|of| rows(of, is_cargo_in_tonnes)).collect();
    let count = charted.len() as u32;
    let others = scenarios.iter().flat_map(|of| rows(of, |row| !is_cargo_in_tonnes(row)));
    let rows = charted.into_iter().chain(others).collect();
    let note = "Per calendar year. Offered: came to the corridor. Carried: arrived. Refused: gave up at a loading ban. Demand is given: it does \
                not answer to what the corridor does.";
    let table = Table { sheet: SHEET, title: "Traffic by cargo", note, columns, rows };
    let all = book.table(&table)?;
    let rows = all.first(count.min(CHARTED));
    if rows.count == 0 {
        return Ok(());
    }
    let names = rows.cells(SHEET, u16::from(scenarios.len() == 1), 1);
    let series = |name, value, colour| Series {
        name,
        values: rows.cells(SHEET, value, value),
        half_widths: Some(rows.cells(SHEET, value + 1, value + 1)),
        colour,
    };
    let series = vec![series("Offered", 4, 1), series("Carried", 6, 0)];
    let chart = Bars {
        title: "Traffic by cargo: offered and carried",
        axis: "Tonnes a year",
        names,
        series,
        is_stacked: false,
        is_of_amounts: true,
    };
    book.chart(SHEET, all.place_of_chart(11), &chart.chart())
}

fn is_cargo_in_tonnes(row: &SummaryRow) -> bool {
    row.key.unit == FixedUnit::TonnesPerYear && row.key.subject.is(SubjectKind::Cargo)
}

fn rows(of: &ExportedScenario, is_wanted: impl Fn(&SummaryRow) -> bool) -> Vec<Vec<Value<'_>>> {
    let shown = |row: &&SummaryRow| {
        let subject = &row.key.subject;
        is_wanted(row) && (subject.is_corridor() || subject.is(SubjectKind::Cargo) || subject.is(SubjectKind::Flow))
    };
    of.summary.of(Measure::Offered).filter(shown).map(|row| line(of, row)).collect()
}

fn line<'a>(of: &'a ExportedScenario, offered: &'a SummaryRow) -> Vec<Value<'a>> {
    let (subject, unit) = (&offered.key.subject, &offered.key.unit);
    let same = |measure| {
        of.summary.of(measure).find(|row| row.key.subject == *subject && row.key.unit == *unit && row.key.is_whole())
    };
    let carried = same(Measure::Carried);
    let mean = |measure| same(measure).and_then(|row| row.mean);
    vec![
        of.name.as_str().into(),
        if subject.is_corridor() { "all counted".into() } else { subject.id().replace('-', " ").into() },
        subject.as_str().into(),
        unit.to_string().into(),
        offered.mean.into(),
        offered.half_width.into(),
        carried.and_then(|row| row.mean).into(),
        carried.and_then(|row| row.half_width).into(),
        mean(Measure::Refused).into(),
        mean(Measure::LostToOutside).into(),
    ]
}
