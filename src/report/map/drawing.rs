//! The whole drawing: frames, legend, title.

use maud::{Markup, html};

use super::frame::{self, ground};
use super::inset;
use super::layer::Layer;
use super::legend::{legend, scale_bar};
use super::palette::{BORDER, INK, PALE_INK};
use super::projection::{Place, Point};
use super::shown::Shown;
use super::view::{Rect, View};
use crate::report::phrases::{MapPhrases, phrases};
use crate::results::{Network, Summary};
use crate::words::Language;

const WIDTH: f64 = 1100.0;
/// Of a map that stands alone, with the shape of a slide.
const HEIGHT: f64 = WIDTH * 9.0 / 16.0;
/// Height of what stands below the map: legend and inset.
const BELOW: f64 = 206.0;
/// Height of title and line below it.
const HEAD: f64 = 54.0;
const GAP: f64 = 12.0;
/// Width of the inset, as a share of the whole.
const INSET: f64 = 0.46;

/// The map of a scenario as a picture of its own; `None` where no node has a place.
pub(in crate::report) fn of_run(summary: &Summary, language: Language) -> Option<String> {
    let phrases = &phrases(language).map;
    let title = format!("{}: {}", summary.manifest.scenario.title, phrases.map_title);
    let run = &summary.manifest.run;
    let below = format!("{} · n = {}", run.window.start, run.replications);
    Map::alone(&summary.network, &Layer::of_run(summary), phrases, [&title, &below])
}

/// A network with the places of its nodes.
#[derive(Clone, Copy)]
pub(in crate::report) struct Map<'a> {
    shown: Shown<'a>,
    main: View,
    inset: Option<View>,
    height: f64,
}

impl<'a> Map<'a> {
    /// The map of a network that shows all nodes with traffic in a layer, with room above it; `None` where no node has a place.
    fn of(network: &'a Network, layer: &Layer, phrases: &'static MapPhrases, head: f64) -> Option<Self> {
        let shown = Shown { network, phrases };
        let nodes = places(shown, layer);
        let frame = Rect { x: 0.5, y: head, width: WIDTH - 1.0, height: HEIGHT - HEAD - BELOW - GAP };
        let main = View::of(&nodes, frame)?;
        let below = frame.y + frame.height + GAP;
        let place = Rect { x: 0.5, y: below, width: WIDTH * INSET, height: BELOW - 1.0 };
        let inset = inset::crowded(&main, &nodes).and_then(|nodes| View::of(&nodes, place));
        Some(Self { shown, main, inset, height: below + BELOW })
    }

    /// Where the legend stands.
    fn legend_place(&self) -> Rect {
        let x = if self.inset.is_some() { WIDTH * INSET + 2.0 * GAP } else { GAP };
        let y = self.main.frame.y + self.main.frame.height + GAP + 18.0;
        Rect { x, y, width: (WIDTH - x).min(WIDTH * 0.55), height: BELOW }
    }

    /// The map as a picture of its own.
    fn alone(network: &'a Network, layer: &Layer, phrases: &'static MapPhrases, title: [&str; 2]) -> Option<String> {
        let map = Self::of(network, layer, phrases, HEAD)?;
        let [title, subtitle] = title;
        let head = html! {
            rect width=(WIDTH) height=(map.height) fill="#ffffff" {}
            text x="2" y="22" font-size="19" fill=(INK) { (title) }
            text x="2" y="43" font-size="13" fill=(PALE_INK) { (subtitle) }
        };
        let drawing = map.svg(&[("", layer)], &head, Some((1600, (1600.0 * map.height / WIDTH).round() as u32)));
        Some(drawing.into_string())
    }

    /// The map for a page, with layers of which the first is seen; `id` names a layer for whoever shows another.
    pub(in crate::report) fn in_page(
        network: &'a Network,
        layers: &[(&str, &Layer)],
        phrases: &'static MapPhrases,
    ) -> Option<Markup> {
        // What is carried says what is shown, whatever of it changes.
        let carried = layers.iter().find(|(_, layer)| !layer.is_difference).or(layers.first());
        let map = Self::of(network, carried?.1, phrases, 0.5)?;
        Some(map.svg(layers, &html! {}, None))
    }

    fn svg(&self, layers: &[(&str, &Layer)], head: &Markup, pixels: Option<(u32, u32)>) -> Markup {
        let height = format!("{:.0}", self.height);
        html! {
            svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDTH) " " (height) }
                width=[pixels.map(|size| size.0)] height=[pixels.map(|size| size.1)] font-family="sans-serif"
                role="group" aria-label=(self.shown.phrases.map) {
                (head)
                (self.frame(&self.main, layers, "main"))
                @if let Some(inset) = &self.inset {
                    (self.frame(inset, layers, "inset"))
                    (self.enlarged(inset))
                }
                @for (at, (id, layer)) in layers.iter().enumerate() {
                    g class="layer legend" data-layer=(id) display=[(at > 0).then_some("none")] {
                        (legend(self.shown, layer, self.legend_place()))
                    }
                }
                text x=(WIDTH - 4.0) y=(self.height - 4.0) text-anchor="end" font-size="10" fill=(PALE_INK) {
                    (self.shown.phrases.map_source)
                }
            }
        }
    }

    /// A frame with its ground and all layers; what goes beyond it is cut off.
    fn frame(&self, view: &View, layers: &[(&str, &Layer)], name: &str) -> Markup {
        let Rect { x, y, width, height } = view.frame;
        let numbers = [x, y, width, height].map(|number| format!("{number:.1}"));
        html! {
            svg class={ "frame " (name) } x=(numbers[0]) y=(numbers[1]) width=(numbers[2]) height=(numbers[3])
                viewBox=(numbers.join(" ")) {
                (ground(view))
                @for (at, (id, layer)) in layers.iter().enumerate() {
                    g class="layer" data-layer=(id) display=[(at > 0).then_some("none")] {
                        (frame::layer(self.shown, layer, view))
                    }
                }
                @if name == "main" && self.inset.is_some() { (self.marked()) }
                g class="scale" { (scale_bar(self.shown, view)) }
            }
            rect x=(numbers[0]) y=(numbers[1]) width=(numbers[2]) height=(numbers[3]) fill="none" stroke=(BORDER) {}
        }
    }

    /// What of the main map the inset shows.
    fn marked(&self) -> Markup {
        let Some(inset) = &self.inset else { return html! {} };
        let Rect { x, y, width, height } = inset.frame;
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
        let corners = corners.map(|(x, y)| self.main.at(inset.place(Point::new(x, y))));
        html! { path d={ (frame::lines(&[corners.to_vec()])) "Z" } fill="none" stroke=(PALE_INK) stroke-dasharray="3 3" {} }
    }

    /// By how much the inset is larger.
    fn enlarged(&self, inset: &View) -> Markup {
        let times = format!("{:.1}", self.main.km_per_unit() / inset.km_per_unit());
        let Rect { x, y, width, .. } = inset.frame;
        html! {
            text stroke="#ffffff" stroke-width="3" paint-order="stroke" x=(x + width - 6.0) y=(y + 15.0) text-anchor="end" font-size="11" fill=(PALE_INK) {
                (self.shown.phrases.map_enlarged) " × " (self.shown.phrases.number(&times))
            }
        }
    }
}

/// The places of all nodes with traffic, or of all where there is none.
fn places(shown: Shown<'_>, layer: &Layer) -> Vec<Place> {
    let weights = layer.weights(shown.network);
    let all = (0..weights.len()).filter_map(|node| Some((weights[node], shown.place(node)?)));
    let used: Vec<Place> = all.clone().filter(|(weight, _)| *weight > 0.0).map(|(_, place)| place).collect();
    if used.is_empty() { all.map(|(_, place)| place).collect() } else { used }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::synthetic;

    fn drawn(summary: &Summary, language: Language) -> Option<String> {
        let mut summary = summary.clone();
        "Title & <more>".clone_into(&mut summary.manifest.scenario.title);
        of_run(&summary, language)
    }

    #[test]
    fn a_map_shows_its_nodes_links_and_rings() {
        let summary = synthetic::results(4).summary();
        let map = drawn(&summary, Language::English).unwrap();
        assert!(map.starts_with("<svg") && map.contains("Title &amp; &lt;more&gt;: traffic"));
        for name in ["Altynkol", "Aktau", "Poti"] {
            assert!(map.contains(&format!(">{name}</text>")), "{name}");
        }
        assert!(map.matches("data-radius").count() > summary.network.nodes.len(), "nodes and rings");
        assert!(map.contains("million t a year") && map.len() < 150_000, "{}", map.len());
        assert!(drawn(&summary, Language::Russian).unwrap().contains("Natural Earth, упрощённо"));
    }

    #[test]
    fn without_places_there_is_no_map() {
        let mut summary = synthetic::results(1).summary();
        summary.network.nodes.iter_mut().for_each(|node| node.position = None);
        assert!(drawn(&summary, Language::English).is_none());
    }
}
