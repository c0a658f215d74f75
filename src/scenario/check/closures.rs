//! Closures and bans.

use jiff::ToSpan;

use super::Check;
use crate::random::Distribution;
use crate::scenario::date_text;
use crate::scenario::tree::Node;
use crate::scenario::types::{ByMonth, Clock, TimetableRule, Window};
use crate::units::MS_PER_DAY;

/// Most times of a timetable over the whole clock.
const MOST_TIMES: f64 = 2e6;

/// Whether a window is still open when it comes again.
fn lasts_a_year(window: &Window) -> bool {
    window.from.saturating_add(1.year()) < window.until
}

impl Check<'_> {
    pub(super) fn closures(&mut self) {
        for (id, closure) in self.tree.get("closure").and_then(Node::table).into_iter().flatten() {
            self.one_clock(id, closure);
        }
        for (id, closure) in &self.scenario.closure {
            self.clock(id, &closure.clock);
        }
    }

    /// `window`, or `closed` with `open`, or `closed` with `share`.
    fn one_clock(&mut self, id: &str, closure: &Node) {
        let has = |key: &str| closure.get(key).is_some();
        let fits = matches!(
            (has("window"), has("closed"), has("open"), has("share")),
            (true, false, false, false) | (false, true, true, false) | (false, true, false, true)
        );
        if !fits {
            let help = "give `window`, or `closed` and `open`, or `closed` and `share`";
            self.error_help(
                "closure-clock",
                &["closure", id],
                format!("`closure.{id}` does not say when it holds"),
                help,
            );
        }
        for key in ["every", "announced"] {
            if has(key) && !has("window") {
                let message = format!("`closure.{id}.{key}` means nothing without `window`");
                self.error("closure-clock", &["closure", id, key], message);
            }
        }
    }

    fn clock(&mut self, id: &str, clock: &Clock) {
        match clock {
            Clock::Windows { windows, yearly } => {
                if let Some(window) = windows.iter().find(|window| *yearly && lasts_a_year(window)) {
                    let message =
                        format!("`closure.{id}` recurs every year, but lasts from {} to {}", window.from, window.until);
                    self.error("dates", &["closure", id, "window"], message);
                }
                if windows.is_empty() {
                    self.error("closure-clock", &["closure", id, "window"], format!("`closure.{id}.window` is empty"));
                }
                for window in windows.iter().filter(|window| window.from >= window.until) {
                    self.error(
                        "dates",
                        &["closure", id, "window"],
                        format!("`closure.{id}`: {} is not before {}", date_text(window.from), date_text(window.until)),
                    );
                }
            }
            Clock::Renewal { open, .. } => {
                if open.0.iter().any(|open| open.mean() <= 0.0) {
                    self.error(
                        "never-open",
                        &["closure", id, "open"],
                        format!("`closure.{id}` never opens: its open spells last no time"),
                    );
                }
            }
            Clock::Share { closed, share } => self.share(id, closed, share),
        }
    }

    fn share(&mut self, id: &str, closed: &ByMonth<Distribution>, share: &ByMonth<f64>) {
        if share.0.iter().any(|share| *share >= 1.0) {
            self.error_help(
                "never-open",
                &["closure", id, "share"],
                format!("`closure.{id}` never opens: its share reaches 100 %"),
                "use `window` for what is shut for good",
            );
        }
        if (0..12).any(|month| *share.month(month) > 0.0 && closed.month(month).mean() <= 0.0) {
            self.error(
                "out-of-range",
                &["closure", id, "closed"],
                format!("`closure.{id}`: closed spells of no length make no share of the time"),
            );
        }
    }

    /// Days that are simulated.
    fn simulated_days(&self) -> f64 {
        let run = &self.scenario.run;
        run.warm_up.days() + run.horizon.days() + run.drain.days()
    }

    /// Hours that open more often than a computer remembers.
    pub(super) fn hours(&mut self, path: &[&str], spans: usize) {
        let times = spans as f64 * self.simulated_days();
        if times > MOST_TIMES {
            let message = format!("`{}` opens {times:.0} times over the whole run", path.join("."));
            self.error_help("out-of-range", path, message, &format!("at most {MOST_TIMES}"));
        }
    }

    /// A timetable that has more times than a computer remembers.
    pub(super) fn timetable(&mut self, path: &[&str], rule: &TimetableRule) {
        let days = self.simulated_days();
        let times = match rule {
            TimetableRule::Every { every, .. } => days * MS_PER_DAY as f64 / every.mean(),
            TimetableRule::Weekly { days: week, at } => days / 7.0 * week.len() as f64 * at.len() as f64,
        };
        if times.is_nan() || times > MOST_TIMES {
            let message = format!("`{}` has {times:.0} times over the whole run", path.join("."));
            self.error_help("out-of-range", path, message, &format!("at most {MOST_TIMES}"));
        }
    }

    pub(super) fn bans(&mut self) {
        for (id, ban) in &self.scenario.ban {
            if ban.on <= ban.off {
                self.error(
                    "thresholds",
                    &["ban", id, "on"],
                    format!("`ban.{id}`: `on` ({}) must be above `off` ({})", ban.on, ban.off),
                );
            }
            let off = self
                .tree
                .at(&["ban", id, "off"])
                .and_then(Node::text)
                .and_then(|text| crate::scenario::quantity::Dimension::Amount.parse(text).ok());
            if off.is_some_and(|off| off.unit != ban.unit) {
                self.error(
                    "wrong-unit",
                    &["ban", id, "off"],
                    format!("`ban.{id}`: `on` and `off` are in different units"),
                );
            }
        }
    }
}
