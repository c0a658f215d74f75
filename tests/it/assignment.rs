//! The averages by which routes come to rest, checked as a pure assignment on the Sioux Falls test network.

use midcor::stats::{Averages, Step};

const LINKS: &str = include_str!("../data/sioux-falls/links.csv");
const TRIPS: &str = include_str!("../data/sioux-falls/trips.csv");

/// Twenty-four places that send trips to each other over 76 links.
struct Network {
    links: Vec<Link>,
    /// By origin and destination.
    trips: Vec<Vec<f64>>,
}

struct Link {
    ends: (usize, usize),
    capacity: f64,
    free: f64,
}

impl Link {
    fn time(&self, flow: f64) -> f64 {
        self.free * (1.0 + 0.15 * (flow / self.capacity).powi(4))
    }

    /// The area under the time from no flow to this one.
    fn beckmann(&self, flow: f64) -> f64 {
        self.free * flow * (1.0 + 0.15 / 5.0 * (flow / self.capacity).powi(4))
    }
}

fn numbers(text: &str) -> Vec<Vec<f64>> {
    let lines = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    lines.map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect()
}

impl Network {
    fn sioux_falls() -> Self {
        let link =
            |row: Vec<f64>| Link { ends: (row[0] as usize - 1, row[1] as usize - 1), capacity: row[2], free: row[3] };
        let trips = numbers(TRIPS).into_iter().map(|row| row.into_iter().map(|hundreds| 100.0 * hundreds).collect());
        Self { links: numbers(LINKS).into_iter().map(link).collect(), trips: trips.collect() }
    }

    /// All trips on the fastest paths at these times, and the time that they take.
    fn all_or_nothing(&self, times: &[f64]) -> (Vec<f64>, f64) {
        let (mut flows, mut total) = (vec![0.0; self.links.len()], 0.0);
        for (origin, trips) in self.trips.iter().enumerate() {
            let (order, distance, last) = self.fastest(origin, times);
            let mut through = trips.clone();
            for &place in order.iter().rev() {
                total += trips[place] * distance[place];
                if let Some(link) = last[place] {
                    flows[link] += through[place];
                    through[self.links[link].ends.0] += through[place];
                }
            }
        }
        (flows, total)
    }

    /// Dijkstra: places by distance, their distances, and the last link of the path to each.
    fn fastest(&self, origin: usize, times: &[f64]) -> (Vec<usize>, Vec<f64>, Vec<Option<usize>>) {
        let places = self.trips.len();
        let (mut distance, mut last, mut order) = (vec![f64::INFINITY; places], vec![None; places], Vec::new());
        distance[origin] = 0.0;
        while order.len() < places {
            let open = (0..places).filter(|place| !order.contains(place));
            let next = open.min_by(|&one, &other| distance[one].total_cmp(&distance[other])).unwrap();
            order.push(next);
            for (index, link) in self.links.iter().enumerate().filter(|(_, link)| link.ends.0 == next) {
                let by_link = distance[next] + times[index];
                if by_link < distance[link.ends.1] {
                    (distance[link.ends.1], last[link.ends.1]) = (by_link, Some(index));
                }
            }
        }
        (order, distance, last)
    }

    fn flow(&self, flows: &[f64], ends: (usize, usize)) -> f64 {
        let place = self.links.iter().position(|link| link.ends == (ends.0 - 1, ends.1 - 1));
        flows[place.unwrap()]
    }
}

/// `LeBlanc`, Morlok and Pierskalla (1975); the best known solution of the network's collection has the objective
/// 42.313 352 871 × 10⁵ and a total time of 74.802 253 × 10⁵.
#[test]
fn sioux_falls_comes_to_the_published_equilibrium() {
    let network = Network::sioux_falls();
    assert_eq!((network.links.len(), network.trips.len()), (76, 24));
    assert!((network.trips.iter().flatten().sum::<f64>() - 360_600.0).abs() < 1e-6);
    let mut averages = Averages::new(Step::Harmonic);
    let mut flows = vec![0.0; network.links.len()];
    let mut gap = f64::INFINITY;
    for _ in 0..6000 {
        let times: Vec<f64> = network.links.iter().zip(&flows).map(|(link, &flow)| link.time(flow)).collect();
        let (seen, least) = network.all_or_nothing(&times);
        let now: f64 = times.iter().zip(&flows).map(|(time, flow)| time * flow).sum();
        gap = (now - least) / least;
        averages.towards(&mut flows, &seen);
    }
    assert!(gap < 5e-4, "relative gap {gap}");
    let objective: f64 = network.links.iter().zip(&flows).map(|(link, &flow)| link.beckmann(flow)).sum();
    assert!((objective / 42.313_352_871e5 - 1.0).abs() < 5e-4, "{objective}");
    let total: f64 = network.links.iter().zip(&flows).map(|(link, &flow)| link.time(flow) * flow).sum();
    assert!((total / 74.802_253_45e5 - 1.0).abs() < 1e-3, "{total}");
    for (ends, expected) in [
        ((1, 2), 4_494.657_646),
        ((1, 3), 8_119.079_948),
        ((6, 8), 12_492.925_36),
        ((10, 16), 11_047.093_88),
        ((16, 10), 11_073.009_32),
        ((24, 23), 7_861.833_244),
    ] {
        let found = network.flow(&flows, ends);
        assert!((found / expected - 1.0).abs() < 0.01, "{ends:?}: {found} and not {expected}");
    }
}
