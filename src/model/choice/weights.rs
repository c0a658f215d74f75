//! Weights of alternatives from their costs and times: pivot, multinomial and path-size logit.

use super::label::{AlternativeLabel, ChoiceLabel, ChoiceModel};
use super::terms::RouteTerms;
use crate::ids::LinkId;

/// The logarithm of an alternative's weight for a shipment whose unit's day is worth v dollars: intercept + slope × v.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    /// At a value of time of 0.
    pub intercept: f64,
    /// For each dollar that a day of a unit is worth.
    pub slope: f64,
}

impl Weight {
    /// Never taken.
    pub const NEVER: Self = Self { intercept: f64::NEG_INFINITY, slope: 0.0 };

    /// The weight of a base share.
    pub fn of_share(share: f64) -> Self {
        if share > 0.0 { Self { intercept: libm::log(share), slope: 0.0 } } else { Self::NEVER }
    }

    /// Whether it is never taken.
    pub fn is_never(self) -> bool {
        self.intercept == f64::NEG_INFINITY
    }

    /// The logarithm of the weight at a value of time.
    pub fn at(self, value_of_time: f64) -> f64 {
        self.intercept + self.slope * value_of_time
    }
}

/// Shares of alternatives in the market, over all values of time.
///
/// `values` are equally likely values of time. Empty or all closed: all shares 0.
pub fn shares(weights: &[Weight], values: &[f64]) -> Vec<f64> {
    let mut total = vec![0.0; weights.len()];
    for &value in values {
        let logs: Vec<f64> = weights.iter().map(|weight| weight.at(value)).collect();
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if most == f64::NEG_INFINITY {
            continue;
        }
        let parts: Vec<f64> = logs.iter().map(|log| libm::exp(log - most)).collect();
        let sum: f64 = parts.iter().sum();
        for (share, part) in total.iter_mut().zip(parts) {
            *share += part / sum / values.len() as f64;
        }
    }
    total
}

/// Shares of the market by what is taken at the base shares and what at other weights: entry (i, j) moves from alternative i
/// to j. Rows sum to the base shares, columns to the shares at the weights, and nobody moves between two alternatives whose
/// weights do not change; see [`super::Choice`]. `values` are equally likely values of time.
pub fn moves(base: &[f64], weights: &[Weight], values: &[f64]) -> Vec<Vec<f64>> {
    // What nobody takes in the base is in the race all the same, but never first.
    let base: Vec<f64> = base.iter().map(|share| share.max(1e-12)).collect();
    let mut moved = vec![vec![0.0; base.len()]; base.len()];
    for &value in values {
        let speeds: Vec<f64> =
            base.iter().zip(weights).map(|(share, weight)| libm::exp(weight.at(value)) / share).collect();
        for from in 0..base.len() {
            let mut stay = base[from];
            for to in (0..base.len()).filter(|&to| to != from) {
                let share = move_between(&base, &speeds, from, to);
                moved[from][to] += share / values.len() as f64;
                stay -= share;
            }
            moved[from][from] += stay.max(0.0) / values.len() as f64;
        }
    }
    moved
}

/// The probability that alternative `from` comes in first in a race at rates `base`, and `to` in the same race where each
/// runs so many times as fast.
///
/// With x the time of `to` over that of `from`, it is the integral of `p q ÷ (p + q x + Σ r max(1, x v ÷ w))²` from x = 1 to the
/// ratio of the speeds of `to` and `from`, p and q the rates of the two, r and v rate and speed of each other, w the speed
/// of `to`. Between the points at which another begins to count, the bracket is a straight line.
fn move_between(base: &[f64], speeds: &[f64], from: usize, to: usize) -> f64 {
    let end = speeds[to] / speeds[from];
    if end.is_nan() || end <= 1.0 {
        return 0.0;
    }
    let others = || (0..base.len()).filter(|&other| other != from && other != to);
    let mut ends: Vec<f64> =
        others().map(|other| speeds[to] / speeds[other]).filter(|at| *at > 1.0 && *at < end).collect();
    ends.push(end);
    ends.sort_by(f64::total_cmp);
    let mut total = 0.0;
    let mut at = 1.0;
    for next in ends {
        let middle = if next.is_finite() { f64::midpoint(at, next) } else { 2.0 * at };
        let (mut level, mut slope) = (base[from], base[to]);
        for other in others() {
            let ratio = speeds[other] / speeds[to];
            if middle * ratio > 1.0 { slope += base[other] * ratio } else { level += base[other] }
        }
        let below = |x: f64| if x.is_finite() { 1.0 / (slope * (level + slope * x)) } else { 0.0 };
        total += base[from] * base[to] * (below(at) - below(next));
        at = next;
    }
    total
}

/// A link of a route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RouteLink {
    /// The link.
    pub link: LinkId,
    /// Its length in kilometres.
    pub length: f64,
}

fn length(route: &[RouteLink]) -> f64 {
    route.iter().map(|one| one.length).sum()
}

fn has_link(route: &[RouteLink], link: LinkId) -> bool {
    route.iter().any(|one| one.link == link)
}

/// Path sizes of routes given by their links with lengths: sum over the links of (length ÷ length of the route) ÷ (number of
/// routes that use the link). A route without a length has path size 1.
///
/// Ben-Akiva and Bierlaire, "Discrete choice methods and their applications to short term travel decisions", 1999.
pub fn path_sizes(routes: &[Vec<RouteLink>]) -> Vec<f64> {
    let users = |link: LinkId| routes.iter().filter(|route| has_link(route, link)).count();
    let size = |route: &Vec<RouteLink>| {
        let length = length(route);
        if length > 0.0 { route.iter().map(|one| one.length / length / users(one.link) as f64).sum() } else { 1.0 }
    };
    routes.iter().map(size).collect()
}

/// Shares of the length of a route that it has in common with each of others. A route without a length has nothing in common.
pub fn in_common(route: &[RouteLink], others: &[Vec<RouteLink>]) -> Vec<f64> {
    let length = length(route);
    let common = |other: &Vec<RouteLink>| {
        let both = route.iter().filter(|one| has_link(other, one.link));
        if length > 0.0 { both.map(|one| one.length).sum::<f64>() / length } else { 0.0 }
    };
    others.iter().map(common).collect()
}

impl ChoiceLabel {
    /// The weights that terms induce where the base shares came at the terms `base`; both by alternative.
    ///
    /// A route without a base share that is open in `base` is new: it has the mean constant of those that have a share, weighted
    /// by their shares and by how much of its way it has in common with each, and a path size among them. One that has no way
    /// in common with any has the mean constant of all. So what shippers know of the old routes holds for the new one, and its
    /// own constant, charge and time set it apart. One that is not open in `base` was there and nobody took it: it stays so.
    pub fn weights(&self, base: &[RouteTerms], now: &[RouteTerms]) -> Vec<Weight> {
        let weights = match self.model {
            ChoiceModel::Fixed => self.alternatives.iter().map(|one| Weight::of_share(one.share)).collect(),
            ChoiceModel::Pivot => self.pivot(base, now),
            ChoiceModel::Logit | ChoiceModel::PathSize => self.logit(now),
        };
        let shut = |(weight, terms): (Weight, &RouteTerms)| if terms.is_open { weight } else { Weight::NEVER };
        weights.into_iter().zip(now).map(shut).collect()
    }

    /// The weights at what is known without simulation: base shares but for what is closed, or a logit on charges and times
    /// without waiting.
    pub fn weights_without_simulation(&self) -> Vec<Weight> {
        let terms: Vec<RouteTerms> = self.alternatives.iter().map(|one| one.terms).collect();
        match self.model {
            ChoiceModel::Logit | ChoiceModel::PathSize => self.weights(&terms, &terms),
            ChoiceModel::Fixed | ChoiceModel::Pivot => {
                let of = |one: &AlternativeLabel| {
                    if one.terms.is_open { Weight::of_share(one.share) } else { Weight::NEVER }
                };
                self.alternatives.iter().map(of).collect()
            }
        }
    }

    /// Dollars a unit of the market that shippers gain where weights go from the base shares to these: the mean over values
    /// of time of the logarithm of the sum of weights, over the scale (the logsum). Only where base shares are given.
    pub fn gain(&self, weights: &[Weight]) -> Option<f64> {
        matches!(self.model, ChoiceModel::Pivot).then(|| {
            let logsum =
                |value: &f64| libm::log(weights.iter().map(|weight| libm::exp(weight.at(*value))).sum::<f64>());
            let sum: f64 = self.values_of_time.iter().map(logsum).sum();
            sum / self.values_of_time.len() as f64 / self.scale_per_usd
        })
    }

    fn pivot(&self, base: &[RouteTerms], now: &[RouteTerms]) -> Vec<Weight> {
        let weight = |((one, base_terms), now): ((&AlternativeLabel, &RouteTerms), &RouteTerms)| {
            if one.share <= 0.0 && !base_terms.is_open {
                return Weight::NEVER;
            }
            let (log, terms) =
                if one.share > 0.0 { (libm::log(one.share), *base_terms) } else { self.as_its_like(one, base) };
            Weight {
                intercept: log - self.scale_per_usd * (now.usd - terms.usd),
                slope: -self.scale_per_usd * (now.days - terms.days),
            }
        };
        self.alternatives.iter().zip(base).zip(now).map(weight).collect()
    }

    /// Logarithm of the share and the terms that stand for a new route: means over those that are like it.
    fn as_its_like(&self, new: &AlternativeLabel, base: &[RouteTerms]) -> (f64, RouteTerms) {
        let in_common = |place: usize| new.in_common.get(place).copied().unwrap_or(0.0);
        let by_way: Vec<f64> =
            self.alternatives.iter().enumerate().map(|(place, one)| one.share * in_common(place)).collect();
        let by_share: Vec<f64> = self.alternatives.iter().map(|one| one.share).collect();
        let weights = if by_way.iter().sum::<f64>() > 0.0 { by_way } else { by_share };
        let all: f64 = weights.iter().sum();
        let known = || self.alternatives.iter().zip(base).zip(&weights).filter(|(_, weight)| **weight > 0.0);
        let mean = |of: &dyn Fn(&AlternativeLabel, &RouteTerms) -> f64| {
            known().map(|((one, terms), weight)| weight / all * of(one, terms)).sum::<f64>()
        };
        let terms = RouteTerms { days: mean(&|_, terms| terms.days), usd: mean(&|_, terms| terms.usd), is_open: true };
        (mean(&|one, _| libm::log(one.share)) + new.log_path_size, terms)
    }

    fn logit(&self, now: &[RouteTerms]) -> Vec<Weight> {
        let weight = |(one, now): (&AlternativeLabel, &RouteTerms)| Weight {
            intercept: one.log_path_size - self.scale_per_usd * now.usd,
            slope: -self.scale_per_usd * now.days,
        };
        self.alternatives.iter().zip(now).map(weight).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: &[f64], expected: &[f64]) {
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{found} and not {expected}");
        }
    }

    fn label(model: ChoiceModel, shares: &[f64]) -> ChoiceLabel {
        ChoiceLabel::for_tests(model, 0.005, shares)
    }

    fn link(index: usize, length: f64) -> RouteLink {
        RouteLink { link: LinkId::new(index), length }
    }

    fn terms(usd: f64) -> RouteTerms {
        RouteTerms { days: 0.0, usd, is_open: true }
    }

    /// Costs of 1,000, 1,100 and 1,300 dollars at 0.005 a dollar (`McFadden` 1974).
    #[test]
    fn multinomial_shares() {
        let costs = [1000.0, 1100.0, 1300.0].map(terms);
        let weights = label(ChoiceModel::Logit, &[0.0; 3]).weights(&costs, &costs);
        close(&shares(&weights, &[60.0]), &[0.546_549_387_266, 0.331_498_960_424, 0.121_951_652_310]);
    }

    /// Three routes of equal cost, two of which share 8 of their 10 units of length: 3/11, 3/11, 5/11.
    #[test]
    fn path_size_turns_to_the_distinct_route() {
        let routes = [vec![link(0, 2.0), link(2, 8.0)], vec![link(1, 2.0), link(2, 8.0)], vec![link(3, 10.0)]];
        let sizes = path_sizes(&routes);
        close(&sizes, &[0.6, 0.6, 1.0]);
        let mut label = label(ChoiceModel::PathSize, &[0.0; 3]);
        for (one, size) in label.alternatives.iter_mut().zip(&sizes) {
            one.log_path_size = libm::log(*size);
        }
        let weights = label.weights(&[terms(10.0); 3], &[terms(10.0); 3]);
        close(&shares(&weights, &[60.0]), &[3.0 / 11.0, 3.0 / 11.0, 5.0 / 11.0]);
    }

    #[test]
    fn the_pivot_gives_base_shares_at_base_terms_whatever_time_is_worth() {
        let base = [
            RouteTerms { days: 12.0, usd: 900.0, is_open: true },
            RouteTerms { days: 30.0, usd: 700.0, is_open: true },
        ];
        let weights = label(ChoiceModel::Pivot, &[0.3, 0.7]).weights(&base, &base);
        close(&shares(&weights, &[15.0, 60.0, 240.0]), &[0.3, 0.7]);
    }

    /// A day more at 60 dollars a day and 0.00085 a dollar takes 5.2 % of the odds: exp(−0.051) = 0.950.
    #[test]
    fn a_day_more_costs_odds() {
        let base = [RouteTerms { days: 12.0, usd: 900.0, is_open: true }; 2];
        let now = [RouteTerms { days: 13.0, ..base[0] }, base[1]];
        let mut label = label(ChoiceModel::Pivot, &[0.5, 0.5]);
        label.scale_per_usd = 0.00085;
        let found = shares(&label.weights(&base, &now), &[60.0]);
        assert!((found[0] / found[1] - libm::exp(-0.051)).abs() < 1e-12);
    }

    #[test]
    fn what_is_closed_is_never_taken_and_the_rest_keeps_its_odds() {
        let base = [terms(1.0); 3];
        let now = [RouteTerms { is_open: false, ..base[0] }, base[1], base[2]];
        let weights = label(ChoiceModel::Pivot, &[0.5, 0.3, 0.2]).weights(&base, &now);
        close(&shares(&weights, &[60.0]), &[0.0, 0.6, 0.4]);
    }

    /// A dearer route loses to the others by their shares, and nobody moves between those.
    #[test]
    fn moves_lead_away_from_what_grew_dear() {
        let base = [terms(0.0); 3];
        let now = [terms(200.0), base[1], base[2]];
        let label = label(ChoiceModel::Pivot, &[0.5, 0.3, 0.2]);
        let weights = label.weights(&base, &now);
        let moved = moves(&[0.5, 0.3, 0.2], &weights, &[60.0]);
        let found = shares(&weights, &[60.0]);
        for place in 0..3 {
            let arrived: f64 = moved.iter().map(|row| row[place]).sum();
            assert!((arrived - found[place]).abs() < 1e-9, "{arrived} and not {}", found[place]);
        }
        assert_eq!((moved[1][2], moved[2][1], moved[1][0]), (0.0, 0.0, 0.0));
    }

    /// Whatever changes, those who come and go add up to the shares before and after.
    #[test]
    fn moves_add_up_to_both_sides() {
        let base = [RouteTerms { days: 20.0, usd: 500.0, is_open: true }; 4];
        let mut now = base;
        (now[0].days, now[1].usd, now[3].days) = (14.0, 900.0, 31.0);
        let label = label(ChoiceModel::Pivot, &[0.4, 0.25, 0.05, 0.3]);
        let (weights, values) = (label.weights(&base, &now), [10.0, 60.0, 300.0]);
        let moved = moves(&[0.4, 0.25, 0.05, 0.3], &weights, &values);
        close(&moved.iter().map(|row| row.iter().sum()).collect::<Vec<f64>>(), &[0.4, 0.25, 0.05, 0.3]);
        let columns: Vec<f64> = (0..4).map(|place| moved.iter().map(|row| row[place]).sum()).collect();
        close(&columns, &shares(&weights, &values));
    }

    /// All routes 100 dollars dearer: everybody loses 100 dollars.
    #[test]
    fn what_all_lose_is_lost() {
        let label = label(ChoiceModel::Pivot, &[0.6, 0.4]);
        let weights = label.weights(&[terms(0.0); 2], &[terms(100.0); 2]);
        assert!((label.gain(&weights).unwrap() + 100.0).abs() < 1e-9);
    }

    /// A route that is new, as dear and as fast as the only one, halves the market.
    #[test]
    fn a_new_route_of_equal_terms_has_an_equal_share() {
        let base = [terms(1000.0), terms(0.0)];
        let now = [terms(1000.0), terms(1000.0)];
        let weights = label(ChoiceModel::Pivot, &[1.0, 0.0]).weights(&base, &now);
        close(&shares(&weights, &[60.0]), &[0.5, 0.5]);
    }

    /// A new port beside the one that a fiftieth of shippers use takes about as many, and not half of those at sea.
    #[test]
    fn a_new_route_is_like_those_with_which_it_shares_its_way() {
        let base = [terms(3000.0), terms(2500.0), terms(0.0)];
        let now = [terms(3000.0), terms(2500.0), terms(3000.0)];
        let mut label = label(ChoiceModel::Pivot, &[0.02, 0.98, 0.0]);
        label.alternatives[2].in_common = vec![0.9, 0.0, 1.0];
        let alike = shares(&label.weights(&base, &now), &[60.0]);
        assert!((alike[2] - 0.02 / 1.02).abs() < 1e-9, "{}", alike[2]);
        // As far as it is the same route it is no alternative of its own.
        label.alternatives[2].log_path_size = libm::log(0.55);
        let sized = shares(&label.weights(&base, &now), &[60.0]);
        assert!((sized[2] / sized[0] - 0.55).abs() < 1e-9);
        // Nobody moves between the two old ones.
        assert!((sized[0] / sized[1] - 0.02 / 0.98).abs() < 1e-12);
    }

    #[test]
    fn what_routes_have_in_common_is_a_share_of_their_own_length() {
        let route = vec![link(0, 30.0), link(1, 70.0)];
        let others = [vec![link(1, 70.0), link(2, 500.0)], vec![link(3, 5.0)], route.clone()];
        close(&in_common(&route, &others), &[0.7, 0.0, 1.0]);
        close(&in_common(&[], &others), &[0.0, 0.0, 0.0]);
    }
}
