//! Who switched to another route under way, for people.

use std::io::{self, Write};

use super::cells::{mean, percent, unknown};
use super::screen::Screen;
use crate::results::{Summary, SummaryRow};
use crate::words::{FixedUnit, Measure, Subject, SubjectKind};

/// How many switches are shown, those made most often.
const MOST: usize = 8;

/// Writes the switches that were made, and the days and money of those who made them; nothing where nobody may switch.
pub(super) fn write_switches(summary: &Summary, out: &mut Screen<'_>) -> io::Result<()> {
    let all: Vec<&SummaryRow> = summary.of(Measure::Switches).collect();
    if all.is_empty() {
        return Ok(());
    }
    let mut made: Vec<&SummaryRow> = all.into_iter().filter(|row| row.mean > Some(0.0)).collect();
    if made.is_empty() {
        return writeln!(out, "\nNobody switched to another route under way.");
    }
    made.sort_by(|one, other| other.mean.unwrap_or(0.0).total_cmp(&one.mean.unwrap_or(0.0)));
    let left_out = made.len().saturating_sub(MOST);
    let head = ["Switches under way (flow, from, to)", "at", "shipments a year", "t a year"].map(str::to_owned);
    let lines = made.iter().take(MOST).map(|row| switch_line(summary, row));
    out.table(&std::iter::once(head).chain(lines).collect::<Vec<_>>())?;
    if left_out > 0 {
        writeln!(out, "and {left_out} more in measures.csv")?;
    }
    flows(summary, out)
}

fn switch_line(summary: &Summary, row: &SummaryRow) -> [String; 4] {
    let tonnes = summary.of(Measure::Switched).find(|other| other.key.subject == row.key.subject);
    let name = row.key.subject.id().replace('.', ", ");
    [
        name,
        row.key.place.as_ref().map_or_else(unknown, |place| summary.network.place_name(place)),
        mean(row),
        tonnes.map_or_else(unknown, mean),
    ]
}

fn flows(summary: &Summary, out: &mut Screen<'_>) -> io::Result<()> {
    let head = ["Of those who switched", "share of the flow", "days", "days of all", "USD/t", "USD/t of all"];
    let switched = |row: &&SummaryRow| row.key.subject.is(SubjectKind::Flow) && row.mean > Some(0.0);
    let lines = summary.of(Measure::Switched).filter(switched).map(|row| {
        let subject = &row.key.subject;
        let shown = |measure| of_flow(summary, measure, subject).map_or_else(unknown, mean);
        [
            subject.id().to_owned(),
            percent(of_flow(summary, Measure::SwitchedShare, subject)),
            shown(Measure::TransitTimeSwitched),
            shown(Measure::TransitTime),
            shown(Measure::FreightChargeSwitched),
            shown(Measure::FreightCharge),
        ]
    });
    out.table(&std::iter::once(head.map(str::to_owned)).chain(lines).collect::<Vec<_>>())
}

/// A share, days, or dollars a tonne of a flow over the horizon.
fn of_flow<'s>(summary: &'s Summary, measure: Measure, subject: &Subject) -> Option<&'s SummaryRow> {
    let is_of = |row: &&SummaryRow| row.key.measure == measure && row.key.subject == *subject;
    let mut rows = summary.rows.iter().filter(is_of).filter(|row| row.key.period.is_horizon());
    let told = [FixedUnit::One, FixedUnit::Days, FixedUnit::UsdPerTonne];
    rows.find(|row| told.iter().any(|unit| row.key.unit == *unit))
}
