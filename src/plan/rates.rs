//! The rate of demand over the clock.

use super::calendar::DAYS_OF_MONTHS;
use super::demand::runs;
use super::error::Problem;
use super::frame::Frame;
use super::model::RatePiece;
use super::register::Register;
use crate::ids::FlowId;
use crate::scenario::spec::{Flow, Scenario};
use crate::units::{DAYS_PER_YEAR, MS_PER_DAY, SimTime};

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
    for (from, scenario) in &frame.stages {
        breaks.push(*from);
        let spec = &scenario.flow[flow.index()];
        breaks.extend([spec.from_date, spec.until_date].into_iter().flatten().map(|date| calendar.day(date)));
    }
    breaks.retain(|&time| time >= SimTime::ZERO && time < calendar.clock.end);
    breaks.sort_unstable();
    breaks.dedup();
    breaks
}

/// Arrivals a millisecond: volume × season ÷ its mean × growth ÷ (mean size × batch).
fn rate_at(frame: &Frame<'_>, register: &mut Register, flow: FlowId, time: SimTime) -> f64 {
    let (id, spec) = flow_at(frame, flow, time);
    let month = frame.calendar.clock.months[frame.calendar.clock.month_at(time)];
    if !runs(frame, spec, time) {
        return 0.0;
    }
    let mean = season_mean(&spec.season.factors);
    let per_arrival = spec.shipment.mean() * f64::from(spec.batch);
    if mean <= 0.0 || per_arrival <= 0.0 {
        register.fail(
            format!("flow.{id}"),
            Problem::NotPositive { what: "the mean of season × shipment × batch", value: mean * per_arrival },
        );
        return 0.0;
    }
    let years = i32::from((month.year - frame.calendar.start_year()).max(0));
    let factor = spec.season.factors[usize::from(month.month0)] / mean * power(1.0 + spec.growth, years);
    spec.volume / (DAYS_PER_YEAR * MS_PER_DAY) as f64 * factor / per_arrival
}

fn flow_at<'a>(frame: &Frame<'a>, flow: FlowId, time: SimTime) -> (&'a str, &'a Flow) {
    let stage = frame.stages.partition_point(|(from, _)| *from <= time).saturating_sub(1);
    let scenario: &'a Scenario = frame.stages[stage].1;
    let id = scenario.flow.get_index(flow.index()).map_or("", |(id, _)| id);
    (id, &scenario.flow[flow.index()])
}

/// The mean of month factors, weighted by the days of a common year.
fn season_mean(factors: &[f64; 12]) -> f64 {
    let weighted: f64 = factors.iter().zip(DAYS_OF_MONTHS).map(|(factor, days)| factor * days).sum();
    weighted / DAYS_PER_YEAR as f64
}

/// Whole powers by multiplication, the same on every machine.
fn power(base: f64, exponent: i32) -> f64 {
    (0..exponent).fold(1.0, |product, _| product * base)
}
