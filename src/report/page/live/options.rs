//! What options change of the figures that lead, to be seen at a glance.

use maud::{Markup, html};

use super::causes::arrow;
use crate::comparison::{Comparison, Difference, WhatIf};
use crate::report::comparison::{Figure, figures, label};
use crate::report::page::contents::Page;
use crate::report::rounding::signed;
use crate::words::{Measure, Period, Statistic};

/// A row an option, a column a figure. An arrow stands where the interval leaves out zero and the difference is worth naming.
pub(super) fn table(page: &Page<'_>, comparison: &Comparison) -> Markup {
    let shown = figures(comparison, &Period::Horizon);
    if shown.is_empty() {
        return html! {};
    }
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(page.phrases().live.changes) {
            table class="options" {
                caption { (page.phrases().live.changes) }
                thead { tr {
                    th scope="col" { (page.phrases().live.option) }
                    @for figure in &shown { th scope="col" class="number" { (heading(page, figure)) } }
                } }
                tbody { @for what_if in &comparison.what_ifs { tr {
                    th scope="row" { (label(what_if)) }
                    @for figure in &shown { (cell(page, what_if, figure)) }
                } } }
            }
        }
    }
}

fn heading(page: &Page<'_>, figure: &Figure) -> &'static str {
    let phrases = &page.phrases().live;
    match (figure.measure, figure.statistic) {
        (Measure::Throughput, _) => phrases.tonnes,
        (Measure::ThroughputTeu, _) => phrases.teu,
        (_, Statistic::P95) => phrases.slowest,
        _ => phrases.median,
    }
}

fn cell(page: &Page<'_>, what_if: &WhatIf, figure: &Figure) -> Markup {
    let Some(row) = figure.of(what_if, &Period::Horizon) else { return html! { td class="number" { "–" } } };
    let text = signed(row.difference / figure.scale, figure.half_width(row)).to_string();
    let is_seen = row.is_worth_naming(&what_if.manifest.run);
    html! {
        td class={ "number " (class(row, is_seen)) } data-difference=(row.difference) data-half-width=[row.half_width] {
            @if is_seen { (arrow(row.difference)) }
            (page.phrases().number(&text))
        }
    }
}

/// Whether a difference is one for the better or the worse, as far as it is seen.
fn class(row: &Difference, is_seen: bool) -> &'static str {
    match (is_seen, row.measure.gain(row.difference) > 0.0) {
        (false, _) => "unseen",
        (true, true) => "better",
        (true, false) => "worse",
    }
}
