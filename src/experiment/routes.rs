//! Routes that the times they bring about induce.

use crate::model::{AlternativeLabel, ChoiceLabel, Labels, RouteTerms, Weight, shares};
use crate::results::{Catalogue, Records, RowKey};
use crate::stats::{Averages, Moments, Step};
use crate::words::{Measure, Subject, SubjectKind};

/// Shares are settled when a round moves none by more than this, half a percentage point.
pub const SHARE_TOLERANCE: f64 = 0.005;
/// Rounds in which no share may have moved by more, where each round's times are noisy.
const CALM_ROUNDS: u32 = 3;
/// Most by which a round's time counts as longer or shorter than the average: an overrun round must not empty a route.
const MOST_STRIDE: f64 = 1.5;

/// What shippers choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// By choice and alternative: the terms that shippers go by.
    pub terms: Vec<Vec<RouteTerms>>,
    /// Their weights.
    pub weights: Vec<Vec<Weight>>,
    /// Their shares of each market.
    pub shares: Vec<Vec<f64>>,
    /// Rounds that were simulated.
    pub rounds: u32,
    /// Shares came to rest.
    pub is_settled: bool,
    /// The largest move of a share in the last round.
    pub last_move: f64,
    /// The largest move of a share that the times of the last round alone would bring about: what is missing to an
    /// equilibrium, and the noise of one round.
    pub gap: f64,
}

/// Routes that go, round by round, towards those that their own times induce.
///
/// The method of successive averages on simulated costs: shippers go by averages of the times seen so far; the average goes
/// a part of the way to the times just seen ([`Step::SelfRegulated`], how far they are measured in shares). Settled when
/// neither the round nor its times alone move a share by more than [`SHARE_TOLERANCE`], or when three rounds running did not.
#[derive(Debug)]
pub struct Routes<'a> {
    labels: &'a [ChoiceLabel],
    base: &'a [Vec<RouteTerms>],
    averages: Averages,
    calm: u32,
    /// What they came to so far.
    pub chosen: Chosen,
}

impl<'a> Routes<'a> {
    /// Shippers go by `from` at first; `base` are the terms at which the base shares came.
    pub fn new(labels: &'a [ChoiceLabel], base: &'a [Vec<RouteTerms>], from: &[Vec<RouteTerms>]) -> Self {
        // What is charged, and what is open, is known; only times are learnt.
        let terms: Vec<Vec<RouteTerms>> = labels
            .iter()
            .zip(from)
            .map(|(label, from)| {
                let known = label.alternatives.iter().zip(from);
                known.map(|(one, from)| RouteTerms { days: one.days_or(from.days), ..one.terms }).collect()
            })
            .collect();
        let mut routes = Self {
            labels,
            base,
            averages: Averages::new(Step::SelfRegulated),
            calm: 0,
            chosen: Chosen {
                terms,
                weights: Vec::new(),
                shares: Vec::new(),
                rounds: 0,
                is_settled: labels.is_empty(),
                last_move: 0.0,
                gap: 0.0,
            },
        };
        (routes.chosen.weights, routes.chosen.shares) = routes.at(&routes.chosen.terms);
        routes
    }

    /// Takes the days of a round at the present weights, by choice and alternative (NaN where nobody came), and moves on.
    pub fn see(&mut self, days: &[Vec<f64>]) {
        let seen = self.within_strides(days);
        let (_, latest) = self.at(&seen);
        let gap = largest_move(&self.chosen.shares, &latest);
        let share = self.averages.share(square_distance(&self.chosen.shares, &latest));
        let mut terms = self.chosen.terms.clone();
        for (now, seen) in terms.iter_mut().flatten().zip(seen.iter().flatten()) {
            now.days += (seen.days - now.days) * share;
        }
        let (weights, shares) = self.at(&terms);
        let last_move = largest_move(&self.chosen.shares, &shares);
        self.calm = if last_move <= SHARE_TOLERANCE { self.calm + 1 } else { 0 };
        let is_settled = gap.max(last_move) <= SHARE_TOLERANCE || self.calm == CALM_ROUNDS;
        self.chosen = Chosen { terms, weights, shares, rounds: self.chosen.rounds + 1, is_settled, last_move, gap };
    }

    fn at(&self, terms: &[Vec<RouteTerms>]) -> (Vec<Vec<Weight>>, Vec<Vec<f64>>) {
        let choices = self.labels.iter().zip(self.base).zip(terms);
        let weights: Vec<Vec<Weight>> = choices.map(|((label, base), now)| label.weights(base, now)).collect();
        let shares = self.labels.iter().zip(&weights).map(|(label, one)| shares(one, &label.values_of_time)).collect();
        (weights, shares)
    }

    /// Terms with the days seen, not too far from the average at once; unknown days stay as they are.
    fn within_strides(&self, days: &[Vec<f64>]) -> Vec<Vec<RouteTerms>> {
        let stride = |(now, &seen): (&RouteTerms, &f64)| RouteTerms {
            days: if seen.is_nan() { now.days } else { seen.clamp(now.days / MOST_STRIDE, now.days * MOST_STRIDE) },
            ..*now
        };
        let choices = self.chosen.terms.iter().zip(days);
        choices.map(|(now, seen)| now.iter().zip(seen).map(stride).collect()).collect()
    }
}

fn largest_move(from: &[Vec<f64>], to: &[Vec<f64>]) -> f64 {
    let moves = from.iter().flatten().zip(to.iter().flatten()).map(|(from, to)| (from - to).abs());
    moves.fold(0.0, f64::max)
}

fn square_distance(from: &[Vec<f64>], to: &[Vec<f64>]) -> f64 {
    from.iter().flatten().zip(to.iter().flatten()).map(|(from, to)| (from - to) * (from - to)).sum()
}

/// Mean days by choice and alternative of `labels` as the measures of some records have them: `time_so_far`, so that a route
/// on which nobody arrives is known to be slow. NaN where nobody set out by an alternative, and for those outside the
/// corridor, whose time is not simulated.
pub fn by_alternative(catalogue: &Catalogue, records: &Records, labels: &Labels) -> Vec<Vec<f64>> {
    let days = |choice: &ChoiceLabel| choice.alternatives.iter().map(|one| days_of(catalogue, records, one)).collect();
    labels.choices.iter().map(days).collect()
}

fn days_of(catalogue: &Catalogue, records: &Records, one: &AlternativeLabel) -> f64 {
    if one.route.is_none() {
        return f64::NAN;
    }
    let kind = if one.name.contains('.') { SubjectKind::Route } else { SubjectKind::Flow };
    let subject = Subject::of(kind, &one.name);
    let is_row = |row: &RowKey| row.measure == Measure::TimeSoFar && row.subject == subject && row.period.is_horizon();
    let Some(row) = catalogue.rows.iter().position(is_row) else { return f64::NAN };
    let values = records.column(row).into_iter().filter(|value| !value.is_nan());
    Moments::of(&values.collect::<Vec<f64>>()).mean().unwrap_or(f64::NAN)
}

/// The terms of the base by choice and alternative of a what-if's `labels`: days as its records have them, and charges as
/// `of_base` says. An alternative is the base's of the same name, or the same path of the same flow, which a what-if may have
/// named to set others beside it. What the base does not know has the what-if's own terms without simulation.
pub fn base_terms(catalogue: &Catalogue, records: &Records, of_base: &Labels, labels: &Labels) -> Vec<Vec<RouteTerms>> {
    let terms = |choice: &ChoiceLabel, one: &AlternativeLabel| {
        let choices = of_base.choices.iter().filter(|base| base.id == choice.id);
        let mut known = choices.flat_map(|base| &base.alternatives).filter(|base| {
            let path = || base.route.is_some() && path(of_base, base) == path(labels, one);
            base.name == one.name || path()
        });
        let Some(base) = known.next() else { return RouteTerms { is_open: true, ..one.terms } };
        let simulated = days_of(catalogue, records, base);
        // What the base has and nobody takes stays so; what it does not have is new.
        let days = if simulated.is_nan() { base.terms.days } else { simulated };
        RouteTerms { days, is_open: base.share > 0.0, ..base.terms }
    };
    let choices = labels.choices.iter();
    choices.map(|choice| choice.alternatives.iter().map(|one| terms(choice, one)).collect()).collect()
}

/// The flow of an alternative and the nodes and links of its route, by their ids; `None` outside the corridor.
fn path<'a>(labels: &'a Labels, one: &AlternativeLabel) -> Option<(&'a str, Vec<&'a str>, Vec<&'a str>)> {
    let (flow, route) = one.route?;
    let route = &labels.routes[route.index()];
    let nodes = route.nodes.iter().map(|node| labels.nodes[node.index()].as_str()).collect();
    let links = route.links.iter().map(|link| labels.links[link.index()].id.as_str()).collect();
    Some((labels.flows[flow.index()].id.as_str(), nodes, links))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ChoiceModel;

    fn label(shares: &[f64]) -> ChoiceLabel {
        let alternative = |(place, &share): (usize, &f64)| AlternativeLabel {
            name: format!("r{place}"),
            title: String::new(),
            route: Some((crate::ids::FlowId::new(place), crate::ids::RouteId::new(place))),
            share,
            terms: RouteTerms { days: 10.0, usd: 1000.0, is_open: true },
            constant: 0.0,
            log_path_size: 0.0,
            in_common: Vec::new(),
        };
        ChoiceLabel {
            id: "test".to_owned(),
            title: String::new(),
            model: ChoiceModel::Pivot,
            scale_per_usd: 0.00085,
            values_of_time: vec![60.0],
            unit: "TEU".to_owned(),
            teu_per_unit: 1.0,
            market_per_year: 1000.0,
            alternatives: shares.iter().enumerate().map(alternative).collect(),
        }
    }

    /// Two routes with queues: shares come to the fixed point, from either side.
    #[test]
    fn shares_come_to_the_fixed_point() {
        let labels = [label(&[0.5, 0.5])];
        let base = vec![labels[0].alternatives.iter().map(|one| one.terms).collect::<Vec<_>>()];
        // The second route is ten days slower than in the base; the first fills up as it gains.
        let days = |share: f64| vec![vec![10.0 + 40.0 * (share - 0.5), 20.0]];
        let fixed = {
            let (mut low, mut high) = (0.5, 1.0);
            for _ in 0..100 {
                let share = f64::midpoint(low, high);
                let gain = 0.00085 * 60.0 * (20.0 - days(share)[0][0]);
                let asked = 1.0 / (1.0 + libm::exp(-gain));
                if asked > share { low = share } else { high = share }
            }
            low
        };
        for start in [5.0, 10.0, 40.0] {
            let from = vec![vec![RouteTerms { days: start, ..base[0][0] }, base[0][1]]];
            let mut routes = Routes::new(&labels, &base, &from);
            while routes.chosen.rounds < 60 && !routes.chosen.is_settled {
                let share = routes.chosen.shares[0][0];
                routes.see(&days(share));
            }
            let found = routes.chosen.shares[0][0];
            assert!(
                routes.chosen.is_settled && (found - fixed).abs() < 2.0 * SHARE_TOLERANCE,
                "{found} and not {fixed}"
            );
        }
    }

    #[test]
    fn times_of_the_base_move_nobody() {
        let labels = [label(&[0.3, 0.7])];
        let base = vec![labels[0].alternatives.iter().map(|one| one.terms).collect::<Vec<_>>()];
        let mut routes = Routes::new(&labels, &base, &base);
        routes.see(&[vec![10.0, f64::NAN]]);
        assert!(routes.chosen.is_settled);
        assert_eq!(routes.chosen.weights[0][0], Weight::of_share(0.3));
        assert_eq!((routes.chosen.gap, routes.chosen.last_move), (0.0, 0.0));
    }
}
