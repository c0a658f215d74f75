//! The response of demand: the volumes of a what-if that its own times and charges induce.
//!
//! More volume makes queues, queues make days, and days keep volume away. The volumes sought are those at which this
//! comes to rest, found by the method of successive averages on the terms (not on the volumes), see [`settle`].

use super::terms::Terms;
use crate::model::{Labels, Response};
use crate::stats::{Averages, Step, sum};

/// A volume is settled when a round moves it by no more than this share.
pub const TOLERANCE: f64 = 0.005;
/// Rounds in which volumes must not have moved by more, where each round's terms are noisy.
const CALM_ROUNDS: u32 = 3;
/// Most that a volume is multiplied or divided by in a round: an overrun first round must not empty the corridor.
const MOST_STRIDE: f64 = 2.0;

/// What volumes came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// By flow: volume ÷ given volume; exactly 1 for flows without a response.
    pub factors: Vec<f64>,
    /// Rounds that were simulated.
    pub rounds: u32,
    /// Volumes came to rest.
    pub is_settled: bool,
    /// The largest share by which the last round moved a volume.
    pub last_move: f64,
    /// The largest share by which the terms of the last round, without those before, would move a volume: what is
    /// missing to an equilibrium, and the noise of one round.
    pub gap: f64,
    /// The flow of that gap; `None` where no flow has a response.
    pub widest: Option<usize>,
}

impl Settled {
    /// What to tell whoever reads the factors where volumes did not settle.
    pub fn warning(&self, labels: &Labels) -> Option<String> {
        let flow = labels.flows.get(self.widest.filter(|_| !self.is_settled)?)?;
        Some(format!(
            "the response of demand did not settle in {} rounds: the last one moved a volume by {:.1} %, and what was seen in it would move that of flow.{} by {:.1} %",
            self.rounds,
            100.0 * self.last_move,
            flow.id,
            100.0 * self.gap
        ))
    }
}

/// Finds the volumes by flow that induce the terms that they bring about.
///
/// `responses` and `base` are by flow: how it answers, and its terms in the base at given demand. `run` carries the
/// what-if at so many times the given volumes and says on what terms; it should use the same random numbers each time, and those
/// of the base, for then a what-if that changes nothing gives factors of exactly 1.
///
/// See [`Volumes`] for a round; after `most` rounds it ends in any case. An equilibrium is approximate, and there may be
/// others.
///
/// # Errors
/// Those of `run`.
pub fn settle<E>(
    responses: &[Option<Response>],
    base: &[Terms],
    most: u32,
    mut run: impl FnMut(&[f64]) -> Result<Vec<Terms>, E>,
) -> Result<Settled, E> {
    let mut volumes = Volumes::new(responses, base);
    while volumes.settled.rounds < most && !volumes.settled.is_settled {
        let seen = run(&volumes.settled.factors)?;
        volumes.see(&seen);
    }
    Ok(volumes.settled)
}

/// Volumes that go, round by round, towards those that their own terms induce.
///
/// The method of successive averages on the terms: the first round is at given demand; after each round the average goes
/// a part of the way to the terms just seen ([`Step::SelfRegulated`]), and the next volumes are those that the average
/// induces ([`Terms::factor`]), at most twice and at least half those before. How far terms are from the average is
/// measured in the logarithms of the volumes induced. With equal weights for all rounds, a first round that was
/// overrun would stay in the average for long.
///
/// Volumes are settled when neither a round nor its terms alone move one by more than [`TOLERANCE`], or, where the terms
/// are too noisy for that, when three rounds running did not.
#[derive(Debug)]
pub struct Volumes<'a> {
    responses: &'a [Option<Response>],
    base: &'a [Terms],
    average: Vec<Terms>,
    averages: Averages,
    calm: u32,
    /// What they came to so far.
    pub settled: Settled,
}

impl<'a> Volumes<'a> {
    /// At given demand; settled already where no flow answers.
    pub fn new(responses: &'a [Option<Response>], base: &'a [Terms]) -> Self {
        let settled = Settled {
            factors: vec![1.0; responses.len()],
            rounds: 0,
            is_settled: responses.iter().all(Option::is_none),
            last_move: 0.0,
            gap: 0.0,
            widest: None,
        };
        let average = vec![Terms::UNKNOWN; responses.len()];
        Self { responses, base, average, averages: Averages::new(Step::SelfRegulated), calm: 0, settled }
    }

    /// Takes the terms of a round at the present factors, and moves on.
    pub fn see(&mut self, seen: &[Terms]) {
        if self.responses.iter().all(Option::is_none) {
            return;
        }
        // A flow so small that nothing of it came goes on with what was seen before.
        let latest = self.asked(&towards(&self.average, seen, 1.0));
        let (gap, widest) = largest_move(&self.settled.factors, &latest);
        let distance = square_distance(&self.asked(&self.average), &latest);
        self.average = towards(&self.average, seen, self.averages.share(distance));
        let factors = strides(&self.settled.factors, &self.asked(&self.average));
        let (last_move, _) = largest_move(&self.settled.factors, &factors);
        self.calm = if last_move <= TOLERANCE { self.calm + 1 } else { 0 };
        let is_settled = gap.max(last_move) <= TOLERANCE || self.calm == CALM_ROUNDS;
        let rounds = self.settled.rounds + 1;
        self.settled = Settled { factors, rounds, is_settled, last_move, gap, widest };
    }

    fn asked(&self, terms: &[Terms]) -> Vec<f64> {
        let flows = self.responses.iter().zip(self.base).zip(terms);
        flows.map(|((response, base), now)| response.map_or(1.0, |response| now.factor(base, response))).collect()
    }
}

/// Goes from some volumes towards others, not too far at once; what has no bound is left for the run to refuse.
fn strides(from: &[f64], to: &[f64]) -> Vec<f64> {
    let stride = |(&from, &to): (&f64, &f64)| {
        if to.is_finite() { to.max(from / MOST_STRIDE).min(from * MOST_STRIDE) } else { to }
    };
    from.iter().zip(to).map(stride).collect()
}

fn towards(average: &[Terms], seen: &[Terms], share: f64) -> Vec<Terms> {
    average.iter().zip(seen).map(|(average, seen)| average.towards(seen, share)).collect()
}

/// The square of the distance in logarithms: a volume halved is as far away as one doubled.
fn square_distance(from: &[f64], to: &[f64]) -> f64 {
    let squares = from.iter().zip(to).map(|(&from, &to)| {
        let steps = libm::log(to / from);
        steps * steps
    });
    sum(squares)
}

/// The largest change as a share, and where it is.
fn largest_move(from: &[f64], to: &[f64]) -> (f64, Option<usize>) {
    let moves = from
        .iter()
        .zip(to)
        .map(|(&from, &to)| if from.to_bits() == to.to_bits() { 0.0 } else { (to / from - 1.0).abs() });
    let largest = moves.enumerate().max_by(|one, other| one.1.total_cmp(&other.1));
    largest.map_or((0.0, None), |(flow, moved)| (moved, Some(flow)))
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::random::{Domain, Entity, RandomNumbers, StreamId};

    const RESPONSE: Response = Response { day: -0.052, cost: -0.6 };

    fn terms(transit_time: f64, freight_charge: f64) -> Terms {
        Terms { transit_time, freight_charge }
    }

    /// One flow whose time is a function of its volume; the rounds go where the iteration goes.
    fn settled(base: f64, time: impl Fn(f64) -> f64) -> Settled {
        let run = |factors: &[f64]| Ok::<_, Infallible>(vec![terms(time(factors[0]), 80.0)]);
        settle(&[Some(RESPONSE)], &[terms(base, 80.0)], 100, run).unwrap_or_else(|never| match never {})
    }

    /// The volume at which f = (1 + day)^(time(f) − base), by halving: the right side falls in f.
    fn by_halving(base: f64, time: impl Fn(f64) -> f64) -> f64 {
        let (mut low, mut high) = (0.0, 1000.0);
        for _ in 0..200 {
            let middle = f64::midpoint(low, high);
            let asked = terms(time(middle), 80.0).factor(&terms(base, 80.0), RESPONSE);
            if asked > middle { low = middle } else { high = middle }
        }
        low
    }

    #[test]
    fn volumes_come_to_the_fixed_point() {
        let overload =
            |f: f64| if 1.3 * f < 0.99 { 8.0 + 0.5 / (1.0 - 1.3 * f) } else { 58.0 + 180.0 * (1.3 * f - 0.99) };
        let cases: [(f64, &dyn Fn(f64) -> f64); 4] = [
            // A faster corridor, hardly and then strongly slowed by what it gains; a slower one; one that is overrun.
            (15.0, &|f| 8.0 + 2.0 * f),
            (15.0, &|f| 2.0 + 20.0 * f),
            (10.0, &|f| 12.0 + 3.0 * f),
            (12.0, &overload),
        ];
        for (base, time) in cases {
            let (found, exact) = (settled(base, time), by_halving(base, time));
            assert!(found.is_settled && found.gap <= TOLERANCE, "{found:?}");
            assert!((found.factors[0] / exact - 1.0).abs() < TOLERANCE, "{found:?} and not {exact}");
        }
    }

    /// Where volume changes nothing, one round tells all.
    #[test]
    fn a_time_that_stays_is_answered_at_once() {
        let found = settled(15.0, |_| 14.0);
        assert!((found.factors[0] - 1.0 / 0.948).abs() < 1e-12);
        assert!(found.rounds == 2 && found.is_settled, "{found:?}");
    }

    /// Three rounds by hand: at c days 0.948^(c − 15) times the volume is asked for. The average goes 1/1.3 of the way
    /// where the second round is nearer to it than the first, and 1/2.8 where it is further away.
    #[test]
    fn terms_are_averaged_and_not_volumes() {
        for (fixed, by_volume, beta) in [(8.0, 2.0, 1.3), (0.0, 27.5, 2.8)] {
            let mut tried = Vec::new();
            let run = |factors: &[f64]| {
                tried.push(factors[0]);
                Ok::<_, Infallible>(vec![terms(fixed + by_volume * factors[0], 80.0)])
            };
            settle(&[Some(RESPONSE)], &[terms(15.0, 80.0)], 3, run).unwrap_or_else(|never| match never {});
            let first = fixed + by_volume;
            let second = libm::pow(0.948, first - 15.0);
            let average = first + (fixed + by_volume * second - first) / beta;
            let third = libm::pow(0.948, average - 15.0);
            for (tried, expected) in tried.iter().zip([1.0, second, third]) {
                assert!((tried - expected).abs() < 1e-12, "{tried} and not {expected}");
            }
            assert_eq!(tried.len(), 3);
        }
    }

    /// A first round of 200 days does not empty the corridor: the volume halves until the times are those of a corridor.
    #[test]
    fn an_overrun_corridor_finds_back() {
        let time = |f: f64| if f < 0.7 { 10.0 + 5.0 * f } else { 13.5 + 600.0 * (f - 0.7) };
        let (found, exact) = (settled(12.0, time), by_halving(12.0, time));
        assert!(found.is_settled && (found.factors[0] / exact - 1.0).abs() < TOLERANCE, "{found:?} and not {exact}");
    }

    /// Where each round's terms are noisy, moves come to rest though the gap stays.
    #[test]
    fn noise_is_averaged_out() {
        let random = RandomNumbers::new(20_260_101, 0, Domain::Tests);
        let mut round = 0;
        let run = |factors: &[f64]| {
            round += 1;
            let noise = random.uniform(StreamId::of("noise"), Entity::ordinal(round), 0) - 0.5;
            Ok::<_, Infallible>(vec![terms(8.0 + 4.0 * factors[0] + noise, 80.0)])
        };
        let found = settle(&[Some(RESPONSE)], &[terms(15.0, 80.0)], 100, run).unwrap_or_else(|never| match never {});
        let exact = by_halving(15.0, |f| 8.0 + 4.0 * f);
        assert!(found.is_settled && found.last_move <= TOLERANCE, "{found:?}");
        assert!((found.factors[0] / exact - 1.0).abs() < 0.02, "{found:?} and not {exact}");
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "flows without a response are left alone")]
    fn only_flows_with_a_response_answer() {
        let run = |factors: &[f64]| Ok::<_, Infallible>(vec![terms(9.0 + factors[1], 80.0); 2]);
        let base = [terms(15.0, 80.0); 2];
        let found = settle(&[None, Some(RESPONSE)], &base, 100, run).unwrap_or_else(|never| match never {});
        assert_eq!(found.factors[0], 1.0);
        assert!(found.factors[1] > 1.2);
        let none = settle(&[None, None], &base, 100, |_| Err("nothing to be run"));
        assert!(none.is_ok_and(|none| none.rounds == 0 && none.is_settled && none.factors == [1.0, 1.0]));
    }

    #[test]
    fn rounds_that_do_not_suffice_are_told() {
        let run = |factors: &[f64]| Ok::<_, Infallible>(vec![terms(2.0 + 20.0 * factors[0], 80.0)]);
        let found = settle(&[Some(RESPONSE)], &[terms(15.0, 80.0)], 2, run).unwrap_or_else(|never| match never {});
        assert!(found.rounds == 2 && !found.is_settled && found.gap > TOLERANCE, "{found:?}");
        assert_eq!(found.widest, Some(0));
    }

    /// From the second round on nothing comes: the flow goes on with what was seen at first.
    #[test]
    fn a_flow_that_vanishes_keeps_its_last_terms() {
        let run = |factors: &[f64]| {
            Ok::<_, Infallible>(vec![if factors[0] < 1.0 { Terms::UNKNOWN } else { terms(115.0, 80.0) }])
        };
        let found = settle(&[Some(RESPONSE)], &[terms(15.0, 80.0)], 100, run).unwrap_or_else(|never| match never {});
        assert!(found.is_settled && (found.factors[0] - libm::pow(0.948, 100.0)).abs() < 1e-12, "{found:?}");
    }
}
