//! Dates that do not lie within the simulated time.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, ToSpan};

use super::Check;
use crate::scenario::date_text;
use crate::scenario::types::Clock;
use crate::units::Duration;

/// A date of a thing, with the key that holds it.
type Dated<'a> = ([&'a str; 3], Option<DateTime>);

/// From the clock's zero to its end.
#[derive(Clone, Copy)]
struct Simulated {
    from: DateTime,
    until: DateTime,
}

impl Check<'_> {
    /// Warns of what begins after the end or ends before the beginning, and of dates that change nothing.
    pub(super) fn dates_without_effect(&mut self) {
        let run = &self.scenario.run;
        let by = |time: Duration| SignedDuration::from_millis(time.ms());
        let simulated = Simulated {
            from: run.start.saturating_sub(by(run.warm_up)),
            until: run.end().saturating_add(by(run.drain)),
        };
        self.windows(simulated);
        self.timelines(simulated);
        self.flows_that_never_run(simulated);
        self.months_of_periods();
        self.openings(simulated);
    }

    fn windows(&mut self, simulated: Simulated) {
        for (id, closure) in &self.scenario.closure {
            let Clock::Windows { windows, yearly: false } = &closure.clock else { continue };
            for window in windows.iter().filter(|window| !simulated.meets(window.from, window.until)) {
                let message = format!(
                    "`closure.{id}` closes nothing from {} to {}, {}",
                    date_text(window.from),
                    date_text(window.until),
                    simulated.outside()
                );
                self.warning("outside-the-clock", &["closure", id, "window"], message);
            }
        }
    }

    fn timelines(&mut self, simulated: Simulated) {
        for (id, entry) in &self.scenario.timeline {
            let path = ["timeline", id, "on"];
            if entry.on >= simulated.until && self.is_own(&path) {
                let message =
                    format!("`timeline.{id}` changes nothing on {}, {}", date_text(entry.on), simulated.outside());
                self.warning("outside-the-clock", &path, message);
            }
        }
    }

    fn flows_that_never_run(&mut self, simulated: Simulated) {
        for (id, flow) in &self.scenario.flow {
            let from = flow.from_date.unwrap_or(DateTime::MIN);
            let until = flow.until_date.unwrap_or(DateTime::MAX);
            if !simulated.meets(from, until) {
                let key = if from >= simulated.until { "from-date" } else { "until-date" };
                let message = format!("`flow.{id}` never runs: its dates are {}", simulated.outside());
                self.warning("outside-the-clock", &["flow", id, key], message);
            }
        }
    }

    /// Periods of months that the horizon does not have.
    fn months_of_periods(&mut self) {
        let run = &self.scenario.run;
        let first = run.start.date().first_of_month();
        let months =
            first.series(1.month()).take_while(|month| month.to_datetime(Time::midnight()) < run.end()).take(12);
        let has: Vec<i8> = months.map(Date::month).collect();
        for (id, period) in &self.scenario.period {
            if !period.months.is_empty() && period.months.iter().all(|month| !has.contains(&(*month as i8))) {
                let message = format!("`period.{id}` is empty: the horizon has none of its months");
                self.warning("outside-the-clock", &["period", id, "months"], message);
            }
        }
    }

    /// Whether a value stands in the file of the scenario itself: files that scenarios of several years share have dates
    /// of all of them.
    pub(super) fn is_own(&self, path: &[&str]) -> bool {
        let title = self.tree.get("title").map(|title| title.span.file);
        self.span(path).map(|span| span.file) == title
    }

    /// Openings outside the simulated time, in one warning for all.
    fn openings(&mut self, simulated: Simulated) {
        let scenario = self.scenario;
        let mut dated: Vec<(Dated<'_>, Dated<'_>)> = Vec::new();
        for (id, node) in &scenario.node {
            dated.push(((["node", id, "open-from"], node.open_from), (["node", id, "open-until"], node.open_until)));
        }
        for (id, link) in &scenario.link {
            dated.push(((["link", id, "open-from"], link.open_from), (["link", id, "open-until"], link.open_until)));
        }
        for (id, fleet) in &scenario.fleet {
            dated
                .push(((["fleet", id, "open-from"], fleet.open_from), (["fleet", id, "open-until"], fleet.open_until)));
        }
        for (id, flow) in &scenario.flow {
            dated.push(((["flow", id, "from-date"], flow.from_date), (["flow", id, "until-date"], flow.until_date)));
        }
        let early = |date: DateTime| date <= simulated.from;
        let late = |date: DateTime| date >= simulated.until;
        let idle = dated.into_iter().flat_map(|((from, opens), (until, closes))| {
            [(from, opens.filter(|date| early(*date))), (until, closes.filter(|date| late(*date)))]
        });
        let idle = idle.filter_map(|(path, date)| Some((path, date?)));
        let idle: Vec<([&str; 3], DateTime)> = idle.filter(|(path, _)| self.is_own(path)).collect();
        if let Some((first, _)) = idle.first() {
            let all: Vec<String> =
                idle.iter().map(|(path, date)| format!("`{}` ({})", path.join("."), date_text(*date))).collect();
            let message = format!("dates that change nothing, {}: {}", simulated.outside(), all.join(", "));
            self.warning("outside-the-clock", first, message);
        }
    }
}

impl Simulated {
    fn meets(self, from: DateTime, until: DateTime) -> bool {
        from < self.until && until > self.from
    }

    fn outside(self) -> String {
        format!("outside the simulated time from {} to {}", date_text(self.from), date_text(self.until))
    }
}
