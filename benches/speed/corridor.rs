//! A year of the corridor of `scenarios/w3-benchmark.toml` as a loop written by hand.

use std::collections::VecDeque;

use rand::SeedableRng;
use rand::rngs::SmallRng;

use crate::bare::{Done, Events, Lognormal, exponential};

const HOURS: f64 = 8760.0;
/// Trains at once on A–B, at the border, on B–P1, at the cranes of P1, and on P2–Q.
const SERVERS: [u32; 5] = [6, 4, 4, 3, 5];
const CRANE: usize = 3;
const LAST: usize = 4;

/// Kinds of events: a stage's number is the end of a service there.
const BOXES: u32 = 8;
const GRAIN: u32 = 9;
const IMPATIENT: u32 = 10;
const CROSSED: u32 = 11;
const UNLOADED: u32 = 12;
const RETURNED: u32 = 13;
const WEATHER: u32 = 14;

#[derive(Default)]
struct Vessel {
    loads: Vec<f64>,
    /// Counts its waits for a second load, so that one that is over no longer runs out.
    wait: u32,
    outward: bool,
}

struct Corridor {
    random: SmallRng,
    events: Events,
    now: f64,
    laws: [Lognormal; 5],
    sailing: Lognormal,
    queues: [VecDeque<f64>; 5],
    busy: [u32; 5],
    /// When the trains in service were made.
    made: Vec<f64>,
    spare: Vec<u32>,
    yard: VecDeque<f64>,
    vessels: [Vessel; 4],
    idle: VecDeque<usize>,
    loading: Option<usize>,
    held: Vec<usize>,
    closed: bool,
    berths: u32,
    outside: VecDeque<usize>,
    times: Vec<f64>,
}

/// One year from an empty corridor: the mean time on the way of what was delivered.
pub(crate) fn year(seed: u64) -> Done {
    let mut corridor = Corridor::new(seed);
    let mut done = Done::default();
    while let Some((time, payload)) = corridor.events.pop() {
        if time > HOURS {
            break;
        }
        corridor.now = time;
        done.events += u64::from(corridor.happens(payload >> 24, payload & 0xFF_FFFF));
    }
    corridor.times.sort_unstable_by(f64::total_cmp);
    done.mean = corridor.times.iter().sum::<f64>() / corridor.times.len() as f64;
    done
}

impl Corridor {
    fn new(seed: u64) -> Self {
        let law = Lognormal::new;
        let mut corridor = Self {
            random: SmallRng::seed_from_u64(seed),
            events: Events::default(),
            now: 0.0,
            laws: [law(84.0, 0.15), law(9.0, 0.6), law(30.0, 0.2), law(5.0, 1.0), law(30.0, 0.2)],
            sailing: law(22.0, 0.2),
            queues: Default::default(),
            busy: [0; 5],
            made: Vec::new(),
            spare: Vec::new(),
            yard: VecDeque::new(),
            vessels: Default::default(),
            idle: (1..4).collect(),
            loading: Some(0),
            held: Vec::new(),
            closed: false,
            berths: 2,
            outside: VecDeque::new(),
            times: Vec::new(),
        };
        corridor.after_exponential(28.0, BOXES, 0);
        corridor.after_exponential(140.0 / 3.0, GRAIN, 0);
        corridor.after_exponential(240.0, WEATHER, 0);
        corridor
    }

    fn after(&mut self, time: f64, kind: u32, what: u32) {
        self.events.push(self.now + time, kind << 24 | what);
    }

    fn after_exponential(&mut self, mean: f64, kind: u32, what: u32) {
        let time = exponential(&mut self.random, mean);
        self.after(time, kind, what);
    }

    /// Whether it was an event of the model: not so the end of a wait that was over before.
    fn happens(&mut self, kind: u32, what: u32) -> bool {
        match kind {
            BOXES => {
                self.after_exponential(28.0, BOXES, 0);
                self.joins(0, self.now);
            }
            GRAIN => {
                self.after_exponential(140.0 / 3.0, GRAIN, 0);
                self.joins(0, self.now);
            }
            IMPATIENT => return self.runs_out((what & 3) as usize, what >> 2),
            CROSSED => {
                self.outside.push_back(what as usize);
                self.berth();
            }
            UNLOADED => self.unloaded(what as usize),
            RETURNED => {
                self.idle.push_back(what as usize);
                self.load();
            }
            WEATHER => self.weather_changes(),
            stage => self.served(stage as usize, what),
        }
        true
    }

    fn joins(&mut self, stage: usize, made: f64) {
        if self.busy[stage] < SERVERS[stage] {
            self.busy[stage] += 1;
            self.starts(stage, made);
        } else {
            self.queues[stage].push_back(made);
        }
    }

    fn starts(&mut self, stage: usize, made: f64) {
        let time =
            if stage == CRANE { exponential(&mut self.random, 5.0) } else { self.laws[stage].draw(&mut self.random) };
        let place = self.spare.pop().unwrap_or(self.made.len() as u32);
        if place as usize == self.made.len() {
            self.made.push(made);
        } else {
            self.made[place as usize] = made;
        }
        self.after(time, stage as u32, place);
    }

    fn served(&mut self, stage: usize, place: u32) {
        let made = self.made[place as usize];
        self.spare.push(place);
        match self.queues[stage].pop_front() {
            Some(next) => self.starts(stage, next),
            None => self.busy[stage] -= 1,
        }
        match stage {
            LAST => self.times.push(self.now - made),
            CRANE => {
                self.yard.push_back(made);
                self.load();
            }
            _ => self.joins(stage + 1, made),
        }
    }

    /// The vessel at the loading place takes what there is; the next comes when it is ready.
    fn load(&mut self) {
        loop {
            if self.loading.is_none() {
                self.loading = self.idle.pop_front();
            }
            let Some(vessel) = self.loading else { return };
            let had = self.vessels[vessel].loads.len();
            while self.vessels[vessel].loads.len() < 2 {
                let Some(load) = self.yard.pop_front() else { break };
                self.vessels[vessel].loads.push(load);
            }
            match self.vessels[vessel].loads.len() {
                2 => self.ready(vessel),
                1 if had == 0 => {
                    let wait = self.vessels[vessel].wait & 0xF_FFFF;
                    return self.after(36.0, IMPATIENT, wait << 2 | vessel as u32);
                }
                _ => return,
            }
        }
    }

    fn runs_out(&mut self, vessel: usize, wait: u32) -> bool {
        let counts = self.loading == Some(vessel) && self.vessels[vessel].wait & 0xF_FFFF == wait;
        if counts {
            self.ready(vessel);
            self.load();
        }
        counts
    }

    fn ready(&mut self, vessel: usize) {
        self.vessels[vessel].wait += 1;
        self.vessels[vessel].outward = true;
        self.loading = None;
        self.sails(vessel);
    }

    fn sails(&mut self, vessel: usize) {
        if self.closed {
            return self.held.push(vessel);
        }
        let time = self.sailing.draw(&mut self.random);
        let kind = if self.vessels[vessel].outward { CROSSED } else { RETURNED };
        self.after(time, kind, vessel as u32);
    }

    fn berth(&mut self) {
        while self.berths > 0 {
            let Some(vessel) = self.outside.pop_front() else { return };
            self.berths -= 1;
            self.after_exponential(6.0, UNLOADED, vessel as u32);
        }
    }

    fn unloaded(&mut self, vessel: usize) {
        self.berths += 1;
        self.berth();
        for load in std::mem::take(&mut self.vessels[vessel].loads) {
            self.joins(LAST, load);
        }
        self.vessels[vessel].outward = false;
        self.sails(vessel);
    }

    fn weather_changes(&mut self) {
        self.closed = !self.closed;
        self.after_exponential(if self.closed { 30.0 } else { 240.0 }, WEATHER, 0);
        if !self.closed {
            for vessel in std::mem::take(&mut self.held) {
                self.sails(vessel);
            }
        }
    }
}
