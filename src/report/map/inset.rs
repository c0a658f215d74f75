//! Where nodes stand so close that they need a drawing of their own.

use super::projection::{Place, Point, kilometres};
use super::view::View;

/// Width of the part that is enlarged, as a share of the map's.
const SHARE: f64 = 0.14;
/// Its height over its width.
const FLATNESS: f64 = 0.5;
/// Fewer nodes than these need no inset.
const FEWEST: usize = 6;
/// Nodes nearer to each other than this, in units of the drawing, stand close.
const CLOSE: f64 = 22.0;
/// Nodes less than so far apart cannot be told apart in an inset either.
const SAME_KM: f64 = 1.0;

/// The places of the part of a view where the most nodes stand close to others; `None` where there are few.
pub(super) fn crowded(view: &View, nodes: &[Place]) -> Option<Vec<Place>> {
    let points: Vec<Point> = nodes.iter().map(|node| view.at(*node)).collect();
    let is_close = |at: usize| {
        let near = |other: usize| {
            other != at && points[at].distance(points[other]) < CLOSE && kilometres(nodes[at], nodes[other]) > SAME_KM
        };
        (0..points.len()).any(near)
    };
    let close: Vec<usize> = (0..points.len()).filter(|at| is_close(*at)).collect();
    let width = view.frame.width * SHARE;
    let within = |corner: Point| {
        let holds = |point: &Point| {
            (corner.x..=corner.x + width).contains(&point.x)
                && (corner.y..=corner.y + width * FLATNESS).contains(&point.y)
        };
        close.iter().copied().filter(|at| holds(&points[*at])).collect::<Vec<_>>()
    };
    // A part that holds the most has nodes at its left and at its upper edge, or can be moved until it has.
    let edges = |of: fn(&Point) -> f64| close.iter().map(|at| of(&points[*at])).collect::<Vec<_>>();
    let (left, upper) = (edges(|point| point.x), edges(|point| point.y));
    let corners = left.iter().flat_map(|&x| upper.iter().map(move |&y| Point::new(x, y)));
    let best = corners.map(within).max_by_key(Vec::len)?;
    (best.len() >= FEWEST && best.len() < nodes.len()).then(|| best.into_iter().map(|at| nodes[at]).collect())
}

#[cfg(test)]
mod tests {
    use super::super::view::Rect;
    use super::*;

    fn place(latitude: f64, longitude: f64) -> Place {
        Place { latitude, longitude }
    }

    #[test]
    fn a_cluster_is_found_and_a_plain_line_has_none() {
        let frame = Rect { x: 0.0, y: 0.0, width: 1000.0, height: 400.0 };
        let line: Vec<Place> =
            (0..12).map(|step| place(40.0 + f64::from(step), 30.0 + 6.0 * f64::from(step))).collect();
        assert!(crowded(&View::of(&line, frame).unwrap(), &line).is_none());
        let cluster = (0..8).map(|step| place(41.0 + 0.2 * f64::from(step), 44.0 + 0.6 * f64::from(step)));
        let all: Vec<Place> = line.iter().copied().chain(cluster).collect();
        let found = crowded(&View::of(&all, frame).unwrap(), &all).unwrap();
        assert!(found.len() >= 8 && found.iter().all(|place| place.longitude < 52.0), "{found:?}");
    }
}
