//! A frame of a map: land, links, rings and names of one part of the world.

use maud::{Markup, html};

use super::figures::{Known, OfLink};
use super::labels::{self, Wanted, placed};
use super::land::world;
use super::layer::{Layer, THINNEST, WIDEST_RING};
use super::line::path_of;
use super::palette::{
    BORDER, COAST, HALO, IDLE, INK, LAND, LESS, LESS_DASHES, MORE, PLAIN, PLAIN_DASHES, RING, USED, WAITED, WATER,
    shade,
};
use super::projection::{Place, Point};
use super::shown::Shown;
use super::view::{Rect, View};
use crate::report::rounding::{round_to, signed};
use crate::results::NetworkLink;

/// Rings below this share of the widest radius are left out.
const LEAST_RING: f64 = 0.08;
const DOT: f64 = 2.6;

/// Water, land and borders of a view.
pub(super) fn ground(view: &View) -> Markup {
    let window = view.window();
    let frame = view.frame;
    let land: Vec<Vec<Point>> =
        world().land.iter().map(|ring| points(view, &window.cut_ring(ring))).filter(|ring| ring.len() > 2).collect();
    let borders = world().borders.iter().flat_map(|line| window.cut_line(line));
    let borders: Vec<Vec<Point>> = borders.map(|line| points(view, &line)).collect();
    html! {
        rect x=(frame.x) y=(frame.y) width=(frame.width) height=(frame.height) fill=(WATER) {}
        path d=(rings(&land)) fill=(LAND) fill-rule="evenodd" stroke=(COAST) stroke-width="0.7" data-width="0.7" {}
        path d=(lines(&borders)) fill="none" stroke=(BORDER) stroke-width="0.9" data-width="0.9" {}
    }
}

fn points(view: &View, places: &[Place]) -> Vec<Point> {
    thinned(places.iter().map(|place| view.at(*place)).collect())
}

/// Points of a coast that are nearer to the last one than this, in units of the drawing, are left out.
const NEAR: f64 = 0.45;

/// A line without the points that nobody would see.
fn thinned(line: Vec<Point>) -> Vec<Point> {
    let last = line.len().saturating_sub(1);
    let mut kept: Vec<Point> = Vec::new();
    for (at, point) in line.into_iter().enumerate() {
        if at == last || kept.last().is_none_or(|before| before.distance(point) > NEAR) {
            kept.push(point);
        }
    }
    kept
}

/// A path of lines: the first point of each, then steps, all to a tenth of a unit.
pub(super) fn lines(lines: &[Vec<Point>]) -> String {
    let tenths = |value: f64| (value * 10.0).round() as i64;
    let mut path = String::new();
    for line in lines {
        let mut before = None;
        for (x, y) in line.iter().map(|point| (tenths(point.x), tenths(point.y))) {
            let (letter, from) = before.map_or(('M', (0, 0)), |before| ('l', before));
            path.push(letter);
            push_tenths(&mut path, x - from.0);
            path.push(' ');
            push_tenths(&mut path, y - from.1);
            before = Some((x, y));
        }
    }
    path
}

fn push_tenths(path: &mut String, tenths: i64) {
    let (sign, whole, part) = (if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10);
    path.push_str(sign);
    path.push_str(&whole.to_string());
    if part > 0 {
        path.push('.');
        path.push_str(&part.to_string());
    }
}

fn rings(rings: &[Vec<Point>]) -> String {
    let ring = |ring| [lines(std::slice::from_ref(ring)), "Z".to_owned()].concat();
    rings.iter().map(ring).collect::<Vec<_>>().concat()
}

/// Links, rings, nodes and names of a layer.
pub(super) fn layer(shown: Shown<'_>, layer: &Layer, view: &View) -> Markup {
    html! {
        g class="links" fill="none" stroke-linecap="round" stroke-linejoin="round" {
            @for at in from_light_to_heavy(layer) { (link(shown, layer, view, at)) }
        }
        g class="rings" { (circles(shown, layer, view)) }
        g class="names" { (names(shown, layer, view)) }
    }
}

/// Links with heavy ones on top.
fn from_light_to_heavy(layer: &Layer) -> Vec<usize> {
    let weight = |at: &usize| layer.figures.links[*at].tonnes.map_or(0.0, |tonnes| tonnes.value.abs());
    let mut order: Vec<usize> = (0..layer.figures.links.len()).collect();
    order.sort_by(|one, other| weight(one).total_cmp(&weight(other)));
    order
}

fn link(shown: Shown<'_>, layer: &Layer, view: &View, at: usize) -> Markup {
    let link = &shown.network.links[at];
    let Some(path) = path_of(shown, at, view) else { return html! {} };
    let figures = layer.figures.links[at];
    let stroke = Stroke::of(layer, figures);
    let path = lines(&[path]);
    html! {
        @if stroke.width > 2.0 {
            path d=(path) stroke=(HALO) stroke-width=(stroke.width + 1.6) data-width=(stroke.width + 1.6) {}
        }
        path d=(path) stroke=(stroke.colour) stroke-width=(format!("{:.1}", stroke.width))
            data-width=(format!("{:.1}", stroke.width)) data-link=(at) data-wait=[stroke.by_wait]
            data-wait-dashes=[stroke.by_wait.and_then(dashes)] stroke-dasharray=[stroke.dashes]
            stroke-linecap=[stroke.dashes.map(|_| "butt")] {
            title { (told(shown, layer, link, figures)) }
        }
    }
}

/// How a link is drawn.
struct Stroke {
    colour: &'static str,
    /// Its colour where links are coloured by the wait for them.
    by_wait: Option<&'static str>,
    width: f64,
    dashes: Option<&'static str>,
}

impl Stroke {
    fn of(layer: &Layer, figures: OfLink) -> Self {
        let tonnes = figures.tonnes.map_or(0.0, |tonnes| tonnes.value);
        let width = layer.width(tonnes.abs());
        if tonnes == 0.0 || layer.is_difference && !figures.is_significant {
            return Self { colour: IDLE, by_wait: None, width: THINNEST, dashes: None };
        }
        if layer.is_difference {
            let (colour, dashes) = if tonnes > 0.0 { (MORE, None) } else { (LESS, Some(LESS_DASHES)) };
            return Self { colour, by_wait: None, width, dashes };
        }
        let by = |known: Option<Known>, steps| known.map_or(PLAIN, |known| shade(known.value, steps));
        let colour = by(figures.used, &USED);
        Self { colour, by_wait: Some(by(figures.wait, &WAITED)), width, dashes: dashes(colour) }
    }
}

/// By what a link without a shade is told from one with a shade.
fn dashes(colour: &str) -> Option<&'static str> {
    (colour == PLAIN).then_some(PLAIN_DASHES)
}

/// A link in words.
fn told(shown: Shown<'_>, layer: &Layer, link: &NetworkLink, figures: OfLink) -> String {
    let phrases = shown.phrases;
    let node = |node: usize| shown.network.nodes.get(node).map_or("", |node| &node.name);
    let tonnes = figures.tonnes.map(|tonnes| {
        let (value, half_width) = (tonnes.value / 1e6, tonnes.half_width.map(|half| half / 1e6));
        let number = if layer.is_difference { signed(value, half_width) } else { round_to(value, half_width) };
        format!("{} {}", phrases.number(&number.to_string()), phrases.million_tonnes)
    });
    let percent = |used: Known| {
        let number = round_to(100.0 * used.value, used.half_width.map(|half| 100.0 * half));
        format!("{} {} %", phrases.used, phrases.number(&number.to_string()))
    };
    let hours = |wait: Known| {
        let number = round_to(wait.value, wait.half_width).to_string();
        format!("{} {} {}", phrases.waits, phrases.number(&number), phrases.hours)
    };
    let parts = [tonnes, figures.used.map(percent), figures.wait.map(hours)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{} – {}: {}", node(link.from), node(link.to), parts.join("; "))
}

fn circles(shown: Shown<'_>, layer: &Layer, view: &View) -> Markup {
    let seen = |node: usize| shown.place(node).map(|place| view.at(place)).filter(|at| view.frame.holds(*at));
    let of = |(node, &hours): (usize, &f64)| Some((node, seen(node)?, hours));
    let rings = layer.figures.hours.iter().enumerate().filter_map(of);
    let phrases = shown.phrases;
    html! {
        @for (node, at, hours) in rings.filter(|(_, _, hours)| layer.radius(*hours) > WIDEST_RING * LEAST_RING) {
            @let (colour, dashes) = ring_look(layer, hours);
            circle cx=(format!("{:.1}", at.x)) cy=(format!("{:.1}", at.y)) r=(format!("{:.1}", layer.radius(hours)))
                data-radius=(format!("{:.1}", layer.radius(hours))) fill=(colour) fill-opacity="0.16" stroke=(colour)
                stroke-width="1.6" data-width="1.6" stroke-dasharray=[dashes] {
                title {
                    (shown.network.nodes[node].name) ": "
                    (phrases.number(&waiting(layer, hours))) " " (phrases.waiting)
                }
            }
        }
    }
}

/// How many wait on average: so many hours are waited in the hours of a year.
fn waiting(layer: &Layer, hours: f64) -> String {
    let number = hours / HOURS_PER_YEAR;
    if layer.is_difference { signed(number, None).value } else { round_to(number, None).value }
}

/// Hours of the year of 365 days by which rates are told.
pub(super) const HOURS_PER_YEAR: f64 = 8760.0;

/// The colour of a ring, and its dashes.
fn ring_look(layer: &Layer, hours: f64) -> (&'static str, Option<&'static str>) {
    match (layer.is_difference, hours > 0.0) {
        (false, _) => (RING, None),
        (true, true) => (MORE, None),
        (true, false) => (LESS, Some(LESS_DASHES)),
    }
}

/// Corners in which the scale stands, and in an inset by how much it is larger.
fn reserved(view: &View) -> [Rect; 2] {
    let Rect { x, y, width, height } = view.frame;
    let scale = Rect { x, y: y + height - 30.0, width: width * 0.16 + 80.0, height: 30.0 };
    [scale, Rect { x: x + width - 110.0, y, width: 110.0, height: 20.0 }]
}

/// Nodes, and the names for which there is room; the others appear when the map is drawn larger.
fn names(shown: Shown<'_>, layer: &Layer, view: &View) -> Markup {
    let weights = layer.weights(shown.network);
    let seen = |node: usize| {
        let at = shown.place(node).map(|place| view.at(place))?;
        view.frame.holds(at).then_some((node, at))
    };
    let nodes: Vec<(usize, Point)> = (0..shown.network.nodes.len()).filter_map(seen).collect();
    let wanted: Vec<Wanted<'_>> = nodes
        .iter()
        .map(|&(node, at)| Wanted {
            name: &shown.network.nodes[node].name,
            at,
            radius: DOT + 1.0,
            weight: weights[node],
        })
        .collect();
    let points: Vec<Point> = nodes.iter().map(|node| node.1).collect();
    let found = placed(&wanted, &points, view.frame, &reserved(view));
    html! {
        @for (at, (node, point)) in nodes.iter().enumerate() {
            circle class="node" data-node=(node) cx=(format!("{:.1}", point.x)) cy=(format!("{:.1}", point.y))
                r=(if weights[*node] > 0.0 { DOT } else { DOT / 2.0 }) fill=(HALO) stroke=(INK) stroke-width="1.1"
                data-width="1.1" data-radius=(DOT) data-name=(wanted[at].name)
                data-weight=(format!("{:.0}", weights[*node])) { title { (wanted[at].name) } }
        }
        @for one in &found {
            text x=(format!("{:.1}", one.at.x)) y=(format!("{:.1}", one.at.y)) text-anchor=(one.anchor.word())
                font-size=(labels::SIZE) fill=(INK) stroke=(HALO) stroke-width="2.6" paint-order="stroke"
                stroke-linejoin="round" { (wanted[one.of].name) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_its_first_point_and_steps() {
        let line = vec![Point::new(10.04, 20.0), Point::new(9.5, 20.26), Point::new(9.5, 20.26)];
        assert_eq!(lines(std::slice::from_ref(&line)), "M10 20l-0.5 0.3l0 0");
        assert_eq!(rings(std::slice::from_ref(&line)), "M10 20l-0.5 0.3l0 0Z");
        assert_eq!(thinned(line).len(), 3, "the last point stays");
    }
}
