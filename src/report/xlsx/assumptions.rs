//! Sheet `Assumptions`: the figures that a scenario stands on, weakest first.

use super::book::{Book, Look, Table, Value, XlsxError, column};
use super::exported::ExportedScenario;
use crate::scenario::types::Grade;
use crate::scenario::{Literal, Parameter};

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
    let note = "What the scenario was given, weakest first. Grades: A official, B press, C inference; none, which is first: nobody says where it is from.";
    book.table(&Table { sheet: "Assumptions", title: "Assumptions", note, columns, rows })?;
    Ok(())
}

fn line<'a>(of: &'a ExportedScenario, one: &'a Parameter) -> Vec<Value<'a>> {
    let (number, unit) = match one.literal() {
        Literal::Number { number, unit } => (Some(number), unit),
        Literal::Text(text) | Literal::Toml(text) => (None, text),
    };
    vec![
        of.name.as_str().into(),
        one.path.as_str().into(),
        number.into(),
        unit.into(),
        one.range.as_deref().into(),
        one.grade.map(Grade::word).into(),
        one.source.as_deref().into(),
        one.note.as_deref().into(),
        one.doc.into(),
    ]
}
