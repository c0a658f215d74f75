//! The rate of demand over the clock.

use super::error::Problem;
use super::frame::{Epoch, Frame};
use super::register::Register;
use super::sizes::mean_size;
use crate::ids::FlowId;
use crate::model::RatePiece;
use crate::scenario::types::{self, Contents, Count, Flow, Volume};
use crate::scenario::{CalendarPeriod, YearMonth};
use crate::units::{MS_PER_DAY, SimTime, days_in_year};

/// Expected arrivals of a flow over the whole clock and all epochs: constant by month, new pieces where an epoch
/// or the flow begins or ends.
pub(super) fn rates(frame: &Frame<'_>, register: &mut Register, flow: FlowId) -> Vec<RatePiece> {
    let mut pieces: Vec<RatePiece> = Vec::new();
    for start in breaks(frame, flow) {
        let per_ms = rate_at(frame, register, flow, start);
        let before = pieces.last().map_or(0.0, |last| last.before + start.since(last.start).ms() as f64 * last.per_ms);
        if pieces.last().is_none_or(|last| last.per_ms.to_bits() != per_ms.to_bits()) {
            pieces.push(RatePiece { start, before, per_ms });
        }
    }
    pieces
}

/// Moments at which the rate may change, from the clock's zero on.
fn breaks(frame: &Frame<'_>, flow: FlowId) -> Vec<SimTime> {
    let calendar = &frame.calendar;
    let mut breaks = vec![SimTime::ZERO];
    breaks.extend(calendar.clock.months.iter().map(|month| month.start));
    for Epoch { from, scenario } in &frame.stages {
        breaks.push(*from);
        let spec = &scenario.flow[flow.index()];
        breaks.extend([spec.from_date, spec.until_date].into_iter().flatten().map(|date| calendar.moment(date)));
    }
    breaks.retain(|&time| time >= SimTime::ZERO && time < calendar.clock.end);
    breaks.sort_unstable();
    breaks.dedup();
    breaks
}

/// Arrivals a millisecond: units a day ÷ (mean size after rounding × batch).
fn rate_at(frame: &Frame<'_>, register: &mut Register, flow: FlowId, time: SimTime) -> f64 {
    let (id, spec, scenario) = flow_at(frame, flow, time);
    if !runs(frame, spec, time) {
        return 0.0;
    }
    let month = frame.calendar.clock.months[frame.calendar.clock.month_at(time)];
    let per_day = units_a_day(spec, YearMonth { year: month.year, month0: month.month0 }, frame.calendar.start_year());
    let per_arrival = mean_size(scenario, spec) * f64::from(spec.batch);
    match per_day {
        Some(per_day) if per_arrival > 0.0 => per_day / per_arrival / MS_PER_DAY as f64,
        _ => {
            let what = "the mean of season × shipment × batch";
            register.fail(format!("flow.{id}"), Problem::NotPositive { what, value: 0.0 });
            0.0
        }
    }
}

/// Units a day that a flow brings in a month: volume × season × growth; `None` where the season has no month above zero.
///
/// A volume a year is that of each calendar year, its season weighted by that year's days; growth steps on 1 January, and
/// what lies before the year in which the horizon starts has the volume of that year. Counted amounts are spread over
/// their own months, by the season where they are of several months. Before the first count and after the last, and in
/// gaps, a count holds on as a rate: what it would be in its own months but for their season.
pub(super) fn units_a_day(spec: &Flow, month: YearMonth, start_year: i16) -> Option<f64> {
    let YearMonth { year, month0 } = month;
    let factor = spec.season.factors[usize::from(month0)];
    let season = || {
        let mean = weighted(spec, CalendarPeriod::of_year(year)) / days_in_year(year) as f64;
        let years = i32::from((year - start_year).max(0));
        (mean > 0.0).then(|| factor / mean * power(1.0 + spec.growth, years))
    };
    match &spec.volume {
        Volume::PerYear(units) => season().map(|factor| units / days_in_year(year) as f64 * factor),
        Volume::PerDay(units) => season().map(|factor| units * factor),
        Volume::Counted(counts) => counted(spec, Volume::count_of(counts, month)?, factor),
    }
}

fn counted(spec: &Flow, count: &Count, factor: f64) -> Option<f64> {
    if count.period.months == 1 {
        return Some(count.units / count.period.days_of_months().map(|(_, days)| days).sum::<f64>());
    }
    let days = weighted(spec, count.period);
    (days > 0.0).then(|| count.units / days * factor)
}

/// Days of a period, each times the season's factor of its month.
fn weighted(spec: &Flow, period: CalendarPeriod) -> f64 {
    period.days_of_months().map(|(month, days)| spec.season.factors[usize::from(month.month0)] * days).sum()
}

/// A flow as it is at a moment, its id, and the scenario of that moment.
pub(super) fn flow_at<'a>(frame: &Frame<'a>, flow: FlowId, time: SimTime) -> (&'a str, &'a Flow, &'a Contents) {
    let scenario: &'a Contents = frame.stages[stage_at(frame, time)].scenario;
    let id = scenario.flow.get_index(flow.index()).map_or("", |(id, _)| id);
    (id, &scenario.flow[flow.index()], scenario)
}

/// Which stage holds at a moment.
pub(super) fn stage_at(frame: &Frame<'_>, time: SimTime) -> usize {
    frame.stages.partition_point(|stage| stage.from <= time).saturating_sub(1)
}

/// Whole powers by multiplication, the same on every machine.
fn power(base: f64, exponent: i32) -> f64 {
    (0..exponent).fold(1.0, |product, _| product * base)
}

/// Whether a flow runs at a moment, by its own dates.
pub(super) fn runs(frame: &Frame<'_>, spec: &types::Flow, time: SimTime) -> bool {
    spec.from_date.is_none_or(|date| frame.calendar.moment(date) <= time)
        && spec.until_date.is_none_or(|date| time < frame.calendar.moment(date))
}
