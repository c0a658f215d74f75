//! Time by section, traffic, and all differences that are worth naming.

use maud::{Markup, html};

use super::answer::signed_text;
use super::contents::Page;
use super::part::Part;
use super::table::{Cell, Table};
use crate::comparison::{Difference, WhatIf};
use crate::results::SummaryRow;
use crate::words::{FixedUnit, Measure, SubjectKind, name};

/// Flows that are shown where there are no sections.
const FLOWS: usize = 20;
/// Differences of a what-if that are shown.
const DIFFERENCES: usize = 40;

pub(super) fn part(page: &Page<'_>) -> Part {
    let body = html! { (differences(page)) (times(page)) (traffic(page)) };
    Part { id: "figures", heading: page.phrases().sections_heading.to_owned(), body }
}

fn times(page: &Page<'_>) -> Markup {
    let (phrases, summary) = (page.phrases(), page.summary);
    let mut rows: Vec<&SummaryRow> = summary.of(Measure::SectionTime).collect();
    if rows.is_empty() {
        let is_flow = |row: &&SummaryRow| row.key.subject.is(SubjectKind::Flow) && row.count > Some(0);
        rows = summary.of(Measure::TransitTime).filter(is_flow).take(FLOWS).collect();
    }
    let line = |row: &&SummaryRow| {
        let share = |measure| {
            let row = summary.row(measure, &row.key.subject);
            Cell::percent(row.and_then(|row| row.mean), row.and_then(|row| row.half_width), phrases)
        };
        vec![
            Cell::text(summary.network.subject_name(&row.key.subject)),
            Cell::number(row.mean, row.half_width, phrases),
            Cell::number(row.p50, row.p50_half_width, phrases),
            Cell::number(row.p90, row.p90_half_width, phrases),
            Cell::number(row.p95, row.p95_half_width, phrases),
            share(Measure::OnTimeShare),
            share(Measure::UnexplainedShare),
        ]
    };
    let rows = rows.iter().map(line).collect();
    let head = vec![phrases.section, phrases.mean, "P50", "P90", "P95", phrases.figure_on_time, phrases.unexplained];
    Table { caption: phrases.time_by_section, head, rows }.markup()
}

fn traffic(page: &Page<'_>) -> Markup {
    let (phrases, summary) = (page.phrases(), page.summary);
    let is_shown = |row: &&SummaryRow| {
        let subject = &row.key.subject;
        (subject.is_corridor() || subject.is(SubjectKind::Cargo)) && row.key.unit == FixedUnit::TonnesPerYear
    };
    let thousand = |row: Option<&SummaryRow>| {
        let value = row.and_then(|row| row.mean).map(|value| value / 1e3);
        Cell::number(value, row.and_then(|row| row.half_width).map(|half| half / 1e3), phrases)
    };
    let line = |row: &SummaryRow| {
        let subject = &row.key.subject;
        let of = |measure| summary.of(measure).filter(is_shown).find(|other| other.key.subject == *subject);
        let word = if subject.is_corridor() { name(SubjectKind::Corridor, page.language) } else { subject.id() };
        vec![Cell::text(word), thousand(of(Measure::Offered)), thousand(Some(row)), thousand(of(Measure::Refused))]
    };
    Table {
        caption: phrases.traffic_table,
        head: vec![phrases.cargo, phrases.offered, phrases.carried, phrases.refused],
        rows: summary.of(Measure::Carried).filter(is_shown).map(line).collect(),
    }
    .markup()
}

fn differences(page: &Page<'_>) -> Markup {
    let what_ifs = page.comparison.map_or(&[][..], |comparison| &comparison.what_ifs);
    html! { @for what_if in what_ifs { (of_what_if(page, what_if)) } }
}

/// Times of sections and the corridor's traffic and money.
fn of_what_if(page: &Page<'_>, what_if: &WhatIf) -> Markup {
    let phrases = page.phrases();
    let run = &what_if.manifest.run;
    let is_told = |row: &&Difference| {
        let is_time = row.measure == Measure::SectionTime;
        let is_total = row.subject.is_corridor() && row.is_worth_naming(run);
        row.period.is_horizon() && !row.is_by_size() && (is_time || is_total)
    };
    let line = |row: &Difference| {
        let subject = &row.subject;
        let of = if subject.is_corridor() { String::new() } else { page.summary.network.subject_name(subject) };
        vec![
            Cell::text(format!("{} {of}", name(row.measure, page.language)).trim().to_owned()),
            Cell::text(name(row.statistic, page.language)),
            Cell::text(row.unit.to_string()),
            Cell::value(row.base, row.half_width, phrases),
            Cell::sorted(signed_text(row.difference, row.half_width, phrases), row.difference),
            Cell::text(if row.is_significant(run.level) { phrases.yes } else { phrases.no }),
        ]
    };
    Table {
        caption: &format!("{}: {}", what_if.name, phrases.differences),
        head: vec![
            phrases.figure,
            phrases.statistic,
            phrases.unit,
            phrases.base,
            phrases.difference,
            phrases.significant,
        ],
        rows: what_if.differences.iter().filter(is_told).take(DIFFERENCES).map(line).collect(),
    }
    .markup()
}
