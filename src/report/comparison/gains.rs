//! Who gains: as a table for people and as CSV.

use std::io::{self, Write};

use crate::comparison::{Change, Comparison, Gain, WhatIf};
use crate::report::rounding::{base_of, signed};
use crate::report::screen::Screen;
use crate::report::sheet::{Column, Sheet, column, sheet};
use crate::words::{FixedUnit, Measure, SubjectKind};

/// Countries, operators and outside routes that are shown of each kind; all stand in the files.
const MOST: usize = 12;

/// Writes who gains in a what-if: countries, operators, and routes outside the corridor.
pub(super) fn write_gains(what_if: &WhatIf, out: &mut Screen<'_>) -> io::Result<()> {
    let gains = what_if.gains();
    if gains.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\nWho gains in {}: revenue, work and emissions of counted traffic, base and what-if less base (± half-width)",
        what_if.name
    )?;
    let kinds = [
        (SubjectKind::Country, "country"),
        (SubjectKind::Operator, "operator"),
        (SubjectKind::Outside, "outside the corridor"),
    ];
    kinds.into_iter().try_for_each(|(kind, name)| {
        let shown: Vec<&Gain> = gains.iter().filter(|gain| gain.who.is(kind)).take(MOST).collect();
        those(name, &shown, out)
    })
}

fn those(name: &str, shown: &[&Gain], out: &mut Screen<'_>) -> io::Result<()> {
    let head = [name, "million USD/yr", "change", "million tkm/yr", "change", "kt CO2e/yr", "change"];
    let line = |gain: &&Gain| {
        let [usd, usd_more] = cells(gain.revenue, 1e6);
        let [work, work_more] = cells(gain.tonne_km, 1e6);
        let [emissions, emissions_more] = cells(gain.emissions, 1e3);
        [gain.who.id().to_owned(), usd, usd_more, work, work_more, emissions, emissions_more]
    };
    out.table(&std::iter::once(head.map(str::to_owned)).chain(shown.iter().map(line)).collect::<Vec<_>>())
}

/// The base's value and the change, in a multiple of the unit.
fn cells(change: Option<Change>, scale: f64) -> [String; 2] {
    let Some(Change { base, difference, half_width, .. }) = change else { return ["–".to_owned(), "–".to_owned()] };
    let half_width = half_width.map(|half_width| half_width / scale);
    let more = if difference == 0.0 { "0".to_owned() } else { signed(difference / scale, half_width).to_string() };
    [base_of(base / scale, half_width), more]
}

/// A figure of who gains: whose, of what, and how it changes.
type Figure = (Gain, Measure, FixedUnit, Change);

/// Who gains, one row a figure.
pub(super) fn figures(comparison: &Comparison) -> Box<dyn Sheet> {
    let figures = comparison.what_ifs.iter().flat_map(WhatIf::gains).flat_map(|gain| {
        let all = [
            (Measure::Revenue, FixedUnit::UsdPerYear, gain.revenue),
            (Measure::TonneKm, FixedUnit::TonneKmPerYear, gain.tonne_km),
            (Measure::Emissions, FixedUnit::TonnesPerYear, gain.emissions),
        ];
        all.into_iter().filter_map(move |(measure, unit, change)| Some((gain.clone(), measure, unit, change?)))
    });
    sheet("gains.csv", of_figures(), figures)
}

fn of_figures() -> Vec<Column<Figure>> {
    vec![
        column("what_if", "", "The what-if.", |row: &Figure| row.0.what_if.as_str().into()),
        column("who", "", "A country, an operator or a route outside the corridor.", |row: &Figure| {
            row.0.who.as_str().into()
        }),
        column("measure", "", "What is measured.", |row: &Figure| row.1.word().into()),
        column("unit", "", "The unit of the figures.", |row: &Figure| row.2.word().into()),
        column("base", "", "The base.", |row: &Figure| row.3.base.into()),
        column("what_if_value", "", "The what-if.", |row: &Figure| row.3.what_if.into()),
        column("difference", "", "What-if less base, pair by pair.", |row: &Figure| row.3.difference.into()),
        column("half_width", "", "Half the width of the interval of the difference.", |row: &Figure| {
            row.3.half_width.into()
        }),
    ]
}
