//! `midcor stress` where the answer is known: regular arrivals at a line that is shut for some days.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::date;
use midcor::analysis::stress::{Closed, Closing, Stress, Tried, stress};
use midcor::experiment::{Cancel, Progress};
use midcor::scenario::{InMemory, Reading, ScenarioReader};
use midcor::study::{Lab, Prepared, Years};
use midcor::units::Duration;
use serde_json::Value;
use tempfile::TempDir;

use crate::program::{err, midcor, out};

/// One box of 10 t each full hour; trains of one box set out half an hour apart and run for ten hours.
const LINE: &str = r#"
schema = 1
title = "A line without chance"

[run]
horizon = "366 d"
replications = 3

[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10
value-of-time = "2 USD/t/d"

[node.west]
[node.east]
[node.nowhere]

[link.line]
from = "west"
to = "east"
mode = "rail"
time = "10 h"
paths-per-day = 48

[link.siding]
from = "east"
to = "nowhere"
mode = "rail"
time = "1 h"
paths-per-day = 48

[flow.demo]
cargo = "boxes"
from = "west"
to = "east"
volume = "24 TEU/d"
shipment = "1 TEU"
arrivals = "regular"
"#;

fn place(text: &str) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("line.toml"), text).unwrap();
    place
}

fn json(place: &Path, call: &str) -> Value {
    serde_json::from_str(&out(&midcor(place, &format!("stress line.toml {call} --format json")).code(0))).unwrap()
}

fn row<'v>(case: &'v Value, measure: &str, unit: &str) -> &'v Value {
    let rows = case["rows"].as_array().unwrap();
    let fits = |row: &&Value| row["measure"] == measure && row["unit"] == unit && row["subject"] == "corridor";
    rows.iter().find(fits).unwrap_or_else(|| panic!("{measure} in {unit}"))
}

fn mean(case: &Value, measure: &str, unit: &str) -> f64 {
    row(case, measure, unit)["mean"].as_f64().unwrap_or_else(|| panic!("{measure} has no mean"))
}

/// To the bit: of scenarios without chance there is nothing to tolerate.
fn is_exactly(one: f64, other: f64) {
    assert_eq!(one.to_bits(), other.to_bits(), "{one} is not {other}");
}

/// Closed from half past, the first box waits 119.5 h, each later one half an hour less: together 14 340 h, of 10 t.
const LATE_T_D: f64 = 14_340.0 * 10.0 / 24.0;
const FIVE_DAYS: &str = "--close link.line --from 2024-03-01T00:30 --for 5d";

fn assert_five_days(case: &Value) {
    let close = |one: f64, other: f64| assert!((one - other).abs() < 1e-9 * other, "{one} is not {other}");
    close(mean(case, "late", "t d"), LATE_T_D);
    close(mean(case, "late", "TEU d"), LATE_T_D / 10.0);
    close(mean(case, "cost_of_delay", "USD"), LATE_T_D * 2.0);
    assert_eq!(row(case, "late", "t d")["half_width"], 0.0);
    // The gap is 120 boxes 130 h after the beginning, shrinks by one an hour, and is 6 (a twentieth) after 244 h: by the
    // end of the eleventh day, the sixth after reopening.
    assert_eq!((&row(case, "days_to_clear", "d")["p50"], mean(case, "not_gone", "1")), (&6.0.into(), 0.0));
    for (measure, unit) in [("refused", "t"), ("lost_to_outside", "t"), ("other_routes", "t"), ("other_routes", "1")] {
        is_exactly(mean(case, measure, unit), 0.0);
    }
}

#[test]
fn a_line_shut_for_five_days_is_late_by_what_arithmetic_says() {
    let place = place(LINE);
    let result = json(place.path(), FIVE_DAYS);
    assert_eq!((&result["closure"]["length_d"], &result["complete"]), (&5.0.into(), &true.into()));
    let case = &result["cases"][0];
    assert_five_days(case);
    // At the end of the fifth day the 110 boxes that came within the first 110 h are missing; at the end of the sixth, of
    // the 134 that came within 134 h, those but the 29 that set out by then.
    is_exactly(mean(case, "backlog_peak", "t"), 1100.0);
    let backlog = fs::read_to_string(place.path().join("results/line-stress/backlog.csv")).unwrap();
    let day = |day: usize| backlog.lines().find(|line| line.contains(&format!(",{day},t,"))).unwrap().to_owned();
    assert!(day(0).ends_with(",0,0,0,0") && day(5).ends_with(",1100,1100,1100,1100"), "{}", day(5));
    assert!(day(6).ends_with(",1050,1050,1050,1050") && day(11).ends_with(",0,0,0,0"), "{}", day(6));
    for file in ["stress.json", "stress.csv", "years.csv", "scenario.toml"] {
        assert!(place.path().join("results/line-stress").join(file).is_file(), "{file}");
    }
    if cfg!(feature = "charts") {
        assert!(place.path().join("results/line-stress/charts/backlog.png").is_file());
    }
}

#[test]
fn each_month_is_as_late_as_the_other_without_seasons() {
    let place = place(LINE);
    let result = json(place.path(), "--close link.line --from 2024-01-01T00:30 --for 5d --each-month");
    let cases = result["cases"].as_array().unwrap();
    assert_eq!((cases.len(), cases[11]["from"].as_str()), (12, Some("2024-12-01T00:30:00")));
    cases.iter().for_each(assert_five_days);
    let table =
        midcor(place.path(), "stress line.toml --close link.line --for 5d --each-month --replications 2").code(0);
    assert!(out(&table).contains("2024-12-01") && out(&table).contains("gone P90"), "{}", out(&table));
    if cfg!(feature = "charts") {
        let svg = fs::read_to_string(place.path().join("results/line-stress/charts/months.svg")).unwrap();
        assert!(svg.contains("2024-07-01") && svg.contains("Late, tonne-days"));
    }
}

#[test]
fn what_nobody_uses_may_close_without_any_effect() {
    // With chance in it: the scenarios must still be the same to the last event.
    let chance = LINE.replace("\"regular\"", "\"poisson\"").replace("paths-per-day = 48", "paths-per-day = 30");
    let place = place(&chance);
    for close in ["link.siding", "node.nowhere", "link.siding --close node.nowhere --stops trains"] {
        let result = json(place.path(), &format!("--close {close} --from 2024-03-01 --for 14d"));
        for row in result["cases"][0]["rows"].as_array().unwrap() {
            let at_all = row["measure"] != "stabled_peak";
            assert!(!at_all || (row["mean"] == 0.0 && row["half_width"].as_f64() < Some(0.4)), "{row}");
            assert!(row["measure"] == "not_gone" || row["half_width"] == 0.0, "{row}");
        }
    }
}

#[test]
fn a_line_with_no_path_to_spare_never_catches_up() {
    let place = place(&LINE.replace("paths-per-day = 48", "paths-per-day = 24"));
    let result = json(place.path(), FIVE_DAYS);
    let case = &result["cases"][0];
    is_exactly(mean(case, "not_gone", "1"), 1.0);
    assert_eq!(
        (&row(case, "days_to_clear", "d")["p50"], &row(case, "days_to_clear", "d")["mean"]),
        (&Value::Null, &Value::Null)
    );
    let table = midcor(place.path(), &format!("stress line.toml {FIVE_DAYS}")).code(0);
    assert!(out(&table).contains("100"), "{}", out(&table));
}

#[test]
fn a_scenario_without_value_of_time_says_so() {
    let place = place(&LINE.replace("value-of-time = \"2 USD/t/d\"", ""));
    let result = json(place.path(), FIVE_DAYS);
    assert_eq!(result["without_value_of_time"], serde_json::json!(["boxes"]));
    is_exactly(mean(&result["cases"][0], "cost_of_delay", "USD"), 0.0);
    let table = midcor(place.path(), &format!("stress line.toml {FIVE_DAYS}")).code(0);
    assert!(out(&table).contains("no value of time for any cargo"), "{}", out(&table));
}

#[test]
fn threads_change_nothing() {
    let place = place(&LINE.replace("\"regular\"", "\"poisson\""));
    let call = |threads: u32| {
        let call = format!("stress line.toml {FIVE_DAYS} --format csv --replications 5 --threads {threads}");
        out(&midcor(place.path(), &call).code(0))
    };
    assert_eq!(call(1), call(3));
}

#[test]
fn a_closure_that_cannot_be_is_told_before_anything_is_simulated() {
    let place = place(LINE);
    for (call, part) in [
        ("--close link.lime --from 2024-03-01 --for 5d", "did you mean `link.line`"),
        ("--close flow.demo --from 2024-03-01 --for 5d", "node, link, fleet, facility"),
        ("--close link.line --from 2024-03-01 --for 0d", "above 0"),
        ("--close link.line --from 2024-03-01 --for 5", "above 0"),
        ("--close link.line --from 2025-01-01 --for 5d", "outside the horizon"),
        ("--close link.line --from 2023-12-31 --for 5d", "outside the horizon"),
        ("--close link.line --from 2024-02-30 --for 5d", "no date"),
        ("--close link.line --for 5d", "--from"),
        ("--from 2024-03-01 --for 5d", "--close"),
        ("--close link.line --from 2024-03-01 --for 5d --stops storms", "sailings"),
    ] {
        let stressed = midcor(place.path(), &format!("stress line.toml {call}")).code(2);
        assert!(err(&stressed).contains(part), "{call}: {}", err(&stressed));
        assert!(!place.path().join("results/line-stress").exists(), "{call}");
    }
}

/// The clock runs on until the backlog of a late closure can be gone, unless it is told not to.
#[test]
fn the_backlog_of_a_closure_at_the_end_of_the_year_is_followed() {
    let place = place(&LINE.replace("[run]\n", "[run]\ndrain = \"10 d\"\n"));
    let not_gone = |follow: &str| {
        let stressed = json(place.path(), &format!("--close link.line --from 2024-12-20 --for 20d {follow}"));
        mean(&stressed["cases"][0], "not_gone", "1")
    };
    is_exactly(not_gone(""), 0.0);
    is_exactly(not_gone("--follow 1d"), 1.0);
}

/// Asks for a stop once so many scenarios are simulated.
struct Stopper(Cancel, u64, AtomicU64);

impl Progress for Stopper {
    fn done(&self, done: u64, of: u64) {
        self.2.store(of, Ordering::Relaxed);
        if done >= self.1 {
            self.0.request();
        }
    }
}

#[test]
fn a_stop_keeps_the_years_that_were_finished() {
    let reader = ScenarioReader::new(InMemory::new([("line.toml", LINE)]));
    let prepared = |mut found: Reading| {
        let scenario = found.scenario.take().unwrap();
        Prepared::of(&found, scenario).unwrap()
    };
    let base = prepared(reader.read("line.toml", &[]));
    let closing = Closing { of: vec!["link.line".into()], stops: Vec::new(), length: Duration::from_days(5.0) };
    let closed: Vec<_> = [3, 6]
        .map(|month| {
            let from = date(2024, month, 1).at(0, 30, 0, 0);
            let overlay = closing.overlay(&base.scenario, from);
            Closed { from, prepared: prepared(reader.read_under("line.toml", &[], &overlay, &[])) }
        })
        .into();
    let cancel = Cancel::default();
    // Of four years in three scenarios each, the third is under way.
    let stopper = Stopper(cancel.clone(), 8, AtomicU64::new(0));
    let lab = Lab { threads: 1, ..Lab::new(Years::Fixed(0..4), 1) }.watched(&stopper, &cancel);
    let tried = Tried { base: &base, closed: &closed };
    let stressed: Stress = stress(tried, &[], &closing, &lab).unwrap();
    assert!(!stressed.is_complete);
    assert_eq!(stressed.cases.iter().map(|case| case.years.len()).collect::<Vec<_>>(), [2, 2]);
    assert_eq!(stopper.2.into_inner(), 12);
}
