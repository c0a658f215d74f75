//! Successive averages: fixed points of maps that are seen with noise.

/// How far each average goes towards what is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// 1/k at the kth time: the mean of all that was seen.
    Harmonic,
    /// 1/β, where β begins with 1 and grows by 1.8 whenever what is seen is no nearer to the average than the time before,
    /// else by 0.3 (self-regulated averaging: Liu, He, He, "Method of successive weighted averages (MSWA) and self-regulated
    /// averaging schemes for solving stochastic user equilibrium problem", Networks and Spatial Economics 9, 2009).
    SelfRegulated,
}

/// The steps of a search for a fixed point.
#[derive(Clone, Debug, PartialEq)]
pub struct Averages {
    step: Step,
    times: u32,
    beta: f64,
    distance: f64,
}

impl Averages {
    /// Nothing is seen yet.
    pub const fn new(step: Step) -> Self {
        Self { step, times: 0, beta: 0.0, distance: 0.0 }
    }

    /// The share of the way that the average goes towards what is seen now, `distance` away from it; 1 at first.
    pub fn share(&mut self, distance: f64) -> f64 {
        let before = std::mem::replace(&mut self.distance, distance);
        self.times += 1;
        self.beta += match self.step {
            _ if self.times == 1 => 1.0,
            Step::Harmonic => 1.0,
            Step::SelfRegulated if distance >= before => 1.8,
            Step::SelfRegulated => 0.3,
        };
        1.0 / self.beta
    }

    /// Goes on from `from` towards `seen`, number by number.
    ///
    /// # Panics
    /// If they are not equally many.
    pub fn towards(&mut self, from: &mut [f64], seen: &[f64]) {
        assert_eq!(from.len(), seen.len(), "as many are seen as there are");
        let distance: f64 = from.iter().zip(seen).map(|(from, seen)| (seen - from) * (seen - from)).sum();
        let share = self.share(distance);
        for (from, seen) in from.iter_mut().zip(seen) {
            *from += (seen - *from) * share;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two routes of 10 + 0.02 x and 15 + 0.005 x hours for 1,000 lorries, all on the faster one at each time: the flow on
    /// the first is 1000, 500, 333.3, 500, 400, 500, 428.6 … and comes to 400, where both take 18 hours (Sheffi, *Urban
    /// Transportation Networks*, 1985).
    #[test]
    fn two_routes_by_harmonic_averages() {
        let all_or_nothing = |x: f64| if 10.0 + 0.02 * x <= 15.0 + 0.005 * (1000.0 - x) { 1000.0 } else { 0.0 };
        let mut averages = Averages::new(Step::Harmonic);
        let mut x = [0.0];
        let mut found = Vec::new();
        for _ in 0..20_000 {
            let seen = [all_or_nothing(x[0])];
            averages.towards(&mut x, &seen);
            found.push(x[0]);
        }
        for (found, expected) in found.iter().zip([1000.0, 500.0, 1000.0 / 3.0, 500.0, 400.0, 500.0, 3000.0 / 7.0]) {
            assert!((found - expected).abs() < 1e-9, "{found} and not {expected}");
        }
        assert!((x[0] - 400.0).abs() < 0.1, "{x:?}");
    }

    /// The same routes where lorries choose by a logit of 0.5 an hour: 424.384 on the first (Fisk 1980).
    #[test]
    fn a_logit_equilibrium_by_averages_of_costs() {
        let mut averages = Averages::new(Step::SelfRegulated);
        let mut hours = [10.0, 15.0];
        for _ in 0..400 {
            let x = 1000.0 / (1.0 + libm::exp(0.5 * (hours[0] - hours[1])));
            averages.towards(&mut hours, &[10.0 + 0.02 * x, 15.0 + 0.005 * (1000.0 - x)]);
        }
        assert!((hours[0] - 18.487_682_490_1).abs() < 1e-6 && (hours[1] - 17.878_079_377_5).abs() < 1e-6, "{hours:?}");
    }

    /// Pigou: a road of 1 hour, and one of as many hours as take it; all take the second.
    #[test]
    fn pigou() {
        let mut averages = Averages::new(Step::Harmonic);
        let mut x = [0.0];
        for _ in 0..10_000 {
            let seen = [if x[0] <= 1.0 { 1.0 } else { 0.0 }];
            averages.towards(&mut x, &seen);
        }
        assert!((x[0] - 1.0).abs() < 1e-3);
        // Half on each road would take 3/4 of an hour on average: the price of anarchy is 4/3.
        let total = |x: f64| (1.0 - x) + x * x;
        assert!((total(x[0]) / total(0.5) - 4.0 / 3.0).abs() < 1e-3);
    }

    /// Braess: a bridge that makes all slower. Six on two routes of 10x + (50 + x): 83 hours; with a bridge of 10 + x
    /// between them two on each of three routes: 92 hours.
    #[test]
    fn braess() {
        let hours = |paths: &[f64]| {
            let (upper, lower, over) = (paths[0], paths[1], paths[2]);
            let (first, second) = (10.0 * (upper + over), 10.0 * (lower + over));
            [first + 50.0 + upper, second + 50.0 + lower, first + 10.0 + over + second]
        };
        for (routes, expected) in [(2, 83.0), (3, 92.0)] {
            let mut averages = Averages::new(Step::Harmonic);
            let mut paths = [6.0, 0.0, 0.0];
            for _ in 0..50_000 {
                let now = hours(&paths);
                let best = (0..routes).min_by(|&one, &other| now[one].total_cmp(&now[other])).unwrap_or(0);
                let mut seen = [0.0; 3];
                seen[best] = 6.0;
                averages.towards(&mut paths, &seen);
            }
            let now = hours(&paths);
            assert!(now[..routes].iter().all(|hours| (hours - expected).abs() < 0.01), "{now:?}");
            let total: f64 = paths.iter().zip(now).map(|(flow, hours)| flow * hours).sum();
            assert!((total - 6.0 * expected).abs() < 0.1, "{total}");
        }
    }
}
