//! From degrees to the plane and back: Lambert's conformal conic projection.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

/// Below this constant of the cone the projection is that of Mercator, which it turns into at the equator.
const FLATTEST_CONE: f64 = 1e-3;
/// Latitudes beyond which nothing is drawn.
const FARTHEST: f64 = 84.0;
/// Mean radius of the Earth in kilometres.
pub(super) const EARTH_KM: f64 = 6371.0;

/// A place on the Earth, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

/// A point of the plane; its unit is what made it: radii of the Earth upwards, or pixels downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Point {
    pub(super) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub(super) fn distance(self, other: Self) -> f64 {
        libm::hypot(self.x - other.x, self.y - other.y)
    }
}

/// A cone that cuts the Earth at two parallels, for the region between them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Projection {
    /// The longitude in the middle, in degrees.
    middle: f64,
    /// Constant of the cone: 0 at the equator, 1 at the pole.
    cone: f64,
    /// What makes scale true at the two parallels.
    factor: f64,
    /// Distance from the tip to the middle latitude.
    to_middle: f64,
}

impl Projection {
    /// A projection for a region between two latitudes around a longitude, in degrees: scale is true at a sixth of its height
    /// from either end, as usual.
    pub(super) fn of(south: f64, north: f64, middle: f64) -> Self {
        let (south, north) = (south.max(-FARTHEST), north.min(FARTHEST));
        let height = north - south;
        let (one, two) = ((south + height / 6.0).to_radians(), (north - height / 6.0).to_radians());
        let cone = if (two - one).abs() < 1e-6 {
            libm::sin(one)
        } else {
            libm::log(libm::cos(one) / libm::cos(two)) / (stretched(two) - stretched(one))
        };
        let cone = if cone.abs() < FLATTEST_CONE { 0.0 } else { cone };
        let factor =
            if cone == 0.0 { libm::cos(one) } else { libm::cos(one) * libm::exp(cone * stretched(one)) / cone };
        let mut projection = Self { middle, cone, factor, to_middle: 0.0 };
        projection.to_middle = projection.distance_to_tip(f64::midpoint(south, north));
        projection
    }

    /// Distance from the tip of the cone, or for a cylinder from the equator.
    fn distance_to_tip(&self, latitude: f64) -> f64 {
        let stretched = stretched(latitude.clamp(-FARTHEST, FARTHEST).to_radians());
        if self.cone == 0.0 { -self.factor * stretched } else { self.factor * libm::exp(-self.cone * stretched) }
    }

    /// A place in the plane, in radii of the Earth, upwards.
    pub(super) fn point(&self, place: Place) -> Point {
        let turned = self.turned(place.longitude).to_radians();
        let from_tip = self.distance_to_tip(place.latitude);
        if self.cone == 0.0 {
            return Point::new(self.factor * turned, self.to_middle - from_tip);
        }
        let angle = self.cone * turned;
        Point::new(from_tip * libm::sin(angle), self.to_middle - from_tip * libm::cos(angle))
    }

    /// The place of a point.
    pub(super) fn place(&self, point: Point) -> Place {
        let up = self.to_middle - point.y;
        if self.cone == 0.0 {
            let longitude = self.middle + (point.x / self.factor).to_degrees();
            return Place { latitude: unstretched(-up / self.factor).to_degrees(), longitude };
        }
        let sign = self.cone.signum();
        let from_tip = sign * libm::hypot(point.x, up);
        let angle = libm::atan2(sign * point.x, sign * up);
        let stretched = -libm::log(from_tip / self.factor) / self.cone;
        Place {
            latitude: unstretched(stretched).to_degrees(),
            longitude: self.middle + (angle / self.cone).to_degrees(),
        }
    }

    /// Degrees east of the middle, from −180 to 180.
    fn turned(&self, longitude: f64) -> f64 {
        let degrees = (longitude - self.middle) % 360.0;
        if degrees > 180.0 {
            degrees - 360.0
        } else if degrees < -180.0 {
            degrees + 360.0
        } else {
            degrees
        }
    }

    /// The longitude nearest to the middle that is the same meridian.
    pub(super) fn near(&self, longitude: f64) -> f64 {
        self.middle + self.turned(longitude)
    }
}

/// Mercator's latitude.
fn stretched(latitude: f64) -> f64 {
    libm::log(libm::tan(FRAC_PI_4 + latitude / 2.0))
}

fn unstretched(stretched: f64) -> f64 {
    2.0 * libm::atan(libm::exp(stretched)) - FRAC_PI_2
}

/// Kilometres of the shortest way between two places.
pub(super) fn kilometres(from: Place, to: Place) -> f64 {
    let (one, two) = (from.latitude.to_radians(), to.latitude.to_radians());
    let half = |degrees: f64| libm::sin(degrees.to_radians() / 2.0);
    let (across, along) = (half(to.latitude - from.latitude), half(to.longitude - from.longitude));
    let chord = across * across + libm::cos(one) * libm::cos(two) * along * along;
    2.0 * EARTH_KM * libm::asin(libm::sqrt(chord.min(1.0)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_figures_of_a_published_example() {
        // Snyder, Map Projections – A Working Manual (USGS Professional Paper 1395, 1987), page 295: sphere of radius 1,
        // parallels 33° and 45° N, origin 23° N 96° W; 35° N 75° W lies at x = 0.2966785, y = 0.2462112.
        let projection = Projection::of(33.0 - 3.0, 45.0 + 3.0, -96.0);
        let point = |latitude, longitude| projection.point(Place { latitude, longitude });
        let (origin, found) = (point(23.0, -96.0), point(35.0, -75.0));
        assert!((found.x - 0.296_678_5).abs() < 1e-7, "{found:?}");
        assert!((found.y - origin.y - 0.246_211_2).abs() < 1e-7, "{found:?}");
    }

    proptest! {
        #[test]
        fn back_from_the_plane_is_the_same_place(
            south in -60.0..50.0_f64, height in 1.0..30.0_f64, middle in -180.0..180.0_f64,
            up in 0.0..1.0_f64, along in -60.0..60.0_f64,
        ) {
            let projection = Projection::of(south, south + height, middle);
            let place = Place { latitude: south + up * height, longitude: middle + along };
            let back = projection.place(projection.point(place));
            prop_assert!((back.latitude - place.latitude).abs() < 1e-6, "{:?} {:?}", back, place);
            prop_assert!((back.longitude - place.longitude).abs() < 1e-6, "{:?} {:?}", back, place);
        }

        #[test]
        fn scale_is_nearly_true_within_the_region(south in -40.0..40.0_f64, up in 0.0..1.0_f64) {
            let projection = Projection::of(south, south + 20.0, 50.0);
            let from = Place { latitude: south + 20.0 * up, longitude: 55.0 };
            let to = Place { latitude: from.latitude + 0.05, longitude: 55.1 };
            let drawn = projection.point(from).distance(projection.point(to)) * EARTH_KM;
            prop_assert!((drawn / kilometres(from, to) - 1.0).abs() < 0.03);
        }
    }
}
