//! The way of a link across a map.

use super::projection::{Place, Point};
use super::shown::Shown;
use super::view::View;

/// How far links between the same two nodes bow apart, as a share of their length.
const BOW: f64 = 0.07;
/// Points of a bow.
const POINTS: usize = 12;

/// The points of a link, where both its ends are known and some of it is near the frame.
pub(super) fn path_of(shown: Shown<'_>, at: usize, view: &View) -> Option<Vec<Point>> {
    let link = shown.network.links.get(at)?;
    let places: Vec<Place> = [shown.place(link.from)?, shown.place(link.to)?].into();
    let points: Vec<Point> = places.iter().map(|place| view.at(*place)).collect();
    let points = match (bow(shown, at), &points[..]) {
        (bow, &[from, to]) if bow != 0.0 => bowed(from, to, bow),
        _ => points,
    };
    is_near(&points, view).then_some(points)
}

/// By how much a link bows to its left, so that those between the same two nodes are told apart.
fn bow(shown: Shown<'_>, at: usize) -> f64 {
    let ends = |at: usize| {
        let link = &shown.network.links[at];
        (link.from.min(link.to), link.from.max(link.to))
    };
    let alike: Vec<usize> = (0..shown.network.links.len()).filter(|other| ends(*other) == ends(at)).collect();
    let place = alike.iter().position(|other| *other == at).unwrap_or(0);
    let is_turned = shown.network.links[at].from > shown.network.links[at].to;
    let bow = BOW * (2.0 * place as f64 - (alike.len() as f64 - 1.0));
    if is_turned { -bow } else { bow }
}

fn bowed(from: Point, to: Point, bow: f64) -> Vec<Point> {
    let point = |step: usize| {
        let share = step as f64 / POINTS as f64;
        let off = 4.0 * bow * share * (1.0 - share);
        let (along, down) = (to.x - from.x, to.y - from.y);
        Point::new(from.x + share * along + off * down, from.y + share * down - off * along)
    };
    (0..=POINTS).map(point).collect()
}

/// Whether what the points span and the frame have anything in common.
fn is_near(points: &[Point], view: &View) -> bool {
    let frame = view.frame;
    let least = |of: fn(&Point) -> f64| points.iter().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&Point) -> f64| points.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
    least(|point| point.x) <= frame.x + frame.width
        && most(|point| point.x) >= frame.x
        && least(|point| point.y) <= frame.y + frame.height
        && most(|point| point.y) >= frame.y
}
