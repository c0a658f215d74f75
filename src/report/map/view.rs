//! What part of the world a frame shows, and where in it.

use super::land::Window;
use super::projection::{EARTH_KM, Place, Point, Projection};

/// A rectangle of the drawing, in its units, downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Rect {
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let apart = |one: f64, size: f64, two: f64, other: f64| one + size <= two || two + other <= one;
        !(apart(self.x, self.width, other.x, other.width) || apart(self.y, self.height, other.y, other.height))
    }

    pub(super) fn holds(&self, point: Point) -> bool {
        (self.x..=self.x + self.width).contains(&point.x) && (self.y..=self.y + self.height).contains(&point.y)
    }

    pub(super) fn within(&self, other: &Self) -> bool {
        other.holds(Point::new(self.x, self.y)) && other.holds(Point::new(self.x + self.width, self.y + self.height))
    }
}

/// The room that is kept free around what is shown, as a share of the frame.
const MARGIN: f64 = 0.06;
/// The least extent that is shown, in degrees.
const LEAST: f64 = 1.0;
/// Points of a side of the frame at which it is asked what lies there.
const ASKED: usize = 24;

/// A frame with the projection of what it shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    pub(super) frame: Rect,
    projection: Projection,
    /// Units of the drawing in a radius of the Earth.
    scale: f64,
    /// The point of the plane in the middle of the frame.
    middle: Point,
}

impl View {
    /// The view that shows all of some places in a frame; there must be one.
    pub(super) fn of(places: &[Place], frame: Rect) -> Option<Self> {
        let projection = projection_of(places)?;
        let points: Vec<Point> = places.iter().map(|place| projection.point(*place)).collect();
        let (low, high) = bounds(&points)?;
        let least = LEAST.to_radians();
        let span = Point::new((high.x - low.x).max(least), (high.y - low.y).max(least));
        let room = 1.0 - 2.0 * MARGIN;
        let scale = (frame.width * room / span.x).min(frame.height * room / span.y);
        let middle = Point::new(f64::midpoint(low.x, high.x), f64::midpoint(low.y, high.y));
        Some(Self { frame, projection, scale, middle })
    }

    /// Where a place is in the drawing.
    pub(super) fn at(&self, place: Place) -> Point {
        let point = self.projection.point(place);
        Point::new(
            self.frame.x + self.frame.width / 2.0 + (point.x - self.middle.x) * self.scale,
            self.frame.y + self.frame.height / 2.0 - (point.y - self.middle.y) * self.scale,
        )
    }

    /// The place of a point of the drawing.
    pub(super) fn place(&self, at: Point) -> Place {
        self.projection.place(Point::new(
            (at.x - self.frame.x - self.frame.width / 2.0) / self.scale + self.middle.x,
            (self.frame.y + self.frame.height / 2.0 - at.y) / self.scale + self.middle.y,
        ))
    }

    /// Kilometres in a unit of the drawing, where scale is true.
    pub(super) fn km_per_unit(&self) -> f64 {
        EARTH_KM / self.scale
    }

    /// Parallels and meridians around all that the frame shows.
    pub(super) fn window(&self) -> Window {
        let share = |step: usize| step as f64 / ASKED as f64;
        let Rect { x, y, width, height } = self.frame;
        let edges = (0..=ASKED).flat_map(|step| {
            let (along, down) = (x + width * share(step), y + height * share(step));
            [(along, y), (along, y + height), (x, down), (x + width, down)]
        });
        let places: Vec<Place> = edges.map(|(x, y)| self.place(Point::new(x, y))).collect();
        let least = |of: fn(&Place) -> f64| places.iter().map(of).fold(f64::INFINITY, f64::min);
        let most = |of: fn(&Place) -> f64| places.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        Window {
            west: least(|place| place.longitude) - 1.0,
            east: most(|place| place.longitude) + 1.0,
            south: least(|place| place.latitude) - 1.0,
            north: most(|place| place.latitude) + 1.0,
        }
    }
}

fn projection_of(places: &[Place]) -> Option<Projection> {
    let first = places.first()?;
    let around = Projection::of(-60.0, 60.0, first.longitude);
    let longitudes: Vec<f64> = places.iter().map(|place| around.near(place.longitude)).collect();
    let range = |values: &[f64]| {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        (least, values.iter().copied().fold(f64::NEG_INFINITY, f64::max))
    };
    let (west, east) = range(&longitudes);
    let latitudes: Vec<f64> = places.iter().map(|place| place.latitude).collect();
    let (south, north) = range(&latitudes);
    Some(Projection::of(south, north, f64::midpoint(west, east)))
}

fn bounds(points: &[Point]) -> Option<(Point, Point)> {
    let first = *points.first()?;
    let low = |one: Point, two: &Point| Point::new(one.x.min(two.x), one.y.min(two.y));
    let high = |one: Point, two: &Point| Point::new(one.x.max(two.x), one.y.max(two.y));
    Some((points.iter().fold(first, low), points.iter().fold(first, high)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rect = Rect { x: 10.0, y: 20.0, width: 400.0, height: 200.0 };

    fn place(latitude: f64, longitude: f64) -> Place {
        Place { latitude, longitude }
    }

    #[test]
    fn all_places_are_in_the_frame_and_north_is_up() {
        for places in [
            vec![place(43.6, 51.2), place(39.9, 49.4), place(34.3, 108.9), place(55.0, 69.0)],
            vec![place(-4.05, 39.66), place(0.35, 32.58)],
            vec![place(41.0, 29.0)],
            vec![place(10.0, 179.0), place(12.0, -178.0)],
        ] {
            let view = View::of(&places, FRAME).unwrap();
            for &one in &places {
                assert!(FRAME.holds(view.at(one)), "{one:?} {:?}", view.at(one));
                let north = place(one.latitude + 0.1, one.longitude);
                assert!(view.at(north).y < view.at(one).y);
            }
        }
        assert!(View::of(&[], FRAME).is_none());
    }

    #[test]
    fn the_window_surrounds_what_the_frame_shows() {
        let view = View::of(&[place(43.6, 51.2), place(39.9, 49.4)], FRAME).unwrap();
        let window = view.window();
        assert!(window.holds(place(43.6, 51.2)) && window.north < 50.0 && window.south > 30.0, "{window:?}");
    }
}
