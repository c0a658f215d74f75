//! What theory says, computed anew: the closed forms and small Markov chains behind the index of cases.

/// Erlang's loss formula by its recursion: the share of calls lost by `servers` at `load` erlang.
pub(super) fn erlang_b(load: f64, servers: u32) -> f64 {
    (1..=servers).fold(1.0, |loss, k| load * loss / (f64::from(k) + load * loss))
}

/// A queue with Poisson arrivals and exponential servers (Erlang 1917).
pub(super) struct Mmc {
    pub(super) rate: f64,
    pub(super) service: f64,
    pub(super) servers: u32,
}

impl Mmc {
    pub(super) fn utilisation(&self) -> f64 {
        self.rate / (f64::from(self.servers) * self.service)
    }

    /// Erlang's delay formula: the share that waits.
    pub(super) fn waits(&self) -> f64 {
        let loss = erlang_b(self.rate / self.service, self.servers);
        loss / (1.0 - self.utilisation() * (1.0 - loss))
    }

    fn drain(&self) -> f64 {
        f64::from(self.servers) * self.service - self.rate
    }

    pub(super) fn wait(&self) -> f64 {
        self.waits() / self.drain()
    }

    pub(super) fn sojourn(&self) -> f64 {
        self.wait() + 1.0 / self.service
    }

    pub(super) fn queue(&self) -> f64 {
        self.rate * self.wait()
    }

    pub(super) fn number(&self) -> f64 {
        self.rate * self.sojourn()
    }

    /// The wait that all but a share of 5 % do not exceed.
    pub(super) fn wait_p95(&self) -> f64 {
        (self.waits() / 0.05).ln() / self.drain()
    }
}

/// Mean wait of one server (Pollaczek 1930, Khinchine 1932).
pub(super) fn pollaczek(rate: f64, mean: f64, squared_variation: f64) -> f64 {
    rate * mean * mean * (1.0 + squared_variation) / (2.0 * (1.0 - rate * mean))
}

/// The share that waits at most `time` for one server with the fixed service 1 (Erlang 1909).
pub(super) fn fixed_service_wait_law(rate: f64, time: f64) -> f64 {
    let term = |j: u32| {
        let x = rate * (f64::from(j) - time);
        let factorial: f64 = (1..=j).map(f64::from).product();
        x.powi(j as i32) * (-x).exp() / factorial
    };
    (1.0 - rate) * (0..=time.floor() as u32).map(term).sum::<f64>()
}

/// The walk X' = max(X + A - batch, 0) with Poisson A: its mean, and the probability of 0 (Spitzer 1956).
///
/// It is the queue that a customer of fixed-service servers meets, and what a timetabled vessel leaves behind.
pub(super) fn walk(mean: f64, batch: u32) -> (f64, f64) {
    let (mut level, mut log_empty) = (0.0, 0.0);
    for k in 1..2000_u32 {
        let (total, room) = (mean * f64::from(k), batch * k);
        // Poisson probabilities above `room`, from the first on, until they no longer matter.
        let (mut excess, mut above, mut n) = (0.0, 0.0, room + 1);
        let mut probability = (f64::from(n) * total.ln() - total - log_factorial(n)).exp();
        while n < room + 400 {
            excess += f64::from(n - room) * probability;
            above += probability;
            n += 1;
            probability *= total / f64::from(n);
        }
        level += excess / f64::from(k);
        log_empty -= above / f64::from(k);
    }
    (level, log_empty.exp())
}

/// The share that waits for `servers` of the fixed service 1 (Crommelin 1932): a service later, the number there is what
/// was left over the servers and what has come.
pub(super) fn fixed_services_wait(rate: f64, servers: usize) -> f64 {
    const MOST: usize = 400;
    let come = |n: usize| (n as f64 * rate.ln() - rate - log_factorial(n as u32)).exp();
    let poisson: Vec<f64> = (0..MOST + servers).map(come).collect();
    let mut rates = vec![vec![0.0; MOST]; MOST];
    for (from, row) in rates.iter_mut().enumerate() {
        for (come, probability) in poisson.iter().enumerate() {
            row[(from + come).saturating_sub(servers).min(MOST - 1)] += probability;
        }
    }
    let left = stationary(rates);
    let free = |left: usize| poisson[..servers.saturating_sub(left)].iter().sum::<f64>();
    1.0 - left.iter().enumerate().map(|(n, p)| p * free(n)).sum::<f64>()
}

fn log_factorial(n: u32) -> f64 {
    (1..=n).map(|k| f64::from(k).ln()).sum()
}

/// The formula of Allen and Cunneen for general gaps and services of mean 1.
pub(super) fn allen_cunneen(rate: f64, servers: u32, gaps: f64, services: f64) -> f64 {
    0.5 * (gaps + services) * Mmc { rate, service: 1.0, servers }.wait()
}

/// A station of the network analyzer: servers, mean and squared variation of the service.
pub(super) struct General {
    pub(super) servers: u32,
    pub(super) mean: f64,
    pub(super) variation: f64,
}

/// Mean waits in a row of stations at the rate 1 (Whitt 1983), with the factor of Kraemer and Langenbach-Belz (1976).
pub(super) fn network_analyzer(mut gaps: f64, stations: &[General]) -> Vec<f64> {
    let mut waits = Vec::new();
    for station in stations {
        let use_ = station.mean / f64::from(station.servers);
        let both = gaps + station.variation;
        let exponential = Mmc { rate: 1.0, service: 1.0 / station.mean, servers: station.servers }.wait();
        let regular = station.servers == 1 && gaps < 1.0;
        let factor = (-2.0 * (1.0 - use_) * (1.0 - gaps).powi(2) / (3.0 * use_ * both)).exp();
        waits.push(exponential * both / 2.0 * if regular { factor } else { 1.0 });
        let served = (station.variation.max(0.2) - 1.0) / f64::from(station.servers).sqrt();
        gaps = 1.0 + (1.0 - use_ * use_) * (gaps - 1.0) + use_ * use_ * served;
    }
    waits
}

/// Birth and death: probabilities of 0 to the greatest number, from the rates up and down.
pub(super) fn birth_death(most: u32, up: impl Fn(u32) -> f64, down: impl Fn(u32) -> f64) -> Vec<f64> {
    let mut weights = vec![1.0];
    for n in 1..=most {
        weights.push(weights[n as usize - 1] * up(n - 1) / down(n));
    }
    let total: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / total).collect()
}

/// Machine repair (Palm 1947): vessels away for `away` and served for 1 at `berths`.
pub(super) struct Repair {
    /// Visits a unit of time.
    pub(super) throughput: f64,
    /// Vessels at or before the berths.
    pub(super) number: f64,
    pub(super) wait: f64,
}

pub(super) fn machine_repair(vessels: u32, berths: u32, away: f64) -> Repair {
    let p = birth_death(vessels, |n| f64::from(vessels - n) / away, |n| f64::from(n.min(berths)));
    let number: f64 = (0..).zip(&p).map(|(n, p)| f64::from(n) * p).sum();
    let throughput = (f64::from(vessels) - number) / away;
    Repair { throughput, number, wait: number / throughput - 1.0 }
}

/// Mean value analysis (Reiser and Lavenberg 1980): throughput of a closed network of queues and a delay.
pub(super) fn mean_values(population: u32, delay: f64, demands: &[f64]) -> (f64, Vec<f64>) {
    let mut queues = vec![0.0; demands.len()];
    let mut throughput = 0.0;
    for n in 1..=population {
        let times: Vec<f64> = demands.iter().zip(&queues).map(|(demand, queue)| demand * (1.0 + queue)).collect();
        throughput = f64::from(n) / (delay + times.iter().sum::<f64>());
        queues = times.iter().map(|time| throughput * time).collect();
    }
    (throughput, queues)
}

/// Stationary probabilities of a Markov chain from its rates, by elimination.
#[expect(clippy::needless_range_loop, reason = "rows and columns of a matrix")]
pub(super) fn stationary(mut rates: Vec<Vec<f64>>) -> Vec<f64> {
    // Grassmann, Taksar and Heyman (1985): states are folded away from the last on, without subtraction.
    let n = rates.len();
    for last in (1..n).rev() {
        let out: f64 = rates[last][..last].iter().sum();
        for from in 0..last {
            let share = rates[from][last] / out;
            rates[from][last] = share;
            if share > 0.0 {
                for to in 0..last {
                    rates[from][to] += share * rates[last][to];
                }
            }
        }
    }
    let mut p = vec![1.0];
    for state in 1..n {
        p.push((0..state).map(|from| p[from] * rates[from][state]).sum());
    }
    let total: f64 = p.iter().sum();
    p.into_iter().map(|p| p / total).collect()
}

/// A vessel for `room` that sails for `away` as soon as `least` wait (Neuts 1967): mean wait, sailings a unit of time.
#[expect(clippy::needless_range_loop, reason = "rows of a matrix")]
pub(super) fn bulk(rate: f64, away: f64, least: usize, room: usize) -> (f64, f64) {
    const MOST: usize = 600;
    // States below `least`: the vessel waits; then: it is away, so many wait.
    let away_with = |waiting: usize| least + waiting;
    let states = least + MOST;
    let mut rates = vec![vec![0.0; states]; states];
    for waiting in 0..least {
        let next = if waiting + 1 == least { away_with(0) } else { waiting + 1 };
        rates[waiting][next] = rate;
    }
    for waiting in 0..MOST {
        let back = if waiting < least { waiting } else { away_with(waiting.saturating_sub(room)) };
        if back != away_with(waiting) {
            rates[away_with(waiting)][back] += 1.0 / away;
        }
        if waiting + 1 < MOST {
            rates[away_with(waiting)][away_with(waiting + 1)] += rate;
        }
    }
    let p = stationary(rates);
    let waiting = |state: usize| if state < least { state } else { state - least };
    let queue: f64 = p.iter().enumerate().map(|(state, p)| waiting(state) as f64 * p).sum();
    let busy: f64 = p[least..].iter().sum();
    (queue / rate, busy / away)
}

/// The wait for a vessel that sails only when full: the time to fill, and the wait of full batches (roots of the queue with gaps of `room` stages).
pub(super) fn full_only(rate: f64, away: f64, room: u32) -> f64 {
    let service = 1.0 / away;
    let mut sigma = 0.5;
    for _ in 0..10_000 {
        sigma = (rate / (rate + service * (1.0 - sigma))).powi(room as i32);
    }
    f64::from(room - 1) / (2.0 * rate) + sigma / (service * (1.0 - sigma))
}

/// A saturated line of exponential stations with room for so many wagons at each but the first, blocking after service.
pub(super) struct Line<'a> {
    pub(super) service: &'a [f64],
    /// Places with the one in service, by station after the first.
    pub(super) room: &'a [usize],
}

impl Line<'_> {
    /// Wagons a unit of time, from the Markov chain. A state has, by station after the first, the wagons that it has
    /// still to serve; one that blocks the server before it is counted where it wants to go.
    pub(super) fn throughput(&self) -> f64 {
        let none = vec![vec![]];
        let states = self.room.iter().fold(none, |states: Vec<Vec<usize>>, room| {
            let longer =
                |state: &Vec<usize>| (0..=room + 1).map(|n| [state.as_slice(), &[n]].concat()).collect::<Vec<_>>();
            states.iter().flat_map(longer).collect()
        });
        let mut rates = vec![vec![0.0; states.len()]; states.len()];
        for (from, state) in states.iter().enumerate() {
            for station in (0..self.service.len()).filter(|&station| self.works(state, station)) {
                let to = states.iter().position(|other| *other == after_service(state, station));
                rates[from][to.expect("a service leads to a state")] += self.service[station];
            }
        }
        let reached = reachable(&rates);
        let p = stationary(reached.iter().map(|&from| reached.iter().map(|&to| rates[from][to]).collect()).collect());
        let last = self.room.len();
        let busy = reached.iter().zip(p).filter(|(state, _)| self.works(&states[**state], last));
        busy.map(|(_, p)| p * self.service[last]).sum()
    }

    /// Whether the next station has no room for what this one has served.
    fn is_blocked(&self, state: &[usize], station: usize) -> bool {
        let Some(next) = state.get(station) else { return false };
        next + usize::from(self.is_blocked(state, station + 1)) > self.room[station]
    }

    fn works(&self, state: &[usize], station: usize) -> bool {
        !self.is_blocked(state, station) && (station == 0 || state[station - 1] > 0)
    }
}

fn after_service(state: &[usize], station: usize) -> Vec<usize> {
    let mut next = state.to_vec();
    if station > 0 {
        next[station - 1] -= 1;
    }
    if let Some(more) = next.get_mut(station) {
        *more += 1;
    }
    next
}

/// States that are reached from the empty line, in order.
fn reachable(rates: &[Vec<f64>]) -> Vec<usize> {
    let (mut seen, mut open) = (vec![false; rates.len()], vec![0]);
    while let Some(state) = open.pop() {
        if !std::mem::replace(&mut seen[state], true) {
            open.extend((0..rates.len()).filter(|&to| rates[state][to] > 0.0));
        }
    }
    (0..rates.len()).filter(|&state| seen[state]).collect()
}
