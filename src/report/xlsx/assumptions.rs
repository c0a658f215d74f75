//! Sheet `Assumptions`: the figures that a scenario stands on, weakest first.

use super::book::{Book, Look, Table, Value, XlsxError, column};
use super::exported::{Assumption, ExportedScenario};

pub(super) fn write(book: &mut Book, scenarios: &[ExportedScenario]) -> Result<(), XlsxError> {
    let columns = vec![
        column("Scenario", 22.0, Look::Text),
        column("Parameter", 52.0, Look::Text),
        column("Value", 14.0, Look::Plain),
        column("Unit", 14.0, Look::Text),
        column("Range", 24.0, Look::Text),
        column("Grade", 8.0, Look::Text),
        column("Source", 40.0, Look::Text),
        column("Note", 60.0, Look::Text),
        column("Meaning", 60.0, Look::Text),
    ];
    let lines = |of: &'_ ExportedScenario| of.assumptions.len();
    let mut rows = Vec::with_capacity(scenarios.iter().map(lines).sum());
    for of in scenarios {
        rows.extend(of.assumptions.iter().map(|one| line(of, one)));
    }
    let note = "What the scenario was given, weakest first. Grades: A official, B press, C inference; none: nobody says where it is from.";
    book.table(&Table { sheet: "Assumptions", title: "Assumptions", note, columns, rows })?;
    Ok(())
}

fn line<'a>(of: &'a ExportedScenario, one: &'a Assumption) -> Vec<Value<'a>> {
    vec![
        of.name.as_str().into(),
        one.path.as_str().into(),
        one.number.into(),
        one.unit.as_str().into(),
        one.range.as_str().into(),
        one.grade.as_str().into(),
        one.source.as_str().into(),
        one.note.as_str().into(),
        one.meaning.as_str().into(),
    ]
}
