//! The charts.

use maud::{Markup, PreEscaped, html};

use super::contents::{DrawnChart, Page};
use super::part::Part;
use crate::report::TIME_DISTANCE;

/// The charts that have no place elsewhere.
pub(super) fn part(page: &Page<'_>) -> Part {
    let others = page.charts.iter().filter(|chart| !(is_of_map(chart) && is_mapped(page)));
    let body = html! { @for chart in others { (figure(page, chart)) } };
    Part { id: "charts", heading: page.phrases().charts.to_owned(), body }
}

/// The charts that stand below the map.
pub(super) fn below_map(page: &Page<'_>) -> Markup {
    html! { @for chart in page.charts.iter().filter(|chart| is_of_map(chart)) { (figure(page, chart)) } }
}

/// Days against kilometres are seen beside the map.
fn is_of_map(chart: &DrawnChart) -> bool {
    chart.name == TIME_DISTANCE
}

/// Whether the page has a map with charts below it.
fn is_mapped(page: &Page<'_>) -> bool {
    page.live.is_none() && page.summary.network.nodes.iter().any(|node| node.position.is_some())
}

fn figure(page: &Page<'_>, chart: &DrawnChart) -> Markup {
    html! {
        figure class="chart" {
            div role="group" aria-label={ (page.phrases().chart) ": " (chart.name.replace('-', " ")) } { (PreEscaped(&chart.svg)) }
        }
    }
}
