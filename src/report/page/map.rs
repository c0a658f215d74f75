//! The map and the choice of what it shows.

use maud::{Markup, html};

use super::charts;
use super::contents::Page;
use super::part::Part;
use super::replay;
use crate::report::comparison::label;
use crate::report::map::{Layer, Map};

pub(super) fn part(page: &Page<'_>) -> Part {
    let phrases = page.phrases();
    let body = body(page).map(|map| html! { (map) (replay::below_map(page)) (charts::below_map(page)) });
    Part { id: "map", heading: phrases.map.map.to_owned(), body: body.unwrap_or_default() }
}

fn body(page: &Page<'_>) -> Option<Markup> {
    let traffic = (page.phrases().traffic.to_owned(), Layer::of_run(page.summary));
    with_layers(page, &std::iter::once(traffic).chain(differences(page)).collect::<Vec<_>>())
}

/// The map of a page whose options are new: what they change is seen first, of the last one.
pub(super) fn live(page: &Page<'_>) -> Option<Markup> {
    let traffic = (page.phrases().traffic.to_owned(), Layer::of_run(page.summary));
    let mut layers: Vec<_> = differences(page).collect();
    layers.reverse();
    layers.push(traffic);
    with_layers(page, &layers)
}

/// What each what-if changes.
fn differences<'a>(page: &'a Page<'_>) -> impl Iterator<Item = (String, Layer)> + use<'a> {
    let what_ifs = page.comparison.map_or(&[][..], |comparison| &comparison.what_ifs);
    what_ifs.iter().map(|what_if| (label(what_if), Layer::of_what_if(&page.summary.network, what_if)))
}

fn with_layers(page: &Page<'_>, layers: &[(String, Layer)]) -> Option<Markup> {
    let (phrases, network) = (page.phrases(), &page.summary.network);
    let ids: Vec<String> = (0..layers.len()).map(|at| format!("layer-{at}")).collect();
    let named: Vec<(&str, &Layer)> = ids.iter().map(String::as_str).zip(layers.iter().map(|layer| &layer.1)).collect();
    let drawing = Map::in_page(network, &named, &phrases.map)?;
    Some(html! {
        div class="controls script" {
            @if layers.len() > 1 {
                fieldset class="choice" data-shows="layer" {
                    legend { (phrases.shown) }
                    @for (at, (name, _)) in layers.iter().enumerate() {
                        label { input type="radio" name="layer" value=(ids[at]) checked[at == 0]; " " (name) }
                    }
                }
            }
            fieldset class="choice" data-shows="shade" {
                legend { (phrases.coloured_by) }
                label { input type="radio" name="shade" value="use" checked; " " (phrases.map.map_used) }
                label { input type="radio" name="shade" value="wait"; " " (phrases.map.map_wait) }
            }
            div class="zoom" role="group" aria-label=(phrases.zoom) {}
        }
        figure class="map" { (drawing) figcaption { (phrases.map_caption) } }
    })
}
