//! The charts.

use maud::{PreEscaped, html};

use super::contents::Page;
use super::part::Part;

pub(super) fn part(page: &Page<'_>) -> Part {
    let phrases = page.phrases();
    let body = html! {
        @for chart in page.charts {
            figure class="chart" {
                div role="img" aria-label={ (phrases.chart) ": " (chart.name.replace('-', " ")) } { (PreEscaped(&chart.svg)) }
            }
        }
    };
    Part { id: "charts", heading: phrases.charts.to_owned(), body }
}
