//! Where the days go: by cause and by place, and what a what-if changes there.

use maud::{Markup, html};

use super::answer::signed_text;
use super::contents::Page;
use super::part::Part;
use super::table::{Cell, Table};
use crate::comparison::WhatIf;
use crate::report::comparison::lead;
use crate::results::{NetworkSection, SummaryRow};
use crate::words::{CauseGroup, Measure, name};

/// Places that are shown.
const PLACES: usize = 15;
/// Days below which a place is not worth a line.
const LEAST: f64 = 0.005;

pub(super) fn part(page: &Page<'_>) -> Part {
    let body = html! { (by_cause(page)) (by_place(page)) (changes(page)) };
    Part { id: "days", heading: page.phrases().days_heading.to_owned(), body }
}

/// The rows of time of the section that answers begin with, by place and cause.
fn rows<'a>(page: &Page<'a>) -> Vec<&'a SummaryRow> {
    let Some(section) = page.summary.network.main_section().map(NetworkSection::subject) else { return Vec::new() };
    page.summary.of(Measure::Time).filter(|row| row.key.subject == section).collect()
}

fn by_cause(page: &Page<'_>) -> Markup {
    let Some(section) = page.summary.network.main_section() else { return html! {} };
    let section = section.subject();
    let days = page.summary.days_by_group(&section);
    let total: f64 = days.iter().sum();
    let phrases = page.phrases();
    let line = |(group, days): (CauseGroup, f64)| {
        let cells = vec![
            Cell::text(name(group, page.language)),
            Cell::value(days, None, phrases),
            Cell::share(days / total, phrases),
        ];
        (days > 0.0).then_some(cells)
    };
    let table = Table {
        caption: &format!("{} {}", phrases.days_by_cause, page.summary.network.section_name(&section)),
        head: vec![phrases.cause, phrases.days, phrases.share],
        rows: CauseGroup::ALL.into_iter().zip(days).filter_map(line).collect(),
    };
    html! { p { (phrases.days_add_up) } (table.markup()) }
}

fn by_place(page: &Page<'_>) -> Markup {
    let (phrases, mut rows) = (page.phrases(), rows(page));
    rows.sort_by(|one, other| other.mean.unwrap_or(0.0).total_cmp(&one.mean.unwrap_or(0.0)));
    let most = rows.first().and_then(|row| row.mean).unwrap_or(1.0);
    let shown = rows.into_iter().filter(|row| row.mean > Some(LEAST)).take(PLACES);
    let line = |row: &SummaryRow| {
        let place = row.key.place.as_ref().map_or_else(String::new, |place| page.summary.network.place_name(place));
        vec![
            Cell::text(place),
            Cell::text(row.key.cause.map_or("", |cause| name(cause, page.language))),
            Cell::number(row.mean, row.half_width, phrases).with_bar(row.mean.unwrap_or(0.0) / most),
        ]
    };
    Table {
        caption: phrases.days_by_place,
        head: vec![phrases.place, phrases.cause, phrases.days],
        rows: shown.map(line).collect(),
    }
    .markup()
}

fn changes(page: &Page<'_>) -> Markup {
    let what_ifs = page.comparison.map_or(&[][..], |comparison| &comparison.what_ifs);
    html! { @for what_if in what_ifs { (change(page, what_if)) } }
}

/// Where the time changes that a what-if changes most.
fn change(page: &Page<'_>, what_if: &WhatIf) -> Markup {
    let (phrases, network) = (page.phrases(), &page.summary.network);
    let Some(explanation) = lead(what_if) else { return html! {} };
    let told = explanation.parts.iter().filter(|part| part.is_significant() && part.difference.abs() > LEAST);
    let rows = told.take(PLACES).map(|part| {
        vec![
            Cell::text(network.place_name(&part.place)),
            Cell::text(name(part.cause, page.language)),
            Cell::value(part.base, None, phrases),
            Cell::sorted(signed_text(part.difference, part.half_width, phrases), part.difference),
        ]
    });
    let section = network.section_name(&explanation.subject);
    Table {
        caption: &format!("{}: {} – {section}", what_if.name, phrases.days_changed),
        head: vec![phrases.place, phrases.cause, phrases.days_in_base, phrases.change_days],
        rows: rows.collect(),
    }
    .markup()
}
