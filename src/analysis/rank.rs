//! Ranks that do not pretend to know more than the noise lets them.

use super::effect::Effect;
use crate::stats::{Paired, holm};

/// Which route is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Better {
    More,
    Less,
}

/// Adjusts the p-values of effects that were tried together.
pub(super) fn look_together(effects: &mut [&mut Effect]) {
    let adjusted = holm(&effects.iter().map(|effect| effect.difference.p_value).collect::<Vec<f64>>());
    for (effect, p_adjusted) in effects.iter_mut().zip(adjusted) {
        effect.p_adjusted = p_adjusted;
    }
}

/// The rank of each effect: one more than the number of those that are better beyond the noise of their own paired
/// difference. None where an effect is no gain, or is not statistically significant.
pub(super) fn ranks(effects: &[&Effect], better: Better) -> Vec<Option<usize>> {
    let sign = if better == Better::More { 1.0 } else { -1.0 };
    let is_better = |one: &Effect, other: &Effect| {
        let pairs = one.by_replication.iter().zip(&other.by_replication);
        let whole = pairs.filter(|(one, other)| !one.is_nan() && !other.is_nan());
        let (one, other): (Vec<f64>, Vec<f64>) = whole.map(|(one, other)| (one * sign, other * sign)).unzip();
        let level = effects.first().map_or(0.95, |effect| effect.difference.level);
        Paired::of(&one, &other, level).is_some_and(|paired| paired.mean > 0.0 && paired.p_value <= 1.0 - level)
    };
    let is_gain = |effect: &Effect| effect.is_significant() && effect.difference.mean * sign > 0.0;
    let rank = |effect: &&Effect| {
        let others = effects.iter().filter(|other| is_gain(other) && is_better(other, effect));
        is_gain(effect).then(|| 1 + others.count())
    };
    effects.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::super::effect::Criterion;
    use super::*;
    use crate::words::{FixedUnit, Measure, Subject};

    fn effect(by_replication: [f64; 4]) -> Effect {
        let difference = Paired::of(&by_replication, &[0.0; 4], 0.95).unwrap();
        let of = Criterion {
            measure: Measure::Throughput,
            subject: Subject::corridor(),
            unit: FixedUnit::TonnesPerYear.into(),
        };
        Effect { of, base: 0.0, p_adjusted: difference.p_value, difference, by_replication: by_replication.to_vec() }
    }

    #[test]
    fn what_cannot_be_told_apart_shares_a_rank() {
        let (best, alike) = (effect([10.0, 11.0, 10.5, 10.8]), effect([10.9, 10.1, 10.6, 10.7]));
        let (less, noise) = (effect([5.0, 5.1, 5.2, 5.1]), effect([-9.0, 9.0, 1.0, -1.0]));
        let harm = effect([-5.0, -5.1, -5.2, -5.1]);
        let all = [&noise, &less, &best, &alike, &harm];
        assert_eq!(ranks(&all, Better::More), [None, Some(3), Some(1), Some(1), None]);
        assert_eq!(ranks(&all, Better::Less), [None, None, None, None, Some(1)]);
    }

    #[test]
    fn looked_at_together_fewer_are_told() {
        let mut effects = [effect([1.0, 2.0, 1.0, 2.5]), effect([0.0, 0.1, -0.1, 0.0]), effect([1.0, -1.0, 3.0, 0.0])];
        assert!(effects[0].is_significant());
        look_together(&mut effects.iter_mut().collect::<Vec<_>>());
        assert!(!effects[0].is_significant(), "{}", effects[0].p_adjusted);
    }
}
