//! Dates, months and fixed times on the clock.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};

use crate::model::{self, Clock, Month};
use crate::network::moment;
use crate::random::StreamId;
use crate::scenario::hours::{Holiday, HoursSpan};
use crate::scenario::types::{First, Run, TimetableRule, Window};
use crate::units::{Duration, SimTime, Spell};

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

    /// A date on the clock; negative before the clock's zero.
    pub(super) fn moment(&self, date: DateTime) -> SimTime {
        moment(&self.run, date)
    }

    /// The date of a moment.
    pub(super) fn date(&self, time: SimTime) -> DateTime {
        self.run.start.saturating_add(SignedDuration::from_millis(time.since(self.clock.start).ms()))
    }

    /// Windows as spells on the clock, perhaps every year: rising, merged where they touch.
    pub(super) fn spells(&self, windows: &[Window], yearly: bool) -> Vec<Spell> {
        let spells = windows.iter().flat_map(|window| {
            let years = if yearly { self.years_of(window) } else { 0..1 };
            years.map(|years| {
                let moment = |at: DateTime| self.moment(at.saturating_add(years.years()));
                Spell::new(moment(window.from), moment(window.until))
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
    pub(super) fn shut(&self, from: Option<DateTime>, until: Option<DateTime>) -> Vec<Spell> {
        let before = from.map(|date| Spell::new(SimTime::ZERO, self.moment(date)));
        let after = until.map(|date| Spell::new(self.moment(date), SimTime::MAX));
        self.merged(before.into_iter().chain(after).collect())
    }

    fn merged(&self, mut spells: Vec<Spell>) -> Vec<Spell> {
        spells.sort_unstable();
        let mut merged: Vec<Spell> = Vec::new();
        for Spell { from, until } in spells {
            let from = from.max(SimTime::ZERO);
            if until <= from || from >= self.clock.end {
                continue;
            }
            match merged.last_mut().filter(|last| from <= last.until) {
                Some(last) => last.until = last.until.max(until),
                None => merged.push(Spell { from, until }),
            }
        }
        merged
    }

    /// The spells in which a place is open, in the time of its zone: rising, merged where they touch.
    pub(super) fn open(&self, hours: &[HoursSpan], holidays: &[Holiday], zone: &TimeZone) -> Vec<Spell> {
        // A day more on both sides: the day of a zone is not that of the clock.
        let (first, last) = (self.date(SimTime::ZERO).date(), self.date(self.clock.end).date());
        let first = first.saturating_sub(2.days());
        let days = first.series(1.day()).take_while(|day| *day <= last.saturating_add(1.day()));
        let days = days.filter(|day| !holidays.iter().any(|holiday| holiday.covers(*day)));
        let spells = days.flat_map(|day| {
            let begins = hours.iter().filter(move |span| span.begins_on(day.weekday()));
            begins.filter_map(move |span| {
                let crosses = if span.closes < span.opens { Duration::from_days(1.0) } else { Duration::ZERO };
                let at = |of_day: Duration| self.local(day, of_day, zone);
                Some(Spell::new(at(span.opens)?, at(span.closes + crosses)?))
            })
        });
        self.merged(spells.collect())
    }

    /// Whether spells are the whole clock without a gap.
    pub(super) fn is_all(&self, spells: &[Spell]) -> bool {
        matches!(spells, [all] if all.from <= SimTime::ZERO && all.until >= self.clock.end)
    }

    /// So long after midnight of a day in a zone; what a change of the clocks leaves out is the moment after it.
    fn local(&self, day: Date, of_day: Duration, zone: &TimeZone) -> Option<SimTime> {
        let civil = day.to_datetime(Time::midnight()).saturating_add(SignedDuration::from_millis(of_day.ms()));
        let moment = zone.to_timestamp(civil).ok()?;
        Some(self.moment(TimeZone::UTC.to_datetime(moment)))
    }

    /// The times of a timetable over the whole clock, its end included; `None` where its gaps are drawn. Days and times of a
    /// week are those of a zone.
    pub(super) fn times(&self, rule: &TimetableRule, zone: &TimeZone) -> Option<Vec<SimTime>> {
        let first = match rule {
            TimetableRule::Every { first, .. } => self.first(first),
            TimetableRule::Weekly { .. } => SimTime::ZERO,
        };
        let within = Spell::new(first.max(SimTime::ZERO), self.clock.end.after(Duration::from_ms(1)));
        match rule {
            TimetableRule::Every { every, .. } => every.is_constant().then(|| regular(every.mean(), first, within)),
            TimetableRule::Weekly { days, at } => Some(self.weekly(days, at, zone, within)),
        }
    }

    /// How many times a timetable has in a spell, as if it had always held.
    pub(super) fn number_between(&self, rule: &TimetableRule, zone: &TimeZone, within: Spell) -> u64 {
        match rule {
            TimetableRule::Every { every, first } => {
                let before = |time: SimTime| (time.since(self.first(first)).ms() as f64 / every.mean().max(1.0)).ceil();
                (before(within.until) - before(within.from)) as u64
            }
            TimetableRule::Weekly { days, at } => self.weekly(days, at, zone, within).len() as u64,
        }
    }

    fn first(&self, first: &First) -> SimTime {
        match first {
            First::After(wait) => SimTime::ZERO.after(*wait),
            First::On(date) => self.moment(*date),
        }
    }

    fn weekly(&self, days: &[u8], at: &[Duration], zone: &TimeZone, within: Spell) -> Vec<SimTime> {
        let (first, last) = (self.date(within.from).date().saturating_sub(1.day()), self.date(within.until).date());
        let dates = first.series(1.day()).take_while(|date| *date <= last.saturating_add(1.day()));
        let running = dates.filter(|date| days.contains(&(date.weekday().to_monday_zero_offset() as u8)));
        let of_date = |date: Date| at.iter().filter_map(move |&of_day| self.local(date, of_day, zone));
        let mut times: Vec<SimTime> = running.flat_map(of_date).collect();
        times.retain(|&time| within.holds(time));
        times.sort_unstable();
        times
    }

    /// A timetable for the engine.
    pub(super) fn timetable(&self, rule: &TimetableRule, zone: &TimeZone, stream: StreamId) -> model::Timetable {
        match (self.times(rule, zone), rule) {
            (None, TimetableRule::Every { every, first }) => {
                model::Timetable::Every { first: self.first(first).max(SimTime::ZERO), every: every.clone(), stream }
            }
            (times, _) => model::Timetable::Times(times.unwrap_or_default()),
        }
    }
}

/// The times of a spell with a gap of so many milliseconds of which `first` is one.
fn regular(every: f64, first: SimTime, within: Spell) -> Vec<SimTime> {
    if every < 1.0 {
        return Vec::new();
    }
    let before = (within.from.since(first).ms() as f64 / every).ceil() as i64;
    let time = |n: i64| SimTime::from_ms(first.ms() + (every * n as f64).round() as i64);
    (before - 1..).map(time).skip_while(|&time| time < within.from).take_while(|&time| time < within.until).collect()
}

/// Months from the one that holds the clock's zero to the one that holds its end.
fn months(run: &Run, end: SimTime) -> Vec<Month> {
    let zero = run.start.saturating_sub(SignedDuration::from_millis(run.warm_up.ms()));
    let firsts = zero.date().first_of_month().series(1.month());
    let months = firsts.map(|first| Month {
        start: moment(run, first.to_datetime(Time::midnight())),
        year: first.year(),
        month0: first.month() as u8 - 1,
    });
    months.take_while(|month| month.start < end || month.start <= SimTime::ZERO).collect()
}
