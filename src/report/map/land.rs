//! Coasts and borders: Natural Earth's, cut to what a map shows.

use std::sync::OnceLock;

use serde::Deserialize;

use super::projection::Place;

/// See `assets/NOTICE.md` for where it comes from, and `assets/world/make.py` for how it was made.
const WORLD: &str = include_str!("../../../assets/world/land.json");
/// Steps of the file in a degree.
const STEPS: f64 = 1000.0;

/// Coasts and borders of the world.
#[derive(Debug, Default)]
pub(super) struct World {
    /// Rings of land and of the waters within it: what an odd number of rings surrounds is land.
    pub(super) land: Vec<Vec<Place>>,
    /// Borders between countries.
    pub(super) borders: Vec<Vec<Place>>,
}

#[derive(Deserialize)]
struct File {
    land: Vec<Vec<i64>>,
    borders: Vec<Vec<i64>>,
}

/// The world, read once.
pub(super) fn world() -> &'static World {
    static WORLD_READ: OnceLock<World> = OnceLock::new();
    WORLD_READ.get_or_init(|| {
        let read = serde_json::from_str::<File>(WORLD).map(|file| {
            let lines = |lines: &[Vec<i64>]| lines.iter().map(|steps| walked(steps)).collect();
            World { land: lines(&file.land), borders: lines(&file.borders) }
        });
        read.unwrap_or_default()
    })
}

/// The places of a line from its steps.
fn walked(steps: &[i64]) -> Vec<Place> {
    let mut at = (0, 0);
    let step = |pair: &[i64]| {
        at = (at.0 + pair[0], at.1 + pair[1]);
        Place { longitude: at.0 as f64 / STEPS, latitude: at.1 as f64 / STEPS }
    };
    steps.chunks_exact(2).map(step).collect()
}

/// A part of the world between parallels and meridians, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    pub(super) west: f64,
    pub(super) east: f64,
    pub(super) south: f64,
    pub(super) north: f64,
}

/// A side of a window: which coordinate is to stay below or above what.
#[derive(Clone, Copy)]
struct Side {
    of: fn(Place) -> f64,
    at: f64,
    keeps_below: bool,
}

impl Side {
    fn keeps(&self, place: Place) -> bool {
        ((self.of)(place) <= self.at) == self.keeps_below
    }

    /// Where a line crosses it.
    fn crossing(&self, from: Place, to: Place) -> Place {
        let share = (self.at - (self.of)(from)) / ((self.of)(to) - (self.of)(from));
        let between = |one: f64, two: f64| one + share * (two - one);
        Place { latitude: between(from.latitude, to.latitude), longitude: between(from.longitude, to.longitude) }
    }
}

impl Window {
    fn sides(&self) -> [Side; 4] {
        let (longitude, latitude) = (|place: Place| place.longitude, |place: Place| place.latitude);
        [
            Side { of: longitude, at: self.west, keeps_below: false },
            Side { of: longitude, at: self.east, keeps_below: true },
            Side { of: latitude, at: self.south, keeps_below: false },
            Side { of: latitude, at: self.north, keeps_below: true },
        ]
    }

    /// Whether a place lies in it.
    pub(super) fn holds(&self, place: Place) -> bool {
        self.sides().iter().all(|side| side.keeps(place))
    }

    /// Whether any part of what these places span may lie in it.
    fn touches(&self, places: &[Place]) -> bool {
        self.sides().iter().all(|side| places.iter().any(|place| side.keeps(*place)))
    }

    /// A ring cut to the window, side after side (Sutherland and Hodgman); empty where nothing of it is within.
    pub(super) fn cut_ring(&self, ring: &[Place]) -> Vec<Place> {
        if !self.touches(ring) {
            return Vec::new();
        }
        self.sides().iter().fold(ring.to_vec(), |ring, side| {
            let from = |at: usize| ring[(at + ring.len() - 1) % ring.len()];
            let corner = |(at, &to): (usize, &Place)| {
                let crossing = (side.keeps(from(at)) != side.keeps(to)).then(|| side.crossing(from(at), to));
                crossing.into_iter().chain(side.keeps(to).then_some(to))
            };
            ring.iter().enumerate().flat_map(corner).collect()
        })
    }

    /// The parts of a line of which a point or its neighbour lies in the window.
    pub(super) fn cut_line(&self, line: &[Place]) -> Vec<Vec<Place>> {
        if !self.touches(line) {
            return Vec::new();
        }
        let near = |at: usize| (at.saturating_sub(1)..=(at + 1).min(line.len() - 1)).any(|at| self.holds(line[at]));
        let mut parts = vec![Vec::new()];
        for (at, &place) in line.iter().enumerate() {
            match (near(at), parts.last_mut()) {
                (true, Some(part)) => part.push(place),
                (false, Some(part)) if !part.is_empty() => parts.push(Vec::new()),
                _ => {}
            }
        }
        parts.retain(|part| part.len() > 1);
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_land(longitude: f64, latitude: f64) -> bool {
        let crosses = |one: Place, two: Place| {
            (one.latitude > latitude) != (two.latitude > latitude)
                && longitude
                    < (two.longitude - one.longitude) * (latitude - one.latitude) / (two.latitude - one.latitude)
                        + one.longitude
        };
        let count = |ring: &Vec<Place>| {
            let next = ring.iter().cycle().skip(1);
            ring.iter().zip(next).filter(|(one, two)| crosses(**one, **two)).count()
        };
        world().land.iter().map(count).sum::<usize>() % 2 == 1
    }

    #[test]
    fn land_is_land_and_the_caspian_is_water() {
        for (longitude, latitude) in
            [(76.9, 43.2), (44.8, 41.7), (32.9, 39.9), (108.9, 34.3), (37.6, -1.3), (2.3, 48.9)]
        {
            assert!(is_land(longitude, latitude), "{longitude} {latitude}");
        }
        for (longitude, latitude) in [(50.8, 42.5), (51.0, 39.0), (35.0, 43.0), (25.0, 39.0), (60.0, -20.0)] {
            assert!(!is_land(longitude, latitude), "{longitude} {latitude}");
        }
        assert!(world().borders.len() > 200, "{}", world().borders.len());
    }

    #[test]
    fn what_is_cut_lies_within() {
        let window = Window { west: 45.0, east: 56.0, south: 36.0, north: 48.0 };
        let rings: Vec<Vec<Place>> = world().land.iter().map(|ring| window.cut_ring(ring)).collect();
        let all = || rings.iter().flatten();
        assert!(all().count() > 100);
        assert!(all().all(|place| (45.0..=56.0).contains(&place.longitude) && (36.0..=48.0).contains(&place.latitude)));
        let lines = world().borders.iter().flat_map(|line| window.cut_line(line));
        assert!(lines.flatten().filter(|place| window.holds(*place)).count() > 50);
        let elsewhere = Window { west: -150.0, east: -140.0, south: -40.0, north: -30.0 };
        assert!(world().land.iter().all(|ring| elsewhere.cut_ring(ring).is_empty()));
    }
}
