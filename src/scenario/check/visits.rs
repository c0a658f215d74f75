//! Ships from outside.

use super::Check;

/// A key, and whether it is given.
#[derive(Clone, Copy)]
struct Given {
    key: &'static str,
    is_given: bool,
}

impl Given {
    const fn new(key: &'static str, is_given: bool) -> Self {
        Self { key, is_given }
    }
}

impl Check<'_> {
    pub(super) fn visits(&mut self) {
        for (id, visit) in &self.scenario.visit {
            let keys = [
                ("calls", &visit.calls),
                ("berths", &visit.berths),
                ("moors", &visit.moors),
                ("departs", &visit.departs),
            ];
            for (key, names) in keys {
                self.vessel_facilities(&["visit", id, key], &visit.at, names);
            }
            self.one_of(id, Given::new("time", visit.time.is_some()), Given::new("kind", !visit.kind.is_empty()));
            self.one_of(
                id,
                Given::new("rate", visit.rate.is_some()),
                Given::new("timetable", visit.timetable.is_some()),
            );
            if visit.rate.is_some_and(|rate| rate <= 0.0) {
                self.error("out-of-range", &["visit", id, "rate"], format!("`visit.{id}.rate` must be above zero"));
            }
            if let Some(rule) = &visit.timetable {
                self.timetable(&["visit", id, "timetable"], rule);
            }
            let sum: f64 = visit.kind.values().map(|kind| kind.share).sum();
            if !visit.kind.is_empty() && (sum - 1.0).abs() > 1e-6 {
                let sum = (sum * 1e6).round() / 1e4;
                let message = format!("the shares of the kinds of `visit.{id}` sum to {sum} %, not to 100 %");
                self.error("shares", &["visit", id, "kind"], message);
            }
        }
    }

    /// One of two keys is there, and not both.
    fn one_of(&mut self, id: &str, one: Given, other: Given) {
        let Given { key: one, is_given: has_one } = one;
        let Given { key: other, is_given: has_other } = other;
        if has_one == has_other {
            let what = if has_one { "has both" } else { "has neither" };
            let message = format!("`visit.{id}` {what} `{one}` {} `{other}`", if has_one { "and" } else { "nor" });
            let path = ["visit", id, other];
            self.error_help("one-of", if has_one { &path } else { &path[..2] }, message, "give one of them");
        }
    }
}
