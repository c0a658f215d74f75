//! What the widths, colours and rings of a map mean.

use maud::{Markup, html};

use super::frame::HOURS_PER_YEAR;
use super::layer::Layer;
use super::palette::{IDLE, INK, LESS, LESS_DASHES, MORE, PALE_INK, PLAIN, PLAIN_DASHES, RING, SHADES, USED, WAITED};
use super::shown::Shown;
use super::view::{Rect, View};
use crate::report::phrases::MapPhrases;

/// Height of a line of the legend.
const LINE: f64 = 19.0;
const SIZE: f64 = 12.0;
/// Width of the samples.
const SAMPLE: f64 = 44.0;
/// Shares of what most is, of which samples are shown.
const OF_MOST: [f64; 3] = [1.0, 0.3, 0.05];

fn text(x: f64, y: f64, words: &str, colour: &str) -> Markup {
    html! { text x=(x) y=(y) font-size=(SIZE) fill=(colour) { (words) } }
}

fn heading(x: f64, y: f64, words: &str) -> Markup {
    html! { text x=(x) y=(y) font-size=(SIZE) font-weight="600" fill=(INK) { (words) } }
}

fn sample(x: f64, y: f64, colour: &str, width: f64, dashes: Option<&str>) -> Markup {
    html! {
        path d={ "M" (x) " " (y) "h" (SAMPLE) } stroke=(colour) stroke-width=(format!("{width:.1}"))
            stroke-dasharray=[dashes] fill="none" {}
    }
}

/// The legend of a layer in a place of the drawing.
pub(super) fn legend(shown: Shown<'_>, layer: &Layer, place: Rect) -> Markup {
    let middle = place.x + place.width * 0.5;
    html! {
        (widths(shown, layer, place.x, place.y))
        @if layer.is_difference { (directions(shown, layer, middle, place.y)) }
        @else { (shades(shown, middle, place.y)) }
        g class="rings" { (rings(shown, layer, place.x, place.y + 5.6 * LINE)) }
    }
}

fn widths(shown: Shown<'_>, layer: &Layer, x: f64, y: f64) -> Markup {
    let phrases = shown.phrases;
    let most = layer.figures.most_tonnes();
    let title = if layer.is_difference { phrases.map_tonnes_change } else { phrases.map_tonnes };
    let colour = if layer.is_difference { MORE } else { PLAIN };
    html! {
        (heading(x, y, title))
        @for (at, share) in OF_MOST.iter().enumerate() {
            @let (tonnes, row) = (rounded_down(most * share), y + LINE * (at as f64 + 1.0));
            (sample(x, row - 4.0, colour, layer.width(tonnes), None))
            (text(x + SAMPLE + 8.0, row, &phrases.number(&millions(tonnes)), INK))
        }
        (sample(x, y + LINE * 4.0 - 4.0, IDLE, layer.width(0.0), None))
        (text(x + SAMPLE + 8.0, y + LINE * 4.0, if layer.is_difference { phrases.map_no_change } else { phrases.map_idle }, INK))
    }
}

/// Millions of tonnes, as written for people.
fn millions(tonnes: f64) -> String {
    format!("{}", tonnes / 1e6)
}

/// A round number that is not above another: 1, 2 or 5 with noughts.
fn rounded_down(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(value)));
    [5.0, 2.0, 1.0].into_iter().map(|digit| digit * power).find(|round| *round <= value * (1.0 + 1e-9)).unwrap_or(power)
}

fn shades(shown: Shown<'_>, x: f64, y: f64) -> Markup {
    let phrases = shown.phrases;
    let steps = |steps: &[f64; 4], factor: f64, unit: &str| -> Vec<String> {
        let number = |at: usize| phrases.number(&format!("{}", steps[at] * factor));
        let below = format!("< {} {unit}", number(0));
        let between = (0..3).map(|at| format!("{}–{} {unit}", number(at), number(at + 1)));
        let above = format!("≥ {} {unit}", number(3));
        std::iter::once(below).chain(between).chain([above]).collect()
    };
    let list = |title: &str, words: &[String]| {
        html! {
            (heading(x, y, title))
            @for (at, words) in words.iter().enumerate() {
                @let row = y + LINE * (at as f64 + 1.0);
                (sample(x, row - 4.0, SHADES[at], 5.0, None))
                (text(x + SAMPLE + 8.0, row, words, INK))
            }
            @let row = y + LINE * (words.len() as f64 + 1.0);
            (sample(x, row - 4.0, PLAIN, 5.0, Some(PLAIN_DASHES)))
            (text(x + SAMPLE + 8.0, row, phrases.map_no_limit, INK))
        }
    };
    html! {
        g class="by-use" { (list(phrases.map_used, &steps(&USED, 100.0, "%"))) }
        g class="by-wait" display="none" { (list(phrases.map_wait, &steps(&WAITED, 1.0, phrases.hours))) }
    }
}

fn directions(shown: Shown<'_>, layer: &Layer, x: f64, y: f64) -> Markup {
    let phrases = shown.phrases;
    let width = layer.width(layer.figures.most_tonnes() * 0.5);
    html! {
        (heading(x, y, phrases.map_change))
        (sample(x, y + LINE - 4.0, MORE, width, None))
        (text(x + SAMPLE + 8.0, y + LINE, phrases.map_more, INK))
        (sample(x, y + 2.0 * LINE - 4.0, LESS, width, Some(LESS_DASHES)))
        (text(x + SAMPLE + 8.0, y + 2.0 * LINE, phrases.map_less, INK))
    }
}

fn rings(shown: Shown<'_>, layer: &Layer, x: f64, y: f64) -> Markup {
    let phrases = shown.phrases;
    let most = layer.figures.most_hours();
    if most <= 0.0 {
        return html! {};
    }
    let numbers = OF_MOST.map(|share| rounded_down(most * share / HOURS_PER_YEAR));
    let radius = |number: f64| layer.radius(number * HOURS_PER_YEAR);
    let title = if layer.is_difference { phrases.map_rings_change } else { phrases.map_rings };
    let colour = if layer.is_difference { MORE } else { RING };
    html! {
        (heading(x, y, title))
        @for (middle, number, words) in side_by_side(x, numbers.map(|number| (radius(number), number)), phrases) {
            circle cx=(format!("{middle:.1}")) cy=(format!("{:.1}", y + 28.0)) r=(format!("{:.1}", radius(number)))
                fill=(colour) fill-opacity="0.16" stroke=(colour) stroke-width="1.6" {}
            (text(middle + radius(number) + 6.0, y + 32.0, &words, INK))
        }
    }
}

/// Rings of these radii and numbers from left to right: their middles, numbers and words.
fn side_by_side(x: f64, rings: [(f64, f64); 3], phrases: &MapPhrases) -> Vec<(f64, f64, String)> {
    let mut left = x;
    let ring = |(radius, number): (f64, f64)| {
        let words = phrases.number(&format!("{number}"));
        let middle = left + radius;
        left = middle + radius + super::labels::width(&words, SIZE) + 24.0;
        (middle, number, words)
    };
    rings.into_iter().map(ring).collect()
}

/// A bar of a round number of kilometres in the lower left corner of a frame.
pub(super) fn scale_bar(shown: Shown<'_>, view: &View) -> Markup {
    let km = rounded_down(view.frame.width * 0.16 * view.km_per_unit());
    let width = km / view.km_per_unit();
    let (x, y) = (view.frame.x + 12.0, view.frame.y + view.frame.height - 12.0);
    html! {
        path d={ "M" (x) " " (y - 4.0) "v4h" (format!("{width:.1}")) "v-4" } fill="none" stroke=(PALE_INK) stroke-width="1.2" {}
        text x=(format!("{:.1}", x + width + 6.0)) y=(y) font-size="11" fill=(PALE_INK) {
            (shown.phrases.number(&format!("{km}"))) " " (shown.phrases.km)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_round_and_no_more_than_there_is() {
        for (value, round) in [(7.3e6, 5e6), (2.0e6, 2e6), (1.9e6, 1e6), (0.049, 0.02), (0.0, 0.0)] {
            assert!((rounded_down(value) - round).abs() < 1e-9 * round.max(1.0), "{value}");
        }
    }
}
