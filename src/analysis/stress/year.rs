//! What a closure did in one replication: two scenarios compared part by part.

use std::collections::{BTreeMap, BTreeSet};

use super::log::{Log, Scope, is_turned_away};
use crate::engine::{End, Ended};
use crate::units::{Duration, MS_PER_DAY, SimTime};

/// The backlog counts as gone once it is at most this share of its peak …
pub const GONE: f64 = 0.05;
/// … or this share of a mean day's traffic: vessels that merely sail in another order make as much.
pub const FLOOR: f64 = 0.1;

/// What a closure did in one replication, against the same replication without it. Of counted flows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Year {
    /// Number of the replication.
    pub replication: u64,
    /// Tonnes × days: the area between the cumulative curves of deliveries without and with the closure, until the end of
    /// the clock. What only one of the two scenarios refuses or loses is no delay and is left out.
    pub late_t_d: f64,
    /// The same in TEU × days, of cargo counted in TEU.
    pub late_teu_d: f64,
    /// By cargo: tonnes × days late.
    pub late_by_cargo: Vec<f64>,
    /// Dollars: tonne-days late at each cargo's value of time.
    pub cost_usd: f64,
    /// Tonnes refused more.
    pub refused_t: f64,
    /// Tonnes lost to outside more.
    pub lost_t: f64,
    /// The most trains and shipments that stood stabled at once, from the beginning of the closure on.
    pub stabled_peak: f64,
    /// How many more that is than without the closure.
    pub stabled_more: f64,
    /// The largest backlog: tonnes that would be delivered by then and are not.
    pub backlog_peak_t: f64,
    /// Days from reopening until the backlog is gone; `None` if the clock ends first.
    pub days_to_clear: Option<f64>,
    /// Tonnes on another route of their flow, or lost to outside.
    pub other_routes_t: f64,
    /// The same as a share of what a mean day brings, over the days of the closure.
    pub other_routes_share: f64,
    /// By whole days from the beginning of the closure.
    pub backlog: Vec<Amount>,
}

/// Cargo that is late or not delivered, in both units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// Tonnes.
    pub tonnes: f64,
    /// TEU, of cargo that is counted in them.
    pub teu: f64,
}

/// When a closure holds, on the clock.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shut {
    pub(super) from: SimTime,
    pub(super) length: Duration,
}

/// Compares a replication with the closure to the same one without.
pub(super) fn compare(scope: &Scope, shut: Shut, replication: u64, without: &Log<'_>, with: &Log<'_>) -> Year {
    let apart: BTreeSet<u64> = [without, with]
        .iter()
        .flat_map(|log| log.ended.iter().filter(|ended| is_turned_away(ended.how)).map(|ended| ended.shipment))
        .collect();
    let deliveries = |log: &Log<'_>| -> Vec<Ended> {
        let kept = |ended: &&Ended| ended.how == End::Delivered && !apart.contains(&ended.shipment);
        log.ended.iter().filter(kept).copied().collect()
    };
    let (before, after) = (deliveries(without), deliveries(with));
    let late = late(scope, &before, &after);
    let backlog = backlog(scope, shut, &before, &after);
    let tonnes_a_day = tonnes_a_day(scope, &without.ended);
    let peak = backlog.iter().map(|day| day.tonnes).fold(0.0, f64::max);
    let more = |how: End| tonnes(&with.ended, how) - tonnes(&without.ended, how);
    let other_routes_t = shifted(&without.ended, &with.ended) + more(End::Lost).max(0.0);
    let stabled_peak = with.most_stabled(shut.from) as f64;
    Year {
        replication,
        late_t_d: late.iter().map(|late| late.0).sum(),
        late_teu_d: late.iter().map(|late| late.1).sum(),
        cost_usd: late.iter().zip(&scope.cargoes).map(|(late, cargo)| late.0 * cargo.1).sum(),
        late_by_cargo: late.iter().map(|late| late.0).collect(),
        refused_t: more(End::Refused),
        lost_t: more(End::Lost),
        stabled_peak,
        stabled_more: stabled_peak - without.most_stabled(shut.from) as f64,
        backlog_peak_t: peak,
        days_to_clear: days_to_clear(shut.length.days(), &backlog, peak, (GONE * peak).max(FLOOR * tonnes_a_day)),
        other_routes_t,
        other_routes_share: ratio(other_routes_t, tonnes_a_day * shut.length.days()),
        backlog,
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if part == 0.0 { 0.0 } else { part / whole }
}

/// By cargo: tonne-days and TEU-days late. The area between two cumulative curves up to a moment is the difference of
/// Σ amount × (that moment − its delivery), so it is exact.
fn late(scope: &Scope, before: &[Ended], after: &[Ended]) -> Vec<(f64, f64)> {
    let mut sums = vec![(0_i128, 0_i128); scope.cargoes.len()];
    for (ended, sign) in before.iter().map(|ended| (ended, 1)).chain(after.iter().map(|ended| (ended, -1))) {
        let Some(cargo) = scope.cargo[ended.flow.index()] else { continue };
        let left = sign * i128::from(scope.end.since(ended.time).ms());
        sums[cargo].0 += left * i128::from(ended.mass.kg());
        if scope.cargoes[cargo].2 {
            sums[cargo].1 += left * i128::from(ended.size.milli());
        }
    }
    let per = 1000.0 * MS_PER_DAY as f64;
    sums.iter().map(|sum| (sum.0 as f64 / per, sum.1 as f64 / per)).collect()
}

/// The backlog at whole days from the beginning of the closure to the end of the clock.
fn backlog(scope: &Scope, shut: Shut, before: &[Ended], after: &[Ended]) -> Vec<Amount> {
    let days = scope.end.since(shut.from).ms() / MS_PER_DAY;
    let mut changes = vec![(0_i64, 0_i64); days as usize + 1];
    for (ended, sign) in before.iter().map(|ended| (ended, 1)).chain(after.iter().map(|ended| (ended, -1))) {
        // What is delivered by the end of day n counts on day n; what came before the closure is the same in both.
        let since = ended.time.since(shut.from).ms();
        let day = since.max(0).div_euclid(MS_PER_DAY) + i64::from(since > 0 && since % MS_PER_DAY != 0);
        let is_teu = scope.cargo[ended.flow.index()].is_some_and(|cargo| scope.cargoes[cargo].2);
        if let Some(change) = changes.get_mut(day as usize) {
            change.0 += sign * ended.mass.kg();
            change.1 += if is_teu { sign * ended.size.milli() } else { 0 };
        }
    }
    let mut sum = (0_i64, 0_i64);
    let cumulated = changes.iter().map(|change| {
        sum = (sum.0 + change.0, sum.1 + change.1);
        Amount { tonnes: sum.0 as f64 / 1000.0, teu: sum.1 as f64 / 1000.0 }
    });
    cumulated.collect()
}

/// Days from reopening to the first whole day of the closure's count on which the backlog, past its peak, is at most
/// `gone`.
fn days_to_clear(length: f64, backlog: &[Amount], peak: f64, gone: f64) -> Option<f64> {
    if peak <= gone {
        return Some(0.0);
    }
    let at_peak = backlog.iter().position(|day| day.tonnes >= peak)?;
    let reopened = length.ceil() as usize;
    let past = |&(day, _): &(usize, &Amount)| day >= at_peak.max(reopened);
    let (day, _) = backlog.iter().enumerate().filter(past).find(|(_, backlog)| backlog.tonnes <= gone)?;
    Some(day as f64 - length)
}

/// Tonnes that a mean day of the horizon brings.
fn tonnes_a_day(scope: &Scope, ended: &[Ended]) -> f64 {
    let (start, end) = scope.horizon;
    let within = |ended: &&Ended| ended.how == End::Delivered && ended.time >= start && ended.time < end;
    let mass: i64 = ended.iter().filter(within).map(|ended| ended.mass.kg()).sum();
    mass as f64 / 1000.0 / end.since(start).days()
}

fn tonnes(ended: &[Ended], how: End) -> f64 {
    ended.iter().filter(|ended| ended.how == how).map(|ended| ended.mass.kg()).sum::<i64>() as f64 / 1000.0
}

/// Tonnes that are on another route of their flow than without the closure. Every part has one end, so without a choice
/// of routes both scenarios have the same on each route.
fn shifted(without: &[Ended], with: &[Ended]) -> f64 {
    let mut by_route: BTreeMap<_, i64> = BTreeMap::new();
    for (ended, sign) in with.iter().map(|ended| (ended, 1)).chain(without.iter().map(|ended| (ended, -1))) {
        *by_route.entry(ended.route).or_default() += sign * ended.mass.kg();
    }
    by_route.values().map(|&more| more.max(0)).sum::<i64>() as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{FlowId, RouteId};
    use crate::units::{Mass, Size};

    const DAY: i64 = MS_PER_DAY;

    fn scope() -> Scope {
        Scope {
            cargo: vec![Some(0), Some(1)],
            cargoes: vec![("boxes".into(), 2.0, true), ("grain".into(), 0.0, false)],
            horizon: (SimTime::ZERO, SimTime::from_ms(30 * DAY)),
            end: SimTime::from_ms(40 * DAY),
        }
    }

    /// A part of 10 t and 1 unit.
    fn part(day: i64, how: End, flow: usize, shipment: u64) -> Ended {
        Ended {
            made: SimTime::ZERO,
            time: SimTime::from_ms(day * DAY),
            how,
            flow: FlowId::new(flow),
            route: RouteId::new(flow),
            shipment,
            mass: Mass::from_kg(10_000),
            size: Size::from_milli(1000),
        }
    }

    fn year(without: Vec<Ended>, with: Vec<Ended>) -> Year {
        let scope = scope();
        let [without, with] = [without, with].map(|ended| {
            let mut log = Log::new(&scope);
            log.ended = ended;
            log
        });
        let shut = Shut { from: SimTime::from_ms(5 * DAY), length: Duration::from_days(3.0) };
        compare(&scope, shut, 0, &without, &with)
    }

    #[test]
    fn lateness_is_amount_by_days_and_costs_what_a_day_is_worth() {
        let on = |days: [i64; 2]| vec![part(days[0], End::Delivered, 0, 1), part(days[1], End::Delivered, 1, 2)];
        let year = year(on([6, 7]), on([10, 8]));
        assert_eq!((year.late_t_d, year.late_teu_d), (50.0, 4.0));
        assert_eq!((year.cost_usd, year.late_by_cargo), (80.0, vec![40.0, 10.0]));
        // One part is missing on days 1 and 3 to 4 of the closure, two on day 2; the last comes on day 5.
        let days = [(0.0, 0.0), (10.0, 1.0), (20.0, 1.0), (10.0, 1.0), (10.0, 1.0), (0.0, 0.0)];
        assert_eq!(year.backlog[..6], days.map(|(tonnes, teu)| Amount { tonnes, teu }));
        assert_eq!((year.backlog_peak_t, year.days_to_clear), (20.0, Some(2.0)));
        assert_eq!((year.other_routes_t, year.other_routes_share), (0.0, 0.0));
    }

    #[test]
    fn what_never_comes_is_late_until_the_clock_ends_and_not_gone() {
        let year = year(vec![part(6, End::Delivered, 0, 1)], vec![part(40, End::UnderWay, 0, 1)]);
        assert_eq!((year.late_t_d, year.days_to_clear), (340.0, None));
    }

    #[test]
    fn what_is_refused_is_not_late() {
        let year = year(vec![part(6, End::Delivered, 0, 1)], vec![part(5, End::Refused, 0, 1)]);
        assert_eq!((year.late_t_d, year.refused_t, year.lost_t), (0.0, 10.0, 0.0));
        assert_eq!(year.days_to_clear, Some(0.0));
    }

    #[test]
    fn other_routes_are_what_routes_gained_and_what_was_lost() {
        let other = Ended { route: RouteId::new(7), ..part(9, End::Delivered, 0, 1) };
        let without = vec![part(6, End::Delivered, 0, 1), part(6, End::Delivered, 0, 2)];
        let year = year(without, vec![other, part(6, End::Lost, 0, 2)]);
        assert_eq!((year.other_routes_t, year.lost_t), (20.0, 10.0));
        // 20 t in 30 days, for 3 days.
        assert!((year.other_routes_share - 10.0).abs() < 1e-12);
    }
}
