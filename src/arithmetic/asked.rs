//! What demand asks of each thing.

use std::collections::BTreeMap;

use super::queue::Queue;
use crate::units::MS_PER_DAY;

/// How long a passage takes, if the body is served at all.
#[derive(Clone, Copy, Debug)]
pub(super) struct PassageLaw {
    pub(super) mean: f64,
    pub(super) variance: f64,
    /// Servers that it keeps busy meanwhile.
    pub(super) servers: f64,
}

/// How bodies come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coming {
    /// The squared coefficient of variation of the gaps.
    pub(super) gap_cv2: f64,
    /// How many come together.
    pub(super) together: f64,
}

impl Coming {
    /// As a queue spreads them out: at random, one at a time.
    pub(super) const SPREAD: Self = Self { gap_cv2: 1.0, together: 1.0 };

    /// Of which so large a share, taken at random, comes.
    pub(super) fn thinned(self, share: f64) -> Self {
        Self { gap_cv2: share * self.gap_cv2 + 1.0 - share, together: 1.0 + share * (self.together - 1.0) }
    }
}

/// What all streams together ask, by index of the thing.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Stations: mean busy servers.
    pub(super) busy: Vec<f64>,
    /// Lines and directions: trains a millisecond.
    pub(super) trains: Vec<[f64; 2]>,
    /// Lines: mean trains running.
    pub(super) on_line: Vec<f64>,
    /// Pools: mean things taken or not yet free again.
    pub(super) in_use: Vec<f64>,
    /// Legs and cargoes: what boards.
    pub(super) boarding: Vec<Vec<Boarding>>,
    /// Stations: those served.
    pub(super) stations: Vec<Visits>,
    /// Lines and directions: trains that set out, each for one headway.
    pub(super) paths: Vec<[Visits; 2]>,
    /// Pools: bodies that take things, for as long as they or their turnaround keep them.
    pub(super) pools: Vec<Visits>,
    /// Formers: units a millisecond that come to each.
    pub(super) forming: Vec<f64>,
}

/// What boards vessels on a leg: of one cargo, or of all that a call of a fleet has, counted in its room.
#[derive(Clone, Debug, Default)]
pub(super) struct Boarding {
    /// Units a millisecond.
    pub(super) units: f64,
    /// Bodies a millisecond.
    pub(super) bodies: f64,
    /// By priority, first served first: units a millisecond, and the sum of the squares of the bodies' units.
    pub(super) classes: BTreeMap<u8, (f64, f64)>,
}

impl Boarding {
    pub(super) fn add(&mut self, priority: u8, bodies: f64, size: f64) {
        self.units += bodies * size;
        self.bodies += bodies;
        let (units, squares) = self.classes.entry(priority).or_default();
        *units += bodies * size;
        *squares += bodies * size * size;
    }

    /// Adds a part of another, of which a unit takes so much room.
    pub(super) fn add_part(&mut self, other: &Self, part: f64, room: f64) {
        self.units += part * other.units * room;
        self.bodies += part * other.bodies;
        for (priority, (units, squares)) in &other.classes {
            let own = self.classes.entry(*priority).or_default();
            own.0 += part * units * room;
            own.1 += part * squares * room * room;
        }
    }

    /// Mean units of a body.
    pub(super) fn size(&self) -> f64 {
        if self.bodies > 0.0 { self.units / self.bodies } else { 1.0 }
    }
}

/// Customers of a thing, by what streams bring together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Visits {
    rate: f64,
    /// The sum of the squares of the streams' rates.
    square_of_rates: f64,
    /// By rate: time, its square, servers held, variation of gaps, bodies that come together.
    time: f64,
    square: f64,
    servers: f64,
    gap_cv2: f64,
    together: f64,
}

impl Visits {
    pub(super) fn add(&mut self, rate: f64, law: PassageLaw, coming: Coming) {
        self.rate += rate;
        self.square_of_rates += rate * rate;
        self.time += rate * law.mean;
        self.square += rate * (law.variance + law.mean * law.mean);
        self.servers += rate * law.servers;
        self.gap_cv2 += rate * coming.gap_cv2;
        self.together += rate * coming.together;
    }

    /// Bodies a day.
    pub(super) fn a_day(&self) -> f64 {
        self.rate * MS_PER_DAY as f64
    }

    /// The queue of them before servers of which a share is usable; repairs add to the variation of a service so much
    /// for each of its milliseconds.
    pub(super) fn queue(&self, servers: f64, usable: f64, repairs: f64) -> Queue {
        if self.rate <= 0.0 || self.time <= 0.0 {
            return Queue::poisson(servers.max(1.0), 0.0, 0.0, 0.0);
        }
        let mean = self.time / self.rate;
        let own_cv2 = (self.square / self.rate / (mean * mean) - 1.0).max(0.0);
        self.queue_of(
            (servers / (self.servers / self.rate)).max(1.0),
            mean / usable.max(f64::MIN_POSITIVE),
            own_cv2 + repairs / mean,
        )
    }

    /// The queue of them for services of one law.
    pub(super) fn queue_of(&self, servers: f64, mean: f64, service_cv2: f64) -> Queue {
        if self.rate <= 0.0 {
            return Queue::poisson(servers, 0.0, mean, service_cv2);
        }
        let utilisation = (self.rate * mean / servers).min(1.0);
        // Whitt (1983): the more streams come together and the fuller the servers, the more they are like Poisson's.
        let streams = self.rate * self.rate / self.square_of_rates;
        let weight = 1.0 / (1.0 + 4.0 * (1.0 - utilisation) * (1.0 - utilisation) * (streams - 1.0));
        let arrival_cv2 = weight * self.gap_cv2 / self.rate + 1.0 - weight;
        Queue {
            arrival_cv2,
            together: self.together / self.rate,
            ..Queue::poisson(servers, self.rate, mean, service_cv2)
        }
    }
}
