//! The occasions of flows that come by timetable, each with its share of the volume.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::frame::Frame;
use super::rates::runs;
use super::rates::{flow_at, stage_at, units_a_day};
use super::stations::zone;
use crate::ids::FlowId;
use crate::model::Occasion;
use crate::scenario::types::{Flow, TimetableRule, Volume};
use crate::scenario::{CalendarPeriod, YearMonth};
use crate::units::{MS_PER_DAY, SimTime, Spell};

/// The occasions over the whole clock and all epochs; `None` where the gaps of the timetable are drawn.
///
/// The amount of a calendar year, or of a counted period, is divided among the occasions in it, each with the weight of
/// its month's rate, so that a year of 53 Mondays brings what one of 52 brings.
pub(super) fn occasions(frame: &Frame<'_>, flow: FlowId, rule: &TimetableRule) -> Option<Vec<Occasion>> {
    let zone = zone_of(frame, flow);
    let times = frame.calendar.times(rule, &zone)?;
    let mut shares = Shares { frame, rule, zone: &zone, known: BTreeMap::new() };
    let mut occasions = Vec::with_capacity(times.len());
    for time in times {
        let (_, spec, _) = flow_at(frame, flow, time);
        if runs(frame, spec, time) {
            let units = shares.units(stage_at(frame, time), spec, time).unwrap_or(0.0);
            occasions.push(Occasion { time, units: units / f64::from(spec.batch) });
        }
    }
    Some(occasions)
}

/// The zone of the flow's origin.
fn zone_of(frame: &Frame<'_>, flow: FlowId) -> TimeZone {
    let origin = frame.base().flow.get_index(flow.index()).and_then(|(_, flow)| frame.base().node.get(&flow.from));
    zone(origin)
}

struct Shares<'f, 'a> {
    frame: &'f Frame<'a>,
    rule: &'f TimetableRule,
    zone: &'f TimeZone,
    /// Days' worth of an occasion, by stage and period.
    known: BTreeMap<(usize, CalendarPeriod), f64>,
}

impl Shares<'_, '_> {
    /// Units of an occasion.
    fn units(&mut self, stage: usize, spec: &Flow, time: SimTime) -> Option<f64> {
        let month = self.month(time);
        let rate = self.rate(spec, month)?;
        let Some(period) = period(spec, month) else { return Some(rate * self.gap()) };
        if let Some(days) = self.known.get(&(stage, period)) {
            return Some(rate * days);
        }
        let amount: f64 =
            period.days_of_months().filter_map(|(month, days)| Some(self.rate(spec, month)? * days)).sum();
        let weight = |(month, _)| Some(self.rate(spec, month)? * self.number_in(month) as f64);
        let rates: f64 = period.days_of_months().filter_map(weight).sum();
        let days = if rates > 0.0 { amount / rates } else { 0.0 };
        self.known.insert((stage, period), days);
        Some(rate * days)
    }

    fn rate(&self, spec: &Flow, month: YearMonth) -> Option<f64> {
        units_a_day(spec, month, self.frame.calendar.start_year())
    }

    fn month(&self, time: SimTime) -> YearMonth {
        YearMonth::of(self.frame.calendar.date(time).date())
    }

    /// Occasions in the whole of a month.
    fn number_in(&self, month: YearMonth) -> u64 {
        let Some(period) = CalendarPeriod::of_month(month) else { return 0 };
        let [from, until] = [period.first, period.end()].map(|date| self.frame.calendar.moment(date.into()));
        self.frame.calendar.number_between(self.rule, self.zone, Spell { from, until })
    }

    /// Mean days from one occasion to the next.
    fn gap(&self) -> f64 {
        match self.rule {
            TimetableRule::Every { every, .. } => every.mean() / MS_PER_DAY as f64,
            TimetableRule::Weekly { days, at } => 7.0 / (days.len() * at.len()) as f64,
        }
    }
}

/// The period whose amount is divided among its occasions; none outside counted periods.
fn period(spec: &Flow, month: YearMonth) -> Option<CalendarPeriod> {
    match &spec.volume {
        Volume::PerYear(_) | Volume::PerDay(_) => Some(CalendarPeriod::of_year(month.year)),
        Volume::Counted(counts) => {
            let period = Volume::count_of(counts, month)?.period;
            period.days_of_months().any(|(own, _)| own == month).then_some(period)
        }
    }
}
