//! The way of a link across a map.

use super::projection::{Place, Point};
use super::shown::Shown;
use super::view::View;
use crate::report::shapes::line_of;

/// The points of a link, where both its ends are known and some of it is near the frame.
pub(super) fn path_of(shown: Shown<'_>, at: usize, view: &View) -> Option<Vec<Point>> {
    let line = line_of(shown.network, shown.network.links.get(at)?)?;
    let points: Vec<Point> =
        line.into_iter().map(|[longitude, latitude]| view.at(Place { latitude, longitude })).collect();
    is_near(&points, view).then_some(points)
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
