//! Dates, months and fixed times on the clock.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, ToSpan};

use super::{Clock, Month, model};
use crate::network::moment;
use crate::random::StreamId;
use crate::scenario::spec::{Run, TimetableRule, Window};
use crate::units::{Duration, MS_PER_DAY, SimTime};

/// Days of the months of a common year, by which seasons are weighted.
pub(super) const DAYS_OF_MONTHS: [f64; 12] = [31.0, 28.0, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0];

/// Turns dates into moments of the clock.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    run: Run,
    pub(super) clock: Clock,
}

impl Calendar {
    pub(super) fn new(run: &Run) -> Self {
        let start = SimTime::ZERO.after(run.warm_up);
        let horizon_end = start.after(run.horizon);
        let end = horizon_end.after(run.drain);
        let months = months(run, end);
        Self { run: run.clone(), clock: Clock { start, horizon_end, end, months } }
    }

    /// Year in which the horizon starts.
    pub(super) fn start_year(&self) -> i16 {
        self.run.start.year()
    }

    /// First moment of a day; negative before the clock's zero.
    pub(super) fn day(&self, date: Date) -> SimTime {
        moment(&self.run, date)
    }

    /// The day of a moment.
    pub(super) fn date(&self, time: SimTime) -> Date {
        let days = time.since(self.clock.start).ms().div_euclid(MS_PER_DAY);
        self.run.start.saturating_add(days_span(days))
    }

    fn instant(&self, at: DateTime) -> SimTime {
        let of_day = at.time().duration_since(Time::midnight());
        self.day(at.date()).after(Duration::from_ms(of_day.as_millis() as i64))
    }

    /// Windows as spells on the clock, perhaps every year: rising, merged where they touch.
    pub(super) fn spells(&self, windows: &[Window], yearly: bool) -> Vec<(SimTime, SimTime)> {
        let spells = windows.iter().flat_map(|window| {
            let years = if yearly { self.years_of(window) } else { 0..1 };
            years.map(|years| {
                let moment = |at: DateTime| self.instant(at.saturating_add(years.years()));
                (moment(window.from), moment(window.until))
            })
        });
        self.merged(spells.collect())
    }

    /// By how many years a window may be moved to fall on the clock; the 29th of February is then also the 28th.
    fn years_of(&self, window: &Window) -> std::ops::Range<i16> {
        let (first, last) = (self.date(SimTime::ZERO).year(), self.date(self.clock.end).year());
        let own = window.from.year();
        first - own - 1..last - own + 2
    }

    /// The spells in which something that opens and closes on dates is shut.
    pub(super) fn shut(&self, from: Option<Date>, until: Option<Date>) -> Vec<(SimTime, SimTime)> {
        let before = from.map(|date| (SimTime::ZERO, self.day(date)));
        let after = until.map(|date| (self.day(date), SimTime::MAX));
        self.merged(before.into_iter().chain(after).collect())
    }

    fn merged(&self, mut spells: Vec<(SimTime, SimTime)>) -> Vec<(SimTime, SimTime)> {
        spells.sort_unstable();
        let mut merged: Vec<(SimTime, SimTime)> = Vec::new();
        for (from, until) in spells {
            let from = from.max(SimTime::ZERO);
            if until <= from || from >= self.clock.end {
                continue;
            }
            match merged.last_mut().filter(|last| from <= last.1) {
                Some(last) => last.1 = last.1.max(until),
                None => merged.push((from, until)),
            }
        }
        merged
    }

    /// The times of a timetable over the whole clock; none where its gaps are drawn.
    pub(super) fn times(&self, rule: &TimetableRule) -> Option<Vec<SimTime>> {
        match rule {
            TimetableRule::Every { every, first } => every.is_constant().then(|| self.regular(every.mean(), *first)),
            TimetableRule::Weekly { days, at } => Some(self.weekly(days, at)),
        }
    }

    fn regular(&self, every: f64, first: Duration) -> Vec<SimTime> {
        if every < 1.0 {
            return Vec::new();
        }
        let times = (0_u32..).map(|n| SimTime::ZERO.after(first).after(Duration::from_real_ms(every * f64::from(n))));
        times.take_while(|&time| time <= self.clock.end).collect()
    }

    fn weekly(&self, days: &[u8], at: &[Duration]) -> Vec<SimTime> {
        let zero = self.run.start.saturating_sub(days_span(self.run.warm_up.ms().div_euclid(MS_PER_DAY) + 1));
        let dates = zero.series(1.day()).take_while(|&date| self.day(date) <= self.clock.end);
        let running = dates.filter(|date| days.contains(&(date.weekday().to_monday_zero_offset() as u8)));
        let mut times: Vec<SimTime> =
            running.flat_map(|date| at.iter().map(move |&of_day| self.day(date).after(of_day))).collect();
        times.retain(|&time| time >= SimTime::ZERO && time <= self.clock.end);
        times.sort_unstable();
        times
    }

    /// A timetable for the engine.
    pub(super) fn timetable(&self, rule: &TimetableRule, stream: StreamId) -> model::Timetable {
        match (self.times(rule), rule) {
            (None, TimetableRule::Every { every, first }) => {
                model::Timetable::Every { first: SimTime::ZERO.after(*first), every: every.clone(), stream }
            }
            (times, _) => model::Timetable::Times(times.unwrap_or_default()),
        }
    }
}

/// Months from the one that holds the clock's zero to the one that holds its end.
fn months(run: &Run, end: SimTime) -> Vec<Month> {
    let zero = run.start.saturating_sub(days_span(run.warm_up.ms().div_euclid(MS_PER_DAY) + 1));
    let firsts = zero.first_of_month().series(1.month());
    let months =
        firsts.map(|first| Month { start: moment(run, first), year: first.year(), month0: first.month() as u8 - 1 });
    let mut months: Vec<Month> = months.take_while(|month| month.start < end || month.start <= SimTime::ZERO).collect();
    let current = months.partition_point(|month| month.start <= SimTime::ZERO).saturating_sub(1);
    months.drain(..current);
    months
}

fn days_span(days: i64) -> Span {
    Span::new().try_days(days).unwrap_or_default()
}
