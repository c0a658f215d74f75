//! Whether a traffic can be borne: no backlog grows, nothing more is turned away, the services are kept.

use crate::words::{Measure, Subject};
use serde::Serialize;

use super::rows::Rows;
use super::service::Service;
use super::traffic::{Part, cargoes, flows};
use crate::model::Plan;
use crate::results::{Growth, Results};
use crate::stats::{Moments, bonferroni_level};
use crate::units::MS_PER_DAY;

/// Times that a shipment needs as long as it would without waiting, at most, where nothing is overloaded: half of its
/// time is waiting then.
const WITH_WAITING: f64 = 2.0;

/// What can be broken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case", tag = "limit", content = "of")]
pub enum Limit {
    /// The backlog of a flow (`flow.ID`) or of all counted flows of a cargo (`cargo.ID`): days of its traffic by which
    /// what is under way grows from the start of the horizon to its end.
    Backlog(Subject),
    /// Of a flow, the share that is refused or lost beyond that of the scenario as it is.
    TurnedAway(Subject),
    /// A service, as it was asked for.
    Service(String),
}

/// A limit with what was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// Which.
    #[serde(flatten)]
    pub limit: Limit,
    /// What was found; `None` where it is not known, as of a percentile that falls among unfinished shipments.
    pub value: Option<f64>,
    /// Half the width of its interval.
    pub half_width: Option<f64>,
    /// What it is held against.
    pub bound: f64,
    /// Whether the limit holds.
    pub holds: bool,
}

impl Check {
    /// Whether the bound lies outside the interval.
    pub fn is_certain(&self) -> bool {
        match (self.value, self.half_width) {
            (Some(value), Some(half_width)) => (value - self.bound).abs() > half_width,
            (Some(_), None) => false,
            (None, _) => true,
        }
    }
}

/// A flow, or the counted flows of a cargo, as the scenario treats them at its own volumes.
struct Traffic {
    /// As in the results: `flow.ID`, `cargo.ID`.
    subject: Subject,
    /// Days of traffic by which its backlog may grow.
    allowance: f64,
    /// Share that is refused or lost.
    turned_away: f64,
    /// Level of its intervals, so that those of all flows, or of all cargoes, hold together.
    level: f64,
}

/// What a traffic is judged by.
pub(super) struct Judge {
    traffic: Vec<Traffic>,
    services: Vec<Service>,
    tolerance: f64,
}

impl Judge {
    /// `base` is the scenario at its own volumes.
    ///
    /// A backlog grows if it does so by more than `tolerance` of what the horizon brings: as much as an overload by
    /// this share would leave. Where the warm-up is shorter than twice the time that a flow's route takes without waiting,
    /// the route may still be filling when the horizon begins, and the traffic of that time is allowed besides.
    pub(super) fn new(plan: &Plan, base: &Results, services: Vec<Service>, tolerance: f64, level: f64) -> Self {
        let rows = Rows::of(base);
        let clock = &plan.clock;
        let days = |ms: f64| ms / MS_PER_DAY as f64;
        let warm_up = days(clock.start.ms() as f64);
        let horizon = days(clock.horizon_end.since(clock.start).ms() as f64);
        let traffic = |Part { subject, flows }: Part, level: f64| {
            let routes = flows.iter().flat_map(|&flow| &plan.labels.flows[flow].routes);
            let free = routes.map(|route| plan.labels.routes[route.index()].free_flow_ms).fold(0.0, f64::max);
            let filling = days(WITH_WAITING * free);
            let filling = if warm_up < filling { filling } else { 0.0 };
            let turned_away = shares(&rows, &subject).and_then(|shares| Moments::of(&shares).mean()).unwrap_or(0.0);
            Traffic { subject, allowance: tolerance * horizon + filling, turned_away, level }
        };
        let all = parts(plan, rows.has_flows()).into_iter().flat_map(|kind| {
            let level = bonferroni_level(level, kind.len().max(1));
            kind.into_iter().map(move |part| (part, level))
        });
        Self { traffic: all.map(|(part, level)| traffic(part, level)).collect(), services, tolerance }
    }

    /// All limits, those that are broken first, the worst of them foremost.
    pub(super) fn checks(&self, results: &Results) -> Vec<Check> {
        let rows = Rows::of(results);
        let mut checks: Vec<Check> = self.services.iter().map(|one| service(one, results)).collect();
        checks.extend(self.traffic.iter().filter_map(|traffic| backlog(traffic, &rows)));
        checks.extend(self.traffic.iter().filter_map(|traffic| self.turned_away(traffic, &rows)));
        let excess =
            |check: &Check| check.value.map_or(f64::INFINITY, |value| (value - check.bound).abs() / check.bound);
        checks.sort_by(|one, other| {
            let by_excess = || excess(other).total_cmp(&excess(one));
            one.holds.cmp(&other.holds).then_with(|| if one.holds { one.limit.cmp(&other.limit) } else { by_excess() })
        });
        checks
    }

    fn turned_away(&self, traffic: &Traffic, rows: &Rows<'_>) -> Option<Check> {
        let more = shares(rows, &traffic.subject)?.into_iter().map(|share| share - traffic.turned_away);
        let more: Vec<f64> = more.collect();
        Some(check(Limit::TurnedAway(traffic.subject.clone()), &more, self.tolerance, traffic.level))
    }
}

/// A service is kept if the figure keeps the bound; its interval says how sure that is.
fn service(service: &Service, results: &Results) -> Check {
    let figure = service.figure.of_results(results);
    Check {
        limit: Limit::Service(service.text.clone()),
        value: figure.map(|figure| figure.value),
        half_width: figure.and_then(|figure| figure.half_width),
        bound: service.bound,
        holds: figure.is_some_and(|figure| service.is_kept(figure.value)),
    }
}

/// A backlog grows if its mean is above the allowance and its interval above 0, with all flows looked at together
/// (Bonferroni): of some dozens one would grow by chance. What is too noisy to be seen of each flow of a cargo is seen of
/// all of them.
fn backlog(traffic: &Traffic, rows: &Rows<'_>) -> Option<Check> {
    // Both are told a year, so that their ratio is a share of the horizon.
    let growth = rows.values(rows.find(Measure::Backlog, &traffic.subject, None)?);
    let offered = rows.mean(rows.tonnes(Measure::Offered, &traffic.subject)?)?;
    let days = rows.horizon_days() / offered;
    let growth: Vec<f64> = growth.into_iter().map(|growth| growth * days).collect();
    (offered > 0.0).then(|| check(Limit::Backlog(traffic.subject.clone()), &growth, traffic.allowance, traffic.level))
}

fn check(limit: Limit, values: &[f64], bound: f64, level: f64) -> Check {
    let growth = Growth::of(values, bound, level);
    Check { limit, value: growth.mean, half_width: growth.half_width, bound, holds: !growth.grows }
}

/// What is judged: every flow of demand, and every cargo that several counted flows have; where flows have no rows of their
/// own, every cargo.
fn parts(plan: &Plan, has_flows: bool) -> [Vec<Part>; 2] {
    let mut cargoes = cargoes(plan);
    if !has_flows {
        return [Vec::new(), cargoes];
    }
    cargoes.retain(|part| part.flows.len() > 1);
    [flows(plan, |_| true), cargoes]
}

/// By replication: the share of its tonnes that is refused or lost to outside; `None` where nothing is offered.
fn shares(rows: &Rows<'_>, subject: &Subject) -> Option<Vec<f64>> {
    let tonnes = |measure| Some(rows.values(rows.tonnes(measure, subject)?));
    let (offered, refused, lost) =
        (tonnes(Measure::Offered)?, tonnes(Measure::Refused)?, tonnes(Measure::LostToOutside)?);
    let shares =
        offered.iter().zip(refused.iter().zip(&lost)).map(|(offered, (refused, lost))| (refused + lost) / offered);
    let shares: Vec<f64> = shares.filter(|share| share.is_finite()).collect();
    (!shares.is_empty()).then_some(shares)
}
