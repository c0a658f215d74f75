//! How far the figures can be trusted: what is given, fitted and tested, what stays unexplained, which inputs matter.

use maud::{Markup, html};

use super::contents::Page;
use super::part::Part;
use super::table::{Cell, Table};
use crate::comparison::WhatIf;
use crate::report::validation::written;
use crate::results::SummaryRow;
use crate::validation::{Class, ValidatedFigure};
use crate::words::{Measure, name};

pub(super) fn part(page: &Page<'_>) -> Part {
    let body = html! { (tested(page)) (unexplained(page)) (inputs(page)) };
    Part { id: "trust", heading: page.phrases().trust.to_owned(), body }
}

fn tested(page: &Page<'_>) -> Markup {
    let phrases = page.phrases();
    let Some(validation) = page.validation else { return html! { p { (phrases.not_validated) } } };
    let line = |figure: &ValidatedFigure| {
        let class = match figure.class {
            Class::Input => phrases.class_input,
            Class::Tuned => phrases.class_tuned,
            Class::Tested => phrases.class_tested,
        };
        let band = figure
            .low
            .zip(figure.high)
            .map(|(low, high)| phrases.number(&format!("{}–{}", written(low), written(high))));
        let is_in_band = figure.in_band.map_or("–", |is| if is { phrases.yes } else { phrases.no });
        let period = if figure.period.is_horizon() { String::new() } else { figure.period.to_string() };
        let of = page.summary.network.subject_name(&figure.subject);
        vec![
            Cell::text(format!("{} {of} {period}", name(figure.measure, page.language)).trim().to_owned()),
            Cell::text(&*figure.unit),
            Cell::text(class),
            Cell::sorted(phrases.number(&written(figure.observed)), figure.observed),
            Cell::text(band.unwrap_or_else(|| "–".to_owned())),
            Cell::number(figure.simulated, figure.half_width, phrases),
            Cell::text(is_in_band),
            Cell::text(&*figure.source),
        ]
    };
    let head = [phrases.figure, phrases.unit, phrases.class, phrases.observed, phrases.band, phrases.simulated_value];
    Table {
        caption: phrases.observed_and_simulated,
        head: head.into_iter().chain([phrases.in_band, phrases.source]).collect(),
        rows: validation.figures.iter().map(line).collect(),
    }
    .markup()
}

/// The share of each section's time that is a calibrated delay without a mechanism.
fn unexplained(page: &Page<'_>) -> Markup {
    let (phrases, network) = (page.phrases(), &page.summary.network);
    let sections: Vec<&SummaryRow> = page.summary.of(Measure::UnexplainedShare).collect();
    let is_section = |row: &&&SummaryRow| network.sections.iter().any(|section| section.id == row.key.subject.id());
    let most = sections.iter().filter(is_section).filter_map(|row| Some((row.mean?, row)));
    let Some((share, row)) = most.max_by(|one, other| one.0.total_cmp(&other.0)) else { return html! {} };
    let percent = phrases
        .number(&crate::report::rounding::round_to(100.0 * share, row.half_width.map(|half| 100.0 * half)).to_string());
    html! { p { ((phrases.unexplained_told)(&percent, &network.section_name(&row.key.subject))) } }
}

/// The inputs that make most of the spread of what a what-if changes.
fn inputs(page: &Page<'_>) -> Markup {
    let phrases = page.phrases();
    let what_ifs = page.comparison.map_or(&[][..], |comparison| &comparison.what_ifs);
    let lines = |what_if: &WhatIf| {
        let of = |spread: &crate::comparison::Spread| {
            let subject = page.summary.network.subject_name(&spread.subject);
            let line = |input: &crate::comparison::InputShare| {
                let share = Cell::share(input.share, phrases);
                vec![Cell::text(&*input.input), Cell::text(&*what_if.name), Cell::text(&*subject), share]
            };
            spread.inputs.iter().filter(|input| input.is_significant).map(line).collect::<Vec<_>>()
        };
        what_if.spreads.iter().flat_map(of).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<Cell>> = what_ifs.iter().flat_map(lines).collect();
    if rows.is_empty() {
        let is_drawn = page.summary.manifest.run.years_per_draw.is_some();
        return html! { p { (if is_drawn { phrases.inputs_drawn } else { phrases.inputs_fixed }) } };
    }
    Table {
        caption: phrases.inputs_of_spread,
        head: vec![phrases.input, phrases.what_if, phrases.of_what, phrases.share],
        rows,
    }
    .markup()
}
