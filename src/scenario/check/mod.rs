//! Checks of meaning that need no network: each a small function over the scenario.
//!
//! They run on whatever could be read, so that one mistake does not hide another. What depends on the routes that
//! shipments take is left to `network`.

mod choices;
mod closures;
mod dates;
mod fleets;
mod flows;
mod grades;
mod money;
mod names;
mod places;
mod plausible;
mod pools;
mod ranges;
mod reroutes;
mod tariffs;
mod vehicles;
mod visits;

pub(super) use ranges::ranges;

use super::sliders;
use super::tree::Node;
use super::types::Contents;
use super::when::date_text;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::units::DAYS_PER_YEAR;

/// Runs all checks.
pub(super) fn check(tree: &Node, scenario: &Contents, found: &mut Diagnostics) {
    let mut check = Check { tree, scenario, found };
    check.run();
    check.figures();
    check.tariffs();
    check.names();
    check.grades();
    check.dates_without_effect();
    check.plausible();
    sliders::check(tree, &scenario.slider, found);
}

/// Runs those checks that the drawing of figures could make fail.
pub(super) fn figures(tree: &Node, scenario: &Contents, found: &mut Diagnostics) {
    Check { tree, scenario, found }.figures();
}

/// Longest part of the clock, in years.
const MOST_YEARS: f64 = 200.0;

struct Check<'a> {
    tree: &'a Node,
    scenario: &'a Contents,
    found: &'a mut Diagnostics,
}

impl Check<'_> {
    fn figures(&mut self) {
        self.flows();
        self.outsides();
        self.choices();
        self.reroutes();
        self.places();
        self.links();
        self.fleets();
        self.visits();
        self.vehicles();
        self.pools();
        self.closures();
        self.bans();
    }

    /// The place of a value, or of what it is in where it is absent.
    fn span(&self, path: &[&str]) -> Option<Span> {
        if let Some(node) = self.tree.at(path) {
            return Some(if node.table().is_some() { node.key_span() } else { node.span });
        }
        let (_, above) = path.split_last()?;
        self.span(above)
    }

    fn error(&mut self, code: &'static str, path: &[&str], message: impl Into<String>) {
        let span = self.span(path);
        self.found.push(Diagnostic::error(code, message, span));
    }

    fn error_help(&mut self, code: &'static str, path: &[&str], message: impl Into<String>, help: &str) {
        let span = self.span(path);
        self.found.push(Diagnostic::error(code, message, span).help(help));
    }

    fn warning(&mut self, code: &'static str, path: &[&str], message: impl Into<String>) {
        let span = self.span(path);
        self.found.push(Diagnostic::warning(code, message, span));
    }

    fn run(&mut self) {
        let run = &self.scenario.run;
        if run.horizon.ms() <= 0 {
            match self.tree.at(&["run", "end"]) {
                Some(end) => {
                    let message = format!("`run.end` is {end}, not after `run.start`, {}", date_text(run.start));
                    self.error("dates", &["run", "end"], message);
                }
                None => self.error("out-of-range", &["run", "horizon"], "`run.horizon` must be above zero"),
            }
        }
        for (key, time) in [("warm-up", run.warm_up), ("horizon", run.horizon), ("drain", run.drain)] {
            if time.days() > MOST_YEARS * DAYS_PER_YEAR as f64 {
                let message = format!("`run.{key}` is longer than {MOST_YEARS} years");
                self.error_help("out-of-range", &["run", key], message, "repeat a year with `replications` instead");
            }
        }
        if !(1800..=2500).contains(&run.start.year()) {
            self.error(
                "date",
                &["run", "start"],
                format!("`run.start` is {}, in no year that can be meant", date_text(run.start)),
            );
        }
        let has_flow = self.tree.get("flow").is_some_and(|flows| flows.table().is_none_or(|flows| !flows.is_empty()));
        if !has_flow && self.scenario.visit.is_empty() {
            self.warning("no-flow", &["title"], "the scenario has no flow: nothing will move");
        }
    }
}
