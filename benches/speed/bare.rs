//! The same workloads as loops written by hand for them alone: a heap of (time, sequence number, payload), a generator with
//! state, ziggurat draws, one statistic each. They are the yardstick, not a model of good code.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use rand::SeedableRng;
use rand::rngs::SmallRng;
use rand_distr::{Distribution, Exp1, StandardNormal};

/// A pending event: time in the bits of a positive number, which keep its order, then sequence number and payload.
#[derive(Default)]
pub(crate) struct Events {
    heap: BinaryHeap<Reverse<u128>>,
    scheduled: u32,
}

impl Events {
    pub(crate) fn push(&mut self, time: f64, payload: u32) {
        self.scheduled = self.scheduled.wrapping_add(1);
        let key = u128::from(time.to_bits()) << 64 | u128::from(self.scheduled) << 32 | u128::from(payload);
        self.heap.push(Reverse(key));
    }

    pub(crate) fn pop(&mut self) -> Option<(f64, u32)> {
        self.heap.pop().map(|Reverse(key)| (f64::from_bits((key >> 64) as u64), key as u32))
    }
}

pub(crate) fn exponential(random: &mut SmallRng, mean: f64) -> f64 {
    let unit: f64 = Exp1.sample(random);
    unit * mean
}

/// A lognormal law by the mean and the deviation of its logarithm.
#[derive(Clone, Copy)]
pub(crate) struct Lognormal {
    mu: f64,
    sigma: f64,
}

impl Lognormal {
    pub(crate) fn new(mean: f64, cv: f64) -> Self {
        let variance = (cv * cv).ln_1p();
        Self { mu: mean.ln() - variance / 2.0, sigma: variance.sqrt() }
    }

    pub(crate) fn draw(self, random: &mut SmallRng) -> f64 {
        let normal: f64 = StandardNormal.sample(random);
        (self.mu + self.sigma * normal).exp()
    }
}

/// What a loop has done: events, and the statistic that it is for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Done {
    pub(crate) events: u64,
    pub(crate) mean: f64,
}

/// The payload of arrivals; that of the end of a service is the server.
const ARRIVAL: u32 = u32::MAX;

/// So many customers of a row of stations with exponential services of mean 1: the mean time from end to end.
pub(crate) fn tandem(stations: usize, servers: usize, rate: f64, customers: u64, seed: u64) -> Done {
    let mut random = SmallRng::seed_from_u64(seed);
    let mut events = Events::default();
    let mut queues = vec![VecDeque::<f64>::new(); stations];
    let mut free = vec![servers; stations];
    let mut in_service = vec![0.0; stations * servers];
    let mut idle: Vec<Vec<usize>> = (0..stations).map(|_| (0..servers).collect()).collect();
    let (mut made, mut sum, mut done) = (0, 0.0, Done::default());
    events.push(exponential(&mut random, 1.0 / rate), ARRIVAL);
    while let Some((now, payload)) = events.pop() {
        done.events += 1;
        let (station, since) = if payload == ARRIVAL {
            made += 1;
            if made < customers {
                events.push(now + exponential(&mut random, 1.0 / rate), ARRIVAL);
            }
            (0, now)
        } else {
            let (station, server) = (payload as usize / servers, payload as usize % servers);
            let since = in_service[payload as usize];
            if let Some(next) = queues[station].pop_front() {
                in_service[payload as usize] = next;
                events.push(now + exponential(&mut random, 1.0), payload);
            } else {
                free[station] += 1;
                idle[station].push(server);
            }
            (station + 1, since)
        };
        if station == stations {
            sum += now - since;
        } else if free[station] > 0 {
            free[station] -= 1;
            let server = idle[station].pop().expect("one is free");
            let payload = station * servers + server;
            in_service[payload] = since;
            events.push(now + exponential(&mut random, 1.0), payload as u32);
        } else {
            queues[station].push_back(since);
        }
    }
    done.mean = sum / customers as f64;
    done
}
