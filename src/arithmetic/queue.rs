//! Mean waits in queues, by the formulas of the textbooks.
//!
//! References: Pollaczek and Khinchine for one server; Allen (1990) and Cunneen for several; Whitt (1983), "The queueing
//! network analyzer", for mixed arrivals; Kimber and Hollis (1979) for queues that the time under study does not let
//! settle; Spitzer (1956) for what a full departure leaves behind.

/// Terms of Spitzer's series that are taken one by one, and what is left of it when it ends.
const ALONE: f64 = 200.0;
const LEAST_TERM: f64 = 1e-9;

/// A queue before servers that work side by side. Times are in one unit, rates in its inverse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Queue {
    /// Servers; several that one customer holds at once make fewer, so this need not be whole.
    pub servers: f64,
    /// Customers that come in a unit of time.
    pub rate: f64,
    /// Mean service.
    pub mean: f64,
    /// Squared coefficient of variation of the service.
    pub service_cv2: f64,
    /// Squared coefficient of variation of the time between arrivals.
    pub arrival_cv2: f64,
    /// Customers that come together: the mean of the square ÷ the mean, 1 where each comes alone.
    pub together: f64,
}

impl Queue {
    /// Arrivals by Poisson, one at a time.
    pub const fn poisson(servers: f64, rate: f64, mean: f64, service_cv2: f64) -> Self {
        Self { servers, rate, mean, service_cv2, arrival_cv2: 1.0, together: 1.0 }
    }

    /// Share of the servers that is asked for.
    pub fn utilisation(&self) -> f64 {
        self.rate * self.mean / self.servers
    }

    /// The mean wait once the queue has settled, infinite where it never does.
    pub fn wait(&self) -> f64 {
        let utilisation = self.utilisation();
        if utilisation <= 0.0 {
            0.0
        } else if utilisation < 1.0 {
            self.numerator(utilisation) / (1.0 - utilisation)
        } else {
            f64::INFINITY
        }
    }

    /// The mean wait over a span that begins with an empty queue: finite for any utilisation. As the span grows it is that of
    /// [`wait`](Self::wait); far above a utilisation of 1 it is the wait of a queue that grows all the time.
    pub fn wait_within(&self, span: f64) -> f64 {
        let utilisation = self.utilisation();
        if utilisation <= 0.0 { 0.0 } else { within(self.numerator(utilisation), utilisation, span) }
    }

    /// The settled wait × (1 − utilisation), also where there is none.
    fn numerator(&self, utilisation: f64) -> f64 {
        let alone =
            f64::midpoint(self.arrival_cv2, self.service_cv2) * self.delayed(utilisation) * self.mean / self.servers;
        alone * self.correction(utilisation) + (self.together - 1.0) * self.mean / (2.0 * self.servers)
    }

    /// Kraemer and Langenbach-Belz (1976): arrivals more regular than Poisson's wait less.
    fn correction(&self, utilisation: f64) -> f64 {
        let both = self.arrival_cv2 + self.service_cv2;
        if self.arrival_cv2 >= 1.0 || both <= 0.0 || utilisation >= 1.0 {
            return 1.0;
        }
        let gap = 1.0 - self.arrival_cv2;
        libm::exp(-2.0 * (1.0 - utilisation) * gap * gap / (3.0 * utilisation * both))
    }

    /// The share of customers that wait, by Erlang's formula of delay, straight between whole numbers of servers.
    pub fn delayed(&self, utilisation: f64) -> f64 {
        if utilisation >= 1.0 {
            return 1.0;
        }
        let least = libm::floor(self.servers).max(1.0);
        let of = |servers: f64| erlang_c(servers as u32, utilisation * servers);
        let part = (self.servers - least).max(0.0);
        if part == 0.0 { of(least) } else { of(least) * (1.0 - part) + of(least + 1.0) * part }
    }
}

/// The share of customers that wait before `servers`, at `offered` mean busy servers (fewer than there are).
fn erlang_c(servers: u32, offered: f64) -> f64 {
    let blocked = (1..=servers).fold(1.0, |blocked, server| {
        let carried = offered * blocked;
        carried / (f64::from(server) + carried)
    });
    let utilisation = offered / f64::from(servers);
    blocked / (1.0 - utilisation * (1.0 - blocked))
}

/// The mean over a span of a wait that settles at `numerator` ÷ (1 − `utilisation`), from an empty queue on.
pub(super) fn within(numerator: f64, utilisation: f64, span: f64) -> f64 {
    let over = utilisation - 1.0;
    // Of (over + √(over² + x)) the two terms nearly cancel far below a utilisation of 1.
    let x = 8.0 * numerator / span;
    let root = (over * over + x).sqrt();
    let sum = if over < 0.0 { x / (root - over) } else { over + root };
    span / 4.0 * sum
}

/// The mean of what departures with room for a fixed amount leave behind, over so many of them from none waiting: Spitzer's
/// identity (1956), E Q(n) = Σ E max(0, S(k)) ÷ k over k ≤ n, with S(k) the sum of k independent differences of what comes
/// between two departures and what one takes, of mean −`slack` and normal. Finite also where more comes than is taken.
pub(super) fn left_behind(slack: f64, sd: f64, departures: f64) -> f64 {
    let (mut sum, mut next) = (0.0, 1.0);
    while next <= departures {
        // Terms change slowly far out: there one stands for several.
        let width = f64::max(1.0, libm::floor(next / ALONE));
        let term = next + (width - 1.0) / 2.0;
        let excess = normal_excess(-slack * term, sd * term.sqrt()) / term;
        sum += width.min(departures - next + 1.0) * excess * (1.0 - (term - 1.0) / departures).max(0.0);
        if excess * departures < LEAST_TERM * sum {
            break;
        }
        next += width;
    }
    sum
}

/// The mean of what a normal number exceeds 0 by, 0 where it does not.
pub(super) fn normal_excess(mean: f64, sd: f64) -> f64 {
    if sd <= 0.0 {
        return mean.max(0.0);
    }
    let z = mean / sd;
    let density = libm::exp(-z * z / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
    (mean * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2) / 2.0 + sd * density).max(0.0)
}

/// The mean of what is left of a spell when somebody comes at any moment of it.
pub(super) fn residual(mean: f64, variance: f64) -> f64 {
    if mean > 0.0 { (mean * mean + variance) / (2.0 * mean) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(found: f64, known: f64, relative: f64) {
        assert!((found - known).abs() <= relative * known.abs(), "{found} and not {known}");
    }

    #[test]
    fn several_servers_wait_as_erlang_says() {
        // M/M/1 at 0.8: ρ ÷ (1 − ρ) services. M/M/3 at 0.8: 0.6472 ÷ 0.6 = 1.0787 services. M/M/10 at 0.9.
        assert_near(Queue::poisson(1.0, 0.8, 1.0, 1.0).wait(), 4.0, 1e-12);
        assert_near(Queue::poisson(3.0, 2.4, 1.0, 1.0).wait(), 1.078_651_685_393_26, 1e-12);
        assert_near(Queue::poisson(10.0, 9.0, 1.0, 1.0).wait(), 0.668_732, 1e-5);
    }

    #[test]
    fn constant_and_lognormal_services_wait_as_pollaczek_and_khinchine_say() {
        assert_near(Queue::poisson(1.0, 0.8, 1.0, 0.0).wait(), 2.0, 1e-12);
        assert_near(Queue::poisson(1.0, 0.7, 1.0, 2.0).wait(), 3.5, 1e-12);
    }

    #[test]
    fn customers_that_come_together_wait_for_each_other() {
        // M^[10]/M/1 with utilisation 0.8 in batches of ten: L = ρ (1 + 10) ÷ (2 (1 − ρ)) = 22, of which 0.8 are served.
        let queue = Queue { together: 10.0, ..Queue::poisson(1.0, 0.8, 1.0, 1.0) };
        assert_near(queue.wait() * queue.rate, 22.0 - 0.8, 1e-12);
    }

    #[test]
    fn what_settles_late_waits_less_and_what_never_does_waits_half_the_overload() {
        let settled = Queue::poisson(1.0, 0.8, 1.0, 1.0);
        assert_near(settled.wait_within(1e9), 4.0, 1e-6);
        assert!(Queue::poisson(1.0, 0.99, 1.0, 1.0).wait_within(100.0) < 20.0);
        assert_near(Queue::poisson(1.0, 1.5, 1.0, 1.0).wait_within(1e6), 0.5 * 1e6 / 2.0, 1e-4);
    }

    #[test]
    fn what_full_departures_leave_behind() {
        // The Gaussian random walk of drift −β: its mean maximum is
        // 1 ÷ 2β + ζ(½) ÷ √2π + β ÷ 4 (Janssen and van Leeuwaarden 2007, the first terms).
        let maximum = |beta: f64| 0.5 / beta - 1.460_354_508_8 / (2.0 * std::f64::consts::PI).sqrt() + beta / 4.0;
        for beta in [0.05, 0.1, 0.2] {
            assert_near(left_behind(beta, 1.0, 1e7), maximum(beta), 5e-3);
        }
        // M/D/1 at 0.8: the queue at the starts of services is ρ² ÷ (2 (1 − ρ)). M/D/2 at 0.9: by Cosmetatos (1976).
        assert_near(left_behind(0.2, 0.8_f64.sqrt(), 1e6), 1.6, 6e-2);
        assert_near(left_behind(0.2, 1.8_f64.sqrt(), 1e6), 1.8 * 2.1445, 3e-2);
    }

    #[test]
    fn what_departures_leave_behind_while_they_cannot_settle() {
        // Twice as much comes as is taken: what is left grows by 1 a departure, half of that in the mean.
        assert_near(left_behind(-1.0, 1e-6, 1001.0), 501.0, 1e-2);
        // No drift: the mean maximum after n steps is about √(2n ÷ π) sd; its mean over n two thirds of it.
        assert_near(left_behind(0.0, 1.0, 1e6), 2.0 / 3.0 * (2e6 / std::f64::consts::PI).sqrt(), 5e-3);
        assert!(left_behind(10.0, 1.0, 1e6) < 1e-9 && left_behind(10.0, 0.0, 1e6) == 0.0);
    }
}
