//! What is shut, from when, and for how long.

use std::fmt::Write as _;

use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, Span, ToSpan};

use crate::scenario::Overlay;
use crate::scenario::types::{Contents, Run};
use crate::units::{Duration, SimTime};

/// What is shut and for how long, wherever it is put on the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Paths of things, as in `of` of a closure: nodes, links, fleets, facilities.
    pub of: Vec<String>,
    /// What does not start, as in `stops` of a closure; empty: all.
    pub stops: Vec<String>,
    /// How long.
    pub length: Duration,
}

/// Why a closure cannot be put where it is wanted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClosingError {
    /// It lasts no time.
    #[error("a closure of no length closes nothing: --for wants a time such as 14d")]
    NoLength,
    /// It does not begin within the horizon.
    #[error("the closure begins on {from}, outside the horizon from {first} to {last}")]
    OutsideHorizon {
        /// Its beginning.
        from: DateTime,
        /// The horizon's.
        first: DateTime,
        /// Its end.
        last: DateTime,
    },
    /// It does not end while the clock runs, so that nothing can be said of what follows.
    #[error(
        "the closure from {from} ends on {until}, after the clock, which runs until {last} (horizon and drain); a longer \
         drain is had with --set run.drain=…"
    )]
    AfterClock {
        /// Its beginning.
        from: DateTime,
        /// Its end.
        until: DateTime,
        /// The clock's end.
        last: DateTime,
    },
    /// No month has such a beginning.
    #[error("no month of the horizon has the closure's first day in it")]
    NoMonth,
}

impl Closing {
    /// The moment of reopening.
    pub fn until(&self, from: DateTime) -> DateTime {
        later(from, self.length)
    }

    /// What is laid over a scenario for the closure to begin then: a closure under an id that the scenario does not have.
    pub fn overlay(&self, scenario: &Contents, from: DateTime) -> Overlay {
        let free = |id: &String| !scenario.closure.contains_key(id);
        let ids = std::iter::once("stress".to_owned()).chain((2..).map(|n| format!("stress-{n}")));
        let id = ids.into_iter().find(free).unwrap_or_default();
        let mut text = format!("[closure.{id}]\nof = {}\n", list(&self.of));
        if !self.stops.is_empty() {
            let _ = writeln!(text, "stops = {}", list(&self.stops));
        }
        let _ = writeln!(text, "window = [\"{from}\", \"{}\"]", self.until(from));
        Overlay { name: format!("--close {}", self.of.join(" --close ")), text }
    }
}

/// A list of texts as TOML writes it.
fn list(texts: &[String]) -> String {
    toml::Value::Array(texts.iter().cloned().map(toml::Value::String).collect()).to_string()
}

fn later(from: DateTime, by: Duration) -> DateTime {
    from.saturating_add(SignedDuration::from_millis(by.ms()))
}

/// The beginnings of closures of a length: `from` alone, or in each month of the horizon on the day and at the time of
/// `from`, on the last day where a month is shorter; on the first where there is no `from`.
///
/// # Errors
/// [`ClosingError`].
pub fn starts(
    run: &Run,
    length: Duration,
    from: Option<DateTime>,
    each_month: bool,
) -> Result<Vec<DateTime>, ClosingError> {
    if length <= Duration::ZERO {
        return Err(ClosingError::NoLength);
    }
    let first = run.start;
    let horizon_end = later(first, run.horizon);
    let last = later(horizon_end, run.drain);
    let within = |from: DateTime| first <= from && from < horizon_end;
    let starts: Vec<DateTime> = match (from, each_month) {
        (Some(from), false) if within(from) => vec![from],
        (Some(from), false) => return Err(ClosingError::OutsideHorizon { from, first, last: horizon_end }),
        (from, _) => monthly(run, from.unwrap_or(first.first_of_month().start_of_day()), horizon_end)
            .filter(|&at| within(at))
            .collect(),
    };
    if starts.is_empty() {
        return Err(ClosingError::NoMonth);
    }
    match starts.iter().find(|&&from| later(from, length) > last) {
        Some(&from) => Err(ClosingError::AfterClock { from, until: later(from, length), last }),
        None => Ok(starts),
    }
}

/// The drain with which the clock runs for `follow` after the last of the closures ends; that of the run if it is longer.
///
/// # Errors
/// As [`starts`], but for the end of the clock.
pub fn drain_to_follow(
    run: &Run,
    length: Duration,
    follow: Duration,
    from: Option<DateTime>,
    each_month: bool,
) -> Result<Duration, ClosingError> {
    let long = Run { drain: run.drain.max(length), ..run.clone() };
    let last = starts(&long, length, from, each_month)?.into_iter().max();
    let horizon_end = later(run.start, run.horizon);
    let wanted = last.map(|from| later(later(from, length), follow).duration_since(horizon_end).as_millis() as i64);
    Ok(wanted.map_or(run.drain, |wanted| run.drain.max(Duration::from_ms(wanted))))
}

/// The day and time of a moment in each month that the horizon touches.
fn monthly(run: &Run, like: DateTime, horizon_end: DateTime) -> impl Iterator<Item = DateTime> {
    let firsts = run
        .start
        .date()
        .first_of_month()
        .series(1.month())
        .take_while(move |first| first.to_datetime(Time::midnight()) < horizon_end);
    firsts.map(move |first| {
        let days = like.day().min(first.days_in_month()) - 1;
        first.saturating_add(Span::new().days(days)).to_datetime(like.time())
    })
}

/// A moment on the clock of a run.
pub(super) fn on_clock(run: &Run, at: DateTime) -> SimTime {
    let since = at.duration_since(run.start);
    SimTime::ZERO.after(run.warm_up).after(Duration::from_ms(since.as_millis() as i64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn run() -> Run {
        Contents::parse(include_str!("../../../scenarios/smallest.toml"), "smallest").into_contents().unwrap().run
    }

    fn days(days: f64) -> Duration {
        Duration::from_days(days)
    }

    #[test]
    fn a_closure_stands_on_its_day_or_on_that_of_each_month() {
        let run = run();
        let at = |month, day| date(2024, month, day).at(0, 0, 0, 0);
        assert_eq!(starts(&run, days(14.0), Some(at(11, 1)), false), Ok(vec![at(11, 1)]));
        // 365 days from 1 January 2024 end before 31 December.
        let each = starts(&run, days(14.0), None, true).unwrap();
        assert_eq!((each.len(), each[0], each[11]), (12, at(1, 1), at(12, 1)));
        let last = starts(&run, days(1.0), Some(at(3, 31)), true).unwrap();
        assert_eq!((last.len(), last[1], last[10]), (11, at(2, 29), at(11, 30)));
    }

    #[test]
    fn what_lies_outside_is_refused() {
        let run = run();
        let at = |year, month, day| date(year, month, day).at(0, 0, 0, 0);
        let one = |length: f64, from| starts(&run, days(length), Some(from), false).unwrap_err();
        assert_eq!(one(0.0, at(2024, 3, 1)), ClosingError::NoLength);
        assert!(matches!(one(1.0, at(2023, 12, 31)), ClosingError::OutsideHorizon { .. }));
        assert!(matches!(one(1.0, at(2024, 12, 31)), ClosingError::OutsideHorizon { .. }));
        assert!(matches!(one(90.0, at(2024, 12, 30)), ClosingError::AfterClock { .. }));
    }

    #[test]
    fn the_overlay_makes_a_closure_of_its_own() {
        let closing = Closing {
            of: vec!["node.east".into(), "link.line".into()],
            stops: vec!["trains".into()],
            length: days(1.5),
        };
        let from = date(2024, 3, 1).at(6, 0, 0, 0);
        let load = |closing: &Closing| {
            let reader = crate::scenario::ScenarioReader::default();
            let base = reader.read("smallest", &[]).into_contents().unwrap();
            reader.read_under("smallest", &[], &closing.overlay(&base, from), &[])
        };
        let scenario = load(&closing).into_contents().unwrap();
        assert_eq!(scenario.closure["stress"].of, closing.of);
        let wrong = Closing { of: vec!["node.eest\"".into()], ..closing };
        let text = load(&wrong).rendered();
        assert!(text.contains("did you mean `node.east`?"), "{text}");
    }
}
