//! Bottlenecks: where is waited, and what is used to its limit.

use maud::{Markup, html};

use super::contents::Page;
use super::part::Part;
use super::table::{Cell, Table};
use crate::report::table::{Wait, most_waited};
use crate::results::SummaryRow;
use crate::words::{Measure, Subject};

const PLACES: usize = 15;

pub(super) fn part(page: &Page<'_>) -> Part {
    let body = html! { (waited(page)) (used(page)) };
    Part { id: "bottlenecks", heading: page.phrases().bottlenecks.to_owned(), body }
}

fn utilisation(page: &Page<'_>, subject: &Subject) -> Cell {
    let row = page.summary.row(Measure::Utilisation, subject);
    Cell::percent(row.and_then(|row| row.mean), row.and_then(|row| row.half_width), page.phrases())
}

fn waited(page: &Page<'_>) -> Markup {
    let (phrases, network) = (page.phrases(), &page.summary.network);
    let line = |row: &SummaryRow| {
        let subject = &row.key.subject;
        let wait = Wait::at(page.summary, subject);
        let text = wait.map_or_else(|| "–".to_owned(), |wait| phrases.number(&wait.to_string()));
        vec![
            Cell::text(network.place_name(subject)),
            Cell::number(row.mean, row.half_width, phrases),
            Cell::sorted(text, wait.and_then(|wait| wait.row.mean).unwrap_or(0.0)),
            utilisation(page, subject),
        ]
    };
    Table {
        caption: phrases.worst_places,
        head: vec![phrases.place, phrases.hours_waited, phrases.mean_wait, phrases.used_share],
        rows: most_waited(page.summary).into_iter().take(PLACES).map(line).collect(),
    }
    .markup()
}

fn used(page: &Page<'_>) -> Markup {
    let (phrases, network) = (page.phrases(), &page.summary.network);
    let mut rows: Vec<&SummaryRow> = page.summary.of(Measure::Utilisation).filter(|row| row.mean.is_some()).collect();
    rows.sort_by(|one, other| other.mean.unwrap_or(0.0).total_cmp(&one.mean.unwrap_or(0.0)));
    let line = |row: &&SummaryRow| {
        let subject = &row.key.subject;
        let share = |measure| {
            let row = page.summary.row(measure, subject);
            Cell::percent(row.and_then(|row| row.mean), row.and_then(|row| row.half_width), phrases)
        };
        vec![
            Cell::text(network.place_name(subject)),
            utilisation(page, subject),
            share(Measure::Closed),
            share(Measure::Down),
        ]
    };
    Table {
        caption: phrases.most_used,
        head: vec![phrases.place, phrases.used_share, phrases.closed, phrases.down],
        rows: rows.iter().take(PLACES).map(line).collect(),
    }
    .markup()
}
